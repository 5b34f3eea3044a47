/* table.c - numbers by hashed text: what a pass over a file has seen. */

#include "care/intake/inside.h"

/* FNV-1a over both texts with a byte between; never 0, which marks an empty place. */
uint64_t hash64(struct sv a, struct sv b)
{
    uint64_t h = 0xcbf29ce484222325U;
    for (size_t i = 0; i < a.len; i++)
        h = (h ^ (unsigned char)a.at[i]) * 0x100000001b3U;
    h = (h ^ 0xff) * 0x100000001b3U;
    for (size_t i = 0; i < b.len; i++)
        h = (h ^ (unsigned char)b.at[i]) * 0x100000001b3U;
    return h ? h : 1;
}

static size_t place_of(const struct table64 *t, uint64_t key)
{
    size_t at = (key ^ key >> 29) & (t->room - 1);
    while (t->keys[at] && t->keys[at] != key)
        at = (at + 1) & (t->room - 1);
    return at;
}

int64_t table64_get(const struct table64 *t, uint64_t key)
{
    return t->room ? t->values[place_of(t, key)] : 0;
}

static void grow(struct table64 *t)
{
    struct table64 old = *t;
    t->room = old.room ? old.room * 2 : 256;
    t->keys = NEW(t->mem, uint64_t, t->room);
    t->values = NEW(t->mem, int64_t, t->room);
    for (size_t i = 0; i < old.room; i++) {
        if (!old.keys[i])
            continue;
        size_t at = place_of(t, old.keys[i]);
        t->keys[at] = old.keys[i];
        t->values[at] = old.values[i];
    }
}

void table64_set(struct table64 *t, uint64_t key, int64_t value)
{
    if (t->n * 2 >= t->room)
        grow(t);
    size_t at = place_of(t, key);
    t->n += t->keys[at] == 0;
    t->keys[at] = key;
    t->values[at] = value;
}
