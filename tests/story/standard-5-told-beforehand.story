# MS5, a date that will be missed: said five working days before it, and on the day after it; or only then


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
until 2026-11-02 18:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)

# Sam says it five working days before the day; she hears it the same day, and again when it has passed.
at 2026-12-07 10:00
  duty.at_risk case/C-leo
    {duty: ehcna-decision, reason: The reports are late., expected: 2027-01-11}
until 2026-12-15 12:00
expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 10:00  message  C-leo  date-at-risk to dana by email (agreed)
  Mon 2026-12-14 00:00  duty     C-leo  ehcna-decision due today
  Tue 2026-12-15 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 08:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2026-12-15 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision late
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-decision late

# It is decided on the day that she was told.
at 2027-01-11 10:00
  ehcna.decision_to_assess case/C-leo
until 2027-01-11 18:00
expect
  Tue 2026-12-22 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Tue 2026-12-29 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Thu 2026-12-31 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Tue 2027-01-05 00:00  task     C-leo  t.keep.C-leo.2027-01-05 for sam-okafor by Tuesday 12 January 2027: The family has heard nothing new: write to them or call, and report it
  Tue 2027-01-05 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 soon
  Fri 2027-01-08 09:00  alert    digest to ruth-lindley by email (role): C-leo.ehcna-decision late
  Mon 2027-01-11 10:00  task     C-leo  t.keep.C-leo.2027-01-05 ended: needless
  Mon 2027-01-11 10:00  message  C-leo  ehcna-agreed to dana by email (legal_form), late
  Mon 2027-01-11 10:00  duty     C-leo  ehcna-decision met

# Nobody says anything of the draft: she hears it on the day after, and Sam and the manager with her.
until 2027-02-09 12:00
expect
  Mon 2027-01-25 00:00  duty     C-leo  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-02-01 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-02-08 00:00  duty     C-leo  ehcna-plan-decision warned, due Monday 22 February 2027
  Mon 2027-02-08 00:00  duty     C-leo  plan-draft due today
  Mon 2027-02-08 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2027-02-08 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision soon
  Tue 2027-02-09 00:00  duty     C-leo  plan-draft breached, was due Monday 8 February 2027
  Tue 2027-02-09 08:00  message  C-leo  plan-draft-late to dana by email (agreed)
  Tue 2027-02-09 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft late
  Tue 2027-02-09 09:00  alert    digest to helen-marsh by email (role): C-leo.plan-draft late
