# A refusal is a letter to each parent, never on a Friday afternoon, and the school hears it no earlier

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-10-29, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-leo

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-leo  party-requested to oakfield by email (agreed)

# A Friday at four: nobody could answer before Monday.
at 2026-12-04 16:00
  ehcna.refused case/C-leo
    reasons: We looked at the school's reports and at what the school can do itself.

until 2026-12-10 12:00
expect
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2026-11-30 09:00  alert    digest to sam-okafor by email (role): C-leo.ehcna-decision soon
  Fri 2026-12-04 16:00  duty     C-leo  ehcna-plan-decision cancelled
  Fri 2026-12-04 16:00  duty     C-leo  plan-draft cancelled
  Fri 2026-12-04 16:00  duty     C-leo  plan-final cancelled
  Fri 2026-12-04 16:00  duty     C-leo  appeal scheduled, due Monday 8 February 2027
  Fri 2026-12-04 16:00  task     C-leo  t.speak.cf4e7a7718ef for sam-okafor by Tuesday 8 December 2026: Speak to the family before they read it: a notice leaves when you say that you have tried, or on Monday 7 December 2026 at 12:00
  Fri 2026-12-04 16:03  alert    C-leo  speak-first to sam-okafor by email (role)
  Mon 2026-12-07 09:00  alert    digest to sam-okafor by email (role): C-leo t.speak.cf4e7a7718ef soon
  Mon 2026-12-07 12:00  task     C-leo  t.speak.cf4e7a7718ef ended: not_reached
  Mon 2026-12-07 12:00  message  C-leo  ehcna-refused to dana by letter (legal_form)
  Mon 2026-12-07 12:00  message  C-leo  ehcna-refused to marek by letter (legal_form)
  Mon 2026-12-07 12:00  message  C-leo  ehcna-refused to marek by sms (prompt)
  Mon 2026-12-07 12:00  message  C-leo  party-decision to oakfield by email (agreed)
  Mon 2026-12-07 12:03  alert    C-leo  speak-missed to helen-marsh by email (role)
  Wed 2026-12-09 00:00  duty     C-leo  ehcna-decision met
