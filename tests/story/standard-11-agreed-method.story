# MS11, how somebody wants to be told: agreed in ten working days, asked again after a year; late, and who hears so


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
until 2026-11-03 12:00
expect
  Mon 2026-11-02 09:00  task     C-leo  t.method.dana.2026-11-02 for sam-okafor by Monday 16 November 2026: Agree with dana how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-11-02 09:00  alert    digest to sam-okafor by email (role): C-leo t.method.dana.2026-11-02 soon

# Sam asks on the tenth working day.
at 2026-11-16 10:00
  contact.updated family/F-leo
    {contact: dana, agreed: {on: 2026-11-16, with: sam-okafor}}
  case.closed case/C-leo
    outcome: not needed
until 2026-11-16 12:00
expect
  Mon 2026-11-16 10:00  task     C-leo  t.method.dana.2026-11-02 ended: reached

# A new contact whom nobody asks: Sam hears it, the manager, and those above.
at 2026-11-23 09:00
  case.opened case/C-two
    {family: F-leo, pathway: enquiries, service: send, owner: sam-okafor}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms], addresses: {sms: 07700 900123}}
until 2026-12-18 12:00
expect
  Mon 2026-11-23 09:00  task     C-two  t.method.marek.2026-11-23 for sam-okafor by Monday 7 December 2026: Agree with marek how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-two t.method.marek.2026-11-23 soon
  Tue 2026-12-08 09:00  alert    digest to sam-okafor by email (role): C-two t.method.marek.2026-11-23 late
  Tue 2026-12-08 09:00  alert    digest to helen-marsh by email (role): C-two t.method.marek.2026-11-23 late
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-two t.method.marek.2026-11-23 late

# A year after Dana agreed she is asked again, and Sam is to ask her.
at 2026-12-18 13:00
  contact.updated family/F-leo
    {contact: marek, agreed: {on: 2026-12-18, with: sam-okafor}}
  case.closed case/C-two
    outcome: answered
at 2027-11-12 09:00
  case.opened case/C-three
    {family: F-leo, pathway: enquiries, service: send, owner: sam-okafor}
until 2027-11-17 12:00
expect
  Fri 2026-12-18 13:00  task     C-two  t.method.marek.2026-11-23 ended: reached
  Tue 2027-11-16 00:00  task     C-three  t.method.dana.2027-11-16 for sam-okafor by Tuesday 30 November 2027: Agree with dana how they want to be told: channel, language, format, hours, and what is safe
  Tue 2027-11-16 08:00  message  C-three  method-review to dana by email (agreed)
  Tue 2027-11-16 09:00  alert    digest to sam-okafor by email (role): C-three t.method.dana.2027-11-16 soon
