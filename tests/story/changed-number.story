# A number that changes between the decision and the sending: the message goes to the new one
#
# The request comes in the evening, so the text message waits for the morning. At night Marek
# gives a new number, and the message follows him.

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

at 2026-11-02 21:00
  contact.updated family/F-leo
    {contact: marek, addresses: {sms: 07700 900789}}

until 2026-11-03 12:00
expect
  Mon 2026-11-02 19:30  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 19:30  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 19:30  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 19:30  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 19:30  message  C-leo  ehcna-requested to dana by letter (agreed)
  Tue 2026-11-03 08:00  message  C-leo  method-changed to marek by sms (agreed)
  Tue 2026-11-03 08:00  message  C-leo  method-changed to marek by sms (former)
  Tue 2026-11-03 08:00  message  C-leo  ehcna-requested to marek by sms (agreed)

# The other way round: he would rather have email now, and the waiting text turns into one.
at 2026-11-03 19:30
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

at 2026-11-03 20:00
  contact.updated family/F-leo
    {contact: marek, channels: [email], addresses: {email: marek@home.example}}

until 2026-11-04 12:00
expect
  Tue 2026-11-03 19:30  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Tue 2026-11-03 19:30  message  C-leo  action-agreed to dana by letter (agreed)
  Wed 2026-11-04 08:00  message  C-leo  action-agreed to marek by sms (agreed): suppressed, the way in which this person may be told has changed
  Wed 2026-11-04 08:00  message  C-leo  method-changed to marek by email (agreed)
  Wed 2026-11-04 08:00  message  C-leo  method-changed to marek by sms (former)
  Wed 2026-11-04 08:00  message  C-leo  action-agreed to marek by email (agreed)
