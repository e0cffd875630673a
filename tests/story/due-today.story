# What is due today is in exactly one list: a duty, an action and a task, of a worker, a manager, and who is away
#
# Two families, one Monday. Each open thing is with one person, in one part of their list, and with nobody else:
# not with the manager, who only hears of what is late, and with the deputy in place of who is away.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
  contact.registered family/F-ada
    {contact: kim, role: parent, name: Kim Wood, parental_responsibility: true,
     channels: [email], addresses: {email: kim@home.example},
     agreed: {on: 2026-10-28, with: priya-nair}}
  case.opened case/C-ada
    {family: F-ada, pathway: ehc-assessment, service: send, owner: priya-nair}

# Due on the same day as the decision: what a worker, a manager and a therapist have agreed to do.
at 2026-12-07 10:00
  action.agreed case/C-leo
    {action: ring-dana, what: Ring you about the hearing test,
     owner: {service: send, person: sam-okafor}, due: 2026-12-14, agreed_with: [dana]}
  action.agreed case/C-leo
    {action: meet-the-head, what: Meet the head teacher,
     owner: {service: send, person: team_manager}, due: 2026-12-14, agreed_with: [dana]}
  action.agreed case/C-ada
    {action: send-exercises, what: Send you the exercises,
     owner: {service: therapies, person: grace-ajayi}, due: 2026-12-14, agreed_with: [kim]}

# A task: two working days from Thursday on.
at 2026-12-10 10:00
  event.withdrawn case/C-ada
    {event: e-of-old, reason: It was about another family.}

lists F-leo F-ada
  sam-okafor    week   C-leo  C-leo.ehcna-decision
  sam-okafor    week   C-leo  ring-dana
  sam-okafor    later  C-leo  C-leo.ehcna-plan-decision
  sam-okafor    later  C-leo  C-leo.plan-draft
  sam-okafor    later  C-leo  C-leo.plan-final
  priya-nair    week   C-ada  t.withdrawn.b676b2757937
  helen-marsh   week   C-leo  meet-the-head
  grace-ajayi   week   C-ada  send-exercises

at 2026-12-14 00:00
lists F-leo F-ada
  sam-okafor    today  C-leo  C-leo.ehcna-decision
  sam-okafor    today  C-leo  ring-dana
  sam-okafor    later  C-leo  C-leo.ehcna-plan-decision
  sam-okafor    later  C-leo  C-leo.plan-draft
  sam-okafor    later  C-leo  C-leo.plan-final
  priya-nair    today  C-ada  t.withdrawn.b676b2757937
  helen-marsh   today  C-leo  meet-the-head
  grace-ajayi   today  C-ada  send-exercises

at 2026-12-14 12:00
  worker.away service/send
    {person: priya-nair, from: 2026-12-14, to: 2026-12-18, deputy: sam-okafor}

lists F-leo F-ada
  sam-okafor    today  C-leo  C-leo.ehcna-decision
  sam-okafor    today  C-leo  ring-dana
  sam-okafor    today  C-ada  t.withdrawn.b676b2757937
  sam-okafor    later  C-leo  C-leo.ehcna-plan-decision
  sam-okafor    later  C-leo  C-leo.plan-draft
  sam-okafor    later  C-leo  C-leo.plan-final
  helen-marsh   today  C-leo  meet-the-head
  grace-ajayi   today  C-ada  send-exercises

# The case is handed on, with its duties; what Sam himself has agreed to do stays his.
at 2026-12-14 16:00
  case.reassigned case/C-leo
    {owner: helen-marsh, from: sam-okafor}

lists F-leo F-ada
  sam-okafor    today  C-leo  ring-dana
  sam-okafor    today  C-ada  t.withdrawn.b676b2757937
  helen-marsh   today  C-leo  C-leo.ehcna-decision
  helen-marsh   today  C-leo  meet-the-head
  helen-marsh   later  C-leo  C-leo.ehcna-plan-decision
  helen-marsh   later  C-leo  C-leo.plan-draft
  helen-marsh   later  C-leo  C-leo.plan-final
  grace-ajayi   today  C-ada  send-exercises

# The day is over: what was due is late, with the same readers, and stands nowhere else.
at 2026-12-15 00:00
lists F-leo F-ada
  sam-okafor    late   C-leo  ring-dana
  sam-okafor    late   C-ada  t.withdrawn.b676b2757937
  helen-marsh   late   C-leo  C-leo.ehcna-decision
  helen-marsh   late   C-leo  meet-the-head
  helen-marsh   later  C-leo  C-leo.ehcna-plan-decision
  helen-marsh   later  C-leo  C-leo.plan-draft
  helen-marsh   later  C-leo  C-leo.plan-final
  grace-ajayi   late   C-ada  send-exercises

at 2026-12-15 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2026-11-30 08:00  message  C-ada  keep-in-touch to kim by email (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 10:00  action   C-leo  ring-dana scheduled, due Monday 14 December 2026
  Mon 2026-12-07 10:00  message  C-leo  action-agreed to dana by email (agreed)
  Mon 2026-12-07 10:00  action   C-leo  meet-the-head scheduled, due Monday 14 December 2026
  Mon 2026-12-07 10:00  message  C-leo  action-agreed to dana by email (agreed)
  Mon 2026-12-07 10:00  action   C-ada  send-exercises scheduled, due Monday 14 December 2026
  Mon 2026-12-07 10:00  message  C-ada  action-agreed to kim by email (agreed)
  Thu 2026-12-10 10:00  task     C-ada  t.withdrawn.b676b2757937 for priya-nair by Monday 14 December 2026: An event was withdrawn: look at what was said and put it right
  Fri 2026-12-11 09:00  alert    digest to priya-nair by email (role): C-ada t.withdrawn.b676b2757937 soon
  Mon 2026-12-14 00:00  duty     C-leo  ehcna-decision due today
  Mon 2026-12-14 00:00  action   C-leo  ring-dana due today
  Mon 2026-12-14 00:00  action   C-leo  meet-the-head due today
  Mon 2026-12-14 00:00  action   C-ada  send-exercises due today
  Mon 2026-12-14 09:00  alert    digest to sam-okafor by email (role): C-leo ring-dana due_today
  Mon 2026-12-14 09:00  alert    digest to helen-marsh by email (role): C-leo meet-the-head due_today
  Mon 2026-12-14 09:00  alert    digest to grace-ajayi by email (role): C-ada send-exercises due_today
  Mon 2026-12-14 16:00  message  C-leo  case-reassigned to dana by email (agreed)
  Tue 2026-12-15 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  action   C-leo  ring-dana breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  action   C-leo  meet-the-head breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  action   C-ada  send-exercises breached, was due Monday 14 December 2026
  Tue 2026-12-15 08:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2026-12-15 08:00  message  C-leo  action-late to dana by email (agreed)
  Tue 2026-12-15 08:00  message  C-leo  action-late to dana by email (agreed)
  Tue 2026-12-15 08:00  message  C-ada  action-late to kim by email (agreed)
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-leo meet-the-head late, C-ada t.withdrawn.b676b2757937 late, C-leo.ehcna-decision late
  Tue 2026-12-15 09:00  alert    digest to sam-okafor by email (role): C-leo ring-dana late, C-ada t.withdrawn.b676b2757937 late
  Tue 2026-12-15 09:00  alert    digest to grace-ajayi by email (role): C-ada send-exercises late
