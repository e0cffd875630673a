# A waiting list: told how long and what helps meanwhile, heard from every twelve weeks, offered a place

at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     format: large_print_18, channels: [letter],
     addresses: {letter: [Dana Hughes, 14 Birch Lane, Sheffield, S10 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  contact.registered family/F-leo
    {contact: marek, role: parent, name: Marek Nowak, parental_responsibility: true,
     channels: [sms],
     addresses: {sms: 07700 900123, letter: [Marek Nowak, Flat 3, 20 Mill Street, Sheffield, S3 9ZZ]},
     agreed: {on: 2026-08-28, with: sam-okafor}}
  party.registered family/F-leo
    {party: oakfield, role: school, name: Oakfield Primary School, channels: [email],
     addresses: {email: office@oakfield.example}}
  case.opened case/C-speech
    {family: F-leo, pathway: therapy, service: therapies, owner: grace-ajayi}
  therapy.waiting_list_joined case/C-speech
    {expected_wait: about 30 weeks, meanwhile: Speak slowly and wait for an answer.}
expect
  Mon 2026-11-02 09:00  duty     C-speech  waiting-update scheduled, due Monday 25 January 2027
  Mon 2026-11-02 09:00  message  C-speech  therapy-joined to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-speech  therapy-joined to marek by sms (agreed)
  Mon 2026-11-02 09:00  message  C-speech  party-therapy to oakfield by email (agreed)

# In time.
at 2027-01-20 09:00
  therapy.waiting_list_update case/C-speech
    {expected_wait: about 20 weeks, meanwhile: Speak slowly and wait for an answer.}
until 2027-01-20 12:00
expect
  Mon 2026-11-30 00:00  message  C-speech  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-speech  keep-in-touch to marek by sms (agreed)
  Mon 2026-12-21 00:00  task     C-speech  t.keep.C-speech.2026-12-21 for grace-ajayi by Wednesday 30 December 2026: The family has heard nothing new: write to them or call, and report it
  Mon 2026-12-21 09:00  alert    digest to grace-ajayi by email (role): C-speech t.keep.C-speech.2026-12-21 soon
  Thu 2026-12-31 09:00  alert    digest to grace-ajayi by email (role): C-speech t.keep.C-speech.2026-12-21 late
  Thu 2026-12-31 09:00  alert    digest to tom-ellison by email (role): C-speech t.keep.C-speech.2026-12-21 late
  Fri 2027-01-08 09:00  alert    digest to tom-ellison by email (role): C-speech t.keep.C-speech.2026-12-21 late
  Mon 2027-01-11 00:00  duty     C-speech  waiting-update warned, due Monday 25 January 2027
  Mon 2027-01-11 09:00  alert    digest to grace-ajayi by email (role): C-speech.waiting-update soon
  Fri 2027-01-15 09:00  alert    digest to therapies by email (role): C-speech t.keep.C-speech.2026-12-21 late
  Mon 2027-01-18 09:00  alert    digest to grace-ajayi by email (role): C-speech.waiting-update soon
  Wed 2027-01-20 09:00  duty     C-speech  waiting-update met
  Wed 2027-01-20 09:00  duty     C-speech  waiting-update scheduled, due Wednesday 14 April 2027
  Wed 2027-01-20 09:00  task     C-speech  t.keep.C-speech.2026-12-21 ended: needless
  Wed 2027-01-20 09:00  message  C-speech  therapy-update to dana by letter (agreed)
  Wed 2027-01-20 09:00  message  C-speech  therapy-update to marek by sms (agreed)

# Forgotten: the family hears that it is late.
until 2027-04-16 12:00
expect
  Wed 2027-02-17 00:00  message  C-speech  keep-in-touch to dana by letter (agreed)
  Wed 2027-02-17 08:00  message  C-speech  keep-in-touch to marek by sms (agreed)
  Wed 2027-03-10 00:00  task     C-speech  t.keep.C-speech.2027-03-10 for grace-ajayi by Wednesday 17 March 2027: The family has heard nothing new: write to them or call, and report it
  Wed 2027-03-10 09:00  alert    digest to grace-ajayi by email (role): C-speech t.keep.C-speech.2027-03-10 soon
  Thu 2027-03-18 09:00  alert    digest to grace-ajayi by email (role): C-speech t.keep.C-speech.2027-03-10 late
  Thu 2027-03-18 09:00  alert    digest to tom-ellison by email (role): C-speech t.keep.C-speech.2027-03-10 late
  Thu 2027-03-25 09:00  alert    digest to tom-ellison by email (role): C-speech t.keep.C-speech.2027-03-10 late
  Wed 2027-03-31 00:00  duty     C-speech  waiting-update warned, due Wednesday 14 April 2027
  Wed 2027-03-31 09:00  alert    digest to grace-ajayi by email (role): C-speech.waiting-update.2 soon
  Mon 2027-04-05 09:00  alert    digest to therapies by email (role): C-speech t.keep.C-speech.2027-03-10 late
  Wed 2027-04-07 09:00  alert    digest to grace-ajayi by email (role): C-speech.waiting-update.2 soon
  Wed 2027-04-14 00:00  duty     C-speech  waiting-update due today
  Thu 2027-04-15 00:00  duty     C-speech  waiting-update breached, was due Wednesday 14 April 2027
  Thu 2027-04-15 00:00  message  C-speech  duty-late to dana by letter (agreed)
  Thu 2027-04-15 08:00  message  C-speech  duty-late to marek by sms (agreed)
  Thu 2027-04-15 09:00  alert    digest to grace-ajayi by email (role): C-speech.waiting-update.2 late
  Thu 2027-04-15 09:00  alert    digest to tom-ellison by email (role): C-speech.waiting-update.2 late

at 2027-04-19 09:00
  therapy.offered case/C-speech
at 2027-05-04 10:00
  therapy.accepted case/C-speech
at 2027-05-04 15:00
  appointment.booked case/C-speech
    {when_on: 2027-05-25, at_time: two, place: Sample House}
until 2027-05-04 18:00
expect
  Mon 2027-04-19 09:00  alert    digest to therapies by email (role): C-speech t.keep.C-speech.2027-03-10 late
  Mon 2027-04-19 09:00  duty     C-speech  waiting-update met
  Mon 2027-04-19 09:00  duty     C-speech  therapy-reply scheduled, due Friday 7 May 2027
  Mon 2027-04-19 09:00  task     C-speech  t.keep.C-speech.2027-03-10 ended: needless
  Mon 2027-04-19 09:00  message  C-speech  therapy-offered to dana by letter (agreed), late
  Mon 2027-04-19 09:00  message  C-speech  therapy-offered to marek by sms (agreed), late
  Tue 2027-05-04 00:00  duty     C-speech  therapy-reply warned, due Friday 7 May 2027
  Tue 2027-05-04 00:00  message  C-speech  therapy-offered-reminder to dana by letter (agreed)
  Tue 2027-05-04 08:00  message  C-speech  therapy-offered-reminder to marek by sms (agreed)
  Tue 2027-05-04 09:00  alert    C-speech  therapy-no-answer-staff to grace-ajayi by email (role)
  Tue 2027-05-04 10:00  duty     C-speech  therapy-reply met
  Tue 2027-05-04 10:00  duty     C-speech  appointment-time scheduled, due Tuesday 18 May 2027
  Tue 2027-05-04 15:00  duty     C-speech  appointment-time met
  Tue 2027-05-04 15:00  duty     C-speech  appointment scheduled, due Tuesday 25 May 2027
  Tue 2027-05-04 15:00  message  C-speech  appointment-booked to dana by letter (agreed)
  Tue 2027-05-04 15:00  message  C-speech  appointment-booked to marek by sms (agreed)

# In another case the place is not wanted: the case ends.
at 2027-05-05 09:00
  case.opened case/C-other
    {family: F-leo, pathway: therapy, service: therapies, owner: grace-ajayi}
  therapy.offered case/C-other
at 2027-05-06 09:00
  therapy.declined case/C-other
until 2027-06-06 12:00
expect
  Wed 2027-05-05 09:00  duty     C-other  therapy-reply scheduled, due Sunday 23 May 2027
  Wed 2027-05-05 09:00  message  C-other  therapy-offered to dana by letter (agreed)
  Wed 2027-05-05 09:00  message  C-other  therapy-offered to marek by sms (agreed)
  Thu 2027-05-06 09:00  duty     C-other  therapy-reply met
  Tue 2027-05-18 00:00  duty     C-speech  appointment warned, due Tuesday 25 May 2027
  Tue 2027-05-18 00:00  message  C-speech  appointment-reminder to dana by letter (agreed)
  Tue 2027-05-18 08:00  message  C-speech  appointment-reminder to marek by sms (agreed)
  Mon 2027-05-24 00:00  message  C-speech  appointment-reminder to dana by letter (agreed)
  Mon 2027-05-24 08:00  message  C-speech  appointment-reminder to marek by sms (agreed)
  Tue 2027-05-25 00:00  duty     C-speech  appointment due today
  Tue 2027-05-25 09:00  alert    digest to grace-ajayi by email (role): C-speech.appointment due_today
  Wed 2027-05-26 00:00  duty     C-speech  appointment cancelled
  Wed 2027-06-02 00:00  message  C-speech  keep-in-touch to dana by letter (agreed)
  Wed 2027-06-02 08:00  message  C-speech  keep-in-touch to marek by sms (agreed)
