/*
 * limits.h - how much one address or account may ask: token buckets in a table of fixed size.
 */
#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H

#include "base/ctx.h"

struct limits;

enum {
    LIMIT_PER_MINUTE = 1200,         /* of everything, per address or account */
    LIMIT_LOCAL_TIMES = 100,         /* a caller on this machine itself has so much more */
    LIMIT_PLACES = 16384, LIMIT_WAYS = 8, LIMIT_LOCKS = 64,
};

struct limits *limits_new(struct arena *mem);
void limits_free(struct limits *l);

/*
 * Takes one token from the bucket `key` (a hash), which holds a quarter of per_minute (at least
 * 5) and fills evenly. 0: taken; else the seconds until there is one. When the table is full the
 * bucket that has been idle longest is forgotten.
 */
int limit_take(struct limits *l, uint64_t key, int per_minute, int64_t now_ms);

/* A bucket's key. */
uint64_t limit_key(struct sv who, uint64_t what);

#endif
