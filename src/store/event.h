/*
 * event.h - what changed: rows of the `event` table, written in the transaction of the change.
 *
 * Readers ask for what is new behind the last seq they saw. On PostgreSQL only rows below the
 * snapshot's xmin are given, so that no row appears behind one already seen. A wake-up is a hint.
 */
#ifndef STORE_EVENT_H
#define STORE_EVENT_H

#include "store/db.h"

struct event {
    int64_t       seq;
    struct sv     entity;        /* "visit" */
    int64_t       row_id;
    struct sv     action;        /* "create", "change", or a work-flow action */
    int64_t       scope;
    int64_t       org;           /* organisation concerned, 0: none */
    int64_t       account;       /* account concerned (a citizen's order), 0: none */
    struct moment at;
};
extern const struct field event_fields[];

MUST enum err event_add(struct ctx *c, const struct event *e);

/* Events behind `seq`, oldest first, at most n; *ret_seq is the new place to ask from. */
MUST enum err event_after(struct ctx *c, int64_t seq, int64_t n, struct list *ret_events,
                          int64_t *ret_seq);
MUST enum err event_last(struct ctx *c, int64_t *ret_seq);

/* The oldest that is kept; 0 when there is none. Who has seen less has missed some. */
MUST enum err event_first(struct ctx *c, int64_t *ret_seq);

/*
 * Takes events from before `before` away, of the EVENT_TRIM_MAX oldest and never the last one; its
 * place is where new ones go on. *ret_n: how many went; as many again may be there. In a
 * transaction.
 */
enum { EVENT_TRIM_MAX = 2000 };
MUST enum err event_trim(struct ctx *c, struct moment before, int64_t *ret_n);

/*
 * Before a process writes: makes sure that new events stand behind those that are there, also
 * where the database came from another PostgreSQL server by pg_dump. In a transaction.
 */
MUST enum err event_lift(struct ctx *c);

/*
 * Waits until something may have changed or timeout_ms have passed. SQLite: condition variable in
 * the process, PRAGMA data_version every 200 ms across; PostgreSQL: polls every 100 ms.
 */
struct bell;                     /* one per process */
struct bell *bell_new(struct arena *mem, struct store *s);
void bell_ring(struct bell *b);  /* after a commit in this process */
/* *seen: the count seen last; true when it moved. */
bool bell_wait(struct ctx *c, struct bell *b, uint64_t *seen, int timeout_ms);

#endif
