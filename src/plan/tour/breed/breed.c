/* breed.c - children of plans, what being late costs, and starting anew when nothing comes. */

#include "plan/tour/breed/breed.h"

#include "plan/tour/search/chance.h"

#include <string.h>

enum { CHILDREN_A_PRICE = 50, HARDER = 10, PATIENCE = 10000, TRIES = 10, PRICE_MAX = 1 << 24 };
#define WANTED_LOW 0.38
#define WANTED_HIGH 0.48
#define DEARER 1.2
#define CHEAPER 0.85

struct breed *breed_new(struct arena *mem, struct state *s)
{
    struct level *l = level_new(mem, s);
    if (!l)
        return NULL;
    struct breed *b = NEW(mem, struct breed, 1);
    int64_t load = 0;
    for (int32_t v = 1; v < l->width; v++)
        load += l->load[v];
    *b = (struct breed){ .l = l, .d = descent_new(mem, l, s), .crowd = crowd_new(mem, l),
                         .cross = cross_new(mem, l), .best = INT64_MAX, .reached = INT64_MAX,
                         .best_codes = NEW(mem, int32_t, l->n + l->fleet + 1) };
    b->d->late_price = 2 * FINE * l->leg_cost / l->leg_time + 1;
    b->d->load_price = 2 * FINE * l->leg_cost * l->n / (load + 1) + 1;
    return b;
}

/* --- what is kept --- */

/* The descent's plan goes into the crowd; false: it does not hold. */
static bool keep(struct breed *b)
{
    const struct member *m = b->crowd->made;
    bool holds = crowd_make(b->crowd, b->d);
    if (holds && m->cost < b->reached) {
        b->reached = m->cost;
        b->stalled = 0;
    }
    if (holds && m->cost < b->best) {
        b->best = m->cost;
        memcpy(b->best_codes, m->codes, sizeof(int32_t) * (size_t)(b->l->n + m->days + 1));
    }
    crowd_add(b->crowd, b->d);
    return holds;
}

static int64_t changed(int64_t price, int good)
{
    double share = (double)good / CHILDREN_A_PRICE;
    double by = share < WANTED_LOW ? DEARER : share > WANTED_HIGH ? CHEAPER : 1;
    int64_t next = (int64_t)((double)price * by) + (by > 1);
    return next < 1 ? 1 : next < PRICE_MAX ? next : PRICE_MAX;
}

static void change_prices(struct breed *b, const struct member *m)
{
    b->timely_n += m->warp == 0;
    b->light_n += m->excess == 0;
    if (++b->made_n < CHILDREN_A_PRICE)
        return;
    b->d->late_price = changed(b->d->late_price, b->timely_n);
    b->d->load_price = changed(b->d->load_price, b->light_n);
    b->made_n = b->timely_n = b->light_n = 0;
    b->crowd->unfit.stale = true;
}

/* Half of what does not hold is tried again at prices that it cannot pay. */
static void mend(struct breed *b)
{
    struct descent *d = b->d;
    int64_t late = d->late_price, load = d->load_price;
    d->late_price *= HARDER;
    d->load_price *= HARDER;
    for (int32_t r = 0; r < b->l->fleet; r++)
        d->lanes[r].when = d->lanes[r].over ? 0 : -1;
    descent_run(d);
    d->late_price = late;
    d->load_price = load;
    keep(b);
}

/* Down from the lanes as they are, and into the crowd. */
static void grow(struct breed *b)
{
    const struct member *m = b->crowd->made;     /* which stays what it is, kept or not */
    descent_run(b->d);
    bool holds = keep(b);
    change_prices(b, m);
    if (!holds && state_below(b->d->s, 2))
        mend(b);
}

/* --- where plans come from --- */

void breed_see(struct breed *b, const struct state *s)
{
    int32_t lane = 0, visits[b->l->n];
    b->d->clock = 0;
    for (int r = 0; r < s->p->carers_n; r++) {
        int n = 0;
        for (int i = 0; i < s->routes[r].n; i++)
            if (s->routes[r].stops[i].visit >= 0)
                visits[n++] = s->routes[r].stops[i].visit + 1;
        if (n)
            lane_set(b->d, lane++, visits, n);
    }
    for (; lane < b->l->fleet; lane++)
        lane_set(b->d, lane, NULL, 0);
    keep(b);
}

/* From nothing, in an order that is drawn. */
static void make_first(struct breed *b)
{
    int32_t visits[b->l->n];
    for (int32_t v = 0; v < b->l->n; v++) {
        int32_t at = state_below(b->d->s, v + 1);
        visits[v] = visits[at];
        visits[at] = v + 1;
    }
    for (int32_t r = 0; r < b->l->fleet; r++)
        lane_set(b->d, r, NULL, 0);
    descent_insert(b->d, visits, b->l->n);
    grow(b);
}

static void make_child(struct breed *b)
{
    const struct member *one = crowd_draw(b->crowd, b->d), *other = one;
    for (int i = 0; i < TRIES && other == one; i++)
        other = crowd_draw(b->crowd, b->d);
    cross_make(b->cross, b->d, one, other);
    grow(b);
}

void breed_step(struct breed *b)
{
    struct crowd *c = b->crowd;
    b->d->clock = 0;
    b->children++;
    if (c->fit.n + c->unfit.n < HERD_MIN)
        make_first(b);
    else
        make_child(b);
    if (++b->stalled < PATIENCE)
        return;
    crowd_clear(c);
    b->reached = INT64_MAX;
    b->stalled = 0;
}

void breed_codes(const struct breed *b, int32_t *ret_codes)
{
    const int32_t *at = b->best_codes;
    for (int32_t k = 0; *at; k++, at++) {
        int32_t *head = ret_codes;
        *head = k;
        ret_codes += 2;
        *ret_codes++ = STOP_START;
        while (*at)
            *ret_codes++ = *at++ - 1;
        *ret_codes++ = STOP_END;
        head[1] = (int32_t)(ret_codes - head - 2);
    }
    *ret_codes = TOUR_NONE;
}
