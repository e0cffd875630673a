#include "words/words.h"

#include "model/secrets.h"
#include "unit/words/bench.h"

#define SHIPPED "templates"

static const struct words *shipped;
static struct arena shelf;

static int read_shipped(void **state)
{
	struct findings findings = findings_of(&shelf);
	shipped = words_read(&shelf, S(SHIPPED), &findings);
	size_t wrong = 0;
	for (size_t i = 0; i < findings.n; i++) {
		/* What is shipped waits for its speakers. */
		if (str_eq(findings.list[i].code, S("template_unread")))
			continue;
		wrong++;
		print_error("%.*s:%d: %.*s\n", STR_ARG(findings.list[i].file),
			    findings.list[i].line, STR_ARG(findings.list[i].message));
	}
	return shipped == NULL || wrong > 0;
}

static struct message sample(const char *name, enum channel_kind channel)
{
	struct message message;
	str why = STR_EMPTY;
	assert_true(words_sample(&arena, shipped, sample_policy(&arena), str_of(name), S("en"),
				 channel, &message, &why));
	return message;
}

static bool render(const struct message *message, struct worded *out, str *why)
{
	return words_render(&arena, shipped, sample_policy(&arena), message, day_of("2026-11-02"),
			    out, why);
}

static struct worded must_render(const struct message *message)
{
	struct worded worded = { .subject = STR_EMPTY };
	str why = STR_EMPTY;
	if (!render(message, &worded, &why))
		print_error("%.*s\n", STR_ARG(why));
	assert_true(why.n == 0);
	return worded;
}

/* Marks of what another contact of the family keeps to herself. */
static str secrets_of(const char *street, const char *name)
{
	const struct policy *policy = sample_policy(&arena);
	const struct contact contact = { .letter = { str_of(street) }, .n_letter = 1 };
	struct secret_marks marks = { .arena = &arena, .key = policy->key };
	secrets_of_contact(&marks, &contact);
	secrets_of_name(&marks, str_of(name));
	return buf_str(&marks.text);
}

/* What the facts of a message to a parent begin with. */
#define TO_PARENT                                                                                  \
	"{\"recipient\":{\"parent\":true},\"owner\":{\"name\":\"Sam\",\"phone\":\"0114 496 0101\"}"

static void what_would_give_another_away_is_not_worded(void **state)
{
	static const enum channel_kind channels[] = { CHANNEL_EMAIL, CHANNEL_LETTER, CHANNEL_TASK };
	for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
		struct message message = sample("contact-made", channels[i]);
		struct worded worded = { .subject = STR_EMPTY };
		str why = STR_EMPTY;
		message.facts = S(TO_PARENT
				  ",\"event\":{\"on\":{\"date\":"
				  "\"2026-11-17\"},\"summary\":\"She is at 9 *New* Road now\"}}");
		message.secrets = secrets_of("8 New Road", "Anna Reed");
		assert_true(render(&message, &worded, &why));
		message.secrets = secrets_of("9 New Road", "Anna Reed");
		assert_false(render(&message, &worded, &why));
		assert_true(worded.leaks);
		assert_true(!has(why, "New") && !has(why, "Road"));
	}
	/* The short form, too. */
	struct message message = sample("contact-made", CHANNEL_SMS);
	struct worded worded = { .subject = STR_EMPTY };
	str why = STR_EMPTY;
	message.to_name = S("Anna Reed");
	message.secrets = secrets_of("9 New Road", "Anna Reed");
	assert_false(render(&message, &worded, &why));
	assert_true(worded.leaks);
}

static void each_channel_gets_its_own_form(void **state)
{
	struct message message = sample("ehcna-requested", CHANNEL_EMAIL);
	struct worded email = must_render(&message);
	assert_str(email.subject, "We have received a request");
	assert_has(email.text, "Monday 14 December 2026");
	assert_has(email.html, "<strong>Monday 14 December 2026</strong>");
	assert_int_equal(email.sms.n + email.letter.n, 0);
	assert_str(email.language, "en");
	assert_true(email.translated);
	assert_int_equal(email.version.n, 12);
	message = sample("ehcna-requested", CHANNEL_SMS);
	struct worded sms = must_render(&message);
	assert_str(sms.sms, "Sample: Alex Smith, we have received a request. We will answer by "
			    "Monday 14 December 2026. Questions: Sam Okafor, 0114 496 0101");
	assert_int_equal(sms.subject.n + sms.text.n + sms.html.n + sms.letter.n, 0);
	message = sample("ehcna-requested", CHANNEL_LETTER);
	struct worded letter = must_render(&message);
	const struct json *tree = NULL;
	assert_int_equal(json_parse(&arena, letter.letter, 16, &tree, NULL), JSON_FINE);
	assert_int_equal(letter.text.n + letter.html.n + letter.sms.n, 0);
	assert_true(letter.subject.n > 0);
	message = sample("ehcna-requested", CHANNEL_TASK);
	struct worded task = must_render(&message);
	assert_has(task.text, "Monday 14 December 2026");
	assert_int_equal(task.html.n + task.sms.n + task.letter.n, 0);
}

static void an_sms_beside_a_letter_says_only_that_it_comes(void **state)
{
	struct message message = sample("ehcna-refused", CHANNEL_SMS);
	message.prompt = true;
	assert_str(must_render(&message).sms,
		   "Sample: Alex Smith, we are posting you a letter. Please read it when it comes. "
		   "Questions: Sam Okafor, 0114 496 0101");
}

static void safe_contact_gets_neutral_words_on_a_screen(void **state)
{
	struct message message = sample("ehcna-refused", CHANNEL_SMS);
	message.safe = true;
	assert_str(must_render(&message).sms,
		   "Please call 0114 496 0101 when it is safe. Ref sample-1");
	message = sample("ehcna-refused", CHANNEL_EMAIL);
	message.safe = true;
	struct worded email = must_render(&message);
	assert_str(email.subject, "Please call");
	assert_str(email.text, "Please call\n\n"
			       "Please call 0114 496 0101 when it is safe.\n\nRef sample-1\n");
	assert_false(has(email.html, "assessment") || has(email.html, "Council"));
	/* A letter that is on the list of what is safe is the notice itself. */
	message = sample("ehcna-refused", CHANNEL_LETTER);
	message.safe = true;
	assert_has(must_render(&message).letter, "assessment");
}

static void a_young_person_is_spoken_to(void **state)
{
	struct message message = sample("ehcna-refused", CHANNEL_TASK);
	assert_has(must_render(&message).text, "your child");
	message.facts = S(
		"{\"recipient\":{\"young_person\":true},\"event\":{\"on\":{\"date\":"
		"\"2026-12-07\"},\"reasons\":\"Because.\"},\"right\":{\"appeal\":{\"date\":"
		"\"2027-02-07\"}},\"owner\":{\"name\":\"Sam\",\"phone\":\"0114 496 0101\"}}");
	struct worded worded = must_render(&message);
	assert_false(has(worded.text, "child"));
	assert_has(worded.text, "for you.");
}

static void a_letter_still_goes_when_a_promised_day_has_passed(void **state)
{
	static const char *const names[] = { "ehcna-requested", "ehcna-agreed",
					     "plan-draft",      "party-requested",
					     "action-agreed",   "action-rescheduled",
					     "action-reminder" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct message message = sample(names[i], CHANNEL_LETTER);
		const struct json *facts = NULL;
		assert_int_equal(json_parse(&arena, message.facts, 8, &facts, NULL), JSON_FINE);
		struct json without = map_with(&arena, facts, S("promise"),
					       (struct json){ .type = JSON_MAP });
		struct buf buf = buf_of(&arena, 10000);
		struct json_writer w = { .buf = &buf };
		json_put(&w, &without);
		message.facts = buf_str(&buf);
		must_render(&message);
	}
}

static void a_value_that_is_missing_stops_the_message(void **state)
{
	struct message message = sample("ehcna-refused", CHANNEL_LETTER);
	message.facts = S("{\"event\":{\"on\":{\"date\":\"2026-12-07\"}}}");
	struct worded worded;
	str why = STR_EMPTY;
	assert_false(render(&message, &worded, &why));
	assert_has(why, "en/ehcna-refused.md:");
	assert_has(why, "{{event.reasons}} has no value");
	message.facts = S("not json");
	assert_false(render(&message, &worded, &why));
	message = sample("duty-warning", CHANNEL_TASK);
	message.channel = CHANNEL_SMS;
	assert_false(render(&message, &worded, &why));
	assert_has(why, "no short form");
	message.template = S("nothing");
	assert_false(render(&message, &worded, &why));
	assert_str(why, "there is no template nothing");
}

static void a_block_that_is_empty_stops_the_message(void **state)
{
	struct message message = sample("ehcna-refused", CHANNEL_LETTER);
	const struct json *facts = NULL;
	assert_int_equal(json_parse(&arena, message.facts, 8, &facts, NULL), JSON_FINE);
	struct json event = *json_get(facts, "event");
	event = map_with(&arena, &event, S("reasons"),
			 (struct json){ .type = JSON_TEXT, .text = S(" \n") });
	struct json changed = map_with(&arena, facts, S("event"), event);
	struct buf buf = buf_of(&arena, 10000);
	struct json_writer w = { .buf = &buf };
	json_put(&w, &changed);
	message.facts = buf_str(&buf);
	struct worded worded;
	str why = STR_EMPTY;
	assert_false(render(&message, &worded, &why));
}

static void a_private_number_in_a_workers_note_stops_the_message(void **state)
{
	struct message message = sample("contact-made", CHANNEL_EMAIL);
	message.facts = S(
		"{\"owner\":{\"name\":\"Sam\",\"phone\":\"0114 496 0101\"},\"event\":{"
		"\"on\":{\"date\":\"2026-11-02\"},\"summary\":\"Dad is on 07700 900456\"}}");
	struct worded worded;
	str why = STR_EMPTY;
	assert_false(render(&message, &worded, &why));
	assert_has(why, "{{event.summary}} holds a telephone number");
	assert_false(has(why, "07700"));
}

static void a_subject_stays_one_line(void **state)
{
	struct message message = sample("party-requested", CHANNEL_EMAIL);
	message.case_id = S("x\r\nBcc: evil@a.example");
	assert_str(must_render(&message).subject, "A request in case x Bcc: evil@a.example");
}

static void a_language_is_used_only_when_a_speaker_has_checked_it(void **state)
{
	static const char head[] = "---\ntitle: Ahoj\ngrade: information\n";
	str folder = make_folder();
	put_safe(folder);
	put_file(folder, "en/x.md", "---\ntitle: Hello\ngrade: information\n---\nHello\n");
	put_file(folder, "sk/x.md",
		 str_z(&arena, str_fmt(&arena, "%sreviewed_by: Jana\n---\nAhoj\n", head)));
	put_file(folder, "cs/x.md",
		 str_z(&arena, str_fmt(&arena, "%sreviewed_by:\n---\nAhoj\n", head)));
	struct findings findings = findings_of(&arena);
	const struct words *words = words_read(&arena, folder, &findings);
	remove_folder(folder);
	assert_non_null(words);
	static const struct {
		const char *wanted, *used;
		bool translated;
	} rows[] = {
		{ "sk", "sk", true },  { "sk-SK", "sk", true }, { "cs", "en", false },
		{ "ar", "en", false }, { "en-GB", "en", true }, { "", "en", true },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct message message = { .template = S("x"), .to_name = S("A") };
		message.language = str_of(rows[i].wanted);
		struct worded worded;
		str why = STR_EMPTY;
		assert_true(words_render(&arena, words, sample_policy(&arena), &message,
					 day_of("2026-11-02"), &worded, &why));
		assert_str(worded.language, rows[i].used);
		assert_int_equal(worded.translated, rows[i].translated);
	}
}

static void a_translated_notice_goes_with_its_english_text(void **state)
{
	static const char notice[] = "---\ntitle: %s\ngrade: formal\nreviewed_by: %s\n"
				     "blocks: [named_contact, next, formats]\n---\n"
				     "{{! block: next }}\nA.\n\n{{! block: named_contact }}\nB.\n\n"
				     "{{! block: formats }}\nC.\n";
	str folder = make_folder();
	put_safe(folder);
	put_file(folder, "en/x.md", str_z(&arena, str_fmt(&arena, notice, "Hello", "A")));
	put_file(folder, "sk/x.md", str_z(&arena, str_fmt(&arena, notice, "Ahoj", "Jana")));
	put_file(folder, "cs/x.md", str_z(&arena, str_fmt(&arena, notice, "Dobrý den", "")));
	struct findings findings = findings_of(&arena);
	const struct words *words = words_read(&arena, folder, &findings);
	remove_folder(folder);
	assert_non_null(words);
	struct message message = { .template = S("x"),
				   .to_name = S("A"),
				   .language = S("sk"),
				   .channel = CHANNEL_LETTER };
	struct worded worded;
	str why = STR_EMPTY;
	assert_true(words_render(&arena, words, sample_policy(&arena), &message,
				 day_of("2026-11-02"), &worded, &why));
	assert_has(worded.letter, "[{\"language\":\"sk\",\"passages\":[{\"type\":\"heading\","
				  "\"level\":1,\"spans\":[{\"text\":\"Ahoj\"}]}");
	assert_has(worded.letter, "},{\"language\":\"en\",\"passages\":[{\"type\":\"heading\","
				  "\"level\":1,\"spans\":[{\"text\":\"Hello\"}]}");
	assert_str(worded.subject, "Ahoj");
	/* Before a speaker has checked it, it can only be looked at. */
	message.language = S("cs");
	assert_true(words_render(&arena, words, sample_policy(&arena), &message,
				 day_of("2026-11-02"), &worded, &why));
	assert_str(worded.subject, "Hello");
	assert_true(words_preview(&arena, words, sample_policy(&arena), &message,
				  day_of("2026-11-02"), &worded, &why));
	assert_str(worded.subject, "Dobrý den");
}

#define SLOVAK                                                                                          \
	"date: \"{day}. {month} {year} ({weekday})\"\nweekdays: [pondelok, utorok, streda, štvrtok, "  \
	"piatok, sobota, nedeľa]\nmonths: [januára, februára, marca, apríla, mája, júna, júla, " \
	"augusta, septembra, októbra, novembra, decembra]\nphone_label: Telefón\n"

static void a_translation_has_the_dates_and_words_of_its_language(void **state)
{
	static const char notice[] =
		"---\ntitle: T\ngrade: formal\nreviewed_by: A\n"
		"blocks: [named_contact, next, formats]\nsample:\n  event: {days: [2026-12-14]}\n---\n"
		"{{! block: next }}\n{{today}}\n\n{{#event.days}}- {{.}}\n{{/event.days}}\n\n"
		"{{! block: named_contact }}\nB.\n\n{{! block: formats }}\nC.\n";
	str folder = make_folder();
	put_safe(folder);
	put_file(folder, "en/x.md", notice);
	put_file(folder, "sk/x.md", notice);
	put_file(folder, "sk/words.yaml", "reviewed_by: Jana\n" SLOVAK);
	put_file(folder, "cs/x.md", notice);
	put_file(folder, "cs/words.yaml", "reviewed_by:\n" SLOVAK);
	struct findings findings = findings_of(&arena);
	const struct words *words = words_read(&arena, folder, &findings);
	remove_folder(folder);
	assert_non_null(words);
	struct message message = { .template = S("x"),
				   .to_name = S("A"),
				   .facts = S("{\"event\":{\"days\":[{\"date\":\"2026-12-15\"}]}}"),
				   .language = S("sk"),
				   .channel = CHANNEL_LETTER };
	struct worded worded;
	str why = STR_EMPTY;
	const date today = day_of("2026-12-14");
	assert_true(
		words_render(&arena, words, sample_policy(&arena), &message, today, &worded, &why));
	assert_has(worded.letter, "\"words\":{\"phone_label\":\"Telefón\",\"date\":");
	assert_has(worded.letter, "{\"text\":\"14. decembra 2026 (pondelok)\"}");
	assert_has(worded.letter, "{\"text\":\"15. decembra 2026 (utorok)\"}");
	/* Its English text has English dates, and no words. */
	assert_has(worded.letter, "{\"language\":\"en\",\"passages\":");
	assert_has(worded.letter, "{\"text\":\"Monday 14 December 2026\"}");
	assert_has(worded.letter, "{\"text\":\"Tuesday 15 December 2026\"}");
	/* Before a speaker has checked them, they can only be looked at. */
	message.language = S("cs");
	assert_true(
		words_render(&arena, words, sample_policy(&arena), &message, today, &worded, &why));
	assert_false(has(worded.letter, "decembra"));
	assert_true(words_preview(&arena, words, sample_policy(&arena), &message, today, &worded,
				  &why));
	assert_has(worded.letter, "14. decembra 2026 (pondelok)");
}

static int free_shipped(void **state)
{
	arena_free(&shelf);
	return 0;
}

static void a_correction_names_the_messages_that_were_wrong_by_their_titles(void **state)
{
	struct message message = sample("correction", CHANNEL_EMAIL);
	message.facts = S(TO_PARENT ",\"event\":{},\"past\":{\"said\":{\"date\":\"2026-11-09\"},"
				    "\"wrong\":[{\"template\":\"ehcna-refused\",\"letter\":true,"
				    "\"on\":{\"date\":\"2026-11-09\"}}]}}");
	struct worded worded = must_render(&message);
	assert_true(
		has(worded.text, "- Our letter of Monday 9 November 2026: \"Our decision on a"));
	message.channel = CHANNEL_SMS;
	worded = must_render(&message);
	assert_true(has(worded.sms,
			"on Monday 9 November 2026 (\"Our decision on a request\") was wrong"));
}

/* To its reader a wrong date is not what never happened. */
static void a_correction_says_what_became_of_it(void **state)
{
	static const struct {
		const char *event, *past, *said, *next;
	} corrections[] = {
		{ "{}", "{}", "It did not happen.",
		  "Your case is where it was before that message. The next step: Decide. It is "
		  "due by Monday 14 December 2026." },
		{ "{}", "{\"replaced\":true}", "If you need to know what is right",
		  "If another message about it comes, please go by that one." },
		{ "{\"meant\":\"another family\"}", "{}", "It has nothing to do with you,",
		  "changes nothing in your own case." },
	};
	for (size_t i = 0; i < sizeof corrections / sizeof corrections[0]; i++) {
		struct message message = sample("correction", CHANNEL_EMAIL);
		message.facts = str_fmt(&arena,
					TO_PARENT
					",\"event\":%s,\"next\":{\"what\":\"Decide\",\"by\":{"
					"\"date\":\"2026-12-14\"}},\"past\":%s}",
					corrections[i].event, corrections[i].past);
		str text = must_render(&message).html;
		assert_has(text, corrections[i].said);
		assert_has(text, corrections[i].next);
		for (size_t k = 0; k < sizeof corrections / sizeof corrections[0]; k++)
			assert_true(k == i || !has(text, corrections[k].said));
	}
}

/* Whoever hears of a wrong date may hear nothing of the right one: a school of a message that is none of its own. */
static void a_correction_promises_nobody_another_message(void **state)
{
	static const struct {
		const char *template;
		enum channel_kind channel;
		const char *said;
	} rows[] = {
		{ "correction", CHANNEL_EMAIL,
		  "If you need to know what is right, another message" },
		{ "correction", CHANNEL_SMS, "What is right may come in another message." },
		{ "party-correction", CHANNEL_EMAIL, "If you need to know what is right, another" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct message message = sample(rows[i].template, rows[i].channel);
		message.facts = S(TO_PARENT ",\"past\":{\"replaced\":true}}");
		struct worded worded = must_render(&message);
		assert_has(rows[i].channel == CHANNEL_SMS ? worded.sms : worded.html, rows[i].said);
	}
}

/* Which day was missed then is not known to the correction, which has a day of its own. */
static void a_title_that_said_more_than_is_known_is_left_out(void **state)
{
	struct message message = sample("correction", CHANNEL_EMAIL);
	message.facts = S(TO_PARENT ",\"event\":{},\"past\":{\"due\":{\"date\":\"2026-11-20\"},"
				    "\"wrong\":[{\"template\":\"duty-breached\",\"letter\":true,"
				    "\"on\":{\"date\":\"2026-11-09\"}}]}}");
	assert_has(must_render(&message).text, "- Our letter of Monday 9 November 2026.");
}

/* A last day of the family's own is no date of ours that they may wait for. */
static void a_text_says_whose_the_next_step_is(void **state)
{
	static const struct {
		const char *whose, *said;
	} steps[] = { { "", "There is nothing new yet. The next date is Monday 10 May 2027." },
		      { ",\"yours\":true", "The next step is yours, by Monday 10 May 2027." } };
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		struct message message = sample("keep-in-touch", CHANNEL_SMS);
		message.facts = str_fmt(&arena,
					TO_PARENT ",\"next\":{\"what\":\"Decide\",\"by\":{\"date\":"
						  "\"2027-05-10\"}%s}}",
					steps[i].whose);
		assert_has(must_render(&message).sms, steps[i].said);
	}
}

/* After a review the decision has a date, which they have read. */
static void a_plan_that_may_end_has_the_date_that_was_told(void **state)
{
	static const char *const promises[] = { "{}",
						"{\"review-decision\":{\"date\":\"2026-11-30\"}}" };
	static const char *const said[] = { "There is no date for this yet.",
					    "for our decision is still Monday 30 November 2026." };
	for (size_t i = 0; i < 2; i++) {
		struct message message = sample("plan-cease-considered", CHANNEL_EMAIL);
		message.facts = str_fmt(
			&arena,
			TO_PARENT ",\"event\":{\"reasons\":\"The goals are met.\"},\"right\":"
				  "{\"cease-reply\":{\"date\":\"2026-11-24\"}},\"promise\":%s}",
			promises[i]);
		str text = must_render(&message).html;
		assert_has(text, said[i]);
		assert_false(has(text, said[1 - i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_channel_gets_its_own_form, begin),
		cmocka_unit_test_setup(what_would_give_another_away_is_not_worded, begin),
		cmocka_unit_test_setup(an_sms_beside_a_letter_says_only_that_it_comes, begin),
		cmocka_unit_test_setup(safe_contact_gets_neutral_words_on_a_screen, begin),
		cmocka_unit_test_setup(a_young_person_is_spoken_to, begin),
		cmocka_unit_test_setup(a_letter_still_goes_when_a_promised_day_has_passed, begin),
		cmocka_unit_test_setup(a_value_that_is_missing_stops_the_message, begin),
		cmocka_unit_test_setup(a_block_that_is_empty_stops_the_message, begin),
		cmocka_unit_test_setup(a_private_number_in_a_workers_note_stops_the_message, begin),
		cmocka_unit_test_setup(a_subject_stays_one_line, begin),
		cmocka_unit_test_setup(a_language_is_used_only_when_a_speaker_has_checked_it,
				       begin),
		cmocka_unit_test_setup(a_translated_notice_goes_with_its_english_text, begin),
		cmocka_unit_test_setup(a_translation_has_the_dates_and_words_of_its_language,
				       begin),
		cmocka_unit_test_setup(
			a_correction_names_the_messages_that_were_wrong_by_their_titles, begin),
		cmocka_unit_test_setup(a_correction_says_what_became_of_it, begin),
		cmocka_unit_test_setup(a_correction_promises_nobody_another_message, begin),
		cmocka_unit_test_setup(a_title_that_said_more_than_is_known_is_left_out, begin),
		cmocka_unit_test_setup(a_text_says_whose_the_next_step_is, begin),
		cmocka_unit_test_setup(a_plan_that_may_end_has_the_date_that_was_told, begin),
	};
	int failed = cmocka_run_group_tests(tests, read_shipped, free_shipped);
	arena_free(&arena);
	return failed;
}
