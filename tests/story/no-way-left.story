# Nobody has agreed a way, and the only address fails: a person must find one
#
# The service has no daily list: each alert comes by itself.

change services.yaml
    from: "    digest: \"09:00\"\n"
    to: ""

at 2026-11-02 09:00
  contact.registered family/F-ida
    {contact: ida, role: carer, name: Ida Brook, addresses: {email: ida@home.example}}
  case.opened case/C-ida
    {family: F-ida, pathway: ehc-assessment, service: send, owner: sam-okafor}

next email to ida: failed
at 2026-11-02 09:15
  ehcna.requested case/C-ida

expect
  Mon 2026-11-02 09:00  task     C-ida  t.method.ida.2026-11-02 for sam-okafor by Monday 16 November 2026: Agree with ida how they want to be told: channel, language, format, hours, and what is safe
  Mon 2026-11-02 09:15  duty     C-ida  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-ida  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-ida  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-ida  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-ida  ehcna-requested to ida by email (default): failed
  Mon 2026-11-02 09:15  task     C-ida  t.m3df33e09dc08f2264d4cb12e for sam-okafor by Wednesday 4 November 2026: Tell ida in person: ehcna-requested (no channel is left that may be used)

# The visit is late, and the manager is told.
until 2026-11-06 12:00
expect
  Thu 2026-11-05 09:00  alert    C-ida  task-overdue to sam-okafor by email (role)
  Thu 2026-11-05 09:00  alert    C-ida  task-overdue to helen-marsh by email (role)

# He finds her at home.
at 2026-11-06 15:00
  task.completed case/C-ida
    {task: t.m3df33e09dc08f2264d4cb12e, outcome: reached, by: sam-okafor}

expect
  Fri 2026-11-06 15:00  task     C-ida  t.m3df33e09dc08f2264d4cb12e ended: reached
