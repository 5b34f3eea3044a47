/* count.c - elders with and without a kind of place, by scope; on foot and by radius. */

#include "care/atlas/inside.h"

#include <stdlib.h>
#include <string.h>

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

/* Never less than the radius, north and south and to the sides: what is within is measured. */
struct span { int64_t lat, lon; };
static struct span span_of(struct point at, uint32_t metres)
{
    enum { POLAR_E7 = 800000000 };
    struct metric metric = metric_at(at.lat_e7);
    bool polar = at.lat_e7 > POLAR_E7 || at.lat_e7 < -POLAR_E7;
    return (struct span){ (int64_t)(metres * 1.001 / metric.lat_m) + 2,
                          polar ? LON_ALL_E7 : (int64_t)(metres * 1.02 / metric.lon_m) + 2 };
}

/* Only the band of places as far north and south as the radius is looked at. */
static uint32_t round_count(const struct points_near *p, struct point home, uint32_t metres,
                            uint32_t most)
{
    struct span span = span_of(home, metres);
    uint32_t n = 0;
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].lat_e7 < home.lat_e7 - span.lat)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < p->n && p->at[i].lat_e7 <= home.lat_e7 + span.lat && n < most; i++) {
        int64_t east = lon_between(home.lon_e7, p->at[i].lon_e7);
        n += east <= span.lon && east >= -span.lon && point_distance_m(home, p->at[i]) <= metres;
    }
    return n;
}

bool round_has(const struct points_near *p, struct point home, uint32_t metres)
{
    return round_count(p, home, metres, 1) > 0;
}

/* --- how many of them lie within the radius of each spot --- */

void round_end(struct round *r)
{
    block_free(r->places);
    *r = (struct round){ 0 };
}

void round_note(struct lens *l, struct point at, int by)
{
    if (l->round.moves < ROUND_MOVES_MAX)
        l->round.move[l->round.moves] = (struct round_move){ at, by };
    l->round.moves++;
}

void round_move(const struct atlas *a, uint32_t *places, size_t n, const struct round_move *m,
                uint32_t metres)
{
    struct span span = span_of(m->at, metres);
    for (size_t i = 0; i < n; i++) {
        int64_t north = (int64_t)a->spot_at[i].lat_e7 - m->at.lat_e7;
        if (north > span.lat || north < -span.lat)
            continue;
        int64_t east = lon_between(m->at.lon_e7, a->spot_at[i].lon_e7);
        if (east <= span.lon && east >= -span.lon && a->spot[i].level != ADDRESS_NONE &&
            point_distance_m(a->spot_at[i], m->at) <= metres)
            places[i] += (uint32_t)m->by;
    }
}

const uint32_t *lens_round(struct atlas *a, struct lens *l, uint32_t metres)
{
    AUTO(arena_free) struct arena mem = { 0 };
    struct round *r = &l->round;
    if (r->metres != metres || r->moves > ROUND_MOVES_MAX)
        r->spots = 0;
    for (size_t i = 0; i < r->moves && r->spots; i++)
        round_move(a, r->places, r->spots, &r->move[i], metres);
    r->moves = 0;
    r->metres = metres;
    if (r->spots == a->spots && r->places)
        return r->places;
    if (a->spots >= r->room) {
        r->room = a->spots + a->spots / 2 + 1;
        r->places = block_resize(r->places, r->room * sizeof *r->places);
    }
    struct points_near near = sites_near(&mem, a, l->kind);
    for (; r->spots < a->spots; r->spots++)
        r->places[r->spots] = a->spot[r->spots].level == ADDRESS_NONE ? 0
                            : round_count(&near, a->spot_at[r->spots], metres, UINT32_MAX);
    return r->places;
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

static void count_all(const struct atlas *a, const struct lens *l, const struct atlas_rule *rule,
                      const uint32_t *round, struct atlas_sum *sums)
{
    uint32_t limit = rule->minutes * 60000;
    for (size_t i = 0; i < a->areas; i++)
        sums[i].scope = a->area[i];
    for (size_t i = 0; i < a->spots; i++) {
        const struct spot *s = &a->spot[i];
        if (s->n)
            add_spot(&sums[s->area], s, l->ms[i] <= limit, round[i] > 0,
                     spot_anchor(a, s, rule->profile)->edge == NO_EDGE);
    }
    for (size_t i = 0; i < a->sites; i++)
        sums[a->site[i].area].places += a->site[i].open && a->site[i].is.kind == rule->kind;
}

void counted_end(struct counted *c)
{
    block_free(c->sum);
    *c = (struct counted){ 0 };
}

/* Asked again with nothing stirred (tiles of one map, next pages), it is not counted again. */
struct atlas_sum *sums_of(struct arena *mem, struct atlas *a, struct lens *l,
                          const struct atlas_rule *rule)
{
    struct counted *c = &l->counted;
    struct atlas_sum *sums = NEW(mem, struct atlas_sum, a->areas + 1);
    if (c->stirred != a->stirred + 1 || c->minutes != rule->minutes ||
        c->metres != rule->metres || c->areas != a->areas) {
        const uint32_t *round = lens_round(a, l, rule->metres);
        counted_end(c);
        *c = (struct counted){ a->stirred + 1, rule->minutes, rule->metres,
                               block_take((a->areas + 1) * sizeof *c->sum), a->areas };
        count_all(a, l, rule, round, c->sum);
    }
    memcpy(sums, c->sum, a->areas * sizeof *sums);
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
    return sums_order(a, sums_of(mem, a, lens_for(a, rule), rule));
}
