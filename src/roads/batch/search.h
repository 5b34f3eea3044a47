/*
 * search.h - a search on a net within a limit, for thousands of them in a row.
 *
 * The queue is a ring of buckets (Dial 1969) narrower than most arcs: pushing and popping cost a
 * handful of instructions instead of a heap's guesses. Within a bucket the order is free, so a
 * label may still fall after its state was looked at; it is then looked at again. What has been
 * touched is remembered, and only that is cleared.
 */
#ifndef ROADS_BATCH_SEARCH_H
#define ROADS_BATCH_SEARCH_H

#include "roads/batch/net.h"

enum { SEARCH_BUCKETS = 256, SEARCH_SEEDS_MAX = 1024 };

/*
 * `bound`: nothing is looked for behind this state at more than that; NOT_REACHED: no bound. The
 * arcs' places stand here too, so that they are asked for when a state is met, not when it is used.
 */
struct search_cell { uint32_t label, bound, first_arc, end_arc; };
struct search_entry { uint32_t state, label, next; };

struct search {
    const struct net_arcs *arcs;
    struct search_cell  *cell;               /* of each state */
    uint32_t            *touched, touched_n; /* states that have a label */
    uint32_t             limit;
    struct search_entry *entry;
    size_t               entries, room;
    struct arena        *mem;
    int                  shift;
    uint32_t             bucket[SEARCH_BUCKETS];     /* entry + 1 */
    uint64_t             full[SEARCH_BUCKETS / 64];  /* a bit for each bucket that has one */
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

/* Seeds from both ends of an anchor's edge: as one who sets out from it, or as its goal. */
void search_seed_from(struct search *s, const struct net *net, const struct anchor *from);
void search_seed_to(struct search *s, const struct net *net, const struct anchor *to);

#endif
