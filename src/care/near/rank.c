/*
 * rank.c - every place looked at: for an order other than walking time, for all of a division, and
 * to say what to loosen. Costs one search to the limit and a look at each place of the wanted kind.
 */

#include "care/near/rank.h"
#include "care/near/scratch.h"

#include <stdlib.h>

struct rank {
    struct directory        *d;
    const struct near_want  *w;
    const struct near_home  *home;
    struct arena            *mem;
    uint32_t                *place, *ms;   /* of each candidate: of the wanted kind */
    size_t                   n;
    bool                     full;         /* the list has been cut to the best */
    struct near_ranked       to;
};

static void gather(struct rank *r)
{
    r->place = NEW(r->mem, uint32_t, r->d->places);
    for (uint32_t i = 0; i < r->d->places; i++)
        if (near_is(r->d, r->w, i))
            r->place[r->n++] = i;
}

/* Walking times from the best of the home's gates; NOT_REACHED beyond the limit. */
static void walk_times(struct rank *r)
{
    struct near_scratch *lent = NULL;
    struct near *near = r->home->n ? scratch_borrow(r->mem, r->d, &lent) : NULL;
    r->ms = NEW(r->mem, uint32_t, r->n);
    for (size_t i = 0; i < r->n; i++)
        r->ms[i] = NOT_REACHED;
    for (size_t gate = 0; near && gate < r->home->n; gate++) {
        reach_from(near->reach, r->w->profile, &r->home->from[gate], r->w->limit_ms);
        for (size_t i = 0; i < r->n; i++) {
            uint32_t ms = reach_ms(near->reach,
                                   near_anchor(r->d->near, r->w->profile, r->place[i]));
            r->ms[i] = ms < r->ms[i] ? ms : r->ms[i];
        }
    }
    scratch_return(lent);
}

/* --- order --- */

static int64_t key_of(const struct rank *r, const struct near_hit *hit)
{
    const struct listed_care *k = &r->d->care[hit->place];
    switch (r->w->sort) {
    case SORT_PRICE: return k->price_low ? k->price_low : INT64_MAX;
    case SORT_LEVEL: return -k->rating;
    case SORT_BEDS: return -k->beds;
    default: return 0;
    }
}

/* What is equal goes by walking time, then by straight distance, then by name. */
static int order(const void *a, const void *b, void *rank)
{
    const struct rank *r = rank;
    const struct near_hit *x = a, *y = b;
    int64_t key_x = key_of(r, x), key_y = key_of(r, y);
    if (key_x != key_y)
        return key_x < key_y ? -1 : 1;
    if (r->w->sort != SORT_NAME && x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    int names = sv_order(r->d->place[x->place].name, r->d->place[y->place].name);
    return names ? names : x->place < y->place ? -1 : x->place > y->place;
}

/* Keeps the best `max`, in a list that is sorted and cut whenever it is twice that long. */
static void keep(struct rank *r, struct near_hit hit, size_t max)
{
    struct near_hits *hits = &r->to.hits;
    hits->total++;
    if (r->full && order(&hit, &hits->at[max - 1], r) > 0)
        return;
    hits->at[hits->n++] = hit;
    if (hits->n == 2 * max) {
        qsort_r(hits->at, hits->n, sizeof hit, order, r);
        hits->n = max;
        r->full = true;
    }
}

/* --- how many, where --- */

/* The code at `level` around a scope; 0 when the scope lies above it. */
static int64_t code_at(int64_t scope, enum division_level level)
{
    while (scope && division_level_of(scope) > level)
        scope = division_up(scope);
    return scope && division_level_of(scope) == level ? scope : 0;
}

static void count_area(struct rank *r, uint32_t place)
{
    struct near_ranked *to = &r->to;
    int level = r->w->area ? (int)division_level_of(r->w->area->scope) + 1 : DIVISION_DISTRICT;
    int64_t code = level < DIVISION_LEVELS
                 ? code_at(r->d->place[place].scope, (enum division_level)level) : 0;
    size_t at = 0;
    while (at < to->areas && to->area[at].scope < code)
        at++;
    if (code == 0 || (to->areas == NEAR_AREAS_MAX && (at == to->areas ||
                                                      to->area[at].scope != code)))
        return;
    if (at == to->areas || to->area[at].scope != code) {
        for (size_t i = to->areas++; i > at; i--)
            to->area[i] = to->area[i - 1];
        to->area[at] = (struct near_area){ .scope = code };
    }
    to->area[at].n++;
}

static uint32_t far_from(const struct rank *r, uint32_t place)
{
    bool home = point_told(r->home->at);
    double m = home ? point_distance_m(r->home->at, r->d->place[place].at) : 0;
    return NEAR_FAR | (uint32_t)(m < (double)(NEAR_FAR - 1) ? m : NEAR_FAR - 1);
}

static void take(struct rank *r, size_t i, size_t max)
{
    uint32_t place = r->place[i];
    unsigned misses = near_misses(r->d, r->w, place);
    if (r->ms[i] == NOT_REACHED && !r->w->all)
        misses |= 1u << FILTER_MINUTES;
    if (misses && (misses & (misses - 1)) == 0)
        r->to.loosen[__builtin_ctz(misses)]++;
    if (misses)
        return;
    count_area(r, place);
    struct near_hit hit = { place, r->ms[i] != NOT_REACHED ? r->ms[i] : far_from(r, place), 0 };
    hit.rank = near_rank_of(r->d, r->w, &hit);
    keep(r, hit, max);
}

struct near_ranked near_rank(struct arena *mem, struct directory *d, const struct near_home *home,
                             const struct near_want *want)
{
    size_t max = want->offset + want->size;
    struct rank r = { .d = d, .w = want, .home = home, .mem = mem };
    struct near_hits *hits = &r.to.hits;
    r.to.area = NEW(mem, struct near_area, NEAR_AREAS_MAX);
    hits->at = NEW(mem, struct near_hit, 2 * max);
    gather(&r);
    walk_times(&r);
    for (size_t i = 0; i < r.n; i++)
        take(&r, i, max);
    qsort_r(hits->at, hits->n, sizeof *hits->at, order, &r);
    hits->more = hits->total > max;
    size_t skip = hits->n < want->offset ? hits->n : want->offset;
    hits->at += skip;
    hits->n -= skip;
    if (hits->n > want->size)
        hits->n = want->size;
    return r.to;
}
