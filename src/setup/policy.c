/* The policy's folder: which files there are, and their reading in order. */
#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "setup/inner.h"

#define VERSION_DIGITS 16

str source_id(str name)
{
	size_t from = name.n, to = name.n;
	while (from > 0 && name.p[from - 1] != '/')
		from--;
	while (to > from && name.p[to - 1] != '.')
		to--;
	return str_slice(name, from, to > from ? to - 1 : name.n);
}

const struct source *source_find(const struct sources *sources, str name)
{
	for (size_t i = 0; i < sources->n; i++) {
		if (str_eq(sources->list[i].name, name))
			return &sources->list[i];
	}
	return NULL;
}

/* --- out of memory ---------------------------------------------------------------------------- */

struct reading {
	struct arena *arena;
	struct findings *findings;
	const struct sources *sources;
	str folder;
	date today;
	struct draft draft;
};

static struct reader reader_of(struct reading *reading, str file)
{
	return (struct reader){
		.arena = reading->arena,
		.findings = reading->findings,
		.file = file,
		.line = 1,
		.today = reading->today,
		.mentions = &reading->draft.mentions,
	};
}

typedef void part_fn(struct reader *r, str bytes, struct draft *draft);

static void read_part(struct reading *reading, const char *name, part_fn *read)
{
	const struct source *source = source_find(reading->sources, str_of(name));
	if (source == NULL) {
		findings_error(reading->findings, reading->folder, 0, "missing_file",
			       "the policy needs the file %s", name);
		return;
	}
	struct reader r = reader_of(reading, source->file);
	read(&r, source->bytes, &reading->draft);
}

static bool is_in(const struct source *source, str folder, str ending)
{
	return str_starts(source->name, folder) && str_ends(source->name, ending);
}

static bool has_id(struct reading *reading, const struct source *source)
{
	if (id_is(source_id(source->name)))
		return true;
	findings_error(reading->findings, source->file, 0, "not_an_id",
		       "the file's name is an id: letters, digits, '.', '_' and '-', at most 64");
	return false;
}

static void read_calendars(struct reading *reading)
{
	const struct sources *sources = reading->sources;
	struct policy *policy = reading->draft.policy;
	policy->calendars = TAKE(reading->arena, struct calendar, sources->n + 1);
	for (size_t i = 0; i < sources->n; i++) {
		const struct source *source = &sources->list[i];
		if (!is_in(source, S("calendars/"), S(".yaml")) || !has_id(reading, source))
			continue;
		struct reader r = reader_of(reading, source->file);
		calendar_read(&r, source, sources, &policy->calendars[policy->n_calendars++]);
	}
}

static void read_pathways(struct reading *reading)
{
	const struct sources *sources = reading->sources;
	struct policy *policy = reading->draft.policy;
	policy->pathways = TAKE(reading->arena, struct pathway, sources->n + 1);
	for (size_t i = 0; i < sources->n; i++) {
		const struct source *source = &sources->list[i];
		if (!is_in(source, S("pathways/"), S(".yaml")) || !has_id(reading, source))
			continue;
		struct reader r = reader_of(reading, source->file);
		pathway_read(&r, source, &reading->draft.usual,
			     &policy->pathways[policy->n_pathways++]);
	}
	if (policy->n_pathways == 0)
		findings_error(reading->findings, reading->folder, 0, "missing_file",
			       "the policy needs at least one file in pathways/");
}

/* The same files give the same version, wherever the folder is. */
static str make_version(struct arena *arena, const struct sources *sources)
{
	str *parts = TAKE(arena, str, 2 * sources->n + 1);
	for (size_t i = 0; i < sources->n; i++) {
		struct hash hash = hash_one(sources->list[i].bytes);
		parts[2 * i] = str_join(arena, sources->list[i].name, S("\n"));
		parts[2 * i + 1] = hash_hex(arena, &hash);
	}
	struct hash whole = hash_of(parts, 2 * sources->n);
	return str_slice(hash_hex(arena, &whole), 0, VERSION_DIGITS);
}

const struct policy *policy_read(struct arena *arena, str folder, const struct sources *sources,
				 date today, struct findings *findings)
{
	struct policy *policy = TAKE(arena, struct policy, 1);
	struct reading reading = {
		.arena = arena,
		.findings = findings,
		.sources = sources,
		.folder = folder,
		.today = today,
		.draft = { .policy = policy },
	};
	size_t errors = findings->errors;
	read_calendars(&reading);
	read_part(&reading, "authority.yaml", authority_read);
	read_part(&reading, "services.yaml", services_read);
	read_part(&reading, "standards.yaml", standards_read);
	read_pathways(&reading);
	policy_check(&reading.draft, findings);
	policy->calendar = policy_calendar(policy, reading.draft.calendar);
	policy->version = make_version(arena, sources);
	return findings->errors == errors ? policy : NULL;
}

/* --- from the disk ---------------------------------------------------------------------------- */

struct folder {
	struct arena *arena;
	struct findings *findings;
	str path;
	struct source *list;
	size_t n, room;
};

static void add_file(struct folder *folder, str name)
{
	struct source source = {
		.name = name,
		.file = str_fmt(folder->arena, "%.*s%s%.*s", STR_ARG(folder->path),
				folder->path.n == 0 || str_ends(folder->path, S("/")) ? "" : "/",
				STR_ARG(name)),
	};
	enum err err = file_read(folder->arena, source.file, YAML_BYTES_MAX, &source.bytes);
	if (err != OK) {
		findings_error(folder->findings, source.file, 0, "unreadable_file",
			       "this file cannot be read: %s", err_text(err));
		return;
	}
	if (folder->n == folder->room) {
		struct source *wider = TAKE(folder->arena, struct source, 2 * folder->room + 16);
		for (size_t i = 0; i < folder->n; i++)
			wider[i] = folder->list[i];
		folder->list = wider;
		folder->room = 2 * folder->room + 16;
	}
	folder->list[folder->n++] = source;
}

/* A file that is not read would be believed to hold: say so. */
static void pass_over(struct folder *folder, str name)
{
	if (str_ends(name, S(".yml")))
		findings_error(folder->findings, str_join(folder->arena, folder->path, name), 0,
			       "unknown_file", "this file is not read: its name must end in .yaml");
	else
		findings_warning(folder->findings, str_join(folder->arena, folder->path, name), 0,
				 "unknown_file", "this file is not read");
}

static void add_folder(struct folder *folder, str sub, bool json)
{
	str *names;
	size_t n;
	str slash = str_ends(folder->path, S("/")) ? STR_EMPTY : S("/");
	str path = str_join(folder->arena, str_join(folder->arena, folder->path, slash), sub);
	enum err err = folder_list(folder->arena, path, &names, &n);
	if (err != OK) {
		findings_error(folder->findings, path, 0, "missing_file",
			       "the policy needs this folder, and it cannot be read: %s",
			       err_text(err));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		str name = str_join(folder->arena, sub, names[i]);
		if (str_ends(name, S(".yaml")) || (json && str_ends(name, S(".json"))))
			add_file(folder, name);
		else
			pass_over(folder, str_join(folder->arena, slash, name));
	}
}

const struct policy *setup_policy(struct arena *arena, str path, struct findings *findings)
{
	struct folder folder = { .arena = arena, .findings = findings, .path = path };
	size_t errors = findings->errors;
	date today;
	add_file(&folder, S("authority.yaml"));
	add_folder(&folder, S("calendars/"), true);
	add_folder(&folder, S("pathways/"), false);
	add_file(&folder, S("services.yaml"));
	add_file(&folder, S("standards.yaml"));
	if (findings->errors != errors)
		return NULL;
	struct sources sources = { .list = folder.list, .n = folder.n };
	/* The day matters only for a warning about old holidays, so UTC's will do. */
	str now = instant_print(arena, instant_now());
	require(date_parse(str_slice(now, 0, S("2026-01-01").n), &today));
	return policy_read(arena, path, &sources, today, findings);
}
