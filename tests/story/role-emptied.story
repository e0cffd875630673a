# A role that nobody holds any more is passed over, and the next one is told in its place
#
# An empty chair is no reason to wait.

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

at 2026-12-18 12:00
change services.yaml
    from: "      team_manager: tom-ellison"
    to: "      team_manager: tom-ellison\n      head_of_service: tom-ellison"
change services.yaml
    from: "      head_of_service: david-osei\n"
    to: ""

until 2027-01-20 12:00
expect
  Tue 2026-12-22 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Tue 2026-12-29 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Thu 2026-12-31 09:00  alert    digest to ruth-lindley by email (role): C-leo.ehcna-decision late
  Tue 2027-01-05 00:00  task     C-leo  t.keep.C-leo.2027-01-05 for sam-okafor by Tuesday 12 January 2027: The family has heard nothing new: write to them or call, and report it
  Tue 2027-01-05 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 soon
  Wed 2027-01-13 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Wed 2027-01-13 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Fri 2027-01-15 09:00  alert    digest to ruth-lindley by email (role): C-leo.ehcna-decision late
  Wed 2027-01-20 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late
