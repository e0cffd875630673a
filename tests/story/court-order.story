# A court order that forbids contact: he hears nothing more, not even what was decided already
#
# The request comes in the evening; the order is recorded at night, before anything has left.

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

at 2026-11-02 22:00
  court_order.added family/F-leo
    {contact: marek, effect: no_contact, until: 2027-01-31}

until 2026-11-03 12:00
expect
  Mon 2026-11-02 19:30  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 19:30  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 19:30  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 19:30  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 19:30  message  C-leo  ehcna-requested to dana by letter (agreed)
  Tue 2026-11-03 08:00  message  C-leo  ehcna-requested to marek by sms (agreed): suppressed, this person may not be told any more

at 2026-12-01 10:00
  ehcna.decision_to_assess case/C-leo

expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Tue 2026-12-01 10:00  message  C-leo  ehcna-agreed to dana by letter (legal_form)

# The order has ended: he is told again.
at 2027-02-08 10:00
  plan.draft_issued case/C-leo

expect
  Wed 2026-12-09 00:00  duty     C-leo  ehcna-decision met
  Thu 2026-12-31 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Fri 2027-01-22 00:00  task     C-leo  t.keep.C-leo.2027-01-22 for sam-okafor by Friday 29 January 2027: The family has heard nothing new: write to them or call, and report it
  Fri 2027-01-22 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-22 soon
  Mon 2027-01-25 00:00  duty     C-leo  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to sam-okafor by email (role): C-leo.plan-draft soon
  Mon 2027-02-01 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2027-01-22 late, C-leo.plan-draft soon
  Mon 2027-02-01 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-22 late
  Fri 2027-02-05 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2027-01-22 late
  Mon 2027-02-08 00:00  duty     C-leo  ehcna-plan-decision warned, due Monday 22 February 2027
  Mon 2027-02-08 00:00  duty     C-leo  plan-draft due today
  Mon 2027-02-08 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-plan-decision soon
  Mon 2027-02-08 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Mon 2027-02-08 10:00  duty     C-leo  plan-draft-reply scheduled, due Wednesday 24 February 2027
  Mon 2027-02-08 10:00  task     C-leo  t.keep.C-leo.2027-01-22 ended: needless
  Mon 2027-02-08 10:00  message  C-leo  plan-draft to dana by letter (legal_form)
  Mon 2027-02-08 10:00  message  C-leo  plan-draft to marek by letter (legal_form)
  Mon 2027-02-08 10:00  message  C-leo  plan-draft to marek by sms (prompt)
