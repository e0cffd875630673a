# Twenty weeks kept: every step in time, the family told of each, and nobody chased in vain

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
  party.registered family/F-leo
    {party: nhs, role: health, name: Health Service, channels: [email],
     addresses: {email: send@nhs.example}}
  party.registered family/F-leo
    {party: ep, role: adviser, name: Educational Psychology, channels: [email],
     addresses: {email: ep@sheffield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to nhs by email (agreed)

# The decision, and the request for advice on the same day.
at 2026-11-30 10:00
  ehcna.decision_to_assess case/C-leo
  advice.requested case/C-leo

until 2026-11-30 23:00
expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-11-30 10:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)
  Mon 2026-11-30 10:00  message  C-leo  ehcna-agreed to marek by letter (legal_form)
  Mon 2026-11-30 10:00  message  C-leo  ehcna-agreed to marek by sms (prompt)
  Mon 2026-11-30 10:00  message  C-leo  party-decision to oakfield by email (agreed)
  Mon 2026-11-30 10:00  message  C-leo  party-decision to nhs by email (agreed)
  Mon 2026-11-30 10:00  duty     C-leo  advice scheduled, due Monday 11 January 2027
  Mon 2026-11-30 10:00  message  C-leo  advice-asked to dana by letter (agreed)
  Mon 2026-11-30 10:00  message  C-leo  advice-asked to marek by sms (agreed)
  Mon 2026-11-30 10:00  message  C-leo  party-advice to ep by email (agreed)

# The adviser is reminded twice; then the advice is there.
at 2027-01-08 10:00
  advice.received case/C-leo
expect
  Tue 2026-12-08 00:00  duty     C-leo  ehcna-decision met
  Mon 2026-12-21 09:00  message  C-leo  party-advice-reminder to ep by email (agreed)
  Wed 2026-12-23 00:00  duty     C-leo  advice warned, due Monday 11 January 2027
  Wed 2026-12-23 09:00  alert    digest to sam-okafor by email (role): C-leo.advice soon
  Wed 2026-12-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Wed 2026-12-30 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2027-01-04 09:00  message  C-leo  party-advice-reminder to ep by email (agreed)
  Mon 2027-01-04 09:00  alert    digest to sam-okafor by email (role): C-leo.advice soon
  Fri 2027-01-08 10:00  duty     C-leo  advice met

# There is nothing new for three weeks: the worker calls, and says so.
at 2027-01-25 15:00
  contact.made case/C-leo
    {with: [dana, marek], how: call, summary: The advice is read; the draft comes next week., by: sam-okafor}

at 2027-02-01 10:00
  plan.draft_issued case/C-leo
at 2027-02-05 10:00
  plan.representations_received case/C-leo
at 2027-02-08 10:00
  school.consulted case/C-leo
    school: Oakfield Primary School
until 2027-02-19 12:00
expect
  Thu 2027-01-21 00:00  task     C-leo  t.keep.C-leo.2027-01-21 for sam-okafor by Thursday 28 January 2027: The family has heard nothing new: write to them or call, and report it
  Thu 2027-01-21 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-21 soon
  Mon 2027-01-25 00:00  duty     C-leo  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-01-25 15:00  task     C-leo  t.keep.C-leo.2027-01-21 ended: needless
  Mon 2027-01-25 15:00  message  C-leo  contact-made to dana by letter (agreed)
  Mon 2027-01-25 15:00  message  C-leo  contact-made to marek by sms (agreed)
  Mon 2027-02-01 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-02-01 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Mon 2027-02-01 10:00  duty     C-leo  plan-draft-reply scheduled, due Wednesday 17 February 2027
  Mon 2027-02-01 10:00  message  C-leo  plan-draft to dana by letter (legal_form)
  Mon 2027-02-01 10:00  message  C-leo  plan-draft to marek by letter (legal_form)
  Mon 2027-02-01 10:00  message  C-leo  plan-draft to marek by sms (prompt)
  Wed 2027-02-03 00:00  duty     C-leo  plan-draft met
  Fri 2027-02-05 10:00  duty     C-leo  plan-draft-reply met
  Mon 2027-02-08 10:00  duty     C-leo  school-reply scheduled, due Tuesday 23 February 2027
  Mon 2027-02-08 10:00  message  C-leo  school-consulted to dana by letter (agreed)
  Mon 2027-02-08 10:00  message  C-leo  school-consulted to marek by sms (agreed)
  Mon 2027-02-08 10:00  message  C-leo  party-consulted to oakfield by email (agreed)
  Thu 2027-02-18 00:00  duty     C-leo  school-reply warned, due Tuesday 23 February 2027
  Thu 2027-02-18 09:00  message  C-leo  party-consulted-reminder to oakfield by email (agreed)
  Thu 2027-02-18 09:00  alert    digest to sam-okafor by email (role): C-leo.school-reply soon

at 2027-02-22 10:00
  school.replied case/C-leo
at 2027-03-08 10:00
  plan.final_issued case/C-leo

# Nothing is late, and nobody hears more than they should.
until 2027-04-30 12:00
expect
  Mon 2027-02-22 10:00  duty     C-leo  school-reply met
  Mon 2027-02-22 10:00  message  C-leo  school-replied to dana by letter (agreed)
  Mon 2027-02-22 10:00  message  C-leo  school-replied to marek by sms (agreed)
  Mon 2027-03-08 00:00  duty     C-leo  plan-final warned, due Monday 22 March 2027
  Mon 2027-03-08 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-final soon
  Mon 2027-03-08 10:00  duty     C-leo  appeal scheduled, due Sunday 9 May 2027
  Mon 2027-03-08 10:00  message  C-leo  plan-final to dana by letter (legal_form)
  Mon 2027-03-08 10:00  message  C-leo  plan-final to marek by letter (legal_form)
  Mon 2027-03-08 10:00  message  C-leo  plan-final to marek by sms (prompt)
  Mon 2027-03-08 10:00  message  C-leo  party-plan to oakfield by email (agreed)
  Mon 2027-03-08 10:00  message  C-leo  party-plan to nhs by email (agreed)
  Tue 2027-03-16 00:00  duty     C-leo  plan-final met
  Mon 2027-03-22 00:00  message  C-leo  survey to dana by letter (agreed)
  Mon 2027-03-22 08:00  message  C-leo  survey to marek by sms (agreed)
  Wed 2027-04-07 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Wed 2027-04-07 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Wed 2027-04-28 00:00  task     C-leo  t.keep.C-leo.2027-04-28 for sam-okafor by Thursday 6 May 2027: The family has heard nothing new: write to them or call, and report it
  Wed 2027-04-28 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-04-28 soon
