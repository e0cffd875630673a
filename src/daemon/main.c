/* candourd: options in, exit code out; the rest is in daemon.c. */
#include <getopt.h>
#include <signal.h>

#include "base/file.h"
#include "base/log.h"
#include "base/version.h"
#include "daemon/check.h"

#define CONFIG_FILE "/etc/candour/candour.conf"

static const char usage[] =
	"candourd [--config FILE] [--check [--connect]] [--version] [--help]\n"
	"\n"
	"Takes events from Redis, decides what follows from them, and sends it.\n"
	"\n"
	"  --config FILE  the configuration (" CONFIG_FILE ")\n"
	"  --check        check configuration, policy and templates, and end\n"
	"  --connect      with --check: ask Redis, the mail server and the others, too\n"
	"  --version      print the version, and end\n"
	"\n"
	"Signals: TERM and INT stop it, a second one at once; HUP reads policy and templates again.\n"
	"Exit codes: 0 fine, 2 usage, 3 configuration, 4 Redis.\n";

struct options {
	const char *config;
	bool check, connect, version, help;
};

static bool read_options(int argc, char **argv, struct options *out)
{
	static const struct option known[] = {
		{ "config", required_argument, NULL, 'c' }, { "check", no_argument, NULL, 'k' },
		{ "connect", no_argument, NULL, 'r' },      { "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },         { NULL, 0, NULL, 0 },
	};
	int option;

	*out = (struct options){ .config = CONFIG_FILE };
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'c':
			out->config = optarg;
			break;
		case 'k':
			out->check = true;
			break;
		case 'r':
			out->connect = true;
			break;
		case 'V':
			out->version = true;
			break;
		case 'h':
			out->help = true;
			break;
		default:
			return false;
		}
	}
	return optind == argc && (out->check || !out->connect);
}

static void print_findings(struct findings *findings)
{
	const str text = setup_findings_text(findings->arena, findings);

	fprintf(stderr, "%.*s", STR_ARG(text));
}

static enum exit_code check(struct rules **rules, bool connect, struct findings *findings)
{
	enum exit_code code = EXIT_FINE;

	if (connect)
		code = check_connections(&(*rules)->config, findings);
	print_findings(findings);
	if (code == EXIT_FINE)
		printf("fine: policy %.*s\n", STR_ARG((*rules)->policy.version));
	rules_drop(rules);
	return code;
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct options options;
	struct rules *rules;
	enum exit_code code;

	file_hold_standard();
	if (!read_options(argc, argv, &options)) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (options.help || options.version) {
		fputs(options.help ? usage : "candourd " CANDOUR_VERSION "\n", stdout);
		return EXIT_FINE;
	}
	signal(SIGPIPE, SIG_IGN);
	rules = rules_read(str_of(options.config), &findings);
	if (rules == NULL) {
		print_findings(&findings);
		code = EXIT_CONFIG;
	} else if (options.check) {
		code = check(&rules, options.connect, &findings);
	} else {
		print_findings(&findings);
		log_configure(rules->config.log.level, rules->config.log.format);
		code = daemon_run(str_of(options.config), rules);
	}
	arena_free(&arena);
	return (int)code;
}
