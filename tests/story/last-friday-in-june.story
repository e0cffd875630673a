# The last Friday in June: until that day ends the decisions are her mother's, from the next they are hers
#
# Kim was born on 12 May 2011. Both hear beforehand, a year and three months; and on the day after.

at 2026-06-01 09:00
  contact.registered family/F-kim
    {contact: kim, person: P-kim, role: young_person, name: Kim Dale, born: 2011-05-12,
     channels: [email], addresses: {email: kim@own.example}, agreed: {on: 2026-05-01, with: sam-okafor}}
  contact.registered family/F-kim
    {contact: jo, role: parent, name: Jo Dale, parental_responsibility: true,
     channels: [email], addresses: {email: jo@home.example}, agreed: {on: 2026-05-01, with: sam-okafor}}
  case.opened case/C-kim
    {family: F-kim, pathway: ehc-assessment, service: send, owner: sam-okafor}

until 2026-06-30 12:00
expect
  Thu 2026-06-25 08:00  message  C-kim  rights-upcoming to kim by email (agreed)
  Thu 2026-06-25 08:00  message  C-kim  rights-upcoming to jo by email (agreed)
  Mon 2026-06-29 08:00  message  C-kim  keep-in-touch to jo by email (agreed)

until 2027-04-01 12:00
expect
  Mon 2026-07-20 00:00  task     C-kim  t.keep.C-kim.2026-07-20 for sam-okafor by Monday 27 July 2026: The family has heard nothing new: write to them or call, and report it
  Mon 2026-07-20 09:00  alert    digest to sam-okafor by email (role): C-kim t.keep.C-kim.2026-07-20 soon
  Tue 2026-07-28 09:00  alert    digest to sam-okafor by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Tue 2026-07-28 09:00  alert    digest to helen-marsh by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Tue 2026-08-04 09:00  alert    digest to helen-marsh by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Tue 2026-08-11 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Tue 2026-08-25 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Wed 2026-09-23 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Wed 2026-10-21 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Wed 2026-11-18 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Wed 2026-12-16 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Mon 2027-01-18 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Mon 2027-02-15 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Mon 2027-03-15 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Thu 2027-03-25 08:00  message  C-kim  rights-upcoming to kim by email (agreed)
  Thu 2027-03-25 08:00  message  C-kim  rights-upcoming to jo by email (agreed)

# Friday 25 June 2027 itself: still the mother's.
at 2027-06-25 11:00
  contact.made case/C-kim
    {with: [jo], how: phone, summary: We talked about the summer.}

until 2027-06-25 23:59
expect
  Wed 2027-04-14 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Sat 2027-05-01 00:00  task     C-kim  t.method.jo.2027-05-01 for sam-okafor by Monday 17 May 2027: Agree with jo how they want to be told: channel, language, format, hours, and what is safe
  Tue 2027-05-04 08:00  message  C-kim  method-review to jo by email (agreed)
  Tue 2027-05-04 09:00  alert    digest to sam-okafor by email (role): C-kim t.method.jo.2027-05-01 soon
  Thu 2027-05-13 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Tue 2027-05-18 09:00  alert    digest to sam-okafor by email (role): C-kim t.method.jo.2027-05-01 late
  Tue 2027-05-18 09:00  alert    digest to helen-marsh by email (role): C-kim t.method.jo.2027-05-01 late
  Tue 2027-05-25 09:00  alert    digest to helen-marsh by email (role): C-kim t.method.jo.2027-05-01 late
  Wed 2027-06-02 09:00  alert    digest to david-osei by email (role): C-kim t.method.jo.2027-05-01 late
  Fri 2027-06-11 09:00  alert    digest to david-osei by email (role): C-kim t.keep.C-kim.2026-07-20 late
  Wed 2027-06-16 09:00  alert    digest to david-osei by email (role): C-kim t.method.jo.2027-05-01 late
  Fri 2027-06-25 11:00  task     C-kim  t.keep.C-kim.2026-07-20 ended: needless
  Fri 2027-06-25 11:00  message  C-kim  contact-made to jo by email (agreed)

# Saturday: hers.
at 2027-06-26 11:00
  contact.made case/C-kim
    {with: [kim], how: phone, summary: We talked about the autumn.}

until 2027-06-28 12:00
expect
  Sat 2027-06-26 00:00  task     C-kim  t.method.kim.2027-06-26 for sam-okafor by Friday 9 July 2027: Agree with kim how they want to be told: channel, language, format, hours, and what is safe
  Mon 2027-06-28 08:00  message  C-kim  rights-passed to kim by email (agreed)
  Mon 2027-06-28 08:00  message  C-kim  rights-passed to jo by email (agreed)
  Mon 2027-06-28 08:00  message  C-kim  method-review to kim by email (agreed)
  Mon 2027-06-28 08:00  message  C-kim  contact-made to kim by email (agreed)
  Mon 2027-06-28 09:00  alert    digest to sam-okafor by email (role): C-kim t.method.kim.2027-06-26 soon

# She agrees that her mother has a copy.
at 2027-06-28 14:00
  consent.given family/F-kim
    {contact: jo, for: all, until: 2027-12-31}
  contact.made case/C-kim
    {with: [kim, jo], how: visit, summary: We talked about college.}

until 2027-06-28 15:00
expect
  Mon 2027-06-28 14:00  message  C-kim  contact-made to kim by email (agreed)
  Mon 2027-06-28 14:00  message  C-kim  contact-made to jo by email (agreed)
