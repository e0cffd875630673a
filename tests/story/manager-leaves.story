# A manager answers for a missed date, and then leaves
#
# While somebody answers for it nobody else is told. When that day has passed undone the family hears it, and
# whoever is the manager then.

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

at 2026-12-17 09:30
  breach.acknowledged case/C-leo
    {duty: ehcna-decision, by: helen-marsh, until: 2026-12-30, note: The panel meets on 29 December.}

until 2026-12-22 12:00
expect
  Thu 2026-12-17 09:30  duty     C-leo  ehcna-decision acknowledged until Wednesday 30 December 2026
  Thu 2026-12-17 09:30  message  C-leo  breach-acknowledged to dana by email (agreed)

at 2026-12-22 15:00
change services.yaml
    from: "team_manager: helen-marsh"
    to: "team_manager: priya-nair"

until 2027-01-08 12:00
expect
  Thu 2026-12-31 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Thu 2026-12-31 08:00  message  C-leo  date-lapsed to dana by email (agreed)
  Thu 2026-12-31 09:00  alert    digest to priya-nair by email (role): C-leo.ehcna-decision late
  Fri 2027-01-08 09:00  alert    C-leo  duty-breached to david-osei by email (role)
