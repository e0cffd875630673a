# A child of nine, parents apart: the draft plan, and two reminders that the reply is due
#
# The family has 15 days, the first being the last day on which the post should bring the draft. They are
# reminded on the 8th and on the 13th day, and no more once they have replied.

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

until 2026-11-30 12:00
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

at 2026-12-01 10:00
  ehcna.decision_to_assess case/C-leo

expect
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to marek by letter (legal_form)
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to marek by sms (prompt)
  Tue 2026-12-01 10:00  message  C-leo  party-decision to oakfield by email (agreed)

at 2027-01-25 10:00
  plan.draft_issued case/C-leo

until 2027-02-11 12:00
expect
  Wed 2026-12-09 00:00  duty     C-leo  ehcna-decision met
  Thu 2026-12-31 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Thu 2026-12-31 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Fri 2027-01-22 00:00  task     C-leo  t.keep.C-leo.2027-01-22 for sam-okafor by Friday 29 January 2027: The family has heard nothing new: write to them or call, and report it
  Fri 2027-01-22 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-22 soon
  Mon 2027-01-25 00:00  duty     C-leo  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-01-25 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Mon 2027-01-25 10:00  duty     C-leo  plan-draft-reply scheduled, due Tuesday 16 February 2027
  Mon 2027-01-25 10:00  task     C-leo  t.keep.C-leo.2027-01-22 ended: needless
  Mon 2027-01-25 10:00  message  C-leo  plan-draft to dana by letter (legal_form)
  Mon 2027-01-25 10:00  message  C-leo  plan-draft to marek by letter (legal_form)
  Mon 2027-01-25 10:00  message  C-leo  plan-draft to marek by sms (prompt)
  Tue 2027-02-02 00:00  duty     C-leo  plan-draft met
  Tue 2027-02-09 00:00  duty     C-leo  plan-draft-reply warned, due Tuesday 16 February 2027
  Tue 2027-02-09 00:00  message  C-leo  plan-draft-reminder to dana by letter (agreed)
  Tue 2027-02-09 08:00  message  C-leo  plan-draft-reminder to marek by sms (agreed)

# The reply comes before the 13th day: nobody is reminded a second time.
at 2027-02-12 14:00
  plan.representations_received case/C-leo

until 2027-02-26 12:00
expect
  Fri 2027-02-12 14:00  duty     C-leo  plan-draft-reply met
  Mon 2027-02-22 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2027-02-22 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
