# What can wait comes to each together, at the desk's hour, oldest first; what is done by then does not come at all
#
# What somebody is to do comes each day until it is done, whatever else they only hear of comes once; and an empty
# digest is none.

lists: every

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  contact.registered family/F-ada
    {contact: kim, role: parent, name: Kim Wood, parental_responsibility: true,
     channels: [email], addresses: {email: kim@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-ada
    {family: F-ada, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-02 10:00
  ehcna.requested case/C-leo

at 2026-11-03 10:00
  ehcna.requested case/C-ada

until 2026-11-29 12:00
expect
  Mon 2026-11-02 10:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 10:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 10:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 10:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 10:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Tue 2026-11-03 10:00  duty     C-ada  ehcna-decision scheduled, due Tuesday 15 December 2026
  Tue 2026-11-03 10:00  duty     C-ada  ehcna-plan-decision scheduled, due Tuesday 23 February 2027
  Tue 2026-11-03 10:00  duty     C-ada  plan-draft scheduled, due Tuesday 9 February 2027
  Tue 2026-11-03 10:00  duty     C-ada  plan-final scheduled, due Tuesday 23 March 2027
  Tue 2026-11-03 10:00  message  C-ada  ehcna-requested to kim by email (agreed)

# The warning of the first comes on Monday; that of the second on Tuesday, before which it is done.
until 2026-12-01 08:30
expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Tue 2026-12-01 00:00  duty     C-ada  ehcna-decision warned, due Tuesday 15 December 2026
  Tue 2026-12-01 08:00  message  C-ada  keep-in-touch to kim by email (agreed)

at 2026-12-01 08:40
  ehcna.decision_to_assess case/C-ada

until 2026-12-14 18:00
expect
  Tue 2026-12-01 08:40  message  C-ada  ehcna-agreed to kim by email (legal_form)
  Tue 2026-12-01 08:40  duty     C-ada  ehcna-decision met
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-14 00:00  duty     C-leo  ehcna-decision due today
  Mon 2026-12-14 09:00  alert    digest to sam-okafor by email (role)

until 2026-12-16 18:00
expect
  Tue 2026-12-15 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 08:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2026-12-15 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision late
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-decision late
  Wed 2026-12-16 09:00  alert    digest to sam-okafor by email (role)
