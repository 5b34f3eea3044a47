/*
 * outbox.h - messages to people (SMS, voice, WeChat): a row written with the change, sent after
 * the commit by the job worker, retried with back-off, never twice.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store/db.h"

struct message_out {
    int64_t       id;
    struct sv     way;           /* sms, voice, wechat; tell: to be addressed first */
    struct sv     address;       /* number or open id; encrypted by the caller when it must be */
    struct sv     template;      /* name */
    struct sv     values;        /* JSON; column "content" */
    struct sv     once;          /* unique key: the same event is told once */
    struct moment not_before;
    struct sv     state;         /* waiting, sending, sent, failed (also: tried enough), unsure */
    int64_t       tries;
    struct moment created_at, sent_at;
};
extern const struct field message_out_fields[];

MUST enum err outbox_add(struct ctx *c,
                         const struct message_out *m); /* a known `once`: nothing happens */

/* What became of one try. */
enum carried {
    CARRIED_NO,        /* the other side has not got it: tried again later */
    CARRIED_YES,       /* the other side has it for sure */
    CARRIED_NEVER,     /* it will never take it (no such number, a text it refuses): failed */
    CARRIED_UNSURE,    /* it may have it and cannot be asked: not sent again, a person decides */
};

/*
 * Sends messages: how[i] (CARRIED_NO before) says what became of m[i]. Returns the cause when one
 * was not sent. A carrier must not send twice what may have arrived: when tries is over 1 and
 * m->state is "sending", the try before died in between without a word; it then asks the other side
 * by the id, relies on it to drop a repeated id, or says CARRIED_UNSURE.
 */
struct carrier {
    const char *way;
    enum err  (*send)(struct ctx *c, const struct message_out *const *m, size_t n,
                      enum carried *how, void *state);
    void       *state;
    int64_t     room;            /* sends at most so many in one step; 0: OUTBOX_STEP_MAX */
    /* NULL or: hears of each message in the transaction that notes it; `final`: no more tries. */
    enum err  (*settled)(struct ctx *c, const struct message_out *m, enum carried how, bool final,
                         void *state);
};

/* The file carrier: one JSON line a message, appended to the file `path`, which is synced once. */
enum err carrier_file(struct ctx *c, const struct message_out *const *m, size_t n,
                      enum carried *how, void *path);

/*
 * Sends what is due by these carriers, at most OUTBOX_STEP_MAX; *ret_sent is how many arrived. One
 * transaction claims them all, one notes how they went; between the two nothing is locked. A
 * failure is tried again after 5 s, 20 s, 80 s … an hour.
 */
enum { OUTBOX_STEP_MAX = 200, OUTBOX_TRIES_MAX = 8, OUTBOX_LEASE_S = 120 };
MUST enum err outbox_step(struct ctx *c, const struct carrier *carriers, size_t n,
                          int64_t *ret_sent);

#endif
