# Someone who reads braille: the notice goes out as a letter, and a person brings it in braille

at 2026-11-02 09:00
  contact.registered family/F-ana
    {contact: ana, role: parent, name: Ana Silva, parental_responsibility: true, format: braille,
     channels: [email], addresses: {email: ana@home.example, letter: [Ana Silva, 9 Park View, Sheffield, S7 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-ana
    {family: F-ana, pathway: ehc-assessment, service: send, owner: sam-okafor}

at 2026-11-02 09:15
  ehcna.requested case/C-ana

expect
  Mon 2026-11-02 09:15  duty     C-ana  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-ana  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-ana  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-ana  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  task     C-ana  t.m75b13be8082d679533a59b1c for sam-okafor by Wednesday 4 November 2026: Tell ana in person: ehcna-requested (the format or language this person needs)

at 2026-11-23 10:00
  ehcna.decision_to_assess case/C-ana

expect
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-ana t.m75b13be8082d679533a59b1c soon
  Thu 2026-11-05 09:00  alert    digest to sam-okafor by email (role): C-ana t.m75b13be8082d679533a59b1c late
  Thu 2026-11-05 09:00  alert    digest to helen-marsh by email (role): C-ana t.m75b13be8082d679533a59b1c late
  Thu 2026-11-12 09:00  alert    digest to helen-marsh by email (role): C-ana t.m75b13be8082d679533a59b1c late
  Thu 2026-11-19 09:00  alert    digest to david-osei by email (role): C-ana t.m75b13be8082d679533a59b1c late
  Mon 2026-11-23 10:00  task     C-ana  t.format.m8cf9c919010a9fc791cef53a for sam-okafor by Wednesday 25 November 2026: Give ana the notice ehcna-agreed in the format they need
  Mon 2026-11-23 10:00  message  C-ana  ehcna-agreed to ana by letter (legal_form)
