/* cmd_roads_bench_homes.c - `yike roads bench`: what is asked from one home at a time. */

#include "app/cmd/cmd_roads_bench.h"

#include "roads/circle.h"
#include "roads/near.h"
#include "roads/route.h"

enum { PLACES = 100000, ROUTE_MS = 3600000, ASKED = 20, KINDS = 16 };

struct homes {
    struct bench  *bench;
    struct anchor *home, *goal;      /* goals lie up to a kilometre north and east of homes */
    uint32_t       limit_ms;
    struct reach  *reach;
    struct near   *near;
};

/* A point within 30 m of a random place along a random edge. */
static struct point random_point(struct bench *b)
{
    const struct roads *r = b->roads;
    const struct edge *e = &r->edge[bench_random(b, r->edges)];
    struct point a = r->at[e->a], z = r->at[e->b];
    int64_t t = bench_random(b, 1000);
    int64_t lat = a.lat_e7 + ((int64_t)z.lat_e7 - a.lat_e7) * t / 1000;
    int64_t lon = a.lon_e7 + ((int64_t)z.lon_e7 - a.lon_e7) * t / 1000;
    return (struct point){ (int32_t)(lat + bench_random(b, 5000) - 2500),
                           (int32_t)(lon + bench_random(b, 5000) - 2500) };
}

/* --- the jobs, one home each; what they give goes into the checksum --- */

static uint64_t do_snap(struct homes *h, uint32_t i)
{
    struct anchor made;
    roads_snap(h->bench->roads, PROFILE_ELDER, h->home[i].home, ACCESS_M_DEFAULT, &made);
    return (uint64_t)made.edge << 32 | made.along_cm;
}

static uint64_t do_reach(struct homes *h, uint32_t i)
{
    reach_from(h->reach, PROFILE_ELDER, &h->home[i], h->limit_ms);
    return h->reach->settled_n;
}

static uint64_t do_circle(struct homes *h, uint32_t i)
{
    do_reach(h, i);
    return circle_of(h->bench->once, h->reach).area.points;
}

static uint64_t do_circle_json(struct homes *h, uint32_t i)
{
    struct buf out = buf_new(h->bench->once, 16384);
    do_reach(h, i);
    struct circle circle = circle_of(h->bench->once, h->reach);
    circle_geojson(&out, &circle);
    return out.len;
}

static uint64_t ask(struct homes *h, uint32_t i, uint32_t want)
{
    uint32_t place, ms, n = 0;
    uint64_t sum = 0;
    near_begin(h->near, PROFILE_ELDER, &h->home[i], h->limit_ms, want);
    for (; n < ASKED && near_next(h->near, &place, &ms); n++)
        sum += (uint64_t)ms << 20 | place;
    return sum;
}

static uint64_t do_nearest(struct homes *h, uint32_t i)
{
    return ask(h, i, UINT32_MAX);
}

static uint64_t do_nearest_kind(struct homes *h, uint32_t i)
{
    return ask(h, i, 1);
}

static uint64_t do_route(struct homes *h, uint32_t i)
{
    struct route route = { 0 };
    route_find(h->bench->once, h->reach, PROFILE_ELDER, &h->home[i], &h->goal[i], ROUTE_MS, &route);
    return route.ms;
}

static const struct { const char *name; uint64_t (*run)(struct homes *h, uint32_t i); } jobs[] = {
    { "snap a home", do_snap },
    { "circle search", do_reach },
    { "circle: search and polygon", do_circle },
    { "circle as GeoJSON", do_circle_json },
    { "nearest 20 of 100,000 places", do_nearest },
    { "nearest 20 of one kind in 16", do_nearest_kind },
    { "route of about a kilometre", do_route },
};

static void run_job(struct homes *h, size_t job)
{
    struct bench *b = h->bench;
    uint32_t n = b->asked->homes;
    if (!bench_wants(b, jobs[job].name))
        return;
    for (uint32_t round = 0; round < b->asked->rounds; round++) {
        b->sum = 0;
        double start = bench_cpu();
        for (uint32_t i = 0; i < n; i++) {
            arena_reset(b->once);
            bench_found(b, jobs[job].run(h, i));
        }
        double took = bench_cpu() - start;
        b->cpu_s = round == 0 || took < b->cpu_s ? took : b->cpu_s;
    }
    bench_report(b, jobs[job].name, n);
}

static struct near_index *index_places(struct bench *b)
{
    struct near_place *places = NEW(b->mem, struct near_place, PLACES);
    for (uint32_t i = 0; i < PLACES; i++)
        places[i] = (struct near_place){ random_point(b), 1u << bench_random(b, KINDS) };
    double start = bench_cpu();
    struct near_index *index = near_index_build(b->roads, places, PLACES, ACCESS_M_DEFAULT);
    b->cpu_s = bench_cpu() - start;
    bench_found(b, index->unplaced);
    if (bench_wants(b, "snap and index 100,000 places"))
        bench_report(b, "snap and index 100,000 places", PLACES);
    return index;
}

void bench_homes(struct bench *b)
{
    const uint32_t n = b->asked->homes;
    struct homes h = { .bench = b, .limit_ms = b->asked->minutes * 60000 };
    bool any = bench_wants(b, "snap and index 100,000 places");
    for (size_t job = 0; job < sizeof jobs / sizeof *jobs; job++)
        any = any || bench_wants(b, jobs[job].name);
    if (!any)
        return;
    h.home = NEW(b->mem, struct anchor, n);
    h.goal = NEW(b->mem, struct anchor, n);
    for (uint32_t i = 0; i < n; i++) {
        roads_snap(b->roads, PROFILE_ELDER, random_point(b), ACCESS_M_DEFAULT, &h.home[i]);
        struct plane around = plane_at(h.home[i].home);
        struct plane_point away = { bench_random(b, 1000), bench_random(b, 1000) };
        roads_snap(b->roads, PROFILE_ELDER, plane_back(&around, away), ACCESS_M_DEFAULT,
                   &h.goal[i]);
    }
    struct near_index *index = index_places(b);
    h.reach = reach_new(b->mem, b->roads);
    h.near = near_new(b->mem, index);
    for (size_t job = 0; job < sizeof jobs / sizeof *jobs; job++)
        run_job(&h, job);
    near_index_free(index);
}
