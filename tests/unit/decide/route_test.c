/* By which channel, and why: a table of contacts and grades. */
#include "decide/inner.h"
#include "unit/decide/stage.h"

enum { E = 1, S_ = 2, L = 4 }; /* addresses that are known */
#define ALL (E | S_ | L)

struct row {
	const char *channels; /* agreed, "els": email, letter, sms; "t": task */
	int known;
	bool agreed; /* on record */
	enum format format;
	const char *safe; /* safe channels, or NULL */
	const char *failed, *tried;
	enum grade grade;
	const char *wanted; /* "channel why [prompt] [helper]" */
};

static enum channel_kind channel_of(char c)
{
	if (c == 'e')
		return CHANNEL_EMAIL;
	if (c == 's')
		return CHANNEL_SMS;
	return c == 'l' ? CHANNEL_LETTER : CHANNEL_TASK;
}

static struct channel_set set_of(const char *channels)
{
	struct channel_set set = { 0 };
	for (; channels != NULL && *channels != '\0'; channels++)
		set.has[channel_of(*channels)] = true;
	return set;
}

static struct contact contact_of(const struct row *row)
{
	struct contact contact = {
		.id = S("c"),
		.email = row->known & E ? S("a@b.example") : STR_EMPTY,
		.sms = row->known & S_ ? S("07700900001") : STR_EMPTY,
		.n_letter = row->known & L ? 3 : 0,
		.format = row->format,
		.agreed_on = row->agreed ? (date){ 20000 } : DATE_NONE,
		.failed = set_of(row->failed),
		.safe = { .on = row->safe != NULL, .channels = set_of(row->safe) },
	};
	for (const char *c = row->channels; *c != '\0'; c++)
		contact.channels[contact.n_channels++] = channel_of(*c);
	return contact;
}

static struct route choose(const struct recipient *recipient, enum grade grade,
			   struct channel_set tried)
{
	const struct intent intent = { .grade = grade, .case_id = S("C1") };
	const struct question question = { .intent = &intent,
					   .recipient = recipient,
					   .tried = tried };
	return route_choose(&scene.arena, scene.policy, &question);
}

static void the_strongest_rule_chooses(void **state)
{
	static const struct row rows[] = {
		/* what was agreed, in its order */
		{ "sel", ALL, true, 0, NULL, "", "", GRADE_INFORMATION, "sms agreed" },
		{ "sel", E | L, true, 0, NULL, "", "", GRADE_INFORMATION, "email agreed" },
		{ "sel", ALL, true, 0, NULL, "s", "", GRADE_REMINDER, "email agreed" },
		{ "sel", ALL, true, 0, NULL, "", "s", GRADE_URGENT, "email fallback" },
		{ "sel", ALL, true, 0, NULL, "", "sel", GRADE_INFORMATION, "task no_channel" },
		{ "s", ALL, true, 0, NULL, "", "s", GRADE_INFORMATION, "task no_channel" },
		{ "t", ALL, true, 0, NULL, "", "", GRADE_INFORMATION, "task agreed" },
		/* the default */
		{ "", ALL, false, 0, NULL, "", "", GRADE_INFORMATION, "email default" },
		{ "", S_ | L, false, 0, NULL, "", "", GRADE_INFORMATION, "sms default" },
		{ "", 0, false, 0, NULL, "", "", GRADE_INFORMATION, "task no_channel" },
		/* the form of a notice */
		{ "l", L, true, 0, NULL, "", "", GRADE_FORMAL, "letter legal_form" },
		{ "l", ALL, true, 0, NULL, "", "", GRADE_FORMAL, "letter legal_form" },
		{ "s", ALL, true, 0, NULL, "", "", GRADE_FORMAL, "letter legal_form prompt" },
		{ "s", E | S_, true, 0, NULL, "", "", GRADE_FORMAL, "task no_channel" },
		{ "e", ALL, true, 0, NULL, "", "", GRADE_FORMAL, "email legal_form" },
		{ "e", E, true, 0, NULL, "", "", GRADE_FORMAL, "email legal_form" },
		{ "e", ALL, false, 0, NULL, "", "", GRADE_FORMAL, "letter legal_form prompt" },
		{ "e", E, false, 0, NULL, "", "", GRADE_FORMAL, "task no_channel" },
		{ "e", ALL, true, 0, NULL, "", "e", GRADE_FORMAL, "letter fallback prompt" },
		{ "el", E | L, true, 0, NULL, "l", "e", GRADE_FORMAL, "task no_channel" },
		{ "", ALL, false, 0, NULL, "", "", GRADE_FORMAL, "letter legal_form" },
		/* formats */
		{ "l", ALL, true, FORMAT_LARGE_PRINT_18, NULL, "", "", GRADE_FORMAL,
		  "letter legal_form" },
		{ "s", ALL, true, FORMAT_BRAILLE, NULL, "", "", GRADE_INFORMATION, "task format" },
		{ "s", ALL, true, FORMAT_BSL, NULL, "", "", GRADE_FORMAL,
		  "letter legal_form helper" },
		{ "e", E, true, FORMAT_AUDIO, NULL, "", "", GRADE_FORMAL, "task format" },
		{ "e", E, true, FORMAT_EASY_READ, NULL, "", "", GRADE_REMINDER, "task format" },
		/* safety */
		{ "els", ALL, true, 0, "s", "", "", GRADE_INFORMATION, "sms safety" },
		{ "els", ALL, true, 0, "sl", "", "", GRADE_INFORMATION, "letter safety" },
		{ "els", E | L, true, 0, "s", "", "", GRADE_INFORMATION, "task safety" },
		{ "els", ALL, true, 0, "se", "", "s", GRADE_INFORMATION, "task safety" },
		{ "els", ALL, true, 0, "se", "", "", GRADE_FORMAL, "task safety" },
		{ "els", ALL, true, 0, "sl", "", "", GRADE_FORMAL, "letter safety prompt" },
		{ "els", ALL, true, 0, "l", "", "", GRADE_FORMAL, "letter safety" },
		{ "els", ALL, true, FORMAT_BRAILLE, "s", "", "", GRADE_INFORMATION, "task safety" },
		{ "els", ALL, true, 0, "t", "", "", GRADE_URGENT, "task safety" },
		{ "te", ALL, true, 0, "e", "", "", GRADE_INFORMATION, "email safety" },
		/* what they chose is closed, and what is left is a person */
		{ "st", L, true, 0, NULL, "", "", GRADE_INFORMATION, "task agreed" },
		{ "s", ALL, true, 0, NULL, "s", "", GRADE_FORMAL, "letter legal_form" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct contact contact = contact_of(&rows[i]);
		struct recipient recipient = { .id = S("c"), .contact = &contact };
		struct route route = choose(&recipient, rows[i].grade, set_of(rows[i].tried));
		str got = str_fmt(&scene.arena, "%.*s %.*s%s%s",
				  STR_ARG(channel_kind_name(route.channel)),
				  STR_ARG(why_name(route.why)), route.prompt ? " prompt" : "",
				  route.helper ? " helper" : "");
		if (!str_eq(got, str_of(rows[i].wanted)))
			print_error("row %zu\n", i);
		assert_str(got, rows[i].wanted);
		assert_int_equal(route.safe, rows[i].safe != NULL);
	}
}

static void what_was_rejected_is_said_without_any_address(void **state)
{
	const struct row row = { "sel", E | L, true, 0, NULL, "e", "", GRADE_REMINDER, "" };
	struct contact contact = contact_of(&row);
	struct recipient recipient = { .id = S("c"), .contact = &contact };
	struct route route = choose(&recipient, row.grade, (struct channel_set){ 0 });
	assert_int_equal(route.channel, CHANNEL_LETTER);
	assert_str(route.rejected, "sms: no address; email: the address was wrong");
}

static void nothing_is_enclosed_with_an_sms_or_a_neutral_email(void **state)
{
	static const struct {
		struct row row;
		bool by_service;
		const char *wanted;
	} cases[] = {
		{ { "sel", ALL, true, 0, NULL, "", "", GRADE_INFORMATION, "" }, false, "email" },
		{ { "sel", ALL, true, 0, NULL, "", "", GRADE_INFORMATION, "" }, true, "sms" },
		{ { "s", ALL, true, 0, NULL, "", "", GRADE_INFORMATION, "" }, false, "task" },
		{ { "sel", ALL, true, 0, "sel", "", "", GRADE_INFORMATION, "" }, false, "letter" },
		{ { "sel", ALL, true, 0, "se", "", "", GRADE_INFORMATION, "" }, false, "task" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact contact = contact_of(&cases[i].row);
		struct recipient recipient = { .id = S("c"), .contact = &contact };
		struct enclosure plan = { .id = S("plan"), .by_service = cases[i].by_service };
		const struct intent intent = { .grade = cases[i].row.grade,
					       .enclosures = &plan,
					       .n_enclosures = 1 };
		const struct question question = { .intent = &intent, .recipient = &recipient };
		struct route route = route_choose(&scene.arena, scene.policy, &question);
		assert_str(channel_kind_name(route.channel), cases[i].wanted);
	}
}

/* E-mail, text message and letter are known, texts come first; a few things are then changed. */
static struct contact texter(void)
{
	const struct row row = { "sl", ALL, true, 0, NULL, "", "", 0, "" };
	return contact_of(&row);
}

static void assert_route(const struct contact *contact, enum grade grade, const char *wanted)
{
	const struct recipient recipient = { .id = S("c"), .contact = contact };
	struct route route = choose(&recipient, grade, (struct channel_set){ 0 });
	assert_str(str_fmt(&scene.arena, "%.*s %.*s%s%s", STR_ARG(channel_kind_name(route.channel)),
			   STR_ARG(why_name(route.why)), route.prompt ? " prompt" : "",
			   route.helper ? " helper" : ""),
		   wanted);
}

static void a_choice_for_this_case_is_above_the_general_one(void **state)
{
	struct contact contact = texter();
	struct case_choice choices[] = {
		{ .case_id = S("C2"), .channels = { CHANNEL_LETTER }, .n_channels = 1 },
		{ .case_id = S("C1"), .channels = { CHANNEL_EMAIL }, .n_channels = 1 },
	};
	contact.choices = choices;
	contact.n_choices = 1;
	assert_route(&contact, GRADE_INFORMATION, "sms agreed");
	contact.n_choices = 2;
	assert_route(&contact, GRADE_INFORMATION, "email case_choice");
	assert_route(&contact, GRADE_FORMAL, "email legal_form");
}

static void a_talk_counts_as_the_message_but_not_as_the_notice(void **state)
{
	struct contact contact = texter();
	contact.oral_first = true;
	assert_route(&contact, GRADE_INFORMATION, "task format");
	assert_route(&contact, GRADE_REMINDER, "task format");
	assert_route(&contact, GRADE_URGENT, "sms agreed");
	assert_route(&contact, GRADE_OPTIONAL, "sms agreed");
	assert_route(&contact, GRADE_FORMAL, "letter legal_form prompt helper");
}

static void a_channel_they_stopped_is_not_used_not_even_for_a_prompt(void **state)
{
	struct contact contact = texter();
	contact.stopped.has[CHANNEL_SMS] = true;
	assert_route(&contact, GRADE_INFORMATION, "letter agreed");
	assert_route(&contact, GRADE_FORMAL, "letter legal_form");
	/* texts were all they had chosen: what must be said goes as it would to anybody */
	contact.n_channels = 1;
	assert_route(&contact, GRADE_INFORMATION, "email default");
}

static void hours_that_are_never_safe_are_no_hours(void **state)
{
	struct contact contact = texter();
	contact.safe = (struct safe_contact){ .on = true, .channels = set_of("s") };
	assert_route(&contact, GRADE_INFORMATION, "sms safety");
	contact.safe.has_hours = true;
	assert_route(&contact, GRADE_INFORMATION, "task safety");
	require(week_open(&contact.safe.hours, MONDAY, 9 * 60, 10 * 60));
	assert_route(&contact, GRADE_INFORMATION, "sms safety");
}

/* A letter would come too late, and email takes its place where that was agreed, and is there. */
static void what_the_post_cannot_bring_in_time_goes_by_email_where_that_may_be(void **state)
{
	static const struct {
		struct row row;
		enum carriage carriage;
		const char *wanted;
	} cases[] = {
		{ { "le", ALL, true, 0, NULL, "", "", 0, "" }, CARRIES_AGREED, "email late" },
		{ { "els", ALL, true, 0, NULL, "", "", 0, "" }, CARRIES_AGREED, "email" },
		{ { "lsel", ALL, true, 0, NULL, "", "", 0, "" }, CARRIES_AGREED, "email late" },
		{ { "ls", ALL, true, 0, NULL, "", "", 0, "" }, CARRIES_AGREED, "letter" },
		{ { "le", ALL, false, 0, NULL, "", "", 0, "" }, CARRIES_AGREED, "letter" },
		{ { "le", ALL, true, 0, NULL, "e", "", 0, "" }, CARRIES_AGREED, "letter" },
		{ { "le", ALL, true, 0, NULL, "", "", 0, "" }, CARRIES_NOT, "letter" },
		{ { "l", ALL, true, 0, NULL, "", "", 0, "" }, CARRIES, "email late" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact contact = contact_of(&cases[i].row);
		const struct recipient recipient = { .id = S("c"), .contact = &contact };
		const struct intent intent = { .grade = GRADE_FORMAL };
		const struct question question = { .intent = &intent,
						   .recipient = &recipient,
						   .too_late_by_post = true };
		scene.policy->people.carriage[GRADE_FORMAL][CHANNEL_EMAIL] = cases[i].carriage;
		contact.oral_first = true;
		struct route route = route_choose(&scene.arena, scene.policy, &question);
		bool is_instead = holds(route.rejected, "the post would be too late");
		assert_str(str_fmt(&scene.arena, "%.*s%s",
				   STR_ARG(channel_kind_name(route.channel)),
				   is_instead ? " late" : ""),
			   cases[i].wanted);
		/* Whichever way it goes, somebody goes through it with them. */
		assert_true(route.helper);
	}
}

static void how_a_grade_travels_is_a_table_of_the_policy(void **state)
{
	enum carriage(*table)[CHANNEL_COUNT] = scene.policy->people.carriage;
	struct contact contact = texter();
	table[GRADE_FORMAL][CHANNEL_SMS] = CARRIES_NOT;
	assert_route(&contact, GRADE_FORMAL, "letter legal_form");
	table[GRADE_FORMAL][CHANNEL_SMS] = CARRIES;
	assert_route(&contact, GRADE_FORMAL, "sms legal_form");
	table[GRADE_URGENT][CHANNEL_SMS] = CARRIES_PROMPT;
	assert_route(&contact, GRADE_URGENT, "letter legal_form prompt");
}

static void whoever_lives_with_a_looked_after_child_is_written_to_where_they_live(void **state)
{
	struct contact contact = texter();
	const struct recipient recipient = { .id = S("c"), .contact = &contact };
	const struct intent intent = { .grade = GRADE_FORMAL };
	struct question question = {
		.intent = &intent, .recipient = &recipient, .looked_after = true, .today = { 20100 }
	};
	contact.role = ROLE_FOSTER_CARER;
	contact.confirmed_on = (date){ 20086 };
	struct route route = route_choose(&scene.arena, scene.policy, &question);
	assert_int_equal(route.channel, CHANNEL_LETTER);
	contact.confirmed_on = (date){ 20085 };
	route = route_choose(&scene.arena, scene.policy, &question);
	assert_int_equal(route.channel, CHANNEL_TASK);
	assert_true(route.confirm);
	contact.role = ROLE_PARENT;
	route = route_choose(&scene.arena, scene.policy, &question);
	assert_int_equal(route.channel, CHANNEL_LETTER);
	/* Nobody has ever said that they live there. */
	contact.role = ROLE_YOUNG_PERSON;
	contact.confirmed_on = DATE_NONE;
	route = route_choose(&scene.arena, scene.policy, &question);
	assert_int_equal(route.channel, CHANNEL_TASK);
	scene.policy->people.confirm_days = 0;
	route = route_choose(&scene.arena, scene.policy, &question);
	assert_int_equal(route.channel, CHANNEL_LETTER);
}

static void whoever_is_told_otherwise_than_they_chose_can_be_told_why(void **state)
{
	struct contact contact = texter();
	const struct recipient recipient = { .id = S("c"), .contact = &contact };
	struct route route = choose(&recipient, GRADE_FORMAL, (struct channel_set){ 0 });
	assert_int_equal(route.unmet, UNMET_FORM);
	assert_int_equal(route.wanted, CHANNEL_SMS);
	contact.failed.has[CHANNEL_SMS] = true;
	route = choose(&recipient, GRADE_INFORMATION, (struct channel_set){ 0 });
	assert_int_equal(route.unmet, UNMET_FAILED);
	contact.sms = STR_EMPTY;
	route = choose(&recipient, GRADE_INFORMATION, (struct channel_set){ 0 });
	assert_int_equal(route.unmet, UNMET_ADDRESS);
	contact = texter();
	route = choose(&recipient, GRADE_INFORMATION, (struct channel_set){ 0 });
	assert_int_equal(route.unmet, UNMET_NOT);
	/* Letters were stopped, texts did not arrive: that is the reason, however often it is tried. */
	contact.failed.has[CHANNEL_SMS] = contact.stopped.has[CHANNEL_LETTER] = true;
	route = choose(&recipient, GRADE_INFORMATION, (struct channel_set){ 0 });
	assert_int_equal(route.channel, CHANNEL_EMAIL);
	assert_int_equal(route.unmet, UNMET_FAILED);
	assert_int_equal(route.wanted, CHANNEL_SMS);
	contact.email = STR_EMPTY;
	contact.failed.has[CHANNEL_LETTER] = true;
	contact.stopped.has[CHANNEL_LETTER] = false;
	contact.stopped.has[CHANNEL_SMS] = true;
	route = choose(&recipient, GRADE_INFORMATION, (struct channel_set){ 0 });
	assert_int_equal(route.channel, CHANNEL_TASK);
}

static void professionals_are_told_by_email_or_letter(void **state)
{
	static const struct {
		const char *channels;
		int known;
		const char *tried, *wanted;
	} rows[] = {
		{ "se", ALL, "", "email agreed" },    { "le", ALL, "", "letter agreed" },
		{ "", ALL, "", "email default" },     { "", L, "", "letter default" },
		{ "", ALL, "e", "letter fallback" },  { "", S_, "", "task no_channel" },
		{ "e", ALL, "e", "task no_channel" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct party party = { .id = S("p"),
				       .email = rows[i].known & E ? S("a@b.example") : STR_EMPTY,
				       .n_letter = rows[i].known & L ? 3 : 0 };
		for (const char *c = rows[i].channels; *c != '\0'; c++)
			party.channels[party.n_channels++] = channel_of(*c);
		struct recipient recipient = { .id = S("p"), .party = &party };
		struct route route = choose(&recipient, GRADE_INFORMATION, set_of(rows[i].tried));
		assert_str(str_fmt(&scene.arena, "%.*s %.*s",
				   STR_ARG(channel_kind_name(route.channel)),
				   STR_ARG(why_name(route.why))),
			   rows[i].wanted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_strongest_rule_chooses),
		TEST(what_was_rejected_is_said_without_any_address),
		TEST(nothing_is_enclosed_with_an_sms_or_a_neutral_email),
		TEST(a_choice_for_this_case_is_above_the_general_one),
		TEST(a_talk_counts_as_the_message_but_not_as_the_notice),
		TEST(a_channel_they_stopped_is_not_used_not_even_for_a_prompt),
		TEST(hours_that_are_never_safe_are_no_hours),
		TEST(what_the_post_cannot_bring_in_time_goes_by_email_where_that_may_be),
		TEST(how_a_grade_travels_is_a_table_of_the_policy),
		TEST(whoever_lives_with_a_looked_after_child_is_written_to_where_they_live),
		TEST(whoever_is_told_otherwise_than_they_chose_can_be_told_why),
		TEST(professionals_are_told_by_email_or_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
