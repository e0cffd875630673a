# Twenty weeks broken: nobody acts, and everyone hears it on each day that passes

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
until 2027-03-23 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-14 00:00  duty     C-leo  ehcna-decision due today
  Tue 2026-12-15 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Tue 2026-12-15 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Tue 2026-12-15 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision late
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-decision late
  Tue 2026-12-22 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Tue 2026-12-29 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Tue 2026-12-29 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Thu 2026-12-31 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Tue 2027-01-05 00:00  task     C-leo  t.keep.C-leo.2027-01-05 for sam-okafor by Tuesday 12 January 2027: The family has heard nothing new: write to them or call, and report it
  Tue 2027-01-05 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 soon
  Fri 2027-01-08 09:00  alert    digest to ruth-lindley by email (role): C-leo.ehcna-decision late
  Wed 2027-01-13 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Wed 2027-01-13 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Wed 2027-01-20 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Fri 2027-01-22 09:00  alert    digest to ruth-lindley by email (role): C-leo.ehcna-decision late
  Mon 2027-01-25 00:00  duty     C-leo  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Wed 2027-01-27 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Mon 2027-02-01 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-02-08 00:00  duty     C-leo  ehcna-plan-decision warned, due Monday 22 February 2027
  Mon 2027-02-08 00:00  duty     C-leo  plan-draft due today
  Mon 2027-02-08 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision soon
  Tue 2027-02-09 00:00  duty     C-leo  plan-draft breached, was due Monday 8 February 2027
  Tue 2027-02-09 00:00  message  C-leo  plan-draft-late to dana by letter (agreed)
  Tue 2027-02-09 08:00  message  C-leo  plan-draft-late to marek by sms (agreed)
  Tue 2027-02-09 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft late
  Tue 2027-02-09 09:00  alert    digest to helen-marsh by email (role): C-leo.plan-draft late
  Wed 2027-02-10 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Mon 2027-02-15 00:00  message  C-leo  date-at-risk to dana by letter (agreed)
  Mon 2027-02-15 08:00  message  C-leo  date-at-risk to marek by sms (agreed)
  Mon 2027-02-15 09:00  alert    C-leo  date-at-risk-owner to sam-okafor by email (role)
  Mon 2027-02-15 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision soon
  Tue 2027-02-16 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Fri 2027-02-19 09:00  alert    digest to ruth-lindley by email (role): C-leo.ehcna-decision late
  Mon 2027-02-22 00:00  duty     C-leo  ehcna-plan-decision due today
  Mon 2027-02-22 00:00  message  C-leo  date-at-risk to dana by letter (agreed)
  Mon 2027-02-22 08:00  message  C-leo  date-at-risk to marek by sms (agreed)
  Mon 2027-02-22 09:00  alert    C-leo  date-at-risk-owner to sam-okafor by email (role)
  Tue 2027-02-23 00:00  duty     C-leo  ehcna-plan-decision breached, was due Monday 22 February 2027
  Tue 2027-02-23 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Tue 2027-02-23 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Tue 2027-02-23 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Tue 2027-02-23 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision late
  Tue 2027-02-23 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-plan-decision late
  Tue 2027-03-02 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Tue 2027-03-02 09:00  alert    digest to ruth-lindley by email (role): C-leo.plan-draft late
  Mon 2027-03-08 00:00  duty     C-leo  plan-final warned, due Monday 22 March 2027
  Mon 2027-03-08 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-final soon
  Tue 2027-03-09 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Tue 2027-03-09 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Tue 2027-03-09 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Wed 2027-03-10 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-01-05 late
  Mon 2027-03-15 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-final soon
  Tue 2027-03-16 09:00  alert    digest to ruth-lindley by email (role): C-leo.plan-draft late, C-leo.ehcna-plan-decision late
  Fri 2027-03-19 09:00  alert    digest to ruth-lindley by email (role): C-leo.ehcna-decision late
  Mon 2027-03-22 00:00  duty     C-leo  plan-final due today
  Tue 2027-03-23 00:00  duty     C-leo  plan-final breached, was due Monday 22 March 2027
  Tue 2027-03-23 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Tue 2027-03-23 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Tue 2027-03-23 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-final late
  Tue 2027-03-23 09:00  alert    digest to helen-marsh by email (role): C-leo.plan-final late

# At last it all comes, and each notice that comes after its date says sorry for itself, once.
at 2027-03-24 10:00
  ehcna.decision_to_assess case/C-leo
at 2027-03-25 10:00
  plan.draft_issued case/C-leo
at 2027-04-19 10:00
  plan.final_issued case/C-leo
until 2027-04-19 18:00
expect
  Wed 2027-03-24 10:00  task     C-leo  t.keep.C-leo.2027-01-05 ended: needless
  Wed 2027-03-24 10:00  message  C-leo  ehcna-agreed to dana by letter (legal_form), late
  Wed 2027-03-24 10:00  message  C-leo  ehcna-agreed to marek by letter (legal_form), late
  Wed 2027-03-24 10:00  message  C-leo  ehcna-agreed to marek by sms (prompt)
  Wed 2027-03-24 10:00  message  C-leo  party-decision to oakfield by email (agreed)
  Thu 2027-03-25 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Thu 2027-03-25 10:00  duty     C-leo  plan-draft-reply scheduled, due Wednesday 14 April 2027
  Thu 2027-03-25 10:00  message  C-leo  plan-draft to dana by letter (legal_form), late
  Thu 2027-03-25 10:00  message  C-leo  plan-draft to marek by letter (legal_form), late
  Thu 2027-03-25 10:00  message  C-leo  plan-draft to marek by sms (prompt)
  Sat 2027-03-27 00:00  duty     C-leo  ehcna-decision met
  Wed 2027-03-31 00:00  duty     C-leo  plan-draft met
  Thu 2027-04-01 09:00  alert    C-leo  duty-breached to david-osei by email (role)
  Wed 2027-04-07 00:00  duty     C-leo  plan-draft-reply warned, due Wednesday 14 April 2027
  Wed 2027-04-07 00:00  message  C-leo  plan-draft-reminder to dana by letter (agreed)
  Wed 2027-04-07 08:00  message  C-leo  plan-draft-reminder to marek by sms (agreed)
  Thu 2027-04-08 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Thu 2027-04-08 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Thu 2027-04-08 09:00  alert    C-leo  duty-breached to ruth-lindley by email (role)
  Mon 2027-04-12 00:00  message  C-leo  plan-draft-reminder to dana by letter (agreed)
  Mon 2027-04-12 08:00  message  C-leo  plan-draft-reminder to marek by sms (agreed)
  Wed 2027-04-14 00:00  duty     C-leo  plan-draft-reply due today
  Wed 2027-04-14 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft-reply due_today
  Thu 2027-04-15 00:00  duty     C-leo  plan-draft-reply cancelled
  Thu 2027-04-15 00:00  task     C-leo  t.keep.C-leo.2027-04-15 for sam-okafor by Thursday 22 April 2027: The family has heard nothing new: write to them or call, and report it
  Thu 2027-04-15 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-04-15 soon
  Thu 2027-04-15 09:00  alert    digest to ruth-lindley by email (role): C-leo.plan-final late
  Mon 2027-04-19 10:00  duty     C-leo  appeal scheduled, due Sunday 20 June 2027
  Mon 2027-04-19 10:00  task     C-leo  t.keep.C-leo.2027-04-15 ended: needless
  Mon 2027-04-19 10:00  message  C-leo  plan-final to dana by letter (legal_form), late
  Mon 2027-04-19 10:00  message  C-leo  plan-final to marek by letter (legal_form), late
  Mon 2027-04-19 10:00  message  C-leo  plan-final to marek by sms (prompt)
  Mon 2027-04-19 10:00  message  C-leo  party-plan to oakfield by email (agreed)

# It is there: nobody is chased any more, and the right to appeal runs.
until 2027-05-14 12:00
expect
  Wed 2027-04-21 00:00  duty     C-leo  plan-final met
  Tue 2027-05-04 00:00  message  C-leo  survey to dana by letter (agreed)
  Tue 2027-05-04 08:00  message  C-leo  survey to marek by sms (agreed)
