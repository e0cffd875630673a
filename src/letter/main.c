/* candour-letter: options in, exit code out; the rest is in worker.c. */
#include <getopt.h>
#include <stdio.h>

#include "base/version.h"
#include "letter/inner.h"

static const char usage[] =
	"candour-letter [--requests N] [--cpu SECONDS] [--memory MIB] [--fonts FOLDER] [--version] [--help]\n"
	"\n"
	"Makes letters: reads requests from its standard input, writes PDFs to its standard output, and\n"
	"ends with its input. candourd and candourctl start it; src/letter/letter.h says what they speak.\n"
	"\n"
	"  --requests N     ends after so many letters (300)\n"
	"  --cpu SECONDS    processor time for one letter (10)\n"
	"  --memory MIB     address space (512)\n"
	"  --fonts FOLDER   where the fonts are (" FONTS_FOLDER ")\n"
	"\n"
	"Exit codes: 0 fine, 1 its input was no request, 2 usage.\n";

/* A number from 1 to a million. */
static bool read_number(const char *text, int *out)
{
	int64_t number = 0;
	if (!str_to_i64(str_of(text), &number) || number < 1 || number > 1000000)
		return false;
	*out = (int)number;
	return true;
}

static bool read_options(int argc, char **argv, struct worker_limits *out, bool *help,
			 bool *version)
{
	static const struct option known[] = {
		{ "requests", required_argument, NULL, 'n' },
		{ "cpu", required_argument, NULL, 'c' },
		{ "memory", required_argument, NULL, 'm' },
		{ "fonts", required_argument, NULL, 'f' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	bool fine = true;
	int option;
	while (fine && (option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option == 'n')
			fine = read_number(optarg, &out->requests);
		else if (option == 'c')
			fine = read_number(optarg, &out->cpu_s);
		else if (option == 'm')
			fine = read_number(optarg, &out->memory_mib);
		else if (option == 'f')
			out->fonts = str_of(optarg);
		else if (option == 'h')
			*help = true;
		else if (option == 'V')
			*version = true;
		else
			fine = false;
	}
	return fine && optind == argc;
}

int main(int argc, char **argv)
{
	struct worker_limits limits = {
		.requests = LETTER_REQUESTS_MAX,
		.cpu_s = LETTER_CPU_S,
		.memory_mib = LETTER_MEMORY_MIB,
		.fonts = S(FONTS_FOLDER),
	};
	bool help = false, version = false;
	if (!read_options(argc, argv, &limits, &help, &version)) {
		fputs(usage, stderr);
		return 2;
	}
	if (help || version) {
		fputs(help ? usage : "candour-letter " CANDOUR_VERSION "\n", stdout);
		return 0;
	}
	return worker_run(&limits);
}
