# A ladder that is edited while something climbs it: the climb goes on as it began, and the next one goes the new way
#
# Whom it tells and when stands as it was on the day on which it became late. Who holds a role is looked up when it
# is told: a role that was renamed is held by nobody under its old name, so the next one hears, and the service's
# mailbox last of all.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

until 2026-12-16 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-14 00:00  duty     C-leo  ehcna-decision due today
  Tue 2026-12-15 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 08:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2026-12-15 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision late
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-decision late

# The head of service is told no more, and the director after two days already.
at 2026-12-18 12:00
change standards.yaml
    from: "      - tell: head_of_service\n        template: duty-breached\n        after: 5 working days\n      - tell: director\n        template: duty-breached\n        after: 5 working days\n    repeat"
    to: "      - tell: director\n        template: duty-breached\n        after: 2 working days\n    repeat"

until 2026-12-23 12:00
expect
  Tue 2026-12-22 09:00  alert    C-leo  duty-breached to david-osei by email (role)

# The director is called something else.
at 2026-12-23 13:00
change services.yaml
    from: "      director: ruth-lindley"
    to: "      director: ruth-lindley\n      executive_director: ruth-lindley"
change standards.yaml
    from: "      - tell: director\n        template: duty-breached\n        after: 2 working days\n"
    to: "      - tell: executive_director\n        template: duty-breached\n        after: 2 working days\n"
change standards.yaml
    from: "      - tell: director\n"
    to: "      - tell: executive_director\n"
change standards.yaml
    from: "      - tell: director\n"
    to: "      - tell: executive_director\n"
change services.yaml
    from: "      director: ruth-lindley\n"
    to: ""

until 2027-02-12 12:00
expect
  Tue 2026-12-29 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Thu 2026-12-31 09:00  alert    C-leo  duty-breached to send by email (role)
  Tue 2027-01-05 00:00  task     C-leo  t.keep.C-leo.2027-01-05 for sam-okafor by Tuesday 12 January 2027: The family has heard nothing new: write to them or call, and report it
  Tue 2027-01-05 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 soon
  Fri 2027-01-08 09:00  alert    digest to send by email (role): C-leo.ehcna-decision late
  Wed 2027-01-13 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Wed 2027-01-13 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Wed 2027-01-20 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Fri 2027-01-22 09:00  alert    digest to send by email (role): C-leo.ehcna-decision late
  Mon 2027-01-25 00:00  duty     C-leo  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Wed 2027-01-27 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Mon 2027-02-01 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-02-08 00:00  duty     C-leo  ehcna-plan-decision warned, due Monday 22 February 2027
  Mon 2027-02-08 00:00  duty     C-leo  plan-draft due today
  Mon 2027-02-08 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision soon
  Tue 2027-02-09 00:00  duty     C-leo  plan-draft breached, was due Monday 8 February 2027
  Tue 2027-02-09 08:00  message  C-leo  plan-draft-late to dana by email (agreed)
  Tue 2027-02-09 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft late
  Tue 2027-02-09 09:00  alert    digest to helen-marsh by email (role): C-leo.plan-draft late
  Wed 2027-02-10 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Thu 2027-02-11 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
