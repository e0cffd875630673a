# MS12, bad news: somebody speaks to them first; where nobody has tried it leaves all the same, and the manager hears so


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  case.opened case/C-two
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
  ehcna.requested case/C-two
until 2026-11-02 18:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)
  Mon 2026-11-02 09:00  duty     C-two  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-two  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-two  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-two  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-two  ehcna-requested to dana by email (agreed)
  Mon 2026-11-02 09:00  message  C-two  party-requested to oakfield by email (agreed)

# Sam calls, and reaches her: the notice leaves at once.
at 2026-11-10 10:00
  ehcna.refused case/C-leo as refusal
    reasons: The reports show good progress.
until 2026-11-10 11:00
expect
  Tue 2026-11-10 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Tue 2026-11-10 10:00  duty     C-leo  plan-draft cancelled
  Tue 2026-11-10 10:00  duty     C-leo  plan-final cancelled
  Tue 2026-11-10 10:00  duty     C-leo  appeal scheduled, due Sunday 10 January 2027
  Tue 2026-11-10 10:00  task     C-leo  t.speak.c1e97ef01bcc for sam-okafor by Thursday 12 November 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Tuesday 10 November 2026 at 14:00
  Tue 2026-11-10 10:03  alert    C-leo  speak-first to sam-okafor by email (role)
at 2026-11-10 11:30
  task.completed case/C-leo
    {task: t.speak.c1e97ef01bcc, outcome: reached, by: sam-okafor}
until 2026-11-10 17:00
expect
  Tue 2026-11-10 11:30  task     C-leo  t.speak.c1e97ef01bcc ended: reached
  Tue 2026-11-10 11:30  message  C-leo  ehcna-refused to dana by email (legal_form)
  Tue 2026-11-10 11:30  duty     C-leo  ehcna-decision met
  Tue 2026-11-10 11:30  message  C-leo  party-decision to oakfield by email (agreed)

# Nobody tries in four working hours.
at 2026-11-11 10:00
  ehcna.refused case/C-two
    reasons: The reports show good progress.
until 2026-11-11 18:00
expect
  Wed 2026-11-11 10:00  duty     C-two  ehcna-plan-decision cancelled
  Wed 2026-11-11 10:00  duty     C-two  plan-draft cancelled
  Wed 2026-11-11 10:00  duty     C-two  plan-final cancelled
  Wed 2026-11-11 10:00  duty     C-two  appeal scheduled, due Monday 11 January 2027
  Wed 2026-11-11 10:00  task     C-two  t.speak.b676b2757937 for sam-okafor by Friday 13 November 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Wednesday 11 November 2026 at 14:00
  Wed 2026-11-11 10:03  alert    C-two  speak-first to sam-okafor by email (role)
  Wed 2026-11-11 14:00  task     C-two  t.speak.b676b2757937 ended: not_reached
  Wed 2026-11-11 14:00  message  C-two  ehcna-refused to dana by email (legal_form)
  Wed 2026-11-11 14:00  duty     C-two  ehcna-decision met
  Wed 2026-11-11 14:00  message  C-two  party-decision to oakfield by email (agreed)
  Wed 2026-11-11 14:03  alert    C-two  speak-missed to helen-marsh by email (role)
