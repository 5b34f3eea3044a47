/*
 * outbox.h - messages to people (SMS, voice, WeChat): a row written with the change, sent after
 * the commit by the job worker, retried with back-off, never twice.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store/db.h"

struct message_out {
    int64_t       id;
    struct sv     way;           /* sms, voice, wechat */
    struct sv     address;       /* number or open id; encrypted by the caller when it must be */
    struct sv     template;      /* name */
    struct sv     values;        /* JSON; column "content" */
    struct sv     once;          /* unique key: the same event is told once */
    struct moment not_before;
    struct sv     state;         /* waiting, sending, sent, failed (after OUTBOX_TRIES_MAX) */
    int64_t       tries;
    struct moment created_at, sent_at;
};
extern const struct field message_out_fields[];

MUST enum err outbox_add(struct ctx *c,
                         const struct message_out *m); /* a known `once`: nothing happens */

/*
 * Sends messages: sent[i] (false before) says that the other side has m[i] for sure. Returns the
 * cause when one was not sent. When tries is over 1 an earlier try may have arrived without our
 * noticing (we died in between), so a carrier first asks by the id whether it has: so nothing is
 * sent twice and nothing is lost.
 */
struct carrier {
    const char *way;
    enum err  (*send)(struct ctx *c, const struct message_out *const *m, size_t n, bool *sent,
                      void *state);
    void       *state;
};

/* The file carrier: one JSON line a message, appended to the file `path`, which is synced once. */
enum err carrier_file(struct ctx *c, const struct message_out *const *m, size_t n, bool *sent,
                      void *path);

/*
 * Sends what is due by these carriers, at most OUTBOX_STEP_MAX; *ret_sent is how many arrived. One
 * transaction claims them all, one notes how they went; between the two nothing is locked. A
 * failure is tried again after 5 s, 20 s, 80 s … an hour.
 */
enum { OUTBOX_STEP_MAX = 200, OUTBOX_TRIES_MAX = 8, OUTBOX_LEASE_S = 120 };
MUST enum err outbox_step(struct ctx *c, const struct carrier *carriers, size_t n,
                          int64_t *ret_sent);

#endif
