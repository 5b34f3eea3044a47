/*
 * fetch.h - requests of our own to other sides (gateways of messages): several at once, each with
 * its time-out, and an honest word about whether the other side may have had it.
 *
 * No redirect is followed, no connection is used twice (a broken one would be tried again behind
 * our back), only http and https are spoken, certificates are verified. Answers are read as far as
 * FETCH_BODY_MAX.
 */
#ifndef HTTP_FETCH_H
#define HTTP_FETCH_H

#include "base/ctx.h"

enum { FETCH_BODY_MAX = 65536, FETCH_AT_ONCE = 16, FETCH_HEADERS_MAX = 8, FETCH_MS_MAX = 10000 };

enum fetch_end {
    FETCH_ANSWERED,      /* there is a status and a body */
    FETCH_NOT_SENT,      /* nothing of the request has left: no address, no connection */
    FETCH_UNSURE,        /* it was sent, and no answer came */
};

struct fetch_ask {
    struct sv url;
    struct sv body;                            /* "" and get: a GET */
    bool      get;
    struct sv headers[FETCH_HEADERS_MAX];      /* "Name: value"; "" the last */
    int       timeout_ms;                      /* at most FETCH_MS_MAX */
};

struct fetch_got {
    enum fetch_end end;
    int            status;
    struct sv      body;
    struct sv      why;                        /* of what was not answered; no secrets */
};

/*
 * Asks all of them, FETCH_AT_ONCE at a time, and returns when the last has ended; got[i] answers
 * asks[i]. Memory is c->mem. `stop` (may be NULL) ends what is still under way as if timed out.
 */
void fetch_all(struct ctx *c, const struct fetch_ask *asks, size_t n, const _Atomic bool *stop,
               struct fetch_got *ret_got);

/*
 * True when we may ask it: https, or plain http within this machine or a private network (an
 * office's own gateway). The name is not looked up, so a public name needs https.
 */
bool fetch_may(struct sv url);

#endif
