# An adoption: those of before hear nothing more from that moment, and what the law wants said waits for the new parents

at 2026-11-02 09:00
  contact.registered family/F-pip
    {contact: pip, person: P-pip, role: young_person, name: Pip Ray, born: 2018-02-02}
  contact.registered family/F-pip
    {contact: nell, role: parent, name: Nell Ray, parental_responsibility: true,
     channels: [sms], addresses: {sms: 07700 900555, letter: [Nell Ray, 2 Canal Street, Sheffield, S3 9ZX]},
     agreed: {on: 2026-10-01, with: sam-okafor}}
  case.opened case/C-pip
    {family: F-pip, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-02 19:00
  ehcna.requested case/C-pip

at 2026-11-02 20:00
  person.adopted person/P-pip
    person: P-pip

until 2026-11-03 12:00
expect
  Mon 2026-11-02 19:00  duty     C-pip  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 19:00  duty     C-pip  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 19:00  duty     C-pip  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 19:00  duty     C-pip  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 20:00  task     C-pip  t.adopted.177b579049e3.pip for sam-okafor by Wednesday 4 November 2026: The child has been adopted. Nobody of before is told any more: register the new parents, and the child's new name and address
  Tue 2026-11-03 08:00  task     C-pip  t.m5de0d397271dfc652fc5c760 for sam-okafor by Thursday 5 November 2026: Nobody of the family may be told of ehcna-requested: decide who is to hear it
  Tue 2026-11-03 08:00  message  C-pip  ehcna-requested to nell by sms (agreed): suppressed, this person may not be told any more
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-pip t.adopted.177b579049e3.pip soon, C-pip t.m5de0d397271dfc652fc5c760 soon

at 2026-11-10 10:00
  contact.registered family/F-pip
    {contact: hugh, role: parent, name: Hugh Lane, parental_responsibility: true,
     channels: [email], addresses: {email: hugh@home.example}, agreed: {on: 2026-11-10, with: sam-okafor}}

at 2026-11-23 10:00
  ehcna.decision_to_assess case/C-pip

expect
  Thu 2026-11-05 09:00  alert    digest to sam-okafor by email (role): C-pip t.adopted.177b579049e3.pip late
  Thu 2026-11-05 09:00  alert    digest to helen-marsh by email (role): C-pip t.adopted.177b579049e3.pip late
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-pip t.m5de0d397271dfc652fc5c760 late
  Fri 2026-11-06 09:00  alert    digest to helen-marsh by email (role): C-pip t.m5de0d397271dfc652fc5c760 late
  Thu 2026-11-12 09:00  alert    digest to helen-marsh by email (role): C-pip t.adopted.177b579049e3.pip late
  Fri 2026-11-13 09:00  alert    digest to helen-marsh by email (role): C-pip t.m5de0d397271dfc652fc5c760 late
  Thu 2026-11-19 09:00  alert    digest to david-osei by email (role): C-pip t.adopted.177b579049e3.pip late
  Fri 2026-11-20 09:00  alert    digest to david-osei by email (role): C-pip t.m5de0d397271dfc652fc5c760 late
  Mon 2026-11-23 10:00  message  C-pip  ehcna-agreed to hugh by email (legal_form)
  Mon 2026-11-23 10:00  duty     C-pip  ehcna-decision met
