/* Running cases from before Candour. Their events come in their order, between import.began and
 * import.ended, and are decided like any other; but what happened before the day on which Candour
 * begins has been said by others, so it is written down and not said again. Clocks stand still until
 * the end: a duty whose day is over may be met by the next event of the import. */
#include "decide/inner.h"

/* An import that breaks off does not hold a family's clocks for ever. */
#define IMPORT_MOST SPAN_HOURS(1)

bool import_is_running(const struct turn *turn)
{
	const struct family *family = turn->family;
	return !instant_is_never(family->importing) && instant_before(turn->now, family->importing);
}

bool import_is_silent(const struct turn *turn)
{
	const struct family *family = turn->family;
	if (turn->event->kind == KIND_IMPORT_ENDED)
		return true;
	return import_is_running(turn) && date_is(family->quiet_before) &&
	       instant_before(turn->event->time,
			      calendar_day_start(turn->policy->calendar, family->quiet_before));
}

void import_began(struct turn *turn)
{
	struct family *family = turn->family;
	family->importing = instant_add(turn->now, IMPORT_MOST);
	date_parse(json_text(turn->event->data, "quiet_before"), &family->quiet_before);
	entry_event(turn, STR_EMPTY, S("Import of running cases begins"));
}

/* The intervals of silence count from the day on which Candour begins. */
static void begin_to_keep(struct family *family)
{
	for (size_t i = 0; i < family->n_cases; i++) {
		struct case_file *file = &family->cases[i];
		if (date_before(file->heard_on, family->quiet_before))
			file->heard_on = family->quiet_before;
	}
}

void import_ended(struct turn *turn)
{
	struct family *family = turn->family;
	family->importing = INSTANT_NEVER;
	if (date_is(family->quiet_before))
		begin_to_keep(family);
	entry_event(turn, STR_EMPTY, S("Import of running cases has ended"));
}
