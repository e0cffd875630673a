# A worker leaves: all that was with them in a family goes to another at once, and each parent hears it once

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms], addresses: {sms: 07700 900123},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  case.opened case/C-question
    {family: F-leo, pathway: enquiries, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
  action.agreed case/C-question
    {action: A-call, what: Call the school, owner: {service: send, person: sam-okafor},
     due: 2026-11-20, agreed_with: [dana]}

# What is with Sam is with Priya now; from then on she is warned.
at 2026-11-10 10:00
  case.reassigned family/F-leo
    {from: sam-okafor, owner: priya-nair, reason: Sam has another job.}
until 2026-11-23 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  action   C-question  A-call scheduled, due Friday 20 November 2026
  Mon 2026-11-02 09:00  message  C-question  action-agreed to dana by email (agreed)
  Tue 2026-11-10 10:00  message  C-leo  case-reassigned to dana by email (agreed)
  Tue 2026-11-10 10:00  message  C-leo  case-reassigned to marek by sms (agreed)
  Fri 2026-11-13 00:00  action   C-question  A-call warned, due Friday 20 November 2026
  Fri 2026-11-13 09:00  alert    digest to priya-nair by email (role): C-question A-call soon
  Fri 2026-11-20 00:00  action   C-question  A-call due today
  Sat 2026-11-21 00:00  action   C-question  A-call breached, was due Friday 20 November 2026
  Mon 2026-11-23 08:00  message  C-question  action-late to dana by email (agreed)
  Mon 2026-11-23 09:00  alert    digest to priya-nair by email (role): C-question A-call late

# Whoever has nothing there has nothing to hand on.
at 2026-11-24 10:00
  case.reassigned family/F-leo
    {from: sam-okafor, owner: helen-marsh}
until 2026-11-24 18:00
expect
  nothing
