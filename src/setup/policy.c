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
		.minimum = reading->draft.policy,
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

static void read_packs(struct reading *reading)
{
	const struct sources *sources = reading->sources;
	struct draft *draft = &reading->draft;
	draft->packs = TAKE(reading->arena, struct pack, sources->n + 1);
	for (size_t i = 0; i < sources->n; i++) {
		const struct source *source = &sources->list[i];
		if (!is_in(source, S("packs/"), S(".yaml")) || !has_id(reading, source))
			continue;
		struct reader r = reader_of(reading, source->file);
		pack_read(&r, source, &draft->packs[draft->n_packs++]);
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
	read_packs(&reading);
	read_part(&reading, "standards.yaml", standards_read);
	read_pathways(&reading);
	pathways_share(arena, policy, findings);
	policy_check(&reading.draft, findings);
	policy->calendar = policy_calendar(policy, reading.draft.calendar);
	policy->postage = POSTAGE_SECOND;
	policy->print_room = print_room_usual();
	policy->version = make_version(arena, sources);
	return findings->errors == errors ? policy : NULL;
}

/* --- from the disk ---------------------------------------------------------------------------- */

struct disk {
	struct arena *arena;
	struct findings *findings;
	str folder;
	struct source *list;
	size_t n, room;
};

static str path_below(const struct disk *disk, str name)
{
	bool slash = disk->folder.n == 0 || str_ends(disk->folder, S("/"));
	return str_fmt(disk->arena, "%.*s%s%.*s", STR_ARG(disk->folder), slash ? "" : "/",
		       STR_ARG(name));
}

static void add_file(struct disk *disk, str name)
{
	struct source source = { .name = name, .file = path_below(disk, name) };
	enum err err = file_read(disk->arena, source.file, YAML_BYTES_MAX, &source.bytes);
	if (err != OK) {
		findings_error(disk->findings, source.file, 0, "unreadable_file",
			       "this file cannot be read: %s", err_text(err));
		return;
	}
	if (disk->n == disk->room) {
		struct source *wider = TAKE(disk->arena, struct source, 2 * disk->room + 16);
		for (size_t i = 0; i < disk->n; i++)
			wider[i] = disk->list[i];
		disk->list = wider;
		disk->room = 2 * disk->room + 16;
	}
	disk->list[disk->n++] = source;
}

/* A file that is not read would be believed to hold: say so. */
static void pass_over(struct disk *disk, str name)
{
	if (str_ends(name, S(".yml")))
		findings_error(disk->findings, path_below(disk, name), 0, "unknown_file",
			       "this file is not read: its name must end in .yaml");
	else
		findings_warning(disk->findings, path_below(disk, name), 0, "unknown_file",
				 "this file is not read");
}

enum folder { FOLDER_NEEDED, FOLDER_WITH_JSON, FOLDER_OPTIONAL };

static void add_folder(struct disk *disk, str sub, enum folder kind)
{
	bool json = kind == FOLDER_WITH_JSON;
	str *names;
	size_t n;
	str path = path_below(disk, sub);
	enum err err = folder_list(disk->arena, path, &names, &n);
	if (kind == FOLDER_OPTIONAL && err == ERR_NOT_FOUND)
		return;
	if (err != OK) {
		findings_error(disk->findings, path, 0, "missing_file",
			       "the policy needs this folder, and it cannot be read: %s",
			       err_text(err));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		str name = str_join(disk->arena, sub, names[i]);
		if (str_ends(name, S(".yaml")) || (json && str_ends(name, S(".json"))))
			add_file(disk, name);
		else
			pass_over(disk, name);
	}
}

/* One mistake, and not one for each file that would be in it. */
static bool is_folder(const struct disk *disk)
{
	str *names;
	size_t n;
	enum err err = folder_list(disk->arena, disk->folder, &names, &n);
	if (err != OK)
		findings_error(disk->findings, disk->folder, 0, "missing_file",
			       "a policy is a folder, and this one cannot be read: %s",
			       err_text(err));
	return err == OK;
}

const struct policy *setup_policy(struct arena *arena, str folder, struct findings *findings)
{
	struct disk disk = { .arena = arena, .findings = findings, .folder = folder };
	size_t errors = findings->errors;
	date today;
	if (!is_folder(&disk))
		return NULL;
	add_file(&disk, S("authority.yaml"));
	add_folder(&disk, S("calendars/"), FOLDER_WITH_JSON);
	add_folder(&disk, S("packs/"), FOLDER_OPTIONAL);
	add_folder(&disk, S("pathways/"), FOLDER_NEEDED);
	add_file(&disk, S("services.yaml"));
	add_file(&disk, S("standards.yaml"));
	if (findings->errors != errors)
		return NULL;
	struct sources sources = { .list = disk.list, .n = disk.n };
	/* The day matters only for a warning about old holidays, so UTC's will do. */
	str now = instant_print(arena, instant_now());
	require(date_parse(str_slice(now, 0, S("2026-01-01").n), &today));
	return policy_read(arena, folder, &sources, today, findings);
}
