# A decision was entered for the wrong family: it is taken back there, whoever read it is asked to delete it, and the right family hears it
#
# The reason that the clerk wrote names the other child, so no message repeats it.

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [letter],
     addresses: {letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  contact.registered family/F-ada
    {contact: kim, role: parent, name: Kim Wood, parental_responsibility: true,
     channels: [email], addresses: {email: kim@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-ada
    {family: F-ada, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo
  ehcna.requested case/C-ada

until 2026-11-03 08:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by email (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)
  Mon 2026-11-02 09:00  duty     C-ada  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-ada  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-ada  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-ada  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-ada  ehcna-requested to kim by email (agreed)

at 2026-11-03 10:00
  ehcna.decision_to_assess case/C-leo as wrong

until 2026-11-03 12:00
expect
  Tue 2026-11-03 10:00  message  C-leo  ehcna-agreed to dana by email (legal_form)
  Tue 2026-11-03 10:00  message  C-leo  ehcna-agreed to marek by letter (legal_form)
  Tue 2026-11-03 10:00  message  C-leo  party-decision to oakfield by email (agreed)

at 2026-11-03 12:30
  event.withdrawn case/C-leo
    {event: wrong, reason: The decision was about Ada Wood., meant: C-ada}
  ehcna.decision_to_assess case/C-ada
    on: 2026-11-03

until 2026-11-09 09:00
expect
  Tue 2026-11-03 12:30  task     C-leo  t.wrong_family.f8908688adac for sam-okafor by Thursday 5 November 2026: What is about another family was told to dana, marek, oakfield: tell the data protection officer today, and ask each of them to delete it or send it back
  Tue 2026-11-03 12:30  message  C-leo  told-wrong-family to sam-okafor by email (role)
  Tue 2026-11-03 12:30  message  C-leo  told-wrong-family to helen-marsh by email (role)
  Tue 2026-11-03 12:30  message  C-leo  correction to dana by email (agreed)
  Tue 2026-11-03 12:30  message  C-leo  correction to marek by letter (agreed)
  Tue 2026-11-03 12:30  message  C-leo  party-correction to oakfield by email (agreed)
  Tue 2026-11-03 12:30  message  C-ada  ehcna-agreed to kim by email (legal_form)
  Tue 2026-11-03 12:30  duty     C-ada  ehcna-decision met
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-leo t.wrong_family.f8908688adac soon
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-leo t.wrong_family.f8908688adac late
  Fri 2026-11-06 09:00  alert    digest to helen-marsh by email (role): C-leo t.wrong_family.f8908688adac late
