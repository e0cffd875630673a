# A child of nine, parents apart: the final plan, with the right to appeal
#
# The family's own two months to appeal begin; nobody is ever told that they are "late" with it.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
  ehcna.decision_to_assess case/C-leo

at 2027-01-25 10:00
  plan.draft_issued case/C-leo

at 2027-02-05 14:00
  plan.representations_received case/C-leo

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-agreed to marek by letter (legal_form)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-agreed to marek by sms (prompt)
  Mon 2026-11-02 09:00  message  C-leo  party-decision to oakfield by email (agreed)
  Tue 2026-11-10 00:00  duty     C-leo  ehcna-decision met
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2026-12-21 00:00  task     C-leo  t.keep.C-leo.2026-12-21 for sam-okafor by Wednesday 30 December 2026: The family has heard nothing new: write to them or call, and report it
  Mon 2026-12-21 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-21 soon
  Thu 2026-12-31 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Thu 2026-12-31 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Fri 2027-01-08 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Fri 2027-01-15 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Mon 2027-01-25 00:00  duty     C-leo  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-01-25 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Mon 2027-01-25 10:00  duty     C-leo  plan-draft-reply scheduled, due Tuesday 16 February 2027
  Mon 2027-01-25 10:00  task     C-leo  t.keep.C-leo.2026-12-21 ended: needless
  Mon 2027-01-25 10:00  message  C-leo  plan-draft to dana by letter (legal_form)
  Mon 2027-01-25 10:00  message  C-leo  plan-draft to marek by letter (legal_form)
  Mon 2027-01-25 10:00  message  C-leo  plan-draft to marek by sms (prompt)
  Tue 2027-02-02 00:00  duty     C-leo  plan-draft met
  Fri 2027-02-05 14:00  duty     C-leo  plan-draft-reply met

at 2027-02-22 09:30
  plan.final_issued case/C-leo

expect
  Mon 2027-02-22 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2027-02-22 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2027-02-22 09:30  duty     C-leo  appeal scheduled, due Friday 23 April 2027
  Mon 2027-02-22 09:30  message  C-leo  plan-final to dana by letter (legal_form)
  Mon 2027-02-22 09:30  message  C-leo  plan-final to marek by letter (legal_form)
  Mon 2027-02-22 09:30  message  C-leo  plan-final to marek by sms (prompt)
  Mon 2027-02-22 09:30  message  C-leo  party-plan to oakfield by email (agreed)

# Two months and more go by in silence.
until 2027-06-30 12:00
expect
  Tue 2027-03-02 00:00  duty     C-leo  plan-final met
  Mon 2027-03-08 00:00  message  C-leo  survey to dana by letter (agreed)
  Mon 2027-03-08 08:00  message  C-leo  survey to marek by sms (agreed)
  Mon 2027-03-22 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2027-03-22 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Wed 2027-04-14 00:00  task     C-leo  t.keep.C-leo.2027-04-14 for sam-okafor by Wednesday 21 April 2027: The family has heard nothing new: write to them or call, and report it
  Wed 2027-04-14 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-04-14 soon
  Thu 2027-04-22 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-04-14 late
  Thu 2027-04-22 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-04-14 late
  Fri 2027-04-23 00:00  duty     C-leo  appeal due today
  Fri 2027-04-23 09:00  alert    digest to sam-okafor by email (role): C-leo.appeal due_today
  Sat 2027-04-24 00:00  duty     C-leo  appeal cancelled
  Thu 2027-04-29 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-04-14 late
  Fri 2027-05-07 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-04-14 late
  Fri 2027-05-21 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-04-14 late
  Mon 2027-06-21 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-04-14 late
