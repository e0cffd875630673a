# A number that does not exist: the next agreed way is tried, and remembered

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms, letter],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

next sms to marek: no_such_address
at 2026-11-02 09:15
  ehcna.requested case/C-leo

expect
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to marek by sms (agreed): failed
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to marek by letter (fallback)

# Next time nobody tries the wrong number again.
at 2026-12-01 10:00
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to marek by letter (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Tue 2026-12-01 10:00  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Tue 2026-12-01 10:00  message  C-leo  action-agreed to dana by letter (agreed)
  Tue 2026-12-01 10:00  message  C-leo  action-agreed to marek by letter (agreed)

# A new number, and texts again.
at 2026-12-02 10:00
  contact.updated family/F-leo
    {contact: marek, addresses: {sms: 07700 900789}}

at 2026-12-03 10:00
  action.completed case/C-leo
    action: call-school

expect
  Wed 2026-12-02 10:00  message  C-leo  method-changed to marek by sms (agreed)
  Thu 2026-12-03 10:00  action   C-leo  call-school completed
  Thu 2026-12-03 10:00  message  C-leo  action-completed to dana by letter (agreed)
  Thu 2026-12-03 10:00  message  C-leo  action-completed to marek by sms (agreed)
