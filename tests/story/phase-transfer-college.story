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
  case.opened case/C-move
    {family: F-leo, pathway: phase-transfer, service: send, owner: sam-okafor}
  phase_transfer.post_16_window_opened case/C-move
expect
  Mon 2026-09-07 09:00  duty     C-move  transfer-plan-post-16 scheduled, due Tuesday 30 March 2027
  Mon 2026-09-07 09:00  duty     C-move  transfer-review scheduled, due Sunday 22 November 2026
  Mon 2026-09-07 09:00  task     C-move  t.method.dana.2026-09-07 for sam-okafor by Monday 21 September 2026: Agree with dana how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-09-07 09:00  task     C-move  t.method.marek.2026-09-07 for sam-okafor by Monday 21 September 2026: Agree with marek how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-09-07 09:00  alert    digest to sam-okafor by email (role): C-move t.method.dana.2026-09-07 soon
  Mon 2026-09-07 09:00  message  C-move  transfer-opened to dana by letter (agreed)
  Mon 2026-09-07 09:00  message  C-move  transfer-opened to marek by sms (agreed)
  Mon 2026-09-07 09:00  message  C-move  method-review to dana by letter (agreed)
  Mon 2026-09-07 09:00  message  C-move  method-review to marek by sms (agreed)

at 2026-09-08 09:00
  case.opened case/C-college
    {family: F-leo, pathway: phase-transfer, service: send, owner: sam-okafor}
  phase_transfer.college_window_opened case/C-college
    moves_on: 2027-09-06
expect
  Tue 2026-09-08 09:00  alert    digest to sam-okafor by email (role): C-move t.method.marek.2026-09-07 soon
  Tue 2026-09-08 09:00  duty     C-college  transfer-plan-college scheduled, due Tuesday 6 April 2027
  Tue 2026-09-08 09:00  message  C-college  transfer-opened to dana by letter (agreed)
  Tue 2026-09-08 09:00  message  C-college  transfer-opened to marek by sms (agreed)
