/* find.c - the search itself: nearest first, filtered, as far as it is asked for. */

#include "care/near/ask.h"
#include "care/near/scratch.h"

#include <stdlib.h>

enum { CACHE_LINE = 64 };

/*
 * While the search goes on the memory can bring what the answer will be made of: where the newest
 * hit's text stands, and the text of the one before, whose place has come meanwhile.
 */
static void fetch_text(const struct directory *d, const struct near_hits *hits, size_t from)
{
    if (hits->n <= from)
        return;
    __builtin_prefetch(&d->text[hits->at[hits->n - 1].place]);
    if (hits->n - from < 2)
        return;
    struct sv text = directory_text(d, hits->at[hits->n - 2].place, LANG_ZH);
    for (size_t at = 0; at < text.len; at += CACHE_LINE)
        __builtin_prefetch(text.at + at);
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
        if (!near_is(d, w, hit.place) || (w->asked && near_misses(d, w, hit.place)))
            continue;
        hits->at[hits->n++] = hit;
        fetch_text(d, hits, w->offset);
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
