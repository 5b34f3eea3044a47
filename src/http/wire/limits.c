/* limits.c - token buckets. */

#include "http/wire/limits.h"

#include "http/server.h"

#include <pthread.h>

enum { TOKEN = 60000 };              /* so that per_minute tokens a minute is per_minute a ms */

struct bucket { uint64_t key; int64_t tokens, at_ms; };

struct limits {
    pthread_mutex_t locks[LIMIT_LOCKS];
    struct bucket   buckets[LIMIT_PLACES];
};

struct limits *limits_new(struct arena *mem)
{
    struct limits *l = NEW(mem, struct limits, 1);
    for (int i = 0; i < LIMIT_LOCKS; i++)
        pthread_mutex_init(&l->locks[i], NULL);
    return l;
}

void limits_free(struct limits *l)
{
    for (int i = 0; i < LIMIT_LOCKS; i++)
        pthread_mutex_destroy(&l->locks[i]);
}

uint64_t limit_key(struct sv who, uint64_t what)
{
    uint64_t h = 0xCBF29CE484222325u ^ (what * 0x9E3779B97F4A7C15u);
    for (size_t i = 0; i < who.len; i++)
        h = (h ^ (unsigned char)who.at[i]) * 0x100000001B3u;
    h ^= h >> 29;
    return (h * 0xD6E8FEB86659FD93u) | 1;                /* 0 marks an empty place */
}

static struct bucket *place_of(struct bucket *set, uint64_t key)
{
    struct bucket *oldest = set;
    for (int i = 0; i < LIMIT_WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (set[i].at_ms < oldest->at_ms)
            oldest = &set[i];
    }
    return oldest;
}

int limit_take(struct limits *l, uint64_t key, int per_minute, int64_t now_ms)
{
    size_t set = (key >> 8) % (LIMIT_PLACES / LIMIT_WAYS);
    int64_t full = (int64_t)TOKEN * (per_minute / 4 > 5 ? per_minute / 4 : 5);
    pthread_mutex_t *lock = &l->locks[set % LIMIT_LOCKS];

    pthread_mutex_lock(lock);
    struct bucket *b = place_of(&l->buckets[set * LIMIT_WAYS], key);
    if (b->key != key)
        *b = (struct bucket){ key, full, now_ms };
    int64_t passed = now_ms > b->at_ms ? now_ms - b->at_ms : 0;
    b->tokens = passed > full / per_minute ? full : b->tokens + passed * per_minute;
    b->tokens = b->tokens > full ? full : b->tokens;
    b->at_ms = now_ms;
    bool taken = b->tokens >= TOKEN;
    b->tokens -= taken ? TOKEN : 0;
    int64_t missing = taken ? 0 : TOKEN - b->tokens, a_second = (int64_t)per_minute * 1000;
    pthread_mutex_unlock(lock);
    return (int)((missing + a_second - 1) / a_second);
}

/* Signed-in callers count by account, so that a station behind one address is not one caller. */
enum err call_limit(struct call *call)
{
    struct ctx *c = &call->c;
    const struct endpoint *e = call->found.endpoint;
    if (!call->conn || call->counted)
        return ERR_NONE;
    call->counted = true;
    struct sv address = call->q.remote;
    bool local = call->conn->local && sv_eq(address, sv_of(call->conn->address));
    if (local && e->per_minute == 0)
        return ERR_NONE;
    char account[sizeof c->who->account];
    struct sv who = address;
    if (c->who) {
        __builtin_memcpy(account, &c->who->account, sizeof account);
        who = (struct sv){ account, sizeof account };
    }
    int per_minute = e->per_minute ? e->per_minute : LIMIT_PER_MINUTE;
    uint64_t what = e->per_minute ? call->found.number + 1 : 0;
    int wait = limit_take(call->server->limits, limit_key(who, what),
                          local ? per_minute * LIMIT_LOCAL_TIMES : per_minute,
                          now_ns() / 1000000);
    if (wait == 0)
        return ERR_NONE;
    c->fault.retry_after_s = wait;
    return fail(c, ERR_TOO_MANY, "too-many", "rate limit of %s", e->path);
}
