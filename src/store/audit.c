/* Whether what belongs together is there (audit.lua), and how far the auditor's night has come. */
#include "base/arena.h"
#include "base/hash.h"
#include "store/inner.h"

/* --- a page ------------------------------------------------------------------------------------- */

/* Of a record, where it comes with the answer: its id, look, proven point and text. Of a finding: whose, what and
 * which. */
#define RECORD_PARTS 4
#define FINDING_PARTS 3

struct command store_audit(struct arena *arena, const struct store *store,
			   const struct audit_page *page)
{
	struct args args = args_of_script(arena, store, SCRIPT_audit);

	args_add(&args, page->cursor);
	args_add_int(&args, page->about);
	args_add(&args, page->records ? S("1") : S("0"));
	args_add(&args, page->policy);
	args_add_int(&args, page->now.ms);
	for (size_t i = 0; i < page->n_services; i++)
		args_add(&args, str_join(arena, S(DESK_PREFIX), page->services[i].id));
	return args_command(&args);
}

/* Once for each of a record's kinds. */
static void add_found(struct arena *arena, struct audited *audited, struct audit_finding found)
{
	for (size_t i = 0; i < audited->n; i++)
		if (str_eq(audited->found[i].family, found.family) &&
		    str_eq(audited->found[i].what, found.what))
			return;
	*GROW(arena, audited->found, audited->n) = found;
}

/* "N HASH STREAM-ID WHOLE"; what is not that was never proven. */
static struct proven read_proven(struct arena *arena, str text)
{
	struct proven proven = { 0 };
	str n, hash, id, rest;

	if (str_cut(text, ' ', &n, &rest) && str_cut(rest, ' ', &hash, &rest) &&
	    str_cut(rest, ' ', &id, &rest) && str_to_i64(n, &proven.n) &&
	    hex_parse(hash, proven.hash.bytes, HASH_BYTES) && str_to_i64(rest, &proven.whole.ms)) {
		proven.stream_id = str_copy(arena, id);
		return proven;
	}
	return (struct proven){ 0 };
}

static bool read_record(struct arena *arena, const struct reply *parts, struct audited *audited,
			struct audited_record *out)
{
	for (size_t i = 0; i < RECORD_PARTS; i++)
		if (parts[i].type != REPLY_TEXT)
			return false;
	out->id = reply_text(arena, &parts[0]);
	if (!reply_instant(&parts[1], &out->look))
		return false;
	out->proven = read_proven(arena, parts[2].text);
	if (parts[3].text.n > 0 && codec_read(arena, parts[3].text, &out->family) != OK)
		add_found(arena, audited,
			  (struct audit_finding){
				  .family = out->id, .what = S("record_damaged"), .id = out->id });
	return true;
}

static bool read_found(struct arena *arena, const struct reply *list, struct audited *out)
{
	if (list->type != REPLY_LIST || list->n % FINDING_PARTS != 0)
		return false;
	out->n = list->n / FINDING_PARTS;
	out->found = TAKE(arena, struct audit_finding, out->n);
	for (size_t i = 0; i < out->n; i++) {
		const struct reply *parts = &list->items[i * FINDING_PARTS];

		out->found[i] = (struct audit_finding){
			.family = reply_text(arena, &parts[0]),
			.what = reply_text(arena, &parts[1]),
			.id = reply_text(arena, &parts[2]),
		};
	}
	return true;
}

static bool read_records(struct arena *arena, const struct reply *list, size_t parts,
			 struct audited *out)
{
	if (list->type != REPLY_LIST || list->n % parts != 0)
		return false;
	out->n_records = list->n / parts;
	out->records = TAKE(arena, struct audited_record, out->n_records);
	for (size_t i = 0; i < out->n_records; i++) {
		const struct reply *item = &list->items[i * parts];

		if (parts == 1)
			out->records[i].id = reply_text(arena, item);
		else if (!read_record(arena, item, out, &out->records[i]))
			return false;
	}
	return true;
}

enum err store_audit_read(struct arena *arena, const struct reply *reply, bool records,
			  struct audited *out)
{
	enum err err = reply_check(reply, REPLY_LIST);
	struct audited audited = { 0 };
	int64_t busy;

	if (err != OK)
		return err;
	if (reply->n != 5 || reply->items[0].type != REPLY_TEXT ||
	    !read_found(arena, &reply->items[2], &audited) ||
	    !read_records(arena, &reply->items[1], records ? RECORD_PARTS : 1, &audited) ||
	    !reply_number(&reply->items[3], &busy))
		return ERR_CORRUPT;
	audited.cursor = reply_text(arena, &reply->items[0]);
	audited.busy = busy != 0;
	err = store_away_read(arena, &reply->items[4], &audited.news);
	if (err == OK)
		*out = audited;
	return err;
}

void audited_look(struct arena *arena, struct audited *audited, const struct policy *policy,
		  instant now, overlooked_fn *find)
{
	const struct policy with_news = news_policy(policy, &audited->news);

	for (size_t i = 0; i < audited->n_records && !audited->busy; i++) {
		const struct audited_record *record = &audited->records[i];
		struct overlooked found;

		if (record->family != NULL &&
		    find(arena, &with_news, record->family, record->look, now, &found))
			add_found(arena, audited,
				  (struct audit_finding){ .family = record->id,
							  .what = str_of(found.what),
							  .id = found.id });
	}
}

/* --- the night ----------------------------------------------------------------------------------- */

static void add_text(struct args *args, const char *name, str value)
{
	args_add(args, str_of(name));
	args_add(args, value);
}

static void add_number(struct args *args, const char *name, int64_t value)
{
	args_add(args, str_of(name));
	args_add_int(args, value);
}

static void add_instant(struct args *args, const char *name, instant value)
{
	args_add(args, str_of(name));
	args_add_instant(args, value);
}

static str print_proven(struct arena *arena, const struct proven *proven)
{
	return str_fmt(arena, "%lld %.*s %.*s %lld", (long long)proven->n,
		       STR_ARG(hash_hex(arena, &proven->hash)), STR_ARG(proven->stream_id),
		       (long long)proven->whole.ms);
}

#define NIGHT_FIELDS 10

struct command store_night(struct arena *arena, const struct store *store,
			   const struct night *night, const struct audited_record *records,
			   size_t n)
{
	struct args args = args_of_script(arena, store, SCRIPT_night);

	args_add(&args, store->token);
	args_add_int(&args, NIGHT_FIELDS);
	add_text(&args, "day", night->day);
	add_text(&args, "cursor", night->cursor);
	add_instant(&args, "began", night->began);
	add_instant(&args, "ended", night->ended);
	add_number(&args, "families", night->families);
	add_number(&args, "entries", night->entries);
	add_number(&args, "found", night->found);
	add_number(&args, "broken", night->broken);
	add_number(&args, "last_found", night->last_found);
	add_number(&args, "last_broken", night->last_broken);
	for (size_t i = 0; i < n; i++) {
		if (records[i].proven.n == 0)
			continue;
		args_add(&args, records[i].id);
		args_add(&args, print_proven(arena, &records[i].proven));
	}
	return args_command(&args);
}

struct command store_passed(struct arena *arena, const struct store *store)
{
	struct args args = args_of_script(arena, store, SCRIPT_passed);

	return args_command(&args);
}

/* What is no instant is as if it were not there. */
static void read_instant_field(const struct reply *fields, const char *name, instant *out)
{
	const struct reply *at = reply_field(fields, str_of(name));

	if (at != NULL)
		(void)reply_instant(at, out);
}

bool read_night(struct arena *arena, const struct reply *fields, struct night *out)
{
	struct night night = { .began = INSTANT_NEVER, .ended = INSTANT_NEVER };
	const struct {
		const char *name;
		int64_t *value;
	} numbers[] = {
		{ "families", &night.families },     { "entries", &night.entries },
		{ "found", &night.found },           { "broken", &night.broken },
		{ "last_found", &night.last_found }, { "last_broken", &night.last_broken },
	};

	if (fields->type != REPLY_LIST || fields->n % 2 != 0)
		return false;
	night.day = reply_text(arena, reply_field(fields, S("day")));
	night.cursor = reply_text(arena, reply_field(fields, S("cursor")));
	read_instant_field(fields, "began", &night.began);
	read_instant_field(fields, "ended", &night.ended);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		const struct reply *at = reply_field(fields, str_of(numbers[i].name));

		if (at != NULL)
			(void)reply_number(at, numbers[i].value);
	}
	*out = night;
	return true;
}

enum err store_passed_read(struct arena *arena, const struct reply *reply, struct night *out,
			   bool *out_lost)
{
	enum err err = reply_check(reply, REPLY_LIST);
	int64_t same;

	if (err != OK)
		return err;
	if (reply->n != 2 || !reply_number(&reply->items[1], &same) ||
	    !read_night(arena, &reply->items[0], out))
		return ERR_CORRUPT;
	*out_lost = same == 0;
	return OK;
}
