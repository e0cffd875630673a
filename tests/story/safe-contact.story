# A parent who must be reached safely: only the ways that are safe, else a person

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
  safe_contact.flagged family/F-leo
    {contact: marek, channels: [sms], hours: {tue: [["10:00", "12:00"]]}, sender: Library}

at 2026-11-02 09:15
  ehcna.requested case/C-leo

expect
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to dana by letter (agreed)

until 2026-11-03 18:00
expect
  Tue 2026-11-03 10:00  message  C-leo  ehcna-requested to marek by sms (safety)

# The only safe way fails: a person must think of something, and no other channel is tried.
next sms to marek: failed
at 2026-11-09 09:00
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

until 2026-11-10 12:00
expect
  Mon 2026-11-09 09:00  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Mon 2026-11-09 09:00  message  C-leo  action-agreed to dana by letter (agreed)
  Tue 2026-11-10 10:00  message  C-leo  action-agreed to marek by sms (safety): failed
  Tue 2026-11-10 10:00  task     C-leo  t.m8159fc273f444c652db87471 for sam-okafor by Thursday 12 November 2026: Tell marek in person: action-agreed (the channels that are safe for this person)
