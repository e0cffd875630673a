# MS7, what was said, in writing: five working days after a meeting or a call; late, and who hears so


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: annual-review, service: send, owner: sam-okafor}

# A call is written down on the fifth working day, and a meeting too.
at 2026-11-09 10:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about the taxi., on: 2026-11-02}
expect
  Mon 2026-11-09 10:00  message  C-leo  contact-made to dana by email (agreed)
at 2026-11-09 15:00
  annual_review.held case/C-leo
at 2026-11-16 15:00
  annual_review.summary_sent case/C-leo
    summary: We talked about three schools.
until 2026-11-16 18:00
expect
  Mon 2026-11-09 15:00  duty     C-leo  review-summary scheduled, due Monday 16 November 2026
  Mon 2026-11-09 15:00  duty     C-leo  review-report scheduled, due Monday 23 November 2026
  Mon 2026-11-09 15:00  duty     C-leo  review-report-sent scheduled, due Monday 23 November 2026
  Mon 2026-11-09 15:00  duty     C-leo  review-decision scheduled, due Monday 7 December 2026
  Mon 2026-11-09 15:00  message  C-leo  review-held to dana by email (agreed)
  Mon 2026-11-16 00:00  duty     C-leo  review-summary due today
  Mon 2026-11-16 00:00  duty     C-leo  review-report warned, due Monday 23 November 2026
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary due_today, C-leo.review-report soon
  Mon 2026-11-16 15:00  duty     C-leo  review-summary met
  Mon 2026-11-16 15:00  message  C-leo  review-summary to dana by email (agreed)

# A call is reported on the sixth, and of another meeting there is no summary: the manager hears of both.
at 2026-11-18 10:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about lunch., on: 2026-11-10}
  annual_review.report_received case/C-leo
  annual_review.report_circulated case/C-leo
  annual_review.held case/C-leo
until 2026-11-26 12:00
expect
  Wed 2026-11-18 10:00  message  C-leo  contact-made to dana by email (agreed)
  Wed 2026-11-18 10:00  duty     C-leo  review-report met
  Wed 2026-11-18 10:00  message  C-leo  review-report to dana by email (legal_form)
  Wed 2026-11-18 10:00  message  C-leo  party-review-report to oakfield by email (agreed)
  Wed 2026-11-18 10:00  duty     C-leo  review-report-sent met
  Wed 2026-11-18 10:00  duty     C-leo  review-summary scheduled, due Wednesday 25 November 2026
  Wed 2026-11-18 10:00  duty     C-leo  review-report scheduled, due Wednesday 2 December 2026
  Wed 2026-11-18 10:00  duty     C-leo  review-report-sent scheduled, due Wednesday 2 December 2026
  Wed 2026-11-18 10:00  message  C-leo  review-held to dana by email (agreed)
  Thu 2026-11-19 09:00  alert    digest to helen-marsh by email (role): C-leo news
  Mon 2026-11-23 00:00  duty     C-leo  review-decision warned, due Monday 7 December 2026
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-leo.review-decision soon
  Wed 2026-11-25 00:00  duty     C-leo  review-summary due today
  Wed 2026-11-25 00:00  duty     C-leo  review-report warned, due Wednesday 2 December 2026
  Wed 2026-11-25 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary.2 due_today, C-leo.review-report.2 soon
  Thu 2026-11-26 00:00  duty     C-leo  review-summary breached, was due Wednesday 25 November 2026
  Thu 2026-11-26 08:00  message  C-leo  duty-late to dana by email (agreed)
  Thu 2026-11-26 09:00  alert    digest to helen-marsh by email (role): C-leo.review-summary.2 late
  Thu 2026-11-26 09:00  alert    digest to sam-okafor by email (role): C-leo.review-summary.2 late
