# A child of nine, parents apart: a promise is made, kept, and confirmed
#
# The therapist promises to speak to Leo's teacher by a date. The parents are told what was
# promised and by when; she is reminded; when it is done, the parents are asked whether it was.

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

expect
  nothing

at 2026-11-04 15:00
  action.agreed case/C-leo
    {action: talk-to-teacher, what: Talk to Leo's teacher about his speech,
     owner: {service: therapies, person: grace-ajayi}, due: 2026-11-20, agreed_with: [dana, marek]}

until 2026-11-18 12:00
expect
  Wed 2026-11-04 15:00  action   C-leo  talk-to-teacher scheduled, due Friday 20 November 2026
  Wed 2026-11-04 15:00  message  C-leo  action-agreed to dana by letter (agreed)
  Wed 2026-11-04 15:00  message  C-leo  action-agreed to marek by sms (agreed)
  Fri 2026-11-13 00:00  action   C-leo  talk-to-teacher warned, due Friday 20 November 2026
  Fri 2026-11-13 09:00  alert    digest to grace-ajayi by email (role): C-leo talk-to-teacher soon

at 2026-11-18 16:00
  action.completed case/C-leo
    action: talk-to-teacher

until 2026-12-10 12:00
expect
  Wed 2026-11-18 16:00  action   C-leo  talk-to-teacher completed
  Wed 2026-11-18 16:00  message  C-leo  action-completed to dana by letter (agreed)
  Wed 2026-11-18 16:00  message  C-leo  action-completed to marek by sms (agreed)
