# STOP: nothing optional any more, and what must be said comes another way, confirmed once

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, email: marek@home.example, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

at 2026-11-02 10:00
  reply.received case/C-leo
    {contact: marek, channel: sms, text: Stop!}

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 10:00  message  C-leo  method-stopped to marek by email (default)

# What must be said still comes: no text, not even one that says that a letter is on its way.
at 2026-11-03 10:00
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}
  ehcna.decision_to_assess case/C-leo

expect
  Tue 2026-11-03 10:00  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Tue 2026-11-03 10:00  message  C-leo  action-agreed to marek by email (default)
  Tue 2026-11-03 10:00  message  C-leo  ehcna-agreed to marek by letter (legal_form)

# He changes his mind.
at 2026-11-04 10:00
  contact.updated family/F-leo
    {contact: marek, channels: [sms], agreed: {on: 2026-11-04, with: sam-okafor}}

at 2026-11-05 10:00
  action.completed case/C-leo
    action: call-school

expect
  Thu 2026-11-05 10:00  action   C-leo  call-school completed
  Thu 2026-11-05 10:00  message  C-leo  action-completed to marek by sms (agreed)
