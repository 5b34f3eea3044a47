/* inside.h - what the files of this folder share. */
#ifndef CARE_SYNC_INSIDE_H
#define CARE_SYNC_INSIDE_H

#include "care/sync/sync.h"

/* What a phone sends. */
struct sync_item {
    struct sv     key;                 /* idempotency key of this one deed */
    struct sv     entity, action;
    int64_t       id;
    int64_t       version;             /* of the row as the phone had it */
    struct sv     after;               /* key of the earlier deed on the row: must stand first */
    struct moment at;                  /* by the phone's clock; 0: now, entered late */
    struct text   what;                /* the step's fields, or the new row's */
};
struct sync_push { struct moment phone_at; struct text items; };  /* an array, read one by one */
extern const struct field sync_push_fields[], sync_item_fields[];

/* A record of this push: what became of the last item on it. */
struct sync_trace {
    const struct entity *entity;
    int64_t              id, version;
    bool                 stuck;        /* an item on it was not done: later ones wait */
};

/* A push on its way. */
struct sync_work {
    const struct sync_form *form;
    struct moment           phone_at;
    int64_t                 skew_ms;   /* the phone's clock minus ours; 0 when it is near */
    struct sync_trace      *trace;
    size_t                  trace_n;
};

/*
 * Runs one item in a savepoint and writes its result object: an item at fault does not fail the
 * rest. Fails only when the whole request must run again (the transaction is gone).
 */
MUST enum err sync_item_run(struct ctx *c, struct sync_work *w, const struct json_value *source,
                            struct json *j);

endpoint_fn sync_pull_get, sync_push_post, sync_phone_post;

/* POST /api/sync/phone (phone.c). */
struct sync_phone { struct sv phone; };
struct sync_phone_given { struct sv key, token; };
extern const struct field sync_phone_fields[], sync_phone_gives[];

struct sync_query { struct day day; struct sv since; };
extern const struct field sync_query_fields[], sync_pull_gives[], sync_push_gives[];

/* The form of the path; ERR_MISSING, or ERR_FORBIDDEN when it is not the caller's. */
MUST enum err sync_form_of(struct ctx *c, const struct request *q, const struct sync_form **ret);

#endif
