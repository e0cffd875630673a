# Two parents write: each has an answer of their own to come, and a talk with one of them answers nobody else

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms], addresses: {sms: 07700 900123},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-03 10:00
  reply.received case/C-leo
    {contact: dana, channel: email, text: What happens now?}
at 2026-11-05 10:00
  reply.received case/C-leo
    {contact: marek, channel: sms, text: Who picks him up?}
# Dana writes once more while she waits: the oldest counts.
at 2026-11-05 11:00
  reply.received case/C-leo
    {contact: dana, channel: email, text: And when?}
at 2026-11-06 10:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about the reports.}
until 2026-11-06 18:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  answer scheduled, due Tuesday 10 November 2026
  Tue 2026-11-03 10:00  task     C-leo  t.reply.2b63e7bac8b2.dana for sam-okafor by Thursday 5 November 2026: The family has written: read it and answer
  Tue 2026-11-03 10:00  message  C-leo  reply-received to dana by email (agreed)
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.2b63e7bac8b2.dana soon
  Thu 2026-11-05 10:00  duty     C-leo  answer scheduled, due Thursday 12 November 2026
  Thu 2026-11-05 10:00  task     C-leo  t.reply.cc61d1237599.marek for sam-okafor by Monday 9 November 2026: The family has written: read it and answer
  Thu 2026-11-05 10:00  message  C-leo  reply-received to marek by sms (agreed)
  Thu 2026-11-05 11:00  task     C-leo  t.reply.cf4e7a7718ef.dana for sam-okafor by Monday 9 November 2026: The family has written: read it and answer
  Thu 2026-11-05 11:00  message  C-leo  reply-received to dana by email (agreed)
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.2b63e7bac8b2.dana late, C-leo t.reply.cc61d1237599.marek soon, C-leo t.reply.cf4e7a7718ef.dana soon
  Fri 2026-11-06 09:00  alert    digest to helen-marsh by email (role): C-leo t.reply.2b63e7bac8b2.dana late
  Fri 2026-11-06 10:00  duty     C-leo  answer met
  Fri 2026-11-06 10:00  task     C-leo  t.reply.2b63e7bac8b2.dana ended: reached
  Fri 2026-11-06 10:00  task     C-leo  t.reply.cf4e7a7718ef.dana ended: reached
  Fri 2026-11-06 10:00  message  C-leo  contact-made to dana by email (agreed)

# Marek still waits, and hears it when his day has passed. Dana does not.
until 2026-11-13 12:00
expect
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.cc61d1237599.marek late
  Tue 2026-11-10 09:00  alert    digest to helen-marsh by email (role): C-leo t.reply.cc61d1237599.marek late
  Wed 2026-11-11 00:00  duty     C-leo  answer warned, due Thursday 12 November 2026
  Wed 2026-11-11 09:00  alert    digest to sam-okafor by email (role): C-leo.answer.2 soon
  Thu 2026-11-12 00:00  duty     C-leo  answer due today
  Fri 2026-11-13 00:00  duty     C-leo  answer breached, was due Thursday 12 November 2026
  Fri 2026-11-13 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Fri 2026-11-13 09:00  alert    digest to sam-okafor by email (role): C-leo.answer.2 late
  Fri 2026-11-13 09:00  alert    digest to helen-marsh by email (role): C-leo.answer.2 late
at 2026-11-13 14:00
  contact.made case/C-leo
    {with: [marek], how: call, summary: We talked about the taxi.}
until 2026-11-13 18:00
expect
  Fri 2026-11-13 14:00  duty     C-leo  answer met
  Fri 2026-11-13 14:00  task     C-leo  t.reply.cc61d1237599.marek ended: reached
  Fri 2026-11-13 14:00  message  C-leo  contact-made to marek by sms (agreed), late
