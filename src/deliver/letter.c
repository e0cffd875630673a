/*
 * Letters: each has its pages made by the press, then goes into the spool as a folder with letter.pdf,
 * manifest.json and its enclosures.
 *
 *	loop      send ──► press ──► made ─┐
 *	thread                             └► spool_put, several one after the other
 *	loop      verdict ◄────────────────┘
 *
 * Until its folder is renamed into place nothing of a letter has left: whatever stops us before costs it
 * no try.
 */
#include "deliver/inner.h"

#include <stdlib.h>
#include <uv.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "deliver/press.h"
#include "deliver/spool.h"

#define ROOM 16
#define FILES_MAX 66 /* the letter, its manifest and what an event may bring */
#define ENCLOSURES_BYTES_MAX ((size_t)64 << 20)

struct letters;

/* A letter on its way. */
struct sheet {
	struct letters *letters;
	struct sheet *next;
	struct arena arena;
	const struct parcel *parcel;
	struct letter_dates dates;
	str pdf;
	int pages;
	enum outcome outcome;
	str code; /* constant */
};

struct letters {
	struct arena settings; /* holds the texts */
	str dir, own, profile, enclosures;
	const struct policy *const *policy;
	struct press *press;
	uv_loop_t *loop;
	struct turn *turn;
	size_t in_hand;
	struct sheet *made; /* with pages, last first */
	uv_work_t work;
	struct sheet *writing; /* those that the thread has; NULL: it is idle */
	void (*closed)(void *arg);
	void *closed_arg;
};

/* --- on a thread -------------------------------------------------------------------------------- */

static void put_digest(struct json_writer *w, struct arena *arena, str bytes)
{
	struct hash hash = hash_one(bytes);
	json_add_text(w, "sha256", hash_hex(arena, &hash));
}

/* Everything that goes into the envelope, in its order: the letter first. */
static void put_enclosures(struct json_writer *w, struct arena *arena,
			   const struct message *message, const struct spool_file *files)
{
	json_key(w, "enclosures");
	json_open_list(w);
	for (size_t i = 0; i < message->n_enclosures; i++) {
		const struct enclosure *enclosure = &message->enclosures[i];
		if (enclosure->by_service)
			continue;
		json_open(w);
		json_add_text(w, "file", files->name);
		json_add_text(w, "id", enclosure->id);
		json_add_text(w, "kind", enclosure->kind);
		json_add_int(w, "pages", enclosure->pages);
		put_digest(w, arena, files->bytes);
		json_close(w);
		files++;
	}
	json_close_list(w);
}

static str print_manifest(struct sheet *sheet, const struct spool_file *enclosures)
{
	const struct message *message = sheet->parcel->message;
	struct arena *arena = &sheet->arena;
	struct buf buf = buf_of(arena, (size_t)64 << 10);
	struct json_writer w = { .buf = &buf };
	json_open(&w);
	json_add_text(&w, "message", message->id);
	json_add_text(&w, "postage", postage_name(message->postage));
	json_add_text(&w, "profile", sheet->letters->profile);
	json_add_text(&w, "format", format_name(message->format));
	json_add_int(&w, "pages", sheet->pages);
	json_add_text(&w, "print_on", date_print(arena, sheet->dates.printed));
	json_add_text(&w, "expected_from", date_print(arena, sheet->dates.earliest));
	json_add_text(&w, "expected_to", date_print(arena, sheet->dates.latest));
	json_key(&w, "address");
	json_open_list(&w);
	for (size_t i = 0; i < message->n_letter; i++)
		json_put_text(&w, message->letter[i]);
	json_close_list(&w);
	put_digest(&w, arena, sheet->pdf);
	if (traceparent_is(message->traceparent))
		json_add_text(&w, "traceparent", message->traceparent);
	put_enclosures(&w, arena, message, enclosures);
	json_close(&w);
	buf_byte(&buf, '\n');
	return buf_str(&buf);
}

/* False, and the sheet is judged, when something that goes with the letter is not as it was reported. */
static bool read_enclosures(struct sheet *sheet, struct spool_file *files, size_t *n)
{
	struct enclosed *list = NULL;
	size_t n_list = 0;
	str fault = enclosures_read(&sheet->arena, sheet->letters->enclosures,
				    sheet->parcel->message, ENCLOSURES_BYTES_MAX, &list, &n_list);
	require(n_list <= FILES_MAX - 2);
	for (size_t i = 0; i < n_list; i++) {
		/* A print room prints, it does not open documents. */
		if (!list[i].is_pdf)
			fault = S("enclosure_no_pdf");
		files[(*n)++] = (struct spool_file){
			.name = str_fmt(&sheet->arena, "enclosure-%zu.pdf", i + 1),
			.bytes = list[i].bytes,
		};
	}
	sheet->outcome = outcome_of_enclosure(fault);
	sheet->code = fault;
	return fault.n == 0;
}

static void judge(struct sheet *sheet, enum spooled end)
{
	static const struct {
		enum outcome outcome;
		str code;
	} ends[] = {
		[SPOOLED] = { OUTCOME_ACCEPTED, { "spooled", 7 } },
		[SPOOL_BUSY] = { OUTCOME_NOT_BEGUN, { "spool_busy", 10 } },
		[SPOOL_FULL] = { OUTCOME_NOT_BEGUN, { "spool_full", 10 } },
		[SPOOL_AWAY] = { OUTCOME_CONFIGURATION, { "spool_away", 10 } },
		[SPOOL_BROKEN] = { OUTCOME_LATER, { "spool_broken", 12 } },
		[SPOOL_DOUBT] = { OUTCOME_UNKNOWN, { "spool_broken", 12 } },
	};
	sheet->outcome = ends[end].outcome;
	sheet->code = ends[end].code;
}

static void write_all(uv_work_t *work)
{
	struct letters *letters = work->data;
	struct spool_file files[FILES_MAX];
	for (struct sheet *sheet = letters->writing; sheet != NULL; sheet = sheet->next) {
		size_t n = 2;
		if (!read_enclosures(sheet, files, &n))
			continue;
		files[0] = (struct spool_file){ S("letter.pdf"), sheet->pdf };
		files[1] = (struct spool_file){ S("manifest.json"),
						print_manifest(sheet, files + 2) };
		judge(sheet,
		      spool_put(letters->dir, letters->own, sheet->parcel->message->id, files, n));
	}
}

/* --- on the loop -------------------------------------------------------------------------------- */

static void drop(struct sheet *sheet)
{
	sheet->letters->in_hand--;
	arena_free(&sheet->arena);
	free(sheet);
}

static void on_turn_closed(void *arg)
{
	struct letters *letters = arg;
	letters->closed(letters->closed_arg);
	arena_free(&letters->settings);
	free(letters);
}

static void close_if_done(struct letters *letters)
{
	if (letters->closed != NULL && letters->in_hand == 0)
		turn_close(letters->turn, on_turn_closed, letters);
}

static void write_soon(struct letters *letters);

static void on_written(uv_work_t *work, int status)
{
	struct letters *letters = work->data;
	struct sheet *sheet = letters->writing, *next;
	require(status == 0);
	letters->writing = NULL;
	for (; sheet != NULL; sheet = next) {
		next = sheet->next;
		turn_say(letters->turn, sheet->parcel, sheet->outcome, sheet->code);
		drop(sheet);
	}
	write_soon(letters);
	close_if_done(letters);
}

static void write_soon(struct letters *letters)
{
	if (letters->writing != NULL || letters->made == NULL)
		return;
	/* In the order in which they were made. */
	while (letters->made != NULL) {
		struct sheet *sheet = letters->made;
		letters->made = sheet->next;
		sheet->next = letters->writing;
		letters->writing = sheet;
	}
	require(uv_queue_work(letters->loop, &letters->work, write_all, on_written) == 0);
}

static void on_pressed(void *arg, const struct pressed *pressed)
{
	struct sheet *sheet = arg;
	struct letters *letters = sheet->letters;
	if (pressed->outcome != OUTCOME_ACCEPTED) {
		turn_say(letters->turn, sheet->parcel, pressed->outcome, pressed->code);
		drop(sheet);
		close_if_done(letters);
		return;
	}
	sheet->pdf = str_copy(&sheet->arena, pressed->pdf);
	sheet->pages = pressed->pages;
	sheet->next = letters->made;
	letters->made = sheet;
	write_soon(letters);
}

/* --- the channel -------------------------------------------------------------------------------- */

static size_t room(void *self)
{
	const struct letters *letters = self;
	return letters->in_hand < ROOM ? ROOM - letters->in_hand : 0;
}

static void send_one(struct letters *letters, const struct parcel *parcel)
{
	const struct policy *policy = *letters->policy;
	struct sheet *sheet = calloc(1, sizeof(*sheet));
	if (sheet == NULL)
		fatal("no memory for a letter");
	sheet->letters = letters;
	sheet->parcel = parcel;
	/* What waited here is posted later than it was worded. */
	sheet->dates = policy_post(policy, parcel->leaves, parcel->message->postage);
	letters->in_hand++;
	press_letter(letters->press, policy, parcel, sheet->dates.printed, on_pressed, sheet);
}

static void send_all(void *self, const struct parcel *const *parcels, size_t n)
{
	for (size_t i = 0; i < n; i++)
		send_one(self, parcels[i]);
}

/* The press is closed before us, so that all that is left is what the thread has: it is not left alone, since
 * a letter that is half made costs nothing but one that is in doubt does. */
static void close_channel(void *self, span limit, void (*closed)(void *arg), void *arg)
{
	struct letters *letters = self;
	(void)limit;
	letters->closed = closed;
	letters->closed_arg = arg;
	close_if_done(letters);
}

/* The print room's folder may be all that there is of its file system, so what we need for ourselves lies
 * in it, hidden. Of our own folder it lies beside it. */
static str find_own_folder(struct arena *arena, const struct letter_settings *settings)
{
	str dir = settings->dir;
	size_t name;
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	if (str_eq(settings->transport, S("spool")))
		return str_fmt(arena, "%.*s/.candour", STR_ARG(dir));
	for (name = dir.n; name > 0 && dir.p[name - 1] != '/'; name--)
		;
	return str_fmt(arena, "%.*s.%.*s.candour", (int)name, dir.p, (int)(dir.n - name),
		       dir.p + name);
}

/* The print room's folder must be there: one that we made would be a folder that nobody collects from. */
static enum err make_folders(const struct letter_settings *settings, str own)
{
	enum err err = OK;
	if (!str_eq(settings->transport, S("spool")))
		err = folder_make(settings->dir, 0750);
	return err == OK ? spool_prepare(settings->dir, own) : err;
}

bool letter_open(const struct deliver_settings *settings, const struct channel_env *env,
		 const struct policy *const *policy, struct channel *out, struct findings *findings)
{
	struct arena arena = ARENA_EMPTY;
	const str own = find_own_folder(&arena, &settings->letter);
	const enum err err = make_folders(&settings->letter, own);
	if (err != OK) {
		arena_free(&arena);
		findings_error(findings, settings->letter.dir, 0, "letter_dir",
			       "letters cannot be put into the folder that letter.dir names: %s",
			       err_text(err));
		return false;
	}
	struct letters *letters = calloc(1, sizeof(*letters));
	if (letters == NULL)
		fatal("no memory for letters");
	letters->settings = arena;
	letters->own = own;
	letters->dir = str_copy(&letters->settings, settings->letter.dir);
	letters->profile = str_copy(&letters->settings, settings->letter.press.profile);
	letters->enclosures = str_copy(&letters->settings, settings->enclosures);
	letters->policy = policy;
	letters->press = env->press;
	letters->loop = env->loop;
	letters->turn = turn_new(env);
	letters->work.data = letters;
	*out = (struct channel){ .name = "spool",
				 .self = letters,
				 .room = room,
				 .send = send_all,
				 .close = close_channel };
	return true;
}
