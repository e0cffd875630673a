# A promise that is not kept: the family is told, and who answers for it
#
# Then a new date is agreed, and the family hears that too.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-04 15:00
  action.agreed case/C-leo
    {action: talk-to-teacher, what: Talk to Leo's teacher about his speech,
     owner: {service: therapies, person: grace-ajayi}, due: 2026-11-20}

until 2026-11-25 12:00
expect
  Wed 2026-11-04 15:00  action   C-leo  talk-to-teacher scheduled, due Friday 20 November 2026
  Wed 2026-11-04 15:00  message  C-leo  action-agreed to dana by letter (agreed)
  Wed 2026-11-04 15:00  message  C-leo  action-agreed to marek by sms (agreed)
  Fri 2026-11-13 00:00  action   C-leo  talk-to-teacher warned, due Friday 20 November 2026
  Fri 2026-11-13 09:00  alert    digest to grace-ajayi by email (role): C-leo talk-to-teacher soon
  Fri 2026-11-20 00:00  action   C-leo  talk-to-teacher due today
  Sat 2026-11-21 00:00  action   C-leo  talk-to-teacher breached, was due Friday 20 November 2026
  Sat 2026-11-21 00:00  message  C-leo  action-late to dana by letter (agreed)
  Mon 2026-11-23 08:00  message  C-leo  action-late to marek by sms (agreed)
  Mon 2026-11-23 09:00  alert    digest to grace-ajayi by email (role): C-leo talk-to-teacher late

at 2026-11-25 14:00
  action.rescheduled case/C-leo
    {action: talk-to-teacher, due: 2026-12-04, reason: The teacher was ill.}

until 2026-12-01 12:00
expect
  Wed 2026-11-25 14:00  action   C-leo  talk-to-teacher scheduled, due Friday 4 December 2026
  Wed 2026-11-25 14:00  message  C-leo  action-rescheduled to dana by letter (agreed)
  Wed 2026-11-25 14:00  message  C-leo  action-rescheduled to marek by sms (agreed)
  Fri 2026-11-27 00:00  action   C-leo  talk-to-teacher warned, due Friday 4 December 2026
  Fri 2026-11-27 09:00  alert    digest to grace-ajayi by email (role): C-leo talk-to-teacher soon

at 2026-12-02 10:00
  action.completed case/C-leo
    action: talk-to-teacher

# The family says that nobody came: it is late after all, and everybody hears so.
at 2026-12-07 10:00
  action.disputed case/C-leo
    {action: talk-to-teacher, reason: The teacher has heard of nobody.}

until 2026-12-11 12:00
expect
  Wed 2026-12-02 10:00  action   C-leo  talk-to-teacher completed
  Wed 2026-12-02 10:00  message  C-leo  action-completed to dana by letter (agreed)
  Wed 2026-12-02 10:00  message  C-leo  action-completed to marek by sms (agreed)
  Mon 2026-12-07 10:00  action   C-leo  talk-to-teacher breached, was due Friday 4 December 2026 (the family says that it was not done)
  Mon 2026-12-07 10:00  task     C-leo  t.disputed.d5ab5b250c80 for sam-okafor by Wednesday 9 December 2026: The family says that action talk-to-teacher is not done: find out what happened, and tell them
  Mon 2026-12-07 10:00  message  C-leo  action-disputed to dana by letter (agreed)
  Mon 2026-12-07 10:00  message  C-leo  action-disputed to marek by sms (agreed)
  Tue 2026-12-08 09:00  alert    digest to grace-ajayi by email (role): C-leo talk-to-teacher late
  Tue 2026-12-08 09:00  alert    digest to sam-okafor by email (role): C-leo t.disputed.d5ab5b250c80 soon
  Thu 2026-12-10 09:00  alert    digest to sam-okafor by email (role): C-leo t.disputed.d5ab5b250c80 late
  Thu 2026-12-10 09:00  alert    digest to helen-marsh by email (role): C-leo t.disputed.d5ab5b250c80 late
