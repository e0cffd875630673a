/*
 * Which provider is next. Each gets its share of the messages: its weight, times how well it does. An
 * error or a slow answer costs it some of its health, which drifts back with time; so the others take
 * over before it is down, and it comes back by and by. Several errors one after the other pause it, and
 * then one message tries it.
 */
#include "deliver/http.h"

#include "base/hash.h"

#define HEALTH_FULL 1000
#define HEALTH_LEAST 50
#define COST_SLOW 100
#define COST_ERROR 250
#define HEAL_EACH_MS 1000
#define HEAL_BY 10 /* of HEALTH_FULL; so from nothing to full in two minutes */
#define FAILURES_MOST 3
#define PAUSE_FIRST SPAN_S(1)
#define PAUSE_MOST SPAN_MIN(1)
#define PAUSE_MISCONFIGURED SPAN_MIN(5)
#define HELD_AGAIN SPAN_MIN(1)

void choice_init(struct share *share, const struct provider *provider)
{
	*share = (struct share){ .weight = provider->weight,
				 .health = HEALTH_FULL,
				 .per_second = provider->per_second,
				 .at_once = (size_t)provider->at_once };
}

static void heal(struct share *share, int64_t now_ms)
{
	if (share->healed_at_ms == 0)
		share->healed_at_ms = now_ms;
	int64_t steps = (now_ms - share->healed_at_ms) / HEAL_EACH_MS;
	share->healed_at_ms += steps * HEAL_EACH_MS;
	int64_t health = share->health + steps * HEAL_BY;
	share->health = health < HEALTH_FULL ? (int)health : HEALTH_FULL;
}

static void hurt(struct share *share, int by)
{
	share->health -= by;
	if (share->health < HEALTH_LEAST)
		share->health = HEALTH_LEAST;
}

static bool is_paused(const struct share *share, int64_t now_ms)
{
	return share->held || now_ms < share->paused_until_ms;
}

static bool is_well(const struct share *share, int64_t now_ms)
{
	return !is_paused(share, now_ms) && share->failures < FAILURES_MOST;
}

/* How many it may have now; whoever comes back from a pause gets one first. */
static size_t places(const struct share *share, int64_t now_ms)
{
	if (is_paused(share, now_ms))
		return 0;
	size_t most = is_well(share, now_ms) ? share->at_once : 1;
	return share->in_hand < most ? most - share->in_hand : 0;
}

static int64_t earnings(const struct share *share)
{
	return (int64_t)share->weight * share->health;
}

bool choice_could(const struct share *shares, size_t n, unsigned allowed, int64_t now_ms)
{
	for (size_t i = 0; i < n; i++) {
		if ((allowed & 1U << i) != 0 && !is_paused(&shares[i], now_ms))
			return true;
	}
	return false;
}

/* So many that none of the well ones is full before the others have their shares; and one for each
 * that is to be tried again. Half of that must be free before there is room at all, so that many are
 * claimed at once. */
size_t choice_room(const struct share *shares, size_t n, int64_t now_ms)
{
	int64_t all = 0, most = INT64_MAX, in_hand = 0, tries = 0;
	for (size_t i = 0; i < n; i++)
		all += is_well(&shares[i], now_ms) ? earnings(&shares[i]) : 0;
	for (size_t i = 0; i < n; i++) {
		in_hand += (int64_t)shares[i].in_hand;
		if (!is_well(&shares[i], now_ms)) {
			tries += places(&shares[i], now_ms) > 0 ? 1 : 0;
			continue;
		}
		int64_t here = (int64_t)shares[i].at_once * all / earnings(&shares[i]);
		most = here < most ? here : most;
	}
	most = (all > 0 ? most : 0) + tries;
	return 2 * in_hand > most ? 0 : (size_t)(most - in_hand);
}

/* Each earns its share, and who is picked pays for all: so the shares hold over any stretch of messages,
 * and without luck. */
int choice_pick(struct share *shares, size_t n, unsigned allowed, int64_t now_ms)
{
	int64_t all = 0;
	int best = -1;
	for (size_t i = 0; i < n; i++) {
		heal(&shares[i], now_ms);
		if ((allowed & 1U << i) == 0 || places(&shares[i], now_ms) == 0)
			continue;
		shares[i].credit += earnings(&shares[i]);
		all += earnings(&shares[i]);
		if (best < 0 || shares[i].credit > shares[best].credit)
			best = (int)i;
	}
	if (best >= 0)
		shares[best].credit -= all;
	return best;
}

static void pause_share(struct share *share, span pause, int64_t now_ms)
{
	uint32_t seed;
	/* Several daemons shall not knock in step. */
	random_bytes((uint8_t *)&seed, sizeof seed);
	int64_t ms = pause.ms - (int64_t)(seed % (uint32_t)(pause.ms / 4));
	if (now_ms + ms > share->paused_until_ms)
		share->paused_until_ms = now_ms + ms;
}

static span pause_after(int failures)
{
	int64_t ms = PAUSE_FIRST.ms;
	for (int i = FAILURES_MOST; i < failures && ms < PAUSE_MOST.ms; i++)
		ms *= 2;
	return ms < PAUSE_MOST.ms ? SPAN_MS(ms) : PAUSE_MOST;
}

/* Many requests were under way when it went down: they are one failure. */
static void note_failure(struct share *share, span asked, int64_t now_ms)
{
	hurt(share, COST_ERROR);
	if (now_ms >= share->paused_until_ms) {
		share->failures++;
		if (share->failures >= FAILURES_MOST)
			pause_share(share, pause_after(share->failures), now_ms);
	}
	if (asked.ms > 0 && now_ms + asked.ms > share->paused_until_ms)
		share->paused_until_ms = now_ms + asked.ms;
}

/* What was under way when it went down and is answered during the pause does not end it. */
static bool note_answer(struct share *share, int64_t now_ms)
{
	if (now_ms < share->paused_until_ms)
		return false;
	const bool was_down = share->down;
	share->failures = 0;
	share->down = false;
	return was_down;
}

bool choice_note(struct share *share, enum share_event event, span asked, int64_t now_ms)
{
	const bool was_down = share->down;
	heal(share, now_ms);
	switch (event) {
	case SHARE_WAS_SLOW:
		hurt(share, COST_SLOW);
		return note_answer(share, now_ms);
	case SHARE_DID_WELL:
		return note_answer(share, now_ms);
	case SHARE_FAILED:
		share->failed++;
		note_failure(share, asked, now_ms);
		break;
	case SHARE_MISCONFIGURED:
		share->failed++;
		share->failures = FAILURES_MOST;
		pause_share(share, PAUSE_MISCONFIGURED, now_ms);
		break;
	}
	share->down = was_down || now_ms < share->paused_until_ms;
	return share->down && !was_down;
}

int64_t choice_take_slot(struct share *share, int64_t now_ms)
{
	if (share->per_second == 0)
		return now_ms;
	int64_t at = share->next_slot_ms > now_ms ? share->next_slot_ms : now_ms;
	share->next_slot_ms = at + 1000 / share->per_second;
	return at;
}

span choice_pause_left(const struct share *shares, size_t n, int64_t now_ms)
{
	int64_t least = INT64_MAX;
	for (size_t i = 0; i < n; i++) {
		int64_t left = shares[i].paused_until_ms - now_ms;
		if (!shares[i].held && left < least)
			least = left;
	}
	if (least == INT64_MAX)
		return HELD_AGAIN;
	return SPAN_MS(least > 0 ? least : 0);
}
