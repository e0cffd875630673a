# A plan that is to end: asked first, told why, and never told that it has ended while an appeal may come

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
  plan.cease_considered case/C-leo
    reasons: The goals of the plan are met.
until 2026-11-03 12:00
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
  Mon 2026-11-02 09:00  duty     C-leo  cease-reply scheduled, due Tuesday 24 November 2026
  Mon 2026-11-02 09:00  task     C-leo  t.speak.d5ab5b250c80 for sam-okafor by Wednesday 4 November 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Monday 2 November 2026 at 13:00
  Mon 2026-11-02 09:03  alert    C-leo  speak-first to sam-okafor by email (role)
  Mon 2026-11-02 13:00  task     C-leo  t.speak.d5ab5b250c80 ended: not_reached
  Mon 2026-11-02 13:00  message  C-leo  plan-cease-considered to dana by letter (legal_form)
  Mon 2026-11-02 13:00  message  C-leo  plan-cease-considered to marek by letter (legal_form)
  Mon 2026-11-02 13:00  message  C-leo  plan-cease-considered to marek by sms (prompt)
  Mon 2026-11-02 13:00  message  C-leo  party-cease-considered to oakfield by email (agreed)
  Mon 2026-11-02 13:03  alert    C-leo  speak-missed to helen-marsh by email (role)

at 2026-11-05 09:00
  annual_review.summary_sent case/C-leo
    summary: We talked about what comes after the plan.
at 2026-11-12 09:00
  annual_review.report_received case/C-leo
  annual_review.report_circulated case/C-leo
  plan.cease_views_received case/C-leo
at 2026-11-24 10:00
  plan.ceased case/C-leo
    reasons: The goals of the plan are met, and the college gives the help that is left.

# Two months in which the plan stays as it is: nothing is said of an end.
until 2027-02-15 12:00
expect
  Thu 2026-11-05 09:00  duty     C-leo  review-summary met
  Thu 2026-11-05 09:00  message  C-leo  review-summary to dana by letter (agreed)
  Thu 2026-11-05 09:00  message  C-leo  review-summary to marek by sms (agreed)
  Mon 2026-11-09 00:00  duty     C-leo  review-report warned, due Monday 16 November 2026
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-leo.review-report soon
  Thu 2026-11-12 09:00  duty     C-leo  review-report met
  Thu 2026-11-12 09:00  message  C-leo  review-report to dana by letter (legal_form)
  Thu 2026-11-12 09:00  message  C-leo  review-report to marek by letter (legal_form)
  Thu 2026-11-12 09:00  message  C-leo  review-report to marek by sms (prompt)
  Thu 2026-11-12 09:00  message  C-leo  party-review-report to oakfield by email (agreed)
  Thu 2026-11-12 09:00  duty     C-leo  cease-reply met
  Sat 2026-11-14 00:00  duty     C-leo  review-report-sent met
  Mon 2026-11-16 00:00  duty     C-leo  review-decision warned, due Monday 30 November 2026
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo.review-decision soon, C-leo.review soon
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-leo.review-decision soon
  Tue 2026-11-24 10:00  duty     C-leo  review met
  Tue 2026-11-24 10:00  duty     C-leo  appeal scheduled, due Monday 25 January 2027
  Tue 2026-11-24 10:00  task     C-leo  t.speak.48f41159bfd4 for sam-okafor by Thursday 26 November 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Tuesday 24 November 2026 at 14:00
  Tue 2026-11-24 10:03  alert    C-leo  speak-first to sam-okafor by email (role)
  Tue 2026-11-24 14:00  task     C-leo  t.speak.48f41159bfd4 ended: not_reached
  Tue 2026-11-24 14:00  message  C-leo  plan-ceased to dana by letter (legal_form)
  Tue 2026-11-24 14:00  message  C-leo  plan-ceased to marek by letter (legal_form)
  Tue 2026-11-24 14:00  message  C-leo  plan-ceased to marek by sms (prompt)
  Tue 2026-11-24 14:00  message  C-leo  party-review-decision to oakfield by email (agreed)
  Tue 2026-11-24 14:03  alert    C-leo  speak-missed to helen-marsh by email (role)
  Thu 2026-11-26 00:00  duty     C-leo  review-decision met
  Tue 2026-12-22 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Tue 2026-12-22 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Fri 2027-01-15 00:00  task     C-leo  t.keep.C-leo.2027-01-15 for sam-okafor by Friday 22 January 2027: The family has heard nothing new: write to them or call, and report it
  Fri 2027-01-15 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-15 soon
  Mon 2027-01-25 00:00  duty     C-leo  appeal due today
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-15 late, C-leo.appeal due_today
  Mon 2027-01-25 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-15 late
  Tue 2027-01-26 00:00  duty     C-leo  appeal cancelled
  Fri 2027-01-29 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-15 late
  Fri 2027-02-05 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-01-15 late
