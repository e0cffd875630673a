# Providers that say nothing, or not now: an email goes again, a text is left to a person

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email],
     addresses: {email: dana@home.example, letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

next email to dana: unknown
next sms to marek: unknown
at 2026-11-02 09:15
  ehcna.requested case/C-leo

until 2026-11-02 12:00
expect
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to marek by sms (agreed): unknown
  Mon 2026-11-02 09:15  task     C-leo  t.unknown.89a8164f041c.marek for sam-okafor by Wednesday 4 November 2026: Ask marek whether our SMS arrived
  Mon 2026-11-02 09:30  message  C-leo  ehcna-requested to dana by email (agreed)

# The provider of text messages has a bad hour: it goes a little later.
next sms to marek: later
next sms to marek: later
at 2026-11-04 10:00
  action.agreed case/C-leo
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

until 2026-11-04 12:00
expect
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-leo t.unknown.89a8164f041c.marek soon
  Wed 2026-11-04 10:00  action   C-leo  call-school scheduled, due Friday 18 December 2026
  Wed 2026-11-04 10:00  message  C-leo  action-agreed to dana by email (agreed)
  Wed 2026-11-04 10:30  message  C-leo  action-agreed to marek by sms (agreed)
