# A talk first: a bilingual worker calls, and that counts as the message; a notice comes in writing as well

at 2026-11-02 09:00
  contact.registered family/F-iva
    {contact: iva, role: parent, name: Iva Horvat, parental_responsibility: true, language: rom,
     oral_first: true, channels: [sms],
     addresses: {sms: 07700 900321, letter: [Iva Horvat, 2 Page Hall, Sheffield, S4 9ZX]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-iva
    {family: F-iva, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-iva

expect
  Mon 2026-11-02 09:00  duty     C-iva  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-iva  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-iva  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-iva  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  task     C-iva  t.ma8492f5032d6cc8de887562e for sam-okafor by Wednesday 4 November 2026: Tell iva in person: ehcna-requested (the format or language this person needs)
  Mon 2026-11-02 09:00  alert    digest to sam-okafor by email (role): C-iva t.ma8492f5032d6cc8de887562e soon

# Nobody was in: the same again, and then she is reached.
at 2026-11-03 10:00
  task.completed case/C-iva
    {task: t.ma8492f5032d6cc8de887562e, outcome: not_reached, by: sam-okafor}

expect
  Tue 2026-11-03 10:00  task     C-iva  t.ma8492f5032d6cc8de887562e ended: not_reached
  Tue 2026-11-03 10:00  task     C-iva  t.again.2b63e7bac8b2 for sam-okafor by Thursday 5 November 2026: Tell iva in person: ehcna-requested (the format or language this person needs)

at 2026-11-04 10:00
  task.completed case/C-iva
    {task: t.again.2b63e7bac8b2, outcome: reached, by: sam-okafor}

expect
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-iva t.again.2b63e7bac8b2 soon
  Wed 2026-11-04 10:00  task     C-iva  t.again.2b63e7bac8b2 ended: reached

at 2026-11-23 10:00
  ehcna.decision_to_assess case/C-iva

expect
  Mon 2026-11-23 10:00  task     C-iva  t.format.m3665dc70167ea3dbf73b9286 for sam-okafor by Wednesday 25 November 2026: Go through the notice ehcna-agreed with iva by word of mouth
  Mon 2026-11-23 10:00  message  C-iva  ehcna-agreed to iva by letter (legal_form)
  Mon 2026-11-23 10:00  message  C-iva  ehcna-agreed to iva by sms (prompt)
