#include "ctl/ctl.h"

#include "base/arena.h"
#include "harness/assert_str.h"

#include <unistd.h>

static struct arena arena;

/* What a run printed, and how it ended. */
struct answer {
	enum ctl_end end;
	str out, err;
};

static int point_at(int fd, FILE *file)
{
	const int kept = dup(fd);

	assert_true(kept >= 0);
	assert_true(dup2(fileno(file), fd) >= 0);
	return kept;
}

static void point_back(int fd, int kept)
{
	assert_true(dup2(kept, fd) >= 0);
	close(kept);
}

static str take_text(FILE *file)
{
	char *bytes = TAKE(&arena, char, 65536);

	rewind(file);
	const size_t n = fread(bytes, 1, 65536, file);

	fclose(file);
	return (str){ bytes, n };
}

/* Runs candourctl with these words, split at spaces. */
static struct answer run(const char *line)
{
	FILE *out = tmpfile(), *err = tmpfile();
	str words[16], rest = str_of(line);
	size_t n = 0;

	assert_non_null(out);
	assert_non_null(err);
	while (str_cut(rest, ' ', &words[n], &rest))
		n++;
	if (rest.n > 0)
		words[n++] = rest;
	fflush(NULL);
	const int kept_out = point_at(STDOUT_FILENO, out);
	const int kept_err = point_at(STDERR_FILENO, err);
	const enum ctl_end end = ctl_run(words, n);

	fflush(NULL);
	point_back(STDOUT_FILENO, kept_out);
	point_back(STDERR_FILENO, kept_err);
	return (struct answer){ .end = end, .out = take_text(out), .err = take_text(err) };
}

static bool holds(str text, const char *part)
{
	return str_find(text, str_of(part)) < text.n;
}

static void assert_fits_a_terminal(str text)
{
	str line;

	while (str_line(&text, &line)) {
		if (line.n > 80)
			print_error("too wide: %.*s\n", STR_ARG(line));
		assert_true(line.n <= 80);
		assert_false(str_has_byte(line, '\033'));
	}
}

/* --- the table ----------------------------------------------------------------------------------- */

static void every_command_is_in_the_help_with_its_sentence(void **state)
{
	const struct answer help = run("help");

	assert_int_equal(help.end, CTL_FINE);
	for (size_t i = 0; i < ctl_commands_n; i++) {
		assert_true(holds(help.out, ctl_commands[i].name));
		assert_true(holds(help.out, ctl_commands[i].about));
		assert_true(str_ends(str_of(ctl_commands[i].about), S(".")));
	}
	assert_fits_a_terminal(help.out);
}

static void every_command_explains_itself_with_an_example_of_its_own(void **state)
{
	for (size_t i = 0; i < ctl_commands_n; i++) {
		const char *name = ctl_commands[i].name;
		const struct answer help = run(str_z(&arena, str_fmt(&arena, "help %s", name)));

		assert_int_equal(help.end, CTL_FINE);
		assert_true(str_starts(str_of(ctl_commands[i].example), str_of(name)));
		assert_true(holds(help.out, ctl_commands[i].example));
		for (const struct ctl_option *option = ctl_commands[i].options;
		     option->name != NULL; option++)
			assert_true(holds(help.out,
					  str_z(&arena, str_fmt(&arena, "--%s", option->name))));
	}
}

static void an_option_takes_a_value_everywhere_or_nowhere(void **state)
{
	/* Options are read before the command is known. */
	for (size_t i = 0; i < ctl_commands_n; i++)
		for (size_t k = 0; k < ctl_commands_n; k++)
			for (const struct ctl_option *a = ctl_commands[i].options; a->name != NULL;
			     a++)
				for (const struct ctl_option *b = ctl_commands[k].options;
				     b->name != NULL; b++)
					if (strcmp(a->name, b->name) == 0)
						assert_int_equal(a->value == NULL,
								 b->value == NULL);
}

static void help_can_be_asked_for_behind_the_command(void **state)
{
	assert_true(str_eq(run("case show --help").out, run("help case show").out));
	assert_true(str_eq(run("-h").out, run("help").out));
}

static void the_version_is_one_line(void **state)
{
	const struct answer answer = run("--version");

	assert_int_equal(answer.end, CTL_FINE);
	assert_true(str_starts(answer.out, S("candourctl ")));
	assert_true(str_ends(answer.out, S("\n")));
}

/* --- mistakes ------------------------------------------------------------------------------------ */

static void what_cannot_be_understood_is_usage_with_a_way_on(void **state)
{
	static const struct {
		const char *line, *says;
	} mistakes[] = {
		{ "", "say what to do" },
		{ "sing", "no command 'sing'" },
		{ "dead", "dead list, dead show, dead replay, dead park, dead drop" },
		{ "dead lst", "dead list" },
		{ "case show", "case show ID" },
		{ "case show C1 C2", "case show ID" },
		{ "status --loud", "no option --loud" },
		{ "status --all", "status has no option --all" },
		{ "status -x", "no option -x" },
		{ "duties --all=yes", "--all takes no value" },
		{ "due --from", "--from wants a value" },
		{ "help sing", "no command 'sing'" },
		{ "--config", "--config wants a value" },
	};

	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
		const struct answer answer = run(mistakes[i].line);

		assert_int_equal(answer.end, CTL_USAGE);
		assert_int_equal(answer.out.n, 0);
		if (!holds(answer.err, mistakes[i].says))
			print_error("%s: %.*s\n", mistakes[i].line, STR_ARG(answer.err));
		assert_true(holds(answer.err, mistakes[i].says));
	}
}

static void options_may_stand_anywhere_and_be_joined_to_their_value(void **state)
{
	static const char *const lines[] = {
		"due 0_weeks --from 2026-11-02 --policy conf",
		"--policy conf --from 2026-11-02 due 0_weeks",
		"--from=2026-11-02 due --policy=conf 0_weeks",
		"due --policy conf --from 2026-11-02 -- 0_weeks",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		/* All are understood up to the duration, which needs a space that run() cannot say. */
		assert_true(holds(run(lines[i]).err, "'0_weeks'"));
}

static void without_a_configuration_it_says_which_file_is_missing(void **state)
{
	const struct answer answer = run("--config /nowhere/candour.conf status");

	assert_int_equal(answer.end, CTL_CONFIGURATION);
	assert_true(holds(answer.err, "/nowhere/candour.conf"));
}

static void without_redis_one_sentence_says_what_to_look_at(void **state)
{
	char place[] = "/tmp/candour-ctl-XXXXXX";
	const int fd = mkstemp(place);
	const char config[] = "redis:\n  socket: /nowhere/redis.sock\n"
			      "email:\n  dir: mail\nsms:\n  dir: sms\nletter:\n  dir: letters\n"
			      "policy: .\ntemplates: .\n";

	assert_true(fd >= 0);
	assert_int_equal(write(fd, config, sizeof config - 1), sizeof config - 1);
	const struct answer answer = run(
		str_z(&arena, str_fmt(&arena, "--config %s wait --idle", place)));

	close(fd);
	unlink(place);
	if (answer.end != CTL_REDIS)
		print_error("%.*s\n", STR_ARG(answer.err));
	assert_int_equal(answer.end, CTL_REDIS);
	assert_true(holds(answer.err, "cannot reach Redis at /nowhere/redis.sock"));
	assert_int_equal(answer.out.n, 0);
}

static int clear_arena(void **state)
{
	arena_clear(&arena);
	return 0;
}

#define CTL_TEST(name) cmocka_unit_test_setup(name, clear_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CTL_TEST(every_command_is_in_the_help_with_its_sentence),
		CTL_TEST(every_command_explains_itself_with_an_example_of_its_own),
		CTL_TEST(an_option_takes_a_value_everywhere_or_nowhere),
		CTL_TEST(help_can_be_asked_for_behind_the_command),
		CTL_TEST(the_version_is_one_line),
		CTL_TEST(what_cannot_be_understood_is_usage_with_a_way_on),
		CTL_TEST(options_may_stand_anywhere_and_be_joined_to_their_value),
		CTL_TEST(without_a_configuration_it_says_which_file_is_missing),
		CTL_TEST(without_redis_one_sentence_says_what_to_look_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
