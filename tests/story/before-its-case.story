# An event that comes before its case waits for it, in order, and is told of when nobody opens it

at 2026-11-02 08:00
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

at 2026-11-02 08:30
  ehcna.requested case/C-leo

at 2026-11-02 08:45
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

expect
  Mon 2026-11-02 08:30  wait     C-leo  e3 waits for case/C-leo
  Mon 2026-11-02 08:45  wait     C-leo  e4 waits for case/C-leo

at 2026-11-02 09:00
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  action-agreed to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  action-agreed to marek by sms (agreed)

# A case may wait for its family as well, and what waits for the case comes after it.
at 2026-11-02 10:00
  ehcna.requested case/C-ida

at 2026-11-02 10:05
  case.opened case/C-ida
    {family: F-ida, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-02 10:10
  contact.registered family/F-ida
    {contact: ida, role: carer, name: Ida Brook, addresses: {email: ida@home.example}}

expect
  Mon 2026-11-02 10:00  wait     C-ida  e6 waits for case/C-ida
  Mon 2026-11-02 10:05  wait     e7 waits for family/F-ida
  Mon 2026-11-02 10:10  duty     C-ida  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 10:10  duty     C-ida  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 10:10  duty     C-ida  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 10:10  duty     C-ida  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 10:10  message  C-ida  ehcna-requested to ida by email (default)
  Mon 2026-11-02 10:10  task     C-ida  t.method.ida.2026-11-02 for sam-okafor by Monday 16 November 2026: Agree with ida how they want to be told: channel, language, format, hours, and what is safe

# Nobody ever opens this one.
at 2026-11-05 09:00
  ehcna.requested case/C-nobody

until 2026-11-08 08:59
expect
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-ida t.method.ida.2026-11-02 soon
  Thu 2026-11-05 09:00  wait     C-nobody  e9 waits for case/C-nobody

until 2026-11-08 09:00
expect
  Sun 2026-11-08 09:00  refused  C-nobody  e9: unknown_case, nobody has told us of this subject within 72 hours
