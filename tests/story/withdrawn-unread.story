# A refusal that never happened is withdrawn before anybody has read it: nobody is to speak to the family about it

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

at 2026-11-09 10:00
  ehcna.refused case/C-leo as wrong
    reasons: The reports show good progress.

at 2026-11-09 10:30
  event.withdrawn case/C-leo
    {event: wrong, reason: The decision was about another child.}

until 2026-11-09 17:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-09 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Mon 2026-11-09 10:00  duty     C-leo  plan-draft cancelled
  Mon 2026-11-09 10:00  duty     C-leo  plan-final cancelled
  Mon 2026-11-09 10:00  duty     C-leo  appeal scheduled, due Saturday 9 January 2027
  Mon 2026-11-09 10:00  task     C-leo  t.speak.87d921a00311 for sam-okafor by Wednesday 11 November 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Monday 9 November 2026 at 14:00
  Mon 2026-11-09 10:03  alert    C-leo  speak-first to sam-okafor by email (role)
  Mon 2026-11-09 10:30  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-09 10:30  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-09 10:30  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-09 10:30  duty     C-leo  appeal cancelled
  Mon 2026-11-09 10:30  task     C-leo  t.speak.87d921a00311 ended: needless
