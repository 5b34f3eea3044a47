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

/*
 * What sinks stands behind what is fresh as if it were farther away (near_rank_of), so the search
 * goes on until nothing that is still to come can stand before the first `max`. Where nothing
 * sinks that is at once.
 */
struct search {
    struct near            *near;
    const struct directory *d;
    const struct near_want *w;
    size_t                  max, sunk_n;
    struct near_hit        *sunk;      /* the best `max` of them, by rank */
    bool                    left;      /* there are more */
};

static void sink(struct search *s, struct near_hit hit)
{
    if (s->sunk_n == s->max) {
        s->left = true;
        if (s->sunk[s->max - 1].rank <= hit.rank)
            return;
        s->sunk_n--;
    }
    size_t at = s->sunk_n++;
    for (; at > 0 && s->sunk[at - 1].rank > hit.rank; at--)
        s->sunk[at] = s->sunk[at - 1];
    s->sunk[at] = hit;
}

static bool enough(const struct search *s, size_t fresh, uint32_t ms)
{
    return fresh == s->max ||
           (s->sunk_n >= s->max - fresh && s->sunk[s->max - fresh - 1].rank <= ms);
}

static int by_rank(const void *a, const void *b)
{
    const struct near_hit *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void mix(struct search *s, struct near_hits *hits)
{
    for (size_t i = 0; i < s->sunk_n; i++)
        hits->at[hits->n++] = s->sunk[i];
    if (s->sunk_n)
        qsort(hits->at, hits->n, sizeof *hits->at, by_rank);
    if (hits->n > s->max) {
        hits->n = s->max;
        s->left = true;
    }
}

/* The best that fit, at most max of them; true when the search ran dry and none was left out. */
static bool from_one(struct search *s, const struct anchor *from, struct near_hits *hits)
{
    struct near_hit hit = { .ms = 0 };
    bool dry = false;
    s->sunk_n = 0;
    s->left = false;
    near_begin(s->near, s->w->profile, from, s->w->limit_ms, s->w->tags);
    while (!enough(s, hits->n, hit.ms)) {
        dry = !near_next(s->near, &hit.place, &hit.ms);
        if (dry)
            break;
        if (!near_is(s->d, s->w, hit.place) ||
            (s->w->asked && near_misses(s->d, s->w, hit.place)))
            continue;
        hit.rank = near_rank_of(s->d, s->w, &hit);
        if (hit.rank != hit.ms) {
            sink(s, hit);
            continue;
        }
        hits->at[hits->n++] = hit;
        fetch_text(s->d, hits, s->w->offset);
    }
    mix(s, hits);
    return dry && !s->left;
}

static int by_place(const void *a, const void *b)
{
    const struct near_hit *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->ms < y->ms ? -1 : x->ms > y->ms;
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
    qsort(hits->at, hits->n, sizeof *hits->at, by_rank);
}

/*
 * Several gates: each gives its own nearest `max`, and of the union the first `max` are right,
 * because what one gate left out lies behind `max` places that are nearer to it.
 */
static bool from_all(struct search *s, const struct near_home *home, struct near_hits *hits)
{
    bool dry = true;
    for (size_t i = 0; i < home->n; i++) {
        struct near_hits one = { .at = hits->at + hits->n };
        dry &= from_one(s, &home->from[i], &one);
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
    struct near_hits hits = { .at = NEW(mem, struct near_hit, max * (home->n + 1)) };
    struct search s = { .near = scratch_borrow(mem, d, &lent), .d = d, .w = want, .max = max,
                        .sunk = NEW(mem, struct near_hit, max) };
    bool dry = s.near ? from_all(&s, home, &hits) : true;
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
