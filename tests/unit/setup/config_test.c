#include "setup/setup.h"

#include "copy.h"
#include "setup/options.h"

/* Reads a configuration from a text, in a folder that is gone when the test ends. */
static bool read_text(struct arena *arena, const char *text, struct config *out,
		      struct findings *findings)
{
	struct copy copy = copy_make(arena);
	copy_write(&copy, CONFIG, str_of(text));
	bool fine = setup_config(arena, copy_path(&copy, CONFIG), out, findings);
	copy_remove(&copy);
	if (!fine)
		print_error("%.*s", STR_ARG(setup_findings_text(arena, findings)));
	return fine;
}

#define LEAST                                                                                      \
	"redis: {socket: r.sock}\nemail: {dir: mail}\nsms: {dir: .}\nletter: {dir: /srv/letters}\n"

static void what_is_left_out_stands_at_its_default(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct config config;
	assert_true(read_text(&arena, LEAST, &config, &findings));
	assert_str(config.redis.prefix, "{candour}");
	assert_int_equal(config.redis.port, 6379);
	assert_str(config.email.transport, "file");
	assert_str(config.sms[0].alphabet, "unicode");
	assert_str(config.letter.profile, "notify_c5");
	assert_str(config.letter.postage, "second");
	assert_str(config.enclosures, "");
	assert_int_equal(config.log.level, LOG_INFO);
	assert_int_equal(config.log.format, LOG_TEXT);
	assert_int_equal(config.stop_within.ms, 10000);
	assert_int_equal(config.clock_skew_max.ms, 300000);
	assert_int_equal(findings.n, 0);
	arena_free(&arena);
}

static void paths_are_taken_from_the_folder_of_the_file(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct config config;
	struct copy copy = copy_make(&arena);
	copy_write(&copy, CONFIG, S(LEAST "templates: ../words\n"));
	assert_true(setup_config(&arena, copy_path(&copy, CONFIG), &config, &findings));
	copy_remove(&copy);
	assert_true(str_eq(config.redis.socket, copy_path(&copy, "r.sock")));
	assert_true(str_eq(config.email.dir, copy_path(&copy, "mail")));
	assert_true(str_eq(config.sms[0].dir, copy.folder));
	assert_true(str_eq(config.policy, copy.folder));
	assert_true(str_eq(config.templates, copy_path(&copy, "../words")));
	assert_str(config.letter.dir, "/srv/letters");
	arena_free(&arena);
}

static void a_length_of_time_is_written_in_many_ways(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} rows[] = {
		{ "30s", 30000 },         { "30 s", 30000 }, { "1 second", 1000 },
		{ "45 seconds", 45000 },  { "2m", 120000 },  { "1 minute", 60000 },
		{ "15 minutes", 900000 }, { "1h", 3600000 }, { "3 hours", 10800000 },
		{ "1 day", 86400000 },    { "0s", 0 },       { "1d", 86400000 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena arena = ARENA_EMPTY;
		struct findings findings = findings_of(&arena);
		struct config config;
		str text = str_fmt(&arena, LEAST "clock_skew_max: %s\n", rows[i].text);
		assert_true(read_text(&arena, str_z(&arena, text), &config, &findings));
		assert_int_equal(config.clock_skew_max.ms, rows[i].ms);
		arena_free(&arena);
	}
}

static void what_is_said_is_taken(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct config config;
	assert_true(
		read_text(&arena,
			  "redis: {host: 10.0.0.5, port: 6380, username: candour,\n"
			  "  password_file: authority.yaml, prefix: \"{leeds}\", tls: off}\n"
			  "email: {transport: file, dir: m, from: send@leeds.example}\n"
			  "sms: {dir: s, sender: LeedsSEND, alphabet: gsm}\n"
			  "letter: {transport: spool, dir: l, profile: local_dl, postage: first,\n"
			  "  cut_off: \"12:00\", print_days: \"tue, thu\", worker: w, workers: 4}\n"
			  "enclosures: pathways\n"
			  "log: {level: debug, format: json}\n",
			  &config, &findings));
	assert_str(config.redis.host, "10.0.0.5");
	assert_int_equal(config.redis.port, 6380);
	assert_str(config.redis.username, "candour");
	assert_true(str_ends(config.redis.password_file, S("/authority.yaml")));
	assert_str(config.redis.prefix, "{leeds}");
	assert_str(config.email.from, "send@leeds.example");
	assert_str(config.sms[0].sender, "LeedsSEND");
	assert_str(config.sms[0].alphabet, "gsm");
	assert_str(config.letter.profile, "local_dl");
	assert_str(config.letter.postage, "first");
	assert_str(config.letter.transport, "spool");
	assert_int_equal(config.letter.workers, 4);
	struct policy policy = { 0 };
	const struct policy *whole = setup_post(&arena, &config, &policy);
	assert_int_equal(whole->postage, POSTAGE_FIRST);
	assert_int_equal(whole->print_room.cut_off, 12 * 60);
	assert_true(whole->print_room.days[THURSDAY] && !whole->print_room.days[FRIDAY]);
	assert_int_equal(config.log.level, LOG_DEBUG);
	assert_int_equal(config.log.format, LOG_JSON);
	arena_free(&arena);
}

static void a_mail_server_is_read_from_the_file(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct config config;
	assert_true(read_text(&arena,
			      "redis: {socket: r.sock}\n"
			      "email: {transport: curl, host: mail.leeds.example, port: 465,\n"
			      "  ca_file: authority.yaml, username: candour, auth: oauth,\n"
			      "  password_file: authority.yaml, threads: 8, session_messages: 20,\n"
			      "  unsubscribe: \"https://leeds.example/stop/\", reply_within: 30s}\n"
			      "sms: {dir: s}\n"
			      "letter: {dir: l}\n",
			      &config, &findings));
	assert_str(config.email.transport, "curl");
	assert_str(config.email.host, "mail.leeds.example");
	assert_int_equal(config.email.port, 465);
	assert_str(config.email.tls, "required");
	assert_true(str_ends(config.email.ca_file, S("/authority.yaml")));
	assert_str(config.email.username, "candour");
	assert_true(str_ends(config.email.password_file, S("/authority.yaml")));
	assert_str(config.email.auth, "oauth");
	assert_int_equal(config.email.threads, 8);
	assert_int_equal(config.email.session_messages, 20);
	assert_str(config.email.unsubscribe, "https://leeds.example/stop/");
	assert_int_equal(config.email.reply_within.ms, 30000);
	arena_free(&arena);
}

static void a_secret_comes_from_the_service_manager_where_it_gives_one(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct config config;
	struct copy copy = copy_make(&arena);
	const char *text =
		"redis: {socket: r.sock, password_file: /etc/candour/keys/redis-password}\n"
		"email: {dir: m}\nsms: {dir: s}\nletter: {dir: l}\n";
	copy_write(&copy, CONFIG, str_of(text));
	copy_write(&copy, "candour_redis-password", S("secret"));
	setenv("CREDENTIALS_DIRECTORY", str_z(&arena, copy.folder), 1);
	assert_true(setup_config(&arena, copy_path(&copy, CONFIG), &config, &findings));
	assert_true(str_eq(config.redis.password_file, copy_path(&copy, "candour_redis-password")));
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_false(setup_config(&arena, copy_path(&copy, CONFIG), &config, &findings));
	copy_remove(&copy);
	arena_free(&arena);
}

static void all_mistakes_are_listed_at_once(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct config config = { .stop_within = SPAN_S(77) };
	struct copy copy = copy_make(&arena);
	copy_write(&copy, CONFIG,
		   S("redis:\n  sokket: x\nlog:\n  level: loud\nstop_within: soon\nhtml: 1\n"));
	assert_false(setup_config(&arena, copy_path(&copy, CONFIG), &config, &findings));
	copy_remove(&copy);
	assert_int_equal(findings.errors, 4);
	assert_int_equal(findings.list[0].line, 2);
	assert_int_equal(findings.list[1].line, 4);
	assert_int_equal(findings.list[2].line, 5);
	assert_int_equal(findings.list[3].line, 6);
	assert_int_equal(config.stop_within.ms, 77000);
	arena_free(&arena);
}

static void a_file_that_is_not_there_is_named(void **state)
{
	struct arena arena = ARENA_EMPTY;
	struct findings findings = findings_of(&arena);
	struct config config;
	assert_false(setup_config(&arena, S("/no/such/candour.conf"), &config, &findings));
	assert_str(setup_findings_text(&arena, &findings),
		   "/no/such/candour.conf: error: this file cannot be read: not found "
		   "(unreadable_file)\n");
	arena_free(&arena);
}

/* True when the shipped file speaks of the key: as a setting, or commented out. */
static bool is_spoken_of(str text, str group, str key)
{
	str line, name;
	bool inside = group.n == 0;
	while (str_line(&text, &line)) {
		bool top = line.n > 0 && line.p[0] != ' ';
		str rest = str_trim(line);
		if (str_starts(rest, S("# ")))
			rest = str_trim(str_slice(rest, 2, rest.n));
		if (!str_cut(rest, ':', &name, &rest))
			continue;
		if (inside && str_eq(name, key))
			return true;
		if (group.n > 0 && top && !str_has_byte(name, ' '))
			inside = str_eq(name, group) || (inside && line.p[0] == '#');
	}
	return false;
}

static void every_key_of_the_table_is_in_the_shipped_file(void **state)
{
	struct arena arena = ARENA_EMPTY;
	str text;
	assert_int_equal(file_read(&arena, S("conf/candour.conf"), 1 << 20, &text), OK);
	for (size_t i = 0; i < options_n; i++) {
		str key = str_of(options[i].key), group = STR_EMPTY;
		(void)str_cut(key, '.', &group, &key);
		if (!is_spoken_of(text, group, key))
			fail_msg("conf/candour.conf does not speak of %s", options[i].key);
	}
	arena_free(&arena);
}

static void the_table_has_a_line_for_each_key(void **state)
{
	struct arena arena = ARENA_EMPTY;
	str table = setup_table(&arena), line, key, rest;
	size_t n = 0;
	while (str_line(&table, &line)) {
		assert_true(str_cut(line, '\t', &key, &rest));
		assert_str(key, options[n++].key);
		assert_true(str_cut(rest, '\t', &key, &rest));
		assert_true(key.n > 0);
		assert_true(str_cut(rest, '\t', &key, &rest));
		assert_true(str_ends(rest, S(".")));
	}
	assert_int_equal(n, options_n);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_server_is_read_from_the_file),
		cmocka_unit_test(what_is_left_out_stands_at_its_default),
		cmocka_unit_test(paths_are_taken_from_the_folder_of_the_file),
		cmocka_unit_test(a_length_of_time_is_written_in_many_ways),
		cmocka_unit_test(what_is_said_is_taken),
		cmocka_unit_test(a_secret_comes_from_the_service_manager_where_it_gives_one),
		cmocka_unit_test(all_mistakes_are_listed_at_once),
		cmocka_unit_test(a_file_that_is_not_there_is_named),
		cmocka_unit_test(every_key_of_the_table_is_in_the_shipped_file),
		cmocka_unit_test(the_table_has_a_line_for_each_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
