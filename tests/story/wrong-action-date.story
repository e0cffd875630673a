# An action was entered with the wrong day: put right under its name, it runs to the right one
#
# Dana had read the wrong day: she is told which message was wrong, and what was agreed.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-03 10:00
  action.agreed case/C-leo as wrong
    {action: call, what: Call the school about Leo's hours, due: 2026-11-06, agreed_with: [dana],
     owner: {service: send, person: sam-okafor}}

at 2026-11-04 10:00
  action.agreed case/C-leo
    {action: call, what: Call the school about Leo's hours, due: 2026-11-20, agreed_with: [dana],
     owner: {service: send, person: sam-okafor}, supersedes: wrong}

until 2026-11-23 12:00
expect
  Tue 2026-11-03 10:00  action   C-leo  call scheduled, due Friday 6 November 2026
  Tue 2026-11-03 10:00  message  C-leo  action-agreed to dana by email (agreed)
  Wed 2026-11-04 10:00  action   C-leo  call scheduled, due Friday 20 November 2026
  Wed 2026-11-04 10:00  message  C-leo  correction to dana by email (agreed)
  Wed 2026-11-04 10:00  message  C-leo  action-agreed to dana by email (agreed)
  Fri 2026-11-13 00:00  action   C-leo  call warned, due Friday 20 November 2026
  Fri 2026-11-13 09:00  alert    digest to sam-okafor by email (role): C-leo call soon
  Fri 2026-11-20 00:00  action   C-leo  call due today
  Sat 2026-11-21 00:00  action   C-leo  call breached, was due Friday 20 November 2026
  Mon 2026-11-23 08:00  message  C-leo  action-late to dana by email (agreed)
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-leo call late
