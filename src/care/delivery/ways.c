/*
 * ways.c - how long it takes from door to door: by the streets in service on foot or on wheels; a
 * home on no street, or a house without streets, by buildings: so many minutes to another building,
 * one within, and the order of buildings is the shortest.
 */

#include "care/delivery/round.h"
#include "care/near/walk.h"
#include "roads/roads.h"

enum { LEG_LIMIT_M = 6000, DOOR_TO_DOOR_S = 30, SAME_BUILDING_S = 60, UNREACHED_S = 100000 };

enum { BY_FOOT, BY_BICYCLE, BY_EBIKE, BY_CAR_ROAD, ROUND_WAYS };

/* A bicycle goes where an e-bike goes, a third slower. */
static const struct { enum profile profile; int32_t parts; } travelled[ROUND_WAYS] = {
    [BY_FOOT] = { PROFILE_STANDARD, 3 }, [BY_BICYCLE] = { PROFILE_EBIKE, 4 },
    [BY_EBIKE] = { PROFILE_EBIKE, 3 },   [BY_CAR_ROAD] = { PROFILE_CAR, 3 },
};

int round_way(int travel)
{
    return travel == TRAVEL_BICYCLE ? BY_BICYCLE
           : travel == TRAVEL_EBIKE ? BY_EBIKE
           : travel == TRAVEL_CAR   ? BY_CAR_ROAD
                                    : BY_FOOT;
}

/* "柳荫里12号楼1单元" as far as the building: doors behind it are in one house. */
static struct sv building_of(struct sv address)
{
    static const char *const ends[] = { "号楼", "栋", "楼" };
    for (size_t at = 0; at < address.len; at++)
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (sv_starts(sv_from(address, at), sv_of(ends[i])))
                return sv_head(address, at);
    return (struct sv){ address.at, 0 };
}

static bool one_building(const struct going *a, const struct going *b)
{
    struct sv at = building_of(a->order.for_address);
    return at.len && sv_eq(at, building_of(b->order.for_address));
}

/* Rows and columns: the kitchen, then the doors in their order. */
static void by_buildings(const struct round *r, size_t from, size_t to, int32_t *time,
                         int32_t *cost)
{
    bool house = from && to && one_building(&r->go[from - 1], &r->go[to - 1]);
    int32_t gap = from && to ? (int32_t)(from > to ? from - to + 1 : to - from) : 0;
    *time = house ? SAME_BUILDING_S : (int32_t)r->leg_min * 60;
    *cost = *time + gap;
}

/* No way on wheels is longer than pushing them all the way. */
static void fill(const struct round *r, int32_t parts, const uint32_t *ms, int32_t *time,
                 int32_t *cost)
{
    size_t wide = r->n + 1;
    for (size_t i = 0; i < wide; i++)
        for (size_t k = 0; k < wide; k++) {
            bool off = (i && r->go[i - 1].off_map) || (k && r->go[k - 1].off_map);
            int32_t *t = &time[i * wide + k], *price = &cost[i * wide + k];
            *t = *price = 0;
            if (i == k)
                continue;
            if (off || !r->streets) {
                by_buildings(r, i, k, t, price);
                continue;
            }
            uint32_t one = ms[i * wide + k];
            *t = one == NOT_REACHED ? UNREACHED_S
                                    : (int32_t)((uint64_t)one * (uint64_t)parts / 3000);
            if (i && k && *t < DOOR_TO_DOOR_S)
                *t = DOOR_TO_DOOR_S;
            *price = *t;
        }
}

static bool used(const struct round *r, int way)
{
    for (int b = 0; b < r->trips.bearers_n; b++)
        if (r->trips.bearers[b].ways == way)
            return true;
    return false;
}

/* Off the map is who is joined to no street on foot: wheels are left there and pushed. */
MUST static enum err streets_asked(struct ctx *c, struct round *r, struct point *at, uint32_t *ms)
{
    size_t wide = r->n + 1;
    struct ways_asked q = { .profile = PROFILE_STANDARD, .points = at, .n = wide,
                            .limit_m = LEG_LIMIT_M, .ms = ms };
    at[0] = (struct point){ (int32_t)r->place.lat.e7, (int32_t)r->place.lon.e7 };
    for (size_t i = 0; i < r->n; i++)
        at[i + 1] = r->go[i].at;
    TRY(way_times(c, &q));
    r->streets = q.streets && ms[0] != NOT_REACHED;
    for (size_t i = 0; i < r->n; i++)
        r->go[i].off_map = !r->streets || ms[(i + 1) * wide + i + 1] == NOT_REACHED ||
                           ms[i + 1] == NOT_REACHED;
    return ERR_NONE;
}

MUST static enum err way_make(struct ctx *c, struct round *r, int way, const struct point *at,
                              uint32_t *ms, struct trip_ways *ret_ways)
{
    size_t wide = r->n + 1;
    int32_t *time = NEW(&c->mem, int32_t, wide * wide), *cost = NEW(&c->mem, int32_t, wide * wide);
    struct ways_asked q = { .profile = travelled[way].profile, .points = at, .n = wide,
                            .limit_m = LEG_LIMIT_M, .ms = ms };
    if (r->streets)
        TRY(way_times(c, &q));
    fill(r, travelled[way].parts, ms, time, cost);
    *ret_ways = (struct trip_ways){ time, cost };
    return ERR_NONE;
}

enum err round_ways(struct ctx *c, struct round *r)
{
    size_t wide = r->n + 1;
    struct point *at = NEW(&c->mem, struct point, wide);
    uint32_t *ms = NEW(&c->mem, uint32_t, wide * wide);
    struct trip_ways *ways = NEW(&c->mem, struct trip_ways, ROUND_WAYS);
    int first = -1;
    TRY(streets_asked(c, r, at, ms));
    for (int w = 0; w < ROUND_WAYS; w++) {
        if (!used(r, w))
            continue;
        TRY(way_make(c, r, w, at, ms, &ways[w]));
        first = first < 0 ? w : first;
    }
    for (int w = 0; w < ROUND_WAYS; w++)                 /* nobody goes so: any table does */
        if (!ways[w].time)
            ways[w] = ways[first];
    r->trips.ways = ways;
    r->trips.ways_n = ROUND_WAYS;
    return ERR_NONE;
}
