# MS3, a decision: family and school hear it in the same moment, by the next working day; else the manager hears why not


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
until 2026-11-02 18:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)

# Decided on Friday, told on Monday.
at 2026-11-09 10:00
  ehcna.decision_to_assess case/C-leo
    on: 2026-11-06
until 2026-11-09 18:00
expect
  Mon 2026-11-09 10:00  message  C-leo  ehcna-agreed to dana by email (legal_form)
  Mon 2026-11-09 10:00  duty     C-leo  ehcna-decision met
  Mon 2026-11-09 10:00  message  C-leo  party-decision to oakfield by email (agreed)

# The final plan is of Monday, and is reported on Wednesday.
at 2026-11-18 10:00
  plan.final_issued case/C-leo
    on: 2026-11-16
until 2026-11-19 10:00
expect
  Wed 2026-11-18 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Wed 2026-11-18 10:00  duty     C-leo  plan-draft cancelled
  Wed 2026-11-18 10:00  duty     C-leo  appeal scheduled, due Monday 18 January 2027
  Wed 2026-11-18 10:00  message  C-leo  plan-final to dana by email (legal_form)
  Wed 2026-11-18 10:00  duty     C-leo  plan-final met
  Wed 2026-11-18 10:00  message  C-leo  party-plan to oakfield by email (agreed)
  Thu 2026-11-19 09:00  alert    digest to helen-marsh by email (role): C-leo news
