# No plan after all: the reasons and the right to appeal, within sixteen weeks, and nothing more is due

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
at 2026-12-01 10:00
  ehcna.decision_to_assess case/C-leo
  advice.requested case/C-leo
until 2026-12-01 18:00
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
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to marek by letter (legal_form)
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to marek by sms (prompt)
  Tue 2026-12-01 10:00  message  C-leo  party-decision to oakfield by email (agreed)
  Tue 2026-12-01 10:00  duty     C-leo  advice scheduled, due Tuesday 12 January 2027
  Tue 2026-12-01 10:00  message  C-leo  advice-asked to dana by letter (agreed)
  Tue 2026-12-01 10:00  message  C-leo  advice-asked to marek by sms (agreed)

# A Thursday: both parents have it on that day, and the school not before them.
at 2027-01-14 10:00
  ehcp.not_needed case/C-leo
    reasons: The school can give all the help that is needed.
until 2027-03-31 12:00
expect
  Wed 2026-12-09 00:00  duty     C-leo  ehcna-decision met
  Thu 2026-12-24 00:00  duty     C-leo  advice warned, due Tuesday 12 January 2027
  Thu 2026-12-24 09:00  alert    digest to sam-okafor by email (role): C-leo.advice soon
  Thu 2026-12-31 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Thu 2026-12-31 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Tue 2027-01-05 09:00  alert    digest to sam-okafor by email (role): C-leo.advice soon
  Tue 2027-01-12 00:00  duty     C-leo  advice due today
  Wed 2027-01-13 00:00  duty     C-leo  advice breached, was due Tuesday 12 January 2027
  Wed 2027-01-13 00:00  message  C-leo  others-late to dana by letter (agreed)
  Wed 2027-01-13 08:00  message  C-leo  others-late to marek by sms (agreed)
  Wed 2027-01-13 09:00  alert    digest to sam-okafor by email (role): C-leo.advice late
  Wed 2027-01-13 09:00  alert    digest to helen-marsh by email (role): C-leo.advice late
  Thu 2027-01-14 10:00  duty     C-leo  plan-draft cancelled
  Thu 2027-01-14 10:00  duty     C-leo  plan-final cancelled
  Thu 2027-01-14 10:00  duty     C-leo  advice cancelled
  Thu 2027-01-14 10:00  duty     C-leo  appeal scheduled, due Monday 15 March 2027
  Thu 2027-01-14 10:00  task     C-leo  t.speak.ce86e4ccf5ca for sam-okafor by Monday 18 January 2027: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Thursday 14 January 2027 at 14:00
  Thu 2027-01-14 10:03  alert    C-leo  speak-first to sam-okafor by email (role)
  Thu 2027-01-14 14:00  task     C-leo  t.speak.ce86e4ccf5ca ended: not_reached
  Thu 2027-01-14 14:00  message  C-leo  plan-not-needed to dana by letter (legal_form)
  Thu 2027-01-14 14:00  message  C-leo  plan-not-needed to marek by letter (legal_form)
  Thu 2027-01-14 14:00  message  C-leo  plan-not-needed to marek by sms (prompt)
  Thu 2027-01-14 14:00  message  C-leo  party-decision to oakfield by email (agreed)
  Thu 2027-01-14 14:03  alert    C-leo  speak-missed to helen-marsh by email (role)
  Fri 2027-01-22 00:00  duty     C-leo  ehcna-plan-decision met
  Thu 2027-02-11 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Thu 2027-02-11 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Thu 2027-03-04 00:00  task     C-leo  t.keep.C-leo.2027-03-04 for sam-okafor by Thursday 11 March 2027: The family has heard nothing new: write to them or call, and report it
  Thu 2027-03-04 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-03-04 soon
  Fri 2027-03-12 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-03-04 late
  Fri 2027-03-12 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-03-04 late
  Mon 2027-03-15 00:00  duty     C-leo  appeal due today
  Mon 2027-03-15 09:00  alert    digest to sam-okafor by email (role): C-leo.appeal due_today
  Tue 2027-03-16 00:00  duty     C-leo  appeal cancelled
  Fri 2027-03-19 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-03-04 late
  Tue 2027-03-30 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2027-03-04 late
