/* serve.c - which homes each of some points would serve, by the very rule of the map. */

#include "care/atlas/inside.h"

#include "care/near/directory.h"
#include "roads/batch/relation.h"

#include <math.h>
#include <stdlib.h>

/* --- homes --- */

static bool within(const struct atlas_demand *d, int64_t scope)
{
    return scope_held(d->within, d->within_n, scope);
}

static int by_latitude(const void *left, const void *right)
{
    const struct spot *const *a = left, *const *b = right;
    if ((*a)->at.lat_e7 != (*b)->at.lat_e7)
        return (*a)->at.lat_e7 < (*b)->at.lat_e7 ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

/* Served now, by radius: asked of the places, band by band. */
static void mark_round(struct arena *mem, const struct atlas *a, struct atlas_demand *d)
{
    struct points_near places = sites_near(mem, a, d->rule.kind);
    for (uint32_t h = 0; h < d->homes; h++)
        d->home[h].served = round_has(&places, d->home[h].at, d->rule.metres);
}

void atlas_demand_of(struct arena *mem, struct atlas *a, struct atlas_demand *d)
{
    const struct lens *l = lens_for(a, &d->rule);
    d->spot = NEW(mem, const struct spot *, a->spots + 1);
    d->homes = 0;
    for (size_t i = 0; i < a->spots; i++)
        if (a->spot[i].n && a->spot[i].level != ADDRESS_NONE && within(d, a->spot[i].scope))
            d->spot[d->homes++] = &a->spot[i];
    if (d->homes)
        qsort(d->spot, d->homes, sizeof *d->spot, by_latitude);
    d->home = NEW(mem, struct atlas_home, d->homes + 1);
    for (uint32_t h = 0; h < d->homes; h++) {
        const struct spot *s = d->spot[h];
        uint32_t ms = l->ms[s - a->spot];
        d->home[h] = (struct atlas_home){ .scope = s->scope, .at = s->at, .elders = s->n, .ms = ms,
                                          .served = ms <= d->rule.minutes * 60000 };
    }
    if (d->by_round)
        mark_round(mem, a, d);
}

/* --- rows --- */

static struct relation walked(struct arena *mem, struct atlas *a, const struct atlas_demand *d,
                              const struct anchor *from, uint32_t n)
{
    struct anchor *to = NEW(mem, struct anchor, d->homes + 1);
    for (uint32_t h = 0; h < d->homes; h++)
        to[h] = *spot_anchor(a, d->spot[h], d->rule.profile);
    return relation_make(mem, &(struct relation_ask){
        .net = net_for(a, d->rule.profile), .limit = d->rule.minutes * 60000, .from = from,
        .from_n = n, .to = to, .to_n = d->homes, .inward = true });
}

static uint32_t first_from(const struct atlas_demand *d, int64_t lat_e7)
{
    uint32_t low = 0, high = d->homes;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->home[middle].at.lat_e7 < lat_e7)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct relation straight(struct arena *mem, const struct atlas_demand *d,
                                const struct point *from, uint32_t n)
{
    struct relation r = { .rows = n, .first = NEW(mem, size_t, (size_t)n + 1) };
    size_t room = 0, pairs = 0;
    for (uint32_t i = 0; i < n; i++) {
        int32_t reach = (int32_t)ceil(d->rule.metres / metric_at(from[i].lat_e7).lat_m) + 1;
        uint32_t h = first_from(d, (int64_t)from[i].lat_e7 - reach);
        for (; h < d->homes && d->home[h].at.lat_e7 <= from[i].lat_e7 + reach; h++) {
            if (point_distance_m(d->home[h].at, from[i]) > d->rule.metres)
                continue;
            r.to = GROW(mem, r.to, pairs, &room);
            r.to[pairs++] = h;
        }
        r.first[i + 1] = pairs;
    }
    return r;
}

/* Places of the kind that may lie near: those in the homes' box, widened by the farthest walk. */
static uint32_t sites_around(const struct atlas *a, const struct atlas_demand *d,
                             const struct site **ret)
{
    struct point_box box = box_none();
    uint32_t n = 0;
    for (uint32_t h = 0; h < d->homes; h++)
        box_add(&box, d->home[h].at);
    if (d->homes == 0)
        return 0;
    double top_m_s = profile_top_cm_s(d->rule.profile) / 100.0;
    double reach = d->by_round ? d->rule.metres : d->rule.minutes * 60 * (top_m_s + 2);
    struct point_box low = box_around(box.low, reach), high = box_around(box.high, reach);
    box.low = low.low;
    box.high = high.high;
    for (size_t i = 0; i < a->sites; i++)
        if (a->site[i].open && a->site[i].is.kind == d->rule.kind
            && box_holds(&box, a->site[i].is.at))
            ret[n++] = &a->site[i];
    return n;
}

/* The rows that matter: all points, and of the places those that have anybody. */
static void keep_rows(struct arena *mem, const struct relation *all, const struct site **site,
                      uint32_t sites, struct atlas_served *s)
{
    size_t at = all->first[s->points];
    s->first = NEW(mem, size_t, s->points + sites + 1);
    s->site = NEW(mem, struct atlas_site, sites + 1);
    s->home = all->to;
    for (uint32_t i = 0; i <= s->points; i++)
        s->first[i] = all->first[i];
    for (uint32_t k = 0; k < sites; k++) {
        size_t end = all->first[s->points + k + 1];
        if (end == at)
            continue;
        s->site[s->sites] = site[k]->is;
        s->site[s->sites++].name = sv_copy(mem, site[k]->is.name);
        s->first[s->points + s->sites] = at = end;
    }
}

struct atlas_served atlas_serve(struct arena *mem, struct atlas *a, const struct atlas_demand *d,
                                const struct point *at, uint32_t n)
{
    struct atlas_served s = { .points = n, .loose = NEW(mem, bool, n + 1) };
    const struct site **site = NEW(mem, const struct site *, a->sites + 1);
    uint32_t sites = sites_around(a, d, site);
    struct anchor *from = NEW(mem, struct anchor, n + sites + 1);
    struct point *point = NEW(mem, struct point, n + sites + 1);
    for (uint32_t i = 0; i < n; i++) {
        s.loose[i] = !roads_snap(a->roads, d->rule.profile, at[i], PLACE_ACCESS_M, &from[i]);
        point[i] = at[i];
    }
    for (uint32_t k = 0; k < sites; k++) {
        from[n + k] = *site_anchor(site[k], d->rule.profile);
        point[n + k] = site[k]->is.at;
    }
    struct relation all = d->by_round ? straight(mem, d, point, n + sites)
                                      : walked(mem, a, d, from, n + sites);
    keep_rows(mem, &all, site, sites, &s);
    return s;
}

/* --- what stands, and where one may stand --- */

struct atlas_site *atlas_sites_in(struct arena *mem, const struct atlas *a,
                                  const struct atlas_demand *d, size_t *ret_n)
{
    struct atlas_site *out = NEW(mem, struct atlas_site, a->sites + 1);
    size_t n = 0;
    for (size_t i = 0; i < a->sites; i++)
        if (a->site[i].open && within(d, a->site[i].is.scope)) {
            out[n] = a->site[i].is;
            out[n].name = sv_copy(mem, out[n].name);
            n++;
        }
    *ret_n = n;
    return out;
}

bool atlas_street_near(const struct atlas *a, struct point at, double max_m,
                       struct point *ret_at)
{
    struct anchor walk, wheel;
    if (!near_join(a->roads, at, max_m, &walk, &wheel))
        return false;
    *ret_at = walk.at;
    return true;
}
