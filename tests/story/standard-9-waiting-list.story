# MS9, a waiting list: word on joining and every twelve weeks; late, and who hears so


at 2026-11-02 09:00
  contact.registered family/F-leo
    {contact: dana, role: parent, name: Dana Hughes, parental_responsibility: true,
     channels: [email], addresses: {email: dana@home.example},
     agreed: {on: 2026-10-28, with: sam-okafor}}
  case.opened case/C-leo
    {family: F-leo, pathway: therapy, service: therapies, owner: tom-ellison}
  therapy.waiting_list_joined case/C-leo
    {expected_wait: about six months, meanwhile: Read together each day.}
at 2026-11-23 10:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about reading.}
at 2026-12-14 10:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about words.}
at 2027-01-06 10:00
  contact.made case/C-leo
    {with: [dana], how: call, summary: We talked about sounds.}
at 2027-01-25 10:00
  therapy.waiting_list_update case/C-leo
    {expected_wait: about three months, meanwhile: Sing together.}
until 2027-01-25 18:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  waiting-update scheduled, due Monday 25 January 2027
  Mon 2026-11-02 09:00  message  C-leo  therapy-joined to dana by email (agreed)
  Mon 2026-11-23 10:00  message  C-leo  contact-made to dana by email (agreed)
  Mon 2026-12-14 10:00  message  C-leo  contact-made to dana by email (agreed)
  Wed 2027-01-06 10:00  message  C-leo  contact-made to dana by email (agreed)
  Mon 2027-01-11 00:00  duty     C-leo  waiting-update warned, due Monday 25 January 2027
  Mon 2027-01-11 09:00  alert    digest to tom-ellison by email (role): C-leo.waiting-update soon
  Mon 2027-01-18 09:00  alert    digest to tom-ellison by email (role): C-leo.waiting-update soon
  Mon 2027-01-25 00:00  duty     C-leo  waiting-update due today
  Mon 2027-01-25 10:00  duty     C-leo  waiting-update met
  Mon 2027-01-25 10:00  duty     C-leo  waiting-update scheduled, due Monday 19 April 2027
  Mon 2027-01-25 10:00  message  C-leo  therapy-update to dana by email (agreed)

# Nobody calls and nobody writes.
until 2027-04-21 12:00
expect
  Mon 2027-02-22 08:00  message  C-leo  keep-in-touch to dana by email (agreed)
  Mon 2027-03-15 00:00  task     C-leo  t.keep.C-leo.2027-03-15 for tom-ellison by Monday 22 March 2027: The family has heard nothing new: write to them or call, and report it
  Mon 2027-03-15 09:00  alert    digest to tom-ellison by email (role): C-leo t.keep.C-leo.2027-03-15 soon
  Tue 2027-03-23 09:00  alert    digest to tom-ellison by email (role): C-leo t.keep.C-leo.2027-03-15 late
  Mon 2027-04-05 00:00  duty     C-leo  waiting-update warned, due Monday 19 April 2027
  Mon 2027-04-05 09:00  alert    digest to tom-ellison by email (role): C-leo.waiting-update.2 soon
  Thu 2027-04-08 09:00  alert    digest to therapies by email (role): C-leo t.keep.C-leo.2027-03-15 late
  Mon 2027-04-12 09:00  alert    digest to tom-ellison by email (role): C-leo.waiting-update.2 soon
  Mon 2027-04-19 00:00  duty     C-leo  waiting-update due today
  Tue 2027-04-20 00:00  duty     C-leo  waiting-update breached, was due Monday 19 April 2027
  Tue 2027-04-20 08:00  message  C-leo  duty-late to dana by email (agreed)
  Tue 2027-04-20 09:00  alert    digest to tom-ellison by email (role): C-leo.waiting-update.2 late
