# MS8, an agreed action: she hears that it is done; late, it goes to the manager after five working days and the head after ten


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  action.agreed case/C-leo
    {action: leaflet, what: Send the leaflet, owner: {service: send, person: sam-okafor}, due: 2026-11-13, agreed_with: [dana]}
  action.agreed case/C-leo
    {action: taxi, what: Order the taxi, owner: {service: send, person: sam-okafor}, due: 2026-11-13, agreed_with: [dana]}
at 2026-11-13 16:00
  action.completed case/C-leo
    action: leaflet
until 2026-11-13 18:00
expect
  Mon 2026-11-02 09:00  action   C-leo  leaflet scheduled, due Friday 13 November 2026
  Mon 2026-11-02 09:00  message  C-leo  action-agreed to dana by email (agreed)
  Mon 2026-11-02 09:00  action   C-leo  taxi scheduled, due Friday 13 November 2026
  Mon 2026-11-02 09:00  message  C-leo  action-agreed to dana by email (agreed)
  Fri 2026-11-06 00:00  action   C-leo  leaflet warned, due Friday 13 November 2026
  Fri 2026-11-06 00:00  action   C-leo  taxi warned, due Friday 13 November 2026
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-leo leaflet soon, C-leo taxi soon
  Fri 2026-11-13 00:00  action   C-leo  leaflet due today
  Fri 2026-11-13 00:00  action   C-leo  taxi due today
  Fri 2026-11-13 16:00  action   C-leo  leaflet completed
  Fri 2026-11-13 16:00  message  C-leo  action-completed to dana by email (agreed)

until 2026-12-04 12:00
expect
  Sat 2026-11-14 00:00  action   C-leo  taxi breached, was due Friday 13 November 2026
  Mon 2026-11-16 08:00  message  C-leo  action-late to dana by email (agreed)
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo taxi late
  Fri 2026-11-20 09:00  alert    digest to helen-marsh by email (role): C-leo taxi late
  Fri 2026-11-27 09:00  alert    C-leo  action-late-owner to david-osei by email (role)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Fri 2026-12-04 09:00  alert    C-leo  action-late-owner to ruth-lindley by email (role)
