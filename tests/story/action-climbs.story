# A promise that nobody keeps climbs to the director; when it is said to be done, the family says no
#
# Each is told once, five working days after the one below. When it is open again it goes on where it stood.
# The service has no daily list: each alert comes by itself.

change services.yaml
    from: "    digest: \"09:00\"\n"
    to: ""

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-04 15:00
  action.agreed case/C-leo
    {action: ring-dana, what: Ring you about the hearing test,
     owner: {service: send, person: sam-okafor}, due: 2026-11-13, agreed_with: [dana]}

until 2026-12-08 12:00
expect
  Wed 2026-11-04 15:00  action   C-leo  ring-dana scheduled, due Friday 13 November 2026
  Wed 2026-11-04 15:00  message  C-leo  action-agreed to dana by email (agreed)
  Fri 2026-11-06 00:00  action   C-leo  ring-dana warned, due Friday 13 November 2026
  Fri 2026-11-06 09:00  alert    C-leo  action-reminder to sam-okafor by email (role)
  Fri 2026-11-13 00:00  action   C-leo  ring-dana due today
  Sat 2026-11-14 00:00  action   C-leo  ring-dana breached, was due Friday 13 November 2026
  Mon 2026-11-16 08:00  message  C-leo  action-late to dana by email (agreed)
  Mon 2026-11-16 09:00  alert    C-leo  action-late-owner to sam-okafor by email (role)
  Fri 2026-11-20 09:00  alert    C-leo  action-late-owner to helen-marsh by email (role)
  Fri 2026-11-27 09:00  alert    C-leo  action-late-owner to david-osei by email (role)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Fri 2026-12-04 09:00  alert    C-leo  action-late-owner to ruth-lindley by email (role)
  Mon 2026-12-07 00:00  task     C-leo  t.keep.C-leo.2026-12-07 for sam-okafor by Friday 11 December 2026: The family has heard nothing new: write to them or call, and report it

# Behind the director it goes on, but less and less often.
until 2027-01-29 12:00
expect
  Fri 2026-12-11 09:00  alert    C-leo  action-late-owner to ruth-lindley by email (role)
  Mon 2026-12-14 09:00  alert    C-leo  task-overdue to sam-okafor by email (role)
  Mon 2026-12-14 09:00  alert    C-leo  task-overdue to helen-marsh by email (role)
  Fri 2026-12-18 09:00  alert    C-leo  task-overdue to helen-marsh by email (role)
  Tue 2026-12-29 09:00  alert    C-leo  task-overdue to david-osei by email (role)
  Tue 2026-12-29 09:00  alert    C-leo  action-late-owner to ruth-lindley by email (role)
  Wed 2027-01-13 09:00  alert    C-leo  task-overdue to david-osei by email (role)
  Wed 2027-01-27 09:00  alert    C-leo  action-late-owner to ruth-lindley by email (role)

at 2027-02-01 10:00
  action.completed case/C-leo
    action: ring-dana

at 2027-02-03 10:00
  action.disputed case/C-leo
    {action: ring-dana, reason: Nobody has rung.}

until 2027-02-03 12:00
expect
  Mon 2027-02-01 10:00  action   C-leo  ring-dana completed
  Mon 2027-02-01 10:00  task     C-leo  t.keep.C-leo.2026-12-07 ended: needless
  Mon 2027-02-01 10:00  message  C-leo  action-completed to dana by email (agreed)
  Wed 2027-02-03 10:00  action   C-leo  ring-dana breached, was due Friday 13 November 2026 (the family says that it was not done)
  Wed 2027-02-03 10:00  task     C-leo  t.disputed.cc61d1237599 for sam-okafor by Friday 5 February 2027: The family says that action ring-dana is not done: find out what happened, and tell them
  Wed 2027-02-03 10:00  message  C-leo  action-disputed to dana by email (agreed)
  Wed 2027-02-03 10:03  alert    C-leo  action-late-owner to ruth-lindley by email (role)
