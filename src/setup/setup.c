/* Everything together. */
#include "base/arena.h"
#include "setup/inner.h"

#define TEXT_MAX ((size_t)1 << 20)

/* Days with spaces or commas between them; one at least. */
static bool print_days(str text, bool *days)
{
	str rest = text, word;
	enum weekday day;
	bool any = false;
	while (rest.n > 0) {
		size_t n = 0;
		while (n < rest.n && !str_has_byte(S(" ,"), rest.p[n]))
			n++;
		word = str_slice(rest, 0, n);
		rest = str_slice(rest, n < rest.n ? n + 1 : n, rest.n);
		if (word.n == 0)
			continue;
		if (!weekday_parse(word, &day))
			return false;
		days[day] = any = true;
	}
	return any;
}

bool print_room_read(str cut_off, str days, struct print_room *out)
{
	struct print_room room = { 0 };
	if (!minute_parse(cut_off, &room.cut_off) || !print_days(days, room.days))
		return false;
	*out = room;
	return true;
}

const struct policy *setup_post(struct arena *arena, const struct config *config,
				const struct policy *policy)
{
	struct policy *whole = TAKE(arena, struct policy, 1);
	*whole = *policy;
	require(postage_parse(config->letter.postage, &whole->postage));
	require(print_room_read(config->letter.cut_off, config->letter.print_days,
				&whole->print_room));
	return whole;
}

bool setup_read(struct arena *arena, str file, struct setup *out, struct findings *findings)
{
	struct setup setup = { 0 };
	struct config *config = &setup.config;
	size_t errors = findings->errors;
	/* A mistake in the configuration does not hide those behind it. */
	if (!config_open(arena, file, config, findings) && config->policy.n == 0)
		return false;
	setup.policy = setup_policy(arena, config->policy, findings);
	setup.words = words_read(arena, config->templates, findings);
	if (setup.policy != NULL && setup.words != NULL)
		words_check_policy(setup.words, setup.policy, findings);
	providers_read(arena, config, findings);
	if (setup.policy == NULL || setup.words == NULL || findings->errors != errors)
		return false;
	struct policy *policy = TAKE(arena, struct policy, 1);
	*policy = *setup_post(arena, config, setup.policy);
	policy->translated = words_translated(arena, setup.words, &policy->n_translated);
	setup.policy = policy;
	if (config->email.from.n == 0)
		config->email.from = setup.policy->authority.email_from;
	for (size_t i = 0; i < config->n_sms; i++) {
		if (config->sms[i].sender.n == 0)
			config->sms[i].sender = setup.policy->authority.short_name;
	}
	*out = setup;
	return true;
}

str setup_findings_text(struct arena *arena, const struct findings *findings)
{
	struct buf buf = buf_of(arena, TEXT_MAX);
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *one = &findings->list[i];
		buf_add(&buf, one->file);
		if (one->line > 0)
			buf_fmt(&buf, ":%d", one->line);
		buf_fmt(&buf, ": %s: %.*s (%.*s)\n", one->warning ? "warning" : "error",
			STR_ARG(one->message), STR_ARG(one->code));
	}
	if (findings->n == FINDINGS_MAX)
		buf_add(&buf, S("There may be more: these are the first.\n"));
	return buf_str(&buf);
}
