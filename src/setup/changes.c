/* What a reload does not take. */
#include "setup/options.h"

static const void *value_of(const struct config *config, const struct option *option,
			    size_t provider)
{
	const bool of_sms = str_starts(str_of(option->key), S("sms."));

	return (const char *)config + option->at + (of_sms ? provider * sizeof config->sms[0] : 0);
}

static bool is_same(const struct option *option, const void *a, const void *b)
{
	switch (option->type) {
	case OPTION_NUMBER:
		return *(const int *)a == *(const int *)b;
	case OPTION_SPAN:
		return ((const span *)a)->ms == ((const span *)b)->ms;
	case OPTION_INDEX:
		return *(const unsigned *)a == *(const unsigned *)b;
	case OPTION_WORD:
	case OPTION_LINE:
	case OPTION_FILE:
	case OPTION_FILE_THERE:
	case OPTION_SECRET:
	case OPTION_PREFIX:
	case OPTION_EMAIL:
	case OPTION_SENDER:
	case OPTION_PLACE:
		break;
	}
	return str_eq(*(const str *)a, *(const str *)b);
}

static bool is_changed(const struct option *option, const struct config *before,
		       const struct config *after)
{
	if (option->reload || option->at == NOWHERE)
		return false;
	for (size_t i = 0; i < PROVIDERS_MAX; i++)
		if (!is_same(option, value_of(before, option, i), value_of(after, option, i)))
			return true;
	return false;
}

void setup_changes(const struct config *before, const struct config *after, str file,
		   struct findings *findings)
{
	for (size_t i = 0; i < options_n; i++)
		if (is_changed(&options[i], before, after))
			findings_warning(
				findings, file, 0, "needs_restart",
				"'%s' has changed, which a reload does not take: it counts "
				"from the next start on (systemctl restart)",
				options[i].key);
}
