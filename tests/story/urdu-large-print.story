# A mother who reads Urdu and wants large print: a letter in English that counts, and somebody explains it

at 2026-11-02 09:00
  contact.registered family/F-sana
    {contact: sana, role: parent, name: Sana Malik, parental_responsibility: true, language: ur,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Sana Malik, 6 Abbey Road, Sheffield, S7 9ZX]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-sana
    {family: F-sana, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-sana

expect
  Mon 2026-11-02 09:00  duty     C-sana  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-sana  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-sana  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-sana  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  task     C-sana  t.language.mf1135f737ee1d1978596c2b2 for sam-okafor by Wednesday 4 November 2026: Have ehcna-requested explained to sana in their language (ur)
  Mon 2026-11-02 09:00  alert    digest to sam-okafor by email (role): C-sana t.language.mf1135f737ee1d1978596c2b2 soon
  Mon 2026-11-02 09:00  message  C-sana  ehcna-requested to sana by letter (agreed)

# One talk is for all that lies there: the second letter asks for no second one.
at 2026-11-03 10:00
  action.agreed case/C-sana
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}

expect
  Tue 2026-11-03 10:00  action   C-sana  call-school scheduled, due Friday 18 December 2026
  Tue 2026-11-03 10:00  message  C-sana  action-agreed to sana by letter (agreed)
