/* intern.c - names as numbers: an open hash table. */

#include "app/planner/intern.h"

static uint64_t hash_of(const struct area *a)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (int i = 0; i < POINTS_LEVELS; i++) {
        for (size_t k = 0; k < a->name[i].len; k++)
            hash = (hash ^ (uint8_t)a->name[i].at[k]) * 0x100000001B3u;
        hash = (hash ^ 0xFF) * 0x100000001B3u;
    }
    return hash ^ hash >> 29;
}

static bool same(const struct area *a, const struct area *b)
{
    for (int i = 0; i < POINTS_LEVELS; i++)
        if (!sv_eq(a->name[i], b->name[i]))
            return false;
    return true;
}

static size_t slot_of(const struct intern *t, const struct area *name)
{
    size_t at = hash_of(name) & (t->slots - 1);
    while (t->slot[at] && !same(&t->name[t->slot[at] - 1], name))
        at = (at + 1) & (t->slots - 1);
    return at;
}

static void widen(struct intern *t, struct arena *mem)
{
    t->slots = t->slots ? t->slots * 2 : 64;
    t->slot = NEW(mem, uint32_t, t->slots);
    for (uint32_t i = 0; i < t->n; i++)
        t->slot[slot_of(t, &t->name[i])] = i + 1;
}

uint32_t intern_put(struct intern *t, struct arena *mem, struct area name)
{
    if (t->n && same(&t->name[t->last], &name))
        return t->last;
    if ((size_t)t->n * 2 >= t->slots)
        widen(t, mem);
    size_t at = slot_of(t, &name);
    if (!t->slot[at]) {
        t->name = GROW(mem, t->name, t->n, &t->room);
        t->name[t->n++] = name;
        t->slot[at] = t->n;
    }
    t->last = t->slot[at] - 1;
    return t->last;
}
