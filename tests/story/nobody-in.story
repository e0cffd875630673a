# Nobody is in: a family that has written still waits for an answer, and one that has heard nothing is not forgotten either

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-03 10:00
  reply.received case/C-leo
    {contact: dana, channel: email, text: What happens now?}

at 2026-11-04 10:00
  task.completed case/C-leo
    {task: t.reply.b564fdd69946.dana, outcome: not_reached, by: sam-okafor}

until 2026-11-04 12:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  answer scheduled, due Tuesday 10 November 2026
  Tue 2026-11-03 10:00  task     C-leo  t.reply.b564fdd69946.dana for sam-okafor by Thursday 5 November 2026: The family has written: read it and answer
  Tue 2026-11-03 10:00  message  C-leo  reply-received to dana by email (agreed)
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.b564fdd69946.dana soon
  Wed 2026-11-04 10:00  task     C-leo  t.reply.b564fdd69946.dana ended: not_reached
  Wed 2026-11-04 10:00  task     C-leo  t.reply.2b63e7bac8b2 for sam-okafor by Friday 6 November 2026: The family has written: read it and answer

at 2026-11-05 10:00
  task.completed case/C-leo
    {task: t.reply.2b63e7bac8b2, outcome: reached, by: sam-okafor}

# Weeks later there is nothing new, for the second time.
until 2027-01-04 12:00
expect
  Thu 2026-11-05 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.2b63e7bac8b2 soon
  Thu 2026-11-05 10:00  duty     C-leo  answer met
  Thu 2026-11-05 10:00  task     C-leo  t.reply.2b63e7bac8b2 ended: reached
  Thu 2026-12-03 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Thu 2026-12-24 00:00  task     C-leo  t.keep.C-leo.2026-12-24 for sam-okafor by Tuesday 5 January 2027: The family has heard nothing new: write to them or call, and report it
  Thu 2026-12-24 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-24 soon

at 2027-01-05 10:00
  task.completed case/C-leo
    {task: t.keep.C-leo.2026-12-24, outcome: not_reached, by: sam-okafor}

until 2027-01-05 12:00
expect
  Tue 2027-01-05 10:00  task     C-leo  t.keep.C-leo.2026-12-24 ended: not_reached
  Tue 2027-01-05 10:00  task     C-leo  t.keep.cf4e7a7718ef for sam-okafor by Thursday 7 January 2027: The family has heard nothing new: write to them or call, and report it

# She does not want to hear more now: that was a conversation, and the interval begins anew.
at 2027-01-06 10:00
  task.completed case/C-leo
    {task: t.keep.cf4e7a7718ef, outcome: refused, by: sam-okafor}

until 2027-02-08 12:00
expect
  Wed 2027-01-06 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.cf4e7a7718ef soon
  Wed 2027-01-06 10:00  task     C-leo  t.keep.cf4e7a7718ef ended: refused
  Wed 2027-02-03 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
