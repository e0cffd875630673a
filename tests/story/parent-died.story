# A parent dies: what was for him stops, a person looks, and the other parent is still told

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
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-02 19:30
  ehcna.requested case/C-leo

at 2026-11-02 20:00
  person.deceased family/F-leo
    person: marek

until 2026-11-03 12:00
expect
  Mon 2026-11-02 19:30  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 19:30  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 19:30  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 19:30  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 19:30  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 20:00  task     C-leo  t.deceased.cc61d1237599.marek for sam-okafor by Wednesday 4 November 2026: A contact of the family has died. Nothing more is sent to them. Look at what the others are to be told
  Mon 2026-11-02 20:00  message  C-leo  ehcna-requested to marek by sms (agreed): stopped, a person has died
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-leo t.deceased.cc61d1237599.marek soon

at 2026-12-01 10:00
  ehcna.decision_to_assess case/C-leo

expect
  Thu 2026-11-05 09:00  alert    digest to sam-okafor by email (role): C-leo t.deceased.cc61d1237599.marek late
  Thu 2026-11-05 09:00  alert    digest to helen-marsh by email (role): C-leo t.deceased.cc61d1237599.marek late
  Thu 2026-11-12 09:00  alert    digest to helen-marsh by email (role): C-leo t.deceased.cc61d1237599.marek late
  Thu 2026-11-19 09:00  alert    digest to david-osei by email (role): C-leo t.deceased.cc61d1237599.marek late
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)
