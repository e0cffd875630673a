# Parents apart, and one address that must not be used: each hears in their own safe way, or from a person
#
# Only email is safe for Ines. A neutral email cannot hold a notice, so a person tells her of the
# decision; no letter is ever written to her.

at 2026-11-02 09:00
  contact.registered family/F-tom
    {contact: ines, role: parent, name: Ines Costa, parental_responsibility: true,
     channels: [email, letter],
     addresses: {email: ines@new.example, letter: [Ines Costa, 8 Hidden Lane, Sheffield, S5 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor},
     safe: {channels: [email]}}
  contact.registered family/F-tom
    {contact: rui, role: parent, name: Rui Costa, parental_responsibility: true,
     channels: [letter], addresses: {letter: [Rui Costa, 3 Old Street, Sheffield, S2 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-tom
    {family: F-tom, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-tom

expect
  Mon 2026-11-02 09:00  duty     C-tom  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-tom  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-tom  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-tom  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-tom  ehcna-requested to ines by email (safety)
  Mon 2026-11-02 09:00  message  C-tom  ehcna-requested to rui by letter (agreed)

at 2026-11-23 10:00
  ehcna.decision_to_assess case/C-tom

expect
  Mon 2026-11-23 10:00  task     C-tom  t.mb69e612b864764cd10e97b7b for sam-okafor by Wednesday 25 November 2026: Tell ines in person: ehcna-agreed (the channels that are safe for this person)
  Mon 2026-11-23 10:00  message  C-tom  ehcna-agreed to rui by letter (legal_form)

# A person has told her: the decision has reached both.
at 2026-11-24 15:00
  task.completed case/C-tom
    {task: t.mb69e612b864764cd10e97b7b, outcome: reached, by: sam-okafor}

expect
  Tue 2026-11-24 09:00  alert    digest to sam-okafor by email (role): C-tom t.mb69e612b864764cd10e97b7b soon
  Tue 2026-11-24 15:00  task     C-tom  t.mb69e612b864764cd10e97b7b ended: reached
