# A young person of 17 is told herself, and her mother only with her agreement
#
# Maya was born on 14 May 2009: since the end of June 2025 the rights are hers. Her mother is a
# contact too, but hears nothing until Maya agrees, and nothing more when she changes her mind.
# The copy is a courtesy: the duty to notify is met when Maya has the notice. Nadia's own way was
# never agreed on record, so a formal notice may not go to her by email, and a person tells her.

at 2026-11-02 09:00
  contact.registered family/F-maya
    {contact: maya, person: P-maya, role: young_person, name: Maya Ali, born: 2009-05-14,
     channels: [email, sms], addresses: {email: maya@home.example, sms: 07700 900456,
     letter: [Maya Ali, 7 Canal Walk, Sheffield, S2 9ZZ]}, agreed: {on: 2026-10-30, with: sam-okafor}}
  contact.registered family/F-maya
    {contact: nadia, role: parent, name: Nadia Ali, parental_responsibility: true,
     channels: [email], addresses: {email: nadia@home.example}}
  case.opened case/C-maya
    {family: F-maya, pathway: ehc-assessment, service: send, owner: priya-nair}

at 2026-11-02 09:15
  ehcna.requested case/C-maya

expect
  Mon 2026-11-02 09:15  duty     C-maya  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-maya  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-maya  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-maya  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-maya  ehcna-requested to maya by email (agreed)

at 2026-11-09 11:00
  consent.given family/F-maya
    {contact: nadia, for: ehc-assessment}

at 2026-12-01 10:00
  ehcna.decision_to_assess case/C-maya

expect
  Mon 2026-11-09 11:00  task     C-maya  t.method.nadia.2026-11-09 for priya-nair by Monday 23 November 2026: Agree with nadia how they want to be told: channel, language, format, hours, and what is safe
  Tue 2026-11-10 09:00  alert    digest to priya-nair by email (role): C-maya t.method.nadia.2026-11-09 soon
  Tue 2026-11-24 09:00  alert    digest to priya-nair by email (role): C-maya t.method.nadia.2026-11-09 late
  Tue 2026-11-24 09:00  alert    digest to helen-marsh by email (role): C-maya t.method.nadia.2026-11-09 late
  Mon 2026-11-30 00:00  duty     C-maya  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-maya  keep-in-touch to maya by email (agreed)
  Mon 2026-11-30 08:00  message  C-maya  keep-in-touch to nadia by email (agreed)
  Mon 2026-11-30 09:00  alert    digest to priya-nair by email (role): C-maya.ehcna-decision soon
  Tue 2026-12-01 09:00  alert    digest to helen-marsh by email (role): C-maya t.method.nadia.2026-11-09 late
  Tue 2026-12-01 10:00  task     C-maya  t.m53ade98266f2151c29dc4c05 for priya-nair by Thursday 3 December 2026: Tell nadia in person: ehcna-agreed (no channel is left that may be used)
  Tue 2026-12-01 10:00  message  C-maya  ehcna-agreed to maya by email (legal_form)
  Tue 2026-12-01 10:00  duty     C-maya  ehcna-decision met

at 2026-12-03 10:00
  consent.withdrawn family/F-maya
    {contact: nadia, for: ehc-assessment}

at 2027-01-25 10:00
  plan.draft_issued case/C-maya

expect
  Wed 2026-12-02 09:00  alert    digest to priya-nair by email (role): C-maya t.m53ade98266f2151c29dc4c05 soon
  Thu 2026-12-03 10:00  task     C-maya  t.m53ade98266f2151c29dc4c05 ended: needless
  Tue 2026-12-08 09:00  alert    digest to david-osei by email (role): C-maya t.method.nadia.2026-11-09 late
  Tue 2026-12-22 09:00  alert    digest to david-osei by email (role): C-maya t.method.nadia.2026-11-09 late
  Thu 2026-12-31 08:00  message  C-maya  keep-in-touch to maya by email (agreed)
  Fri 2027-01-22 00:00  task     C-maya  t.keep.C-maya.2027-01-22 for priya-nair by Friday 29 January 2027: The family has heard nothing new: write to them or call, and report it
  Fri 2027-01-22 09:00  alert    digest to priya-nair by email (role): C-maya t.keep.C-maya.2027-01-22 soon
  Fri 2027-01-22 09:00  alert    digest to david-osei by email (role): C-maya t.method.nadia.2026-11-09 late
  Mon 2027-01-25 00:00  duty     C-maya  plan-draft warned, due Monday 8 February 2027
  Mon 2027-01-25 09:00  alert    digest to priya-nair by email (role): C-maya.plan-draft soon
  Mon 2027-01-25 10:00  duty     C-maya  ehcna-plan-decision cancelled
  Mon 2027-01-25 10:00  duty     C-maya  plan-draft-reply scheduled, due Monday 8 February 2027
  Mon 2027-01-25 10:00  task     C-maya  t.keep.C-maya.2027-01-22 ended: needless
  Mon 2027-01-25 10:00  message  C-maya  plan-draft to maya by email (legal_form)
  Mon 2027-01-25 10:00  duty     C-maya  plan-draft met
