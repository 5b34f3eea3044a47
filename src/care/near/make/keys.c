/*
 * keys.c - names in memory: every key in order, found by its beginning. The same keys as in the
 * database; how a name is read behind its initials is kept only from its front, to save memory.
 */

#include "care/near/make/build.h"
#include "model/search/entries.h"

#include <stdlib.h>

static void add_key(struct directory *d, size_t *room, struct listed_key key)
{
    d->key = GROW(&d->mem, d->key, d->keys, room);
    d->key[d->keys++] = key;
}

static void add_text(struct directory *d, struct arena *scratch, size_t *room, struct sv text,
                     struct listed_key like)
{
    struct entries list;
    if (text.len == 0)
        return;
    entries_of(scratch, text, false, &list);
    for (size_t i = 0; i < list.n; i++) {
        struct sv key = list.at[i].key;
        ptrdiff_t read = list.at[i].rank == RANK_INSIDE ? sv_find_byte(key, '/') : -1;
        like.text = sv_copy(&d->mem, read < 0 ? key : sv_head(key, (size_t)read));
        like.weight = list.at[i].rank == RANK_INSIDE;
        add_key(d, room, like);
    }
}

static void add_aliases(struct directory *d, struct arena *scratch, size_t *room, struct sv aliases,
                        struct listed_key like)
{
    struct sv one;
    while (sv_cut(&aliases, ',', &one))
        add_text(d, scratch, room, sv_trim(one), like);
}

static int by_text(const void *a, const void *b)
{
    const struct listed_key *x = a, *y = b;
    int order = sv_order(x->text, y->text);
    if (order)
        return order;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->ref < y->ref ? -1 : x->ref > y->ref;
}

static void gather(struct directory *d, struct arena *scratch)
{
    size_t room = 0;
    for (uint32_t i = 0; i < d->compounds; i++) {
        struct listed_key like = { .ref = i, .kind = LISTED_COMPOUND };
        add_text(d, scratch, &room, d->compound[i].name, like);
        add_aliases(d, scratch, &room, d->compound[i].aliases, like);
        arena_reset(scratch);
    }
    for (uint32_t i = 0; i < d->divisions; i++)
        if (division_level_of(d->division[i].scope) >= DIVISION_STREET)
            add_text(d, scratch, &room, d->division[i].name,
                     (struct listed_key){ .ref = i, .kind = LISTED_DIVISION });
    for (uint32_t i = 0; i < d->items; i++) {
        struct listed_key like = { .ref = i, .kind = LISTED_ITEM };
        add_text(d, scratch, &room, d->item[i].plain_name, like);
        add_text(d, scratch, &room, d->item[i].name, like);
    }
    for (uint32_t i = 0; i < d->places; i++) {
        add_text(d, scratch, &room, d->place[i].name,
                 (struct listed_key){ .ref = i, .kind = LISTED_PLACE });
        arena_reset(scratch);
    }
    for (uint32_t i = 0; i < d->notices; i++)
        add_text(d, scratch, &room, d->notice[i].title,
                 (struct listed_key){ .ref = i, .kind = LISTED_NOTICE });
    for (uint32_t i = 0; i < d->knowns; i++) {
        struct listed_key like = { .ref = i, .kind = LISTED_KNOWN };
        add_text(d, scratch, &room, d->known[i].question, like);
        add_aliases(d, scratch, &room, d->known[i].words, like);
    }
}

void directory_keys(struct directory *d)
{
    struct arena scratch = { 0 };
    gather(d, &scratch);
    arena_free(&scratch);
    if (d->keys)
        qsort(d->key, d->keys, sizeof *d->key, by_text);
}

/* --- finding --- */

enum { FIND_LOOK_MAX = 4000 };

static uint32_t first_from(const struct directory *d, struct sv word)
{
    uint32_t low = 0, high = d->keys;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sv_order(d->key[middle].text, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A whole key is better than its beginning; then what stands at the front of the name. */
static int better(const struct listed_found *a, const struct listed_found *b)
{
    if (a->weight != b->weight)
        return a->weight < b->weight ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->ref < b->ref ? -1 : a->ref > b->ref;
}

/* Keeps the n best in order; one row once, at its best weight. */
static size_t keep(struct listed_found *found, size_t n, size_t max, struct listed_found one)
{
    for (size_t i = 0; i < n; i++)
        if (found[i].kind == one.kind && found[i].ref == one.ref) {
            if (one.weight >= found[i].weight)
                return n;
            for (; i + 1 < n; i++)
                found[i] = found[i + 1];
            n--;
        }
    size_t at = n < max ? n++ : max;
    if (at == max && better(&one, &found[max - 1]) >= 0)
        return n;
    for (at = at == max ? max - 1 : at; at > 0 && better(&one, &found[at - 1]) < 0; at--)
        found[at] = found[at - 1];
    found[at] = one;
    return n;
}

/* What is being found, the best so far in order. */
struct finding {
    const struct directory *d;
    unsigned                kinds;
    struct listed_found    *found;
    size_t                  n, max;
};

static void look(struct finding *f, const struct probe *p, struct sv word)
{
    const struct directory *d = f->d;
    uint32_t at = first_from(d, p->low);
    for (int looked = 0; at < d->keys && looked < FIND_LOOK_MAX; at++, looked++) {
        const struct listed_key *k = &d->key[at];
        if (!sv_starts(k->text, p->low))
            break;
        if (!(f->kinds >> k->kind & 1) || !probe_meets(p, k->text))
            continue;
        int weight = k->weight * 2 + (k->text.len != word.len);
        f->n = keep(f->found, f->n, f->max, (struct listed_found){
            .kind = k->kind, .ref = k->ref, .weight = (uint8_t)weight });
    }
}

size_t directory_find(struct arena *mem, const struct directory *d, struct sv text, unsigned kinds,
                      struct listed_found *ret_found, size_t n)
{
    struct sv word = search_word(mem, text);
    struct probes probes;
    struct finding f = { .d = d, .kinds = kinds, .found = ret_found, .max = n };
    probes_of(mem, word, &probes);
    for (size_t i = 0; i < probes.n && n > 0; i++)
        look(&f, &probes.at[i], word);
    return f.n;
}
