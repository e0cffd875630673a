# A young person comes of age in the middle of a case: from the day after, she is told herself
#
# Zoe was born on 3 February 2011, so her rights are her own from the end of Friday 25 June 2027.
# A reminder that was decided for her father before that goes to her.

at 2027-06-07 09:00
  contact.registered family/F-zoe
    {contact: zoe, person: P-zoe, role: young_person, name: Zoe Blake, born: 2011-02-03,
     channels: [sms], addresses: {sms: 07700 900457, letter: [Zoe Blake, 3 Hill Road, Sheffield, S6 9ZZ]},
     agreed: {on: 2027-06-01, with: sam-okafor}}
  contact.registered family/F-zoe
    {contact: paul, role: parent, name: Paul Blake, parental_responsibility: true,
     channels: [email], addresses: {email: paul@home.example},
     agreed: {on: 2027-06-01, with: sam-okafor}}
  case.opened case/C-zoe
    {family: F-zoe, pathway: ehc-assessment, service: send, owner: sam-okafor}
  ehcna.requested case/C-zoe

expect
  Mon 2027-06-07 09:00  message  C-zoe  rights-upcoming to zoe by sms (agreed)
  Mon 2027-06-07 09:00  message  C-zoe  rights-upcoming to paul by email (agreed)
  Mon 2027-06-07 09:00  duty     C-zoe  ehcna-decision scheduled, due Monday 19 July 2027
  Mon 2027-06-07 09:00  duty     C-zoe  ehcna-plan-decision scheduled, due Monday 27 September 2027
  Mon 2027-06-07 09:00  duty     C-zoe  plan-draft scheduled, due Monday 13 September 2027
  Mon 2027-06-07 09:00  duty     C-zoe  plan-final scheduled, due Monday 25 October 2027
  Mon 2027-06-07 09:00  message  C-zoe  ehcna-requested to paul by email (agreed)

at 2027-06-21 10:00
  plan.draft_issued case/C-zoe

until 2027-06-25 23:59
expect
  Mon 2027-06-21 10:00  duty     C-zoe  ehcna-plan-decision cancelled
  Mon 2027-06-21 10:00  duty     C-zoe  plan-draft-reply scheduled, due Monday 5 July 2027
  Mon 2027-06-21 10:00  message  C-zoe  plan-draft to paul by email (legal_form)
  Mon 2027-06-21 10:00  duty     C-zoe  plan-draft met

until 2027-07-06 12:00
expect
  Mon 2027-06-28 00:00  duty     C-zoe  plan-draft-reply warned, due Monday 5 July 2027
  Mon 2027-06-28 08:00  message  C-zoe  rights-passed to zoe by sms (agreed)
  Mon 2027-06-28 08:00  message  C-zoe  rights-passed to paul by email (agreed)
  Mon 2027-06-28 08:00  message  C-zoe  plan-draft-reminder to zoe by sms (agreed)
  Mon 2027-07-05 00:00  duty     C-zoe  ehcna-decision warned, due Monday 19 July 2027
  Mon 2027-07-05 00:00  duty     C-zoe  plan-draft-reply due today
  Mon 2027-07-05 08:00  message  C-zoe  plan-draft-reminder to zoe by sms (agreed)
  Mon 2027-07-05 09:00  alert    digest to sam-okafor by email (role): C-zoe.plan-draft-reply due_today, C-zoe.ehcna-decision soon
  Tue 2027-07-06 00:00  duty     C-zoe  plan-draft-reply cancelled
