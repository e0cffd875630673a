/*
 * Mistakes that people make in policy and configuration: each is found, once, with file and line.
 *
 * Each row changes one place of a copy of the shipped conf/ and says which line must be blamed, by a
 * text that stands in it.
 */
#include "setup/setup.h"

#include "copy.h"

#define REVIEW "pathways/annual-review.yaml"

struct mistake {
	const char *name;
	const char *file;      /* below conf/ */
	const char *from, *to; /* the change */
	const char *code;      /* what is found */
	const char *at;        /* a text in the line that is blamed; NULL: the file as a whole */
	const char *says;      /* stands in the message; NULL: anything may */
	bool warning;
};

static const struct mistake mistakes[] = {
	/* --- a pathway --- */
	{ "a mistyped key is named with the key that was meant", PATHWAY, "    due: 6 weeks",
	  "    due: 6 weeks\n    verifyed: yes", "unknown_key", "verifyed", "'verified'", false },
	{ "a duration that is none is found", PATHWAY, "due: 6 weeks", "due: 6 fortnights",
	  "bad_duration", "6 fortnights", NULL, false },
	{ "a clock of no length is found", PATHWAY, "due: 6 weeks", "due: 0 weeks", "bad_duration",
	  "0 weeks", NULL, false },
	{ "school days in a calendar without terms are found", PATHWAY, "due: 6 weeks",
	  "due: 30 school days", "no_terms", "  ehcna-decision:", "england-and-wales", false },
	{ "a warning that is no count is found", STANDARDS, "[10 working days",
	  "[before 15 February", "bad_duration", "before 15 February", "a number and a unit",
	  false },
	{ "a negative duration is found", PATHWAY, "due: 6 weeks", "due: -6 weeks", "bad_duration",
	  "-6 weeks", NULL, false },
	{ "an event that starts an unknown duty is found", PATHWAY,
	  "starts: [ehcna-decision, ehcna-plan-decision, plan-draft, plan-final]",
	  "starts: [ehcna-decision, ehcna-plan-decision,\n      plan-drift, plan-final, plan-draft]",
	  "unknown_duty", "plan-drift", "'plan-draft'", false },
	{ "a notice that meets an unknown duty is found", PATHWAY, "meets: plan-final",
	  "meets: plan-finals", "unknown_duty", "plan-finals", "'plan-final'", false },
	{ "a next step with an unknown date is found", PATHWAY, "by: ehcna-decision",
	  "by: ehcna-decisions", "unknown_duty", "ehcna-decisions", NULL, false },
	{ "a duty that nothing can meet is found", PATHWAY, "        meets: ehcna-plan-decision\n",
	  "", "duty_never_met", "  ehcna-plan-decision:", NULL, false },
	{ "a duty that nothing starts is doubted", PATHWAY, "starts: [plan-draft-reply]",
	  "starts: []", "duty_never_starts", "  plan-draft-reply:", NULL, true },
	{ "an audience that does not exist is found", PATHWAY, "- tell: family", "- tell: famly",
	  "unknown_audience", "famly", "family", false },
	{ "telling nobody is found", PATHWAY, "- tell: family", "- tell: []", "empty", "- tell: []",
	  NULL, false },
	{ "telling the owner of an action where there is none is found", PATHWAY, "- tell: family",
	  "- tell: action_owner", "audience_not_here", "action_owner", NULL, false },
	{ "a grade that does not exist is found", PATHWAY, "grade: reminder", "grade: nudge",
	  "unknown_grade", "nudge", NULL, false },
	{ "an unless that names nothing is found", PATHWAY, "unless: school-reply",
	  "unless: school-replay", "unknown_unless", "school-replay", "'school-reply'", false },
	{ "an unless without a wait is found", PATHWAY, "        after: 10 days\n", "",
	  "unless_at_once", "- tell: school\n        template: party-consulted-reminder", NULL,
	  false },
	{ "an informal message that would meet a duty is found", PATHWAY,
	  "grade: formal\n        meets: ehcna-decision",
	  "grade: information\n        meets: ehcna-decision", "meets_informal",
	  "- tell: family\n        template: ehcna-agreed", NULL, false },
	{ "an event of the engine in a pathway never comes", PATHWAY, "  plan.final_issued:",
	  "  case.closed:", "kind_never_comes", "  case.closed:", NULL, false },
	{ "an event that only Candour may say never comes", PATHWAY, "  plan.final_issued:",
	  "  message.sent:", "kind_never_comes", "  message.sent:", NULL, false },
	{ "an event type without a dot is found", PATHWAY, "  plan.final_issued:",
	  "  PlanFinalIssued:", "bad_event_type", "PlanFinalIssued", NULL, false },
	{ "an unknown calendar is found", PATHWAY, "calendar: england-and-wales",
	  "calendar: england-and-whales", "unknown_calendar", "england-and-whales",
	  "'england-and-wales'", false },
	{ "an unknown pathway to take along is found", PATHWAY, "with: [enquiries",
	  "with: [inquiries", "unknown_pathway", "with: [inquiries", "'enquiries'", false },
	{ "an event that stands in both pathways is found", PATHWAY, "  advice.received:",
	  "  appointment.kept:", "declared_twice", "with: [", "appointment.kept", false },
	{ "a day that no event is sure to name is found", REVIEW, "    counted_from: meeting_on",
	  "    counted_from: met_on", "no_day_field", "  review-meeting:", "met_on", false },
	{ "a duty counted from a day and before it is found", REVIEW, "    before: meeting_on",
	  "    before: meeting_on\n    counted_from: meeting_on", "two_days",
	  "    counted_from: meeting_on", NULL, false },
	{ "a duty that tells who asked where nobody asked is found", REVIEW,
	  "- tell: family\n        template: others-late",
	  "- tell: contacts\n        template: others-late", "audience_not_here",
	  "- tell: contacts\n        template: others-late", "contacts", false },
	{ "a duty without a version is found", PATHWAY, "\nduties:\n", "\nduties:\n  nothing: []\n",
	  "empty", "  nothing: []", "'nothing'", false },
	{ "a duty without a source and without a standard is found", PATHWAY,
	  "    source: Sheffield minimum standard, as proposed\n", "", "missing_key",
	  "  plan-draft:", "'source'", false },
	{ "an unknown service is found", PATHWAY, "service: send", "service: sent",
	  "unknown_service", "service: sent", "'send'", false },
	{ "a duty owned by a role that the service does not have is found", PATHWAY, "due: 6 weeks",
	  "due: 6 weeks\n    owner: team_manger", "unknown_owner", "team_manger", "'team_manager'",
	  false },
	{ "a statutory clock that may be paused is refused", PATHWAY, "due: 6 weeks",
	  "due: 6 weeks\n    pausable: yes", "statutory_paused", "pausable", NULL, false },
	{ "a clock of days that may be paused is found", PATHWAY, "due: 14 weeks",
	  "due: 14 weeks\n    pausable: yes", "pause_of_days", "  plan-draft:", "working days",
	  false },
	{ "a ladder that does not exist is found", PATHWAY, "due: 14 weeks",
	  "due: 14 weeks\n    ladder: usuall", "unknown_ladder", "usuall", "'usual'", false },
	{ "a missed date that is foreseen and told to nobody is found", PATHWAY, "due: 14 weeks",
	  "due: 14 weeks\n    foreseen: {before: 5 working days, unless: plan.draft_issued}\n"
	  "    on_foreseen: []",
	  "foreseen_silent", "  plan-draft:", NULL, false },
	{ "speaking first of good news is found", PATHWAY, "template: ehcna-agreed",
	  "template: ehcna-agreed\n        speak_first: 4 working hours", "speak_first_of_what",
	  "- tell: family\n        template: ehcna-agreed", NULL, false },
	{ "a warning before the clock starts is found", PATHWAY, "due: 6 weeks",
	  "due: 6 weeks\n    warnings: [2 months]", "warning_too_long", "  ehcna-decision:", NULL,
	  false },
	{ "a limit that runs from no day of a notice is found", PATHWAY, "runs_from: served",
	  "runs_from: written", "unknown_word", "runs_from: written", NULL, false },
	{ "what is not the family's own runs from no notice", PATHWAY, "    due: 6 weeks",
	  "    due: 6 weeks\n    runs_from: sent", "runs_from_notice", "  ehcna-decision:", NULL,
	  false },
	{ "of the family's own there is one at a time", PATHWAY, "    by_family: yes",
	  "    by_family: yes\n    each: yes", "each_by_family", "  plan-draft-reply:", NULL,
	  false },
	{ "the family's own limit cannot be breached by us", PATHWAY, "    by_family: yes",
	  "    by_family: yes\n    on_breached: [{tell: owner, template: t, grade: alert}]",
	  "by_family_breached", "  plan-draft-reply:", NULL, false },
	{ "a rule that ends before it begins is found", PATHWAY, "valid_from: 2025-09-01",
	  "valid_from: 2025-09-01\n    valid_to: 2025-08-31", "valid_to_before_from",
	  "  plan-draft:", NULL, false },
	{ "a day that is not in the calendar is found", PATHWAY, "valid_from: 2025-09-01",
	  "valid_from: 2025-02-29", "not_a_date", "2025-02-29", NULL, false },
	{ "a field of an unknown type is found", PATHWAY, "{type: enclosures, required: no}",
	  "{type: files, required: no}", "unknown_field_type", "type: files", NULL, false },
	{ "a field that every event has already is found", PATHWAY, "reasons: {type: text",
	  "by: {type: text", "bad_field", "by: {type: text", NULL, false },
	{ "an event that implies one that never comes is found", PATHWAY,
	  "implies: [plan.draft_issued]", "implies: [plan.draft_isued]", "unknown_unless",
	  "implies: [plan.draft_isued]", NULL, false },
	{ "a saying within no standard is found", PATHWAY, "within: MS3", "within: 1 working day",
	  "unknown_standard", "within: 1 working day", NULL, false },
	{ "a rule that nobody has verified is doubted", PATHWAY, "    verified: yes",
	  "    verified: no", "not_verified", "  ehcna-decision:", NULL, true },
	{ "a key that stands twice is found", PATHWAY, "stage: Assessing",
	  "stage: Assessing\n    stage: Waiting", "yaml_duplicate_key", "stage: Waiting", NULL,
	  false },
	{ "an anchor is found", PATHWAY, "stage: Assessing", "stage: &s Assessing", "yaml_anchor",
	  "&s Assessing", NULL, false },
	{ "a list where a value should be is found", PATHWAY, "stage: Assessing",
	  "stage: [Assessing]", "wrong_type", "[Assessing]", NULL, false },

	/* --- calendars --- */
	{ "hours of a date that overlap are found", CALENDAR, "complete_until: 2027-12-31",
	  "complete_until: 2027-12-31\nexceptions:\n  2026-12-24: [[\"09:00\", \"12:00\"], "
	  "[\"11:00\", \"13:00\"]]\n",
	  "bad_hours", "2026-12-24:", NULL, false },
	{ "a day of every year that is none is found", CALENDAR, "complete_until: 2027-12-31",
	  "complete_until: 2027-12-31\nyearly: [12-25, 02-30]", "not_a_date", "yearly", "12-25",
	  false },
	{ "terms that overlap are found", CALENDAR, "complete_until: 2027-12-31",
	  "complete_until: 2027-12-31\nterms:\n  - [2026-09-01, 2026-12-18]\n"
	  "  - [2026-12-18, 2027-03-19]",
	  "bad_term", "2027-03-19", NULL, false },
	{ "a break on no date is found", CALENDAR, "complete_until: 2027-12-31",
	  "complete_until: 2027-12-31\nbreaks:\n  monday: [[\"12:00\", \"13:00\"]]\n", "not_a_date",
	  "monday", NULL, false },
	{ "a calendar that is never open is found", CALENDAR,
	  "week:\n  mon: [[\"09:00\", \"17:00\"]]\n  tue: [[\"09:00\", \"17:00\"]]\n  wed: "
	  "[[\"09:00\", \"17:00\"]]\n  thu: [[\"09:00\", \"17:00\"]]\n  fri: [[\"09:00\", "
	  "\"17:00\"]]\n",
	  "week:\n  mon: []\n", "never_open", "week:", NULL, false },
	{ "hours that end before they begin are found", CALENDAR, "mon: [[\"09:00\", \"17:00\"]]",
	  "mon: [[\"17:00\", \"09:00\"]]", "bad_hours", "mon:", NULL, false },
	{ "a time of day that does not exist is found", CALENDAR, "mon: [[\"09:00\", \"17:00\"]]",
	  "mon: [[\"09:00\", \"25:00\"]]", "bad_hours", "mon:", NULL, false },
	{ "an unknown day of the week is found", CALENDAR, "mon: [[\"09:00\"",
	  "monday: [[\"09:00\"", "unknown_key", "monday:", NULL, false },
	{ "an unknown time zone is found", CALENDAR, "Europe/London", "Europe/Sheffield",
	  "unknown_zone", "Sheffield", NULL, false },
	{ "a missing file of holidays is found", CALENDAR, "[bank-holidays.json]",
	  "[bank-holidays-2028.json]", "unreadable_file", "2028", NULL, false },
	{ "holidays that end before the calendar says are found", CALENDAR,
	  "complete_until: 2027-12-31", "complete_until: 2028-12-31", "holidays_missing",
	  "complete_until", "2028", false },
	{ "a calendar whose holidays are all past is doubted", CALENDAR,
	  "complete_until: 2027-12-31", "complete_until: 2025-12-31", "holidays_old",
	  "complete_until", NULL, true },
	{ "a holiday that is no date is found", HOLIDAYS, "2026-04-03", "3 April 2026",
	  "not_a_date", "3 April", NULL, false },
	{ "a part of the kingdom without holidays is found", HOLIDAYS, "  \"england-and-wales\": {",
	  "  \"scotland\": {", "no_holidays", "{", NULL, false },

	/* --- people --- */
	{ "an empty mailbox of last resort is found", SERVICES,
	  "email: send-team@sheffield.example", "email:", "empty", "    email:\n", NULL, false },
	{ "a service without a mailbox of last resort is found", SERVICES,
	  "    email: send-team@sheffield.example\n", "", "missing_key", "  send:", "'email'",
	  false },
	{ "an authority without a mailbox of last resort is found", AUTHORITY,
	  "\nemail: send@sheffield.example\n", "\n", "missing_key", "# Who we are", "'email'",
	  false },
	{ "a role that is held by nobody of the service is found", SERVICES,
	  "team_manager: helen-marsh", "team_manager: helen-march", "unknown_person", "helen-march",
	  "'helen-marsh'", false },
	{ "a service without a team manager is doubted", SERVICES,
	  "      team_manager: helen-marsh\n", "", "no_manager", "  send:", NULL, true },
	{ "a person in two services is found", SERVICES, "      tom-ellison:\n",
	  "      sam-okafor: {name: S, job: J, email: s@council.example, phone: 999}\n"
	  "      tom-ellison:\n",
	  "named_twice", "  therapies:", NULL, false },
	{ "an email address that is none is found", SERVICES, "sam.okafor@sheffield.example",
	  "sam.okafor", "not_an_email", "sam.okafor", NULL, false },
	{ "a mediation adviser without a phone number is found", AUTHORITY,
	  "  phone: 0114 496 0300\n", "", "missing_key", "mediation:", "'phone'", false },
	{ "a body that a formal notice must name and that is missing is found", AUTHORITY,
	  "disagreement:\n  name: Peak Disagreement Resolution\n  phone: 0114 496 0310\n  email: "
	  "resolution@peak.example\n  url: https://resolution.peak.example\n",
	  "", "missing_key", "# Who we are", "'disagreement'", false },
	{ "a sender of text messages that is too long is found", AUTHORITY, "short_name: Sheffield",
	  "short_name: Sheffield City", "bad_sender", "Sheffield City\n", NULL, false },
	{ "an address of two lines is found", AUTHORITY, "  - SEND Service\n  - 1 Example Square\n",
	  "", "bad_address", "address:", NULL, false },
	{ "a web address that is not safe is found", AUTHORITY,
	  "url: https://mediation.peak.example", "url: http://mediation.peak.example", "not_a_url",
	  "http://mediation", NULL, false },
	{ "hours of a day without an end are found", AUTHORITY, "mon: [[\"08:00\", \"18:00\"]]",
	  "mon: [[\"08:00\"]]", "bad_hours", "mon: [[\"08:00\"]]", NULL, false },
	{ "a logo that is no picture is found", AUTHORITY, "phone: 0114 496 0100\nemail",
	  "phone: 0114 496 0100\nlogo: services.yaml\nemail", "bad_logo", "logo: services.yaml",
	  NULL, false },
	{ "the authority's unknown calendar is found", AUTHORITY, "calendar: england-and-wales",
	  "calendar: office", "unknown_calendar", "calendar: office", NULL, false },

	{ "services that are no YAML are found, and their absence is blamed on nobody else",
	  SERVICES, "services:", "services: [", "yaml_syntax", NULL, NULL, false },

	/* --- standards --- */
	{ "a standard for an event that never comes is found", STANDARDS, "  case.reassigned:",
	  "  case.reasigned:", "kind_never_comes", "case.reasigned", "'case.reassigned'", false },
	{ "a standard for an event about no family is found", STANDARDS,
	  "  case.reassigned:", "  worker.away:", "kind_never_comes", "worker.away", NULL, false },
	{ "a rung for a role that nobody has anywhere is found", STANDARDS,
	  "- tell: head_of_service", "- tell: head_of_servise", "unknown_role", "head_of_servise",
	  "'head_of_service'", false },
	{ "an urgent rung that would wait for the digest is found", STANDARDS,
	  "      - tell: head_of_service\n        template: action-late-owner\n",
	  "      - tell: head_of_service\n        template: action-late-owner\n        grade: urgent\n"
	  "        digest: yes\n",
	  "digest_for_whom", "      - tell: head_of_service\n        template: action-late-owner",
	  NULL, false },
	{ "a ladder that may be acknowledged for ever is found", STANDARDS,
	  "    acknowledge: 10 working days\n", "", "missing_key", "  usual:", "'acknowledge'",
	  false },
	{ "an interval that is no count is found", STANDARDS, "repeat: 5 working days",
	  "repeat: before 15 February", "bad_duration", "before 15 February", "a number and a unit",
	  false },
	{ "a message to a family that would wait for a digest is found", STANDARDS,
	  "template: duty-late\n", "template: duty-late\n      digest: yes\n", "digest_for_whom",
	  "- tell: family\n      template: duty-late", NULL, false },
	{ "keeping in touch by a notice is found", STANDARDS,
	  "template: keep-in-touch\n      grade: information",
	  "template: keep-in-touch\n      grade: formal", "keep_informal",
	  "- tell: family\n      template: keep-in-touch", NULL, false },
	{ "a common duty that nothing ends is found", STANDARDS, "meets: [answer]", "meets: []",
	  "duty_never_met", "  answer:", NULL, false },
	{ "a deputy who is nobody here is found", SERVICES, "deputy: priya-nair",
	  "deputy: priya-nayr", "unknown_deputy", "deputy: priya-nayr", "'priya-nair'", false },
	{ "an unknown list of an action is found", STANDARDS, "  on_completed:", "  on_complete:",
	  "unknown_key", "on_complete:", "'on_completed'", false },

	/* --- the configuration --- */
	{ "an unknown setting is named with the one that was meant", CONFIG, "  socket: /run",
	  "  sockit: /run", "unknown_key", "sockit", "'socket'", false },
	{ "an unknown group of settings is found", CONFIG, "letter:", "letters:", "unknown_key",
	  "letters:", "'letter'", false },
	{ "a mail server that is nowhere is found", CONFIG, "transport: file\n",
	  "transport: libesmtp\n", "missing_key", "  transport: libesmtp", "'email.host'", false },
	{ "a password that would leave in the clear is found", CONFIG,
	  "transport: file\n  dir: /var/lib/candour/mail",
	  "transport: libesmtp\n  host: mail.example\n  tls: optional\n  username: candour\n"
	  "  password_file: authority.yaml",
	  "password_in_the_clear", "tls: optional", "required", false },
	{ "a user without a password is found", CONFIG,
	  "transport: file\n  dir: /var/lib/candour/mail",
	  "transport: libesmtp\n  host: mail.example\n  username: candour", "missing_key",
	  "username: candour", "password_file", false },
	{ "a token for libesmtp is found", CONFIG, "transport: file\n  dir: /var/lib/candour/mail",
	  "transport: libesmtp\n  host: mail.example\n  auth: oauth", "not_of_this_transport",
	  "auth: oauth", "curl", false },
	{ "TLS from the first byte for libesmtp is found", CONFIG,
	  "transport: file\n  dir: /var/lib/candour/mail",
	  "transport: libesmtp\n  host: mail.example\n  port: 465", "not_of_this_transport",
	  "port: 465", "curl", false },
	{ "unsubscribing where nobody is safe is found", CONFIG,
	  "transport: file\n  dir: /var/lib/candour/mail",
	  "transport: libesmtp\n  host: mail.example\n  unsubscribe: http://x.example/",
	  "bad_value", "unsubscribe:", "https://", false },
	{ "a cut-off that is no time of day is found", CONFIG, "# cut_off: \"17:30\"",
	  "cut_off: half past five", "bad_value", "cut_off: half", "17:30", false },
	{ "a day of printing that is no day is found", CONFIG, "# print_days: mon tue wed thu fri",
	  "print_days: mon tues", "bad_value", "print_days: mon", "tue", false },
	{ "a folder of letters that go to a provider is found", CONFIG,
	  "transport: file\n  dir: /var/lib/candour/letters",
	  "transport: notify\n  dir: /var/lib/candour/letters", "not_of_this_transport",
	  "dir: /var/lib/candour/letters", "'spool'", false },
	{ "a provider's window that is not where its envelope has it is found", CONFIG,
	  "transport: file\n  dir: /var/lib/candour/letters",
	  "transport: notify\n  profile: local_dl", "not_of_this_transport", "profile: local_dl",
	  "notify_c5", false },
	{ "an address of a provider of letters that are put into a folder is found", CONFIG,
	  "dir: /var/lib/candour/letters",
	  "dir: /var/lib/candour/letters\n  url: https://x.example", "not_of_this_transport",
	  "url: https://x.example", "'notify'", false },
	{ "a transport that nobody has is found", CONFIG, "transport: file", "transport: pigeon",
	  "unknown_word", "pigeon", "libesmtp", false },
	{ "asking for TLS that is not there is found", CONFIG, "# tls: off", "tls: on",
	  "not_in_this_build", "tls: on", "stunnel", false },
	{ "waiting for replicas is not in this build", CONFIG, "# wait_replicas: 0",
	  "wait_replicas: 1", "not_in_this_build", "wait_replicas: 1", NULL, false },
	{ "asking Sentinel is not in this build", CONFIG, "# sentinel:", "sentinel: redis-1:26379",
	  "not_in_this_build", "sentinel: redis-1", NULL, false },
	{ "HTTP is not for other machines", CONFIG, "# http:\n#   listen: 127.0.0.1:9180",
	  "http:\n   listen: 0.0.0.0:9180", "bad_value", "listen: 0.0.0.0", NULL, false },
	{ "receipts that no provider knows where to send are found", CONFIG,
	  "# http:\n#   listen: 127.0.0.1:9180", "receipts:\n   listen: 127.0.0.1:9181",
	  "missing_key", "\n   listen: 127", "receipts.url", false },
	{ "receipts are not taken in the clear", CONFIG, "# http:\n#   listen: 127.0.0.1:9180",
	  "receipts:\n   listen: 127.0.0.1:9181\n   url: http://receipts.example", "not_https",
	  "url: http://receipts", NULL, false },
	{ "a setting of a transport that is not in use is found", CONFIG, "# host:\n  # With 465",
	  "host: smtp.example\n  # With 465", "not_of_this_transport", "host: smtp.example", NULL,
	  false },
	{ "a socket and a host together are found", CONFIG, "# host: 127.0.0.1", "host: 127.0.0.1",
	  "socket_and_host", "host: 127.0.0.1", NULL, false },
	{ "a number out of its limits is found", CONFIG, "# port: 6379", "port: 70000",
	  "out_of_limits", "70000", "65535", false },
	{ "a number that is none is found", CONFIG, "# port: 6379", "port: many", "not_a_number",
	  "port: many", NULL, false },
	{ "a length of time without its unit is found", CONFIG, "# stop_within: 10s",
	  "stop_within: 10", "bad_time", "stop_within: 10\n", NULL, false },
	{ "a length of time out of its limits is found", CONFIG, "# stop_within: 10s",
	  "stop_within: 2h", "out_of_limits", "stop_within: 2h", "10m", false },
	{ "a level of logging that does not exist is found", CONFIG, "# level: info", "level: loud",
	  "unknown_word", "level: loud", "debug", false },
	{ "a prefix without its quotes is found", CONFIG, "# prefix: \"{candour}\"",
	  "prefix: {candour}", "wrong_type", "prefix: {candour}", "quotes", false },
	{ "a prefix without its braces is found", CONFIG, "# prefix: \"{candour}\"",
	  "prefix: candour", "bad_value", "prefix: candour", "braces", false },
	{ "a password file that cannot be read is found", CONFIG, "  # password_file:\n  # All",
	  "  password_file: no-such-file\n  # All", "unreadable_file", "no-such-file", NULL,
	  false },
	{ "a folder that the file transport needs is found", CONFIG,
	  "  dir: /var/lib/candour/mail\n", "", "missing_key", "transport: file", "'email.dir'",
	  false },
	{ "text messages into a file and to a provider are found", CONFIG, "letter:\n",
	  "sms:\n  - transport: file\n    dir: /tmp\n  - transport: notify\nletter:\n",
	  "yaml_duplicate_key", NULL, NULL, false },
	{ "a setting of providers for the file transport is found", CONFIG,
	  "  # url:", "  url: https://gateway.example", "not_of_this_transport",
	  "  url: https://gateway.example", "file", false },
	{ "a port beside the socket has no effect", CONFIG, "  # port: 6379", "  port: 6379",
	  "no_effect", "  port: 6379", "redis.socket", true },
	{ "sessions of emails that go into files have no effect", CONFIG, "  # threads: 4",
	  "  threads: 4", "no_effect", "  threads: 4", "files", true },
	{ "how many emails a session has has none there either", CONFIG, "  # session_messages: 50",
	  "  session_messages: 50", "no_effect", "  session_messages: 50", "files", true },
	{ "a setting that stands twice is found", CONFIG, "policy: .", "policy: .\npolicy: .",
	  "yaml_duplicate_key", NULL, NULL, false },
	{ "a line that is no YAML is found", CONFIG, "policy: .", "policy: [.", "yaml_syntax", NULL,
	  NULL, false },
};
#define MISTAKES_N (sizeof(mistakes) / sizeof(mistakes[0]))

/* The number of the line in which a text begins. */
static int find_line(str text, const char *part)
{
	size_t at = str_find(text, str_of(part));
	int line = 1;
	assert_true(at < text.n);
	for (size_t i = 0; i < at; i++)
		line += text.p[i] == '\n' ? 1 : 0;
	return part[0] == '\n' ? line + 1 : line;
}

static bool is_found(const struct mistake *mistake, const struct finding *one, str file, int line)
{
	return str_eq(one->code, str_of(mistake->code)) && str_eq(one->file, file) &&
	       one->warning == mistake->warning && (line < 0 ? one->line > 0 : one->line == line) &&
	       (mistake->says == NULL ||
		str_find(one->message, str_of(mistake->says)) < one->message.n);
}

static void check_mistake(void **state)
{
	const struct mistake *mistake = *state;
	struct arena arena = ARENA_EMPTY;
	struct copy copy = copy_make(&arena);
	str file = str_fmt(&arena, "%.*s/%s", STR_ARG(copy.folder), mistake->file);
	str text = copy_change(&copy, mistake->file, mistake->from, mistake->to);
	int line = mistake->at != NULL ? find_line(text, mistake->at) : -1;

	struct findings findings = findings_of(&arena);
	struct config config;
	bool of_config = str_eq(str_of(mistake->file), S(CONFIG));
	bool fine = of_config ? setup_config(&arena, file, &config, &findings)
			      : setup_policy(&arena, copy.folder, &findings) != NULL;
	size_t found = 0;
	for (size_t i = 0; i < findings.n; i++)
		found += is_found(mistake, &findings.list[i], file, line) ? 1 : 0;
	copy_remove(&copy);
	/* Found once, and nothing else is blamed for it. */
	if (found != 1 || fine != mistake->warning || findings.errors != (fine ? 0 : 1)) {
		str all = setup_findings_text(&arena, &findings);
		fail_msg("wanted %s at line %d, found:\n%.*s", mistake->code, line, STR_ARG(all));
	}
	arena_free(&arena);
}

int main(void)
{
	struct CMUnitTest tests[MISTAKES_N];
	for (size_t i = 0; i < MISTAKES_N; i++)
		tests[i] = (struct CMUnitTest){
			.name = mistakes[i].name,
			.test_func = check_mistake,
			.initial_state = (void *)(uintptr_t)&mistakes[i],
		};
	return _cmocka_run_group_tests("mistakes", tests, MISTAKES_N, NULL, NULL);
}
