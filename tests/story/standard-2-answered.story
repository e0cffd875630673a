# MS2, an answer: in five working days, or in one where it is urgent; late, and who hears so


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

# Both are answered on their last day.
at 2026-11-02 10:00
  enquiry.received case/C-leo as a-question
    contact: dana
at 2026-11-06 10:00
  enquiry.urgent_received case/C-leo as urgent
    contact: dana
at 2026-11-09 16:00
  enquiry.answered case/C-leo
    {contact: dana, answers: a-question, answer: The school has a place.}
  enquiry.answered case/C-leo
    {contact: dana, answers: urgent, answer: She can come back tomorrow.}
expect
  Mon 2026-11-02 10:00  duty     C-leo  enquiry-reply scheduled, due Monday 9 November 2026
  Mon 2026-11-02 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Fri 2026-11-06 00:00  duty     C-leo  enquiry-reply warned, due Monday 9 November 2026
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply soon
  Fri 2026-11-06 10:00  duty     C-leo  enquiry-reply-urgent scheduled, due Monday 9 November 2026
  Fri 2026-11-06 10:00  message  C-leo  enquiry-urgent to dana by email (agreed)
  Fri 2026-11-06 10:00  message  C-leo  enquiry-urgent-staff to sam-okafor by email (role)
  Fri 2026-11-06 10:00  message  C-leo  enquiry-urgent-staff to helen-marsh by email (role)
  Mon 2026-11-09 00:00  duty     C-leo  enquiry-reply due today
  Mon 2026-11-09 00:00  duty     C-leo  enquiry-reply-urgent due today
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply-urgent due_today
  Mon 2026-11-09 16:00  duty     C-leo  enquiry-reply met
  Mon 2026-11-09 16:00  message  C-leo  enquiry-answered to dana by email (agreed)
  Mon 2026-11-09 16:00  duty     C-leo  enquiry-reply-urgent met
  Mon 2026-11-09 16:00  message  C-leo  enquiry-answered to dana by email (agreed)

# Neither is: she hears it on the first day, and so do the owner and the manager.
at 2026-11-10 10:00
  enquiry.received case/C-leo
    contact: dana
at 2026-11-16 10:00
  enquiry.urgent_received case/C-leo
    contact: dana
until 2026-11-18 12:00
expect
  Tue 2026-11-10 10:00  duty     C-leo  enquiry-reply scheduled, due Tuesday 17 November 2026
  Tue 2026-11-10 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Mon 2026-11-16 00:00  duty     C-leo  enquiry-reply warned, due Tuesday 17 November 2026
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 soon
  Mon 2026-11-16 10:00  duty     C-leo  enquiry-reply-urgent scheduled, due Tuesday 17 November 2026
  Mon 2026-11-16 10:00  message  C-leo  enquiry-urgent to dana by email (agreed)
  Mon 2026-11-16 10:00  message  C-leo  enquiry-urgent-staff to sam-okafor by email (role)
  Mon 2026-11-16 10:00  message  C-leo  enquiry-urgent-staff to helen-marsh by email (role)
  Tue 2026-11-17 00:00  duty     C-leo  enquiry-reply due today
  Tue 2026-11-17 00:00  duty     C-leo  enquiry-reply-urgent due today
  Tue 2026-11-17 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply-urgent.2 due_today
  Wed 2026-11-18 00:00  duty     C-leo  enquiry-reply breached, was due Tuesday 17 November 2026
  Wed 2026-11-18 00:00  duty     C-leo  enquiry-reply-urgent breached, was due Tuesday 17 November 2026
  Wed 2026-11-18 08:00  message  C-leo  duty-late to dana by email (agreed)
  Wed 2026-11-18 08:00  message  C-leo  duty-late to dana by email (agreed)
  Wed 2026-11-18 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 late, C-leo.enquiry-reply-urgent.2 late
  Wed 2026-11-18 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply.2 late, C-leo.enquiry-reply-urgent.2 late
