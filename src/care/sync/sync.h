/*
 * sync.h - work that goes on without a network: one contract for every phone form.
 *
 * A form is a row of a module's table: what a person takes along for a day (pull) and which steps
 * of which entities she may send back (push). Nothing else is written for a new form;
 * docs/OFFLINE.md is what a face reads.
 *
 *     GET  /api/sync/{form}?day=&since=      rows new or changed, ids that left, the next `since`
 *     POST /api/sync/{form}                  items in order, a result for each
 *
 * `since` says what the phone has (ids and a digest of each row as it was told), so that the
 * server keeps nothing about phones and whatever left the list is known. Each item has its own
 * savepoint and its own idempotency key: done once however often it comes.
 */
#ifndef CARE_SYNC_H
#define CARE_SYNC_H

#include "http/http.h"

enum {
    SYNC_ROWS_MAX = 300,               /* of a pull */
    SYNC_ITEMS_MAX = 50,               /* of a push */
    SYNC_AGE_MAX_DAYS = 14,            /* an item older than that is entered by the station (补录) */
    SYNC_CLOCK_NEAR_MS = 60000,        /* a phone's clock so near ours is taken as right */
    SYNC_CLOCK_MAX_MS = 86400000,      /* one further off is refused: set the phone's clock first */
};

/* One row a person takes along, as the phone is told it. */
struct sync_row {
    const struct entity *entity;
    int64_t              id, version;
    struct sv            json;         /* an object */
};
struct sync_rows { struct sync_row *at; size_t n; };       /* room for SYNC_ROWS_MAX */

/* Adds one; false when the list is full. */
bool sync_add(struct sync_rows *rows, const struct sync_row *row);

/* A step that may be sent; action "create" makes a row under an id the phone made. */
struct sync_step { const struct entity *entity; const char *action; };

/* A carer's own rows of one entity: what a query names of a day, each told alike. */
struct sync_own {
    const struct entity *entity;
    const struct sql    *ids;          /* :carer, :day give id and, where she needs one, another */
    /* The members of one row's object; `second` is the other id, 0 without. */
    enum err           (*members)(struct ctx *c, struct json *j, const void *row, int64_t second);
};

/* Those rows as the caller is told them; ERR_FORBIDDEN when she is no carer. */
MUST enum err sync_own_rows(struct ctx *c, const struct sync_own *own, struct day day,
                            struct sync_rows *out);

struct sync_form {
    const char *name;                  /* in the path: "visits" */
    const char *zh, *en;
    enum right  may;
    const struct sync_own *own;        /* whose rows are a carer's own; else `rows` */
    /* The caller's rows of a day. */
    enum err  (*rows)(struct ctx *c, struct day day, struct sync_rows *out);
    /* NULL or: this row goes out to the caller now (the access log). */
    enum err  (*given)(struct ctx *c, const struct sync_row *row);
    const struct sync_step *takes;     /* ends with { 0 } */
};

extern const struct module sync_module;

#endif
