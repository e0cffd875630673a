/* docs/catalogue.md against the policy and the stories: a row for each event that a pathway declares,
 * and in it exactly the duties and templates of the policy, and a story that tells it. */
#include "setup/setup.h"

#include "base/arena.h"
#include "base/file.h"
#include "harness/assert_str.h"

#define COLUMNS_MAX 7
#define WORDS_MAX 16

struct words_of {
	str list[WORDS_MAX];
	size_t n;
};

static bool holds(const struct words_of *words, str word)
{
	for (size_t i = 0; i < words->n; i++) {
		if (str_eq(words->list[i], word))
			return true;
	}
	return false;
}

static void add(struct words_of *words, str word)
{
	if (word.n == 0 || holds(words, word))
		return;
	assert_true(words->n < WORDS_MAX);
	words->list[words->n++] = word;
}

/* What stands between back ticks. */
static struct words_of ticked(str text)
{
	struct words_of words = { 0 };
	str before, rest = text, word;
	while (str_cut(rest, '`', &before, &rest) && str_cut(rest, '`', &word, &rest))
		add(&words, word);
	return words;
}

static void same_words(str row, const char *what, const struct words_of *is,
		       const struct words_of *wanted)
{
	for (size_t i = 0; i < wanted->n; i++) {
		if (!holds(is, wanted->list[i]))
			fail_msg("%.*s: of what it %s, '%.*s' is not in the catalogue",
				 STR_ARG(row), what, STR_ARG(wanted->list[i]));
	}
	for (size_t i = 0; i < is->n; i++) {
		if (!holds(wanted, is->list[i]))
			fail_msg("%.*s: '%.*s' is not what it %s", STR_ARG(row),
				 STR_ARG(is->list[i]), what);
	}
}

/* Each story is there and holds the text. */
static void told(str row, const struct words_of *stories, const char *text)
{
	struct arena arena = ARENA_EMPTY;
	if (stories->n == 0)
		fail_msg("%.*s: no story", STR_ARG(row));
	for (size_t i = 0; i < stories->n; i++) {
		str bytes;
		str file = str_fmt(&arena, "tests/story/%.*s.story", STR_ARG(stories->list[i]));
		if (file_read(&arena, file, 1 << 20, &bytes) != OK)
			fail_msg("%.*s: there is no %.*s", STR_ARG(row), STR_ARG(file));
		if (str_find(bytes, str_of(text)) == bytes.n)
			fail_msg("%.*s: %.*s does not tell it", STR_ARG(row), STR_ARG(file));
	}
	arena_free(&arena);
}

/* Each word, with what must stand behind it, is expected in one of the row's stories. */
static void told_in_one(str row, const struct words_of *words, const char *behind,
			const struct words_of *stories)
{
	struct arena arena = ARENA_EMPTY;
	for (size_t i = 0; i < words->n; i++) {
		str wanted = str_fmt(&arena, " %.*s%s", STR_ARG(words->list[i]), behind);
		bool found = false;
		for (size_t k = 0; k < stories->n; k++) {
			str bytes;
			str file = str_fmt(&arena, "tests/story/%.*s.story",
					   STR_ARG(stories->list[k]));
			if (file_read(&arena, file, 1 << 20, &bytes) != OK)
				fail_msg("%.*s: there is no %.*s", STR_ARG(row), STR_ARG(file));
			found = found || str_find(bytes, wanted) < bytes.n;
		}
		if (!found)
			fail_msg("%.*s: no story of it expects '%.*s'", STR_ARG(row),
				 STR_ARG(str_trim(wanted)));
	}
	arena_free(&arena);
}

static struct words_of says_of(const struct saying *says, size_t n, bool meets)
{
	struct words_of words = { 0 };
	for (size_t i = 0; i < n; i++)
		add(&words, meets ? says[i].meets : says[i].template);
	return words;
}

static const struct duty_rule *find_duty(const struct policy *policy, str id)
{
	for (size_t i = 0; i < policy->n_pathways; i++) {
		for (size_t k = 0; k < policy->pathways[i].n_duties; k++) {
			if (str_eq(policy->pathways[i].duties[k].id, id))
				return &policy->pathways[i].duties[k];
		}
	}
	fail_msg("%.*s is no duty", STR_ARG(id));
	return NULL;
}

/* The family's own time begins with the event, and so do the reminders of it. */
static void add_reminders(struct words_of *says, const struct policy *policy,
			  const struct event_rule *event)
{
	for (size_t i = 0; i < event->n_starts; i++) {
		const struct duty_rule *rule = find_duty(policy, event->starts[i]);
		for (size_t k = 0; rule != NULL && rule->by_family && k < rule->n_on_warned; k++)
			add(says, rule->on_warned[k].template);
	}
}

static void check_event(const struct policy *policy, const struct pathway *pathway,
			const str *columns)
{
	struct arena arena = ARENA_EMPTY;
	struct words_of name = ticked(columns[1]), starts = { 0 };
	assert_int_equal(name.n, 1);
	const struct event_rule *event = pathway_event(pathway, name.list[0]);
	if (event == NULL)
		fail_msg("%.*s is no event of its pathway", STR_ARG(name.list[0]));
	struct words_of ends = says_of(event->says, event->n_says, true);
	for (size_t i = 0; i < event->n_starts; i++)
		add(&starts, event->starts[i]);
	for (size_t i = 0; i < event->n_meets; i++)
		add(&ends, event->meets[i]);
	struct words_of says = says_of(event->says, event->n_says, false);
	add_reminders(&says, policy, event);
	struct words_of has[4] = { ticked(columns[2]), ticked(columns[3]), ticked(columns[4]),
				   ticked(columns[5]) };
	same_words(event->type, "starts", &has[0], &starts);
	same_words(event->type, "ends", &has[1], &ends);
	same_words(event->type, "says", &has[2], &says);
	told_in_one(event->type, &has[0], " scheduled, due ", &has[3]);
	told_in_one(event->type, &has[1], " met\n", &has[3]);
	told_in_one(event->type, &has[2], " to ", &has[3]);
	told(event->type, &has[3],
	     str_z(&arena, str_fmt(&arena, "\n  %.*s case/", STR_ARG(event->type))));
	arena_free(&arena);
}

static void check_late(const struct policy *policy, const str *columns)
{
	struct arena arena = ARENA_EMPTY;
	struct words_of name = ticked(columns[1]);
	assert_int_equal(name.n, 1);
	const struct duty_rule *duty = find_duty(policy, name.list[0]);
	struct words_of says = says_of(duty->on_breached, duty->n_on_breached, false);
	struct words_of has = ticked(columns[2]), stories = ticked(columns[3]);
	const struct ladder *ladder = policy_ladder(policy, duty->ladder);
	for (size_t i = 0; ladder != NULL && i < ladder->n_rungs; i++) {
		if (!holds(&says, ladder->rungs[i].template))
			add(&says, ladder->rungs[i].template);
	}
	same_words(duty->id, "says", &has, &says);
	told(duty->id, &stories,
	     str_z(&arena, str_fmt(&arena, "  %.*s breached", STR_ARG(duty->id))));
	arena_free(&arena);
}

static size_t cut_columns(str line, str *out)
{
	size_t n = 0;
	str cell, rest = line;
	while (n < COLUMNS_MAX && str_cut(rest, '|', &cell, &rest))
		out[n++] = cell;
	return n;
}

/* The rows of one table, each given to a check; how many there were. */
static size_t read_table(const struct policy *policy, str text, const struct pathway *pathway)
{
	size_t rows = 0;
	str line, rest = text;
	while (str_line(&rest, &line) && !str_starts(line, S("## "))) {
		str columns[COLUMNS_MAX];
		if (!str_starts(line, S("| ")) || ticked(line).n == 0)
			continue;
		size_t n = cut_columns(line, columns);
		assert_int_equal(n, pathway != NULL ? 6 : 4);
		if (pathway != NULL)
			check_event(policy, pathway, columns);
		else
			check_late(policy, columns);
		rows++;
	}
	return rows;
}

/* Events that a pathway declares itself, not those that it takes along. */
static size_t count_own(const struct pathway *pathway)
{
	size_t n = 0;
	for (size_t i = 0; i < pathway->n_events; i++)
		n += str_eq(pathway->events[i].file, pathway->file) ? 1 : 0;
	return n;
}

static str text_below(str text, str title)
{
	size_t at = str_find(text, title);
	if (at == text.n)
		fail_msg("the catalogue has no heading '%.*s'", STR_ARG(title));
	return str_slice(text, at + title.n, text.n);
}

/* What its lateness says to the family is not what that of most others does. */
static bool is_late_otherwise(const struct duty_rule *duty)
{
	return !duty->by_family &&
	       (duty->n_on_breached != 1 || !str_eq(duty->on_breached[0].template, S("duty-late")));
}

static void check_all_late(const struct policy *policy, str table)
{
	struct arena arena = ARENA_EMPTY;
	for (size_t i = 0; i < policy->n_pathways; i++) {
		for (size_t k = 0; k < policy->pathways[i].n_duties; k++) {
			const struct duty_rule *duty = &policy->pathways[i].duties[k];
			str row = str_fmt(&arena, " `%.*s` | `", STR_ARG(duty->id));
			if (is_late_otherwise(duty) && str_find(table, row) == table.n)
				fail_msg("%.*s has no row of what its lateness says",
					 STR_ARG(duty->id));
		}
	}
	arena_free(&arena);
}

static void every_event_has_its_duties_its_words_and_its_story(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	const struct policy *policy = setup_policy(&arena, S("conf"), &findings);
	str text;
	assert_non_null(policy);
	assert_int_equal(file_read(&arena, S("docs/catalogue.md"), 1 << 20, &text), OK);
	for (size_t i = 0; i < policy->n_pathways; i++) {
		const struct pathway *pathway = &policy->pathways[i];
		str title = str_fmt(&arena, "\n## %.*s\n", STR_ARG(pathway->id));
		size_t rows = read_table(policy, text_below(text, title), pathway);
		if (rows != count_own(pathway))
			fail_msg("%.*s: %zu rows for %zu events", STR_ARG(pathway->id), rows,
				 count_own(pathway));
	}
	str late = text_below(text, S("\n## When a date passes\n"));
	assert_true(read_table(policy, late, NULL) > 0);
	check_all_late(policy, late);
	arena_free(&arena);
}

/* What is seen where it is kept, and where it is missed, stands in its story. */
static void check_standard(const str *columns, const struct words_of *ids)
{
	struct words_of kept = ticked(columns[4]), missed = ticked(columns[5]),
			stories = ticked(columns[6]);
	assert_int_equal(stories.n, 1);
	assert_true(kept.n > 0);
	assert_true(missed.n > 0 || str_eq(ids->list[0], S("MS10")));
	told_in_one(ids->list[0], &kept, "", &stories);
	told_in_one(ids->list[0], &missed, "", &stories);
}

static void every_minimum_standard_is_kept_and_missed_in_a_story(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	const struct policy *policy = setup_policy(&arena, S("conf"), &findings);
	str text, line;
	assert_non_null(policy);
	assert_int_equal(file_read(&arena, S("docs/catalogue.md"), 1 << 20, &text), OK);
	str rest = text_below(text, S("\n## The minimum standards\n"));
	size_t n = 0;
	while (str_line(&rest, &line)) {
		str columns[COLUMNS_MAX];
		if (!str_starts(line, S("| `")))
			continue;
		assert_int_equal(cut_columns(line, columns), 7);
		struct words_of ids = ticked(columns[1]);
		for (size_t i = 0; i < ids.n; i++, n++) {
			if (policy_minimum(policy, ids.list[i]) == NULL)
				fail_msg("%.*s is no minimum standard", STR_ARG(ids.list[i]));
		}
		check_standard(columns, &ids);
	}
	assert_int_equal(n, policy->n_minimum);
	arena_free(&arena);
}

typedef struct words_of says_fn(const struct policy *policy, str name);

static struct words_of says_of_event(const struct policy *policy, str name)
{
	const struct event_rule *event = policy_standard(policy, name);
	if (event == NULL)
		fail_msg("%.*s is nothing that standards.yaml speaks of", STR_ARG(name));
	return says_of(event->says, event->n_says, false);
}

static struct words_of says_of_step(const struct policy *policy, str name)
{
	const struct action_rule *rule = &policy->actions;
#define STEP(step)                                                                                 \
	if (str_eq(name, S(#step)))                                                                \
		return says_of(rule->step, rule->n_##step, false);
	STEP(on_agreed)
	STEP(on_warned)
	STEP(on_breached)
	STEP(on_lapsed)
	STEP(on_foreseen)
	STEP(on_completed)
	STEP(on_disputed)
	STEP(on_rescheduled)
	STEP(on_cancelled)
#undef STEP
	fail_msg("%.*s is no step of an action", STR_ARG(name));
	return (struct words_of){ 0 };
}

/* A table of three columns: what, its templates, its stories. How many rows it has. */
static size_t check_said(const struct policy *policy, const char *title, says_fn *says_of_row)
{
	struct arena arena = ARENA_EMPTY;
	str text, line;
	size_t rows = 0;
	assert_int_equal(file_read(&arena, S("docs/catalogue.md"), 1 << 20, &text), OK);
	str rest = text_below(text, str_of(title));
	while (str_line(&rest, &line) && !str_starts(line, S("## "))) {
		str columns[COLUMNS_MAX];
		if (!str_starts(line, S("| ")) || ticked(line).n == 0)
			continue;
		assert_int_equal(cut_columns(line, columns), 4);
		struct words_of name = ticked(columns[1]), has = ticked(columns[2]),
				stories = ticked(columns[3]);
		assert_int_equal(name.n, 1);
		struct words_of says = says_of_row(policy, name.list[0]);
		same_words(name.list[0], "says", &has, &says);
		told_in_one(name.list[0], &says, " to ", &stories);
		rows++;
	}
	arena_free(&arena);
	return rows;
}

static void what_is_said_of_any_case_is_told_in_a_story(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	const struct policy *policy = setup_policy(&arena, S("conf"), &findings);
	size_t n = 0;
	assert_non_null(policy);
	for (size_t i = 0; i < policy->n_standards; i++)
		n += policy->standards[i].n_says > 0 ? 1 : 0;
	assert_int_equal(check_said(policy, "\n## Whatever the pathway\n", says_of_event), n);
	assert_int_equal(check_said(policy, "\n## Agreed actions\n", says_of_step), 9);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_event_has_its_duties_its_words_and_its_story),
		cmocka_unit_test(every_minimum_standard_is_kept_and_missed_in_a_story),
		cmocka_unit_test(what_is_said_of_any_case_is_told_in_a_story),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
