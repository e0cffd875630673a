# Changes are proposed and then not made: the family learns why, and may appeal

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: annual-review, service: send, owner: sam-okafor}
  annual_review.cycle_started case/C-leo
    on: 2025-12-15
  annual_review.held case/C-leo
  annual_review.decision_amend case/C-leo
    enclosures:
      - {id: changes, kind: amendments, sha256: 0000000000000000000000000000000000000000000000000000000000000000, pages: 12, sent_by: service}
  enclosure.dispatched case/C-leo
    enclosure: changes
at 2026-11-10 09:00
  annual_review.representations_received case/C-leo
  annual_review.report_received case/C-leo
  annual_review.report_circulated case/C-leo
at 2026-12-01 09:00
  plan.not_amended case/C-leo
    reasons: The school can do this without a change to the plan.
until 2026-12-10 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  review warned, due Monday 14 December 2026
  Mon 2026-11-02 09:00  alert    digest to sam-okafor by email (role): C-leo.review soon
  Mon 2026-11-02 09:00  message  C-leo  review-due-soon to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  review-due-soon to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-review-due to oakfield by email (agreed)
  Mon 2026-11-02 09:00  duty     C-leo  review-summary scheduled, due Monday 9 November 2026
  Mon 2026-11-02 09:00  duty     C-leo  review-report scheduled, due Monday 16 November 2026
  Mon 2026-11-02 09:00  duty     C-leo  review-report-sent scheduled, due Monday 16 November 2026
  Mon 2026-11-02 09:00  duty     C-leo  review-decision scheduled, due Monday 30 November 2026
  Mon 2026-11-02 09:00  message  C-leo  review-held to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  review-held to marek by sms (agreed)
  Mon 2026-11-02 09:00  duty     C-leo  amend-reply scheduled, due Tuesday 24 November 2026
  Mon 2026-11-02 09:00  duty     C-leo  plan-amended scheduled, due Monday 28 December 2026
  Mon 2026-11-02 09:00  message  C-leo  review-amend to dana by letter (legal_form)
  Mon 2026-11-02 09:00  message  C-leo  review-amend to marek by letter (legal_form)
  Mon 2026-11-02 09:00  message  C-leo  review-amend to marek by sms (prompt)
  Mon 2026-11-02 09:00  message  C-leo  party-review-decision to oakfield by email (agreed)
  Mon 2026-11-09 00:00  duty     C-leo  review-summary due today
  Mon 2026-11-09 00:00  duty     C-leo  review-report warned, due Monday 16 November 2026
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary due_today, C-leo.review-report soon
  Tue 2026-11-10 00:00  duty     C-leo  review-summary breached, was due Monday 9 November 2026
  Tue 2026-11-10 00:00  duty     C-leo  review-decision met
  Tue 2026-11-10 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Tue 2026-11-10 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary late
  Tue 2026-11-10 09:00  alert    digest to helen-marsh by email (role): C-leo.review-summary late
  Tue 2026-11-10 09:00  duty     C-leo  amend-reply met
  Tue 2026-11-10 09:00  duty     C-leo  review-report met
  Tue 2026-11-10 09:00  message  C-leo  review-report to dana by letter (legal_form)
  Tue 2026-11-10 09:00  message  C-leo  review-report to marek by letter (legal_form)
  Tue 2026-11-10 09:00  message  C-leo  review-report to marek by sms (prompt)
  Tue 2026-11-10 09:00  message  C-leo  party-review-report to oakfield by email (agreed)
  Thu 2026-11-12 00:00  duty     C-leo  review-report-sent met
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo.review soon
  Tue 2026-11-17 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Tue 2026-11-24 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Tue 2026-11-24 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Tue 2026-11-24 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Tue 2026-12-01 00:00  task     C-leo  t.keep.C-leo.2026-12-01 for sam-okafor by Tuesday 8 December 2026: The family has heard nothing new: write to them or call, and report it
  Tue 2026-12-01 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-01 soon
  Tue 2026-12-01 09:00  alert    digest to ruth-lindley by email (role): C-leo.review-summary late
  Tue 2026-12-01 09:00  duty     C-leo  review met
  Tue 2026-12-01 09:00  duty     C-leo  review scheduled, due Tuesday 30 November 2027
  Tue 2026-12-01 09:00  duty     C-leo  appeal scheduled, due Tuesday 2 February 2027
  Tue 2026-12-01 09:00  task     C-leo  t.speak.48f41159bfd4 for sam-okafor by Thursday 3 December 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Tuesday 1 December 2026 at 13:00
  Tue 2026-12-01 09:03  alert    C-leo  speak-first to sam-okafor by email (role)
  Tue 2026-12-01 13:00  task     C-leo  t.keep.C-leo.2026-12-01 ended: needless
  Tue 2026-12-01 13:00  task     C-leo  t.speak.48f41159bfd4 ended: not_reached
  Tue 2026-12-01 13:00  message  C-leo  plan-not-amended to dana by letter (legal_form)
  Tue 2026-12-01 13:00  message  C-leo  plan-not-amended to marek by letter (legal_form)
  Tue 2026-12-01 13:00  message  C-leo  plan-not-amended to marek by sms (prompt)
  Tue 2026-12-01 13:00  message  C-leo  party-review-decision to oakfield by email (agreed)
  Tue 2026-12-01 13:03  alert    C-leo  speak-missed to helen-marsh by email (role)
  Wed 2026-12-09 00:00  duty     C-leo  plan-amended met
