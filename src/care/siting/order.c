/* order.c - what of a choice is worth doing, in the order of what it gives. */

#include "care/siting/work.h"

#include "roads/roads.h"

#include <stdlib.h>

#define NO_ROW UINT32_MAX

static void stand(struct work *w, struct standing *s, uint32_t row, int change)
{
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++)
        s->by[w->s->home[l]] = (uint16_t)(s->by[w->s->home[l]] + change);
    s->open[row] = change > 0;
}

/* Elders of a row who have so many open: 0, it would add them; 1 of an open one, its alone. */
static int64_t elders_at(const struct work *w, const struct standing *s, uint32_t row,
                         uint16_t by)
{
    int64_t n = 0;
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++)
        n += s->by[w->s->home[l]] == by ? w->home[w->s->home[l]].elders : 0;
    return n;
}

/* Standing places whose closing pays for nothing stand again, the one that is missed most first. */
static void keep_idle(struct work *w, struct standing *s, const uint8_t *open)
{
    int64_t left = w->problem.budget;
    for (uint32_t row = 0; row < w->problem.sites; row++)
        left -= w->problem.state[row] == SITE_FREE && open[row] ? w->problem.price[row] : 0;
    for (;;) {
        uint32_t best = NO_ROW;
        int64_t most = -1;
        for (uint32_t row = w->s->points; row < w->problem.sites; row++) {
            if (s->open[row] || !plan_usable(w, row) || w->problem.price[row] > left)
                continue;
            int64_t gain = elders_at(w, s, row, 0);
            best = gain > most ? row : best;
            most = gain > most ? gain : most;
        }
        if (best == NO_ROW)
            return;
        left -= w->problem.price[best];
        stand(w, s, best, 1);
    }
}

/* What adds nobody to the others is not built; the forced are. */
static void drop_idle(struct work *w, struct standing *s, uint8_t *open)
{
    for (uint32_t row = 0; row < w->s->points; row++)
        if (s->open[row] && w->problem.state[row] == SITE_FREE && elders_at(w, s, row, 1) == 0) {
            stand(w, s, row, -1);
            open[row] = 0;
        }
}

/* Who would be open in the end. */
struct standing plan_end_of(struct work *w, uint8_t *open)
{
    struct standing s = { NEW(w->mem, uint16_t, w->q->demand->homes + 1),
                          NEW(w->mem, bool, w->problem.sites + 1) };
    for (uint32_t row = 0; row < w->problem.sites; row++)
        if (open[row] || (row >= w->s->points && !plan_usable(w, row)))
            stand(w, &s, row, 1);
    drop_idle(w, &s, open);
    keep_idle(w, &s, open);
    drop_idle(w, &s, open);
    return s;
}

/* --- steps --- */

struct struck { int64_t scope; uint32_t ms, elders; };

static int struck_order(const void *left, const void *right)
{
    const struct struck *a = left, *b = right;
    if (a->scope != b->scope)
        return a->scope < b->scope ? -1 : 1;
    return (a->ms > b->ms) - (a->ms < b->ms);
}

/* The way of the one in the middle of them. */
static uint32_t middle_ms(const struct struck *at, size_t n, int64_t elders)
{
    int64_t seen = 0;
    for (size_t i = 0; i < n; i++) {
        seen += at[i].elders;
        if (seen * 2 >= elders)
            return at[i].ms;
    }
    return NOT_REACHED;
}

/* Which communities gain or lose by a row, whose homes with `by` open it is about. */
static void tell_communities(const struct work *w, const struct standing *s, uint32_t row,
                             uint16_t by, struct plan_step *step)
{
    size_t room = w->s->first[row + 1] - w->s->first[row], n = 0;
    struct struck *all = NEW(w->mem, struct struck, room + 1);
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++) {
        const struct atlas_home *h = &w->home[w->s->home[l]];
        if (s->by[w->s->home[l]] == by)
            all[n++] = (struct struck){ h->scope, h->ms, h->elders };
    }
    if (n)
        qsort(all, n, sizeof *all, struck_order);
    for (size_t from = 0, end; from < n; from = end) {
        int64_t elders = 0;
        for (end = from; end < n && all[end].scope == all[from].scope; end++)
            elders += all[end].elders;
        step->communities++;
        if (elders <= step->elders)
            continue;
        step->scope = all[from].scope;
        step->elders = elders;
        step->ms = middle_ms(all + from, end - from, elders);
    }
}

static void take_step(struct work *w, struct standing *s, uint32_t row, struct site_plan *plan)
{
    bool closes = row >= w->s->points;
    struct plan_step step = { .which = closes ? row - w->s->points : row, .closes = closes,
                              .ms = NOT_REACHED };
    step.gain = closes ? -elders_at(w, s, row, 1) : elders_at(w, s, row, 0);
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++)
        step.near += w->home[w->s->home[l]].elders;
    tell_communities(w, s, row, closes ? 1 : 0, &step);
    stand(w, s, row, closes ? -1 : 1);
    plan->step[plan->steps++] = step;
}

/* The row of those to be changed that gives most, or takes least, now. */
static uint32_t next_row(const struct work *w, const struct standing *s, const bool *due,
                         uint32_t from, uint32_t end)
{
    uint32_t best = NO_ROW;
    int64_t most = INT64_MIN;
    for (uint32_t row = from; row < end; row++) {
        if (!due[row])
            continue;
        bool closes = row >= w->s->points;
        int64_t gain = closes ? -elders_at(w, s, row, 1) : elders_at(w, s, row, 0);
        best = gain > most ? row : best;
        most = gain > most ? gain : most;
    }
    return best;
}

void plan_in_order(struct work *w, const struct standing *end, struct site_plan *plan)
{
    uint32_t sites = w->problem.sites, points = w->s->points, row;
    struct standing s = { NEW(w->mem, uint16_t, w->q->demand->homes + 1),
                          NEW(w->mem, bool, sites + 1) };
    bool *due = NEW(w->mem, bool, sites + 1);
    plan->step = NEW(w->mem, struct plan_step, sites + 1);
    for (row = 0; row < sites; row++) {
        if (row >= points)
            stand(w, &s, row, 1);
        due[row] = end->open[row] != s.open[row];
    }
    while ((row = next_row(w, &s, due, points, sites)) != NO_ROW) {
        due[row] = false;
        take_step(w, &s, row, plan);
    }
    while ((row = next_row(w, &s, due, 0, points)) != NO_ROW) {
        due[row] = false;
        take_step(w, &s, row, plan);
    }
}
