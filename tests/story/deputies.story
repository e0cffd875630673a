# The owner is away, and so is the one who was to stand in: whoever stands in for them is told
#
# While somebody is away their deputy hears what they would have heard; behind the last day they hear it themselves.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

at 2026-11-20 10:00
  worker.away service/send
    {person: sam-okafor, from: 2026-11-25, to: 2026-12-04, deputy: priya-nair}
  worker.away service/send
    {person: priya-nair, from: 2026-11-30, to: 2026-12-01, deputy: helen-marsh}
  worker.away service/send
    {person: sam-okafor, from: 2026-12-24, to: 2026-12-23, deputy: priya-nair}

until 2026-12-08 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Fri 2026-11-20 10:00  refused  e6: bad_data, data.to lies before data.from
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2026-11-30 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
