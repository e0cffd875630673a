# MS10, how it went: asked ten working days after a milestone, once in ninety days, and nobody who does not want it


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [email], addresses: {email: marek@home.example}, agreed: {on: 2026-10-28, with: sam-okafor},
     optional: {surveys: false}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  plan.final_issued case/C-leo
until 2026-11-16 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  appeal scheduled, due Saturday 2 January 2027
  Mon 2026-11-02 09:00  message  C-leo  plan-final to dana by email (legal_form)
  Mon 2026-11-02 09:00  message  C-leo  plan-final to marek by email (legal_form)
  Mon 2026-11-16 08:00  message  C-leo  survey to dana by email (agreed)

# A second milestone within ninety days: nobody is asked again.
at 2026-11-23 09:00
  case.opened case/C-two
    {family: F-leo, pathway: annual-review, service: send, owner: sam-okafor}
  plan.amended_final case/C-two
  case.closed case/C-leo
    outcome: plan in force
until 2026-12-18 12:00
expect
  Mon 2026-11-23 09:00  duty     C-two  review scheduled, due Monday 22 November 2027
  Mon 2026-11-23 09:00  duty     C-two  appeal scheduled, due Saturday 23 January 2027
  Mon 2026-11-23 09:00  message  C-two  plan-amended to dana by email (legal_form)
  Mon 2026-11-23 09:00  message  C-two  plan-amended to marek by email (legal_form)
