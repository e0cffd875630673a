# An agreed action is not needed any more: the family hears so, and why, and nobody is chased for it
#
# Not a silent end: whoever was promised it may still want it, and is asked to say so.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-04 15:00
  action.agreed case/C-leo
    {action: ask-taxi, what: Ask the taxi to come ten minutes earlier,
     owner: {service: send, person: sam-okafor}, due: 2026-11-13, agreed_with: [dana]}

at 2026-11-09 10:00
  action.cancelled case/C-leo
    {action: ask-taxi, reason: The school day now begins later.}

# Its day comes and goes, and nobody is told that it is late.
until 2026-11-20 12:00
expect
  Wed 2026-11-04 15:00  action   C-leo  ask-taxi scheduled, due Friday 13 November 2026
  Wed 2026-11-04 15:00  message  C-leo  action-agreed to dana by email (agreed)
  Fri 2026-11-06 00:00  action   C-leo  ask-taxi warned, due Friday 13 November 2026
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-leo ask-taxi soon
  Mon 2026-11-09 10:00  action   C-leo  ask-taxi cancelled
  Mon 2026-11-09 10:00  message  C-leo  action-cancelled to dana by email (agreed)
