# A visit with promises, a new caseworker, and a step that is excused

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
  ehcna.requested case/C-leo

expect
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-decision scheduled, due Monday 14 December 2026
  Mon 2026-11-02 09:00  duty     C-leo  ehcna-plan-decision scheduled, due Monday 22 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-draft scheduled, due Monday 8 February 2027
  Mon 2026-11-02 09:00  duty     C-leo  plan-final scheduled, due Monday 22 March 2027
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-leo  ehcna-requested to marek by sms (agreed)

# Only Dana was there; what was promised there is for both to know.
at 2026-11-05 16:00
  contact.made case/C-leo
    with: [dana]
    how: visit
    summary: We talked about what a needs assessment is.
    actions:
      - {action: send-leaflet, what: Send the leaflet about support, owner: {service: send, person: sam-okafor}, due: 2026-11-12}

expect
  Thu 2026-11-05 16:00  action   C-leo  send-leaflet scheduled, due Thursday 12 November 2026
  Thu 2026-11-05 16:00  message  C-leo  action-agreed to dana by letter (agreed)
  Thu 2026-11-05 16:00  message  C-leo  contact-made to dana by letter (agreed)

at 2026-11-09 10:00
  case.reassigned case/C-leo
    {owner: priya-nair, from: sam-okafor, reason: Sam moves to another team.}

expect
  Mon 2026-11-09 10:00  message  C-leo  case-reassigned to dana by letter (agreed)
  Mon 2026-11-09 10:00  message  C-leo  case-reassigned to marek by sms (agreed)

# Four weeks in which the child could not be seen.
at 2026-12-01 10:00
  duty.excused case/C-leo
    {duty: C-leo.ehcna-decision, ground: child away, from: 2026-11-20, to: 2026-12-18, evidence: email of 20 November, approved_by: helen-marsh}

until 2027-01-05 12:00
expect
  Thu 2026-11-12 00:00  action   C-leo  send-leaflet due today
  Thu 2026-11-12 09:00  alert    digest to sam-okafor by email (role): C-leo send-leaflet due_today
  Fri 2026-11-13 00:00  action   C-leo  send-leaflet breached, was due Thursday 12 November 2026
  Fri 2026-11-13 00:00  message  C-leo  action-late to dana by letter (agreed)
  Fri 2026-11-13 09:00  alert    digest to sam-okafor by email (role): C-leo send-leaflet late
  Fri 2026-11-20 09:00  alert    digest to helen-marsh by email (role): C-leo send-leaflet late
  Fri 2026-11-27 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Fri 2026-11-27 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Fri 2026-11-27 09:00  alert    C-leo  action-late-owner to david-osei by email (role)
  Mon 2026-11-30 00:00  duty     C-leo  ehcna-decision warned, due Monday 14 December 2026
  Mon 2026-11-30 09:00  alert    digest to priya-nair by email (role): C-leo.ehcna-decision soon
  Tue 2026-12-01 10:00  duty     C-leo  ehcna-decision excused
  Tue 2026-12-01 10:00  task     C-leo  t.excused.d5ab5b250c80 for priya-nair by Friday 18 December 2026: The family has no date for a step that was excused: see that it is done, and tell them by when
  Tue 2026-12-01 10:00  message  C-leo  duty-excused to dana by letter (agreed)
  Tue 2026-12-01 10:00  message  C-leo  duty-excused to marek by sms (agreed)
  Wed 2026-12-02 09:00  alert    digest to priya-nair by email (role): C-leo t.excused.d5ab5b250c80 soon
  Fri 2026-12-04 09:00  alert    C-leo  action-late-owner to ruth-lindley by email (role)
  Fri 2026-12-11 09:00  alert    digest to ruth-lindley by email (role): C-leo send-leaflet late
  Tue 2026-12-15 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Tue 2026-12-15 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Fri 2026-12-18 00:00  task     C-leo  t.keep.C-leo.2026-12-18 for priya-nair by Tuesday 29 December 2026: The family has heard nothing new: write to them or call, and report it
  Fri 2026-12-18 09:00  alert    digest to priya-nair by email (role): C-leo t.keep.C-leo.2026-12-18 soon
  Mon 2026-12-21 09:00  alert    digest to helen-marsh by email (role): C-leo t.excused.d5ab5b250c80 late
  Mon 2026-12-21 09:00  alert    digest to priya-nair by email (role): C-leo t.excused.d5ab5b250c80 late
  Tue 2026-12-29 09:00  alert    digest to helen-marsh by email (role): C-leo t.excused.d5ab5b250c80 late
  Tue 2026-12-29 09:00  alert    digest to ruth-lindley by email (role): C-leo send-leaflet late
  Wed 2026-12-30 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-12-18 late
  Wed 2026-12-30 09:00  alert    digest to priya-nair by email (role): C-leo t.keep.C-leo.2026-12-18 late
