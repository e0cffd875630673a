#include "story.h"

#include "base/yaml.h"
#include "setup/setup.h"
#include "simulate/simulate.h"

#define STORY_BYTES_MAX ((size_t)1 << 20)

/* A story being played. */
struct play {
	struct arena *arena;
	str file;
	int line;
	str rest; /* what has not been read yet */
	str why;  /* not empty: it cannot go on */
	const struct policy *policy;
	str folder; /* the policy's; a copy of it from the first change on */
	bool is_copy;
	struct simulate *simulate;
	instant now;      /* the last `at` or `until` */
	int events;       /* so far: they are called e1, e2, ... */
	bool every_list;  /* also those in which nothing is new */
	bool is_expected; /* the last thing was an expectation */
	struct buf trace; /* since the last expectation */
	struct buf out;
};

static bool fail(struct play *play, const char *why)
{
	play->why = str_fmt(play->arena, "%.*s:%d: %s", STR_ARG(play->file), play->line, why);
	return false;
}

/* --- lines --------------------------------------------------------------------------------------- */

static bool peek_line(const struct play *play, str *out)
{
	str rest = play->rest;
	return str_line(&rest, out);
}

static bool take_line(struct play *play, str *out)
{
	if (!str_line(&play->rest, out))
		return false;
	play->line++;
	return true;
}

static size_t indent_of(str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

static void copy_line(struct play *play, str line)
{
	buf_add(&play->out, line);
	buf_byte(&play->out, '\n');
}

/* --- the trace ----------------------------------------------------------------------------------- */

/* "Mon 2026-11-02 09:15" */
static str print_local(const struct play *play, instant at)
{
	struct local local = zone_local(play->policy->calendar->zone, at);
	return str_fmt(play->arena, "%.3s %.*s %02d:%02d", date_words(play->arena, local.day).p,
		       STR_ARG(date_print(play->arena, local.day)), local.second_of_day / 3600,
		       local.second_of_day / 60 % 60);
}

static void on_traced(void *arg, const struct traced *traced)
{
	struct play *play = arg;
	if (traced->again && !play->every_list)
		return;
	buf_fmt(&play->trace, "  %.*s  %-7.*s  ", STR_ARG(print_local(play, traced->at)),
		STR_ARG(traced->kind));
	if (traced->case_id.n > 0)
		buf_fmt(&play->trace, "%.*s  ", STR_ARG(traced->case_id));
	buf_fmt(&play->trace, "%.*s\n", STR_ARG(traced->text));
}

/* --- steps --------------------------------------------------------------------------------------- */

static bool use_policy(struct play *play, str folder)
{
	struct findings findings = findings_of(play->arena);
	play->policy = setup_policy(play->arena, folder, &findings);
	play->folder = folder;
	if (play->policy == NULL) {
		str text = setup_findings_text(play->arena, &findings);
		fprintf(stderr, "%.*s", STR_ARG(text));
		return fail(play, "the policy has mistakes");
	}
	play->simulate = simulate_new(play->policy, on_traced, play);
	return true;
}

/* "2026-11-02 09:15" */
static bool read_time(struct play *play, str text, instant *out)
{
	str day_text, time;
	date day;
	minute_of_day minute;
	if (!str_cut(text, ' ', &day_text, &time) || !date_parse(day_text, &day) ||
	    !minute_parse(time, &minute))
		return fail(play, "a time is written as 2026-11-02 09:15");
	*out = zone_instant(play->policy->calendar->zone, day, minute);
	if (instant_before(*out, play->now))
		return fail(play, "time does not go back");
	return true;
}

static bool at(struct play *play, str text)
{
	instant when;
	if (!read_time(play, text, &when))
		return false;
	simulate_until(play->simulate, when);
	play->now = when;
	return true;
}

/* "sms to dana: failed" */
static bool next_outcome(struct play *play, str text)
{
	static const char *const known[] = { "failed", "no_such_address", "later", "unknown",
					     "slow" };
	str channel_text, rest, to, outcome;
	enum channel_kind channel;
	if (!str_cut(text, ' ', &channel_text, &rest) || !str_starts(rest, S("to ")) ||
	    !str_cut(rest, ':', &to, &outcome) || !channel_kind_parse(channel_text, &channel))
		return fail(play, "an outcome is written as: next sms to dana: failed");
	outcome = str_trim(outcome);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (!str_eq(outcome, str_of(known[i])))
			continue;
		simulate_outcome(play->simulate, str_slice(to, 3, to.n), channel, outcome);
		return true;
	}
	return fail(play, "an outcome is failed, no_such_address, later, unknown or slow");
}

/* "letter to dana: returned" */
static bool hear_news(struct play *play, str text)
{
	static const char *const known[] = { "delivered", "returned", "failed" };
	str channel_text, rest, to, outcome;
	enum channel_kind channel;
	if (!str_cut(text, ' ', &channel_text, &rest) || !str_starts(rest, S("to ")) ||
	    !str_cut(rest, ':', &to, &outcome) || !channel_kind_parse(channel_text, &channel))
		return fail(play, "news is written as: news letter to dana: returned");
	outcome = str_trim(outcome);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (!str_eq(outcome, str_of(known[i])))
			continue;
		simulate_until(play->simulate, play->now);
		return simulate_news(play->simulate, str_slice(to, 3, to.n), channel, outcome) ||
		       fail(play, "no such message has left");
	}
	return fail(play, "news is delivered, returned or failed");
}

/* --- events -------------------------------------------------------------------------------------- */

static void put_scalar(struct json_writer *w, str key, str text)
{
	int64_t number;
	bool is_number = str_eq(key, S("score")) || str_eq(key, S("pages"));
	if (str_eq(text, S("true")) || str_eq(text, S("false")))
		json_put_bool(w, str_eq(text, S("true")));
	else if (str_eq(text, S("null")))
		json_put_null(w);
	else if (is_number && str_to_i64(text, &number))
		json_put_int(w, number);
	else
		json_put_text(w, text);
}

static void put_yaml(struct json_writer *w, str key, const struct yaml *value)
{
	switch (value->type) {
	case YAML_TEXT:
		put_scalar(w, key, value->text);
		return;
	case YAML_LIST:
		json_open_list(w);
		for (size_t i = 0; i < value->n; i++)
			put_yaml(w, key, &value->items[i]);
		json_close_list(w);
		return;
	case YAML_MAP:
		json_open(w);
		for (size_t i = 0; i < value->n; i++) {
			json_key_str(w, value->members[i].key);
			put_yaml(w, value->members[i].key, &value->members[i].value);
		}
		json_close(w);
		return;
	}
}

/* The lines below an event's, as JSON. */
static bool read_data(struct play *play, str *out)
{
	struct buf yaml = buf_of(play->arena, STORY_BYTES_MAX);
	struct buf json = buf_of(play->arena, STORY_BYTES_MAX);
	struct json_writer w = { .buf = &json };
	str line;
	while (peek_line(play, &line) && (indent_of(line) > 2 || str_trim(line).n == 0)) {
		(void)take_line(play, &line);
		copy_line(play, line);
		buf_add(&yaml, line);
		buf_byte(&yaml, '\n');
	}
	struct findings findings = findings_of(play->arena);
	const struct yaml *data = yaml_parse(play->arena, play->file, buf_str(&yaml), &findings);
	if (data == NULL)
		return fail(play, str_z(play->arena, str_fmt(play->arena, "above this line: %.*s",
							     STR_ARG(findings.list[0].message))));
	put_yaml(&w, STR_EMPTY, data);
	*out = buf_str(&json);
	return true;
}

/* "case.opened case/C1 as e7 from school" */
static bool read_event(struct play *play, str header)
{
	str type, subject, word, rest, data;
	str id = str_fmt(play->arena, "e%d", ++play->events), source = S("story");
	if (!str_cut(header, ' ', &type, &rest))
		return fail(play, "an event is its type and its subject");
	if (!str_cut(rest, ' ', &subject, &rest)) {
		subject = rest;
		rest = STR_EMPTY;
	}
	while (rest.n > 0) {
		str value;
		if (!str_cut(rest, ' ', &word, &rest))
			return fail(play, "behind the subject come `as ID` and `from SOURCE`");
		if (!str_cut(rest, ' ', &value, &rest)) {
			value = rest;
			rest = STR_EMPTY;
		}
		if (str_eq(word, S("as")))
			id = value;
		else if (str_eq(word, S("from")))
			source = value;
		else
			return fail(play, "behind the subject come `as ID` and `from SOURCE`");
	}
	if (!read_data(play, &data))
		return false;
	simulate_event(play->simulate, intake_own_event(play->arena, &(struct own_event){
									     .source = source,
									     .id = id,
									     .type = type,
									     .subject = subject,
									     .time = play->now,
									     .data = data,
								     }));
	return true;
}

/* --- changes of the policy ---------------------------------------------------------------------- */

/* "change standards.yaml", and below it from and to. */
static bool change(struct play *play, str file)
{
	str data;
	const struct json *tree;
	if (!read_data(play, &data))
		return false;
	if (json_parse(play->arena, data, 4, &tree, NULL) != JSON_FINE)
		return fail(play, "a change is from: and to:");
	if (!play->is_copy)
		play->folder = edit_copy(play->arena, play->folder);
	play->is_copy = true;
	if (!edit_file(play->arena, play->folder, file, json_text(tree, "from"),
		       json_text(tree, "to")))
		return fail(play, "the file does not hold what would be changed");
	struct findings findings = findings_of(play->arena);
	const struct policy *policy = setup_policy(play->arena, play->folder, &findings);
	if (policy == NULL)
		return fail(play, str_z(play->arena, setup_findings_text(play->arena, &findings)));
	play->policy = policy;
	simulate_policy(play->simulate, policy);
	return true;
}

/* --- expectations -------------------------------------------------------------------------------- */

/* The lines that were expected are read over; those that came take their place. Gives what stands behind them. */
static str read_over_expected(struct play *play)
{
	str line, blank = STR_EMPTY;
	while (peek_line(play, &line) && (indent_of(line) > 0 || line.n == 0)) {
		(void)take_line(play, &line);
		if (line.n == 0)
			blank = S("\n");
	}
	simulate_until(play->simulate, play->now);
	return peek_line(play, &line) ? blank : STR_EMPTY;
}

static void expect(struct play *play)
{
	str blank = read_over_expected(play);
	buf_add(&play->out, play->trace.n > 0 ? buf_str(&play->trace) : S("  nothing\n"));
	buf_add(&play->out, blank);
	play->trace = buf_of(play->arena, STORY_BYTES_MAX);
}

static void expect_lists(struct play *play, str families)
{
	str blank = read_over_expected(play);
	lists_show(play->arena, play->policy, play->simulate, families,
		   zone_local(play->policy->calendar->zone, play->now).day, &play->out);
	buf_add(&play->out, blank);
}

/* --- the whole ----------------------------------------------------------------------------------- */

static bool step(struct play *play, str line)
{
	str word, rest;
	if (!str_cut(line, ' ', &word, &rest)) {
		word = line;
		rest = STR_EMPTY;
	}
	if (str_eq(word, S("policy:")))
		return play->policy == NULL ? use_policy(play, rest)
					    : fail(play, "the policy is named first");
	if (play->policy == NULL && !use_policy(play, S("conf")))
		return false;
	if (str_eq(line, S("lists: every"))) {
		play->every_list = true;
		return true;
	}
	if (str_eq(word, S("at")) || str_eq(word, S("until")))
		return at(play, rest);
	if (str_eq(word, S("change")))
		return change(play, rest);
	if (str_eq(word, S("next")))
		return next_outcome(play, rest);
	if (str_eq(word, S("news")))
		return hear_news(play, rest);
	if (indent_of(line) == 2)
		return read_event(play, str_trim(line));
	return fail(
		play,
		"a line is policy, lists, change, at, until, next, news, expect, or an event two spaces "
		"in");
}

static bool play_on(struct play *play)
{
	str line;
	while (take_line(play, &line)) {
		bool is_said = str_trim(line).n > 0 && !str_starts(line, S("#"));
		copy_line(play, line);
		if (!is_said)
			continue;
		bool is_lists = str_starts(line, S("lists "));
		play->is_expected = is_lists || str_eq(line, S("expect"));
		if (play->is_expected && play->policy == NULL)
			return fail(play, "nothing has happened yet");
		if (is_lists)
			expect_lists(play, str_slice(line, S("lists ").n, line.n));
		else if (play->is_expected)
			expect(play);
		else if (!step(play, line))
			return false;
	}
	return play->is_expected || fail(play, "a story ends with an expectation");
}

str story_name(str text)
{
	str line;
	while (str_line(&text, &line)) {
		if (str_starts(line, S("#")))
			return str_trim(str_slice(line, 1, line.n));
	}
	return S("a story without a name");
}

bool story_play(struct arena *arena, str file, str text, str *out, str *why)
{
	struct play play = {
		.arena = arena,
		.file = file,
		.rest = text,
		.now = { 0 },
		.trace = buf_of(arena, STORY_BYTES_MAX),
		.out = buf_of(arena, STORY_BYTES_MAX),
	};
	bool played = play_on(&play);
	simulate_free(&play.simulate);
	if (play.is_copy)
		edit_remove(arena, play.folder);
	*out = buf_str(&play.out);
	*why = play.why;
	return played;
}
