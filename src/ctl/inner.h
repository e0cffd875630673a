/*
 * What the files of this room share: the command at hand, its answer, and the way to Redis.
 */
#ifndef CANDOUR_CTL_INNER_H
#define CANDOUR_CTL_INNER_H

#include "base/arena.h"
#include "base/json.h"
#include "ctl/ctl.h"
#include "model/phone.h"
#include "setup/setup.h"
#include "store/store.h"

/* One run of the program. */
struct ctl {
	struct arena arena; /* lives as long as the run */
	const struct ctl_command *command;
	str *words; /* behind the command */
	size_t n_words;
	struct ctl_said *said; /* options */
	size_t n_said;
	str config_file;
	bool json;
	struct buf out;       /* the answer, as far as it is not printed yet */
	struct json_writer w; /* writes into out */
	struct config config;
	bool has_config;
	struct redis_call *call; /* NULL until it is needed */
	struct store store;
	size_t n_damaged;        /* families and messages whose records cannot be understood */
	const struct zone *zone; /* of the times in texts; NULL: UTC */
	int64_t shown_ms;        /* when progress was shown last; 0: it is not */
};

struct ctl_said {
	str name, value;
};

/* --- args.c: what was said ---------------------------------------------------------------------- */

/* Finds the command and sorts words from options. False, and a complaint was made, when that cannot
 * be; ctl->command may be NULL with true: help or version was asked for, and given. */
bool args_read(struct ctl *ctl, const str *words, size_t n);
/* The option's last value, or empty. */
str args_value(const struct ctl *ctl, const char *option);
bool args_has(const struct ctl *ctl, const char *option);
/* What --timeout says, in seconds; *out_s stays where it is left out. False: it is none from fewest to most,
 * which has been said. */
bool args_timeout(const struct ctl *ctl, int64_t fewest, int64_t most, int64_t *out_s);
/* What an option says that is a day; *out stays where it is left out. False: it is none, which has been said. */
bool args_day(const struct ctl *ctl, const char *option, date *out);
/* What --reason says, as one line that can be shown. False: nothing, or too much. */
bool args_reason(struct ctl *ctl, str *out);

/* --- out.c: what is answered -------------------------------------------------------------------- */

#define OUT_COLUMNS 80
/* Of one portion: lists are printed as they grow. */
#define OUT_BYTES_MAX ((size_t)16 << 20)

/* A complaint: "candourctl: ..." on standard error. */
void ctl_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Prints what stands in out; the JSON writer goes on where it was. False, with a complaint, when
 * something of the answer is lost. */
bool out_flush(struct ctl *ctl);
/* Ends a JSON document: each is a line. */
void out_document_end(struct ctl *ctl);
/* A paragraph, wrapped at OUT_COLUMNS: the first line begins with `head`, the others with as many
 * spaces. Control characters in the text are shown as '?'. */
void text_wrap(struct buf *out, str head, str text);
/* The text as a terminal or a JSON text may show it: what is not UTF-8, and control characters but
 * line ends, as '?'. */
str text_clean(struct arena *arena, str text);
void out_wrap(struct ctl *ctl, str head, str text);
/* A heading with an empty line before it. */
void out_title(struct ctl *ctl, const char *title);
/* "2026-11-02 09:15", in the authority's zone; "Z" behind it when that is not known. Of
 * INSTANT_NEVER: empty. */
str out_time(const struct ctl *ctl, struct arena *arena, instant at);
/* The instant as a JSON text; empty for INSTANT_NEVER. */
void out_add_instant(struct ctl *ctl, const char *key, instant at);
void out_add_date(struct ctl *ctl, const char *key, date day);
void out_add_refused(struct ctl *ctl, const struct refused *refused);
/* "bad_time (time): it lies in the future", wrapped behind the head. */
void out_refused(struct ctl *ctl, str head, const struct refused *refused);
/* "dana, marek", or as a JSON list. */
str out_list(struct arena *arena, const str *items, size_t n);
void out_add_list(struct ctl *ctl, const char *key, const str *items, size_t n);

/* Room for one more at the end of a list: gives it, zeroed, and counts it. Grows by doubling; the list
 * moves. */
#define ADD(arena, list, n)                                                                        \
	((list) = list_grow((arena), (list), sizeof *(list), (n)), &(list)[(n)++])
void *list_grow(struct arena *arena, void *list, size_t size, size_t n);

/* --- link.c: configuration, policy, Redis ------------------------------------------------------- */

/* Reads the configuration, once. */
NODISCARD enum ctl_end ctl_config(struct ctl *ctl);
/* The policy of --policy, where the command has that option, or of the configuration. */
NODISCARD enum ctl_end ctl_policy(struct ctl *ctl, const struct policy **out);
/* The configuration's policy, for titles and the zone of times; NULL when there is a mistake in it. */
const struct policy *ctl_policy_if_fine(struct ctl *ctl);
/* The civil day it is where the authority is, as far as that is known. */
date ctl_today(const struct ctl *ctl);
/* Configuration and connection. */
NODISCARD enum ctl_end ctl_redis(struct ctl *ctl);
/* One command; scripts are made known where they are not. Every error was complained of. */
NODISCARD enum ctl_end ctl_ask(struct ctl *ctl, struct arena *arena, struct command command,
			       struct reply *out);
/* What a reader of the store said about an answer, as an end; complains. */
NODISCARD enum ctl_end ctl_heard(const struct ctl *ctl, enum err err);
/* The record; CTL_NOT_FOUND, with a complaint, where there is none. */
NODISCARD enum ctl_end ctl_family(struct ctl *ctl, struct arena *arena, str id,
				  struct family **out);
/* The family that a case belongs to, and the case in it. */
NODISCARD enum ctl_end ctl_case(struct ctl *ctl, str id, struct family **out_family,
				struct case_file **out_case);
/* Calls the function with every family, sorted by id; the arena is emptied behind each. A damaged record
 * is complained of and left out, so that it does not hide the others: see n_damaged. */
typedef enum ctl_end family_fn(struct ctl *ctl, struct arena *arena, const struct family *family,
			       void *arg);
NODISCARD enum ctl_end ctl_families(struct ctl *ctl, family_fn *fn, void *arg);
/* Likewise with the desk of each service of the policy that has one. */
NODISCARD enum ctl_end ctl_desks(struct ctl *ctl, const struct policy *policy, family_fn *fn,
				 void *arg);
/* A damaged one is complained of and counted, and not found. */
NODISCARD enum ctl_end ctl_message(struct ctl *ctl, struct arena *arena, str id, bool *out_found,
				   struct message_record *out);
/* All of a family's evidence, in order. */
NODISCARD enum ctl_end ctl_evidence(struct ctl *ctl, struct arena *arena, str family,
				    struct evidence **out, size_t *out_n);

/* --- progress.c: long work --------------------------------------------------------------------- */

void pause_ms(int64_t ms);
/* "4,000 families" on one line of a terminal, at most twice a second; nothing where standard error is none. */
void progress_show(struct ctl *ctl, int64_t n, const char *what);
/* Takes the line away. */
void progress_end(struct ctl *ctl);

/* --- items.c: the objects that several answers hold, as JSON ------------------------------------ */

/* Where an item stands, for lists that hold more than one case; NULL: it need not be said. */
struct place {
	const struct family *family;  /* or a desk, */
	const struct case_file *file; /* which has no case: NULL */
};
void item_duty(struct ctl *ctl, const struct case_file *file, const struct duty *duty,
	       const struct place *place);
void item_action(struct ctl *ctl, const struct action *action, const struct place *place);
void item_task(struct ctl *ctl, const struct task *task, const struct place *place);
void item_finding(struct ctl *ctl, const struct desk_item *finding, const struct place *place);
/* When a letter will be there, as its last outcome in the evidence has it; empty where it has not left, or
 * is no letter. */
struct arrival {
	str print_on, expected_from, expected_to;
};
struct arrival item_arrival(struct ctl *ctl, const struct evidence *evidence, size_t n,
			    str message);
void item_put_arrival(struct ctl *ctl, const struct arrival *arrival);
/* arrival: NULL where it was not asked for */
void item_message(struct ctl *ctl, const struct message_record *record,
		  const struct arrival *arrival, bool with_place);
/* Lines of text for the same; with their ids or without. */
void item_duty_text(struct ctl *ctl, const struct case_file *file, const struct duty *duty,
		    str title, bool ids);
void item_action_text(struct ctl *ctl, const struct action *action, bool ids);
void item_task_text(struct ctl *ctl, const struct task *task, bool ids);
void item_finding_text(struct ctl *ctl, const struct desk_item *finding, bool ids);
void item_message_text(struct ctl *ctl, const struct message_record *record,
		       const struct arrival *arrival, bool ids);

/* --- rows.c: many of them, in the order of their days --------------------------------------------- */

struct row {
	date due;
	size_t place; /* where it was found: keeps the order of what is due on one day */
	str text;     /* a JSON object, or lines for people */
};
struct rows {
	struct row *list;
	size_t n;
};
void rows_add_duty(struct ctl *ctl, struct rows *rows, const struct place *place,
		   const struct duty *duty);
void rows_add_action(struct ctl *ctl, struct rows *rows, const struct place *place,
		     const struct action *action);
void rows_add_task(struct ctl *ctl, struct rows *rows, const struct place *place,
		   const struct task *task);
void rows_add_finding(struct ctl *ctl, struct rows *rows, const struct place *place,
		      const struct desk_item *finding);
void rows_sort(struct rows *rows);

/* --- lines.c: JSON lines in ---------------------------------------------------------------------- */

/* Reads the file, or standard input for "-" or none, line by line, blank ones too: whoever asks
 * counts the answers. The arena is emptied behind each. CTL_NOT_FOUND when the file cannot be read. */
typedef enum ctl_end line_fn(struct ctl *ctl, struct arena *arena, int64_t number, str line,
			     void *arg);
NODISCARD enum ctl_end lines_read(struct ctl *ctl, str file, line_fn *fn, void *arg);

/* --- answers.c: a line of JSON for each line of JSON, in the same order --------------------------- */

/* Writes the answer to one question, a JSON object; false when it is an error. */
typedef bool answer_fn(struct ctl *ctl, struct arena *arena, const struct json *question);
/* Asks fn for every line of the file that the command names, or of standard input; what is no JSON
 * object gets an error, a blank line too. CTL_REFUSED when there was an error. */
NODISCARD enum ctl_end answers_run(struct ctl *ctl, answer_fn *fn);
/* {"error":{"code","message"}} */
void answer_error(struct ctl *ctl, const char *code, const char *message);

/* --- publish.c, status.c: for import.c too -------------------------------------------------------- */

/* Like the daemon's own look at an event, as far as no record is needed. False: *refused says why. */
bool ctl_check_event(const struct ctl *ctl, struct arena *arena, const struct policy *policy,
		     str bytes, struct event *out, struct refused *refused);
/* Waits until every event that was published has been decided; *out_busy, not empty, says what is left
 * when the time is over. */
NODISCARD enum ctl_end ctl_wait_decided(struct ctl *ctl, int64_t timeout_s, str *out_busy);

/* --- preview.c: for simulate.c too ---------------------------------------------------------------- */

/* What its reader has before them, as text: an email's subject too, a letter in lines of 72. */
str worded_text(struct arena *arena, enum channel_kind channel, const struct worded *worded);

/* --- the commands -------------------------------------------------------------------------------- */

enum ctl_end publish_run(struct ctl *ctl);
enum ctl_end check_run(struct ctl *ctl);
enum ctl_end case_show_run(struct ctl *ctl);
enum ctl_end family_show_run(struct ctl *ctl);
enum ctl_end outbox_run(struct ctl *ctl);
enum ctl_end duties_run(struct ctl *ctl);
enum ctl_end actions_run(struct ctl *ctl);
enum ctl_end breaches_run(struct ctl *ctl);
enum ctl_end list_run(struct ctl *ctl);
enum ctl_end dead_list_run(struct ctl *ctl);
enum ctl_end dead_show_run(struct ctl *ctl);
enum ctl_end dead_replay_run(struct ctl *ctl);
enum ctl_end dead_park_run(struct ctl *ctl);
enum ctl_end dead_drop_run(struct ctl *ctl);
enum ctl_end due_run(struct ctl *ctl);
enum ctl_end calendar_eval_run(struct ctl *ctl);
enum ctl_end sms_check_run(struct ctl *ctl);
enum ctl_end address_check_run(struct ctl *ctl);
enum ctl_end phone_check_run(struct ctl *ctl);
enum ctl_end letters_dispatched_run(struct ctl *ctl);
enum ctl_end letters_returned_run(struct ctl *ctl);
enum ctl_end preview_run(struct ctl *ctl);
enum ctl_end lint_run(struct ctl *ctl);
enum ctl_end simulate_run(struct ctl *ctl);
enum ctl_end explain_run(struct ctl *ctl);
enum ctl_end evidence_verify_run(struct ctl *ctl);
enum ctl_end audit_run(struct ctl *ctl);
enum ctl_end report_run(struct ctl *ctl);
enum ctl_end shadow_run(struct ctl *ctl);
enum ctl_end import_run(struct ctl *ctl);
enum ctl_end export_events_run(struct ctl *ctl);
enum ctl_end reassign_run(struct ctl *ctl);
enum ctl_end status_run(struct ctl *ctl);
enum ctl_end wait_run(struct ctl *ctl);
enum ctl_end pause_run(struct ctl *ctl);
enum ctl_end resume_run(struct ctl *ctl);
enum ctl_end drain_run(struct ctl *ctl);
enum ctl_end restore_hold_run(struct ctl *ctl);
enum ctl_end restore_release_run(struct ctl *ctl);

#endif
