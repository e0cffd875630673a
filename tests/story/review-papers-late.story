# Reports for a review meeting: everyone has them two weeks before, or the family hears that they are late; and so after it
#
# The reports that were gathered go to everyone who was invited at least two weeks before the meeting (SI 2014/1530 reg.
# 20(4)). When they come too late they say sorry, and the meeting gets another day. The report on the meeting goes to the
# same people within two weeks.

at 2026-09-14 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: annual-review, service: send, owner: sam-okafor}
  annual_review.meeting_scheduled case/C-leo
    {meeting_on: 2026-10-19, at_time: half past nine, place: Oakfield Primary School}

# By Sunday 4 October everyone should have them.
until 2026-10-05 12:00
expect
  Mon 2026-09-14 09:00  duty     C-leo  review-notice scheduled, due Sunday 4 October 2026
  Mon 2026-09-14 09:00  duty     C-leo  review-papers scheduled, due Sunday 4 October 2026
  Mon 2026-09-14 09:00  duty     C-leo  review-meeting scheduled, due Monday 19 October 2026
  Mon 2026-09-14 09:00  message  C-leo  review-meeting to dana by email (legal_form)
  Mon 2026-09-14 09:00  message  C-leo  party-review-meeting to oakfield by email (agreed)
  Mon 2026-09-14 09:00  duty     C-leo  review-notice met
  Mon 2026-09-28 00:00  duty     C-leo  review-papers warned, due Sunday 4 October 2026
  Mon 2026-09-28 09:00  alert    digest to sam-okafor by email (role): C-leo.review-papers soon
  Sun 2026-10-04 00:00  duty     C-leo  review-papers due today
  Mon 2026-10-05 00:00  duty     C-leo  review-papers breached, was due Sunday 4 October 2026
  Mon 2026-10-05 08:00  message  C-leo  duty-late to dana by email (agreed)
  Mon 2026-10-05 09:00  alert    digest to sam-okafor by email (role): C-leo.review-papers late
  Mon 2026-10-05 09:00  alert    digest to helen-marsh by email (role): C-leo.review-papers late

at 2026-10-07 10:00
  annual_review.papers_circulated case/C-leo
at 2026-10-07 11:00
  annual_review.meeting_scheduled case/C-leo
    {meeting_on: 2026-11-02, at_time: half past nine, place: Oakfield Primary School}
at 2026-10-12 10:00
  annual_review.papers_circulated case/C-leo
until 2026-10-12 18:00
expect
  Wed 2026-10-07 10:00  message  C-leo  review-papers to dana by email (legal_form), late
  Wed 2026-10-07 10:00  message  C-leo  party-review-papers to oakfield by email (agreed)
  Wed 2026-10-07 10:00  duty     C-leo  review-papers met
  Wed 2026-10-07 11:00  duty     C-leo  review-meeting cancelled
  Wed 2026-10-07 11:00  duty     C-leo  review-notice scheduled, due Sunday 18 October 2026
  Wed 2026-10-07 11:00  duty     C-leo  review-papers scheduled, due Sunday 18 October 2026
  Wed 2026-10-07 11:00  duty     C-leo  review-meeting scheduled, due Monday 2 November 2026
  Wed 2026-10-07 11:00  message  C-leo  review-meeting to dana by email (legal_form)
  Wed 2026-10-07 11:00  message  C-leo  party-review-meeting to oakfield by email (agreed)
  Wed 2026-10-07 11:00  duty     C-leo  review-notice met
  Mon 2026-10-12 00:00  duty     C-leo  review-papers warned, due Sunday 18 October 2026
  Mon 2026-10-12 09:00  alert    digest to sam-okafor by email (role): C-leo.review-papers.2 soon
  Mon 2026-10-12 10:00  message  C-leo  review-papers to dana by email (legal_form)
  Mon 2026-10-12 10:00  message  C-leo  party-review-papers to oakfield by email (agreed)
  Mon 2026-10-12 10:00  duty     C-leo  review-papers met

at 2026-11-02 11:00
  annual_review.held case/C-leo
at 2026-11-11 10:00
  annual_review.report_circulated case/C-leo
until 2026-11-11 18:00
expect
  Mon 2026-10-26 00:00  duty     C-leo  review-meeting warned, due Monday 2 November 2026
  Mon 2026-10-26 08:00  message  C-leo  review-reminder to dana by email (agreed)
  Fri 2026-10-30 08:00  message  C-leo  review-reminder to dana by email (agreed)
  Mon 2026-11-02 00:00  duty     C-leo  review-meeting due today
  Mon 2026-11-02 09:00  alert    digest to sam-okafor by email (role): C-leo.review-meeting.2 due_today
  Mon 2026-11-02 11:00  duty     C-leo  review-meeting met
  Mon 2026-11-02 11:00  duty     C-leo  review-summary scheduled, due Monday 9 November 2026
  Mon 2026-11-02 11:00  duty     C-leo  review-report scheduled, due Monday 16 November 2026
  Mon 2026-11-02 11:00  duty     C-leo  review-report-sent scheduled, due Monday 16 November 2026
  Mon 2026-11-02 11:00  duty     C-leo  review-decision scheduled, due Monday 30 November 2026
  Mon 2026-11-02 11:00  message  C-leo  review-held to dana by email (agreed)
  Mon 2026-11-09 00:00  duty     C-leo  review-summary due today
  Mon 2026-11-09 00:00  duty     C-leo  review-report warned, due Monday 16 November 2026
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary due_today, C-leo.review-report soon
  Tue 2026-11-10 00:00  duty     C-leo  review-summary breached, was due Monday 9 November 2026
  Tue 2026-11-10 08:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary late
  Tue 2026-11-10 09:00  alert    digest to helen-marsh by email (role): C-leo.review-summary late
  Wed 2026-11-11 10:00  duty     C-leo  review-report met
  Wed 2026-11-11 10:00  message  C-leo  review-report to dana by email (legal_form)
  Wed 2026-11-11 10:00  message  C-leo  party-review-report to oakfield by email (agreed)
  Wed 2026-11-11 10:00  duty     C-leo  review-report-sent met
