# A decision that does not come: the owner is warned, the family hears the truth, the manager is told
#
# Six weeks from 2 November end on 14 December. That whole day is still in time.

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

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)

until 2026-12-14 23:59
expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Mon 2026-12-14 00:00  duty     C-leo  ehcna-decision due today

until 2026-12-20 12:00
expect
  Tue 2026-12-15 00:00  duty     C-leo  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Tue 2026-12-15 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Tue 2026-12-15 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision late
  Tue 2026-12-15 09:00  alert    digest to helen-marsh by email (role): C-leo.ehcna-decision late

# It is answered for, and done before that ends; that it was late stays on record.
at 2026-12-21 09:30
  breach.acknowledged case/C-leo
    {duty: ehcna-decision, by: helen-marsh, until: 2026-12-31, note: The panel meets on 22 December.}

at 2026-12-22 15:00
  ehcna.decision_to_assess case/C-leo

until 2027-01-04 12:00
expect
  Mon 2026-12-21 09:30  duty     C-leo  ehcna-decision acknowledged until Thursday 31 December 2026
  Mon 2026-12-21 09:30  message  C-leo  breach-acknowledged to dana by letter (agreed)
  Mon 2026-12-21 09:30  message  C-leo  breach-acknowledged to marek by sms (agreed)
  Tue 2026-12-22 15:00  message  C-leo  ehcna-agreed to dana by letter (legal_form), late
  Tue 2026-12-22 15:00  message  C-leo  ehcna-agreed to marek by letter (legal_form), late
  Tue 2026-12-22 15:00  message  C-leo  ehcna-agreed to marek by sms (prompt)
  Tue 2026-12-22 15:00  message  C-leo  party-decision to oakfield by email (agreed)
  Thu 2026-12-24 00:00  duty     C-leo  ehcna-decision met
