# A review that ends with "no change": the reasons, the right to appeal, and on a Friday only because Tuesday is the last day

at 2026-10-19 09:00
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
    on: 2025-12-01

# Eight days before the meeting is too late: the owner and the manager hear it, and the family may ask for
# another day.
at 2026-10-26 09:00
  annual_review.meeting_scheduled case/C-leo
    {meeting_on: 2026-11-03, at_time: two, place: Oakfield Primary School}
until 2026-11-02 12:00
expect
  Mon 2026-10-19 09:00  duty     C-leo  review warned, due Monday 30 November 2026
  Mon 2026-10-19 09:00  alert    digest to sam-okafor by email (role): C-leo.review soon
  Mon 2026-10-19 09:00  message  C-leo  review-due-soon to dana by letter (agreed)
  Mon 2026-10-19 09:00  message  C-leo  review-due-soon to marek by sms (agreed)
  Mon 2026-10-19 09:00  message  C-leo  party-review-due to oakfield by email (agreed)
  Mon 2026-10-26 09:00  duty     C-leo  review-notice breached, was due Monday 19 October 2026
  Mon 2026-10-26 09:00  duty     C-leo  review-papers breached, was due Monday 19 October 2026
  Mon 2026-10-26 09:00  duty     C-leo  review-meeting scheduled, due Tuesday 3 November 2026
  Mon 2026-10-26 09:00  message  C-leo  review-meeting to dana by letter (legal_form), late
  Mon 2026-10-26 09:00  message  C-leo  review-meeting to marek by letter (legal_form), late
  Mon 2026-10-26 09:00  message  C-leo  review-meeting to marek by sms (prompt)
  Mon 2026-10-26 09:00  message  C-leo  party-review-meeting to oakfield by email (agreed)
  Mon 2026-10-26 09:00  message  C-leo  duty-late to dana by letter (agreed)
  Mon 2026-10-26 09:00  message  C-leo  duty-late to marek by sms (agreed)
  Mon 2026-10-26 09:03  alert    C-leo  duty-breached to sam-okafor by email (role)
  Mon 2026-10-26 09:03  alert    C-leo  duty-breached to helen-marsh by email (role)
  Tue 2026-10-27 00:00  duty     C-leo  review-meeting warned, due Tuesday 3 November 2026
  Tue 2026-10-27 00:00  message  C-leo  review-reminder to dana by letter (agreed)
  Tue 2026-10-27 08:00  message  C-leo  review-reminder to marek by sms (agreed)
  Tue 2026-10-27 09:00  alert    digest to sam-okafor by email (role): C-leo.review-papers late, C-leo.review-notice late
  Tue 2026-10-27 09:03  alert    C-leo  duty-breached to sam-okafor by email (role)
  Tue 2026-10-27 09:03  alert    C-leo  duty-breached to helen-marsh by email (role)
  Wed 2026-10-28 00:00  duty     C-leo  review-notice met
  Mon 2026-11-02 00:00  message  C-leo  review-reminder to dana by letter (agreed)
  Mon 2026-11-02 08:00  message  C-leo  review-reminder to marek by sms (agreed)
  Mon 2026-11-02 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Mon 2026-11-02 09:00  alert    digest to sam-okafor by email (role): C-leo.review soon

# The school's report does not come: the family hears that we chase it.
at 2026-11-03 16:00
  annual_review.held case/C-leo
until 2026-11-19 12:00
expect
  Tue 2026-11-03 00:00  duty     C-leo  review-meeting due today
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-leo.review-meeting due_today
  Tue 2026-11-03 16:00  duty     C-leo  review-papers cancelled
  Tue 2026-11-03 16:00  duty     C-leo  review-meeting met
  Tue 2026-11-03 16:00  duty     C-leo  review-summary scheduled, due Tuesday 10 November 2026
  Tue 2026-11-03 16:00  duty     C-leo  review-report scheduled, due Tuesday 17 November 2026
  Tue 2026-11-03 16:00  duty     C-leo  review-report-sent scheduled, due Tuesday 17 November 2026
  Tue 2026-11-03 16:00  duty     C-leo  review-decision scheduled, due Tuesday 1 December 2026
  Tue 2026-11-03 16:00  message  C-leo  review-held to dana by letter (agreed)
  Tue 2026-11-03 16:00  message  C-leo  review-held to marek by sms (agreed)
  Tue 2026-11-10 00:00  duty     C-leo  review-summary due today
  Tue 2026-11-10 00:00  duty     C-leo  review-report warned, due Tuesday 17 November 2026
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary due_today, C-leo.review-report soon
  Wed 2026-11-11 00:00  duty     C-leo  review-summary breached, was due Tuesday 10 November 2026
  Wed 2026-11-11 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Wed 2026-11-11 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Wed 2026-11-11 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary late
  Wed 2026-11-11 09:00  alert    digest to helen-marsh by email (role): C-leo.review-summary late
  Tue 2026-11-17 00:00  duty     C-leo  review-report due today
  Tue 2026-11-17 00:00  duty     C-leo  review-report-sent due today
  Tue 2026-11-17 00:00  duty     C-leo  review-decision warned, due Tuesday 1 December 2026
  Tue 2026-11-17 09:00  alert    digest to sam-okafor by email (role): C-leo.review-report-sent due_today, C-leo.review-decision soon
  Wed 2026-11-18 00:00  duty     C-leo  review-report breached, was due Tuesday 17 November 2026
  Wed 2026-11-18 00:00  duty     C-leo  review-report-sent breached, was due Tuesday 17 November 2026
  Wed 2026-11-18 00:00  message  C-leo  others-late to dana by letter (agreed)
  Wed 2026-11-18 08:00  message  C-leo  others-late to marek by sms (agreed)
  Wed 2026-11-18 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Wed 2026-11-18 09:00  message  C-leo  party-report-late to oakfield by email (agreed)
  Wed 2026-11-18 09:00  alert    digest to sam-okafor by email (role): C-leo.review-report late, C-leo.review-report-sent late
  Wed 2026-11-18 09:00  alert    digest to helen-marsh by email (role): C-leo.review-report late, C-leo.review-report-sent late

at 2026-11-27 16:30
  annual_review.decision_maintain case/C-leo
    reasons: The plan fits. The help in it works.
until 2026-12-02 18:00
expect
  Tue 2026-11-24 09:00  alert    digest to sam-okafor by email (role): C-leo.review-decision soon
  Wed 2026-11-25 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Wed 2026-11-25 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Wed 2026-11-25 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Fri 2026-11-27 16:30  duty     C-leo  review met
  Fri 2026-11-27 16:30  duty     C-leo  review scheduled, due Friday 26 November 2027
  Fri 2026-11-27 16:30  duty     C-leo  appeal scheduled, due Saturday 30 January 2027
  Fri 2026-11-27 16:30  task     C-leo  t.speak.ce86e4ccf5ca for sam-okafor by Tuesday 1 December 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Sunday 29 November 2026 at 16:30
  Fri 2026-11-27 16:33  alert    C-leo  speak-first to sam-okafor by email (role)
  Sun 2026-11-29 16:30  task     C-leo  t.speak.ce86e4ccf5ca ended: not_reached
  Sun 2026-11-29 16:30  message  C-leo  review-maintain to dana by letter (legal_form)
  Sun 2026-11-29 16:30  message  C-leo  review-maintain to marek by letter (legal_form)
  Mon 2026-11-30 08:00  message  C-leo  review-maintain to marek by sms (prompt)
  Mon 2026-11-30 09:00  alert    C-leo  speak-missed to helen-marsh by email (role)
  Mon 2026-11-30 09:00  message  C-leo  party-review-decision to oakfield by email (agreed)
  Tue 2026-12-01 00:00  duty     C-leo  review-decision met
  Wed 2026-12-02 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Wed 2026-12-02 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Wed 2026-12-02 09:00  alert    digest to ruth-lindley by email (role): C-leo.review-summary late
