/*
 * access.c - what places hold, shared out among those who can reach them, by area.
 *
 * By the measures asked here a place's share for each elder depends on what it holds and on who
 * lives around it, not on other places (fca.h). So the sums of all places are kept; a question of
 * some changes costs the searches around the places that change, and who moves house costs those
 * around the places near the old home and the new.
 */

#include "care/atlas/inside.h"

#include "roads/access/fca.h"

#include <math.h>

enum { LATE_MAX = 1000 };

void access_end(struct shared_out *s)
{
    block_free(s->area);
    block_free(s->held);
    *s = (struct shared_out){ 0 };
}

void goals_forget(struct atlas *a)
{
    for (int p = 0; p < PROFILE_COUNT; p++) {
        relation_goals_free(a->goals[p].at[0]);
        relation_goals_free(a->goals[p].at[1]);
        a->goals[p] = (struct goals){ 0 };
    }
}

static struct relation_goals *goals_of(struct atlas *a, enum profile profile, size_t first)
{
    AUTO(arena_free) struct arena mem = { 0 };
    struct anchor *home = NEW(&mem, struct anchor, a->spots - first + 1);
    for (size_t i = first; i < a->spots; i++)
        home[i - first] = *spot_anchor(a, &a->spot[i], profile);
    return relation_goals_new(net_for(a, profile), home, (uint32_t)(a->spots - first), true);
}

/* In two parts: who moves house comes into the second. */
static const struct goals *goals_for(struct atlas *a, enum profile profile)
{
    struct goals *g = &a->goals[profile];
    if (g->at[0] && g->spots == a->spots)
        return g;
    bool all = !g->at[0] || a->spots - g->first[1] > LATE_MAX + g->first[1] / 64;
    if (all) {
        relation_goals_free(g->at[0]);
        g->at[0] = goals_of(a, profile, 0);
        g->first[1] = a->spots;
    }
    relation_goals_free(g->at[1]);
    g->at[1] = all ? NULL : goals_of(a, profile, g->first[1]);
    g->spots = a->spots;
    return g;
}

/* One place at a time: who lives around it, and by what weight. */
struct around {
    const struct atlas     *a;
    const struct atlas_try *ask;
    const struct goals     *goals;
    struct relation_rows   *rows[2];     /* of both parts of the goals; NULL: there is none */
    uint32_t                limit;
};

static struct around around_new(struct arena *mem, struct atlas *a, const struct atlas_try *ask)
{
    struct around r = { .a = a, .ask = ask, .limit = ask->rule.minutes * 60000,
                        .goals = goals_for(a, ask->rule.profile) };
    for (int part = 0; part < 2; part++)
        if (r.goals->at[part])
            r.rows[part] = relation_rows_new(mem, &(struct relation_ask){
                .net = net_for(a, ask->rule.profile), .limit = r.limit, .inward = true,
                .goals = r.goals->at[part] });
    return r;
}

/* While one home is added up those that follow are on their way here. */
enum { AHEAD = 16 };

static double weight_of(const struct around *r, const struct spot *spot,
                        const struct relation_row *row, uint32_t i)
{
    const struct spot *s = &spot[row->to[i]];
    __builtin_prefetch(&spot[row->to[i + AHEAD < row->n ? i + AHEAD : i]]);
    return s->level == ADDRESS_NONE || s->n == 0 ? 0
         : s->n * fca_weight((enum fca_measure)r->ask->measure, row->cost[row->to[i]], r->limit);
}

/* The place holds so much, or so much more or less than it did. */
static void add_place(const struct around *r, const struct anchor *from, const double supply[2],
                      double *area[2])
{
    struct relation_row row[2] = { { 0 }, { 0 } };
    const struct spot *spot[2] = { r->a->spot, r->a->spot + r->goals->first[1] };
    double demand = 0;
    for (int part = 0; part < 2; part++) {
        if (r->rows[part])
            row[part] = relation_row(r->rows[part], from);
        for (uint32_t i = 0; i < row[part].n; i++)
            demand += weight_of(r, spot[part], &row[part], i);
    }
    for (int part = 0; part < 2 && demand > 0; part++)
        for (uint32_t i = 0; i < row[part].n; i++) {
            double weight = weight_of(r, spot[part], &row[part], i) / demand;
            for (int k = 0; k < 2; k++)
                if (supply[k] != 0)
                    area[k][spot[part][row[part].to[i]].area] += weight * supply[k];
        }
}

/* What rounding leaves of nothing. */
static double or_nothing(double access)
{
    return fabs(access) < 1e-9 ? 0 : access;
}

/* --- what is kept, mended where homes or places are otherwise --- */

enum { MENDED_MAX = 1000 };              /* so that what is rounded does not add up */

static double held_now(const struct around *r, const struct site *s)
{
    return s->open && s->is.kind == r->ask->rule.kind ? s->is.supply : 0;
}

/* Homes that moved since the sums were made, and that none of them is forgotten. */
static uint64_t moves_since(const struct atlas *a, const struct shared_out *out)
{
    return a->moves - out->moves;
}

static bool is_kept(const struct atlas *a, const struct shared_out *out,
                    const struct atlas_try *ask)
{
    return out->there && out->minutes == ask->rule.minutes && out->measure == ask->measure &&
           moves_since(a, out) <= HOME_MOVES_MAX && out->mended < MENDED_MAX;
}

/* The sites that one may come to from a spot where homes came or went. */
static void mark_sites(struct atlas *a, const struct around *r, uint64_t first, bool *marked)
{
    AUTO(arena_free) struct arena mem = { 0 };
    enum profile profile = r->ask->rule.profile;
    struct anchor from[HOME_MOVES_MAX], *to = NEW(&mem, struct anchor, a->sites + 1);
    uint32_t n = 0;
    for (uint64_t i = first; i < a->moves; i++)
        from[n++] = *spot_anchor(a, &a->spot[a->moved[i % HOME_MOVES_MAX].spot], profile);
    for (size_t i = 0; i < a->sites; i++)
        to[i] = *site_anchor(&a->site[i], profile);
    struct relation near = relation_make(&mem, &(struct relation_ask){
        .net = net_for(a, profile), .limit = r->limit, .from = from, .from_n = n, .to = to,
        .to_n = (uint32_t)a->sites });
    for (size_t i = 0; i < near.first[n]; i++)
        marked[near.to[i]] = true;
}

static void moves_undo(struct atlas *a, uint64_t first, int sign)
{
    for (uint64_t i = first; i < a->moves; i++) {
        const struct home_move *m = &a->moved[i % HOME_MOVES_MAX];
        a->spot[m->spot].n += (uint32_t)(sign * m->by);
    }
}

/* What the marked sites held is taken from the sums, or what they hold is added. */
static void share_marked(const struct around *r, struct shared_out *out, const bool *marked,
                         bool again)
{
    const struct atlas *a = r->a;
    for (size_t i = 0; i < a->sites; i++) {
        double holds = again ? held_now(r, &a->site[i]) : -out->held[i];
        if (!marked[i] || holds == 0)
            continue;
        add_place(r, site_anchor(&a->site[i], r->ask->rule.profile), (const double[2]){ holds, 0 },
                  (double *[2]){ out->area, NULL });
    }
}

/*
 * A site whose elders or whose beds are otherwise is taken out as it was, with the homes that were
 * there then, and put in again as it is.
 */
static void share_mend(struct atlas *a, struct shared_out *out, const struct around *r)
{
    AUTO(arena_free) struct arena mem = { 0 };
    bool *marked = NEW(&mem, bool, a->sites + 1);
    uint64_t first = out->moves;
    out->area = widened(out->area, sizeof *out->area, a->areas + 1, &out->areas_room);
    out->held = widened(out->held, sizeof *out->held, a->sites + 1, &out->sites_room);
    for (size_t i = 0; i < a->sites; i++)
        marked[i] = out->held[i] != held_now(r, &a->site[i]);
    if (first != a->moves)
        mark_sites(a, r, first, marked);
    moves_undo(a, first, -1);
    share_marked(r, out, marked, false);
    moves_undo(a, first, 1);
    share_marked(r, out, marked, true);
    for (size_t i = 0; i < a->sites; i++)
        out->held[i] = held_now(r, &a->site[i]);
    out->moves = a->moves;
    out->mended++;
}

static void share_out(struct atlas *a, struct shared_out *out, const struct around *r)
{
    if (!is_kept(a, out, r->ask)) {
        access_end(out);
        *out = (struct shared_out){ .there = true, .minutes = r->ask->rule.minutes,
                                    .measure = r->ask->measure, .moves = a->moves };
    }
    share_mend(a, out, r);
}

void access_add(struct atlas *a, struct lens *l, const struct sharing *s, struct atlas_sum *before,
                struct atlas_sum *after)
{
    AUTO(arena_free) struct arena mem = { 0 };
    double *less = NEW(&mem, double, a->areas + 1), *more = NEW(&mem, double, a->areas + 1);
    struct around r = around_new(&mem, a, s->ask);
    share_out(a, &l->access, &r);
    for (uint32_t i = 0; i < s->n; i++)
        if (s->before[i] != s->after[i])
            add_place(&r, &s->from[i], (const double[2]){ s->before[i], s->after[i] },
                      (double *[2]){ less, more });
    for (size_t i = 0; i < a->areas; i++) {
        before[i].access = or_nothing(l->access.area[i]);
        after[i].access = or_nothing(l->access.area[i] - less[i] + more[i]);
    }
}
