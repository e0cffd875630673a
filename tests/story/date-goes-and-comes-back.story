# A date that goes and comes back before anybody was warned of it: they are warned all the same
#
# The warning of Monday morning is called off in the night, with its date; then the first date holds again.
# The service has no daily list: each alert comes by itself.

change services.yaml
    from: "    digest: \"09:00\"\n"
    to: ""

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
change standards.yaml
    from: "    due: MS2\n    basis: local\n"
    to: "    due: MS2\n    basis: local\n    pausable: yes\n"

at 2026-11-03 10:00
  reply.received case/C-leo
    {contact: dana, channel: email, text: When will you decide?}

until 2026-11-09 01:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  answer scheduled, due Tuesday 10 November 2026
  Tue 2026-11-03 10:00  task     C-leo  t.reply.b564fdd69946.dana for sam-okafor by Thursday 5 November 2026: The family has written: read it and answer
  Tue 2026-11-03 10:00  message  C-leo  reply-received to dana by email (agreed)
  Fri 2026-11-06 09:00  alert    C-leo  task-overdue to sam-okafor by email (role)
  Fri 2026-11-06 09:00  alert    C-leo  task-overdue to helen-marsh by email (role)
  Mon 2026-11-09 00:00  duty     C-leo  answer warned, due Tuesday 10 November 2026

at 2026-11-09 02:00
  hold.placed case/C-leo
    {reason: waiting for the hospital, owner: sam-okafor, until: 2026-11-13}

at 2026-11-09 03:00
  hold.ended case/C-leo
    reason: waiting for the hospital

until 2026-11-10 12:00
expect
  Mon 2026-11-09 02:00  duty     C-leo  answer scheduled, due Tuesday 17 November 2026
  Mon 2026-11-09 02:00  alert    C-leo  duty-warning to sam-okafor by email (role): expired, what it is about has ended, or has a new date
  Mon 2026-11-09 03:00  duty     C-leo  answer warned, due Tuesday 10 November 2026
  Mon 2026-11-09 03:00  message  C-leo  date-moved to dana by email (agreed): expired, what it is about has ended, or has a new date
  Mon 2026-11-09 08:00  message  C-leo  date-moved to dana by email (agreed)
  Mon 2026-11-09 09:00  alert    C-leo  duty-warning to sam-okafor by email (role)
  Tue 2026-11-10 00:00  duty     C-leo  answer due today
