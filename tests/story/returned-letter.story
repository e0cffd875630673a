# A decision letter comes back: the duty is open again, nobody writes there until the address is right
#
# Good news that comes late still counts; a letter that comes back counts more.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [letter], addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

at 2026-11-23 10:00
  ehcna.decision_to_assess case/C-leo

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-23 10:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)

at 2026-12-01 09:00
news letter to dana: returned
expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Tue 2026-12-01 00:00  duty     C-leo  ehcna-decision met
  Tue 2026-12-01 09:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Tue 2026-12-01 09:00  task     C-leo  t.returned.95501ede241d.dana for sam-okafor by Thursday 3 December 2026: A notice to dana came back: ask where they can be reached
  Tue 2026-12-01 09:00  task     C-leo  t.md21eeec1aaacdb8632ef8955 for sam-okafor by Thursday 3 December 2026: Tell dana in person: ehcna-agreed (no channel is left that may be used)
  Tue 2026-12-01 09:00  alert    digest to sam-okafor by email (role): C-leo t.returned.95501ede241d.dana soon, C-leo t.md21eeec1aaacdb8632ef8955 soon

# Meanwhile nothing goes to that address.
at 2026-12-02 09:00
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

expect
  Wed 2026-12-02 09:00  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Wed 2026-12-02 09:00  task     C-leo  t.mebc043fdbbc322ea299a24b4 for sam-okafor by Friday 4 December 2026: Tell dana in person: action-agreed (no channel is left that may be used)

# She lives there all the same: somebody confirms it, and both go out.
at 2026-12-03 09:00
  contact.updated family/F-leo
    {contact: dana, confirmed: 2026-12-03}

expect
  Thu 2026-12-03 09:00  alert    digest to sam-okafor by email (role): C-leo t.mebc043fdbbc322ea299a24b4 soon
  Thu 2026-12-03 09:00  task     C-leo  t.md21eeec1aaacdb8632ef8955 ended: needless
  Thu 2026-12-03 09:00  task     C-leo  t.mebc043fdbbc322ea299a24b4 ended: needless
  Thu 2026-12-03 09:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)
  Thu 2026-12-03 09:00  message  C-leo  action-agreed to dana by letter (agreed)
