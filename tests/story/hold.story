# A hold is cut out of a clock of our own, and out of no other; when it ends early its days count again
#
# The family hears of the new dates; keeping in touch goes on.

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
change standards.yaml
    from: "    due: MS2\n    basis: local\n"
    to: "    due: MS2\n    basis: local\n    pausable: yes\n"

at 2026-11-03 10:00
  ehcna.requested case/C-leo
  reply.received case/C-leo
    {contact: dana, channel: email, text: When will you decide?}

at 2026-11-04 10:00
  hold.placed case/C-leo
    {reason: waiting for the hospital, owner: sam-okafor, until: 2026-11-13}

until 2026-11-09 12:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  ehcna-decision scheduled, due Tuesday 15 December 2026
  Tue 2026-11-03 10:00  duty     C-leo  ehcna-plan-decision scheduled, due Tuesday 23 February 2027
  Tue 2026-11-03 10:00  duty     C-leo  plan-draft scheduled, due Tuesday 9 February 2027
  Tue 2026-11-03 10:00  duty     C-leo  plan-final scheduled, due Tuesday 23 March 2027
  Tue 2026-11-03 10:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Tue 2026-11-03 10:00  message  C-leo  party-requested to oakfield by email (agreed)
  Tue 2026-11-03 10:00  duty     C-leo  answer scheduled, due Tuesday 10 November 2026
  Tue 2026-11-03 10:00  task     C-leo  t.reply.cc61d1237599.dana for sam-okafor by Thursday 5 November 2026: The family has written: read it and answer
  Tue 2026-11-03 10:00  message  C-leo  reply-received to dana by email (agreed)
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.cc61d1237599.dana soon
  Wed 2026-11-04 10:00  duty     C-leo  answer scheduled, due Friday 20 November 2026
  Wed 2026-11-04 10:00  message  C-leo  date-moved to dana by email (agreed)
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.cc61d1237599.dana late
  Fri 2026-11-06 09:00  alert    digest to helen-marsh by email (role): C-leo t.reply.cc61d1237599.dana late

at 2026-11-10 10:00
  hold.ended case/C-leo
    reason: waiting for the hospital

until 2026-11-20 12:00
expect
  Tue 2026-11-10 10:00  duty     C-leo  answer scheduled, due Monday 16 November 2026
  Tue 2026-11-10 10:00  message  C-leo  date-moved to dana by email (agreed)
  Fri 2026-11-13 00:00  duty     C-leo  answer warned, due Monday 16 November 2026
  Fri 2026-11-13 09:00  alert    digest to sam-okafor by email (role): C-leo.answer soon
  Fri 2026-11-13 09:00  alert    digest to helen-marsh by email (role): C-leo t.reply.cc61d1237599.dana late
  Mon 2026-11-16 00:00  duty     C-leo  answer due today
  Tue 2026-11-17 00:00  duty     C-leo  answer breached, was due Monday 16 November 2026
  Tue 2026-11-17 08:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2026-11-17 09:00  alert    digest to sam-okafor by email (role): C-leo.answer late
  Tue 2026-11-17 09:00  alert    digest to helen-marsh by email (role): C-leo.answer late
  Fri 2026-11-20 09:00  alert    digest to david-osei by email (role): C-leo t.reply.cc61d1237599.dana late
