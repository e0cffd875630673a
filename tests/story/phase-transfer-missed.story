# No review in the autumn, no school by 14 February: everyone hears it before and after

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
  phase_transfer.window_opened case/C-move
until 2026-11-23 12:00
expect
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
  Tue 2026-09-22 09:00  alert    digest to sam-okafor by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Tue 2026-09-22 09:00  alert    digest to helen-marsh by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Tue 2026-09-29 09:00  alert    digest to helen-marsh by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Mon 2026-10-05 00:00  message  C-move  keep-in-touch to dana by letter (agreed)
  Mon 2026-10-05 08:00  message  C-move  keep-in-touch to marek by sms (agreed)
  Tue 2026-10-06 09:00  alert    digest to david-osei by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Tue 2026-10-20 09:00  alert    digest to david-osei by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Sun 2026-10-25 00:00  duty     C-move  transfer-review warned, due Sunday 22 November 2026
  Mon 2026-10-26 00:00  task     C-move  t.keep.C-move.2026-10-26 for sam-okafor by Monday 2 November 2026: The family has heard nothing new: write to them or call, and report it
  Mon 2026-10-26 09:00  alert    digest to sam-okafor by email (role): C-move t.keep.C-move.2026-10-26 soon, C-move.transfer-review soon
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-move t.keep.C-move.2026-10-26 late
  Tue 2026-11-03 09:00  alert    digest to helen-marsh by email (role): C-move t.keep.C-move.2026-10-26 late
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-review soon
  Tue 2026-11-10 09:00  alert    digest to helen-marsh by email (role): C-move t.keep.C-move.2026-10-26 late
  Tue 2026-11-17 09:00  alert    digest to david-osei by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late, C-move t.keep.C-move.2026-10-26 late
  Sun 2026-11-22 00:00  duty     C-move  transfer-plan warned, due Sunday 14 February 2027
  Sun 2026-11-22 00:00  duty     C-move  transfer-review due today
  Mon 2026-11-23 00:00  duty     C-move  transfer-review breached, was due Sunday 22 November 2026
  Mon 2026-11-23 00:00  message  C-move  duty-late to dana by letter (agreed)
  Mon 2026-11-23 08:00  message  C-move  duty-late to marek by sms (agreed)
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-review late, C-move.transfer-plan soon
  Mon 2026-11-23 09:00  alert    digest to helen-marsh by email (role): C-move.transfer-review late

until 2027-02-15 12:00
expect
  Mon 2026-11-30 09:00  alert    C-move  duty-breached to david-osei by email (role)
  Tue 2026-12-01 09:00  alert    digest to david-osei by email (role): C-move t.keep.C-move.2026-10-26 late
  Mon 2026-12-07 00:00  message  C-move  keep-in-touch to dana by letter (agreed)
  Mon 2026-12-07 08:00  message  C-move  keep-in-touch to marek by sms (agreed)
  Mon 2026-12-07 09:00  alert    C-move  duty-breached to ruth-lindley by email (role)
  Mon 2026-12-14 09:00  alert    digest to ruth-lindley by email (role): C-move.transfer-review late
  Tue 2026-12-15 09:00  alert    digest to david-osei by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Wed 2026-12-30 09:00  alert    digest to ruth-lindley by email (role): C-move.transfer-review late
  Thu 2026-12-31 09:00  alert    digest to david-osei by email (role): C-move t.keep.C-move.2026-10-26 late
  Fri 2027-01-15 00:00  message  C-move  date-at-risk to dana by letter (agreed)
  Fri 2027-01-15 08:00  message  C-move  date-at-risk to marek by sms (agreed)
  Fri 2027-01-15 09:00  alert    C-move  date-at-risk-owner to sam-okafor by email (role)
  Fri 2027-01-15 09:00  alert    digest to david-osei by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Mon 2027-01-18 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-plan soon
  Thu 2027-01-28 09:00  alert    digest to ruth-lindley by email (role): C-move.transfer-review late
  Fri 2027-01-29 00:00  message  C-move  keep-in-touch to dana by letter (agreed)
  Fri 2027-01-29 08:00  message  C-move  keep-in-touch to marek by sms (agreed)
  Fri 2027-01-29 09:00  alert    digest to david-osei by email (role): C-move t.keep.C-move.2026-10-26 late
  Mon 2027-02-01 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-plan soon
  Fri 2027-02-12 09:00  alert    digest to david-osei by email (role): C-move t.method.dana.2026-09-07 late, C-move t.method.marek.2026-09-07 late
  Sun 2027-02-14 00:00  duty     C-move  transfer-plan due today
  Mon 2027-02-15 00:00  duty     C-move  transfer-plan breached, was due Sunday 14 February 2027
  Mon 2027-02-15 00:00  message  C-move  duty-late to dana by letter (agreed)
  Mon 2027-02-15 08:00  message  C-move  duty-late to marek by sms (agreed)
  Mon 2027-02-15 09:00  alert    digest to sam-okafor by email (role): C-move.transfer-plan late
  Mon 2027-02-15 09:00  alert    digest to helen-marsh by email (role): C-move.transfer-plan late
