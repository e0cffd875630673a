/* The table of the commands: what --help, the manual and the program itself go by. */
#include "ctl/inner.h"

#define POLICY_OPTION                                                                              \
	{                                                                                          \
		"policy", "DIR", "the policy's folder, instead of the configuration's"             \
	}

const struct ctl_command ctl_commands[] = {
	{
		.name = "publish",
		.words = "[FILE]",
		.most = 1,
		.about = "Puts events on the queue, each checked first.",
		.more = "FILE holds one event a line, as JSON; - or none is standard input. Events "
			"that would be refused are listed with their line and not published; the "
			"others are. With --type, --subject and --data one event is made: its "
			"source is \"candourctl\"; its id is a new one and its time is now, unless they are "
			"given.",
		.example = "publish --type contact.made --subject case/C1 "
			   "--data '{\"with\":[\"mum\"],\"how\":\"phone\"}'",
		.options = { { "type", "TYPE", "the kind of the event: contact.made" },
			     { "subject", "SUBJECT", "what it is about: case/C1" },
			     { "data", "JSON", "what it says: a JSON object; {} when left out" },
			     { "id", "ID", "its id; with --time it can be published again safely" },
			     { "time", "TIME", "when it happened: 2026-11-02T09:15:00Z" },
			     POLICY_OPTION },
		.run = publish_run,
	},
	{
		.name = "check",
		.words = "[FILE]",
		.most = 1,
		.about = "Says which events would be refused; publishes nothing.",
		.more = "FILE as for publish. Needs no Redis, so it does not know whether a case is "
			"there, or whether an event came before.",
		.example = "check events.jsonl",
		.options = { POLICY_OPTION },
		.run = check_run,
	},
	{
		.name = "case show",
		.words = "ID",
		.least = 1,
		.most = 1,
		.about = "Shows a case: duties, actions, messages, what happened when.",
		.example = "case show C1",
		.options = { { "all", NULL, "with ids, and what became of each message" } },
		.run = case_show_run,
	},
	{
		.name = "family show",
		.words = "ID",
		.least = 1,
		.most = 1,
		.about = "Shows who is told how, and by which rule.",
		.example = "family show F1",
		.options = { { "addresses", NULL, "with addresses, numbers and names" } },
		.run = family_show_run,
	},
	{
		.name = "outbox",
		.words = "",
		.about = "Lists the messages that are on their way, and their states.",
		.example = "outbox",
		.run = outbox_run,
	},
	{
		.name = "duties",
		.words = "",
		.about = "Lists the running duties of all families, next due first.",
		.example = "duties",
		.options = { { "all", NULL, "those that have ended, too" } },
		.run = duties_run,
	},
	{
		.name = "actions",
		.words = "",
		.about = "Lists the agreed actions not done yet, the next due first.",
		.example = "actions",
		.options = { { "all", NULL, "those that have ended, too" } },
		.run = actions_run,
	},
	{
		.name = "breaches",
		.words = "",
		.about = "Lists duties and actions whose day passed, the oldest first.",
		.example = "breaches --all",
		.options = { { "all", NULL, "those that were made good since, too" } },
		.run = breaches_run,
	},
	{
		.name = "list",
		.words = "PERSON",
		.least = 1,
		.most = 1,
		.about = "Lists what is with one person: late, today, this week, later.",
		.more = "Running duties, agreed actions and open tasks that are theirs by name, by a "
			"role that they hold, or because they stand in for somebody who is away. Each "
			"stands in one part, by its day, and with one person; what nobody has is with "
			"the service: list send. A team manager's list has what the auditor found at "
			"the service's desk.",
		.example = "list sam-okafor",
		.options = { { "on", "DAY", "as of that day; today when left out" },
			     POLICY_OPTION },
		.run = list_run,
	},
	{
		.name = "dead list",
		.words = "",
		.about = "Lists the events that were refused, and why; oldest first.",
		.example = "dead list",
		.run = dead_list_run,
	},
	{
		.name = "dead show",
		.words = "ID",
		.least = 1,
		.most = 1,
		.about = "Shows a refused event whole, just as it came.",
		.more = "What it holds may be personal. ID is the one that dead list shows.",
		.example = "dead show 1793610900000-0",
		.run = dead_show_run,
	},
	{
		.name = "dead replay",
		.words = "[ID...]",
		.most = 1000,
		.about = "Puts refused events back on the queue, to be decided again.",
		.more = "Once what was wrong is mended: the case is known, or the policy changed. "
			"--dry-run decides each against policy and records as they are now, writes "
			"nothing, and ends with 1 when one would be refused again.",
		.example = "dead replay --dry-run 1793610900000-0",
		.options = { { "all", NULL, "all that are not parked" },
			     { "dry-run", NULL, "say what would happen; change nothing" } },
		.run = dead_replay_run,
	},
	{
		.name = "dead park",
		.words = "ID...",
		.least = 1,
		.most = 1000,
		.about = "Marks refused events as known: replay --all leaves them out.",
		.example = "dead park 1793610900000-0",
		.run = dead_park_run,
	},
	{
		.name = "dead drop",
		.words = "ID...",
		.least = 1,
		.most = 1000,
		.about = "Deletes refused events for good.",
		.example = "dead drop 1793610900000-0",
		.run = dead_drop_run,
	},
	{
		.name = "due",
		.words = "DURATION",
		.least = 1,
		.most = 1,
		.about = "Counts a time limit, and says how.",
		.more = "DURATION: N days, weeks, months, working days, working hours, working "
			"minutes or school days, then \"beginning\" when the first day counts, or "
			"\"clear\" when neither end does; \"before 15 February\"; \"last Friday in "
			"June\"; \"later of A, B\"; \"N weeks before X\"; and behind the whole \"roll "
			"forward\", \"at 17:00\", \"under tribunal rules\". Needs no Redis.",
		.example = "due '15 working days' --from 2026-12-14",
		.options = { { "from", "DAY", "a date or an instant; now when left out" },
			     { "year", "YEAR", "of days such as 15 February; else the next" },
			     { "calendar", "ID", "a calendar of the policy; else the authority's" },
			     POLICY_OPTION },
		.run = due_run,
	},
	{
		.name = "calendar eval",
		.words = "[FILE]",
		.most = 1,
		.about = "Answers questions about working time, a JSON object a line.",
		.more = "Each line of FILE, or of standard input, is an operation with its calendar, "
			"or the name of one of the policy; each line of the answer is "
			"{\"result\": ...} or {\"error\": ...}, in the same order. Ends with 1 "
			"when there was an error. Needs no Redis.",
		.example = "calendar eval questions.jsonl",
		.options = { POLICY_OPTION },
		.run = calendar_eval_run,
	},
	{
		.name = "preview",
		.words = "TEMPLATE",
		.least = 1,
		.most = 1,
		.about = "Shows what a template says, filled with its sample.",
		.more = "With --contact the sample is addressed to a real person, in their "
			"language: the contact's id, with the family's and a slash before it where "
			"several families have a contact of that id. FILE gets an email's HTML when its "
			"name ends in .html, a letter's pages as a PDF unless its name ends in .txt, "
			"else text. Of an SMS it says encoding, segments and cost class. Only --contact "
			"needs Redis.",
		.example = "preview plan-draft --sample --format letter",
		.options = { { "sample", NULL, "for an invented person (the default)" },
			     { "contact", "ID", "for this contact: mum, or F1/mum" },
			     { "format", "FORMAT", "email (the default), sms or letter" },
			     { "language", "LANGUAGE", "of an invented person: en when left out" },
			     { "out", "FILE", "write it there" } },
		.run = preview_run,
	},
	{
		.name = "lint",
		.words = "",
		.about = "Lists every mistake in configuration, policy and templates.",
		.more = "Ends with 1 when there is an error; warnings are listed and let be. With "
			"both folders given it needs no configuration. Needs no Redis.",
		.example = "lint --policy conf --templates templates",
		.options = { POLICY_OPTION,
			     { "templates", "DIR",
			       "the templates' folder, instead of the "
			       "configuration's" } },
		.run = lint_run,
	},
	{
		.name = "simulate",
		.words = "",
		.about = "Rehearses: what is sent, and when, if these events came.",
		.more = "Every message is taken as handed over at its first permitted moment. "
			"Nothing is sent or stored; needs no Redis. An event that would be refused is "
			"listed as such, and ends it with 1. A daily list in which nothing is new is "
			"not shown; --json has it (again). With --words each message is read out, as "
			"its reader would have it. With --against only the difference is "
			"told that --policy makes to the policy in DIR: - what goes away, + what is "
			"added, and how many messages, alerts and breaches there are before and "
			"after; daily lists in which nothing is new are left out.",
		.example = "simulate --events events.jsonl --until 2027-04-01",
		.options = { { "events", "FILE", "one event a line, in the order of their times" },
			     { "until", "TIME", "a date (that day included) or an instant" },
			     { "outcome", "C/CH=HOW",
			       "contact's next message by the channel ends "
			       "so: failed, later, unknown" },
			     { "words", NULL,
			       "show what each message says, with the templates of the "
			       "configuration" },
			     { "against", "DIR", "tell only what --policy changes to this one" },
			     POLICY_OPTION },
		.run = simulate_run,
	},
	{
		.name = "explain",
		.words = "MESSAGE",
		.least = 1,
		.most = 1,
		.about = "Says why a message is as it is: event, rule, channel, words.",
		.example = "explain m0123456789abcdef01234567",
		.run = explain_run,
	},
	{
		.name = "import",
		.words = "FILE",
		.least = 1,
		.most = 1,
		.about = "Takes over running cases: nothing old is said, duties run.",
		.more = "FILE holds the events of these cases as for publish, in the order in which "
			"they happened, each with the time it had. What happened before the day "
			"is written down and not said, and a notice of then meets its duty of "
			"then. Nothing is imported when one line would be refused. The same file "
			"again changes nothing.",
		.example = "import running.jsonl --quiet-before 2026-11-02",
		.options = { { "quiet-before", "DAY", "from when on Candour speaks: 2026-11-02" },
			     { "timeout", "SECONDS", "how long to wait for it; 600 when left out" },
			     POLICY_OPTION },
		.run = import_run,
	},
	{
		.name = "export events",
		.words = "FILE",
		.least = 1,
		.most = 1,
		.about = "Writes past events into a file, to rehearse another policy.",
		.more = "For simulate --policy NEW --against OLD --events FILE. The events are made again "
			"from the evidence, in the order in which they were decided. Names, addresses, "
			"birthdays and all that people wrote are not in it; values that belong to nobody "
			"stand in, so that each is told by the same channels. Hours and safe ways that "
			"came with a contact are left out too. FILE can be read by its owner alone.",
		.example = "export events past.jsonl --since 2026-09-01",
		.options = { { "since", "DAY", "only families to which something happened since" },
			     POLICY_OPTION },
		.run = export_events_run,
	},
	{
		.name = "reassign",
		.words = "[FILE]",
		.most = 1,
		.about = "Hands all that is with one person to another.",
		.more = "Open cases, with their tasks, and agreed actions and duties of their own. With "
			"FILE only its cases: one a line, and behind it, where it is not --to, who has "
			"it from now on. Nothing is handed on when a line of FILE is wrong. Each family "
			"gets one message for all of its cases. Broken off, the same command goes on "
			"where it was.",
		.example = "reassign --from sam-okafor --to priya-nair --dry-run",
		.options = { { "from", "PERSON",
			       "whose work it is; they may have left services.yaml" },
			     { "to", "PERSON", "who has it from now on" },
			     { "reason", "TEXT", "why; families read it" },
			     { "dry-run", NULL, "say how much it is; change nothing" },
			     { "timeout", "SECONDS", "how long to wait for it; 600 when left out" },
			     POLICY_OPTION },
		.run = reassign_run,
	},
	{
		.name = "shadow",
		.words = "",
		.about = "Lists what would have been sent, where a service only tries.",
		.more = "In shadow mode (shadow: yes of a service or pathway) everything happens but "
			"the hand-over. Each message is listed on the day on which it would have "
			"left.",
		.example = "shadow --on 2026-11-01",
		.options = { { "on", "DAY", "of this day; today when left out" } },
		.run = shadow_run,
	},
	{
		.name = "report",
		.words = "",
		.about = "The promise ledger: what was kept, moved with notice, broken.",
		.more = "Of each service and standard, with the rate of what was done on time, "
			"counted with and without exemptions, the register of exemptions (also of those "
			"that were taken back), how often a standard without a date was missed, and "
			"what families answered to questionnaires. "
			"Promises whose date lay between --from and --to are counted, both days "
			"included; all of them when left out. It is read from the evidence.",
		.example = "report --from 2026-11-01 --to 2026-11-30",
		.options = { { "from", "DAY", "the first day: 2026-11-01" },
			     { "to", "DAY", "the last day: 2026-11-30" },
			     { "service", "ID", "of this service alone" } },
		.run = report_run,
	},
	{
		.name = "audit",
		.words = "",
		.about = "Looks whether what belongs together is there.",
		.more = "That all that waits for a day has a look, that nothing was to be done or said an "
			"hour ago and was not, that each case is its family's, that each message on its "
			"way is in one queue and not in hand for too long, and that each chain of "
			"evidence ends where the record says; at the desks, too. The daemon does the same "
			"without end, and at night with every chain of evidence besides. Ends with 1 when something is found.",
		.example = "audit",
		.run = audit_run,
	},
	{
		.name = "evidence verify",
		.words = "[FAMILY]",
		.most = 1,
		.about = "Checks that no evidence was changed, removed or put in.",
		.example = "evidence verify",
		.run = evidence_verify_run,
	},
	{
		.name = "status",
		.words = "",
		.about = "Says how it stands, and what wants a person.",
		.more = "The one page for the night: who decides, what waits where and for how long, "
			"what is late, what is paused, and at its end what to look at, each with "
			"the command for it.",
		.example = "status --check",
		.options = { { "check", NULL, "end with 1 when something wants a person" } },
		.run = status_run,
	},
	{
		.name = "pause",
		.words = "CHANNEL[/PROVIDER]",
		.least = 1,
		.most = 1,
		.about = "Stops a channel, or one of its providers, until an end.",
		.more = "What is in hand is finished; what waits keeps its place, and its time "
			"limits go on. Of several providers the others take over. A pause ends by "
			"itself. Which providers there are, status says.",
		.example = "pause sms/notify --reason 'it moves' --until 2h",
		.options = { { "reason", "TEXT", "why: shown to everybody who looks" },
			     { "until", "TIME", "2h, 30m, 1d, or an instant; 30 days at most" } },
		.run = pause_run,
	},
	{
		.name = "resume",
		.words = "CHANNEL[/PROVIDER]",
		.least = 1,
		.most = 1,
		.about = "Ends a pause before its time.",
		.example = "resume sms",
		.run = resume_run,
	},
	{
		.name = "drain",
		.words = "CHANNEL[/PROVIDER]",
		.least = 1,
		.most = 1,
		.about = "Pauses it, and waits until nothing of before is in hand.",
		.more = "Then a mail server, say, can be taken away without an outcome that nobody "
			"knows. Ends with 1 when the time is over.",
		.example = "drain email --reason 'a new relay' --until 1h",
		.options = { { "reason", "TEXT", "why" },
			     { "until", "TIME", "as for pause" },
			     { "timeout", "SECONDS", "wait at most so long; 60 when left out" } },
		.run = drain_run,
	},
	{
		.name = "restore hold",
		.words = "",
		.about = "Holds everything: nobody decides, nothing leaves.",
		.more = "candourd does this by itself when it finds that Redis was restored from a "
			"back-up. Events can still be published.",
		.example = "restore hold --reason 'restoring the back-up of 3 May'",
		.options = { { "reason", "TEXT", "why" } },
		.run = restore_hold_run,
	},
	{
		.name = "restore release",
		.words = "",
		.about = "Lets a restored Redis go on, saying nothing twice.",
		.more = "What may have left before it was restored becomes \"unknown (restored)\": its "
			"worker gets a task to ask whether it arrived. That holds for what was due, "
			"and for what events and clocks of that time bring about. Everything after "
			"goes its usual way.",
		.example = "restore release --until 2026-11-26T14:30:00Z",
		.options = { { "until", "TIME",
			       "when the lost Redis stopped; now, when it is not "
			       "known" },
			     { "again", NULL, "send it again instead: nothing had left" } },
		.run = restore_release_run,
	},
	{
		.name = "wait",
		.words = "",
		.about = "Waits until nothing is left to do: for scripts and tests.",
		.more = "Until the queue is empty, nothing is being decided or sent, and nothing "
			"that is due is left. Ends with 1 when the time is over.",
		.example = "wait --idle --timeout 60",
		.options = { { "idle", NULL, "what is waited for; there is nothing else yet" },
			     { "timeout", "SECONDS", "at most so long; 30 when left out" } },
		.run = wait_run,
	},
	{
		.name = "sms check",
		.words = "[FILE]",
		.most = 1,
		.about = "Says how texts go out as SMS: encoding, units, segments.",
		.more = "Each line of FILE, or of standard input, is {\"text\": \"...\"}; each line "
			"of the answer is JSON, in the same order. Needs no Redis.",
		.example = "sms check texts.jsonl",
		.run = sms_check_run,
	},
	{
		.name = "address check",
		.words = "[FILE]",
		.most = 1,
		.about = "Says how addresses go on letters, or why they cannot.",
		.more = "Each line of FILE, or of standard input, is {\"lines\": [...]}; each line of "
			"the answer is {\"lines\", \"postcode\"} or {\"error\": {\"code\", "
			"\"message\"}}, in the same order. Ends with 1 when there was an error. Needs "
			"no Redis.",
		.example = "address check addresses.jsonl",
		.run = address_check_run,
	},
	{
		.name = "phone check",
		.words = "[FILE]",
		.most = 1,
		.about = "Says which numbers can be texted, and how they are dialled.",
		.more = "Each line of FILE, or of standard input, is {\"number\": \"...\"}; each "
			"line of the answer is {\"e164\": ...} or {\"error\": ...}, in the same "
			"order. Mobiles of the UK, Jersey, Guernsey and the Isle of Man can be "
			"texted, however they are written. Needs no Redis.",
		.example = "phone check numbers.jsonl",
		.run = phone_check_run,
	},
	{
		.name = "letters dispatched",
		.words = "FILE",
		.least = 1,
		.most = 1,
		.about = "Takes down which letters the print room sent, and when.",
		.more = "A letter a line, as \"MESSAGE,DAY\" or {\"message\": ..., \"on\": ...}: "
			"its folder's name and the day it was posted, as 2026-11-27. FILE may be - "
			"for standard input. The same letter again does nothing. Lines that cannot "
			"be right are listed, and end it with 1; the others count.",
		.example = "letters dispatched posted.csv",
		.run = letters_dispatched_run,
	},
	{
		.name = "letters returned",
		.words = "FILE",
		.least = 1,
		.most = 1,
		.about = "Takes down which letters came back, and when.",
		.more = "FILE as for letters dispatched. The duty that a notice had met is open "
			"again, its address is not used until it is changed, and the case's worker "
			"has a task.",
		.example = "letters returned returned.csv",
		.run = letters_returned_run,
	},
};

const size_t ctl_commands_n = sizeof ctl_commands / sizeof ctl_commands[0];

static void clear(struct ctl *ctl)
{
	redis_call_free(&ctl->call);
	arena_free(&ctl->arena);
}

enum ctl_end ctl_run(const str *words, size_t n)
{
	struct ctl ctl = { .config_file = S("/etc/candour/candour.conf") };
	enum ctl_end end = CTL_USAGE;

	ctl.out = buf_of(&ctl.arena, OUT_BYTES_MAX);
	ctl.w = (struct json_writer){ .buf = &ctl.out };
	if (args_read(&ctl, words, n))
		end = ctl.command == NULL ? CTL_FINE : ctl.command->run(&ctl);
	if (!out_flush(&ctl) && end == CTL_FINE)
		end = CTL_REFUSED;
	clear(&ctl);
	return end;
}
