/* The command line: which command, its words, its options. Options may stand anywhere. */
#include "base/version.h"
#include "ctl/inner.h"

/* --- help ---------------------------------------------------------------------------------------- */

static const char head[] = "candourctl [--config FILE] [--json] COMMAND\n"
			   "\n"
			   "  --config FILE    instead of /etc/candour/candour.conf\n"
			   "  --json           answer in JSON, for programs\n"
			   "\n";

static const char tail[] =
	"\n"
	"candourctl help COMMAND says more, with an example. Exit codes: 0 fine,\n"
	"1 refused or findings, 2 usage, 3 configuration, 4 Redis, 5 not found.\n";

static void write_help(struct buf *out)
{
	buf_add(out, str_of(head));
	for (size_t i = 0; i < ctl_commands_n; i++)
		buf_fmt(out, "  %-16s %s\n", ctl_commands[i].name, ctl_commands[i].about);
	buf_add(out, str_of(tail));
}

static void write_option(struct buf *out, const struct ctl_option *option)
{
	struct arena arena = ARENA_EMPTY;
	str shown = str_fmt(&arena, "--%s%s%s", option->name, option->value != NULL ? " " : "",
			    option->value != NULL ? option->value : "");

	text_wrap(out, str_fmt(&arena, "  %-20.*s ", STR_ARG(shown)), str_of(option->about));
	arena_free(&arena);
}

static void write_command_help(struct buf *out, const struct ctl_command *command)
{
	const bool has_words = command->words[0] != '\0';

	buf_fmt(out, "candourctl %s%s%s%s\n\n", command->name, has_words ? " " : "", command->words,
		command->options[0].name != NULL ? " [OPTIONS]" : "");
	text_wrap(out, STR_EMPTY, str_of(command->about));
	if (command->more != NULL)
		text_wrap(out, STR_EMPTY, str_of(command->more));
	buf_byte(out, '\n');
	for (const struct ctl_option *option = command->options; option->name != NULL; option++)
		write_option(out, option);
	if (command->options[0].name != NULL)
		buf_byte(out, '\n');
	buf_fmt(out, "Example:\n  candourctl %s\n", command->example);
}

/* --- reading ------------------------------------------------------------------------------------- */

/* How many of the words are the command's name; 0: it is another one. */
static size_t match(const struct ctl_command *command, const str *words, size_t n)
{
	str name, rest = str_of(command->name);
	size_t i = 0;

	while (rest.n > 0) {
		if (!str_cut(rest, ' ', &name, &rest)) {
			name = rest;
			rest = STR_EMPTY;
		}
		if (i == n || !str_eq(words[i], name))
			return 0;
		i++;
	}
	return i;
}

static const struct ctl_command *find_command(const str *words, size_t n, size_t *out_used)
{
	for (size_t i = 0; i < ctl_commands_n; i++) {
		*out_used = match(&ctl_commands[i], words, n);
		if (*out_used > 0)
			return &ctl_commands[i];
	}
	return NULL;
}

/* "dead" alone, or "dead lst": what there is of it. */
static bool complain_of_group(str word)
{
	struct arena arena = ARENA_EMPTY;
	struct buf known = buf_of(&arena, 1024);
	const str group = str_join(&arena, word, S(" "));

	for (size_t i = 0; i < ctl_commands_n; i++)
		if (str_starts(str_of(ctl_commands[i].name), group))
			buf_fmt(&known, "%s%s", known.n > 0 ? ", " : "", ctl_commands[i].name);
	if (known.n > 0)
		ctl_complain("there is %.*s", STR_ARG(buf_str(&known)));
	const bool found = known.n > 0;

	arena_free(&arena);
	return found;
}

static void complain_of_command(const struct ctl *ctl)
{
	if (ctl->n_words == 0)
		ctl_complain("say what to do: candourctl help lists the commands");
	else if (!complain_of_group(ctl->words[0]))
		ctl_complain("there is no command '%.*s': candourctl help lists the commands",
			     STR_ARG(ctl->words[0]));
}

/* Options of no command in particular; they take their value as the others do. */
static const struct ctl_option common[] = { { "config", "FILE", "" },
					    { "json", NULL, "" },
					    { "help", NULL, "" },
					    { "version", NULL, "" } };

static const struct ctl_option *find_in(const struct ctl_option *options, size_t n, str name)
{
	for (size_t i = 0; i < n && options[i].name != NULL; i++)
		if (str_eq(name, str_of(options[i].name)))
			return &options[i];
	return NULL;
}

/* Whatever command has it: options may stand before the command is known. */
static const struct ctl_option *find_option(str name)
{
	const struct ctl_option *found = find_in(common, sizeof common / sizeof common[0], name);

	for (size_t i = 0; i < ctl_commands_n && found == NULL; i++)
		found = find_in(ctl_commands[i].options, CTL_OPTIONS_MAX, name);
	return found;
}

/* An option and, perhaps from the next word, its value. */
static bool read_option(struct ctl *ctl, const str *words, size_t n, size_t *at)
{
	str name = str_slice(words[*at], 2, words[*at].n), value = STR_EMPTY;
	const bool joined = str_cut(name, '=', &name, &value);
	const struct ctl_option *option = find_option(name);

	if (option == NULL) {
		ctl_complain("there is no option --%.*s: candourctl help COMMAND lists them",
			     STR_ARG(name));
		return false;
	}
	if (option->value == NULL && joined) {
		ctl_complain("--%s takes no value", option->name);
		return false;
	}
	if (option->value != NULL && !joined) {
		if (*at + 1 == n) {
			ctl_complain("--%s wants a value: --%s %s", option->name, option->name,
				     option->value);
			return false;
		}
		value = words[++*at];
	}
	ctl->said[ctl->n_said++] = (struct ctl_said){ .name = name, .value = value };
	return true;
}

static bool sort_words(struct ctl *ctl, const str *words, size_t n)
{
	bool only_words = false;

	ctl->words = TAKE(&ctl->arena, str, n + 1);
	ctl->said = TAKE(&ctl->arena, struct ctl_said, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (only_words || !str_starts(words[i], S("-")) || words[i].n == 1)
			ctl->words[ctl->n_words++] = words[i];
		else if (str_eq(words[i], S("--")))
			only_words = true;
		else if (str_eq(words[i], S("-h")))
			ctl->said[ctl->n_said++] = (struct ctl_said){ .name = S("help") };
		else if (!str_starts(words[i], S("--"))) {
			ctl_complain("there is no option %.*s", STR_ARG(words[i]));
			return false;
		} else if (!read_option(ctl, words, n, &i))
			return false;
	}
	return true;
}

static bool check_options(const struct ctl *ctl)
{
	for (size_t i = 0; i < ctl->n_said; i++) {
		const str name = ctl->said[i].name;

		if (find_in(common, sizeof common / sizeof common[0], name) != NULL ||
		    find_in(ctl->command->options, CTL_OPTIONS_MAX, name) != NULL)
			continue;
		ctl_complain("%s has no option --%.*s: candourctl help %s", ctl->command->name,
			     STR_ARG(name), ctl->command->name);
		return false;
	}
	return true;
}

static bool check_words(const struct ctl *ctl)
{
	if (ctl->n_words >= ctl->command->least && ctl->n_words <= ctl->command->most)
		return true;
	ctl_complain("it is written: candourctl %s %s", ctl->command->name, ctl->command->words);
	return false;
}

/* The word "help", or --help behind a command. */
static bool help(struct ctl *ctl)
{
	const bool word = ctl->n_words > 0 && str_eq(ctl->words[0], S("help"));
	const str *words = ctl->words + word;
	const size_t n = ctl->n_words - word;
	size_t used;
	const struct ctl_command *command = find_command(words, n, &used);

	if (command != NULL)
		write_command_help(&ctl->out, command);
	else if (n == 0)
		write_help(&ctl->out);
	else if (!complain_of_group(words[0]))
		ctl_complain("there is no command '%.*s'", STR_ARG(words[0]));
	return command != NULL || n == 0;
}

bool args_read(struct ctl *ctl, const str *words, size_t n)
{
	size_t used;

	if (!sort_words(ctl, words, n))
		return false;
	if (args_has(ctl, "help") || (ctl->n_words > 0 && str_eq(ctl->words[0], S("help"))))
		return help(ctl);
	if (args_has(ctl, "version")) {
		buf_add(&ctl->out, S("candourctl " CANDOUR_VERSION "\n"));
		return true;
	}
	ctl->command = find_command(ctl->words, ctl->n_words, &used);
	if (ctl->command == NULL) {
		complain_of_command(ctl);
		return false;
	}
	ctl->words += used;
	ctl->n_words -= used;
	ctl->json = args_has(ctl, "json");
	if (args_has(ctl, "config"))
		ctl->config_file = args_value(ctl, "config");
	return check_options(ctl) && check_words(ctl);
}

str args_value(const struct ctl *ctl, const char *option)
{
	str value = STR_EMPTY;

	for (size_t i = 0; i < ctl->n_said; i++)
		if (str_eq(ctl->said[i].name, str_of(option)))
			value = ctl->said[i].value;
	return value;
}

bool args_has(const struct ctl *ctl, const char *option)
{
	for (size_t i = 0; i < ctl->n_said; i++)
		if (str_eq(ctl->said[i].name, str_of(option)))
			return true;
	return false;
}

bool args_timeout(const struct ctl *ctl, int64_t fewest, int64_t most, int64_t *out_s)
{
	const str said = args_value(ctl, "timeout");

	if (!args_has(ctl, "timeout") ||
	    (str_to_i64(said, out_s) && *out_s >= fewest && *out_s <= most))
		return true;
	ctl_complain("--timeout is a number of seconds, %lld to %lld", (long long)fewest,
		     (long long)most);
	return false;
}

bool args_day(const struct ctl *ctl, const char *option, date *out)
{
	if (!args_has(ctl, option) || date_parse(args_value(ctl, option), out))
		return true;
	ctl_complain("--%s is a date, such as 2026-11-01", option);
	return false;
}

#define REASON_BYTES_MAX 200

bool args_reason(struct ctl *ctl, str *out)
{
	const str reason = args_value(ctl, "reason");

	*out = text_clean(&ctl->arena, reason);
	return reason.n > 0 && reason.n <= REASON_BYTES_MAX;
}
