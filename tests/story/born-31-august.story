# Born on 31 August, and on 1 September: a day apart, and a year apart in who decides
#
# Both turn 16 in 2026: the one on the last day of a school year, the other on the first of the next.

at 2026-06-01 09:00
  contact.registered family/F-one
    {contact: lee, role: young_person, name: Lee Hart, born: 2010-08-31,
     channels: [email], addresses: {email: lee@own.example}, agreed: {on: 2026-05-01, with: sam-okafor}}
  contact.registered family/F-one
    {contact: lees-mum, role: parent, name: Mo Hart, parental_responsibility: true,
     channels: [email], addresses: {email: mo@home.example}, agreed: {on: 2026-05-01, with: sam-okafor}}
  case.opened case/C-one
    {family: F-one, pathway: ehc-assessment, service: send, owner: sam-okafor}
  contact.registered family/F-two
    {contact: may, role: young_person, name: May Lind, born: 2010-09-01,
     channels: [email], addresses: {email: may@own.example}, agreed: {on: 2026-05-01, with: sam-okafor}}
  contact.registered family/F-two
    {contact: mays-dad, role: parent, name: Al Lind, parental_responsibility: true,
     channels: [email], addresses: {email: al@home.example}, agreed: {on: 2026-05-01, with: sam-okafor}}
  case.opened case/C-two
    {family: F-two, pathway: ehc-assessment, service: send, owner: sam-okafor}

until 2026-06-26 12:00
expect
  Mon 2026-06-01 09:00  message  C-one  rights-upcoming to lee by email (agreed)
  Mon 2026-06-01 09:00  message  C-one  rights-upcoming to lees-mum by email (agreed)
  Thu 2026-06-25 08:00  message  C-two  rights-upcoming to may by email (agreed)
  Thu 2026-06-25 08:00  message  C-two  rights-upcoming to mays-dad by email (agreed)

at 2026-06-29 10:00
  contact.made case/C-one
    {with: [lee], how: phone, summary: We talked about the summer.}
  contact.made case/C-two
    {with: [mays-dad], how: phone, summary: We talked about the summer.}

expect
  Mon 2026-06-29 08:00  message  C-one  rights-passed to lee by email (agreed)
  Mon 2026-06-29 08:00  message  C-one  rights-passed to lees-mum by email (agreed)
  Mon 2026-06-29 08:00  message  C-two  keep-in-touch to mays-dad by email (agreed)
  Mon 2026-06-29 08:00  message  C-one  keep-in-touch to lee by email (agreed)
  Mon 2026-06-29 10:00  message  C-one  contact-made to lee by email (agreed)
  Mon 2026-06-29 10:00  message  C-two  contact-made to mays-dad by email (agreed)
