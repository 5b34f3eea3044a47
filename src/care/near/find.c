/* find.c - the search itself: nearest first, filtered, as far as it is asked for. */

#include "care/near/ask.h"
#include "care/near/scratch.h"

#include <stdlib.h>

/* --- does a place fit? --- */

static bool closed_now(const struct listed_place *p, struct moment at)
{
    return p->closed_on && day_of(at).n >= p->closed_on && day_of(at).n <= p->closed_until;
}

struct near_opening *near_openings(struct arena *mem)
{
    struct near_opening *at = NEW(mem, struct near_opening, NEAR_OPENINGS + 1);
    at[NEAR_OPENINGS].word = "closed_today";
    return at;
}

struct near_opening *near_open(const struct directory *d, uint32_t place,
                               const struct near_want *want)
{
    uint32_t opens = d->opens[place] & ~OPENS_BUT;
    struct near_opening *o = &want->openings[opens % NEAR_OPENINGS];
    if ((d->opens[place] & OPENS_BUT) && closed_now(&d->place[place], want->at))
        return &want->openings[NEAR_OPENINGS];
    if (o->hours == opens + 1)
        return o;
    const struct hours *h = &d->hours[opens];
    *o = (struct near_opening){ .hours = opens + 1 };
    if (h->known)
        o->state = hours_at(h, &d->calendar, want->at);
    o->word = hours_word(h, &o->state, want->at);
    return o;
}

static bool offers_item(const struct directory *d, const struct listed_place *p, int64_t item)
{
    for (uint32_t i = 0; i < p->offers_n; i++)
        if (d->offer[p->first_offer + i].item == item)
            return true;
    return false;
}

static bool named(const struct directory *d, const struct near_want *w, uint32_t place)
{
    size_t low = 0, high = w->names_n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->names[middle] < place)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < w->names_n && w->names[low] == place)
        return true;
    for (size_t i = 0; i < w->items_n; i++)
        if (offers_item(d, &d->place[place], d->item[w->items[i]].id))
            return true;
    return false;
}

static bool fits(const struct directory *d, const struct near_want *w, uint32_t place)
{
    uint32_t tags = d->tags[place];
    if ((w->kinds && !(tags >> TAG_KIND & w->kinds & 0x7FFF)) ||
        (w->doors && !(tags >> TAG_DOOR & w->doors & 0xF)) ||
        (w->categories && !(tags >> TAG_CATEGORY & w->categories)))
        return false;
    if (w->item && !offers_item(d, &d->place[place], w->item))
        return false;
    if (w->by_name && !named(d, w, place))
        return false;
    return !w->open_only || near_open(d, place, w)->state.open;
}

/* --- one start, then several --- */

/* The nearest that fit, at most max of them; true when the search ran dry before that. */
static bool from_one(struct near *near, const struct directory *d, const struct anchor *from,
                     const struct near_want *w, size_t max, struct near_hits *hits)
{
    struct near_hit hit;
    near_begin(near, w->profile, from, w->limit_ms, w->tags);
    while (hits->n < max) {
        if (!near_next(near, &hit.place, &hit.ms))
            return true;
        if (fits(d, w, hit.place))
            hits->at[hits->n++] = hit;
    }
    return false;
}

static int by_place(const void *a, const void *b)
{
    const struct near_hit *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->ms < y->ms ? -1 : x->ms > y->ms;
}

static int by_time(const void *a, const void *b)
{
    const struct near_hit *x = a, *y = b;
    if (x->ms != y->ms)
        return x->ms < y->ms ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Each place once, at the time of the gate that is best for it, in order of time. */
static void merge(struct near_hits *hits)
{
    size_t n = 0;
    qsort(hits->at, hits->n, sizeof *hits->at, by_place);
    for (size_t i = 0; i < hits->n; i++)
        if (n == 0 || hits->at[n - 1].place != hits->at[i].place)
            hits->at[n++] = hits->at[i];
    hits->n = n;
    qsort(hits->at, hits->n, sizeof *hits->at, by_time);
}

/*
 * Several gates: each gives its own nearest `max`, and of the union the first `max` are right,
 * because what one gate left out lies behind `max` places that are nearer to it.
 */
static bool from_all(struct near *near, const struct directory *d, const struct near_home *home,
                     const struct near_want *w, size_t max, struct near_hits *hits)
{
    bool dry = true;
    for (size_t i = 0; i < home->n; i++) {
        struct near_hits one = { .at = hits->at + hits->n };
        dry &= from_one(near, d, &home->from[i], w, max, &one);
        hits->n += one.n;
    }
    if (home->n > 1 && hits->n)
        merge(hits);
    return dry;
}

struct near_hits near_find(struct arena *mem, struct directory *d, const struct near_home *home,
                           const struct near_want *want)
{
    struct near_scratch *lent;
    size_t max = want->offset + want->size;
    struct near_hits hits = { .at = NEW(mem, struct near_hit, max * (home->n ? home->n : 1)) };
    struct near *near = scratch_borrow(mem, d, &lent);
    bool dry = near ? from_all(near, d, home, want, max, &hits) : true;
    scratch_return(lent);
    hits.more = !dry || hits.n > max;
    hits.total = hits.n;
    size_t skip = hits.n < want->offset ? hits.n : want->offset;
    hits.at += skip;
    hits.n -= skip;
    if (hits.n > want->size)
        hits.n = want->size;
    return hits;
}
