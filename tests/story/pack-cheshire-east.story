# Cheshire East's promise: an answer in three working days, and a decision to family and school in the same moment

policy: conf
change standards.yaml
    from: "# pack: wokingham"
    to: "pack: cheshire-east"

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

# Asked on a Monday: due on Thursday, and answered on Thursday.
at 2026-11-02 10:00
  enquiry.received case/C-leo
    contact: dana
at 2026-11-05 16:00
  enquiry.answered case/C-leo
    {contact: dana, answer: The school has a place.}
until 2026-11-05 18:00
expect
  Mon 2026-11-02 10:00  duty     C-leo  enquiry-reply scheduled, due Thursday 5 November 2026
  Mon 2026-11-02 10:00  message  C-leo  enquiry-received to dana by email (agreed)
  Wed 2026-11-04 00:00  duty     C-leo  enquiry-reply warned, due Thursday 5 November 2026
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply soon
  Thu 2026-11-05 00:00  duty     C-leo  enquiry-reply due today
  Thu 2026-11-05 16:00  duty     C-leo  enquiry-reply met
  Thu 2026-11-05 16:00  message  C-leo  enquiry-answered to dana by email (agreed)

# Asked on a Friday: Wednesday passes, and on Thursday she hears it from us.
at 2026-11-06 15:00
  enquiry.received case/C-leo
    contact: dana
until 2026-11-12 18:00
expect
  Fri 2026-11-06 15:00  duty     C-leo  enquiry-reply scheduled, due Wednesday 11 November 2026
  Fri 2026-11-06 15:00  message  C-leo  enquiry-received to dana by email (agreed)
  Tue 2026-11-10 00:00  duty     C-leo  enquiry-reply warned, due Wednesday 11 November 2026
  Tue 2026-11-10 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 soon
  Wed 2026-11-11 00:00  duty     C-leo  enquiry-reply due today
  Thu 2026-11-12 00:00  duty     C-leo  enquiry-reply breached, was due Wednesday 11 November 2026
  Thu 2026-11-12 08:00  message  C-leo  duty-late to dana by email (agreed)
  Thu 2026-11-12 09:00  alert    digest to sam-okafor by email (role): C-leo.enquiry-reply.2 late
  Thu 2026-11-12 09:00  alert    digest to helen-marsh by email (role): C-leo.enquiry-reply.2 late

# While it is late nobody is silent for longer than fourteen days: there is word on the fourteenth.
until 2026-11-26 12:00
expect
  Thu 2026-11-19 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Thu 2026-11-26 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Thu 2026-11-26 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)

# What was decided on Thursday is told on Friday, to her and to the school in the same moment.
at 2026-11-27 10:00
  enquiry.answered case/C-leo
    {contact: dana, answer: The taxi comes at eight.}
  ehcna.requested case/C-leo
    on: 2026-11-23
  ehcna.decision_to_assess case/C-leo
    on: 2026-11-26
until 2026-11-27 18:00
expect
  Fri 2026-11-27 10:00  duty     C-leo  enquiry-reply met
  Fri 2026-11-27 10:00  message  C-leo  enquiry-answered to dana by email (agreed), late
  Fri 2026-11-27 10:00  duty     C-leo  ehcna-decision scheduled, due Monday 4 January 2027
  Fri 2026-11-27 10:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 15 March 2027
  Fri 2026-11-27 10:00  duty     C-leo  plan-draft scheduled, due Monday 1 March 2027
  Fri 2026-11-27 10:00  duty     C-leo  plan-final scheduled, due Monday 12 April 2027
  Fri 2026-11-27 10:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Fri 2026-11-27 10:00  message  C-leo  party-requested to oakfield by email (agreed)
  Fri 2026-11-27 10:00  message  C-leo  ehcna-agreed to dana by email (legal_form)
  Fri 2026-11-27 10:00  duty     C-leo  ehcna-decision met
  Fri 2026-11-27 10:00  message  C-leo  party-decision to oakfield by email (agreed)
