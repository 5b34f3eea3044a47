/* pool.c - the days that were seen, and the best plan that can be made of them. */

#include "plan/tour/search/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 1 << 14, SLOTS = 1 << 15, CODES_MAX = 1 << 17, LIVELY_MAX = 2000,
       NODES_MAX = 4000, VISITS_MAX = 1000, CARERS_MAX = 1000 };

/* A column that may be part of a better plan. */
struct lively { double over; int32_t column, bits; };

/* --- the store --- */

struct pool *pool_new(struct arena *mem, const struct state *s)
{
    int n = s->p->visits_n, m = s->p->carers_n;
    uint64_t salt = 0x9E3779B97F4A7C15;
    if (n > VISITS_MAX || m > CARERS_MAX)
        return NULL;
    struct pool *p = NEW(mem, struct pool, 1);
    *p = (struct pool){ .visits_n = n, .classes_n = m, .words = (n + 63) / 64 };
    p->columns = NEW(mem, struct column, COLUMNS_MAX);
    p->slots = NEW(mem, int32_t, SLOTS);
    p->codes = NEW(mem, int32_t, CODES_MAX);
    p->salt = NEW(mem, uint64_t, n);
    p->class_of = NEW(mem, int32_t, m);
    p->room = NEW(mem, int32_t, m);
    p->price = NEW(mem, double, n);
    p->fee = NEW(mem, double, m);
    p->slope = NEW(mem, double, n + m);
    p->bits = NEW(mem, uint64_t, (size_t)LIVELY_MAX * (size_t)p->words);
    p->count = NEW(mem, int32_t, n);
    p->chosen = NEW(mem, int32_t, m);
    p->best = NEW(mem, int32_t, m);
    for (int v = 0; v < n; v++) {
        salt = (salt ^ salt >> 29) * 0xBF58476D1CE4E5B9 + (uint64_t)v;
        p->salt[v] = salt ^ salt >> 32;
    }
    for (int k = 0; k < m; k++) {        /* wishes part carers who are alike else */
        p->class_of[k] = s->p->wish ? k : s->class_of[k];
        p->room[p->class_of[k]]++;
    }
    return p;
}

bool pool_full(const struct pool *p)
{
    return p->n == COLUMNS_MAX || p->codes_n > CODES_MAX - 2 * VISITS_MAX;
}

void pool_clear(struct pool *p)
{
    memset(p->slots, 0, sizeof *p->slots * SLOTS);
    p->n = p->codes_n = 0;
}

static struct column *column_new(struct pool *p, uint64_t key, int class, const struct route *t)
{
    struct column *c = &p->columns[p->n++];
    *c = (struct column){ .key = key, .first = p->codes_n, .class = class,
                          .n = (int16_t)(t->n - 2), .visits = (int16_t)t->visits };
    p->codes_n += c->n;
    return c;
}

void pool_take(struct pool *p, const struct state *s, int r)
{
    const struct route *t = &s->routes[r];
    int class = p->class_of[r];
    uint64_t key = (uint64_t)class * 0x94D049BB133111EB;
    if (t->visits == 0 || pool_full(p))
        return;
    for (int i = 1; i < t->n - 1; i++)
        key += t->stops[i].visit >= 0 ? p->salt[t->stops[i].visit] : 0;
    uint64_t slot = (key >> 40) % SLOTS;
    while (p->slots[slot] && p->columns[p->slots[slot] - 1].key != key)
        slot = (slot + 1) & (SLOTS - 1);
    struct column *c = p->slots[slot] ? &p->columns[p->slots[slot] - 1] : NULL;
    if (c && c->cost <= t->cost)
        return;
    if (!c) {
        c = column_new(p, key, class, t);
        p->slots[slot] = p->n;
    }
    c->cost = t->cost;
    for (int i = 0; i < c->n; i++)
        p->codes[c->first + i] = t->stops[i + 1].visit;
}

/* --- branching --- */

static const struct column *column_of(const struct pool *p, const struct lively *l)
{
    return &p->columns[l->column];
}

static bool makes(const struct pool *p, const struct lively *l, int32_t v)
{
    return p->bits[(size_t)l->bits * (size_t)p->words + (size_t)v / 64] >> (v & 63) & 1;
}

/* Can both be in one plan, when the first is? */
static bool apart(const struct pool *p, const struct lively *a, const struct lively *b)
{
    const uint64_t *x = p->bits + (size_t)a->bits * (size_t)p->words;
    const uint64_t *y = p->bits + (size_t)b->bits * (size_t)p->words;
    int class = column_of(p, a)->class;
    uint64_t both = 0;
    for (int i = 0; i < p->words; i++)
        both |= x[i] & y[i];
    return both == 0 && (p->room[class] > 0 || column_of(p, b)->class != class);
}

/* Of the visits not made yet the one that fewest columns make; TOUR_NONE: all are made. */
static int32_t rarest(struct pool *p, const uint64_t *made, const struct lively *list, int n)
{
    int32_t best = TOUR_NONE;
    memset(p->count, 0, sizeof *p->count * (size_t)p->visits_n);
    for (int i = 0; i < n; i++) {
        const struct column *c = column_of(p, &list[i]);
        for (int j = 0; j < c->n; j++)
            if (p->codes[c->first + j] >= 0)
                p->count[p->codes[c->first + j]]++;
    }
    for (int v = 0; v < p->visits_n; v++)
        if (!(made[v / 64] >> (v & 63) & 1) && (best < 0 || p->count[v] < p->count[best]))
            best = v;
    return best;
}

static void found(struct pool *p, int64_t cost)
{
    if (cost >= p->most)
        return;
    p->most = cost;
    p->best_n = p->chosen_n;
    memcpy(p->best, p->chosen, sizeof *p->best * (size_t)p->chosen_n);
}

/* `over` and `cost`: of the columns chosen; `list`: those that can still be, cheapest first. */
static void branch(struct pool *p, const uint64_t *made, const struct lively *list, int n,
                   double over, int64_t cost)
{
    double least = p->base + over;
    uint64_t with[p->words];
    for (int i = 0; i < n && list[i].over < 0; i++)
        least += list[i].over;
    if (least > (double)p->most - 0.5 || p->nodes++ > NODES_MAX)
        return;
    int32_t v = rarest(p, made, list, n);
    if (v == TOUR_NONE) {
        found(p, cost);
        return;
    }
    struct lively left[n + 1];
    for (int i = 0; i < n; i++) {
        const struct column *c = column_of(p, &list[i]);
        if (!makes(p, &list[i], v))
            continue;
        int kept = 0;
        p->chosen[p->chosen_n++] = list[i].column;
        p->room[c->class]--;
        for (int j = 0; j < n; j++)
            if (apart(p, &list[i], &list[j]))
                left[kept++] = list[j];
        for (int w = 0; w < p->words; w++)
            with[w] = made[w] | p->bits[(size_t)list[i].bits * (size_t)p->words + (size_t)w];
        branch(p, with, left, kept, over + c->over, cost + c->cost);
        p->room[c->class]++;
        p->chosen_n--;
    }
}

static int by_over(const void *a, const void *b)
{
    const struct lively *x = a, *y = b;
    if (x->over != y->over)
        return x->over < y->over ? -1 : 1;
    return x->column - y->column;
}

/* Columns that a plan cheaper than the best can have, by what they cost over the prices. */
static int lively_ones(struct pool *p, double bound, struct lively *list)
{
    int n = 0;
    for (int j = 0; j < p->n; j++)
        if (p->columns[j].over <= (double)p->most - bound)
            list[n++] = (struct lively){ .over = p->columns[j].over, .column = j };
    qsort(list, (size_t)n, sizeof *list, by_over);
    n = n < LIVELY_MAX ? n : LIVELY_MAX;
    memset(p->bits, 0, sizeof *p->bits * (size_t)n * (size_t)p->words);
    for (int i = 0; i < n; i++) {
        const struct column *c = column_of(p, &list[i]);
        list[i].bits = i;
        for (int j = 0; j < c->n; j++) {
            int32_t v = p->codes[c->first + j];
            if (v >= 0)
                p->bits[(size_t)i * (size_t)p->words + (size_t)v / 64] |= (uint64_t)1 << (v & 63);
        }
    }
    return n;
}

/* --- the whole --- */

/* The chosen columns, each by another carer of its class. */
static void codes_write(const struct pool *p, int32_t *out)
{
    bool out_already[p->classes_n];
    memset(out_already, 0, sizeof out_already);
    for (int i = 0; i < p->best_n; i++) {
        const struct column *c = &p->columns[p->best[i]];
        int k = c->class;
        while (p->class_of[k] != c->class || out_already[k])
            k++;
        out_already[k] = true;
        *out++ = k;
        *out++ = c->n + 2;
        *out++ = STOP_START;
        memcpy(out, p->codes + c->first, sizeof *out * (size_t)c->n);
        out += c->n;
        *out++ = STOP_END;
    }
    *out = TOUR_NONE;
}

bool pool_solve(struct pool *p, int64_t most, int32_t *ret_codes)
{
    uint64_t made[p->words];
    struct lively list[p->n + 1];
    memset(made, 0, sizeof made);
    p->most = most;
    int n = lively_ones(p, pool_bound(p), list);
    p->base = 0;
    for (int v = 0; v < p->visits_n; v++)
        p->base += p->price[v];
    for (int k = 0; k < p->classes_n; k++)
        p->base -= p->fee[k] * p->room[k];
    p->nodes = p->chosen_n = p->best_n = 0;
    branch(p, made, list, n, 0, 0);
    if (p->best_n)
        codes_write(p, ret_codes);
    return p->best_n > 0;
}
