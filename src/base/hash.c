/* hash.c - a table from 64-bit keys to numbers, open addressing. */

#include "base/hash.h"

enum { ROOM_FIRST = 1024 };

static struct hashed *slot_of(const struct hash_table *t, uint64_t key)
{
    size_t i = (size_t)(key >> 20) & (t->room - 1);
    while (t->at[i].key && t->at[i].key != key)
        i = (i + 1) & (t->room - 1);
    return &t->at[i];
}

static void grow(struct arena *mem, struct hash_table *t)
{
    struct hash_table old = *t;
    t->room = old.room ? 2 * old.room : ROOM_FIRST;
    t->at = NEW(mem, struct hashed, t->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.at[i].key)
            *slot_of(t, old.at[i].key) = old.at[i];
}

uint32_t *hash_put(struct arena *mem, struct hash_table *t, uint64_t key)
{
    if (2 * (t->n + 1) > t->room)
        grow(mem, t);
    struct hashed *slot = slot_of(t, key);
    if (!slot->key) {
        slot->key = key;
        t->n++;
    }
    return &slot->value;
}

const uint32_t *hash_find(const struct hash_table *t, uint64_t key)
{
    if (t->n == 0)
        return NULL;
    const struct hashed *slot = slot_of(t, key);
    return slot->key ? &slot->value : NULL;
}
