# Wokingham's promise: the caseworker answers in five working days, else the manager in five more, else the next one

policy: conf
change standards.yaml
    from: "# pack: wokingham"
    to: "pack: wokingham"

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

# Asked on a Monday: due on the Monday after, and answered then.
at 2026-11-02 10:00
  enquiry.received case/C-leo
    contact: dana
at 2026-11-09 16:00
  enquiry.answered case/C-leo
    {contact: dana, answer: The school has a place.}
until 2026-11-09 18:00
expect
  Mon 2026-11-02 10:00  duty     C-leo  enquiry-reply scheduled, due Monday 9 November 2026
  Mon 2026-11-02 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Fri 2026-11-06 00:00  duty     C-leo  enquiry-reply warned, due Monday 9 November 2026
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply soon
  Mon 2026-11-09 00:00  duty     C-leo  enquiry-reply due today
  Mon 2026-11-09 16:00  duty     C-leo  enquiry-reply met
  Mon 2026-11-09 16:00  message  C-leo  enquiry-answered to dana by email (agreed)

# Nobody answers: the manager hears it on the first day, the head of service five working days later, and after
# five more the director. She hears on the first day, and how to complain.
at 2026-11-10 10:00
  enquiry.received case/C-leo
    contact: dana
until 2026-12-02 12:00
expect
  Tue 2026-11-10 10:00  duty     C-leo  enquiry-reply scheduled, due Tuesday 17 November 2026
  Tue 2026-11-10 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Mon 2026-11-16 00:00  duty     C-leo  enquiry-reply warned, due Tuesday 17 November 2026
  Mon 2026-11-16 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 soon
  Tue 2026-11-17 00:00  duty     C-leo  enquiry-reply due today
  Wed 2026-11-18 00:00  duty     C-leo  enquiry-reply breached, was due Tuesday 17 November 2026
  Wed 2026-11-18 08:00  message  C-leo  duty-late to dana by email (agreed)
  Wed 2026-11-18 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 late
  Wed 2026-11-18 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply.2 late
  Wed 2026-11-25 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Wed 2026-12-02 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Wed 2026-12-02 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
