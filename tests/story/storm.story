# Many alerts for one manager at once come as one message, by cause, oldest first; few come one by one
#
# The service says that more than two within ten minutes are a storm; it has no daily list, so that nothing waits for one.

at 2026-11-02 09:00
  contact.registered family/F-a
    {contact: parent-a, role: parent, name: Parent A, parental_responsibility: true,
     channels: [email], addresses: {email: a@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-a
    {family: F-a, pathway: ehc-assessment, service: send, owner: sam-okafor}
  contact.registered family/F-b
    {contact: parent-b, role: parent, name: Parent B, parental_responsibility: true,
     channels: [email], addresses: {email: b@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-b
    {family: F-b, pathway: ehc-assessment, service: send, owner: sam-okafor}
  contact.registered family/F-c
    {contact: parent-c, role: parent, name: Parent C, parental_responsibility: true,
     channels: [email], addresses: {email: c@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-c
    {family: F-c, pathway: ehc-assessment, service: send, owner: sam-okafor}
  contact.registered family/F-d
    {contact: parent-d, role: parent, name: Parent D, parental_responsibility: true,
     channels: [email], addresses: {email: d@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-d
    {family: F-d, pathway: ehc-assessment, service: send, owner: sam-okafor}
change services.yaml
    from: "    digest: \"09:00\"\n"
    to: ""
change services.yaml
    from: "    storm: {alerts: 5, minutes: 2}\n"
    to: "    storm: {alerts: 2, minutes: 10}\n"

# Four decisions are due on one day, and nobody takes them.
at 2026-11-02 10:00
  ehcna.requested case/C-a
  ehcna.requested case/C-b
  ehcna.requested case/C-c
  ehcna.requested case/C-d

until 2026-12-14 18:00
expect
  Mon 2026-11-02 10:00  duty     C-a  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 10:00  duty     C-a  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 10:00  duty     C-a  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 10:00  duty     C-a  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 10:00  message  C-a  ehcna-requested to parent-a by email (agreed)
  Mon 2026-11-02 10:00  duty     C-b  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 10:00  duty     C-b  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 10:00  duty     C-b  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 10:00  duty     C-b  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 10:00  message  C-b  ehcna-requested to parent-b by email (agreed)
  Mon 2026-11-02 10:00  duty     C-c  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 10:00  duty     C-c  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 10:00  duty     C-c  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 10:00  duty     C-c  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 10:00  message  C-c  ehcna-requested to parent-c by email (agreed)
  Mon 2026-11-02 10:00  duty     C-d  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 10:00  duty     C-d  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 10:00  duty     C-d  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 10:00  duty     C-d  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 10:00  message  C-d  ehcna-requested to parent-d by email (agreed)
  Mon 2026-11-30 00:00  duty     C-a  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  duty     C-b  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  duty     C-c  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 00:00  duty     C-d  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 08:00  message  C-a  keep-in-touch to parent-a by email (agreed)
  Mon 2026-11-30 08:00  message  C-b  keep-in-touch to parent-b by email (agreed)
  Mon 2026-11-30 08:00  message  C-c  keep-in-touch to parent-c by email (agreed)
  Mon 2026-11-30 08:00  message  C-d  keep-in-touch to parent-d by email (agreed)
  Mon 2026-11-30 09:00  alert    storm to sam-okafor by email (role): C-a.ehcna-decision soon, C-b.ehcna-decision soon, C-c.ehcna-decision soon, C-d.ehcna-decision soon
  Mon 2026-12-07 09:00  alert    storm to sam-okafor by email (role): C-a.ehcna-decision soon, C-b.ehcna-decision soon, C-c.ehcna-decision soon, C-d.ehcna-decision soon
  Mon 2026-12-14 00:00  duty     C-a  ehcna-decision due today
  Mon 2026-12-14 00:00  duty     C-b  ehcna-decision due today
  Mon 2026-12-14 00:00  duty     C-c  ehcna-decision due today
  Mon 2026-12-14 00:00  duty     C-d  ehcna-decision due today

# One is decided in the night, before anybody could read of it.
at 2026-12-15 08:30
  ehcna.decision_to_assess case/C-b

until 2026-12-16 09:00
expect
  Tue 2026-12-15 00:00  duty     C-a  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  duty     C-b  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  duty     C-c  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 00:00  duty     C-d  ehcna-decision breached, was due Monday 14 December 2026
  Tue 2026-12-15 08:00  message  C-a  duty-late to parent-a by email (agreed)
  Tue 2026-12-15 08:00  message  C-b  duty-late to parent-b by email (agreed)
  Tue 2026-12-15 08:00  message  C-c  duty-late to parent-c by email (agreed)
  Tue 2026-12-15 08:00  message  C-d  duty-late to parent-d by email (agreed)
  Tue 2026-12-15 08:30  message  C-b  ehcna-agreed to parent-b by email (legal_form), late
  Tue 2026-12-15 08:30  duty     C-b  ehcna-decision met
  Tue 2026-12-15 09:00  alert    storm to sam-okafor by email (role): C-a.ehcna-decision late, C-c.ehcna-decision late, C-d.ehcna-decision late
  Tue 2026-12-15 09:00  alert    storm to helen-marsh by email (role): C-a.ehcna-decision late, C-c.ehcna-decision late, C-d.ehcna-decision late

# A talk of last week is reported: its family is told late, and the manager hears so, ten minutes later.
at 2026-12-16 10:00
  contact.made case/C-a
    {with: [parent-a], how: call, summary: We talked., on: 2026-12-08}

until 2026-12-17 09:00
expect
  Wed 2026-12-16 10:00  message  C-a  contact-made to parent-a by email (agreed)
  Wed 2026-12-16 10:11  alert    C-a  told-late to helen-marsh by email (role)

# The service reports a week's talks at once.
at 2026-12-17 10:00
  contact.made case/C-a
    {with: [parent-a], how: call, summary: We talked., on: 2026-12-09}
  contact.made case/C-c
    {with: [parent-c], how: call, summary: We talked., on: 2026-12-08}
  contact.made case/C-d
    {with: [parent-d], how: call, summary: We talked., on: 2026-12-09}

until 2026-12-18 12:00
expect
  Thu 2026-12-17 10:00  message  C-a  contact-made to parent-a by email (agreed)
  Thu 2026-12-17 10:00  message  C-c  contact-made to parent-c by email (agreed)
  Thu 2026-12-17 10:00  message  C-d  contact-made to parent-d by email (agreed)
  Thu 2026-12-17 10:10  alert    storm to helen-marsh by email (role): C-c news, C-a news, C-d news
