/* crowd.c - who stays among the plans, and who has children. */

#include "plan/tour/breed/crowd.h"

#include "plan/tour/search/chance.h"

#include <assert.h>
#include <stdlib.h>

enum { SLOTS_ALL = 2 * HERD_MAX + 4 };

struct crowd *crowd_new(struct arena *mem, const struct level *l)
{
    struct crowd *c = NEW(mem, struct crowd, 1);
    c->l = l;
    c->apart = NEW(mem, float, SLOTS_ALL * SLOTS_ALL);
    for (int i = 0; i < SLOTS_ALL; i++) {
        struct member *m = NEW(mem, struct member, 1);
        m->codes = NEW(mem, int32_t, l->n + l->fleet + 1);
        m->succ = NEW(mem, int32_t, l->width);
        m->pred = NEW(mem, int32_t, l->width);
        m->slot = i;
        c->spare[c->spare_n++] = m;
    }
    c->made = c->spare[--c->spare_n];
    return c;
}

void crowd_clear(struct crowd *c)
{
    struct herd *both[2] = { &c->fit, &c->unfit };
    for (int i = 0; i < 2; i++)
        while (both[i]->n)
            c->spare[c->spare_n++] = both[i]->at[--both[i]->n];
}

bool crowd_make(struct crowd *c, const struct descent *d)
{
    struct member *m = c->made;
    int n = 0;
    m->cost = m->warp = m->excess = m->days = 0;
    for (int32_t r = 0; r < c->l->fleet; r++) {
        const struct lane *t = &d->lanes[r];
        if (t->n == 0)
            continue;
        for (int32_t v = t->first; v; v = d->nodes[v].next) {
            m->cost += cost_of(d, d->nodes[v].prev, v);
            m->codes[n++] = v;
            m->succ[v] = d->nodes[v].next;
            m->pred[v] = d->nodes[v].prev;
        }
        m->cost += cost_of(d, t->last, 0);
        m->codes[n++] = 0;
        m->warp += t->warp;
        m->excess += t->load > c->l->capacity ? t->load - c->l->capacity : 0;
        m->days++;
    }
    m->codes[n] = 0;
    return m->warp == 0 && m->excess == 0;
}

float crowd_apart(const struct crowd *c, const struct member *a, const struct member *b)
{
    return c->apart[a->slot * SLOTS_ALL + b->slot];
}

static float differ(const struct crowd *c, const struct member *a, const struct member *b)
{
    int n = 0;
    for (int32_t v = 1; v < c->l->width; v++)
        n += (a->succ[v] != b->succ[v]) + (a->pred[v] != b->pred[v]);
    return (float)n / (float)(2 * c->l->n);
}

/* --- worth --- */

static int64_t priced(const struct descent *d, const struct member *m)
{
    return m->cost * FINE + m->warp * d->late_price + m->excess * d->load_price;
}

struct rank { double by; int at; };

static int by_rank(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    return x->by != y->by ? (x->by < y->by ? -1 : 1) : x->at - y->at;
}

/* How far the nearest few are. */
static double lonely(const struct crowd *c, const struct herd *h, int i)
{
    float near[CLOSE];
    int n = 0;
    double sum = 0;
    for (int j = 0; j < h->n; j++) {
        float one = crowd_apart(c, h->at[i], h->at[j]);
        if (j == i || (n == CLOSE && one >= near[n - 1]))
            continue;
        int k = n < CLOSE ? n++ : n - 1;
        for (; k > 0 && near[k - 1] > one; k--)
            near[k] = near[k - 1];
        near[k] = one;
    }
    for (int k = 0; k < n; k++)
        sum += near[k];
    return n ? sum / n : 1;
}

/* Sorts by cost, the cheapest first, and sees what each is worth there. */
static void value(const struct crowd *c, const struct descent *d, struct herd *h)
{
    struct rank rank[HERD_MAX + 1];
    struct member *old[HERD_MAX + 1];
    for (int i = 0; i < h->n; i++) {
        rank[i] = (struct rank){ (double)priced(d, h->at[i]), i };
        old[i] = h->at[i];
    }
    qsort(rank, (size_t)h->n, sizeof *rank, by_rank);
    for (int i = 0; i < h->n; i++)
        h->at[i] = old[rank[i].at];
    for (int i = 0; i < h->n; i++)
        rank[i] = (struct rank){ -lonely(c, h, i), i };
    qsort(rank, (size_t)h->n, sizeof *rank, by_rank);
    double elite = h->n > ELITE ? 1 - (double)ELITE / h->n : 0;
    for (int i = 0; i < h->n; i++)
        h->at[rank[i].at]->worth = (rank[i].at + elite * i) / h->n;
    h->stale = false;
}

static void shrink(struct crowd *c, const struct descent *d, struct herd *h)
{
    while (h->n > HERD_MIN) {
        int worst = 0;
        value(c, d, h);
        for (int i = 1; i < h->n; i++)
            worst = h->at[i]->worth >= h->at[worst]->worth ? i : worst;
        c->spare[c->spare_n++] = h->at[worst];
        h->at[worst] = h->at[--h->n];
    }
    h->stale = true;
}

void crowd_add(struct crowd *c, const struct descent *d)
{
    struct member *m = c->made;
    struct herd *h = m->warp || m->excess ? &c->unfit : &c->fit;
    for (int i = 0; i < h->n; i++) {
        float one = differ(c, m, h->at[i]);
        c->apart[m->slot * SLOTS_ALL + h->at[i]->slot] = one;
        c->apart[h->at[i]->slot * SLOTS_ALL + m->slot] = one;
        if (one <= 0)
            return;
    }
    h->at[h->n++] = m;
    h->stale = true;
    if (h->n == HERD_MAX)
        shrink(c, d, h);
    assert(c->spare_n > 0);
    c->made = c->spare[--c->spare_n];
}

static struct member *draw_one(struct crowd *c, struct descent *d)
{
    int i = state_below(d->s, c->fit.n + c->unfit.n);
    return i < c->fit.n ? c->fit.at[i] : c->unfit.at[i - c->fit.n];
}

struct member *crowd_draw(struct crowd *c, struct descent *d)
{
    if (c->fit.stale)
        value(c, d, &c->fit);
    if (c->unfit.stale)
        value(c, d, &c->unfit);
    struct member *a = draw_one(c, d), *b = draw_one(c, d);
    return a->worth <= b->worth ? a : b;
}
