/* cmd_roads_bench.c - `yike roads bench`: what searches cost on a road file. */

#include "app/cmd/cmd_roads_bench.h"

#include "base/json.h"
#include "roads/circle.h"
#include "roads/near.h"
#include "roads/route.h"

#include <stdio.h>
#include <time.h>

enum { PLACES = 100000, LIMIT_MS = 900000, ROUTE_MS = 3600000, ASKED = 20, KINDS = 16 };

struct bench {
    const struct roads *roads;
    struct arena       *mem, *once;      /* `once` is reset before each search */
    struct anchor      *home, *goal;     /* goals lie up to a kilometre north and east of homes */
    uint32_t            homes;
    struct reach       *reach;
    struct near        *near;
    uint64_t            found;           /* what the jobs count, so that none is optimised away */
};

static uint32_t random_below(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*seed >> 32) * below >> 32);
}

/* A point within 30 m of a random place along a random edge. */
static struct point random_point(const struct roads *r, uint64_t *seed)
{
    const struct edge *e = &r->edge[random_below(seed, r->edges)];
    struct point a = r->at[e->a], b = r->at[e->b];
    int64_t t = random_below(seed, 1000);
    int64_t lat = a.lat_e7 + ((int64_t)b.lat_e7 - a.lat_e7) * t / 1000;
    int64_t lon = a.lon_e7 + ((int64_t)b.lon_e7 - a.lon_e7) * t / 1000;
    return (struct point){ (int32_t)(lat + random_below(seed, 5000) - 2500),
                           (int32_t)(lon + random_below(seed, 5000) - 2500) };
}

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* --- the jobs, one home each --- */

static void do_snap(struct bench *b, uint32_t i)
{
    struct anchor made;
    b->found += roads_snap(b->roads, PROFILE_ELDER, b->home[i].home, ACCESS_M_DEFAULT, &made);
}

static void do_reach(struct bench *b, uint32_t i)
{
    reach_from(b->reach, PROFILE_ELDER, &b->home[i], LIMIT_MS);
    b->found += b->reach->settled_n;
}

static void do_circle(struct bench *b, uint32_t i)
{
    do_reach(b, i);
    b->found += circle_of(b->once, b->reach).area.points;
}

static void do_circle_json(struct bench *b, uint32_t i)
{
    struct buf out = buf_new(b->once, 16384);
    reach_from(b->reach, PROFILE_ELDER, &b->home[i], LIMIT_MS);
    struct circle circle = circle_of(b->once, b->reach);
    circle_geojson(&out, &circle);
    b->found += out.len;
}

static void ask(struct bench *b, uint32_t i, uint32_t want)
{
    uint32_t place, ms, n = 0;
    near_begin(b->near, PROFILE_ELDER, &b->home[i], LIMIT_MS, want);
    while (n < ASKED && near_next(b->near, &place, &ms))
        n++;
    b->found += n;
}

static void do_nearest(struct bench *b, uint32_t i)
{
    ask(b, i, UINT32_MAX);
}

static void do_nearest_kind(struct bench *b, uint32_t i)
{
    ask(b, i, 1);
}

static void do_route(struct bench *b, uint32_t i)
{
    struct route route;
    b->found += route_find(b->once, b->reach, PROFILE_ELDER, &b->home[i], &b->goal[i], ROUTE_MS,
                           &route);
}

static const struct { const char *name; void (*run)(struct bench *b, uint32_t i); } jobs[] = {
    { "snap a home", do_snap },
    { "search 15 minutes", do_reach },
    { "circle: search and polygon", do_circle },
    { "circle as GeoJSON", do_circle_json },
    { "nearest 20 of 100,000 places", do_nearest },
    { "nearest 20 of one kind in 16", do_nearest_kind },
    { "route of about a kilometre", do_route },
};

static void report(struct bench *b, const char *name, double us)
{
    arena_reset(b->once);
    struct buf out = buf_new(b->once, 256);
    struct json j = json_new(&out);
    json_object(&j, NULL);
    json_text(&j, "job", sv_of(name));
    json_fixed(&j, "cpu_us", (int64_t)(us * 100 + 0.5), 2);
    json_fixed(&j, "found", (int64_t)(b->found * 10 / b->homes), 1);
    json_end(&j, '}');
    printf("%.*s\n", SV_ARG(buf_sv(&out)));
}

static void run_job(struct bench *b, size_t job)
{
    for (int round = 0; round < 2; round++) {            /* the first round warms */
        b->found = 0;
        double start = cpu_s();
        for (uint32_t i = 0; i < b->homes; i++) {
            arena_reset(b->once);
            jobs[job].run(b, i);
        }
        if (round == 1)
            report(b, jobs[job].name, (cpu_s() - start) * 1e6 / b->homes);
    }
}

int roads_bench(struct ctx *c, const struct roads *r, uint32_t homes)
{
    AUTO(arena_free) struct arena once = { 0 };
    uint64_t seed = 1;
    struct bench b = { .roads = r, .mem = &c->mem, .once = &once, .homes = homes };
    b.home = NEW(&c->mem, struct anchor, homes);
    b.goal = NEW(&c->mem, struct anchor, homes);
    for (uint32_t i = 0; i < homes; i++) {
        roads_snap(r, PROFILE_ELDER, random_point(r, &seed), ACCESS_M_DEFAULT, &b.home[i]);
        struct plane around = plane_at(b.home[i].home);
        struct plane_point away = { random_below(&seed, 1000), random_below(&seed, 1000) };
        roads_snap(r, PROFILE_ELDER, plane_back(&around, away), ACCESS_M_DEFAULT, &b.goal[i]);
    }
    struct near_place *places = NEW(&c->mem, struct near_place, PLACES);
    for (uint32_t i = 0; i < PLACES; i++)
        places[i] = (struct near_place){ random_point(r, &seed), 1u << random_below(&seed, KINDS) };
    double start = cpu_s();
    struct near_index *index = near_index_build(r, places, PLACES, ACCESS_M_DEFAULT);
    b.found = (uint64_t)(PLACES - index->unplaced) * homes;
    report(&b, "snap and index 100,000 places", (cpu_s() - start) * 1e6);
    b.reach = reach_new(&c->mem, r);
    b.near = near_new(&c->mem, index);
    for (size_t job = 0; job < sizeof jobs / sizeof *jobs; job++)
        run_job(&b, job);
    near_index_free(index);
    return 0;
}
