# A final plan whose draft was never reported: nobody hears later that the draft is late

at 2026-11-02 09:15
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
at 2026-12-09 11:00
  ehcna.decision_to_assess case/C-leo

at 2027-01-20 11:00
  plan.final_issued case/C-leo

# The days on which the draft and the decision about a plan would have been due go by.
until 2027-03-15 12:00
expect
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Wed 2026-12-09 11:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)
  Fri 2026-12-11 00:00  duty     C-leo  ehcna-decision met
  Mon 2027-01-11 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Wed 2027-01-20 11:00  duty     C-leo  ehcna-plan-decision cancelled
  Wed 2027-01-20 11:00  duty     C-leo  plan-draft cancelled
  Wed 2027-01-20 11:00  duty     C-leo  appeal scheduled, due Sunday 21 March 2027
  Wed 2027-01-20 11:00  message  C-leo  plan-final to dana by letter (legal_form)
  Thu 2027-01-28 00:00  duty     C-leo  plan-final met
  Wed 2027-02-03 00:00  message  C-leo  survey to dana by letter (agreed)
  Wed 2027-02-17 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Wed 2027-03-10 00:00  task     C-leo  t.keep.C-leo.2027-03-10 for sam-okafor by Wednesday 17 March 2027: The family has heard nothing new: write to them or call, and report it
  Wed 2027-03-10 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-03-10 soon
