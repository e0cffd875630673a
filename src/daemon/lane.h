/*
 * Jobs and lanes: the belt's own memory. A job is an item on its way, with its own arena; a lane is
 * the queue of one family's jobs.
 *
 * A job that Redis has been asked for is not let go before its answer: every command gets exactly
 * one, so a pointer to a job is good until then. Where the belt has no more interest, the job is
 * marked as dropped.
 */
#ifndef CANDOUR_DAEMON_LANE_H
#define CANDOUR_DAEMON_LANE_H

#include "daemon/belt.h"

/* A record that was committed may share texts with the one before, and that with its predecessor:
 * after so many the record is loaded anew. */
#define LANE_KEPT_MAX 16

struct lane;

struct job {
	struct belt *belt;
	struct arena arena;
	struct rules *rules;
	struct lane *lane; /* NULL: not in one (yet) */
	struct job *next;  /* in its lane; kept; or free */
	size_t place;      /* in the list of all jobs */
	enum origin origin;
	str id; /* of the stream's entry; of a waiting one, the subject */
	str bytes;
	bool own;        /* came on Candour's own stream */
	instant until;   /* of a waiting one */
	bool look_again; /* of a waiting one: there may be more behind it */
	bool poison;     /* of a waiting one: it brought its reader down again and again */
	struct event event;
	struct loaded loaded;
	bool has_loaded;
	struct plan *plan;
	struct refused refused;
	str wait_for;
	instant began;
	int stale;    /* how often its record was too old */
	bool asked;   /* an answer of Redis is awaited */
	bool dropped; /* nobody waits for what comes of it */
	bool holds;   /* the lane's record lives in its arena */
};

struct lane {
	struct belt *belt;
	struct arena arena; /* of key and looks */
	str key;            /* "family/F1"; of an unknown subject that itself */
	struct job *head, *tail;
	struct job *kept; /* done, but the record shares their texts */
	size_t n_kept;
	struct family *family; /* the record as it is stored; NULL: not there */
	bool known;            /* family is right */
	bool used;             /* jobs have changed it: what they loaded before is old */
	str *looks;            /* subjects whose waiting events come next */
	size_t n_looks;
	size_t place;
	struct redis_link *link; /* on which all of it is asked */
	bool asked, dropped;
};

/* What can be said of a job without asking anybody (job.c). The subject: "case/C1". */
str job_subject(struct job *job);
struct store_item job_item(const struct job *job);
struct store_work job_work(const struct job *job);
/* The record of the lane, on which the job is decided. */
struct store_basis job_basis(const struct job *job);
/* The event of a job about a person, as one of Candour's own for a family. */
str job_event_for(struct job *job, str family);
/* The lane's family, for decide: none where the event's case is not (yet) one of it. */
struct family *job_family(const struct job *job);
/* The policy for decide: with who is away. */
struct policy job_policy(const struct job *job);
/* Events have waited for the job's subject, and must be decided first. */
bool job_has_elders(const struct job *job);
/* The key of the lane that it was loaded for: "family/F1". */
str job_family_key(struct job *job);
/* It has to be loaded again: a desk's notes are good only with the record that they came with, and a case that was
 * put away is in no record but the one that was loaded for its event. */
bool job_is_out_of_step(const struct job *job);
/* The event says that it happens later than clocks may differ. */
bool job_is_too_early(const struct job *job);
/* The line of the log for a commit that is done. */
void job_log_decided(const struct job *job);
/* And for an event that lies among the dead letters. */
void job_log_refused(const struct job *job);

/* All jobs that are under way, all lanes that have one, and what may be used again. */
struct yard {
	struct job **jobs;
	size_t n_jobs, cap_jobs;
	struct job *free_jobs;
	size_t n_free;
	struct lane **lanes;
	size_t n_lanes, cap_lanes;
};

struct job *job_new(struct yard *yard, struct belt *belt, struct rules *rules);
/* Its memory is used again. It must not be in a lane, nor asked for. */
void job_end(struct yard *yard, struct job *job);

struct lane *lane_get(struct yard *yard, struct belt *belt, str key);
void lane_push(struct lane *lane, struct job *job);
void lane_push_front(struct lane *lane, struct job *job);
/* The family's lane in which a case is about to be opened, or was, while older events of the case are
 * still there: Redis may have said just before that it knew no such case. NULL: there is none. */
struct lane *lane_of_case(const struct yard *yard, str case_id);
/* A lane that is not busy and whose head is about the case; NULL: there is none. */
struct lane *lane_find_held(const struct yard *yard, str case_id);
/* All jobs of a case's lane whose head was just loaded, to the front of its family's: only what Redis
 * has been asked for there, and what has waited for the case, comes before them. */
void lane_move(struct lane *from, struct lane *to);
/* Takes the head out. Where the lane's record lives in it, the lane keeps it; else it is ended. */
void lane_pop(struct yard *yard, struct lane *lane);
/* The record is not known any more. */
void lane_forget(struct yard *yard, struct lane *lane);
void lane_add_look(struct lane *lane, str subject);
/* After the last of a batch of waiting events there may be more. */
void lane_note_ended(struct job *job);
/* What has become known may be what others waited for: they come before the rest of the lane. */
void lane_note_known(struct job *job);
/* Older events of the case are still on their way to wait for it, in a lane of their own, or back
 * from there: they go first. What has waited is older than they are. */
bool lane_is_held(const struct yard *yard, struct job *job);
/* Ends a lane that has no jobs. */
void lane_end(struct yard *yard, struct lane *lane);
void yard_clear(struct yard *yard);

#endif
