# MS6, a new named contact: said on the day; reported three working days later, it is said late, and the manager hears so


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-09 10:00
  case.reassigned case/C-leo
    {owner: priya-nair, from: sam-okafor, reason: Sam moves to another team.}
expect
  Mon 2026-11-09 10:00  message  C-leo  case-reassigned to dana by email (agreed)

# Two working days are in time.
at 2026-11-17 10:00
  case.reassigned case/C-leo
    {owner: sam-okafor, from: priya-nair, reason: Priya is ill., on: 2026-11-13}
expect
  Tue 2026-11-17 10:00  message  C-leo  case-reassigned to dana by email (agreed)

at 2026-11-25 10:00
  case.reassigned case/C-leo
    {owner: priya-nair, from: sam-okafor, reason: Sam has left., on: 2026-11-20}
until 2026-11-26 10:00
expect
  Wed 2026-11-25 10:00  message  C-leo  case-reassigned to dana by email (agreed)
  Thu 2026-11-26 09:00  alert    digest to helen-marsh by email (role): C-leo news
