# After year 11 the day is 30 March; between colleges it is five months before the move

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
    {party: oakfield, role: school, name: Oakfield School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-move
    {family: F-leo, pathway: phase-transfer, service: send, owner: sam-okafor}
  phase_transfer.post_16_window_opened case/C-move
expect
  Mon 2026-09-07 09:00  duty     C-move  transfer-plan-post-16 scheduled, due Tuesday 30 March 2027
  Mon 2026-09-07 09:00  duty     C-move  transfer-review-post-16 scheduled, due Tuesday 5 January 2027
  Mon 2026-09-07 09:00  task     C-move  t.method.dana.2026-09-07 for sam-okafor by Monday 21 September 2026: Agree with dana how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-09-07 09:00  task     C-move  t.method.marek.2026-09-07 for sam-okafor by Monday 21 September 2026: Agree with marek how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-09-07 09:00  alert    digest to sam-okafor by email (role): C-move t.method.dana.2026-09-07 soon, C-move t.method.marek.2026-09-07 soon
  Mon 2026-09-07 09:00  message  C-move  transfer-opened to dana by letter (agreed)
  Mon 2026-09-07 09:00  message  C-move  transfer-opened to marek by sms (agreed)
  Mon 2026-09-07 09:00  message  C-move  method-review to dana by letter (agreed)
  Mon 2026-09-07 09:00  message  C-move  method-review to marek by sms (agreed)
  Mon 2026-09-07 09:00  message  C-move  party-transfer-opened to oakfield by email (agreed)

at 2026-09-08 09:00
  case.opened case/C-college
    {family: F-leo, pathway: phase-transfer, service: send, owner: sam-okafor}
  phase_transfer.college_window_opened case/C-college
    moves_on: 2027-09-06
expect
  Tue 2026-09-08 09:00  duty     C-college  transfer-plan-college scheduled, due Tuesday 6 April 2027
  Tue 2026-09-08 09:00  message  C-college  transfer-opened to dana by letter (agreed)
  Tue 2026-09-08 09:00  message  C-college  transfer-opened to marek by sms (agreed)
  Tue 2026-09-08 09:00  message  C-college  party-transfer-opened to oakfield by email (agreed)

# Each of them is asked how they want to be told, and both plans name a place in time.
at 2026-09-15 11:00
  task.completed case/C-move
    {task: t.method.dana.2026-09-07, outcome: reached, by: sam-okafor}
  task.completed case/C-move
    {task: t.method.marek.2026-09-07, outcome: reached, by: sam-okafor}
at 2026-09-28 15:00
  phase_transfer.review_held case/C-move
at 2026-10-02 10:00
  phase_transfer.plan_named case/C-move
  phase_transfer.plan_named case/C-college
until 2026-10-06 12:00
expect
  Tue 2026-09-15 11:00  task     C-move  t.method.dana.2026-09-07 ended: reached
  Tue 2026-09-15 11:00  task     C-move  t.method.marek.2026-09-07 ended: reached
  Mon 2026-09-28 15:00  duty     C-move  transfer-review-post-16 met
  Fri 2026-10-02 10:00  duty     C-move  transfer-plan-post-16 met
  Fri 2026-10-02 10:00  duty     C-move  review scheduled, due Friday 1 October 2027
  Fri 2026-10-02 10:00  duty     C-move  appeal scheduled, due Saturday 5 December 2026
  Fri 2026-10-02 10:00  message  C-move  transfer-named to dana by letter (legal_form)
  Fri 2026-10-02 10:00  message  C-move  transfer-named to marek by letter (legal_form)
  Fri 2026-10-02 10:00  message  C-move  transfer-named to marek by sms (prompt)
  Fri 2026-10-02 10:00  message  C-move  party-plan to oakfield by email (agreed)
  Fri 2026-10-02 10:00  duty     C-college  transfer-plan-college met
  Fri 2026-10-02 10:00  duty     C-college  review scheduled, due Friday 1 October 2027
  Fri 2026-10-02 10:00  duty     C-college  appeal scheduled, due Saturday 5 December 2026
  Fri 2026-10-02 10:00  message  C-college  transfer-named to dana by letter (legal_form)
  Fri 2026-10-02 10:00  message  C-college  transfer-named to marek by letter (legal_form)
  Fri 2026-10-02 10:00  message  C-college  transfer-named to marek by sms (prompt)
  Fri 2026-10-02 10:00  message  C-college  party-plan to oakfield by email (agreed)
