# Somebody who cannot decide has a deputy: the deputy is told, and from the day after it ends they are told themselves
#
# Maya is 17 and the rights are hers. The Court of Protection has appointed her aunt for decisions about her plan until
# the end of the year. The aunt is told in Maya's place and not her mother, to whom the rights do not go back. In January
# the appointment is made again, and then a doctor finds that Maya can decide: it counts no more.

at 2026-11-02 09:00
  contact.registered family/F-maya
    {contact: maya, person: P-maya, role: young_person, name: Maya Ali, born: 2009-05-14,
     channels: [email], addresses: {email: maya@home.example}, agreed: {on: 2026-10-30, with: sam-okafor}}
  contact.registered family/F-maya
    {contact: nadia, role: parent, name: Nadia Ali, parental_responsibility: true,
     channels: [email], addresses: {email: nadia@home.example}, agreed: {on: 2026-10-30, with: sam-okafor}}
  contact.registered family/F-maya
    {contact: rana, role: other, name: Rana Ali, channels: [email], addresses: {email: rana@other.example},
     agreed: {on: 2026-10-30, with: sam-okafor}, acts_for: {contact: maya, for: ehc-assessment, until: 2026-12-31}}
  case.opened case/C-maya
    {family: F-maya, pathway: ehc-assessment, service: send, owner: priya-nair}

at 2026-11-02 09:15
  ehcna.requested case/C-maya

at 2026-12-01 10:00
  ehcna.decision_to_assess case/C-maya

at 2027-01-11 10:00
  contact.made case/C-maya
    {with: [maya], how: visit, summary: We talked about school.}
  contact.updated family/F-maya
    {contact: rana, acts_for: {contact: maya}}

at 2027-01-12 10:00
  contact.made case/C-maya
    {with: [maya], how: visit, summary: We talked about school again.}

at 2027-01-13 10:00
  capacity.recorded family/F-maya
    {person: P-maya, decision: all, has_capacity: true, assessed_on: 2027-01-13, by: dr-lee}
  contact.made case/C-maya
    {with: [maya], how: visit, summary: We talked about the choice of school.}

expect
  Mon 2026-11-02 09:15  duty     C-maya  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-maya  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-maya  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-maya  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-maya  ehcna-requested to rana by email (agreed)
  Mon 2026-11-30 00:00  duty     C-maya  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-maya  keep-in-touch to rana by email (agreed)
  Mon 2026-11-30 09:00  alert    digest to priya-nair by email (role): C-maya.ehcna-decision soon
  Tue 2026-12-01 10:00  message  C-maya  ehcna-agreed to rana by email (legal_form)
  Tue 2026-12-01 10:00  duty     C-maya  ehcna-decision met
  Thu 2026-12-31 08:00  message  C-maya  keep-in-touch to rana by email (agreed)
  Mon 2027-01-11 10:00  message  C-maya  contact-made to maya by email (agreed)
  Tue 2027-01-12 10:00  message  C-maya  contact-made to rana by email (agreed)
  Wed 2027-01-13 10:00  message  C-maya  contact-made to maya by email (agreed)
