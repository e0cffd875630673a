/*
 * candourctl: what a person or a script asks of Candour, or tells it, from a terminal.
 *
 * A table of commands (commands.c), each with its help and an example; the rest is one short
 * function for each. A command reads the configuration and, where it needs them, the policy, the
 * words and Redis; answers in text for people or, with --json, for programs; and ends with a code
 * that says which kind of trouble there was. It never waits on a loop, and holds no state.
 */
#ifndef CANDOUR_CTL_CTL_H
#define CANDOUR_CTL_CTL_H

#include "base/str.h"

/* What a command ends with: the process's exit code. */
enum ctl_end {
	CTL_FINE,
	CTL_REFUSED,       /* something was refused, found wrong, or did not come about in time */
	CTL_USAGE,         /* the command line cannot be understood */
	CTL_CONFIGURATION, /* configuration or policy have to be mended first */
	CTL_REDIS,         /* Redis cannot be reached, or what is there cannot be read */
	CTL_NOT_FOUND
};

#define CTL_OPTIONS_MAX 8

struct ctl_option {
	const char *name;  /* "policy", as in --policy */
	const char *value; /* "DIR"; NULL: the option stands alone */
	const char *about;
};

struct ctl;

struct ctl_command {
	const char *name;    /* "case show" */
	const char *words;   /* "ID" */
	size_t least, most;  /* how many words */
	const char *about;   /* one sentence */
	const char *more;    /* further sentences for `help COMMAND`; may be NULL */
	const char *example; /* behind "candourctl " */
	struct ctl_option options[CTL_OPTIONS_MAX]; /* to the first without a name */
	enum ctl_end (*run)(struct ctl *ctl);
};

extern const struct ctl_command ctl_commands[];
extern const size_t ctl_commands_n;

/* Does what the words behind the program's name say. Answers go to standard output, complaints to
 * standard error. */
enum ctl_end ctl_run(const str *words, size_t n);

#endif
