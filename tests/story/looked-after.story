# A child in care: the social worker hears as a parent does, and letters go only where the child still lives

at 2026-11-02 09:00
  contact.registered family/F-dee
    {contact: dee, role: young_person, name: Dee Fox, born: 2015-04-04, looked_after: true}
  contact.registered family/F-dee
    {contact: ruth, role: parent, name: Ruth Fox, parental_responsibility: true,
     channels: [letter], addresses: {letter: [Ruth Fox, 1 Park Road, Sheffield, S2 9ZX]},
     agreed: {on: 2026-10-01, with: sam-okafor}}
  contact.registered family/F-dee
    {contact: worker, role: social_worker, name: Tess Grey, parental_responsibility: true,
     channels: [email], addresses: {email: tess.grey@sheffield.example},
     agreed: {on: 2026-10-01, with: sam-okafor}}
  contact.registered family/F-dee
    {contact: carers, role: foster_carer, name: Pat and Lou Bell,
     channels: [letter], addresses: {letter: [Pat and Lou Bell, 7 Meadow Way, Sheffield, S9 9ZX]},
     agreed: {on: 2026-10-01, with: sam-okafor}}
  case.opened case/C-dee
    {family: F-dee, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-dee

expect
  Mon 2026-11-02 09:00  duty     C-dee  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-dee  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-dee  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-dee  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-dee  ehcna-requested to ruth by letter (agreed)
  Mon 2026-11-02 09:00  message  C-dee  ehcna-requested to worker by email (agreed)
  Mon 2026-11-02 09:00  message  C-dee  ehcna-requested to carers by letter (agreed)

# Three weeks later nobody has said that the child still lives there.
at 2026-11-23 10:00
  ehcna.decision_to_assess case/C-dee

expect
  Mon 2026-11-23 10:00  task     C-dee  t.m11dc4ecff5a24d063581ae6b for sam-okafor by Wednesday 25 November 2026: Tell carers in person: ehcna-agreed (no channel is left that may be used)
  Mon 2026-11-23 10:00  task     C-dee  t.confirm.m11dc4ecff5a24d063581ae6b for sam-okafor by Wednesday 25 November 2026: Find out whether carers still lives at the address we have
  Mon 2026-11-23 10:00  message  C-dee  ehcna-agreed to ruth by letter (legal_form)
  Mon 2026-11-23 10:00  message  C-dee  ehcna-agreed to worker by email (legal_form)

at 2026-11-24 10:00
  contact.updated family/F-dee
    {contact: carers, confirmed: 2026-11-24}

expect
  Tue 2026-11-24 09:00  alert    digest to sam-okafor by email (role): C-dee t.confirm.m11dc4ecff5a24d063581ae6b soon, C-dee t.m11dc4ecff5a24d063581ae6b soon
  Tue 2026-11-24 10:00  task     C-dee  t.m11dc4ecff5a24d063581ae6b ended: needless
  Tue 2026-11-24 10:00  task     C-dee  t.confirm.m11dc4ecff5a24d063581ae6b ended: reached
  Tue 2026-11-24 10:00  message  C-dee  ehcna-agreed to carers by letter (legal_form)
