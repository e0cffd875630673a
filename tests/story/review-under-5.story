# A child under five: somebody thinks about a review at least every six months, or the family hears of it

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
  case.opened case/C-leo
    {family: F-leo, pathway: annual-review, service: send, owner: sam-okafor}
  annual_review.under_5_started case/C-leo
at 2027-03-01 09:00
  annual_review.under_5_considered case/C-leo
until 2027-03-01 12:00
expect
  Mon 2026-11-02 09:00  duty     C-leo  review-under-5 scheduled, due Saturday 1 May 2027
  Mon 2026-11-30 00:00  message  C-leo  keep-in-touch to dana by letter (agreed)
  Mon 2026-11-30 08:00  message  C-leo  keep-in-touch to marek by sms (agreed)
  Mon 2026-12-21 00:00  task     C-leo  t.keep.C-leo.2026-12-21 for sam-okafor by Wednesday 30 December 2026: The family has heard nothing new: write to them or call, and report it
  Mon 2026-12-21 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-21 soon
  Thu 2026-12-31 09:00  alert    digest to sam-okafor by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Thu 2026-12-31 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Fri 2027-01-08 09:00  alert    digest to helen-marsh by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Fri 2027-01-15 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Fri 2027-01-29 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Fri 2027-02-26 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Mon 2027-03-01 09:00  duty     C-leo  review-under-5 met
  Mon 2027-03-01 09:00  duty     C-leo  review-under-5 scheduled, due Tuesday 31 August 2027

# The next time it is forgotten.
until 2027-09-02 12:00
expect
  Tue 2027-03-30 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Tue 2027-04-27 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Wed 2027-05-26 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Thu 2027-06-24 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Thu 2027-07-22 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Tue 2027-08-03 00:00  duty     C-leo  review-under-5 warned, due Tuesday 31 August 2027
  Tue 2027-08-03 09:00  alert    digest to sam-okafor by email (role): C-leo.review-under-5.2 soon
  Mon 2027-08-16 09:00  alert    digest to sam-okafor by email (role): C-leo.review-under-5.2 soon
  Thu 2027-08-19 09:00  alert    digest to david-osei by email (role): C-leo t.keep.C-leo.2026-12-21 late
  Sat 2027-08-28 00:00  task     C-leo  t.method.dana.2027-08-28 for sam-okafor by Monday 13 September 2027: Agree with dana how they want to be told: channel, language, format, hours, and what is safe
  Sat 2027-08-28 00:00  task     C-leo  t.method.marek.2027-08-28 for sam-okafor by Monday 13 September 2027: Agree with marek how they want to be told: channel, language, format, hours, and what is safe
  Sat 2027-08-28 00:00  message  C-leo  method-review to dana by letter (agreed)
  Tue 2027-08-31 00:00  duty     C-leo  review-under-5 due today
  Tue 2027-08-31 08:00  message  C-leo  method-review to marek by sms (agreed)
  Tue 2027-08-31 09:00  alert    digest to sam-okafor by email (role): C-leo t.method.dana.2027-08-28 soon, C-leo t.method.marek.2027-08-28 soon
  Wed 2027-09-01 00:00  duty     C-leo  review-under-5 breached, was due Tuesday 31 August 2027
  Wed 2027-09-01 00:00  message  C-leo  duty-late to dana by letter (agreed)
  Wed 2027-09-01 08:00  message  C-leo  duty-late to marek by sms (agreed)
  Wed 2027-09-01 09:00  alert    digest to sam-okafor by email (role): C-leo.review-under-5.2 late
  Wed 2027-09-01 09:00  alert    digest to helen-marsh by email (role): C-leo.review-under-5.2 late
