# A review: invited in time, the reports, the meeting, changes, the family's reply, the changed plan

at 2026-01-12 09:00
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
  party.registered family/F-leo
    {party: nhs, role: health, name: Health Service, channels: [email],
     addresses: {email: send@nhs.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: annual-review, service: send, owner: sam-okafor}
  annual_review.cycle_started case/C-leo
expect
  Mon 2026-01-12 09:00  duty     C-leo  review scheduled, due Monday 11 January 2027

# Twelve weeks before the year is over.
until 2026-10-20 12:00
expect
  Mon 2026-02-09 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-02-09 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2026-03-02 00:00  task     C-leo  t.keep.C-leo.2026-03-02 for sam-okafor by Monday 9 March 2026: The family has heard nothing new: write to them or call, and report it
  Mon 2026-03-02 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-03-02 soon
  Tue 2026-03-10 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Tue 2026-03-10 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Tue 2026-03-17 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Tue 2026-03-24 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Thu 2026-04-09 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Fri 2026-05-08 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Mon 2026-06-08 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Mon 2026-07-06 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Mon 2026-08-03 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Tue 2026-09-01 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Tue 2026-09-29 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-03-02 late
  Mon 2026-10-19 00:00  duty     C-leo  review warned, due Monday 11 January 2027
  Mon 2026-10-19 00:00  message  C-leo  review-due-soon to dana by letter (agreed)
  Mon 2026-10-19 08:00  message  C-leo  review-due-soon to marek by sms (agreed)
  Mon 2026-10-19 09:00  message  C-leo  party-review-due to oakfield by email (agreed)
  Mon 2026-10-19 09:00  alert    digest to sam-okafor by email (role): C-leo.review soon

at 2026-10-21 09:00
  annual_review.meeting_scheduled case/C-leo
    {meeting_on: 2026-11-17, at_time: two, place: Oakfield Primary School}
at 2026-10-29 09:00
  annual_review.papers_circulated case/C-leo
until 2026-11-16 23:00
expect
  Wed 2026-10-21 09:00  duty     C-leo  review-notice scheduled, due Monday 2 November 2026
  Wed 2026-10-21 09:00  duty     C-leo  review-papers scheduled, due Monday 2 November 2026
  Wed 2026-10-21 09:00  duty     C-leo  review-meeting scheduled, due Tuesday 17 November 2026
  Wed 2026-10-21 09:00  task     C-leo  t.keep.C-leo.2026-03-02 ended: needless
  Wed 2026-10-21 09:00  message  C-leo  review-meeting to dana by letter (legal_form)
  Wed 2026-10-21 09:00  message  C-leo  review-meeting to marek by letter (legal_form)
  Wed 2026-10-21 09:00  message  C-leo  review-meeting to marek by sms (prompt)
  Wed 2026-10-21 09:00  message  C-leo  party-review-meeting to oakfield by email (agreed)
  Wed 2026-10-21 09:00  message  C-leo  party-review-meeting to nhs by email (agreed)
  Mon 2026-10-26 00:00  duty     C-leo  review-papers warned, due Monday 2 November 2026
  Mon 2026-10-26 09:00  alert    digest to sam-okafor by email (role): C-leo.review-papers soon
  Thu 2026-10-29 00:00  duty     C-leo  review-notice met
  Thu 2026-10-29 09:00  message  C-leo  review-papers to dana by letter (legal_form)
  Thu 2026-10-29 09:00  message  C-leo  review-papers to marek by letter (legal_form)
  Thu 2026-10-29 09:00  message  C-leo  review-papers to marek by sms (prompt)
  Thu 2026-10-29 09:00  message  C-leo  party-review-papers to oakfield by email (agreed)
  Thu 2026-10-29 09:00  message  C-leo  party-review-papers to nhs by email (agreed)
  Sat 2026-10-31 00:00  duty     C-leo  review-papers met
  Tue 2026-11-10 00:00  duty     C-leo  review-meeting warned, due Tuesday 17 November 2026
  Tue 2026-11-10 00:00  message  C-leo  review-reminder to dana by letter (agreed)
  Tue 2026-11-10 08:00  message  C-leo  review-reminder to marek by sms (agreed)
  Mon 2026-11-16 00:00  message  C-leo  review-reminder to dana by letter (agreed)
  Mon 2026-11-16 08:00  message  C-leo  review-reminder to marek by sms (agreed)
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo.review soon

at 2026-11-17 16:00
  annual_review.held case/C-leo
at 2026-11-19 16:00
  annual_review.summary_sent case/C-leo
    summary: Reading goes well. Break times are hard.
at 2026-11-27 10:00
  annual_review.report_received case/C-leo
  annual_review.report_circulated case/C-leo
until 2026-11-27 18:00
expect
  Tue 2026-11-17 00:00  duty     C-leo  review-meeting due today
  Tue 2026-11-17 09:00  alert    digest to sam-okafor by email (role): C-leo.review-meeting due_today
  Tue 2026-11-17 16:00  duty     C-leo  review-meeting met
  Tue 2026-11-17 16:00  duty     C-leo  review-summary scheduled, due Tuesday 24 November 2026
  Tue 2026-11-17 16:00  duty     C-leo  review-report scheduled, due Tuesday 1 December 2026
  Tue 2026-11-17 16:00  duty     C-leo  review-report-sent scheduled, due Tuesday 1 December 2026
  Tue 2026-11-17 16:00  duty     C-leo  review-decision scheduled, due Tuesday 15 December 2026
  Tue 2026-11-17 16:00  message  C-leo  review-held to dana by letter (agreed)
  Tue 2026-11-17 16:00  message  C-leo  review-held to marek by sms (agreed)
  Thu 2026-11-19 16:00  duty     C-leo  review-summary met
  Thu 2026-11-19 16:00  message  C-leo  review-summary to dana by letter (agreed)
  Thu 2026-11-19 16:00  message  C-leo  review-summary to marek by sms (agreed)
  Tue 2026-11-24 00:00  duty     C-leo  review-report warned, due Tuesday 1 December 2026
  Tue 2026-11-24 09:00  alert    digest to sam-okafor by email (role): C-leo.review-report soon
  Fri 2026-11-27 10:00  duty     C-leo  review-report met
  Fri 2026-11-27 10:00  message  C-leo  review-report to dana by letter (legal_form)
  Fri 2026-11-27 10:00  message  C-leo  review-report to marek by letter (legal_form)
  Fri 2026-11-27 10:00  message  C-leo  review-report to marek by sms (prompt)
  Fri 2026-11-27 10:00  message  C-leo  party-review-report to oakfield by email (agreed)
  Fri 2026-11-27 10:00  message  C-leo  party-review-report to nhs by email (agreed)

at 2026-12-07 10:00
  annual_review.decision_amend case/C-leo
    enclosures:
      - {id: changes, kind: amendments, sha256: 0000000000000000000000000000000000000000000000000000000000000000, pages: 12, sent_by: service}
  enclosure.dispatched case/C-leo
    enclosure: changes
until 2026-12-16 12:00
expect
  Tue 2026-12-01 00:00  duty     C-leo  review-report-sent met
  Tue 2026-12-01 00:00  duty     C-leo  review-decision warned, due Tuesday 15 December 2026
  Tue 2026-12-01 09:00  alert    digest to sam-okafor by email (role): C-leo.review-decision soon
  Mon 2026-12-07 10:00  duty     C-leo  amend-reply scheduled, due Tuesday 29 December 2026
  Mon 2026-12-07 10:00  duty     C-leo  plan-amended scheduled, due Monday 1 February 2027
  Mon 2026-12-07 10:00  message  C-leo  review-amend to dana by letter (legal_form)
  Mon 2026-12-07 10:00  message  C-leo  review-amend to marek by letter (legal_form)
  Mon 2026-12-07 10:00  message  C-leo  review-amend to marek by sms (prompt)
  Mon 2026-12-07 10:00  message  C-leo  party-review-decision to oakfield by email (agreed)
  Mon 2026-12-14 09:00  alert    digest to sam-okafor by email (role): C-leo.review soon
  Tue 2026-12-15 00:00  duty     C-leo  review-decision met

at 2026-12-17 10:00
  annual_review.representations_received case/C-leo
at 2027-01-11 10:00
  plan.amended_final case/C-leo
until 2027-01-29 12:00
expect
  Thu 2026-12-17 10:00  duty     C-leo  amend-reply met
  Thu 2027-01-07 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Thu 2027-01-07 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2027-01-11 00:00  duty     C-leo  review due today
  Mon 2027-01-11 10:00  duty     C-leo  review met
  Mon 2027-01-11 10:00  duty     C-leo  review scheduled, due Monday 10 January 2028
  Mon 2027-01-11 10:00  duty     C-leo  appeal scheduled, due Friday 12 March 2027
  Mon 2027-01-11 10:00  message  C-leo  plan-amended to dana by letter (legal_form)
  Mon 2027-01-11 10:00  message  C-leo  plan-amended to marek by letter (legal_form)
  Mon 2027-01-11 10:00  message  C-leo  plan-amended to marek by sms (prompt)
  Mon 2027-01-11 10:00  message  C-leo  party-plan to oakfield by email (agreed)
  Mon 2027-01-11 10:00  message  C-leo  party-plan to nhs by email (agreed)
  Mon 2027-01-18 00:00  duty     C-leo  plan-amended warned, due Monday 1 February 2027
  Tue 2027-01-19 00:00  duty     C-leo  plan-amended met
  Mon 2027-01-25 00:00  message  C-leo  survey to dana by letter (agreed)
  Mon 2027-01-25 08:00  message  C-leo  survey to marek by sms (agreed)
