# A request that was entered with the wrong day: the right one takes its place, and the dates follow
#
# Nothing is begun twice, and whoever was told the old dates is told the new ones.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo as first
    on: 2026-11-02

until 2026-11-02 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)

at 2026-11-03 10:00
  ehcna.requested case/C-leo
    {on: 2026-10-30, supersedes: first}

until 2026-11-03 12:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  ehcna-decision scheduled, due Friday 11 December 2026
  Tue 2026-11-03 10:00  duty     C-leo  ehcna-plan-decision scheduled, due Friday 19 February 2027
  Tue 2026-11-03 10:00  duty     C-leo  plan-draft scheduled, due Friday 5 February 2027
  Tue 2026-11-03 10:00  duty     C-leo  plan-final scheduled, due Friday 19 March 2027
  Tue 2026-11-03 10:00  message  C-leo  correction to dana by email (agreed)
  Tue 2026-11-03 10:00  message  C-leo  ehcna-requested to dana by email (agreed)
