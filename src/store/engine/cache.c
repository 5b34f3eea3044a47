/* cache.c - which prepared statement stands where. */

#include "base/hash.h"
#include "store/driver.h"

#include <string.h>

static uint64_t statement_hash(const struct statement *s)
{
    if (s->sql)
        return ((uint64_t)(uintptr_t)s->sql >> 4) * 0x9E3779B97F4A7C15u;
    uint64_t h = s->text.len, eight = 0;
    size_t i = 0;
    for (; i + 8 <= s->text.len; i += 8) {               /* built ones are kilobytes long */
        memcpy(&eight, s->text.at + i, 8);
        h = hash_step(h, eight);
    }
    for (; i < s->text.len; i++)
        h = hash_step(h, (unsigned char)s->text.at[i]);
    return h;
}

struct cached *cache_set(struct cache *k, const struct statement *s)
{
    return k->sets[(statement_hash(s) >> 32) % CACHE_SETS];
}

bool cache_is(const struct cached *at, const struct statement *s)
{
    if (!at->handle || at->sql != s->sql)
        return false;
    return s->sql || sv_eq((struct sv){ at->text, at->len }, s->text);
}

struct cached *cache_room(struct cached *set)
{
    struct cached *best = NULL;
    for (int i = 0; i < CACHE_WAYS; i++) {
        if (!set[i].handle)
            return &set[i];
        if (!set[i].busy && (!best || set[i].used < best->used))
            best = &set[i];
    }
    return best;
}

void cache_put(struct cache *k, struct cached *at, const struct statement *s, void *handle)
{
    block_free(at->text);
    *at = (struct cached){ .sql = s->sql, .handle = handle, .used = ++k->clock };
    if (!s->sql && handle) {
        at->text = block_take(s->text.len + 1);
        at->len = s->text.len;
        memcpy(at->text, s->text.at, s->text.len);
    }
}
