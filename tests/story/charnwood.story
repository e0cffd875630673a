# A victim who has moved: nobody is written to about her new address, neither she nor the one she fled
#
# In 2023 a council asked a woman by letter to confirm her new address, quoted it, and sent the letter
# to the home that she had left.

at 2026-11-02 09:00
  contact.registered family/F-joy
    {contact: anna, role: parent, name: Anna Reed, parental_responsibility: true,
     channels: [sms, letter],
     addresses: {sms: 07700 900201, letter: [Anna Reed, 5 Shared House, Sheffield, S4 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  contact.registered family/F-joy
    {contact: carl, role: parent, name: Carl Reed, parental_responsibility: true,
     channels: [letter], addresses: {letter: [Carl Reed, 5 Shared House, Sheffield, S4 9ZZ]},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-joy
    {family: F-joy, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-joy

expect
  Mon 2026-11-02 09:00  duty     C-joy  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-joy  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-joy  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-joy  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-joy  ehcna-requested to anna by sms (agreed)
  Mon 2026-11-02 09:00  message  C-joy  ehcna-requested to carl by letter (agreed)

# She leaves in the night. What was on its way to her by text goes as is safe, and a person makes sure.
at 2026-11-03 20:00
  action.agreed case/C-joy
    {action: call-school, what: Call the school, owner: {service: send, person: sam-okafor}, due: 2026-12-18}
  safe_contact.flagged family/F-joy
    {contact: anna, channels: [sms], hours: {wed: [["10:00", "12:00"]]}}

at 2026-11-03 20:05
  contact.updated family/F-joy
    {contact: anna,
     addresses: {sms: 07700 900202, letter: [Anna Reed, 9 New Road, Sheffield, S8 9ZZ]}}

until 2026-11-05 12:00
expect
  Tue 2026-11-03 20:00  action   C-joy  call-school scheduled, due Friday 18 December 2026
  Tue 2026-11-03 20:00  message  C-joy  action-agreed to carl by letter (agreed)
  Tue 2026-11-03 20:05  task     C-joy  t.changed.d5ab5b250c80.anna for sam-okafor by Thursday 5 November 2026: How to reach anna has changed: make sure in person, and safely, that it was they who said so
  Wed 2026-11-04 09:00  alert    digest to sam-okafor by email (role): C-joy t.changed.d5ab5b250c80.anna soon
  Wed 2026-11-04 10:00  message  C-joy  action-agreed to anna by sms (safety)

# The order against him: from now on he hears nothing at all.
at 2026-11-06 10:00
  court_order.added family/F-joy
    {contact: carl, effect: no_contact}
  ehcna.decision_to_assess case/C-joy

until 2026-11-09 12:00
expect
  Fri 2026-11-06 09:00  alert    digest to sam-okafor by email (role): C-joy t.changed.d5ab5b250c80.anna late
  Fri 2026-11-06 09:00  alert    digest to helen-marsh by email (role): C-joy t.changed.d5ab5b250c80.anna late
  Fri 2026-11-06 10:00  task     C-joy  t.mb506988f2ea81c54b48641ec for sam-okafor by Tuesday 10 November 2026: Tell anna in person: ehcna-agreed (the channels that are safe for this person)
  Mon 2026-11-09 09:00  alert    digest to sam-okafor by email (role): C-joy t.mb506988f2ea81c54b48641ec soon
