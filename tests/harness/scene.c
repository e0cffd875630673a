#include "harness/scene.h"

#include "intake/intake.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define T(literal)                                                                                 \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* --- the council --------------------------------------------------------------------------------- */

static date day(const char *text)
{
	date d = DATE_NONE;
	require(date_parse(str_of(text), &d));
	return d;
}

static void open_office(struct week *week, minute_of_day from, minute_of_day to)
{
	for (int i = MONDAY; i <= FRIDAY; i++)
		require(week_open(week, (enum weekday)i, from, to));
}

static void make_calendar(struct arena *arena, struct policy *policy)
{
	static const char *const days[] = { "2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26",
					    "2027-03-29" };
	struct calendar *calendar = TAKE(arena, struct calendar, 1);
	calendar->id = S("ew");
	require(zone_read(arena, S("Europe/London"), &calendar->zone) == OK);
	open_office(&calendar->week, 9 * 60, 17 * 60);
	calendar->holidays = TAKE(arena, struct holiday, N(days));
	for (size_t i = 0; i < N(days); i++)
		calendar->holidays[calendar->n_holidays++] =
			(struct holiday){ .day = day(days[i]), .title = S("holiday") };
	calendar->complete_until = day("2027-12-31");
	policy->calendars = calendar;
	policy->n_calendars = 1;
	policy->calendar = calendar;
	policy->postage = POSTAGE_SECOND;
	policy->print_room = print_room_usual();
}

static void make_services(struct policy *policy)
{
	static struct person send[] = {
		{ .id = T("sam"),
		  .name = T("Sam Okafor"),
		  .job = T("caseworker"),
		  .email = T("sam@council.example"),
		  .phone = T("0114 496 0001"),
		  .service = T("send") },
		{ .id = T("rita"),
		  .name = T("Rita Lane"),
		  .job = T("team manager"),
		  .email = T("rita@council.example"),
		  .phone = T("0114 496 0002"),
		  .service = T("send") },
	};
	static struct person therapy[] = {
		{ .id = T("lee"),
		  .name = T("Lee Moss"),
		  .job = T("therapist"),
		  .email = T("lee@council.example"),
		  .service = T("therapy") },
	};
	static struct role_holder roles[] = {
		{ .role = T("caseworker"), .person = T("sam") },
		{ .role = T("team_manager"), .person = T("rita") },
	};
	static struct service services[] = {
		{ .id = T("send"),
		  .name = T("Inclusion team"),
		  .phone = T("0114 496 0000"),
		  .email = T("send@council.example"),
		  .roles = roles,
		  .n_roles = N(roles),
		  .people = send,
		  .n_people = N(send) },
		{ .id = T("therapy"),
		  .name = T("Therapy"),
		  .phone = T("0114 496 0010"),
		  .email = T("therapy@council.example"),
		  .people = therapy,
		  .n_people = N(therapy) },
	};
	policy->services = services;
	policy->n_services = N(services);
}

static void make_authority(struct authority *authority)
{
	authority->name = S("Sheaf Council");
	authority->short_name = S("Sheaf");
	authority->neutral_sender = S("Message");
	authority->phone = S("0114 496 0000");
	authority->email = S("hello@council.example");
	open_office(&authority->hours, 8 * 60, 18 * 60);
	open_office(&authority->office, 9 * 60, 17 * 60);
	authority->task_working_days = 2;
	authority->tries_max = 5;
}

/* --- its standards ------------------------------------------------------------------------------- */

#define TELL(who, name, level)                                                                     \
	.audience = AUDIENCE_##who, .template = T(name), .grade = GRADE_##level
#define SCHOOL .parties = { { [PARTY_SCHOOL] = true } }

static struct saying on_warned[] = { { TELL(OWNER, "duty-warning", ALERT) } };
static struct saying on_breached[] = { { TELL(FAMILY, "duty-late", INFORMATION) },
				       { TELL(OWNER, "duty-breached", ALERT) },
				       { TELL(MANAGER, "duty-breached", ALERT) } };
static struct duration warnings[] = { { .n = 10, .unit = DURATION_WORKING_DAYS },
				      { .n = 5, .unit = DURATION_WORKING_DAYS } };

#define CHASED                                                                                     \
	.warnings = warnings, .n_warnings = N(warnings), .on_warned = on_warned,                   \
	.n_on_warned = N(on_warned), .on_breached = on_breached, .n_on_breached = N(on_breached)
#define ALWAYS                                                                                     \
	.calendar = T("ew"), .owner = T("owner"), .valid_from = { INT32_MIN },                     \
	.valid_to = { INT32_MIN }

static void make_duties(struct pathway *pathway)
{
	static struct duty_rule duties[] = {
		{ .id = T("decision"),
		  .title = T("Decide"),
		  .basis = BASIS_STATUTORY,
		  .due = { .n = 6, .unit = DURATION_WEEKS },
		  CHASED,
		  ALWAYS },
		{ .id = T("plan"),
		  .title = T("Send the plan"),
		  .basis = BASIS_STATUTORY,
		  .due = { .n = 20, .unit = DURATION_WEEKS },
		  CHASED,
		  ALWAYS },
		{ .id = T("reply"),
		  .title = T("Reply to the draft"),
		  .by_family = true,
		  .due = { .n = 15, .unit = DURATION_DAYS, .beginning = true },
		  ALWAYS },
		{ .id = T("appeal"),
		  .title = T("Appeal"),
		  .by_family = true,
		  .due = { .n = 2, .unit = DURATION_MONTHS },
		  ALWAYS },
	};
	pathway->duties = duties;
	pathway->n_duties = N(duties);
}

#define STARTS(list) .starts = (list), .n_starts = N(list)
#define MEETS(list) .meets = (list), .n_meets = N(list)
#define CANCELS(list) .cancels = (list), .n_cancels = N(list)
#define SAYS(list) .says = (list), .n_says = N(list)

static struct saying when_asked[] = { { TELL(FAMILY, "asked", INFORMATION) },
				      { TELL(PARTIES, "party-asked", INFORMATION), SCHOOL } };
static struct saying when_agreed[] = { { TELL(FAMILY, "agreed", FORMAL), .meets = T("decision") },
				       { TELL(PARTIES, "party-agreed", INFORMATION), SCHOOL } };
static struct saying when_refused[] = { { TELL(FAMILY, "refused", FORMAL), .adverse = true,
					  .meets = T("decision") },
					{ TELL(PARTIES, "party-refused", INFORMATION), SCHOOL } };
static struct saying when_drafted[] = {
	{ TELL(FAMILY, "draft", FORMAL) },
	{ TELL(FAMILY, "draft-reminder", REMINDER), .reminder = true,
	  .after = { .n = 7, .unit = DURATION_DAYS }, .unless = T("replied") }
};
static struct saying when_made[] = { { TELL(FAMILY, "made", FORMAL), .meets = T("plan"),
				       .encloses = true } };
static struct saying when_survey[] = { { TELL(FAMILY, "survey", OPTIONAL) } };
static struct saying when_urgent[] = { { TELL(FAMILY, "urgent", URGENT) } };

static void make_events(struct pathway *pathway)
{
	static str decision_plan[] = { T("decision"), T("plan") }, plan[] = { T("plan") },
		   reply[] = { T("reply") }, appeal[] = { T("appeal") };
	static struct field reasons[] = {
		{ .name = T("reasons"), .type = FIELD_TEXT, .required = true }
	};
	static struct field enclosed[] = { { .name = T("enclosures"), .type = FIELD_ENCLOSURES } };
	static struct event_rule events[] = {
		{ .type = T("asked"),
		  .title = T("Asked for"),
		  STARTS(decision_plan),
		  SAYS(when_asked),
		  .stage = T("Deciding"),
		  .next_what = T("Decide"),
		  .next_who = T("owner"),
		  .next_by = T("decision") },
		{ .type = T("agreed"), .title = T("Agreed"), SAYS(when_agreed) },
		{ .type = T("refused"),
		  .title = T("Refused"),
		  STARTS(appeal),
		  CANCELS(plan),
		  SAYS(when_refused),
		  .fields = reasons,
		  .n_fields = N(reasons),
		  .next_what = T("Decide whether to appeal"),
		  .next_who = T("family"),
		  .next_by = T("appeal") },
		{ .type = T("drafted"),
		  .title = T("Draft sent"),
		  STARTS(reply),
		  SAYS(when_drafted) },
		{ .type = T("replied"), .title = T("Reply received"), MEETS(reply) },
		{ .type = T("made"),
		  .title = T("Plan made"),
		  .fields = enclosed,
		  .n_fields = N(enclosed),
		  SAYS(when_made),
		  .closes = true },
		{ .type = T("dropped"), .title = T("Dropped"), CANCELS(decision_plan) },
		{ .type = T("surveyed"), .title = T("Questionnaire"), SAYS(when_survey) },
		{ .type = T("alarmed"), .title = T("Alarm"), SAYS(when_urgent) },
	};
	pathway->events = events;
	pathway->n_events = N(events);
}

static void make_pathways(struct policy *policy)
{
	static struct pathway pathways[] = {
		{ .id = T("assess"),
		  .title = T("Assessment"),
		  .service = T("send"),
		  .calendar = T("ew") },
		{ .id = T("other"), .title = T("Other"), .service = T("send"), .calendar = T("ew") },
	};
	make_duties(&pathways[0]);
	make_events(&pathways[0]);
	policy->pathways = pathways;
	policy->n_pathways = N(pathways);
}

static void make_standards(struct policy *policy)
{
	static struct saying reassigned[] = { { TELL(FAMILY, "case-reassigned", INFORMATION) } };
	static struct saying visited[] = { { TELL(CONTACTS, "contact-made", INFORMATION) } };
	static struct saying excused[] = { { TELL(FAMILY, "duty-excused", INFORMATION) } };
	static struct saying overdue[] = { { TELL(OWNER, "task-overdue", ALERT) },
					   { TELL(MANAGER, "task-overdue", ALERT) } };
	static struct event_rule standards[] = {
		{ .type = T("case.reassigned"), SAYS(reassigned) },
		{ .type = T("contact.made"), SAYS(visited) },
		{ .type = T("duty.excused"), SAYS(excused) },
		{ .type = T("task.overdue"), SAYS(overdue) },
	};
	policy->standards = standards;
	policy->n_standards = N(standards);
}

static void make_actions(struct action_rule *actions)
{
	static struct duration near[] = { { .n = 5, .unit = DURATION_WORKING_DAYS } };
	static struct saying agreed[] = { { TELL(FAMILY, "action-agreed", INFORMATION) } };
	static struct saying reminder[] = { { TELL(ACTION_OWNER, "action-reminder", ALERT) } };
	static struct saying late[] = { { TELL(FAMILY, "action-late", INFORMATION) },
					{ TELL(ACTION_OWNER, "action-late-owner", ALERT) },
					{ TELL(MANAGER, "action-late-owner", ALERT) } };
	static struct saying completed[] = { { TELL(FAMILY, "action-completed", INFORMATION) } };
	static struct saying moved[] = { { TELL(FAMILY, "action-rescheduled", INFORMATION) } };
	static struct saying cancelled[] = { { TELL(FAMILY, "action-cancelled", INFORMATION) } };
	*actions = (struct action_rule){
		.calendar = S("ew"),
		.warnings = near,
		.n_warnings = N(near),
		.on_agreed = agreed,
		.n_on_agreed = N(agreed),
		.on_warned = reminder,
		.n_on_warned = N(reminder),
		.on_breached = late,
		.n_on_breached = N(late),
		.on_completed = completed,
		.n_on_completed = N(completed),
		.on_rescheduled = moved,
		.n_on_rescheduled = N(moved),
		.on_cancelled = cancelled,
		.n_on_cancelled = N(cancelled),
	};
}

struct policy *scene_policy(struct arena *arena)
{
	struct policy *policy = TAKE(arena, struct policy, 1);
	policy->version = S("0123456789abcdef");
	make_calendar(arena, policy);
	make_services(policy);
	make_authority(&policy->authority);
	make_pathways(policy);
	make_standards(policy);
	make_actions(&policy->actions);
	policy->people.carriage[GRADE_FORMAL][CHANNEL_EMAIL] = CARRIES_AGREED;
	policy->people.carriage[GRADE_FORMAL][CHANNEL_SMS] = CARRIES_PROMPT;
	policy->people.confirm_days = 14;
	return policy;
}

/* --- events -------------------------------------------------------------------------------------- */

str scene_json(struct arena *arena, const char *text)
{
	size_t n = strlen(text);
	char *json = TAKE(arena, char, n + 1);
	for (size_t i = 0; i < n; i++)
		json[i] = text[i] == '\'' ? '"' : text[i];
	return (str){ json, n };
}

struct event *scene_event(struct scene *scene, const char *at, const char *type,
			  const char *subject, const char *data)
{
	struct arena *arena = &scene->arena;
	struct event *event = TAKE(arena, struct event, 1);
	struct refused refused = { 0 };
	instant time = { 0 };
	require(instant_parse(str_of(at), &time));
	str id = str_fmt(arena, "e%d", ++scene->n_events);
	str bytes = intake_own_event(arena, &(struct own_event){
						    .source = S("scene"),
						    .id = id,
						    .type = str_of(type),
						    .subject = str_of(subject),
						    .time = time,
						    .data = scene_json(arena, data),
					    });
	if (!intake_parse(arena, scene->policy, bytes, true, event, &refused)) {
		fprintf(stderr, "intake refuses %s: %.*s\n", type, STR_ARG(refused.message));
		fatal("a scene needs events that intake takes");
	}
	return event;
}

void scene_start(struct scene *scene)
{
	*scene = (struct scene){ 0 };
	scene->policy = scene_policy(&scene->arena);
}

void scene_end(struct scene *scene)
{
	arena_free(&scene->arena);
}

/* What a commit leaves behind is overlooked at no time before the look that it asks for. */
static void audit(struct scene *scene, const struct family *record, instant look)
{
	instant before = instant_is_never(look) ? instant_add(scene->now, SPAN_DAYS(400))
						: (instant){ look.ms - 1 };
	struct overlooked found = { 0 };
	if (instant_before(scene->now, before) &&
	    decide_overlooked(&scene->arena, scene->policy, record, look, before, &found)) {
		fprintf(stderr, "%s: %.*s\n", found.what, STR_ARG(found.id));
		fatal("something is overlooked");
	}
}

static const struct plan *take(struct scene *scene, const struct event *event, instant now)
{
	scene->now = now;
	struct family **record = event->about == SUBJECT_SERVICE ? &scene->desk : &scene->family;
	struct plan *plan = decide(&scene->arena, scene->policy, *record, event, scene->now);
	if (plan->verdict == PLAN_COMMIT && plan->family != NULL) {
		*record = plan->family;
		(*record)->version++;
		audit(scene, *record, plan->next_look);
	}
	scene->plan = plan;
	return plan;
}

const struct plan *scene_take(struct scene *scene, const struct event *event)
{
	return take(scene, event, event->time);
}

const struct plan *scene_play(struct scene *scene, const char *at, const char *type,
			      const char *subject, const char *data)
{
	return scene_take(scene, scene_event(scene, at, type, subject, data));
}

const struct plan *scene_hear(struct scene *scene, const char *now, const char *at,
			      const char *type, const char *subject, const char *data)
{
	instant heard = { 0 };
	require(instant_parse(str_of(now), &heard));
	return take(scene, scene_event(scene, at, type, subject, data), heard);
}

const struct plan *scene_tick(struct scene *scene, const char *at)
{
	return scene_play(scene, at, "clock.due", "family/F1", "{}");
}

const struct plan *scene_settle(struct scene *scene, const char *at, const char *outcome,
				str message)
{
	str type = str_fmt(&scene->arena, "message.%s", outcome);
	str data = str_fmt(&scene->arena, "{'message':'%.*s'}", STR_ARG(message));
	return scene_play(scene, at, str_z(&scene->arena, type), "case/C1",
			  str_z(&scene->arena, data));
}

void scene_family(struct scene *scene)
{
	const char *at = "2026-11-02T09:00:00Z";
	scene_play(scene, at, "contact.registered", "family/F1",
		   "{'contact':'c-mum','person':'p-mum','role':'parent','name':'Ada Bell',"
		   "'channels':['letter'],'addresses':{'letter':['1 Hill Road','Sheffield',"
		   "'S1 1AA']},'agreed':{'on':'2026-10-01','with':'sam'}}");
	scene_play(scene, at, "contact.registered", "family/F1",
		   "{'contact':'c-child','person':'p-child','role':'young_person','name':'Jo',"
		   "'born':'2017-05-01'}");
	scene_play(scene, at, "party.registered", "family/F1",
		   "{'party':'p-school','role':'school','name':'Hill School','channels':['email'],"
		   "'addresses':{'email':'office@hill.example'}}");
	scene_play(scene, at, "case.opened", "case/C1",
		   "{'family':'F1','pathway':'assess','service':'send','owner':'caseworker'}");
	require(scene->plan->verdict == PLAN_COMMIT);
}

/* --- looking ------------------------------------------------------------------------------------- */

str scene_messages(struct scene *scene)
{
	struct buf buf = buf_of(&scene->arena, 65536);
	for (size_t i = 0; i < scene->plan->n_messages; i++) {
		const struct message *message = &scene->plan->messages[i];
		buf_fmt(&buf, "%.*s %.*s %.*s %.*s %.*s\n",
			STR_ARG(channel_kind_name(message->channel)), STR_ARG(message->contact),
			STR_ARG(message->template), STR_ARG(why_name(message->why)),
			STR_ARG(instant_print(&scene->arena, message->not_before)));
	}
	return buf_str(&buf);
}

str scene_closings(struct scene *scene)
{
	struct buf buf = buf_of(&scene->arena, 65536);
	for (size_t i = 0; i < scene->plan->n_closings; i++)
		buf_fmt(&buf, "%.*s\n",
			STR_ARG(message_state_name(scene->plan->closings[i].state)));
	return buf_str(&buf);
}

const struct message *scene_message(const struct scene *scene, const char *contact,
				    enum channel_kind channel)
{
	for (size_t i = 0; i < scene->plan->n_messages; i++) {
		const struct message *message = &scene->plan->messages[i];
		if (str_eq(message->contact, str_of(contact)) && message->channel == channel)
			return message;
	}
	return NULL;
}

const struct duty *scene_duty(const struct scene *scene, const char *id)
{
	const struct case_file *file = family_case(scene->family, S("C1"));
	return file != NULL ? case_duty(file, str_of(id)) : NULL;
}

const struct action *scene_action(const struct scene *scene, const char *id)
{
	const struct case_file *file = family_case(scene->family, S("C1"));
	return file != NULL ? case_action(file, str_of(id)) : NULL;
}
