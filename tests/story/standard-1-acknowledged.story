# MS1, we have your message: said on the next working day at the latest; where no way is left, a person must say it


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

# Asked on a Saturday evening, and on Monday at eight she knows who answers, and by when.
at 2026-11-07 20:00
  enquiry.received case/C-leo
    contact: dana
until 2026-11-09 09:00
expect
  Sat 2026-11-07 20:00  duty     C-leo  enquiry-reply scheduled, due Friday 13 November 2026
  Mon 2026-11-09 08:00  message  C-leo  enquiry-received to dana by email (agreed)

# What was asked on Tuesday and is reported on Thursday is acknowledged late: the manager has that in her next list.
at 2026-11-12 10:00
  enquiry.received case/C-leo
    {contact: dana, on: 2026-11-10}
expect
  Thu 2026-11-12 00:00  duty     C-leo  enquiry-reply warned, due Friday 13 November 2026
  Thu 2026-11-12 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply soon
  Thu 2026-11-12 10:00  duty     C-leo  enquiry-reply scheduled, due Tuesday 17 November 2026
  Thu 2026-11-12 10:00  message  C-leo  enquiry-received to dana by email (agreed)

# Her address fails, and she has no other: a person is asked, and chased.
at 2026-11-13 10:00
next email to dana: failed
  enquiry.received case/C-leo
    contact: dana
until 2026-11-18 12:00
expect
  Fri 2026-11-13 00:00  duty     C-leo  enquiry-reply due today
  Fri 2026-11-13 09:00  alert    digest to helen-marsh by email (role): C-leo news
  Fri 2026-11-13 10:00  duty     C-leo  enquiry-reply scheduled, due Friday 20 November 2026
  Fri 2026-11-13 10:00  message  C-leo  enquiry-received to dana by email (agreed): failed
  Fri 2026-11-13 10:00  task     C-leo  t.m177a5e11a108a85e77aab233 for sam-okafor by Tuesday 17 November 2026: Tell dana in person: enquiry-received (no channel is left that may be used)
  Sat 2026-11-14 00:00  duty     C-leo  enquiry-reply breached, was due Friday 13 November 2026
  Mon 2026-11-16 00:00  duty     C-leo  enquiry-reply warned, due Tuesday 17 November 2026
  Mon 2026-11-16 08:00  message  C-leo  duty-late to dana by email (agreed)
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply late, C-leo.enquiry-reply.2 soon, C-leo t.m177a5e11a108a85e77aab233 soon
  Mon 2026-11-16 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply late
  Tue 2026-11-17 00:00  duty     C-leo  enquiry-reply due today
  Wed 2026-11-18 00:00  duty     C-leo  enquiry-reply breached, was due Tuesday 17 November 2026
  Wed 2026-11-18 08:00  message  C-leo  duty-late to dana by email (agreed)
  Wed 2026-11-18 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 late, C-leo t.m177a5e11a108a85e77aab233 late
  Wed 2026-11-18 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply.2 late, C-leo t.m177a5e11a108a85e77aab233 late
