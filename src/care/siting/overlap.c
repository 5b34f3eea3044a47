/* overlap.c - which of the places that stand could merge: whom each alone has, who shares most. */

#include "care/siting/plan.h"

#include <stdlib.h>

/* The places of each home: site[first[h]] .. site[first[h + 1]]. */
struct turned { size_t *first; uint32_t *site; };

static struct turned turn(struct arena *mem, const struct atlas_demand *d,
                          const struct atlas_served *s)
{
    size_t from = s->first[s->points], end = s->first[s->points + s->sites];
    struct turned t = { NEW(mem, size_t, (size_t)d->homes + 2), NEW(mem, uint32_t, end - from) };
    for (size_t l = from; l < end; l++)
        t.first[s->home[l] + 2]++;
    for (uint32_t h = 0; h < d->homes; h++)
        t.first[h + 2] += t.first[h + 1];
    for (uint32_t k = 0; k < s->sites; k++)
        for (size_t l = s->first[s->points + k]; l < s->first[s->points + k + 1]; l++)
            t.site[t.first[s->home[l] + 1]++] = k;
    return t;
}

static int least_needed(const void *left, const void *right)
{
    const struct overlap *a = left, *b = right;
    int64_t x = a->only * b->near, y = b->only * a->near;
    if (x != y)
        return x < y ? -1 : 1;
    return (a->site > b->site) - (a->site < b->site);
}

/* Its elders, those it alone has, and with whom it shares most; `shared` is scratch, all 0. */
static struct overlap one_of(const struct atlas_demand *d, const struct atlas_served *s,
                             const struct turned *t, uint32_t k, int64_t *shared)
{
    struct overlap o = { .site = k, .with = k };
    size_t from = s->first[s->points + k], end = s->first[s->points + k + 1];
    for (size_t l = from; l < end; l++) {
        uint32_t h = s->home[l];
        size_t some = t->first[h], last = t->first[h + 1];
        o.near += d->home[h].elders;
        o.only += last - some == 1 ? d->home[h].elders : 0;
        for (; some < last; some++) {
            uint32_t other = t->site[some];
            shared[other] += d->home[h].elders;
            if (other != k && shared[other] > o.shared) {
                o.shared = shared[other];
                o.with = other;
            }
        }
    }
    for (size_t l = from; l < end; l++)
        for (size_t some = t->first[s->home[l]]; some < t->first[s->home[l] + 1]; some++)
            shared[t->site[some]] = 0;
    o.could_merge = o.with != k && o.only * OVERLAP_ONE_IN <= o.near;
    return o;
}

struct overlap *siting_overlap(struct arena *mem, const struct atlas_demand *d,
                               const struct atlas_served *s, uint32_t *ret_n)
{
    struct turned t = turn(mem, d, s);
    int64_t *shared = NEW(mem, int64_t, s->sites + 1);
    struct overlap *all = NEW(mem, struct overlap, s->sites + 1);
    for (uint32_t k = 0; k < s->sites; k++)
        all[k] = one_of(d, s, &t, k, shared);
    if (s->sites)
        qsort(all, s->sites, sizeof *all, least_needed);
    *ret_n = s->sites;
    return all;
}
