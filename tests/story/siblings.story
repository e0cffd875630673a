# A mother of two, in two families: what she says of herself once holds in both, and each hears of their own
#
# In one family live two brothers: each case says which of them it is about.

at 2026-11-02 09:00
  contact.registered family/F-max
    {contact: mum, person: P-mum, role: parent, name: Eve Ward, parental_responsibility: true,
     channels: [email], addresses: {email: eve@home.example}, agreed: {on: 2026-10-01, with: sam-okafor}}
  contact.registered family/F-max
    {contact: max, role: young_person, name: Max Ward, born: 2009-05-05,
     channels: [sms], addresses: {sms: 07700 900601, letter: [Max Ward, 4 Rise View, Sheffield, S5 9ZX]},
     agreed: {on: 2026-10-01, with: sam-okafor}}
  contact.registered family/F-max
    {contact: ned, role: young_person, name: Ned Ward, born: 2017-05-05}
  contact.registered family/F-ada
    {contact: eve, person: P-mum, role: parent, name: Eve Ward, parental_responsibility: true,
     channels: [email], addresses: {email: eve@home.example}, agreed: {on: 2026-10-01, with: sam-okafor}}
  case.opened case/C-max
    {family: F-max, pathway: ehc-assessment, service: send, owner: sam-okafor, child: max}
  case.opened case/C-ned
    {family: F-max, pathway: ehc-assessment, service: send, owner: sam-okafor, child: ned}
  case.opened case/C-ada
    {family: F-ada, pathway: ehc-assessment, service: send, owner: sam-okafor}
  action.agreed case/C-max
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}
  action.agreed case/C-ned
    {action: call-club, what: Call the club, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

expect
  Mon 2026-11-02 09:00  action   C-max  call-school scheduled, due Friday 18 December 2026
  Mon 2026-11-02 09:00  message  C-max  action-agreed to max by sms (agreed)
  Mon 2026-11-02 09:00  action   C-ned  call-club scheduled, due Friday 18 December 2026
  Mon 2026-11-02 09:00  message  C-ned  action-agreed to mum by email (agreed)

at 2026-11-03 09:00
  contact.updated person/P-mum
    {contact: P-mum, addresses: {email: eve@work.example}}

expect
  Tue 2026-11-03 09:00  message  C-ned  method-changed to mum by email (agreed)
  Tue 2026-11-03 09:00  message  C-ned  method-changed to mum by email (former)
  Tue 2026-11-03 09:00  message  C-ada  method-changed to eve by email (agreed)
  Tue 2026-11-03 09:00  message  C-ada  method-changed to eve by email (former)

# One brother dies: what is about him ends, and the other's case goes on.
at 2026-11-04 09:00
  person.deceased family/F-max
    person: max

at 2026-11-05 09:00
  action.completed case/C-ned
    action: call-club

expect
  Wed 2026-11-04 09:00  action   C-max  call-school cancelled
  Wed 2026-11-04 09:00  task     C-max  t.deceased.ccade3bd259c.max for sam-okafor by Friday 6 November 2026: The young person has died. Nothing more is sent. Decide who speaks with the family
  Wed 2026-11-04 09:00  task     C-ned  t.deceased.ccade3bd259c.max for sam-okafor by Friday 6 November 2026: A brother or sister has died. Look at what the family is to be told, and when
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-ned t.deceased.ccade3bd259c.max soon, C-max t.deceased.ccade3bd259c.max soon
  Thu 2026-11-05 09:00  action   C-ned  call-club completed
  Thu 2026-11-05 09:00  message  C-ned  action-completed to mum by email (agreed)
