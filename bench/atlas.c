/*
 * atlas.c - the planning map over a city, without its register: bench-atlas CITY.roads [ELDERS
 * [PLACES]]
 *
 * So many elders (1,000,000), each at a point of her own within sixty metres of a street, in
 * communities of some 700 by where they live; so many places (16,000) of eight kinds, of which
 * stations are asked for. Prints a JSON line for each question: CPU, wall, sum. Reading the
 * register comes on top of the first: `yike demo --size district` shows how much.
 */

#include "care/atlas/inside.h"

#include "roads/access/fca.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { KINDS = 8, MINUTES = 15, METRES = 1500, PER_COMMUNITY = 700 };
#define CITY INT64_C(990100000000)

static uint64_t dice = 1;

static uint32_t below(uint32_t n)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((dice >> 33) % n);
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* One question: from begin() to tell(). */
static double cpu, wall;

static void begin(void)
{
    cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    wall = now(CLOCK_MONOTONIC);
}

static void tell(const char *job, const struct atlas_sums *sums)
{
    double cpu_s = now(CLOCK_PROCESS_CPUTIME_ID) - cpu, wall_s = now(CLOCK_MONOTONIC) - wall;
    struct atlas_sum all = { 0 };
    struct rusage use;
    for (size_t i = 0; sums && i < sums->n; i++)
        atlas_sum_add(&all, &sums->at[i]);
    getrusage(RUSAGE_SELF, &use);
    printf("{\"job\":\"%s\",\"cpu_ms\":%.1f,\"wall_ms\":%.1f,\"known\":%lld,\"walk\":%lld,"
           "\"round\":%lld,\"access\":%.3f,\"rss_mb\":%ld}\n", job, cpu_s * 1e3, wall_s * 1e3,
           (long long)all.known, (long long)all.walk, (long long)all.round, all.access,
           use.ru_maxrss / 1024);
    fflush(stdout);
}

/* --- the city --- */

static struct point some_point(const struct roads *r, int32_t spread_e7)
{
    struct point at = r->at[below(r->junctions)];
    at.lat_e7 += (int32_t)below((uint32_t)spread_e7) - spread_e7 / 2;
    at.lon_e7 += (int32_t)below((uint32_t)spread_e7) - spread_e7 / 2;
    return at;
}

/* Squares of the ground as communities, so that neighbours are of one. */
static int64_t scope_at(const struct roads *r, struct point at, uint32_t side)
{
    double span = (double)r->box.high.lat_e7 - r->box.low.lat_e7 + 1;
    double wide = (double)lon_between(r->box.low.lon_e7, r->box.high.lon_e7) + 1;
    double y = ((double)at.lat_e7 - r->box.low.lat_e7) / span;
    double x = (double)lon_between(r->box.low.lon_e7, at.lon_e7) / wide;
    uint32_t row = (uint32_t)(fmin(fmax(y, 0), 0.9999) * side);
    uint32_t column = (uint32_t)(fmin(fmax(x, 0), 0.9999) * side);
    uint32_t nth = row * side + column;
    return CITY + (int64_t)(nth / 900 + 1) * 1000 + nth % 900 + 1;
}

static struct atlas_site site_of(const struct roads *r, int64_t id, int kind, uint32_t side)
{
    struct atlas_site s = { .id = id, .at = some_point(r, 4000), .kind = kind,
                            .supply = 10 + below(90), .name = SV("站") };
    s.scope = scope_at(r, s.at, side);
    return s;
}

static void fill(struct atlas *a, const struct roads *r, uint32_t elders, uint32_t places,
                 uint32_t side)
{
    for (uint32_t i = 1; i <= elders; i++) {
        struct point at = some_point(r, 12000);
        home_put(a, i, scope_at(r, at, side), at, ADDRESS_DOOR);
    }
    for (uint32_t i = 1; i <= places; i++) {
        struct atlas_site s = site_of(r, i, (int)(i % KINDS), side);
        site_put(a, &s);
    }
}

/* --- the questions --- */

static void ask(struct atlas *a, const char *job, const struct atlas_rule *rule)
{
    AUTO(arena_free) struct arena mem = { 0 };
    begin();
    struct atlas_sums sums = atlas_count(&mem, a, rule);
    tell(job, &sums);
}

static void ask_what_if(struct atlas *a, const char *job, const struct atlas_try *t)
{
    static struct ctx c;
    struct atlas_tried tried;
    begin();
    if (atlas_try(&c, a, t, &tried) != ERR_NONE)
        fprintf(stderr, "bench-atlas: %.*s\n", SV_ARG(c.fault.log));
    else
        tell(job, &tried.after);
    arena_reset(&c.mem);
}

static void ask_all(struct atlas *a, const struct roads *r, uint32_t places, uint32_t side)
{
    struct atlas_rule elder = { 1, PROFILE_ELDER, MINUTES, METRES }, twenty = elder, ebike = elder;
    struct atlas_site s = site_of(r, places + 1, 1, side);
    struct atlas_change change[] = { { ATLAS_OPEN, 0, some_point(r, 4000), 60 },
                                     { ATLAS_CLOSE, 1, { 0, 0 }, 0 },
                                     { ATLAS_MOVE, 9, some_point(r, 4000), 0 },
                                     { ATLAS_ENLARGE, 17, { 0, 0 }, 200 } };
    twenty.minutes = 20;
    ebike.profile = PROFILE_EBIKE;
    ask(a, "first question", &elder);
    ask(a, "the same again", &elder);
    ask(a, "20 minutes", &twenty);
    ask_what_if(a, "what if four change: the first",
                &(struct atlas_try){ elder, FCA_E2SFCA, change, 4 });
    ask_what_if(a, "what if four change: the next",
                &(struct atlas_try){ elder, FCA_E2SFCA, change, 4 });
    ask_what_if(a, "what if one opens", &(struct atlas_try){ elder, FCA_E2SFCA, change, 1 });
    site_put(a, &s);
    ask(a, "after a place opened", &elder);
    s.at = some_point(r, 4000);
    site_put(a, &s);
    ask(a, "after it moved", &elder);
    site_drop(a, (size_t)(site_find(a, s.id) - a->site));
    ask(a, "after it closed", &elder);
    ask_what_if(a, "what if, after that", &(struct atlas_try){ elder, FCA_E2SFCA, change, 4 });
    struct point at = some_point(r, 12000);
    home_put(a, 1, scope_at(r, at, side), at, ADDRESS_DOOR);
    ask(a, "after an elder moved", &elder);
    ask_what_if(a, "what if, after that too", &(struct atlas_try){ elder, FCA_E2SFCA, change, 4 });
    ask(a, "by e-bike, first", &ebike);
}

int main(int argc, char **argv)
{
    static struct ctx c;
    static struct arena mem;
    struct roads roads = { 0 };
    int64_t elders = 1000000, places = 16000;
    if (argc < 2 || argc > 4 || (argc > 2 && !sv_int(sv_of(argv[2]), 1, 20000000, &elders)) ||
        (argc > 3 && !sv_int(sv_of(argv[3]), 100, 1000000, &places))) {
        fprintf(stderr, "usage: bench-atlas CITY.roads [ELDERS [PLACES]]\n");
        return 2;
    }
    if (roads_open(&c, argv[1], &roads) != ERR_NONE) {
        fprintf(stderr, "bench-atlas: %.*s\n", SV_ARG(c.fault.log));
        return 1;
    }
    uint32_t side = (uint32_t)sqrt((double)elders / PER_COMMUNITY) + 1;
    struct atlas *a = atlas_new(&mem);
    a->roads = &roads;
    begin();
    fill(a, &roads, (uint32_t)elders, (uint32_t)places, side);
    tell("filling it", NULL);
    ask_all(a, &roads, (uint32_t)places, side);
    a->roads = NULL;                         /* held by no slot */
    atlas_end(a);
    roads_close(&roads);
    arena_free(&mem);
    return 0;
}
