# A child dies: nothing more leaves, and a person looks after the family
#
# A letter and a text are on their way, a decision is due, a promise is open. All of it ends.

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
  contact.registered family/F-leo
    {contact: leo, person: P-leo, role: young_person, name: Leo Nowak, born: 2017-03-01}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)
  Mon 2026-11-02 09:00  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Mon 2026-11-02 09:00  message  C-leo  action-agreed to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  action-agreed to marek by sms (agreed)

at 2026-11-10 19:00
  action.rescheduled case/C-leo
    {action: call-school, due: 2026-12-22}

at 2026-11-10 20:00
  person.deceased person/P-leo
    person: P-leo

until 2027-04-01 12:00
expect
  Tue 2026-11-10 19:00  action   C-leo  call-school scheduled, due Tuesday 22 December 2026
  Tue 2026-11-10 19:00  message  C-leo  action-rescheduled to dana by letter (agreed)
  Tue 2026-11-10 20:00  duty     C-leo  ehcna-decision cancelled
  Tue 2026-11-10 20:00  duty     C-leo  ehcna-plan-decision cancelled
  Tue 2026-11-10 20:00  duty     C-leo  plan-draft cancelled
  Tue 2026-11-10 20:00  duty     C-leo  plan-final cancelled
  Tue 2026-11-10 20:00  action   C-leo  call-school cancelled
  Tue 2026-11-10 20:00  task     C-leo  t.deceased.5197fe28dd24.leo for sam-okafor by Thursday 12 November 2026: The young person has died. Nothing more is sent. Decide who speaks with the family
  Tue 2026-11-10 20:00  message  C-leo  action-rescheduled to marek by sms (agreed): stopped, a person has died
  Wed 2026-11-11 09:00  alert    digest to sam-okafor by email (role): C-leo t.deceased.5197fe28dd24.leo soon
  Fri 2026-11-13 09:00  alert    digest to sam-okafor by email (role): C-leo t.deceased.5197fe28dd24.leo late
  Fri 2026-11-13 09:00  alert    digest to helen-marsh by email (role): C-leo t.deceased.5197fe28dd24.leo late
  Fri 2026-11-20 09:00  alert    digest to helen-marsh by email (role): C-leo t.deceased.5197fe28dd24.leo late
  Fri 2026-11-27 09:00  alert    digest to david-osei by email (role): C-leo t.deceased.5197fe28dd24.leo late
  Fri 2026-12-11 09:00  alert    digest to david-osei by email (role): C-leo t.deceased.5197fe28dd24.leo late
  Wed 2027-01-13 09:00  alert    digest to david-osei by email (role): C-leo t.deceased.5197fe28dd24.leo late
  Wed 2027-02-10 09:00  alert    digest to david-osei by email (role): C-leo t.deceased.5197fe28dd24.leo late
  Wed 2027-03-10 09:00  alert    digest to david-osei by email (role): C-leo t.deceased.5197fe28dd24.leo late
