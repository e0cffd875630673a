# Devon's standard: an answer in five working days, what was said in writing, and who is new

policy: conf
change standards.yaml
    from: "# pack: wokingham"
    to: "pack: devon"

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

# Asked on a Wednesday: due on the Wednesday after, and answered then.
at 2026-11-04 10:00
  enquiry.received case/C-leo
    contact: dana
at 2026-11-11 16:00
  enquiry.answered case/C-leo
    {contact: dana, answer: The school has a place.}
until 2026-11-11 18:00
expect
  Wed 2026-11-04 10:00  duty     C-leo  enquiry-reply scheduled, due Wednesday 11 November 2026
  Wed 2026-11-04 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Tue 2026-11-10 00:00  duty     C-leo  enquiry-reply warned, due Wednesday 11 November 2026
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply soon
  Wed 2026-11-11 00:00  duty     C-leo  enquiry-reply due today
  Wed 2026-11-11 16:00  duty     C-leo  enquiry-reply met
  Wed 2026-11-11 16:00  message  C-leo  enquiry-answered to dana by email (agreed)

# Asked on a Saturday: the weekend does not count. Nobody answers by Friday.
at 2026-11-14 10:00
  enquiry.received case/C-leo
    contact: dana
until 2026-11-23 12:00
expect
  Sat 2026-11-14 10:00  duty     C-leo  enquiry-reply scheduled, due Friday 20 November 2026
  Mon 2026-11-16 08:00  message  C-leo  enquiry-received to dana by email (agreed)
  Thu 2026-11-19 00:00  duty     C-leo  enquiry-reply warned, due Friday 20 November 2026
  Thu 2026-11-19 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 soon
  Fri 2026-11-20 00:00  duty     C-leo  enquiry-reply due today
  Sat 2026-11-21 00:00  duty     C-leo  enquiry-reply breached, was due Friday 20 November 2026
  Mon 2026-11-23 08:00  message  C-leo  duty-late to dana by email (agreed)
  Mon 2026-11-23 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 late
  Mon 2026-11-23 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply.2 late

# They talk, and somebody else takes over: she has both in writing on the same day.
at 2026-11-23 15:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about the taxi.}
  case.reassigned case/C-leo
    {owner: priya-nair, from: sam-okafor, reason: Sam moves to another team.}
until 2026-11-23 18:00
expect
  Mon 2026-11-23 15:00  message  C-leo  contact-made to dana by email (agreed)
  Mon 2026-11-23 15:00  message  C-leo  case-reassigned to dana by email (agreed)
