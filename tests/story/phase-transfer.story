# A review in the autumn before a move: before 15 February, so the meeting by 22 November

at 2026-09-07 09:00
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
  case.opened case/C-move
    {family: F-leo, pathway: phase-transfer, service: send, owner: sam-okafor}
  annual_review.cycle_started case/C-move
    on: 2026-02-02
  phase_transfer.window_opened case/C-move
until 2026-09-07 18:00
expect
  Mon 2026-09-07 09:00  duty     C-move  review scheduled, due Monday 1 February 2027
  Mon 2026-09-07 09:00  duty     C-move  transfer-plan scheduled, due Sunday 14 February 2027
  Mon 2026-09-07 09:00  duty     C-move  transfer-review scheduled, due Sunday 22 November 2026
  Mon 2026-09-07 09:00  task     C-move  t.method.dana.2026-09-07 for sam-okafor by Monday 21 September 2026: Agree with dana how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-09-07 09:00  task     C-move  t.method.marek.2026-09-07 for sam-okafor by Monday 21 September 2026: Agree with marek how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-09-07 09:00  alert    digest to sam-okafor by email (role): C-move t.method.dana.2026-09-07 soon, C-move t.method.marek.2026-09-07 soon
  Mon 2026-09-07 09:00  message  C-move  transfer-opened to dana by letter (agreed)
  Mon 2026-09-07 09:00  message  C-move  transfer-opened to marek by sms (agreed)
  Mon 2026-09-07 09:00  message  C-move  method-review to dana by letter (agreed)
  Mon 2026-09-07 09:00  message  C-move  method-review to marek by sms (agreed)
  Mon 2026-09-07 09:00  message  C-move  party-transfer-opened to oakfield by email (agreed)

# Each of them is asked how they want to be told from now on.
at 2026-09-15 11:00
  task.completed case/C-move
    {task: t.method.dana.2026-09-07, outcome: reached, by: sam-okafor}
  task.completed case/C-move
    {task: t.method.marek.2026-09-07, outcome: reached, by: sam-okafor}
at 2026-10-05 09:00
  annual_review.meeting_scheduled case/C-move
    {meeting_on: 2026-11-10, at_time: two, place: Oakfield Primary School}
at 2026-10-20 09:00
  annual_review.papers_circulated case/C-move
at 2026-11-10 15:00
  annual_review.held case/C-move
  phase_transfer.review_held case/C-move
at 2026-11-12 15:00
  annual_review.summary_sent case/C-move
    summary: We talked about three schools.
at 2026-11-20 15:00
  annual_review.report_received case/C-move
  annual_review.report_circulated case/C-move
until 2026-11-20 18:00
expect
  Tue 2026-09-15 11:00  task     C-move  t.method.dana.2026-09-07 ended: reached
  Tue 2026-09-15 11:00  task     C-move  t.method.marek.2026-09-07 ended: reached
  Mon 2026-10-05 00:00  message  C-move  keep-in-touch to dana by letter (agreed)
  Mon 2026-10-05 08:00  message  C-move  keep-in-touch to marek by sms (agreed)
  Mon 2026-10-05 09:00  duty     C-move  review-notice scheduled, due Monday 26 October 2026
  Mon 2026-10-05 09:00  duty     C-move  review-papers scheduled, due Monday 26 October 2026
  Mon 2026-10-05 09:00  duty     C-move  review-meeting scheduled, due Tuesday 10 November 2026
  Mon 2026-10-05 09:00  message  C-move  review-meeting to dana by letter (legal_form)
  Mon 2026-10-05 09:00  message  C-move  review-meeting to marek by letter (legal_form)
  Mon 2026-10-05 09:00  message  C-move  review-meeting to marek by sms (prompt)
  Mon 2026-10-05 09:00  message  C-move  party-review-meeting to oakfield by email (agreed)
  Tue 2026-10-13 00:00  duty     C-move  review-notice met
  Mon 2026-10-19 00:00  duty     C-move  review-papers warned, due Monday 26 October 2026
  Mon 2026-10-19 09:00  alert    digest to sam-okafor by email (role): C-move.review-papers soon
  Tue 2026-10-20 09:00  message  C-move  review-papers to dana by letter (legal_form)
  Tue 2026-10-20 09:00  message  C-move  review-papers to marek by letter (legal_form)
  Tue 2026-10-20 09:00  message  C-move  review-papers to marek by sms (prompt)
  Tue 2026-10-20 09:00  message  C-move  party-review-papers to oakfield by email (agreed)
  Thu 2026-10-22 00:00  duty     C-move  review-papers met
  Sun 2026-10-25 00:00  duty     C-move  transfer-review warned, due Sunday 22 November 2026
  Mon 2026-10-26 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-review soon
  Tue 2026-11-03 00:00  duty     C-move  review-meeting warned, due Tuesday 10 November 2026
  Tue 2026-11-03 00:00  message  C-move  review-reminder to dana by letter (agreed)
  Tue 2026-11-03 08:00  message  C-move  review-reminder to marek by sms (agreed)
  Mon 2026-11-09 00:00  duty     C-move  review warned, due Monday 1 February 2027
  Mon 2026-11-09 00:00  message  C-move  review-reminder to dana by letter (agreed)
  Mon 2026-11-09 08:00  message  C-move  review-reminder to marek by sms (agreed)
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-review soon, C-move.review soon
  Tue 2026-11-10 00:00  duty     C-move  review-meeting due today
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-move.review-meeting due_today
  Tue 2026-11-10 15:00  duty     C-move  review-meeting met
  Tue 2026-11-10 15:00  duty     C-move  review-summary scheduled, due Tuesday 17 November 2026
  Tue 2026-11-10 15:00  duty     C-move  review-report scheduled, due Tuesday 24 November 2026
  Tue 2026-11-10 15:00  duty     C-move  review-report-sent scheduled, due Tuesday 24 November 2026
  Tue 2026-11-10 15:00  duty     C-move  review-decision scheduled, due Tuesday 8 December 2026
  Tue 2026-11-10 15:00  message  C-move  review-held to dana by letter (agreed)
  Tue 2026-11-10 15:00  message  C-move  review-held to marek by sms (agreed)
  Tue 2026-11-10 15:00  duty     C-move  transfer-review met
  Thu 2026-11-12 15:00  duty     C-move  review-summary met
  Thu 2026-11-12 15:00  message  C-move  review-summary to dana by letter (agreed)
  Thu 2026-11-12 15:00  message  C-move  review-summary to marek by sms (agreed)
  Tue 2026-11-17 00:00  duty     C-move  review-report warned, due Tuesday 24 November 2026
  Tue 2026-11-17 09:00  alert    digest to sam-okafor by email (role): C-move.review-report soon
  Fri 2026-11-20 15:00  duty     C-move  review-report met
  Fri 2026-11-20 15:00  message  C-move  review-report to dana by letter (legal_form)
  Fri 2026-11-20 15:00  message  C-move  review-report to marek by letter (legal_form)
  Fri 2026-11-20 15:00  message  C-move  review-report to marek by sms (prompt)
  Fri 2026-11-20 15:00  message  C-move  party-review-report to oakfield by email (agreed)

at 2026-12-01 10:00
  annual_review.decision_amend case/C-move
    enclosures:
      - {id: changes, kind: amendments, sha256: 0000000000000000000000000000000000000000000000000000000000000000, pages: 12, sent_by: service}
  enclosure.dispatched case/C-move
    enclosure: changes
at 2026-12-10 10:00
  annual_review.representations_received case/C-move

# The plan that names the school leaves on 21 January, and is there within eight weeks of the notice, and long before
# 15 February.
at 2027-01-21 10:00
  phase_transfer.plan_named case/C-move
until 2027-02-16 12:00
expect
  Sun 2026-11-22 00:00  duty     C-move  transfer-plan warned, due Sunday 14 February 2027
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-plan soon
  Tue 2026-11-24 00:00  duty     C-move  review-report-sent met
  Tue 2026-11-24 00:00  duty     C-move  review-decision warned, due Tuesday 8 December 2026
  Tue 2026-11-24 09:00  alert    digest to sam-okafor by email (role): C-move.review-decision soon
  Tue 2026-12-01 09:00  alert    digest to sam-okafor by email (role): C-move.review-decision soon
  Tue 2026-12-01 10:00  duty     C-move  amend-reply scheduled, due Thursday 17 December 2026
  Tue 2026-12-01 10:00  duty     C-move  plan-amended scheduled, due Tuesday 26 January 2027
  Tue 2026-12-01 10:00  message  C-move  review-amend to dana by letter (legal_form)
  Tue 2026-12-01 10:00  message  C-move  review-amend to marek by letter (legal_form)
  Tue 2026-12-01 10:00  message  C-move  review-amend to marek by sms (prompt)
  Tue 2026-12-01 10:00  message  C-move  party-review-decision to oakfield by email (agreed)
  Thu 2026-12-03 00:00  duty     C-move  review-decision met
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-move.review soon
  Thu 2026-12-10 00:00  duty     C-move  amend-reply warned, due Thursday 17 December 2026
  Thu 2026-12-10 00:00  message  C-move  amend-reminder to dana by letter (agreed)
  Thu 2026-12-10 08:00  message  C-move  amend-reminder to marek by sms (agreed)
  Thu 2026-12-10 10:00  duty     C-move  amend-reply met
  Thu 2026-12-31 00:00  message  C-move  keep-in-touch to dana by letter (agreed)
  Thu 2026-12-31 08:00  message  C-move  keep-in-touch to marek by sms (agreed)
  Mon 2027-01-04 09:00  alert    digest to sam-okafor by email (role): C-move.review soon
  Tue 2027-01-12 00:00  duty     C-move  plan-amended warned, due Tuesday 26 January 2027
  Tue 2027-01-12 09:00  alert    digest to sam-okafor by email (role): C-move.plan-amended soon
  Mon 2027-01-18 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-plan soon
  Tue 2027-01-19 09:00  alert    digest to sam-okafor by email (role): C-move.plan-amended soon
  Thu 2027-01-21 10:00  duty     C-move  review met
  Thu 2027-01-21 10:00  duty     C-move  transfer-plan met
  Thu 2027-01-21 10:00  duty     C-move  review scheduled, due Thursday 20 January 2028
  Thu 2027-01-21 10:00  duty     C-move  appeal scheduled, due Monday 22 March 2027
  Thu 2027-01-21 10:00  message  C-move  transfer-named to dana by letter (legal_form)
  Thu 2027-01-21 10:00  message  C-move  transfer-named to marek by letter (legal_form)
  Thu 2027-01-21 10:00  message  C-move  transfer-named to marek by sms (prompt)
  Thu 2027-01-21 10:00  message  C-move  party-plan to oakfield by email (agreed)
  Sat 2027-01-23 00:00  duty     C-move  plan-amended met
