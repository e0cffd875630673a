/* Each template in each of its forms, without anything that need not be known: what is left must read whole. */
#include "words/inner.h"

#include "unit/words/bench.h"

static const struct words *shipped;
static struct arena shelf;

static int read_shipped(void **state)
{
	struct findings findings = findings_of(&shelf);
	shipped = words_read(&shelf, S("templates"), &findings);
	return shipped == NULL;
}

static int free_shipped(void **state)
{
	arena_free(&shelf);
	return 0;
}

/* Somewhere it stands in no section of its own: whoever uses the template must have it. */
static bool is_needed(const struct template *template, str name)
{
	for (size_t i = 0; i < template->n_uses; i++) {
		const struct use *use = &template->uses[i];
		if (str_eq(use->name, name) && !use->guarded && !use->section)
			return true;
	}
	/* What the short form alone has is not among these. */
	str tag = str_fmt(&arena, "{{%.*s}}", STR_ARG(name));
	str section = str_fmt(&arena, "{{#%.*s}}", STR_ARG(name));
	str sms = template->sms.text;
	return str_find(sms, tag) < sms.n && str_find(sms, section) == sms.n;
}

static void put_member(struct json_writer *w, const struct template *template, str group,
		       const struct json_member *member, str only)
{
	str name = str_fmt(&arena, "%.*s.%.*s", STR_ARG(group), STR_ARG(member->key));
	bool is_truth = member->value.type == JSON_BOOL;
	bool is_meant = only.n == 0 ? !is_truth : str_eq(only, name);
	if (is_meant && !is_needed(template, name))
		return;
	json_key_str(w, member->key);
	json_put(w, &member->value);
}

static str print(const struct json *facts)
{
	struct buf buf = buf_of(&arena, 16384);
	struct json_writer w = { .buf = &buf };
	json_put(&w, facts);
	return buf_str(&buf);
}

/* The sample's facts, and whatever else the template has a place for. */
static str fill(const struct template *template, str facts)
{
	const struct json *sample = NULL;
	const struct json something = { .type = JSON_TEXT, .text = S("something") };
	assert_int_equal(json_parse(&arena, facts, 16, &sample, NULL), JSON_FINE);
	struct json all = *sample;
	for (size_t i = 0; i < template->n_uses; i++) {
		str group, key, deeper;
		if (!str_cut(template->uses[i].name, '.', &group, &key) ||
		    str_cut(key, '.', &deeper, &deeper))
			continue;
		const struct json *of = json_get(&all, str_z(&arena, group));
		if (of == NULL ||
		    (of->type == JSON_MAP && json_get(of, str_z(&arena, key)) == NULL))
			all = map_with(&arena, &all, group, map_with(&arena, of, key, something));
	}
	return print(&all);
}

/* The facts without one value that the template can do without; without a name, without any of them:
 * only who is addressed stays. */
static str strip(const struct template *template, str facts, str only)
{
	const struct json *tree = NULL;
	struct buf buf = buf_of(&arena, 65536);
	struct json_writer w = { .buf = &buf };
	assert_int_equal(json_parse(&arena, facts, 16, &tree, NULL), JSON_FINE);
	json_open(&w);
	for (size_t i = 0; i < tree->map.n; i++) {
		const struct json_member *group = &tree->map.members[i];
		json_key_str(&w, group->key);
		if (group->value.type != JSON_MAP) {
			json_put(&w, &group->value);
			continue;
		}
		json_open(&w);
		for (size_t k = 0; k < group->value.map.n; k++)
			put_member(&w, template, group->key, &group->value.map.members[k], only);
		json_close(&w);
	}
	json_close(&w);
	return buf_str(&buf);
}

/* Where a value was cut out and its words were left. */
static const char *find_hole(str text)
{
	static const char *const holes[] = { " .", " ,", " :",   "()",    "..",
					     ",,", ":.", " by.", "Call ." };
	str line;
	for (size_t i = 0; i < sizeof holes / sizeof holes[0]; i++) {
		if (str_find(text, str_of(holes[i])) < text.n)
			return holes[i];
	}
	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (str_eq(line, S("-")) || str_eq(line, S("1.")) ||
		    (str_starts(line, S("- ")) && str_ends(line, S(":"))))
			return "an empty item";
		if (str_find(line, S("  ")) < line.n)
			return "two spaces";
	}
	return NULL;
}

struct count {
	size_t tried, wrong;
};

static void try(const struct template *template, enum channel_kind channel, bool is_filled,
		str only, struct count *count)
{
	struct message message;
	struct worded worded = { .subject = STR_EMPTY };
	str why = STR_EMPTY, name = template->info.name;
	if (!words_sample(&arena, shipped, sample_policy(&arena), name, S("en"), channel, &message,
			  &why))
		return;
	if (is_filled)
		message.facts = fill(template, message.facts);
	message.facts = strip(template, message.facts, only);
	bool is_worded = words_render(&arena, shipped, sample_policy(&arena), &message,
				      day_of("2026-11-02"), &worded, &why);
	str text = channel == CHANNEL_SMS ? str_join(&arena, worded.sms, S("\n")) : worded.text;
	const char *hole = is_worded ? find_hole(text) : "no words";
	count->tried++;
	if (hole == NULL)
		return;
	count->wrong++;
	print_error("%.*s has a hole (%s): %.*s%.*s\n", STR_ARG(name), hole, STR_ARG(why),
		    STR_ARG(text));
}

static void try_all(const struct template *template, enum channel_kind channel, struct count *count)
{
	for (int is_filled = 0; is_filled < 2; is_filled++) {
		try(template, channel, is_filled, STR_EMPTY, count);
		for (size_t i = 0; i < template->n_uses; i++) {
			str name = template->uses[i].name;
			if (!str_starts(name, S("recipient.")))
				try(template, channel, is_filled, name, count);
		}
		arena_clear(&arena);
	}
}

static void each_template_reads_whole_without_what_may_be_absent(void **state)
{
	struct count count = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < shipped->n; i++) {
		const struct template *template = &shipped->templates[i];
		if (!str_eq(template->info.language, S("en")))
			continue;
		n++;
		try_all(template, CHANNEL_EMAIL, &count);
		if (template->info.has_sms)
			try_all(template, CHANNEL_SMS, &count);
	}
	/* Each as an email, and those for the family as a text as well. */
	assert_true(count.tried > n);
	assert_int_equal(count.wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_template_reads_whole_without_what_may_be_absent, begin),
	};
	return cmocka_run_group_tests(tests, read_shipped, free_shipped);
}
