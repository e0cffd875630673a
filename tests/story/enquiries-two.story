# Two questions at a time: each has a clock of its own, and one answer answers one of them

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
  enquiry.received case/C-leo
    contact: dana
at 2026-11-05 10:00
  enquiry.received case/C-leo as about-transport
    contact: dana
at 2026-11-05 11:00
  enquiry.received case/C-leo
    contact: marek
until 2026-11-05 18:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  enquiry-reply scheduled, due Tuesday 10 November 2026
  Tue 2026-11-03 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Thu 2026-11-05 10:00  duty     C-leo  enquiry-reply scheduled, due Thursday 12 November 2026
  Thu 2026-11-05 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Thu 2026-11-05 11:00  duty     C-leo  enquiry-reply scheduled, due Thursday 12 November 2026
  Thu 2026-11-05 11:00  message  C-leo  enquiry-received to marek by sms (agreed)

# The one that is due first is answered; what Marek asked is not.
at 2026-11-06 10:00
  enquiry.answered case/C-leo
    {contact: dana, answer: The school has a place.}
until 2026-11-06 18:00
expect
  Fri 2026-11-06 10:00  duty     C-leo  enquiry-reply met
  Fri 2026-11-06 10:00  message  C-leo  enquiry-answered to dana by email (agreed)

# She asks once more, and this is answered before the one about transport.
at 2026-11-09 10:00
  enquiry.received case/C-leo as about-lunch
    contact: dana
at 2026-11-09 15:00
  enquiry.answered case/C-leo
    {contact: dana, answers: about-lunch, answer: Lunch is at noon.}
until 2026-11-13 18:00
expect
  Mon 2026-11-09 10:00  duty     C-leo  enquiry-reply scheduled, due Monday 16 November 2026
  Mon 2026-11-09 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Mon 2026-11-09 15:00  duty     C-leo  enquiry-reply met
  Mon 2026-11-09 15:00  message  C-leo  enquiry-answered to dana by email (agreed)
  Wed 2026-11-11 00:00  duty     C-leo  enquiry-reply warned, due Thursday 12 November 2026
  Wed 2026-11-11 00:00  duty     C-leo  enquiry-reply warned, due Thursday 12 November 2026
  Wed 2026-11-11 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 soon, C-leo.enquiry-reply.3 soon
  Thu 2026-11-12 00:00  duty     C-leo  enquiry-reply due today
  Thu 2026-11-12 00:00  duty     C-leo  enquiry-reply due today
  Fri 2026-11-13 00:00  duty     C-leo  enquiry-reply breached, was due Thursday 12 November 2026
  Fri 2026-11-13 00:00  duty     C-leo  enquiry-reply breached, was due Thursday 12 November 2026
  Fri 2026-11-13 08:00  message  C-leo  duty-late to dana by email (agreed)
  Fri 2026-11-13 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Fri 2026-11-13 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 late, C-leo.enquiry-reply.3 late
  Fri 2026-11-13 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply.2 late, C-leo.enquiry-reply.3 late

at 2026-11-16 10:00
  enquiry.answered case/C-leo
    {contact: dana, answer: The taxi comes at eight.}
until 2026-11-16 18:00
expect
  Mon 2026-11-16 10:00  duty     C-leo  enquiry-reply met
  Mon 2026-11-16 10:00  message  C-leo  enquiry-answered to dana by email (agreed), late
