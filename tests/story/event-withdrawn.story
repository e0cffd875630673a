# An event that never happened, and the letter about it has gone: what ran from it is taken back, and who read it hears so
#
# The refusal was about another child. Whoever was told of it hears so, the school too, and nobody else.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [letter], addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  ehcna.requested case/C-leo

at 2026-11-09 10:00
  ehcna.refused case/C-leo as wrong
    reasons: The reports show good progress.

until 2026-11-15 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)
  Mon 2026-11-09 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Mon 2026-11-09 10:00  duty     C-leo  plan-draft cancelled
  Mon 2026-11-09 10:00  duty     C-leo  plan-final cancelled
  Mon 2026-11-09 10:00  duty     C-leo  appeal scheduled, due Sunday 10 January 2027
  Mon 2026-11-09 10:00  task     C-leo  t.speak.87d921a00311 for sam-okafor by Wednesday 11 November 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Monday 9 November 2026 at 14:00
  Mon 2026-11-09 10:03  alert    C-leo  speak-first to sam-okafor by email (role)
  Mon 2026-11-09 14:00  task     C-leo  t.speak.87d921a00311 ended: not_reached
  Mon 2026-11-09 14:00  message  C-leo  ehcna-refused to dana by letter (legal_form)
  Mon 2026-11-09 14:00  message  C-leo  party-decision to oakfield by email (agreed)
  Mon 2026-11-09 14:03  alert    C-leo  speak-missed to helen-marsh by email (role)

at 2026-11-16 09:00
  event.withdrawn case/C-leo
    {event: wrong, reason: The decision was about another child.}

until 2026-11-16 17:00
expect
  Mon 2026-11-16 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-16 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-16 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-16 09:00  duty     C-leo  appeal cancelled
  Mon 2026-11-16 09:00  task     C-leo  t.withdrawn.cf4e7a7718ef for sam-okafor by Wednesday 18 November 2026: An event was withdrawn: look at what was said and put it right
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo t.withdrawn.cf4e7a7718ef soon
  Mon 2026-11-16 09:00  message  C-leo  correction to dana by letter (agreed)
  Mon 2026-11-16 09:00  message  C-leo  party-correction to oakfield by email (agreed)

# The letter that has come meanwhile says nothing about this child: the decision is still to be made, and is late.
until 2026-12-15 12:00
expect
  Thu 2026-11-19 09:00  alert    digest to sam-okafor by email (role): C-leo t.withdrawn.cf4e7a7718ef late
  Thu 2026-11-19 09:00  alert    digest to helen-marsh by email (role): C-leo t.withdrawn.cf4e7a7718ef late
  Thu 2026-11-26 09:00  alert    digest to helen-marsh by email (role): C-leo t.withdrawn.cf4e7a7718ef late
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Thu 2026-12-03 09:00  alert    digest to david-osei by email (role): C-leo t.withdrawn.cf4e7a7718ef late
  Mon 2026-12-07 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-14 00:00  duty     C-leo  ehcna-decision due today
  Tue 2026-12-15 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Tue 2026-12-15 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision late
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-decision late
