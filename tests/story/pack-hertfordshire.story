# Hertfordshire's time: ten working days for an answer, and no more; what is urgent does not wait for them

policy: conf
change standards.yaml
    from: "# pack: wokingham"
    to: "pack: hertfordshire"

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

# Asked on a Monday: due two weeks later, and answered then.
at 2026-11-02 10:00
  enquiry.received case/C-leo
    contact: dana
at 2026-11-16 16:00
  enquiry.answered case/C-leo
    {contact: dana, answer: The school has a place.}
until 2026-11-16 18:00
expect
  Mon 2026-11-02 10:00  duty     C-leo  enquiry-reply scheduled, due Monday 16 November 2026
  Mon 2026-11-02 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Fri 2026-11-13 00:00  duty     C-leo  enquiry-reply warned, due Monday 16 November 2026
  Fri 2026-11-13 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply soon
  Mon 2026-11-16 00:00  duty     C-leo  enquiry-reply due today
  Mon 2026-11-16 16:00  duty     C-leo  enquiry-reply met
  Mon 2026-11-16 16:00  message  C-leo  enquiry-answered to dana by email (agreed)

# Over Christmas: the holidays do not count, and the eleventh working day is late.
at 2026-12-18 10:00
  enquiry.received case/C-leo
    contact: dana
until 2027-01-06 18:00
expect
  Mon 2026-12-14 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Fri 2026-12-18 10:00  duty     C-leo  enquiry-reply scheduled, due Wednesday 6 January 2027
  Fri 2026-12-18 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Tue 2027-01-05 00:00  duty     C-leo  enquiry-reply warned, due Wednesday 6 January 2027
  Tue 2027-01-05 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 soon
  Wed 2027-01-06 00:00  duty     C-leo  enquiry-reply due today

# A move within days is urgent, and keeps our own day.
at 2027-01-07 10:00
  enquiry.urgent_received case/C-leo
    contact: dana
until 2027-01-11 12:00
expect
  Thu 2027-01-07 00:00  duty     C-leo  enquiry-reply breached, was due Wednesday 6 January 2027
  Thu 2027-01-07 08:00  message  C-leo  duty-late to dana by email (agreed)
  Thu 2027-01-07 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 late
  Thu 2027-01-07 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply.2 late
  Thu 2027-01-07 10:00  duty     C-leo  enquiry-reply-urgent scheduled, due Friday 8 January 2027
  Thu 2027-01-07 10:00  message  C-leo  enquiry-urgent to dana by email (agreed)
  Thu 2027-01-07 10:00  message  C-leo  enquiry-urgent-staff to sam-okafor by email (role)
  Thu 2027-01-07 10:00  message  C-leo  enquiry-urgent-staff to helen-marsh by email (role)
  Fri 2027-01-08 00:00  duty     C-leo  enquiry-reply-urgent due today
  Fri 2027-01-08 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply-urgent due_today
  Sat 2027-01-09 00:00  duty     C-leo  enquiry-reply-urgent breached, was due Friday 8 January 2027
  Mon 2027-01-11 08:00  message  C-leo  duty-late to dana by email (agreed)
  Mon 2027-01-11 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply-urgent late
  Mon 2027-01-11 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply-urgent late
