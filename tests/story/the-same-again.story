# An event that comes twice does nothing; one that says something else under the same name is refused

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-02 09:15
  ehcna.requested case/C-leo as r1

expect
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to marek by sms (agreed)

at 2026-11-02 09:15
  ehcna.requested case/C-leo as r1

expect
  nothing

at 2026-11-02 09:15
  ehcna.requested case/C-leo as r1
    on: 2026-10-30

expect
  Mon 2026-11-02 09:15  refused  C-leo  r1: conflict, an event with this source and id came before, with other content

# Another service may use the same name for something of its own.
at 2026-11-02 09:15
  plan.representations_received case/C-leo as r1 from health

expect
  nothing
