/*
 * ctx.h - the circumstances of one call: memory, cause, time, database, who and why.
 *
 * A worker runs one request, job or test at a time straight down with its own ctx; nothing that
 * changes is global. What the members of later folders point to is declared there.
 */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/err.h"
#include "base/when.h"

struct db;                 /* store: this worker's connection */
struct who;                /* model: the account and what it may */
struct house;              /* model: modules, keys, configuration; immutable while serving */

enum lang { LANG_ZH, LANG_EN };

/* The way a person came to us; kept with every write. */
enum channel { CHANNEL_WEB, CHANNEL_PHONE, CHANNEL_COUNTER, CHANNEL_PAPER, CHANNEL_DEVICE,
               CHANNEL_API, CHANNEL_JOB, CHANNEL_COUNT };
extern const char *const channel_names[CHANNEL_COUNT];

struct ctx {
    struct arena        mem;
    struct fault        fault;
    struct moment       now;              /* taken once, when the call began */
    struct moment       happened;         /* when the person did it, when told later; 0: now */
    int64_t             clock_off_s;      /* how far her phone's clock was ahead when it told us */
    enum lang           lang;
    enum channel        channel;
    struct db          *db;
    const struct who   *who;              /* NULL: nobody signed in */
    const struct house *house;
    struct sv           purpose;          /* why personal data is used; "" when not asked */
    struct sv           reason;           /* what the person typed when asked for one */
    struct sv           idempotency_key;  /* "" when the call has none */
    struct sv           request_id;       /* for the log and the answer */
};

/* When it was done: what was entered off line carries its own moment, all else is now. */
static inline struct moment ctx_happened(const struct ctx *c)
{
    return moment_known(c->happened) ? c->happened : c->now;
}

/* Forgets the cause, so that the same ctx can go on (a retry, the next row of an import). */
void ctx_forgive(struct ctx *c);

/* Ready for the next call: memory reset, cause forgotten, time set; db and house stay. */
void ctx_next(struct ctx *c, struct moment now);

#endif
