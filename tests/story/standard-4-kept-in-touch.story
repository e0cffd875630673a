# MS4, keep in touch: no open case is silent for twenty working days, nor for fourteen days while something is late


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

# A conversation begins the time anew; twenty working days later the machine says once that nothing is new.
at 2026-11-12 15:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about school.}
until 2026-12-10 12:00
expect
  Thu 2026-11-12 15:00  message  C-leo  contact-made to dana by email (agreed)
  Thu 2026-12-10 08:00  message  C-leo  keep-in-touch to dana by email (agreed)

# The second time a person must write, and does not: the manager hears that, and the one above.
until 2027-01-25 12:00
expect
  Tue 2027-01-05 00:00  task     C-leo  t.keep.C-leo.2027-01-05 for sam-okafor by Tuesday 12 January 2027: The family has heard nothing new: write to them or call, and report it
  Tue 2027-01-05 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 soon
  Wed 2027-01-13 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Wed 2027-01-13 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Wed 2027-01-20 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late

# While something is late it is fourteen days.
at 2027-01-25 13:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We said that we are sorry.}
  ehcna.requested case/C-leo
    on: 2026-12-01
until 2027-02-08 12:00
expect
  Mon 2027-01-25 13:00  task     C-leo  t.keep.C-leo.2027-01-05 ended: needless
  Mon 2027-01-25 13:00  message  C-leo  contact-made to dana by email (agreed)
  Mon 2027-01-25 13:00  duty     C-leo  ehcna-decision breached, was due Tuesday 12 January 2027
  Mon 2027-01-25 13:00  duty     C-leo  ehcna-plan-decision scheduled, due Tuesday 23 March 2027
  Mon 2027-01-25 13:00  duty     C-leo  plan-draft scheduled, due Tuesday 9 March 2027
  Mon 2027-01-25 13:00  duty     C-leo  plan-final scheduled, due Tuesday 20 April 2027
  Mon 2027-01-25 13:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2027-01-25 13:00  message  C-leo  duty-late to dana by email (agreed)
  Mon 2027-01-25 13:03  alert    C-leo  duty-breached to sam-okafor by email (role)
  Mon 2027-01-25 13:03  alert    C-leo  duty-breached to helen-marsh by email (role)
  Tue 2027-01-26 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision late
  Mon 2027-02-01 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Mon 2027-02-08 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2027-02-08 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
