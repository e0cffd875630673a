# An appointment: told, reminded a week and a day before, moved, missed, made anew

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
  case.opened case/C-speech
    {family: F-leo, pathway: therapy, service: therapies, owner: grace-ajayi}
  appointment.booked case/C-speech
    {when_on: 2026-11-23, at_time: half past ten, place: Sample House, with_whom: Grace Ajayi}
until 2026-11-17 12:00
expect
  Mon 2026-11-02 09:00  duty     C-speech  appointment scheduled, due Monday 23 November 2026
  Mon 2026-11-02 09:00  message  C-speech  appointment-booked to dana by letter (agreed)
  Mon 2026-11-02 09:00  message  C-speech  appointment-booked to marek by sms (agreed)
  Mon 2026-11-16 00:00  duty     C-speech  appointment warned, due Monday 23 November 2026
  Mon 2026-11-16 00:00  message  C-speech  appointment-reminder to dana by letter (agreed)
  Mon 2026-11-16 08:00  message  C-speech  appointment-reminder to marek by sms (agreed)

# Moved: the reminder for the old day does not come, those for the new day do.
at 2026-11-18 09:00
  appointment.booked case/C-speech
    {when_on: 2026-12-07, at_time: nine, place: Sample House}
until 2026-12-07 12:00
expect
  Wed 2026-11-18 09:00  duty     C-speech  appointment cancelled
  Wed 2026-11-18 09:00  duty     C-speech  appointment scheduled, due Monday 7 December 2026
  Wed 2026-11-18 09:00  message  C-speech  appointment-booked to dana by letter (agreed)
  Wed 2026-11-18 09:00  message  C-speech  appointment-booked to marek by sms (agreed)
  Mon 2026-11-30 00:00  duty     C-speech  appointment warned, due Monday 7 December 2026
  Mon 2026-11-30 00:00  message  C-speech  appointment-reminder to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-speech  appointment-reminder to marek by sms (agreed)
  Fri 2026-12-04 00:00  message  C-speech  appointment-reminder to dana by letter (agreed)
  Fri 2026-12-04 08:00  message  C-speech  appointment-reminder to marek by sms (agreed)
  Mon 2026-12-07 00:00  duty     C-speech  appointment due today
  Mon 2026-12-07 09:00  alert    digest to grace-ajayi by email (role): C-speech.appointment.2 due_today

at 2026-12-07 15:00
  appointment.missed case/C-speech
at 2026-12-09 15:00
  appointment.booked case/C-speech
    {when_on: 2026-12-21, at_time: nine, place: Sample House}
at 2026-12-15 15:00
  appointment.cancelled case/C-speech
    reason: The therapist is ill.
until 2026-12-22 12:00
expect
  Mon 2026-12-07 15:00  duty     C-speech  appointment cancelled
  Mon 2026-12-07 15:00  duty     C-speech  appointment-rebook scheduled, due Friday 25 December 2026
  Mon 2026-12-07 15:00  message  C-speech  appointment-missed to dana by letter (agreed)
  Mon 2026-12-07 15:00  message  C-speech  appointment-missed to marek by sms (agreed)
  Mon 2026-12-07 15:03  alert    C-speech  appointment-missed-staff to grace-ajayi by email (role)
  Wed 2026-12-09 15:00  duty     C-speech  appointment-rebook met
  Wed 2026-12-09 15:00  duty     C-speech  appointment scheduled, due Monday 21 December 2026
  Wed 2026-12-09 15:00  message  C-speech  appointment-booked to dana by letter (agreed)
  Wed 2026-12-09 15:00  message  C-speech  appointment-booked to marek by sms (agreed)
  Mon 2026-12-14 00:00  duty     C-speech  appointment warned, due Monday 21 December 2026
  Mon 2026-12-14 00:00  message  C-speech  appointment-reminder to dana by letter (agreed)
  Mon 2026-12-14 08:00  message  C-speech  appointment-reminder to marek by sms (agreed)
  Tue 2026-12-15 15:00  duty     C-speech  appointment cancelled
  Tue 2026-12-15 15:00  duty     C-speech  appointment-time scheduled, due Thursday 31 December 2026
  Tue 2026-12-15 15:00  message  C-speech  appointment-cancelled to dana by letter (agreed)
  Tue 2026-12-15 15:00  message  C-speech  appointment-cancelled to marek by sms (agreed)
  Tue 2026-12-22 00:00  duty     C-speech  appointment-time warned, due Thursday 31 December 2026
  Tue 2026-12-22 09:00  alert    digest to grace-ajayi by email (role): C-speech.appointment-time soon

# Within the ten working days that the family was told.
at 2026-12-29 09:00
  appointment.booked case/C-speech
    {when_on: 2027-01-05, at_time: nine, place: Sample House}
at 2027-01-05 12:00
  appointment.kept case/C-speech
until 2027-01-06 12:00
expect
  Tue 2026-12-29 09:00  duty     C-speech  appointment-time met
  Tue 2026-12-29 09:00  duty     C-speech  appointment scheduled, due Tuesday 5 January 2027
  Tue 2026-12-29 09:00  message  C-speech  appointment-booked to dana by letter (agreed)
  Tue 2026-12-29 09:00  message  C-speech  appointment-booked to marek by sms (agreed)
  Mon 2027-01-04 00:00  duty     C-speech  appointment warned, due Tuesday 5 January 2027
  Mon 2027-01-04 00:00  message  C-speech  appointment-reminder to dana by letter (agreed)
  Mon 2027-01-04 08:00  message  C-speech  appointment-reminder to marek by sms (agreed)
  Tue 2027-01-05 00:00  duty     C-speech  appointment due today
  Tue 2027-01-05 09:00  alert    digest to grace-ajayi by email (role): C-speech.appointment.4 due_today
  Tue 2027-01-05 12:00  duty     C-speech  appointment met
