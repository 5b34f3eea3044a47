/*
 * try.c - as it were with some places more, fewer, elsewhere or larger.
 *
 * The places are opened and closed in the very lens that answers, the homes around are asked into
 * a copy, and then all is put back: so a question costs its neighbourhood, not the city.
 */

#include "care/atlas/inside.h"

#include "care/near/directory.h"

#include <string.h>

/* A lens remembers every place that was ever tried; then it is made anew. */
enum { TRIED_MAX = 4096 };

/* What stands with the changes: sites that are gone, and points that came, with what they hold. */
struct plan {
    const struct atlas_try *t;
    bool          *gone;                 /* of each site */
    double        *supply;               /* of each site, with the changes */
    struct anchor *came;
    struct point  *came_at;
    double        *came_supply;
    uint32_t       came_n;
};

static void come(struct atlas *a, struct plan *p, struct point at, double supply)
{
    roads_snap(a->roads, p->t->rule.profile, at, PLACE_ACCESS_M, &p->came[p->came_n]);
    p->came_at[p->came_n] = at;
    p->came_supply[p->came_n++] = supply;
}

/* True when a later change is about the same place. */
static bool outdone(const struct atlas_try *t, size_t i)
{
    if (t->change[i].act == ATLAS_OPEN)
        return false;
    for (size_t k = i + 1; k < t->n; k++)
        if (t->change[k].act != ATLAS_OPEN && t->change[k].place == t->change[i].place)
            return true;
    return false;
}

MUST static enum err plan_change(struct ctx *c, struct atlas *a, struct plan *p,
                                 const struct atlas_change *change)
{
    if (change->act == ATLAS_OPEN) {
        come(a, p, change->at, change->supply);
        return ERR_NONE;
    }
    const struct site *s = site_find(a, change->place);
    if (!s || s->is.kind != p->t->rule.kind) {
        enum err err = fail(c, ERR_INVALID, "atlas.no_place", "no open place %lld of that kind",
                            (long long)change->place);
        c->fault.arg0 = sv_fmt(&c->mem, "%lld", (long long)change->place);
        return err;
    }
    size_t site = (size_t)(s - a->site);
    if (change->act == ATLAS_ENLARGE) {
        p->supply[site] = change->supply;
        return ERR_NONE;
    }
    p->gone[site] = true;
    if (change->act == ATLAS_MOVE)
        come(a, p, change->at, change->supply > 0 ? change->supply : s->is.supply);
    return ERR_NONE;
}

MUST static enum err plan_of(struct ctx *c, struct atlas *a, const struct atlas_try *t,
                             struct plan *p)
{
    *p = (struct plan){ .t = t, .gone = NEW(&c->mem, bool, a->sites + 1),
                        .supply = NEW(&c->mem, double, a->sites + 1),
                        .came = NEW(&c->mem, struct anchor, t->n + 1),
                        .came_at = NEW(&c->mem, struct point, t->n + 1),
                        .came_supply = NEW(&c->mem, double, t->n + 1) };
    for (size_t i = 0; i < a->sites; i++)
        p->supply[i] = a->site[i].is.supply;
    for (size_t i = 0; i < t->n; i++)
        if (!outdone(t, i))
            TRY(plan_change(c, a, p, &t->change[i]));
    return ERR_NONE;
}

/* --- on foot --- */

static uint32_t *walked(struct arena *mem, struct atlas *a, struct lens *l, const struct plan *p)
{
    uint32_t *ms = NEW(mem, uint32_t, a->spots + 1);
    uint32_t *number = NEW(mem, uint32_t, p->came_n + 1);
    memcpy(ms, l->ms, a->spots * sizeof *ms);
    for (uint32_t i = 0; i < p->came_n; i++)
        number[i] = near_all_open(l->all, &p->came[i]);
    for (uint32_t i = 0; i < a->sites; i++)
        if (p->gone[i])
            lens_close(l, i);
    lens_settle(a, l, ms);
    for (uint32_t i = 0; i < p->came_n; i++)
        near_all_close(l->all, number[i]);
    for (uint32_t i = 0; i < a->sites; i++)
        if (p->gone[i])
            lens_open(a, l, i);
    lens_settle(a, l, l->ms);
    return ms;
}

static uint32_t *rounded(struct arena *mem, struct atlas *a, struct lens *l, const struct plan *p)
{
    uint32_t metres = p->t->rule.metres, *places = NEW(mem, uint32_t, a->spots + 1);
    memcpy(places, lens_round(a, l, metres), a->spots * sizeof *places);
    for (size_t i = 0; i < a->sites; i++)
        if (p->gone[i])
            round_move(a, places, a->spots, &(struct round_move){ a->site[i].is.at, -1 }, metres);
    for (uint32_t i = 0; i < p->came_n; i++)
        round_move(a, places, a->spots, &(struct round_move){ p->came_at[i], 1 }, metres);
    return places;
}

/* What was counted, with the homes for which it is otherwise now. */
static struct atlas_sum *recounted(struct arena *mem, struct atlas *a, struct lens *l,
                                   const struct plan *p, const struct atlas_sum *before)
{
    uint32_t limit = p->t->rule.minutes * 60000;
    const uint32_t *ms = walked(mem, a, l, p), *places = rounded(mem, a, l, p);
    struct atlas_sum *after = NEW(mem, struct atlas_sum, a->areas + 1);
    memcpy(after, before, a->areas * sizeof *after);
    for (size_t i = 0; i < a->spots; i++) {
        int walk = (ms[i] <= limit) - (l->ms[i] <= limit);
        int round = (places[i] > 0) - (l->round.places[i] > 0);
        if (!walk && !round)
            continue;
        const struct spot *s = &a->spot[i];
        int64_t n = s->level == ADDRESS_NONE ? 0 : s->n;
        int both = (ms[i] <= limit && places[i] > 0) -
                   (l->ms[i] <= limit && l->round.places[i] > 0);
        after[s->area].walk += walk * n;
        after[s->area].round += round * n;
        after[s->area].both += both * n;
    }
    return after;
}

/* --- what they hold, shared out --- */

static struct sharing sharing_of(struct arena *mem, const struct atlas *a, const struct plan *p)
{
    size_t room = a->sites + p->came_n + 1;
    struct sharing s = { p->t, NEW(mem, struct anchor, room), NEW(mem, double, room),
                         NEW(mem, double, room), 0 };
    for (size_t i = 0; i < a->sites; i++) {
        const struct site *site = &a->site[i];
        if (!site->open || site->is.kind != p->t->rule.kind ||
            (site->is.supply <= 0 && p->supply[i] <= 0))
            continue;
        s.from[s.n] = *site_anchor(site, p->t->rule.profile);
        s.before[s.n] = site->is.supply;
        s.after[s.n++] = p->gone[i] ? 0 : p->supply[i];
    }
    for (uint32_t i = 0; i < p->came_n; i++) {
        s.from[s.n] = p->came[i];
        s.after[s.n++] = p->came_supply[i];
    }
    return s;
}

enum err atlas_try(struct ctx *c, struct atlas *a, const struct atlas_try *t,
                   struct atlas_tried *ret_tried)
{
    struct plan p;
    struct atlas_sum *sums[2];
    TRY(plan_of(c, a, t, &p));
    struct lens *l = lens_for(a, &t->rule);
    struct sharing shared = sharing_of(&c->mem, a, &p);
    ret_tried->supply_before = ret_tried->supply_after = 0;
    for (uint32_t i = 0; i < shared.n; i++) {
        ret_tried->supply_before += shared.before[i];
        ret_tried->supply_after += shared.after[i];
    }
    sums[0] = sums_of(&c->mem, a, l, &t->rule);
    sums[1] = recounted(&c->mem, a, l, &p, sums[0]);
    access_add(a, l, &shared, sums[0], sums[1]);
    ret_tried->before = sums_order(a, sums[0]);
    ret_tried->after = sums_order(a, sums[1]);
    l->tried += t->n;
    if (l->tried > TRIED_MAX)
        lens_end(l);
    return ERR_NONE;
}
