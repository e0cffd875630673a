# An event that never happened is withdrawn weeks later: whoever may have read of it hears so, though the messages are history
#
# What reminds of the appeal still waits: that alone says nothing of who has heard.

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

until 2026-12-15 09:00
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
  Mon 2026-11-09 14:00  task     C-leo  t.speak.87d921a00311 ended: not_reached
  Mon 2026-11-09 14:00  message  C-leo  ehcna-refused to dana by email (legal_form)
  Mon 2026-11-09 14:00  duty     C-leo  ehcna-decision met
  Mon 2026-11-09 14:03  alert    C-leo  speak-missed to helen-marsh by email (role)
  Mon 2026-12-07 08:00  message  C-leo  keep-in-touch to dana by email (agreed)

at 2026-12-15 10:00
  event.withdrawn case/C-leo
    {event: wrong, reason: The decision was about another child.}

until 2026-12-15 17:00
expect
  Tue 2026-12-15 10:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 10:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Tue 2026-12-15 10:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Tue 2026-12-15 10:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Tue 2026-12-15 10:00  duty     C-leo  appeal cancelled
  Tue 2026-12-15 10:00  task     C-leo  t.withdrawn.cc61d1237599 for sam-okafor by Thursday 17 December 2026: An event was withdrawn: look at what was said and put it right
  Tue 2026-12-15 10:00  message  C-leo  correction to dana by email (agreed)
  Tue 2026-12-15 10:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2026-12-15 10:03  alert    C-leo  duty-breached to sam-okafor by email (role)
  Tue 2026-12-15 10:03  alert    C-leo  duty-breached to helen-marsh by email (role)
