# Two cases in one family: told once who they are, written to about each

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
  case.opened case/C-leo
    {family: F-leo, pathway: ehc-assessment, service: send, owner: sam-okafor}
  contact.registered family/F-leo
    {contact: leo, person: P-leo, role: young_person, name: Leo Nowak, born: 2017-03-01}
  case.opened case/C-speech
    {family: F-leo, pathway: ehc-assessment, service: send, owner: priya-nair}

at 2026-11-02 09:15
  ehcna.requested case/C-leo

at 2026-11-03 09:15
  ehcna.requested case/C-speech

expect
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:15  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:15  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:15  message  C-leo  ehcna-requested to marek by sms (agreed)
  Tue 2026-11-03 09:15  duty     C-speech  ehcna-decision scheduled, due Tuesday 15 December 2026
  Tue 2026-11-03 09:15  duty     C-speech  ehcna-plan-decision scheduled, due Tuesday 23 February 2027
  Tue 2026-11-03 09:15  duty     C-speech  plan-draft scheduled, due Tuesday 9 February 2027
  Tue 2026-11-03 09:15  duty     C-speech  plan-final scheduled, due Tuesday 23 March 2027
  Tue 2026-11-03 09:15  message  C-speech  ehcna-requested to dana by letter (agreed)
  Tue 2026-11-03 09:15  message  C-speech  ehcna-requested to marek by sms (agreed)

# Closing one leaves the other alone.
at 2026-11-10 09:00
  case.closed case/C-leo
    outcome: withdrawn by the family

until 2026-12-16 12:00
expect
  Tue 2026-11-10 09:00  duty     C-leo  ehcna-decision cancelled
  Tue 2026-11-10 09:00  duty     C-leo  ehcna-plan-decision cancelled
  Tue 2026-11-10 09:00  duty     C-leo  plan-draft cancelled
  Tue 2026-11-10 09:00  duty     C-leo  plan-final cancelled
  Tue 2026-12-01 00:00  duty     C-speech  ehcna-decision warned, due Tuesday 15 December 2026
  Tue 2026-12-01 00:00  message  C-speech  keep-in-touch to dana by letter (agreed)
  Tue 2026-12-01 08:00  message  C-speech  keep-in-touch to marek by sms (agreed)
  Tue 2026-12-01 09:00  alert    digest to priya-nair by email (role): C-speech.ehcna-decision soon
  Tue 2026-12-08 09:00  alert    digest to priya-nair by email (role): C-speech.ehcna-decision soon
  Tue 2026-12-15 00:00  duty     C-speech  ehcna-decision due today
  Wed 2026-12-16 00:00  duty     C-speech  ehcna-decision breached, was due Tuesday 15 December 2026
  Wed 2026-12-16 00:00  message  C-speech  duty-late to dana by letter (agreed)
  Wed 2026-12-16 08:00  message  C-speech  duty-late to marek by sms (agreed)
  Wed 2026-12-16 09:00  alert    digest to priya-nair by email (role): C-speech.ehcna-decision late
  Wed 2026-12-16 09:00  alert    digest to helen-marsh by email (role): C-speech.ehcna-decision late
