# It can be seen that a date will be missed: the family hears it before the day, though nobody has said so
#
# The draft plan has not come twenty working days before the final plan is due, and the reply and the school need that time.

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

at 2026-11-03 10:00
  ehcna.requested case/C-leo

at 2026-12-09 11:00
  ehcna.decision_to_assess case/C-leo

until 2027-02-24 12:00
expect
  Tue 2026-11-03 10:00  duty     C-leo  ehcna-decision scheduled, due Tuesday 15 December 2026
  Tue 2026-11-03 10:00  duty     C-leo  ehcna-plan-decision scheduled, due Tuesday 23 February 2027
  Tue 2026-11-03 10:00  duty     C-leo  plan-draft scheduled, due Tuesday 9 February 2027
  Tue 2026-11-03 10:00  duty     C-leo  plan-final scheduled, due Tuesday 23 March 2027
  Tue 2026-11-03 10:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Tue 2026-11-03 10:00  message  C-leo  party-requested to oakfield by email (agreed)
  Tue 2026-12-01 00:00  duty     C-leo  ehcna-decision warned, due Tuesday 15 December 2026
  Tue 2026-12-01 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Tue 2026-12-01 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Tue 2026-12-08 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Wed 2026-12-09 11:00  message  C-leo  ehcna-agreed to dana by email (legal_form)
  Wed 2026-12-09 11:00  duty     C-leo  ehcna-decision met
  Wed 2026-12-09 11:00  message  C-leo  party-decision to oakfield by email (agreed)
  Mon 2027-01-11 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Tue 2027-01-26 00:00  duty     C-leo  plan-draft warned, due Tuesday 9 February 2027
  Tue 2027-01-26 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-02-01 00:00  task     C-leo  t.keep.C-leo.2027-02-01 for sam-okafor by Monday 8 February 2027: The family has heard nothing new: write to them or call, and report it
  Mon 2027-02-01 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-02-01 soon
  Tue 2027-02-02 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Tue 2027-02-09 00:00  duty     C-leo  ehcna-plan-decision warned, due Tuesday 23 February 2027
  Tue 2027-02-09 00:00  duty     C-leo  plan-draft due today
  Tue 2027-02-09 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-02-01 late, C-leo.ehcna-plan-decision soon
  Tue 2027-02-09 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-02-01 late
  Wed 2027-02-10 00:00  duty     C-leo  plan-draft breached, was due Tuesday 9 February 2027
  Wed 2027-02-10 08:00  message  C-leo  plan-draft-late to dana by email (agreed)
  Wed 2027-02-10 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft late
  Wed 2027-02-10 09:00  alert    digest to helen-marsh by email (role): C-leo.plan-draft late
  Tue 2027-02-16 08:00  message  C-leo  date-at-risk to dana by email (agreed)
  Tue 2027-02-16 09:00  alert    C-leo  date-at-risk-owner to sam-okafor by email (role)
  Tue 2027-02-16 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision soon
  Tue 2027-02-16 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-02-01 late
  Wed 2027-02-17 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Tue 2027-02-23 00:00  duty     C-leo  ehcna-plan-decision due today
  Tue 2027-02-23 08:00  message  C-leo  date-at-risk to dana by email (agreed)
  Tue 2027-02-23 09:00  alert    C-leo  date-at-risk-owner to sam-okafor by email (role)
  Tue 2027-02-23 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-02-01 late
  Wed 2027-02-24 00:00  duty     C-leo  ehcna-plan-decision breached, was due Tuesday 23 February 2027
  Wed 2027-02-24 08:00  message  C-leo  duty-late to dana by email (agreed)
  Wed 2027-02-24 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Wed 2027-02-24 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision late
  Wed 2027-02-24 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-plan-decision late
