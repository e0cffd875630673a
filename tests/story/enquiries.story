# Questions: acknowledged at once to the one who asked, answered in five working days, or late and said so

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

# Marek asks; Dana hears nothing of it.
at 2026-11-03 10:00
  enquiry.received case/C-leo
    contact: marek
at 2026-11-06 10:00
  enquiry.answered case/C-leo
    {contact: marek, answer: The new taxi starts on Monday.}
until 2026-11-06 18:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  enquiry-reply scheduled, due Tuesday 10 November 2026
  Tue 2026-11-03 10:00  message  C-leo  enquiry-received to marek by sms (agreed)
  Fri 2026-11-06 10:00  duty     C-leo  enquiry-reply met
  Fri 2026-11-06 10:00  message  C-leo  enquiry-answered to marek by sms (agreed)

# An urgent one goes to the owner and the manager in the same minute.
at 2026-11-07 20:00
  enquiry.urgent_received case/C-leo
    contact: dana
until 2026-11-08 23:00
expect
  Sat 2026-11-07 20:00  duty     C-leo  enquiry-reply-urgent scheduled, due Monday 9 November 2026
  Sat 2026-11-07 20:00  message  C-leo  enquiry-urgent to dana by letter (agreed)
  Sat 2026-11-07 20:00  message  C-leo  enquiry-urgent-staff to sam-okafor by email (role)
  Sat 2026-11-07 20:00  message  C-leo  enquiry-urgent-staff to helen-marsh by email (role)

# One working day from a Saturday evening ends on Monday; nobody answers.
until 2026-11-10 18:00
expect
  Mon 2026-11-09 00:00  duty     C-leo  enquiry-reply-urgent due today
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply-urgent due_today
  Tue 2026-11-10 00:00  duty     C-leo  enquiry-reply-urgent breached, was due Monday 9 November 2026
  Tue 2026-11-10 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply-urgent late
  Tue 2026-11-10 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply-urgent late

# It is late, and answered all the same.
at 2026-11-10 18:30
  enquiry.answered case/C-leo
    {contact: dana, answer: She can come back to school tomorrow.}
expect
  Tue 2026-11-10 18:30  duty     C-leo  enquiry-reply-urgent met
  Tue 2026-11-10 18:30  message  C-leo  enquiry-answered to dana by letter (agreed), late

# What Marek writes on his own is between him and the service: Dana does not hear that the answer is late.
at 2026-11-16 10:00
  reply.received case/C-leo
    {contact: marek, channel: sms, text: Who picks him up?}
until 2026-11-24 12:00
expect
  Mon 2026-11-16 10:00  duty     C-leo  answer scheduled, due Monday 23 November 2026
  Mon 2026-11-16 10:00  task     C-leo  t.reply.ce86e4ccf5ca.marek for sam-okafor by Wednesday 18 November 2026: The family has written: read it and answer
  Mon 2026-11-16 10:00  message  C-leo  reply-received to marek by sms (agreed)
  Tue 2026-11-17 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.ce86e4ccf5ca.marek soon
  Thu 2026-11-19 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.ce86e4ccf5ca.marek late
  Thu 2026-11-19 09:00  alert    digest to helen-marsh by email (role): C-leo t.reply.ce86e4ccf5ca.marek late
  Fri 2026-11-20 00:00  duty     C-leo  answer warned, due Monday 23 November 2026
  Fri 2026-11-20 09:00  alert    digest to sam-okafor by email (role): C-leo.answer soon
  Mon 2026-11-23 00:00  duty     C-leo  answer due today
  Tue 2026-11-24 00:00  duty     C-leo  answer breached, was due Monday 23 November 2026
  Tue 2026-11-24 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Tue 2026-11-24 09:00  alert    digest to sam-okafor by email (role): C-leo.answer late
  Tue 2026-11-24 09:00  alert    digest to helen-marsh by email (role): C-leo.answer late
