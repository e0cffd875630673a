# One of two children is adopted: their mother hears nothing of that one any more, and of the other as ever

at 2026-11-02 09:00
  contact.registered family/F-ray
    {contact: pip, person: P-pip, role: young_person, name: Pip Ray, born: 2018-02-02}
  contact.registered family/F-ray
    {contact: joy, person: P-joy, role: young_person, name: Joy Ray, born: 2016-05-05}
  contact.registered family/F-ray
    {contact: nell, role: parent, name: Nell Ray, parental_responsibility: true,
     channels: [email], addresses: {email: nell@home.example}, agreed: {on: 2026-10-01, with: sam-okafor}}
  case.opened case/C-pip
    {family: F-ray, pathway: ehc-assessment, service: send, owner: sam-okafor, child: pip}
  case.opened case/C-joy
    {family: F-ray, pathway: ehc-assessment, service: send, owner: sam-okafor, child: joy}
  ehcna.requested case/C-pip

at 2026-11-02 20:00
  person.adopted person/P-pip
    person: P-pip
expect
  Mon 2026-11-02 09:00  duty     C-pip  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-pip  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-pip  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-pip  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-pip  ehcna-requested to nell by email (agreed)
  Mon 2026-11-02 20:00  task     C-pip  t.adopted.3436884e9f98.pip for sam-okafor by Wednesday 4 November 2026: One child of the family has been adopted. Nobody of before is told of them any more. Register the child and the new parents as a family of their own, and open their cases there: in this one the new parents would be told of the brothers and sisters
  Mon 2026-11-02 20:00  task     C-joy  t.adopted.3436884e9f98.pip for sam-okafor by Wednesday 4 November 2026: One child of the family has been adopted. Nobody of before is told of them any more. Register the child and the new parents as a family of their own, and open their cases there: in this one the new parents would be told of the brothers and sisters

at 2026-11-03 10:00
  ehcna.requested case/C-joy
  ehcna.decision_to_assess case/C-pip

until 2026-11-03 18:00
expect
  Tue 2026-11-03 09:00  alert    digest to sam-okafor by email (role): C-pip t.adopted.3436884e9f98.pip soon, C-joy t.adopted.3436884e9f98.pip soon
  Tue 2026-11-03 10:00  duty     C-joy  ehcna-decision scheduled, due Tuesday 15 December 2026
  Tue 2026-11-03 10:00  duty     C-joy  ehcna-plan-decision scheduled, due Tuesday 23 February 2027
  Tue 2026-11-03 10:00  duty     C-joy  plan-draft scheduled, due Tuesday 9 February 2027
  Tue 2026-11-03 10:00  duty     C-joy  plan-final scheduled, due Tuesday 23 March 2027
  Tue 2026-11-03 10:00  message  C-joy  ehcna-requested to nell by email (agreed)
  Tue 2026-11-03 10:00  task     C-pip  t.m6f0ceffdc795d2e045ec235a for sam-okafor by Thursday 5 November 2026: Nobody of the family may be told of ehcna-agreed: decide who is to hear it
