#include "daemon/rules.h"

struct rules *rules_read(str config_file, struct findings *findings)
{
	struct rules *rules = calloc(1, sizeof *rules);
	struct setup setup;

	if (rules == NULL)
		fatal("no memory for the rules");
	rules->users = 1;
	if (!setup_read(&rules->arena, config_file, &setup, findings)) {
		rules_drop(&rules);
		return NULL;
	}
	rules->config = setup.config;
	rules->policy = *setup.policy;
	rules->words = setup.words;
	return rules;
}

struct rules *rules_keep(struct rules *rules)
{
	rules->users++;
	return rules;
}

void rules_drop(struct rules **rules)
{
	struct rules *dropped = *rules;

	*rules = NULL;
	if (dropped == NULL || --dropped->users > 0)
		return;
	arena_free(&dropped->arena);
	free(dropped);
}
