# What others owe is late: the family hears who chases, and the others hear that it does

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
  party.registered family/F-leo
    {party: ep, role: adviser, name: Educational Psychology, channels: [email],
     addresses: {email: ep@sheffield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-09 09:00
  advice.requested case/C-leo
  school.consulted case/C-leo
    school: Oakfield Primary School

# Day 16 for the school, day 43 for the advice.
until 2026-12-23 12:00
expect
  Mon 2026-11-09 09:00  duty     C-leo  advice scheduled, due Monday 21 December 2026
  Mon 2026-11-09 09:00  message  C-leo  advice-asked to dana by letter (agreed)
  Mon 2026-11-09 09:00  message  C-leo  advice-asked to marek by sms (agreed)
  Mon 2026-11-09 09:00  message  C-leo  party-advice to ep by email (agreed)
  Mon 2026-11-09 09:00  duty     C-leo  school-reply scheduled, due Tuesday 24 November 2026
  Mon 2026-11-09 09:00  message  C-leo  school-consulted to dana by letter (agreed)
  Mon 2026-11-09 09:00  message  C-leo  school-consulted to marek by sms (agreed)
  Mon 2026-11-09 09:00  message  C-leo  party-consulted to oakfield by email (agreed)
  Thu 2026-11-19 00:00  duty     C-leo  school-reply warned, due Tuesday 24 November 2026
  Thu 2026-11-19 09:00  message  C-leo  party-consulted-reminder to oakfield by email (agreed)
  Thu 2026-11-19 09:00  alert    digest to sam-okafor by email (role): C-leo.school-reply soon
  Tue 2026-11-24 00:00  duty     C-leo  school-reply due today
  Wed 2026-11-25 00:00  duty     C-leo  school-reply breached, was due Tuesday 24 November 2026
  Wed 2026-11-25 00:00  message  C-leo  others-late to dana by letter (agreed)
  Wed 2026-11-25 08:00  message  C-leo  others-late to marek by sms (agreed)
  Wed 2026-11-25 09:00  alert    digest to sam-okafor by email (role): C-leo.school-reply late
  Wed 2026-11-25 09:00  alert    digest to helen-marsh by email (role): C-leo.school-reply late
  Mon 2026-11-30 09:00  message  C-leo  party-advice-reminder to ep by email (agreed)
  Wed 2026-12-02 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Mon 2026-12-07 00:00  duty     C-leo  advice warned, due Monday 21 December 2026
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.advice soon
  Wed 2026-12-09 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Wed 2026-12-09 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Wed 2026-12-09 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Mon 2026-12-14 09:00  message  C-leo  party-advice-reminder to ep by email (agreed)
  Mon 2026-12-14 09:00  alert    digest to sam-okafor by email (role): C-leo.advice soon
  Wed 2026-12-16 00:00  task     C-leo  t.keep.C-leo.2026-12-16 for sam-okafor by Wednesday 23 December 2026: The family has heard nothing new: write to them or call, and report it
  Wed 2026-12-16 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-16 soon
  Wed 2026-12-16 09:00  alert    digest to ruth-lindley by email (role): C-leo.school-reply late
  Mon 2026-12-21 00:00  duty     C-leo  advice due today
  Tue 2026-12-22 00:00  duty     C-leo  advice breached, was due Monday 21 December 2026
  Tue 2026-12-22 00:00  message  C-leo  others-late to dana by letter (agreed)
  Tue 2026-12-22 08:00  message  C-leo  others-late to marek by sms (agreed)
  Tue 2026-12-22 09:00  message  C-leo  party-advice-late to ep by email (agreed)
  Tue 2026-12-22 09:00  alert    digest to sam-okafor by email (role): C-leo.advice late
  Tue 2026-12-22 09:00  alert    digest to helen-marsh by email (role): C-leo.advice late

at 2027-01-04 09:00
  advice.received case/C-leo
  school.replied case/C-leo
until 2027-01-05 12:00
expect
  Thu 2026-12-24 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-16 late
  Thu 2026-12-24 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-12-16 late
  Thu 2026-12-31 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Mon 2027-01-04 09:00  alert    digest to ruth-lindley by email (role): C-leo.school-reply late
  Mon 2027-01-04 09:00  duty     C-leo  advice met
  Mon 2027-01-04 09:00  duty     C-leo  school-reply met
  Mon 2027-01-04 09:00  task     C-leo  t.keep.C-leo.2026-12-16 ended: needless
  Mon 2027-01-04 09:00  message  C-leo  school-replied to dana by letter (agreed), late
  Mon 2027-01-04 09:00  message  C-leo  school-replied to marek by sms (agreed), late
