/*
 * Random lives of a family, and promises that hold in all of them:
 *
 *   - nobody who is barred, removed or dead is sent anything
 *   - every running duty and action is looked at no later than its next step
 *   - a look lies in the future, unless a full plan left something to say
 *   - a breach is never taken back
 *   - plans stay within their bounds
 *   - the same five values give the same plan, and the record handed in stays as it was
 *
 * Three bytes are one event: which, about whom, and how much later.
 */
#include "harness/scene.h"
#include "store/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* %A a contact, %P its person, %C a case, %D a day near today, %X an action */
static const struct {
	const char *type, *subject, *data;
} happenings[] = {
	{ "clock.due", "family/F1", "{}" },
	{ "contact.registered", "family/F1",
	  "{'contact':'%A','person':'%P','role':'parent','name':'N','channels':['letter'],"
	  "'addresses':{'letter':['1','2','S1 1AA'],'sms':'07700900001'},"
	  "'agreed':{'on':'2026-01-01','with':'sam'}}" },
	{ "contact.registered", "family/F1",
	  "{'contact':'%A','person':'%P','role':'carer','name':'N','channels':['sms','email'],"
	  "'addresses':{'email':'a@b.example','sms':'07700900001'}}" },
	{ "contact.registered", "family/F1",
	  "{'contact':'%A','person':'%P','role':'young_person','name':'N','born':'2011-03-01',"
	  "'channels':['email'],'addresses':{'email':'a@b.example'},"
	  "'agreed':{'on':'2026-01-01','with':'sam'}}" },
	{ "contact.updated", "family/F1",
	  "{'contact':'%A','format':'braille','channels':['task','sms']}" },
	{ "contact.updated", "family/F1",
	  "{'contact':'%A','format':'standard','addresses':null,'channels':null}" },
	{ "contact.updated", "family/F1",
	  "{'contact':'%A','hours':{'sat':[['10:00','11:00']]},'optional':{'surveys':false}}" },
	{ "contact.removed", "family/F1", "{'contact':'%A'}" },
	{ "party.registered", "family/F1",
	  "{'party':'s-%A','role':'school','name':'S','channels':['email'],"
	  "'addresses':{'email':'s@b.example'}}" },
	{ "consent.given", "family/F1", "{'contact':'%A','for':'all','until':'%D'}" },
	{ "consent.withdrawn", "family/F1", "{'contact':'%A','for':'all'}" },
	{ "capacity.recorded", "family/F1",
	  "{'person':'%P','decision':'all','has_capacity':false,'assessed_on':'%D','by':'x'}" },
	{ "court_order.added", "family/F1", "{'contact':'%A','effect':'no_contact','until':'%D'}" },
	{ "court_order.added", "family/F1", "{'contact':'%A','effect':'info_restricted'}" },
	{ "court_order.ended", "family/F1", "{'contact':'%A','effect':'info_restricted'}" },
	{ "safe_contact.flagged", "family/F1",
	  "{'contact':'%A','channels':['sms'],'hours':{'mon':[['10:00','11:00']]}}" },
	{ "person.deceased", "family/F1", "{'person':'%P'}" },
	{ "case.opened", "case/%C",
	  "{'family':'F1','pathway':'assess','service':'send','owner':'sam'}" },
	{ "case.reassigned", "case/%C", "{'owner':'rita','from':'sam'}" },
	{ "case.closed", "case/%C", "{'outcome':'done'}" },
	{ "asked", "case/%C", "{'on':'%D'}" },
	{ "agreed", "case/%C", "{}" },
	{ "refused", "case/%C", "{'reasons':'none'}" },
	{ "drafted", "case/%C", "{'on':'%D'}" },
	{ "replied", "case/%C", "{}" },
	{ "made", "case/%C", "{}" },
	{ "surveyed", "case/%C", "{}" },
	{ "alarmed", "case/%C", "{}" },
	{ "contact.made", "case/%C",
	  "{'with':['%A'],'how':'visit','actions':[{'action':'x%X','what':'w',"
	  "'owner':{'service':'therapy','person':'lee'},'due':'%D'}]}" },
	{ "action.agreed", "case/%C",
	  "{'action':'x%X','what':'w','owner':{'service':'send','person':'sam'},'due':'%D'}" },
	{ "action.completed", "case/%C", "{'action':'x%X'}" },
	{ "action.rescheduled", "case/%C", "{'action':'x%X','due':'%D'}" },
	{ "action.cancelled", "case/%C", "{'action':'x%X'}" },
	{ "action.disputed", "case/%C", "{'action':'x%X'}" },
	{ "duty.excused", "case/%C",
	  "{'duty':'decision','ground':'c','from':'%D','to':'%D','evidence':'x',"
	  "'approved_by':'rita'}" },
	{ "breach.acknowledged", "case/%C",
	  "{'duty':'decision','by':'rita','until':'%D','note':'n'}" },
	{ "hold.placed", "case/%C", "{'reason':'r','owner':'sam','until':'%D'}" },
	{ "hold.ended", "case/%C", "{'reason':'r'}" },
	{ "task.completed", "case/%C", "{'task':'%T','outcome':'reached','by':'sam'}" },
	{ "task.completed", "case/%C", "{'task':'%T','outcome':'not_reached','by':'sam'}" },
	{ "task.completed", "case/%C", "{'task':'%T','outcome':'refused','by':'sam'}" },
	{ "reply.received", "case/%C", "{'contact':'%A','channel':'sms','text':'t'}" },
	{ "event.withdrawn", "case/%C", "{'event':'e1','reason':'r'}" },
	{ "message.accepted", "case/%C", "{'message':'%M'}" },
	{ "message.accepted", "case/%C", "{'message':'%M'}" },
	{ "message.failed", "case/%C", "{'message':'%M','address':true}" },
	{ "message.failed", "case/%C", "{'message':'%M'}" },
	{ "message.returned", "case/%C", "{'message':'%M'}" },
	{ "message.unknown", "case/%C", "{'message':'%M'}" },
	{ "message.expired", "case/%C", "{'message':'%M'}" },
	{ "message.delivered", "case/%C", "{'message':'%M'}" },
	{ "message.stale", "case/%C", "{'message':'%M'}" },
	{ "message.stale", "case/%C", "{'message':'%M'}" },
	{ "made", "case/%C",
	  "{'enclosures':[{'id':'x%X','kind':'k','sha256':'0123456789abcdef0123456789abcdef"
	  "0123456789abcdef0123456789abcdef','pages':1,'sent_by':'service'}]}" },
	{ "enclosure.dispatched", "case/%C", "{'enclosure':'x%X'}" },
	{ "enclosure.dispatched", "case/%C", "{'enclosure':'x%X','contact':'%A'}" },
};
#define EVENTS_MAX ((size_t)200) /* a life */
#define N_HAPPENINGS (sizeof happenings / sizeof happenings[0])

/* --- writing an event ---------------------------------------------------------------------------- */

static str pick_message(const struct scene *scene, uint8_t who)
{
	const struct family *family = scene->family;
	return family != NULL && family->n_open > 0 ? family->open[who % family->n_open].id
						    : S("m0");
}

static str pick_task(const struct scene *scene, uint8_t who)
{
	const struct case_file *file = scene->family != NULL
					       ? family_case(scene->family,
							     who % 2 == 0 ? S("C0") : S("C1"))
					       : NULL;
	return file != NULL && file->n_tasks > 0 ? file->tasks[who / 2 % file->n_tasks].id
						 : S("t0");
}

static void put(struct scene *scene, struct buf *buf, char what, uint8_t who)
{
	date today = zone_date(scene->policy->calendar->zone, scene->now);
	if (what == 'A')
		buf_fmt(buf, "c%d", who % 6);
	else if (what == 'P')
		buf_fmt(buf, "p%d", who % 6);
	else if (what == 'C')
		buf_fmt(buf, "C%d", who % 2);
	else if (what == 'X')
		buf_fmt(buf, "%d", who / 2 % 4);
	else if (what == 'D')
		buf_add(buf, date_print(&scene->arena, date_add(today, who % 40 - 10)));
	else if (what == 'M')
		buf_add(buf, pick_message(scene, who));
	else
		buf_add(buf, pick_task(scene, who));
}

static const char *fill(struct scene *scene, const char *text, uint8_t who)
{
	struct buf buf = buf_of(&scene->arena, 4096);
	for (; *text != '\0'; text++) {
		if (*text == '%')
			put(scene, &buf, *++text, who);
		else
			buf_byte(&buf, *text);
	}
	return str_z(&scene->arena, buf_str(&buf));
}

/* --- promises ------------------------------------------------------------------------------------ */

static str print_plan(struct arena *arena, const struct plan *plan)
{
	struct buf buf = buf_of(arena, (size_t)16 << 20);
	buf_fmt(&buf, "%d %lld %zu %zu %zu\n", (int)plan->verdict, (long long)plan->next_look.ms,
		plan->n_messages, plan->n_closings, plan->n_entries);
	for (size_t i = 0; i < plan->n_messages; i++)
		message_write(&buf, &plan->messages[i]);
	for (size_t i = 0; i < plan->n_entries; i++) {
		buf_add(&buf, plan->entries[i].text);
		buf_add(&buf, plan->entries[i].detail);
	}
	return buf_str(&buf);
}

static void check_people(const struct scene *scene, const struct plan *plan)
{
	date today = zone_date(scene->policy->calendar->zone, scene->now);
	for (size_t i = 0; i < plan->n_messages; i++) {
		const struct message *message = &plan->messages[i];
		const struct contact *contact = family_contact(plan->family, message->contact);
		if (contact == NULL)
			continue;
		require(!contact->removed && !contact->deceased);
		require(!plan->family->young_person_died);
		require(!contact_is_barred(contact, today));
		require(!contact->safe.on || message->channel == CHANNEL_TASK ||
			contact->safe.channels.has[message->channel]);
		require(message->channel == CHANNEL_TASK || message->prompt ||
			message->grade != GRADE_FORMAL || message->channel != CHANNEL_SMS);
	}
}

static void check_step(const struct scene *scene, const struct plan *plan, enum duty_state state,
		       date due)
{
	const struct calendar *calendar = scene->policy->calendar;
	if (state == DUTY_SCHEDULED || state == DUTY_WARNED)
		require(!instant_before(calendar_day_start(calendar, due), plan->next_look));
	if (state == DUTY_DUE)
		require(!instant_before(calendar_day_start(calendar, date_add(due, 1)),
					plan->next_look));
}

/* What has come to its time is done, but for what a full plan leaves, and but after the outcome of a
 * message, which does not look at the time. */
static void check_clocks(const struct scene *scene, const struct plan *plan,
			 const struct event *event)
{
	const struct family *family = plan->family;
	bool left = str_starts(event->type, S("message."));
	for (size_t i = 0; i < family->n_cases; i++) {
		const struct case_file *file = &family->cases[i];
		for (size_t k = 0; k < file->n_duties; k++)
			check_step(scene, plan, file->duties[k].state, file->duties[k].due);
		for (size_t k = 0; k < file->n_actions; k++)
			check_step(scene, plan, file->actions[k].state, file->actions[k].due);
	}
	for (size_t i = 0; i < family->n_intents; i++) {
		require(!instant_before(family->intents[i].not_before, plan->next_look));
		left |= !instant_before(scene->now, family->intents[i].not_before);
	}
	require(left || instant_before(scene->now, plan->next_look));
}

static void check_breaches(const struct family *before, const struct family *after)
{
	for (size_t i = 0; before != NULL && i < before->n_cases; i++) {
		const struct case_file *file = &before->cases[i];
		const struct case_file *next = family_case(after, file->id);
		require(next != NULL);
		for (size_t k = 0; k < file->n_duties; k++)
			require(!date_is(file->duties[k].breached_on) ||
				file->duties[k].breached_on.day == next->duties[k].breached_on.day);
		for (size_t k = 0; k < file->n_actions; k++)
			require(!date_is(file->actions[k].breached_on) ||
				file->actions[k].breached_on.day ==
					next->actions[k].breached_on.day);
	}
}

/* As it will be tomorrow: written down and read again. */
static struct family *store(struct scene *scene, struct family *family)
{
	family->version++;
	struct buf buf = buf_of(&scene->arena, (size_t)8 * FAMILY_BYTES_MAX);
	struct family *again;
	codec_write(&buf, family);
	require(codec_read(&scene->arena, buf_str(&buf), &again) == OK);
	return again;
}

static str print_family(struct scene *scene, const struct family *family)
{
	struct buf buf = buf_of(&scene->arena, (size_t)8 * FAMILY_BYTES_MAX);
	if (family != NULL)
		codec_write(&buf, family);
	return buf_str(&buf);
}

static void check(struct scene *scene, const struct event *event)
{
	struct family *before = scene->family;
	str record = print_family(scene, before);
	struct plan *plan = decide(&scene->arena, scene->policy, before, event, scene->now);
	struct plan *again = decide(&scene->arena, scene->policy, before, event, scene->now);
	require(str_eq(print_plan(&scene->arena, plan), print_plan(&scene->arena, again)));
	require(str_eq(record, print_family(scene, before)));
	require(plan->n_messages <= 64 && plan->n_entries <= 200);
	require((plan->verdict == PLAN_COMMIT) == (plan->family != NULL) ||
		event->kind == KIND_CLOCK_DUE);
	if (plan->family == NULL)
		return;
	check_people(scene, plan);
	check_clocks(scene, plan, event);
	check_breaches(before, plan->family);
	scene->family = store(scene, plan->family);
}

/* --- a life -------------------------------------------------------------------------------------- */

static void advance(struct scene *scene, uint8_t much)
{
	/* A few minutes, hours, days; now and then two years, so that rights pass. */
	static const int64_t minutes[] = { 1, 7, 60, 300, 1440, 2880, 10080, 40320 };
	span later = SPAN_MIN(much == 255 ? (int64_t)2 * 525600
					  : minutes[much % 8] * (int64_t)(1 + much / 64));
	scene->now = instant_add(scene->now, later);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct scene scene;
	scene_start(&scene);
	require(instant_parse(S("2026-11-02T09:00:00Z"), &scene.now));
	for (size_t i = 0; i + 2 < n && i < EVENTS_MAX * 3; i += 3) {
		size_t which = data[i] % N_HAPPENINGS;
		uint8_t who = data[i + 1];
		advance(&scene, data[i + 2]);
		str at = instant_print(&scene.arena, scene.now);
		check(&scene, scene_event(&scene, str_z(&scene.arena, at), happenings[which].type,
					  fill(&scene, happenings[which].subject, who),
					  fill(&scene, happenings[which].data, who)));
	}
	scene_end(&scene);
	return 0;
}
