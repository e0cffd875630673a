/* What the print room says: which letters went, and which came back. */
#include "ctl/inner.h"

/* Lines of a file, as far as they are not asked about yet. */
struct post_file {
	str kind; /* "dispatched", "returned" */
	struct receipt receipts[RECEIPTS_MAX];
	int64_t lines[RECEIPTS_MAX];
	size_t n;
	struct arena arena; /* of the receipts */
	date today;
	size_t taken, known; /* counted over all */
	struct refusal_line {
		int64_t line;
		const char *code, *message;
	} * refused;
	size_t n_refused;
};

static void refuse_line(struct ctl *ctl, struct post_file *file, int64_t line, const char *code,
			const char *message)
{
	struct refusal_line *one = ADD(&ctl->arena, file->refused, file->n_refused);

	*one = (struct refusal_line){ line, code, message };
}

/* Asks about what was gathered. */
static enum ctl_end ask(struct ctl *ctl, struct post_file *file)
{
	static const char *const words[RECEIPTED_COUNT][2] = {
		[RECEIPT_UNKNOWN] = { "unknown_message", "there is no such message" },
		[RECEIPT_OTHER_CHANNEL] = { "no_letter", "this message is no letter" },
		[RECEIPT_NOT_LEFT] = { "not_left", "this letter was never handed over" },
	};
	enum receipted came[RECEIPTS_MAX];
	struct reply reply;
	enum ctl_end end;

	if (file->n == 0)
		return CTL_FINE;
	end = ctl_ask(ctl, &file->arena,
		      store_receipt(&file->arena, &ctl->store, CHANNEL_LETTER, file->kind,
				    file->receipts, file->n),
		      &reply);
	if (end == CTL_FINE)
		end = ctl_heard(ctl, store_receipt_read(&reply, came, file->n));
	for (size_t i = 0; end == CTL_FINE && i < file->n; i++) {
		if (came[i] == RECEIPT_SAID)
			file->taken++;
		else if (came[i] == RECEIPT_SAID_BEFORE)
			file->known++;
		else
			refuse_line(ctl, file, file->lines[i], words[came[i]][0],
				    words[came[i]][1]);
	}
	file->n = 0;
	arena_clear(&file->arena);
	return end;
}

/* "m0123,2026-11-27", or the two as JSON. */
static bool read_pair(struct arena *arena, str line, str *message, str *on)
{
	const struct json *map = NULL;

	if (!str_starts(line, S("{"))) {
		if (!str_cut(line, ',', message, on))
			return false;
		*message = str_trim(*message);
		*on = str_trim(*on);
		return true;
	}
	if (json_parse(arena, line, 2, &map, NULL) != JSON_FINE)
		return false;
	*message = json_text(map, "message");
	*on = json_text(map, "on");
	return true;
}

static enum ctl_end take_line(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			      void *arg)
{
	struct post_file *file = arg;
	str message, on;
	date day;

	if (line.n == 0)
		return CTL_FINE;
	if (!read_pair(arena, line, &message, &on)) {
		refuse_line(ctl, file, number, "bad_line",
			    "a line is \"MESSAGE,DAY\" or {\"message\": ..., \"on\": ...}");
	} else if (number == 1 && str_eq(message, S("message"))) {
		return CTL_FINE; /* a heading */
	} else if (!id_is(message)) {
		refuse_line(ctl, file, number, "bad_id", "this is no message's id");
	} else if (!date_parse(on, &day)) {
		refuse_line(ctl, file, number, "bad_day", "a day is written 2026-11-27");
	} else if (date_before(file->today, day)) {
		refuse_line(ctl, file, number, "bad_day", "this day has not come yet");
	} else {
		file->receipts[file->n] =
			(struct receipt){ .message = str_copy(&file->arena, message), .on = day };
		file->lines[file->n++] = number;
	}
	return file->n == RECEIPTS_MAX ? ask(ctl, file) : CTL_FINE;
}

static void answer(struct ctl *ctl, const struct post_file *file)
{
	struct json_writer *w = &ctl->w;

	if (!ctl->json) {
		buf_fmt(&ctl->out, "%zu %.*s, %zu known before, %zu refused\n", file->taken,
			STR_ARG(file->kind), file->known, file->n_refused);
		for (size_t i = 0; i < file->n_refused; i++)
			buf_fmt(&ctl->out, "line %lld: %s (%s)\n", (long long)file->refused[i].line,
				file->refused[i].message, file->refused[i].code);
		return;
	}
	json_open(w);
	json_add_int(w, str_z(&ctl->arena, file->kind), (int64_t)file->taken);
	json_add_int(w, "known", (int64_t)file->known);
	json_key(w, "refused");
	json_open_list(w);
	for (size_t i = 0; i < file->n_refused; i++) {
		json_open(w);
		json_add_int(w, "line", file->refused[i].line);
		json_add_text(w, "code", str_of(file->refused[i].code));
		json_add_text(w, "message", str_of(file->refused[i].message));
		json_close(w);
	}
	json_close_list(w);
	json_close(w);
	out_document_end(ctl);
}

static enum ctl_end run(struct ctl *ctl, str kind)
{
	struct post_file file = { .kind = kind };
	enum ctl_end end = ctl_redis(ctl);

	if (end != CTL_FINE)
		return end;
	(void)ctl_policy_if_fine(ctl); /* for what day it is there */
	file.today = ctl_today(ctl);
	end = lines_read(ctl, ctl->words[0], take_line, &file);
	if (end == CTL_FINE)
		end = ask(ctl, &file);
	arena_free(&file.arena);
	if (end != CTL_FINE)
		return end;
	answer(ctl, &file);
	return file.n_refused > 0 ? CTL_REFUSED : CTL_FINE;
}

enum ctl_end letters_dispatched_run(struct ctl *ctl)
{
	return run(ctl, S("dispatched"));
}

enum ctl_end letters_returned_run(struct ctl *ctl)
{
	return run(ctl, S("returned"));
}
