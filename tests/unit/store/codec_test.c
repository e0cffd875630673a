#include "harness/assert_str.h"

#include "base/arena.h"
#include "base/json.h"
#include "store/inner.h"

static struct arena arena;

static int clear(void **state)
{
	arena_free(&arena);
	return 0;
}

/* A record of version 1 with every field, frozen: what a family's Redis holds today must be read by
 * every later build. A new field is added here; nothing is taken away. */
static const char full[] =
	"{\"v\":1,\"id\":\"F1\",\"version\":7,\"tell\":3,\"contacts\":[{\"id\":\"c-mum\","
	"\"person\":\"P2\",\"name\":\"Zo\xc3\xab \\\"Z\\\" Ahmed\",\"role\":\"carer\","
	"\"born\":\"1980-02-29\",\"parental_responsibility\":true,\"language\":\"ur\","
	"\"format\":\"large_print_20\",\"channels\":[\"sms\",\"letter\"],"
	"\"email\":\"mum@example.org\",\"sms\":\"+447700900001\","
	"\"letter\":[\"1 High Street\",\"Sheffield\",\"S1 1AA\"],"
	"\"choices\":[{\"case\":\"C1\",\"channels\":[\"letter\"]}],\"oral_first\":true,"
	"\"confirmed_on\":\"2026-01-04\",\"asked_on\":\"2026-01-03\",\"agreed_on\":\"2026-01-02\","
	"\"agreed_with\":\"sam-okafor\",\"has_hours\":true,"
	"\"hours\":{\"mon\":[[\"09:00\",\"12:30\"],[\"14:00\",\"24:00\"]]},"
	"\"safe\":{\"on\":true,\"channels\":[\"letter\"],\"has_hours\":true,"
	"\"hours\":{\"always\":true},\"sender\":\"S. Okafor\"},\"surveys\":true,"
	"\"failed\":[\"email\"],\"stopped\":[\"sms\"],\"looked_after\":true,"
	"\"rights_told\":2,\"rights_passed\":true,\"orders\":[\"info_restricted\"],"
	"\"no_contact_until\":\"2027-01-01\",\"info_restricted_until\":\"2027-01-02\","
	"\"school_info_only_until\":\"2027-01-03\","
	"\"copied_from\":\"2026-03-01\",\"copied_until\":\"2026-04-01\",\"copied_for\":\"all\","
	"\"acts_for\":\"c-dad\",\"acts_in\":\"ehc-assessment\",\"acts_from\":\"2026-03-02\","
	"\"acts_until\":\"2026-05-01\","
	"\"deceased\":true,\"removed\":true,\"sealed\":true,\"not_of\":[\"k\"]}],"
	"\"parties\":[{\"id\":\"school\",\"role\":\"health\",\"name\":\"School\","
	"\"email\":\"s@example.org\",\"sms\":\"1\",\"letter\":[\"a\",\"b\",\"c\"],"
	"\"channels\":[\"email\"]}],"
	"\"capacities\":[{\"person\":\"P1\",\"decision\":\"all\",\"by\":\"dr\",\"has\":true,"
	"\"assessed_on\":\"2026-05-05\"}],"
	"\"cases\":[{\"id\":\"C1\",\"pathway\":\"ehc\",\"service\":\"send\",\"owner\":\"sam\","
	"\"child\":\"c-child\",\"opened_on\":\"2026-01-01\",\"closed_on\":\"2026-12-01\","
	"\"closed_by\":\"e9\",\"outcome\":\"done\","
	"\"stage\":\"s\",\"next_what\":\"w\",\"next_who\":\"owner\",\"next_by\":\"r\","
	"\"stands\":[{\"event\":\"e1\",\"stage\":\"s\",\"next_what\":\"w\","
	"\"next_who\":\"owner\",\"next_by\":\"r\",\"on\":\"2026-01-05\"}],"
	"\"heard_on\":\"2026-11-01\",\"nothing_new\":true,\"asked\":true,"
	"\"duties\":[DUTY],"
	"\"actions\":[{\"id\":\"A1\",\"what\":\"call\",\"service\":\"send\",\"person\":\"sam\","
	"\"agreed_on\":\"2026-01-03\",\"due\":\"2026-01-10\",\"agreed_with\":[\"c-mum\",\"c-dad\"],"
	"\"state\":\"met\",\"warned\":1,\"breached_on\":\"2026-01-11\","
	"\"ended_on\":\"2026-01-12\",\"ended_by\":\"e3\",\"disputed\":true,"
	"\"acknowledged_until\":\"2026-01-20\",\"acknowledged_by\":\"b\",\"started_by\":\"e3\","
	"\"chase\":{\"rung\":1,\"role\":\"owner\",\"repeats\":3,"
	"\"next\":1771000000001,\"expected\":\"2026-02-28\",\"noted\":true,\"said\":true,\"hushed\":true,\"listed\":\"sam\",\"ladder\":LADDER}}],"
	"\"tasks\":[{\"id\":\"T1\",\"contact\":\"c-mum\",\"what\":\"phone\",\"owner\":\"sam\","
	"\"message\":\"m1\",\"due\":\"2026-01-09\",\"done\":true,\"chased\":true,"
	"\"outcome\":\"reached\",\"how\":\"visit\",\"chase\":{\"rung\":1,\"role\":\"o\",\"repeats\":3,"
	"\"next\":1771000000006,\"expected\":\"2026-02-28\",\"noted\":true,\"said\":true,\"hushed\":true,\"listed\":\"sam\",\"ladder\":LADDER}}],"
	"\"holds\":[{\"reason\":\"r\",\"owner\":\"sam\",\"from\":\"2026-01-01\","
	"\"until\":\"2026-01-02\",\"ended\":true}],"
	"\"dispatched\":[{\"enclosure\":\"advice.pdf\",\"contact\":\"c-mum\",\"on\":\"2026-01-05\"}]}],"
	"\"former_cases\":[\"C0\"],\"intents\":[INTENT],"
	"\"open\":[{\"id\":\"m1\",\"case\":\"C1\",\"contact\":\"c-mum\",\"channel\":\"letter\","
	"\"tried\":[\"email\",\"sms\"],\"unless\":\"u\",\"about\":\"a\",\"meets\":\"m\","
	"\"intent\":INTENT,\"accepted_on\":\"2026-02-01\",\"postage\":\"economy\",\"arrives_on\":\"2026-02-09\"}],"
	"\"doubts\":[{\"message\":\"m2\",\"event\":\"e2\",\"contact\":\"c-mum\",\"template\":\"plan-draft\","
	"\"channel\":\"sms\",\"attempt\":3,\"for_good\":true,\"event_on\":\"2026-01-30\",\"on\":\"2026-01-31\"}],"
	"DESK,"
	"\"digest_on\":\"2026-12-01\","
	"\"young_person_died\":true,\"rights_passed\":true,\"surveyed_on\":\"2026-02-02\","
	"\"optional_from\":\"2026-02-03\",\"optional_n\":1,\"importing\":1793610900123,\"list_from\":1793610900124,"
	"\"quiet_before\":\"2026-11-02\",\"entries\":12,"
	"\"head\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"}";

/* What only a desk has. */
static const char a_desk[] =
	"\"absences\":[{\"person\":\"sam\",\"deputy\":\"priya\",\"from\":\"2026-12-01\","
	"\"to\":\"2026-12-08\",\"event\":\"e7\"}],"
	"\"items\":[{\"case\":\"C1\",\"about\":\"C1.r\",\"holder\":\"owner\",\"what\":\"Decide\","
	"\"template\":\"duty-warning\",\"due\":\"2026-12-14\",\"since\":\"2026-12-01\",\"told\":true,\"noted\":1771000000002,"
	"\"urgent\":true,\"known\":true,\"in_storm\":true,\"own\":true,\"task\":true,"
	"\"news\":true}],"
	"\"storms\":[{\"reader\":\"s\",\"from\":1771000000003,\"until\":1771000000004,\"more\":2,\"urgent\":true}],"
	"\"rest\":[{\"holder\":\"h\",\"n\":3,\"told\":true}]";

static const char intent[] =
	"{\"id\":\"i1\",\"case\":\"C1\",\"audience\":\"parties\",\"parties\":[\"school\",\"legal\"],"
	"\"contacts\":[\"c-mum\"],\"rule\":\"ehc/x/1\",\"template\":\"plan-draft\","
	"\"grade\":\"formal\",\"adverse\":true,\"not_before\":1793610900123,\"unless\":\"u\","
	"\"about\":\"a\",\"meets\":\"m\",\"role\":\"director\",\"task\":\"t1\",\"follows\":\"m0\",\"quiet\":true,"
	"\"event\":\"e1\",\"event_type\":\"plan.draft_issued\",\"traceparent\":\"00-1-2-01\","
	"\"facts\":\"{\\\"a\\\":1}\","
	"\"enclosures\":[{\"id\":\"plan.pdf\",\"kind\":\"Draft plan\",\"sha256\":\"ab\",\"pages\":24,"
	"\"by_service\":true}],\"former_email\":\"old@example.org\","
	"\"former_sms\":\"+447700900002\",\"round\":1,\"noted\":1771000000005,\"desk\":\"send\",\"on\":\"2026-02-05\"}";

static const char a_ladder[] =
	"{\"id\":\"usual\",\"calendar\":\"c\",\"acknowledge\":\"10 working days\","
	"\"rungs\":[{\"tell\":\"owner\",\"after\":\"5 days\",\"template\":\"duty-breached\","
	"\"grade\":\"alert\",\"digest\":true}],\"repeat\":\"5 working days\","
	"\"slowest\":\"2 weeks\"}";

static const char a_duty[] =
	"{\"id\":\"C1.r\",\"rule\":\"r\",\"rule_from\":\"2014-09-01\","
	"\"state\":\"acknowledged\",\"started_by\":\"e1\",\"from\":\"2026-01-02\","
	"\"due\":\"2026-02-13\",\"since\":1767312000000,\"ends\":1770998400000,"
	"\"explained\":\"6 weeks\",\"owner\":\"sam\",\"warned\":2,"
	"\"breached_on\":\"2026-02-14\",\"ended_on\":\"2026-02-15\",\"ended_by\":\"e2\","
	"\"excuse\":\"x\",\"acknowledged_until\":\"2026-02-20\",\"acknowledged_by\":\"b\","
	"\"awaited\":1,\"told\":true,\"chase\":{\"rung\":2,\"role\":\"team_manager\","
	"\"repeats\":1,\"next\":1771000000000,\"expected\":\"2026-02-27\",\"noted\":true,\"said\":true,\"hushed\":true,"
	"\"listed\":\"sam\",\"ladder\":LADDER},\"contact\":\"dana\","
	"\"own\":[{\"contact\":\"dana\",\"event\":\"e4\",\"from\":\"2026-01-09\",\"due\":\"2026-01-23\"}],"
	"\"traceparent\":\"00-tr\"}";

static str put_in(str text, const char *name, const char *part)
{
	struct buf buf = buf_of(&arena, 65536);
	const str word = str_of(name);

	for (;;) {
		const size_t at = str_find(text, word);

		buf_add(&buf, str_slice(text, 0, at));
		if (at == text.n)
			return buf_str(&buf);
		buf_add(&buf, str_of(part));
		text = str_slice(text, at + word.n, text.n);
	}
}

static str full_record(void)
{
	str record = put_in(put_in(str_of(full), "INTENT", intent), "DUTY", a_duty);

	record = put_in(record, "DESK", a_desk);
	return put_in(record, "LADDER", a_ladder);
}

static str print_family(const struct family *family)
{
	struct buf buf = buf_of(&arena, FAMILY_BYTES_MAX);

	codec_write(&buf, family);
	assert_false(buf.too_long);
	return buf_str(&buf);
}

static void a_full_record_is_read_and_written_without_loss(void **state)
{
	struct family *family = NULL;
	const str record = full_record();

	assert_int_equal(codec_read(&arena, record, &family), OK);
	assert_str(print_family(family), str_z(&arena, record));
}

static void every_field_lands_where_it_belongs(void **state)
{
	struct family *family = NULL;

	assert_int_equal(codec_read(&arena, full_record(), &family), OK);
	const struct contact *mum = family->contacts;
	const struct duty *duty = family->cases->duties;
	const struct action *action = family->cases->actions;
	const struct intent *later = family->intents;

	assert_true(family->version == 7 && family->tell == 3 && family->entries == 12);
	assert_true(family->young_person_died && family->rights_passed);
	assert_int_equal(family->head.bytes[1], 0x11);
	assert_str(mum->name, "Zo\xc3\xab \"Z\" Ahmed");
	assert_true(mum->role == ROLE_CARER && mum->format == FORMAT_LARGE_PRINT_20);
	assert_true(mum->n_channels == 2 && mum->channels[0] == CHANNEL_SMS);
	assert_true(mum->parental_responsibility && mum->surveys && mum->deceased && mum->removed);
	assert_true(mum->has_hours && mum->hours.n[MONDAY] == 2 && !mum->hours.always);
	assert_int_equal(mum->hours.open[MONDAY][1].to, 1440);
	assert_true(mum->safe.on && mum->safe.has_hours && mum->safe.hours.always);
	assert_true(mum->safe.channels.has[CHANNEL_LETTER] && !mum->safe.channels.has[CHANNEL_SMS]);
	assert_true(mum->failed.has[CHANNEL_EMAIL] && mum->orders[ORDER_INFO_RESTRICTED]);
	assert_false(mum->orders[ORDER_NO_CONTACT]);
	assert_str(date_print(&arena, mum->orders_until[ORDER_INFO_RESTRICTED]), "2027-01-02");
	assert_str(date_print(&arena, mum->copied_until), "2026-04-01");
	assert_true(family->parties->n_letter == 3 && family->parties->role == PARTY_HEALTH);
	assert_true(family->capacities->has);
	assert_true(duty->state == DUTY_ACKNOWLEDGED && duty->warned == 2 && duty->awaited == 1);
	assert_true(duty->chase.rung == 2 && duty->chase.next.ms == INT64_C(1771000000000));
	assert_true(duty->ends.ms == INT64_C(1770998400000) && duty->told);
	const struct ladder *ladder = duty->chase.ladder;
	assert_int_equal(ladder->n_rungs, 1);
	assert_str(duration_print(&arena, ladder->slowest), "2 weeks");
	assert_str(ladder->rungs->tell, "owner");
	assert_int_equal(duty->n_own, 1);
	assert_str(date_print(&arena, duty->own->due), "2026-01-23");
	assert_true(action->disputed && action->n_agreed_with == 2 && action->state == DUTY_MET);
	assert_str(action->agreed_with[1], "c-dad");
	assert_true(family->cases->tasks->done && family->cases->tasks->chased);
	assert_true(family->cases->holds->ended);
	assert_str(family->cases->dispatched->contact, "c-mum");
	assert_str(date_print(&arena, family->cases->dispatched->on), "2026-01-05");
	assert_int_equal(later->n_enclosures, 1);
	assert_str(later->enclosures->kind, "Draft plan");
	assert_true(later->enclosures->pages == 24 && later->enclosures->by_service);
	assert_true(later->adverse && later->not_before.ms == INT64_C(1793610900123));
	assert_true(later->parties.has[PARTY_LEGAL] && !later->parties.has[PARTY_HEALTH]);
	assert_str(later->facts, "{\"a\":1}");
	assert_true(mum->choices[0].channels[0] == CHANNEL_LETTER && mum->oral_first);
	assert_true(mum->stopped.has[CHANNEL_SMS] && mum->looked_after && mum->rights_told == 2);
	assert_str(date_print(&arena, mum->confirmed_on), "2026-01-04");
	assert_str(family->cases->child, "c-child");
	assert_str(later->former_sms, "+447700900002");
	assert_str(family->open->intent->template, "plan-draft");
	assert_true(family->open->tried.has[CHANNEL_SMS]);
}

static void what_an_older_record_does_not_know_is_never_a_date(void **state)
{
	struct family *family = NULL;
	str json = S("{\"v\":1,\"id\":\"F1\",\"version\":1,\"tell\":0,\"cases\":[{\"id\":\"C1\","
		     "\"duties\":[{\"id\":\"d\",\"state\":\"breached\",\"from\":\"2026-01-02\","
		     "\"due\":\"2026-02-13\"}]}],\"entries\":0,\"head\":\"00112233445566778899aabb"
		     "ccddeeff00112233445566778899aabbccddeeff\"}");

	assert_int_equal(codec_read(&arena, json, &family), OK);
	const struct duty *duty = family->cases->duties;
	assert_true(instant_is_never(duty->ends) && instant_is_never(duty->since));
	assert_true(instant_is_never(duty->chase.next));
	assert_false(date_is(duty->chase.expected));
	assert_false(date_is(family->cases->heard_on));
}

static void want_all_keys(const struct shape *shape, const struct json *json)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct part *part = &shape->parts[i];
		const struct json *value = json_get(json, part->key);

		if (value == NULL)
			print_error("the full record lacks \"%s\"\n", part->key);
		assert_non_null(value);
		if (part->shape != NULL)
			want_all_keys(part->shape,
				      part->type == PART_MANY ? &value->list.items[0] : value);
	}
}

static void the_full_record_has_every_field_that_is_stored(void **state)
{
	const struct json *json;

	assert_int_equal(json_parse(&arena, full_record(), 16, &json, NULL), JSON_FINE);
	want_all_keys(&shape_family, json);
}

static void what_is_left_out_means_nothing_known(void **state)
{
	struct contact contact = { .id = S("c"),
				   .born = DATE_NONE,
				   .agreed_on = DATE_NONE,
				   .confirmed_on = DATE_NONE,
				   .asked_on = DATE_NONE,
				   .orders_until = { [ORDER_NO_CONTACT] = DATE_NONE,
						     [ORDER_INFO_RESTRICTED] = DATE_NONE,
						     [ORDER_SCHOOL_INFO_ONLY] = DATE_NONE },
				   .copied_from = DATE_NONE,
				   .copied_until = DATE_NONE };
	struct family from = { .id = S("F1"),
			       .version = 1,
			       .contacts = &contact,
			       .n_contacts = 1,
			       .surveyed_on = DATE_NONE,
			       .optional_from = DATE_NONE,
			       .importing = INSTANT_NEVER,
			       .list_from = INSTANT_NEVER,
			       .quiet_before = DATE_NONE };
	struct family *family = NULL;
	const str record = print_family(&from);

	assert_int_equal(codec_read(&arena, record, &family), OK);
	assert_false(date_is(family->contacts->born));
	assert_false(date_is(family->contacts->copied_from));
	assert_false(family->contacts->safe.on);
	assert_int_equal(family->n_cases, 0);
	assert_str(print_family(family), str_z(&arena, record));
	assert_true(record.n < 300);
}

static void damage_is_never_taken_for_a_default(void **state)
{
	static const struct {
		const char *part, *instead;
	} damages[] = {
		{ "\"v\":1", "\"v\":2" },
		{ "\"v\":1,", "" },
		{ "\"version\":7", "\"version\":\"7\"" },
		{ "\"version\":7", "\"version\":0" },
		{ "\"info_restricted\"", "\"something_new\"" },
		{ "\"role\":\"health\",", "" },
		{ "\"born\":\"1980-02-29\"", "\"born\":\"1981-02-29\"" },
		{ "\"deceased\":true", "\"deceased\":1" },
		{ "\"removed\":true", "\"removed\":\"yes\"" },
		{ "\"channels\":[\"sms\",\"letter\"]",
		  "\"channels\":[\"sms\",\"letter\",\"sms\",\"sms\",\"sms\"]" },
		{ "[\"a\",\"b\",\"c\"]", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]" },
		{ "[\"a\",\"b\",\"c\"]", "[\"a\",1]" },
		{ "\"warned\":2", "\"warned\":-2" },
		{ "\"channels\":[\"email\"]", "\"channels\":{}" },
		{ "\"09:00\"", "\"25:00\"" },
		{ "\"head\":\"0011", "\"head\":\"00" },
		{ "\"capacities\":[", "\"capacities\":[7," },
		{ "}]}]", "}]}" },
	};

	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		const str record = full_record(), part = str_of(damages[i].part);
		const size_t at = str_find(record, part);
		struct family *family = NULL;

		assert_true(at < record.n);
		const str damaged = str_fmt(&arena, "%.*s%s%.*s", (int)at, record.p,
					    damages[i].instead,
					    STR_ARG(str_slice(record, at + part.n, record.n)));
		if (codec_read(&arena, damaged, &family) != ERR_CORRUPT)
			print_error("%s instead of %s\n", damages[i].instead, damages[i].part);
		assert_int_equal(codec_read(&arena, damaged, &family), ERR_CORRUPT);
		assert_null(family);
	}
}

/* What is over the limits is said to be so; what is within them can always be written down. */
static void a_full_desk_leaves_room_for_its_digests(void **state)
{
	struct desk_item *items = TAKE(&arena, struct desk_item, DESK_ITEMS_MAX);
	struct absence *absences = TAKE(&arena, struct absence, DESK_ABSENCES_MAX);
	const struct desk_item item = { .case_id = S("EHC-2026-0000123456"),
					.about = S("EHC-2026-0000123456.ehcna-plan-decision.2"),
					.holder = S("head_of_service"),
					.what = S("Read the letter to them: they cannot read it "
						  "themselves, and say that they may ask us "
						  "about it"),
					.template = S("duty-late"),
					.due = { .day = 20000 },
					.since = { .day = 20000 },
					.told = true,
					.noted = INSTANT_NEVER,
					.own = true,
					.task = true };
	const struct absence absence = { .person = S("samantha-okafor-smith"),
					 .deputy = S("rita-featherstonehaugh"),
					 .from = { .day = 20000 },
					 .to = { .day = 20014 },
					 .event = S("0d4e6a52-8d3c-4c1b-9d55-d2b1f6d9a001") };
	const struct family desk = { .id = S("desk:send"),
				     .items = items,
				     .n_items = DESK_ITEMS_MAX,
				     .absences = absences,
				     .n_absences = DESK_ABSENCES_MAX,
				     .digest_on = { .day = 20000 },
				     .surveyed_on = DATE_NONE,
				     .importing = INSTANT_NEVER,
				     .list_from = INSTANT_NEVER,
				     .quiet_before = DATE_NONE,
				     .optional_from = DATE_NONE };
	struct buf buf = buf_of(&arena, FAMILY_BYTES_MAX / 3 * 2);

	for (size_t i = 0; i < DESK_ITEMS_MAX; i++)
		items[i] = item;
	for (size_t i = 0; i < DESK_ABSENCES_MAX; i++)
		absences[i] = absence;
	codec_write(&buf, &desk);
	assert_false(buf.too_long);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_full_record_is_read_and_written_without_loss, clear),
		cmocka_unit_test_teardown(every_field_lands_where_it_belongs, clear),
		cmocka_unit_test_teardown(what_an_older_record_does_not_know_is_never_a_date,
					  clear),
		cmocka_unit_test_teardown(the_full_record_has_every_field_that_is_stored, clear),
		cmocka_unit_test_teardown(what_is_left_out_means_nothing_known, clear),
		cmocka_unit_test_teardown(damage_is_never_taken_for_a_default, clear),
		cmocka_unit_test_teardown(a_full_desk_leaves_room_for_its_digests, clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
