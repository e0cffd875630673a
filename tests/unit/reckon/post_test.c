/* When letters leave and arrive. That of GOV.UK Notify's printer is checked in eval_test. */
#include "unit/reckon/world.h"

static const struct calendar *city(void)
{
	return calendar_of(S("{\"zone\":\"Europe/London\"," NINE_TO_FIVE
			     ",\"holidays\":[\"2026-12-25\",\"2026-12-28\",\"2027-01-01\"]}"));
}

static void assert_days(struct letter_dates dates, const char *printed, const char *latest)
{
	assert_str(date_print(&arena, dates.printed), printed);
	assert_str(date_print(&arena, dates.latest), latest);
}

static void a_print_room_has_days_and_a_cut_off_of_its_own(void **state)
{
	struct print_room room = { .cut_off = 12 * 60 };
	room.days[TUESDAY] = room.days[THURSDAY] = true;
	assert_days(
		letter_arrival_from(city(), &room, moment("2026-11-02T12:00:00Z"), POSTAGE_FIRST),
		"2026-11-03", "2026-11-04");
	assert_days(
		letter_arrival_from(city(), &room, moment("2026-11-02T12:00:01Z"), POSTAGE_FIRST),
		"2026-11-05", "2026-11-06");
	assert_days(
		letter_arrival_from(city(), &room, moment("2026-12-24T09:00:00Z"), POSTAGE_SECOND),
		"2026-12-29", "2027-01-06");
}

/* A moment later would be too late, and nothing later is in time. */
static void the_last_hand_over_is_the_last(void **state)
{
	const struct calendar *calendar = city();
	for (int32_t i = 0; i < 120; i++) {
		const date due = date_add(day_of("2026-11-01"), i);
		for (enum postage p = POSTAGE_FIRST; p < POSTAGE_COUNT; p++) {
			struct print_room room = print_room_usual();
			const instant last = letter_last_hand_over(calendar, &room, p, due);
			const instant later = instant_add(last, SPAN_MS(1));
			assert_false(date_before(
				due, letter_arrival_from(calendar, &room, last, p).latest));
			assert_true(date_before(
				due, letter_arrival_from(calendar, &room, later, p).latest));
		}
		arena_clear(&arena);
		calendar = city();
	}
}

static void christmas_takes_its_days(void **state)
{
	struct print_room room = print_room_usual();
	assert_str(instant_print(&arena, letter_last_hand_over(city(), &room, POSTAGE_SECOND,
							       day_of("2027-01-05"))),
		   "2026-12-23T17:30:00Z");
	assert_str(instant_print(&arena, letter_last_hand_over(city(), &room, POSTAGE_FIRST,
							       day_of("2027-01-05"))),
		   "2027-01-03T17:30:00Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_print_room_has_days_and_a_cut_off_of_its_own),
		cmocka_unit_test(the_last_hand_over_is_the_last),
		cmocka_unit_test(christmas_takes_its_days),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
