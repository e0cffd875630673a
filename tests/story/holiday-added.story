# A bank holiday that is added late moves what is counted in working days, and whoever may know the old date hears
#
# The law's weeks do not move: they count every day.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

at 2026-11-23 10:00
  reply.received case/C-leo
    {contact: dana, channel: email, text: When will you decide?}

until 2026-11-23 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-23 10:00  duty     C-leo  answer scheduled, due Monday 30 November 2026
  Mon 2026-11-23 10:00  task     C-leo  t.reply.2b63e7bac8b2.dana for sam-okafor by Wednesday 25 November 2026: The family has written: read it and answer
  Mon 2026-11-23 10:00  message  C-leo  reply-received to dana by email (agreed)

at 2026-11-25 10:00
change calendars/england-and-wales.yaml
    from: "complete_until: 2027-12-31"
    to: "complete_until: 2027-12-31\nclosed:\n  2026-11-27: A day of national thanks\n"

until 2026-11-25 12:00
expect
  Tue 2026-11-24 09:00  alert    digest to sam-okafor by email (role): C-leo t.reply.2b63e7bac8b2.dana soon
  Wed 2026-11-25 10:00  duty     C-leo  answer scheduled, due Tuesday 1 December 2026
  Wed 2026-11-25 10:00  message  C-leo  date-moved to dana by email (agreed)
