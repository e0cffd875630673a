/* What families note at a desk: kept one by one, in order, until a commit of the desk takes them up. */
#include "world.h"

#define NOTE(n) "{\"case\":\"C" n "\",\"about\":\"A\"}"

/* Each with an event of its own. */
static void note_from_family(const char *event_id, const char *const *data, size_t n)
{
	struct note *notes = TAKE(&world.arena, struct note, n);
	struct family *family = make_family(event_id);
	struct plan plan = {
		.family = family, .next_look = INSTANT_NEVER, .notes = notes, .n_notes = n
	};
	const struct event event = make_event(KIND_CONTACT_UPDATED, SUBJECT_FAMILY, event_id,
					      event_id);

	for (size_t i = 0; i < n; i++)
		notes[i] = (struct note){ .service = S("send"), .data = str_of(data[i]) };
	assert_int_equal(commit_event(&event, &plan), COMMIT_DONE);
}

static void note_one(const char *event_id, const char *data)
{
	note_from_family(event_id, &data, 1);
}

static struct loaded load_desk(void)
{
	const struct event event = make_event(KIND_DESK_NOTED, SUBJECT_SERVICE, "send", "bell");
	const struct reply reply = ask(store_load(&world.arena, &world.store, &event, true));
	struct loaded loaded = { 0 };

	assert_int_equal(store_load_read(&world.arena, &event, &reply, &loaded), OK);
	return loaded;
}

/* The desk's next commit: as it was loaded, or begun. */
static enum commit take_up(const char *event_id, const struct loaded *loaded, size_t n)
{
	struct family *desk = loaded->family != NULL ? loaded->family : make_family("desk:send");
	struct plan plan = { .family = desk, .next_look = INSTANT_NEVER, .n_taken = n };
	const struct event event = make_event(KIND_DESK_NOTED, SUBJECT_SERVICE, "send", event_id);
	const struct store_work work = work_of(STORE_OWN, deliver_event("own", &event), &event);

	return commit_work(&work, &plan);
}

static int64_t bells(void)
{
	str rest = own_events(), line;
	int64_t n = 0;

	while (str_line(&rest, &line))
		n += has_text(line, "\"type\":\"desk.noted\",\"subject\":\"service/send\"");
	return n;
}

static void many_notes_are_one_event(void **state)
{
	const char *const two[] = { NOTE("1"), NOTE("2") };

	note_from_family("F1", two, 2);
	note_one("F2", NOTE("3"));
	assert_int_equal(redis_count("LLEN {t}:notes:send"), 3);
	assert_int_equal(bells(), 1);
	assert_int_equal(redis_count("XLEN {t}:own"), 1);

	const struct loaded loaded = load_desk();
	assert_null(loaded.family);
	assert_int_equal(loaded.n_notes, 3);
	assert_str(json_text(loaded.notes[0], "case"), "C1");
	assert_str(json_text(loaded.notes[2], "case"), "C3");
}

static void an_event_that_is_lost_is_made_up_for_by_a_look(void **state)
{
	note_one("F1", NOTE("1"));
	assert_str(redis_text("ZSCORE {t}:looks desk:send"), "1793611800000");
}

static void a_desk_takes_up_what_came_with_its_record_and_hears_of_the_rest(void **state)
{
	note_one("F1", NOTE("1"));
	note_one("F2", NOTE("2"));
	struct loaded loaded = load_desk();
	note_one("F3", NOTE("3"));
	assert_int_equal(take_up("a", &loaded, loaded.n_notes), COMMIT_DONE);
	assert_int_equal(redis_count("LLEN {t}:notes:send"), 1);
	assert_int_equal(bells(), 2);
	assert_str(redis_text("ZSCORE {t}:looks desk:send"), "1793611800000");

	loaded = load_desk();
	assert_int_equal(loaded.n_notes, 1);
	assert_str(json_text(loaded.notes[0], "case"), "C3");
	assert_int_equal(take_up("b", &loaded, 1), COMMIT_DONE);
	assert_int_equal(redis_count("EXISTS {t}:notes:send"), 0);
	assert_int_equal(redis_count("EXISTS {t}:looks"), 0);
	assert_int_equal(bells(), 2);
	note_one("F4", NOTE("4"));
	assert_int_equal(bells(), 3);
}

static void what_is_decided_on_an_older_record_takes_up_nothing(void **state)
{
	note_one("F1", NOTE("1"));
	const struct loaded loaded = load_desk();
	assert_int_equal(take_up("a", &loaded, 1), COMMIT_DONE);
	note_one("F2", NOTE("2"));
	assert_int_equal(take_up("b", &loaded, 1), COMMIT_STALE);
	assert_int_equal(redis_count("LLEN {t}:notes:send"), 1);
}

static void so_many_at_once_and_no_more(void **state)
{
	const char *many[DESK_NOTES_MAX + 1];

	for (size_t i = 0; i <= DESK_NOTES_MAX; i++)
		many[i] = NOTE("1");
	note_from_family("F1", many, DESK_NOTES_MAX + 1);
	assert_int_equal(load_desk().n_notes, DESK_NOTES_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(many_notes_are_one_event),
		STORE_TEST(an_event_that_is_lost_is_made_up_for_by_a_look),
		STORE_TEST(a_desk_takes_up_what_came_with_its_record_and_hears_of_the_rest),
		STORE_TEST(what_is_decided_on_an_older_record_takes_up_nothing),
		STORE_TEST(so_many_at_once_and_no_more),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
