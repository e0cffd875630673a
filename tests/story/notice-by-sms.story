# A formal notice to someone who chose text messages: a letter, and a text that says that it comes

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, email: marek@home.example, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

at 2026-11-23 10:00
  ehcna.decision_to_assess case/C-leo

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-23 10:00  message  C-leo  ehcna-agreed to marek by letter (legal_form)
  Mon 2026-11-23 10:00  message  C-leo  ehcna-agreed to marek by sms (prompt)

# For this case he would rather have emails: agreed on record, so that the notice is one.
at 2026-11-24 10:00
  contact.updated family/F-leo
    {contact: marek, case: C-leo, channels: [email], agreed: {on: 2026-11-24, with: sam-okafor}}
  plan.draft_issued case/C-leo

until 2026-11-24 10:30
expect
  Tue 2026-11-24 10:00  duty     C-leo  ehcna-plan-decision cancelled
  Tue 2026-11-24 10:00  duty     C-leo  plan-draft-reply scheduled, due Tuesday 8 December 2026
  Tue 2026-11-24 10:00  message  C-leo  plan-draft to marek by email (legal_form)
  Tue 2026-11-24 10:00  duty     C-leo  plan-draft met
