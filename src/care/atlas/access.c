/*
 * access.c - what places hold, shared out among those who can reach them, by area.
 *
 * By the measures asked here a place's share for each elder depends on what it holds and on who
 * lives around it, not on other places (fca.h). So the sums of all places are kept, and a question
 * of some changes costs the searches around the places that change.
 */

#include "care/atlas/inside.h"

#include "roads/access/fca.h"

#include <math.h>

void access_end(struct shared_out *s)
{
    block_free(s->area);
    *s = (struct shared_out){ 0 };
}

void goals_forget(struct atlas *a)
{
    for (int p = 0; p < PROFILE_COUNT; p++) {
        relation_goals_free(a->goals[p].at);
        a->goals[p] = (struct goals){ 0 };
    }
}

static const struct relation_goals *goals_for(struct atlas *a, enum profile profile)
{
    AUTO(arena_free) struct arena mem = { 0 };
    struct goals *g = &a->goals[profile];
    if (g->at && g->spots == a->spots)
        return g->at;
    struct anchor *home = NEW(&mem, struct anchor, a->spots + 1);
    for (size_t i = 0; i < a->spots; i++)
        home[i] = *spot_anchor(a, &a->spot[i], profile);
    relation_goals_free(g->at);
    g->at = relation_goals_new(net_for(a, profile), home, (uint32_t)a->spots, true);
    g->spots = a->spots;
    return g->at;
}

/* One place at a time: who lives around it, and by what weight. */
struct around {
    const struct atlas     *a;
    const struct atlas_try *ask;
    struct relation_rows   *rows;
    uint32_t                limit;
};

static struct around around_new(struct arena *mem, struct atlas *a, const struct atlas_try *ask)
{
    uint32_t limit = ask->rule.minutes * 60000;
    return (struct around){ a, ask, relation_rows_new(mem, &(struct relation_ask){
        .net = net_for(a, ask->rule.profile), .limit = limit, .inward = true,
        .goals = goals_for(a, ask->rule.profile) }), limit };
}

/* While one home is added up those that follow are on their way here. */
enum { AHEAD = 16 };

static double weight_of(const struct around *r, const struct relation_row *row, uint32_t i)
{
    const struct spot *s = &r->a->spot[row->to[i]];
    __builtin_prefetch(&r->a->spot[row->to[i + AHEAD < row->n ? i + AHEAD : i]]);
    return s->level == ADDRESS_NONE || s->n == 0 ? 0
         : s->n * fca_weight((enum fca_measure)r->ask->measure, row->cost[row->to[i]], r->limit);
}

/* The place holds so much, or so much more or less than it did. */
static void add_place(const struct around *r, const struct anchor *from, const double supply[2],
                      double *area[2])
{
    struct relation_row row = relation_row(r->rows, from);
    double demand = 0;
    for (uint32_t i = 0; i < row.n; i++)
        demand += weight_of(r, &row, i);
    if (demand <= 0)
        return;
    for (uint32_t i = 0; i < row.n; i++) {
        double weight = weight_of(r, &row, i) / demand;
        for (int k = 0; k < 2; k++)
            if (supply[k] != 0)
                area[k][r->a->spot[row.to[i]].area] += weight * supply[k];
    }
}

static void share_all(struct atlas *a, struct shared_out *out, const struct around *r,
                      const struct sharing *s)
{
    access_end(out);
    *out = (struct shared_out){ a->stirred + 1, s->ask->rule.minutes, s->ask->measure,
                                block_take((a->areas + 1) * sizeof *out->area), a->areas };
    for (uint32_t i = 0; i < s->n; i++)
        if (s->before[i] > 0)
            add_place(r, &s->from[i], (const double[2]){ s->before[i], 0 },
                      (double *[2]){ out->area, NULL });
}

static bool is_kept(const struct atlas *a, const struct shared_out *out, const struct sharing *s)
{
    return out->stirred == a->stirred + 1 && out->minutes == s->ask->rule.minutes &&
           out->measure == s->ask->measure && out->areas == a->areas;
}

void access_add(struct atlas *a, struct lens *l, const struct sharing *s, struct atlas_sum *before,
                struct atlas_sum *after)
{
    AUTO(arena_free) struct arena mem = { 0 };
    double *less = NEW(&mem, double, a->areas + 1), *more = NEW(&mem, double, a->areas + 1);
    struct around r = around_new(&mem, a, s->ask);
    if (!is_kept(a, &l->access, s))
        share_all(a, &l->access, &r, s);
    for (uint32_t i = 0; i < s->n; i++)
        if (s->before[i] != s->after[i])
            add_place(&r, &s->from[i], (const double[2]){ s->before[i], s->after[i] },
                      (double *[2]){ less, more });
    for (size_t i = 0; i < a->areas; i++) {
        double then = l->access.area[i] - less[i] + more[i];
        before[i].access = l->access.area[i];
        after[i].access = fabs(then) < 1e-9 ? 0 : then;  /* what rounding leaves of nothing */
    }
}
