# Questionnaires: after a milestone, one for a family in ninety days, never for who opted out; the answers are kept

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example}, agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [email], addresses: {email: marek@home.example}, agreed: {on: 2026-10-28, with: sam-okafor},
     optional: {surveys: false}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  case.opened case/C-mia
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  plan.final_issued case/C-leo

at 2026-11-03 09:00
  plan.final_issued case/C-mia

until 2026-11-20 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  appeal scheduled, due Saturday 2 January 2027
  Mon 2026-11-02 09:00  message  C-leo  plan-final to dana by email (legal_form)
  Mon 2026-11-02 09:00  message  C-leo  plan-final to marek by email (legal_form)
  Tue 2026-11-03 09:00  duty     C-mia  appeal scheduled, due Sunday 3 January 2027
  Tue 2026-11-03 09:00  message  C-mia  plan-final to dana by email (legal_form)
  Tue 2026-11-03 09:00  message  C-mia  plan-final to marek by email (legal_form)
  Mon 2026-11-16 08:00  message  C-leo  survey to dana by email (agreed)

at 2026-11-23 09:00
  feedback.received case/C-leo
    {contact: dana, channel: email, score: 2, text: I had to call three times.}

expect
  Mon 2026-11-23 09:00  task     C-leo  t.feedback.d5ab5b250c80.dana for sam-okafor by Wednesday 25 November 2026: The family has said in words how it goes: read it
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-leo t.feedback.d5ab5b250c80.dana soon
