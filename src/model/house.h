/*
 * house.h - everything a process is given at its start, immutable while it serves.
 */
#ifndef MODEL_HOUSE_H
#define MODEL_HOUSE_H

#include "base/id.h"
#include "base/slot.h"
#include "model/entity.h"
#include "store/event.h"
#include "store/job.h"
#include "store/outbox.h"

struct endpoint;               /* http */
struct history;                /* model/history/history.h */
struct indicator;              /* care/figure */
struct todo_kind;              /* care/todo */
struct sync_form;              /* care/sync */
struct keys;                   /* model/seal/seal.h */
struct atlas;                  /* care/atlas */
struct coverage_kept;          /* care/coverage */
struct dispatch_days;          /* care/dispatch */
struct staff_wanted;                 /* care/offer */

/* A default of a policy parameter, put into the database by migrate; marked 待核 unless checked. */
struct parameter_default {
    const char *name;          /* "order.cancel_free_hours" */
    const char *value;
    const char *unit;
    const char *zh, *en;
    const char *source;        /* document and article, or "house default, 待核" */
};

/* A parameter whose value is a list of keys, comma between: others are refused. */
struct parameter_words { const char *name; const struct choice *of; };

/* One invariant that `yike check` verifies: a purpose query that must give no rows. */
struct invariant { const char *name, *zh; const struct sql *sql; };

/*
 * What a module does once a row of another module's entity has been stored, after that entity's own
 * `follow`, in the same transaction: an order that ends takes its errand along. Called for every
 * write, in the order of the modules; `before` is NULL on create.
 */
struct follower {
    const struct entity *of;
    enum err           (*follow)(struct ctx *c, const void *before, const void *row,
                                 const char *action);
};

struct module {
    const char                     *name;
    const struct entity *const     *entities;     /* ends with NULL */
    const struct endpoint          *endpoints;    /* ends with { 0 } */
    const struct job_kind          *jobs;         /* ends with { 0 } */
    const struct schedule          *schedules;    /* ends with { 0 } */
    const struct message           *messages;     /* ends with { 0 } */
    const struct parameter_default *parameters;   /* ends with { 0 } */
    const struct parameter_words   *parameter_words;   /* ends with { 0 } */
    const struct invariant         *invariants;   /* ends with { 0 } */
    const struct indicator         *indicators;   /* ends with { 0 } */
    const struct todo_kind         *todos;        /* what waits for whom; ends with { 0 } */
    const struct sync_form         *sync_forms;   /* phone forms off line; ends with { 0 } */
    const struct follower          *followers;    /* of rows of others; ends with { 0 } */
    const struct table             *tables;       /* without an entity; ends with { 0 } */
    /* NULL or: the line of a row's past that stands with the module: the list it came in by. */
    enum err                      (*came)(struct ctx *c, const struct entity *e, int64_t id,
                                          struct history *ret_line, bool *ret_found);
    /* NULL or: marks times of an offer at which nobody could come (care/offer/offer.h). */
    enum err                      (*nobody_comes)(struct ctx *c, const struct staff_wanted *asked);
    /* NULL or: what the server builds, in the background, at start and after changes. */
    enum err                      (*refresh)(struct ctx *c);
    /* Entities whose changes call for another refresh; ends with NULL. */
    const char *const              *refresh_on;
};

struct config {
    const char *data_dir;
    const char *database;      /* folder or postgresql://… */
    const char *listen;        /* 127.0.0.1 */
    int         port;
    const char *public_url;
    const char *web_dir;       /* web/dist with the built front ends; NULL: none */
    bool        tls;           /* --phone: own certificate */
    int         readers;       /* threads */
    int         streams_max;   /* event streams per account */
    int         keep_logs_days;
    int         keep_events_days;      /* 0: EVENTS_KEEP_DAYS */
    const char *clock;         /* for tests, as clock_set() reads it; NULL: the machine's */
};

struct house {
    const struct module *const *modules;          /* ends with NULL */
    const struct config        *config;
    struct store               *store;
    struct bell                *bell;
    struct keys                *keys;
    struct id_source           *ids;
    struct clock               *clock;
    struct slot                *directory;        /* care/place: what is where, for near-me */
    struct slot                *roads;            /* struct roads */
    struct slot                *addresses;        /* care/address: what homes are called */
    struct atlas               *atlas;            /* care/atlas; NULL: none is kept */
    struct coverage_kept       *coverage;         /* care/coverage; NULL: none is kept */
    struct dispatch_days       *dispatch;         /* care/dispatch; NULL: none is kept */
};

/* By name over all modules; NULL when there is none. */
const struct entity *house_entity(const struct house *h, struct sv name);
/* The sentence of a message key with {0} {1} filled in; of an unknown key the general one. */
struct sv house_message(const struct house *h, struct arena *mem, enum lang lang, const char *key,
                        struct sv arg0, struct sv arg1);
/* Member "fields" of an answer: each fault's field, key and sentence in c->lang; none: nothing. */
void fault_fields(const struct house *h, struct ctx *c, const struct fault *f, struct json *j);
/* All tables of all modules, with those of store and model; each name once (assert). */
struct schema house_schema(const struct house *h, struct arena *mem);

/*
 * What is wrong with the declarations: a sort or filter by a secret field, a step that leads to no
 * state, a link to no entity … a line each. A test asks that there is nothing.
 */
void house_faults(const struct house *h, struct buf *out);

/* --- a call as a transaction --- */

/*
 * Runs fn in a transaction of its own: begins, commits, or undoes; on a serialisation failure the
 * whole fn again, with a fresh cause, as long as db_again() says. For jobs and commands; requests
 * get theirs from http's writer.
 */
MUST enum err transaction(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg);

/* One batch of a long job: the same, and what fn made in c->mem ends with it (unless it failed). */
MUST enum err transaction_batch(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg);

#endif
