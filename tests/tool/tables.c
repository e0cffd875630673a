/*
 * The program's own tables as JSON, for scripts/manual: the keys of the configuration, the commands of
 * candourctl, the kinds of events with their fields, and the closed sets that fields may hold.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/json.h"
#include "ctl/ctl.h"
#include "model/event.h"
#include "model/sets.h"
#include "setup/options.h"

/* By type: how a schema calls it. */
static const char *const field_types[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = "text",
	[FIELD_LINE] = "line",
	[FIELD_ID] = "id",
	[FIELD_IDS] = "ids",
	[FIELD_DATE] = "date",
	[FIELD_BOOL] = "bool",
	[FIELD_NUMBER] = "number",
	[FIELD_SCORE] = "score",
	[FIELD_ROLE] = "role",
	[FIELD_PARTY_ROLE] = "party_role",
	[FIELD_LANGUAGE] = "language",
	[FIELD_FORMAT] = "format",
	[FIELD_CHANNEL] = "channel",
	[FIELD_CHANNELS] = "channels",
	[FIELD_ADDRESSES] = "addresses",
	[FIELD_AGREED] = "agreed",
	[FIELD_HOURS] = "hours",
	[FIELD_SAFE] = "safe",
	[FIELD_OPTIONAL] = "optional",
	[FIELD_ACTS_FOR] = "acts_for",
	[FIELD_ORDER] = "order",
	[FIELD_OWNER] = "owner",
	[FIELD_OUTCOME] = "outcome",
	[FIELD_ACTIONS] = "actions",
	[FIELD_ENCLOSURES] = "enclosures",
};

static void put_options(struct json_writer *w, struct arena *arena)
{
	json_key(w, "options");
	json_open_list(w);
	for (size_t i = 0; i < options_n; i++) {
		const struct option *option = &options[i];

		json_open(w);
		json_add_text(w, "key", str_of(option->key));
		json_add_text(w, "type", option_type_text(arena, option));
		json_add_text(w, "standard", str_of(option->standard));
		json_add_text(w, "sentence", str_of(option->sentence));
		json_add_text(w, "only", str_of(option->only));
		json_add_bool(w, "reload", option->reload);
		json_close(w);
	}
	json_close_list(w);
}

static void put_commands(struct json_writer *w)
{
	json_key(w, "commands");
	json_open_list(w);
	for (size_t i = 0; i < ctl_commands_n; i++) {
		const struct ctl_command *command = &ctl_commands[i];

		json_open(w);
		json_add_text(w, "name", str_of(command->name));
		json_add_text(w, "words", str_of(command->words));
		json_add_text(w, "about", str_of(command->about));
		json_add_text(w, "more", str_of(command->more));
		json_add_text(w, "example", str_of(command->example));
		json_key(w, "options");
		json_open_list(w);
		for (size_t j = 0; j < CTL_OPTIONS_MAX && command->options[j].name != NULL; j++) {
			json_open(w);
			json_add_text(w, "name", str_of(command->options[j].name));
			json_add_text(w, "value", str_of(command->options[j].value));
			json_add_text(w, "about", str_of(command->options[j].about));
			json_close(w);
		}
		json_close_list(w);
		json_close(w);
	}
	json_close_list(w);
}

static void put_fields(struct json_writer *w, enum kind kind)
{
	size_t n;
	const struct field *fields = kind_fields(kind, &n);

	json_key(w, "fields");
	json_open_list(w);
	for (size_t i = 0; i < n; i++) {
		json_open(w);
		json_add_text(w, "name", fields[i].name);
		json_add_text(w, "type", str_of(field_types[fields[i].type]));
		json_add_bool(w, "required", fields[i].required);
		json_add_bool(w, "nullable", fields[i].nullable);
		json_close(w);
	}
	json_close_list(w);
}

static void put_kinds(struct json_writer *w)
{
	static const enum kind kinds[] = {
#define X(name, type, subjects, who) KIND_##name,
		CANDOUR_KINDS(X)
#undef X
	};

	json_key(w, "kinds");
	json_open_list(w);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kind_is_reserved(kinds[i]))
			continue;
		json_open(w);
		json_add_text(w, "type", kind_type(kinds[i]));
		json_key(w, "about");
		json_open_list(w);
#define X(name, text, bit)                                                                         \
	if ((kind_subjects(kinds[i]) & (bit)) != 0)                                                \
		json_put_text(w, S(text));
		CANDOUR_SUBJECTS(X)
#undef X
		json_close_list(w);
		put_fields(w, kinds[i]);
		json_close(w);
	}
	json_close_list(w);
}

static void put_sets(struct json_writer *w)
{
	json_key(w, "sets");
	json_open(w);
#define X(name, wire) json_put_text(w, S(wire));
#define SET(name, LIST)                                                                            \
	json_key(w, name);                                                                         \
	json_open_list(w);                                                                         \
	LIST(X)                                                                                    \
	json_close_list(w)
	SET("role", ROLES);
	SET("party_role", PARTY_ROLES);
	SET("format", FORMATS);
	SET("channel", CHANNELS);
	SET("order", ORDERS);
	SET("refusal", REFUSALS);
#undef SET
#undef X
	json_close(w);
}

int main(void)
{
	struct arena arena = ARENA_EMPTY;
	struct buf buf = buf_of(&arena, (size_t)1 << 20);
	struct json_writer w = { .buf = &buf };

	json_open(&w);
	json_add_int(&w, "event_bytes_max", CANDOUR_EVENT_BYTES_MAX);
	put_options(&w, &arena);
	put_commands(&w);
	put_kinds(&w);
	put_sets(&w);
	json_close(&w);
	require(!buf.too_long);
	printf("%.*s\n", STR_ARG(buf_str(&buf)));
	arena_free(&arena);
	return 0;
}
