/*
 * search.h - a search on a net within a limit, for thousands of them in a row.
 *
 * The queue is a ring of buckets (Dial 1969), each an array, a quarter of a street wide. Within a
 * bucket the order is free, so a label may still fall after its state was looked at; it is then
 * looked at again. Four arcs at a time are looked at without asking which of them are better: what
 * is not is written where the next will be. What has been touched is remembered, and only that is
 * cleared.
 */
#ifndef ROADS_BATCH_SEARCH_H
#define ROADS_BATCH_SEARCH_H

#include "roads/batch/net.h"

/* A bucket's room is a line more than a power of two, lest all begin in one set of the cache. */
enum { SEARCH_BUCKETS = 128, SEARCH_ROOM = 136, SEARCH_SEEDS_MAX = 1024 };

/* `bound`: nothing is looked for behind this state at more than that; NOT_REACHED: no bound. */
struct search_cell { uint32_t label, bound; };
struct search_entry { uint32_t state, label; };
struct search_spill { struct search_entry *entry; size_t n, room; };

struct search {
    const struct net_arcs *arcs;
    const uint8_t       *blind;              /* of each state, or NULL */
    struct search_cell  *cell;               /* of each state */
    uint32_t            *touched, touched_n; /* states that have a label */
    uint32_t             limit;
    struct search_entry (*ring)[SEARCH_ROOM];
    uint32_t             count[SEARCH_BUCKETS];
    uint32_t             running, next;      /* the bucket that is looked through, and how far */
    struct search_spill  spill[SEARCH_BUCKETS];  /* what a bucket had no room for */
    struct arena        *mem;
    int                  shift;
    struct net_arc       seed[SEARCH_SEEDS_MAX];
    uint32_t             seeds;
};

/* Scratch for searches on a net: along its arcs, or against them. In the arena, for one thread. */
struct search *search_new(struct arena *mem, const struct net *net, bool inward);

/* Begins: labels must be clear. At most SEARCH_SEEDS_MAX seeds; those beyond the limit are not. */
void search_begin(struct search *s, uint32_t limit);
void search_seed(struct search *s, uint32_t state, uint32_t cost);

/* To the end: every state within the limit has its label and stands in `touched`. */
void search_run(struct search *s);

/* Forgets the labels. */
void search_clear(struct search *s);

static inline uint32_t search_label(const struct search *s, uint32_t state)
{
    return s->cell[state].label;
}

/* The arcs that are looked at from a state: from *ret_first to before *ret_end. */
static inline void search_arcs(const struct search *s, uint32_t state, uint32_t *ret_first,
                               uint32_t *ret_end)
{
    *ret_first = s->arcs->first[state];
    *ret_end = s->blind && s->blind[state] ? *ret_first : s->arcs->first[state + 1];
}

/* Seeds from both ends of an anchor's edge: as one who sets out from it, or as its goal. */
void search_seed_from(struct search *s, const struct net *net, const struct anchor *from);
void search_seed_to(struct search *s, const struct net *net, const struct anchor *to);

#endif
