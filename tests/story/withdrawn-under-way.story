# An event is withdrawn while what it says is being handed over: whoever gets it all the same hears so, and nobody else
#
# One email is with a slow server, one text message was stopped in time, and of another nobody knows whether it left.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms], addresses: {sms: 07700 900123},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: rosa, role: carer, name: Rosa Nowak, parental_responsibility: true,
     channels: [sms], addresses: {sms: 07700 900124}, hours: {mon: [["16:00", "18:00"]]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}

next email to dana: slow
next sms to marek: unknown
at 2026-11-02 09:15
  ehcna.requested case/C-leo as wrong

at 2026-11-02 09:20
  event.withdrawn case/C-leo
    {event: wrong, reason: The request was for another child of that name.}

until 2026-11-03 12:00
expect
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to marek by sms (agreed): unknown
  Mon 2026-11-02 09:15  task     C-leo  t.unknown.cc93babf1b67.marek for sam-okafor by Wednesday 4 November 2026: Ask marek whether our SMS arrived
  Mon 2026-11-02 09:20  duty     C-leo  ehcna-decision cancelled
  Mon 2026-11-02 09:20  duty     C-leo  ehcna-plan-decision cancelled
  Mon 2026-11-02 09:20  duty     C-leo  plan-draft cancelled
  Mon 2026-11-02 09:20  duty     C-leo  plan-final cancelled
  Mon 2026-11-02 09:20  task     C-leo  t.withdrawn.cf4e7a7718ef for sam-okafor by Wednesday 4 November 2026: An event was withdrawn: look at what was said and put it right
  Mon 2026-11-02 09:20  message  C-leo  ehcna-requested to rosa by sms (agreed): stopped, what it is about never happened
  Mon 2026-11-02 09:20  message  C-leo  correction to marek by sms (agreed)
  Mon 2026-11-02 09:30  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-02 09:30  message  C-leo  correction to dana by email (agreed)
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-leo t.withdrawn.cf4e7a7718ef soon, C-leo t.unknown.cc93babf1b67.marek soon
