/* count.c - elders with and without a kind of place, by scope; on foot and by radius. */

#include "care/atlas/inside.h"

#include <math.h>
#include <stdlib.h>

/* --- by radius --- */

static int by_latitude(const void *left, const void *right)
{
    const struct point *a = left, *b = right;
    if (a->lat_e7 != b->lat_e7)
        return a->lat_e7 < b->lat_e7 ? -1 : 1;
    return (a->lon_e7 > b->lon_e7) - (a->lon_e7 < b->lon_e7);
}

void points_sort(struct points_near *p)
{
    if (p->n)
        qsort(p->at, p->n, sizeof *p->at, by_latitude);
}

struct points_near sites_near(struct arena *mem, const struct atlas *a, int kind)
{
    struct points_near p = { .at = NEW(mem, struct point, a->sites + 1) };
    for (size_t i = 0; i < a->sites; i++)
        if (a->site[i].open && a->site[i].is.kind == kind)
            p.at[p.n++] = a->site[i].is.at;
    points_sort(&p);
    return p;
}

/* Only the band of places as far north and south as the radius is looked at. */
bool round_has(const struct points_near *p, struct point home, uint32_t metres)
{
    struct metric metric = metric_at(home.lat_e7);
    int32_t reach = (int32_t)ceil(metres / metric.lat_m) + 1;
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].lat_e7 < home.lat_e7 - reach)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < p->n && p->at[i].lat_e7 <= home.lat_e7 + reach; i++) {
        double east = fabs((double)lon_between(home.lon_e7, p->at[i].lon_e7)) * metric.lon_m;
        if (east <= metres + 1 && point_distance_m(home, p->at[i]) <= metres)
            return true;
    }
    return false;
}

/* --- sums --- */

static void add_spot(struct atlas_sum *sum, const struct spot *s, bool walk, bool round, bool loose)
{
    sum->level[s->level] += s->n;
    if (s->level == ADDRESS_NONE)
        return;
    sum->known += s->n;
    sum->walk += walk ? s->n : 0;
    sum->round += round ? s->n : 0;
    sum->both += walk && round ? s->n : 0;
    sum->loose += loose ? s->n : 0;
}

struct atlas_sum *sums_of(struct arena *mem, const struct atlas *a, const struct atlas_rule *rule,
                          const uint32_t *ms, const struct points_near *places)
{
    struct atlas_sum *sums = NEW(mem, struct atlas_sum, a->areas + 1);
    uint32_t limit = rule->minutes * 60000;
    for (size_t i = 0; i < a->areas; i++)
        sums[i].scope = a->area[i];
    for (size_t i = 0; i < a->spots; i++) {
        const struct spot *s = &a->spot[i];
        if (!s->n)
            continue;
        bool round = s->level != ADDRESS_NONE && round_has(places, s->at, rule->metres);
        add_spot(&sums[s->area], s, ms[i] <= limit, round,
                 spot_anchor(a, s, rule->profile)->edge == NO_EDGE);
    }
    for (size_t i = 0; i < a->sites; i++)
        sums[a->site[i].area].places += a->site[i].open && a->site[i].is.kind == rule->kind;
    return sums;
}

static int by_scope(const void *left, const void *right)
{
    const struct atlas_sum *a = left, *b = right;
    return (a->scope > b->scope) - (a->scope < b->scope);
}

struct atlas_sums sums_order(const struct atlas *a, struct atlas_sum *sums)
{
    if (a->areas)
        qsort(sums, a->areas, sizeof *sums, by_scope);
    return (struct atlas_sums){ sums, a->areas };
}

void atlas_sum_add(struct atlas_sum *to, const struct atlas_sum *from)
{
    for (int level = 0; level <= ADDRESS_DOOR; level++)
        to->level[level] += from->level[level];
    to->known += from->known;
    to->walk += from->walk;
    to->round += from->round;
    to->both += from->both;
    to->loose += from->loose;
    to->places += from->places;
    to->access += from->access;
}

struct atlas_sums atlas_count(struct arena *mem, struct atlas *a, const struct atlas_rule *rule)
{
    const struct lens *l = lens_for(a, rule);
    struct points_near places = sites_near(mem, a, rule->kind);
    return sums_order(a, sums_of(mem, a, rule, l->ms, &places));
}
