/*
 * cmd_roads_bench_city.c - `yike roads bench`: what is asked of a whole city at once.
 *
 * Facilities are random points of the net, a point's population is 0 to 59, and everybody walks
 * at one speed: whole milliseconds for each street's length.
 */

#include "app/cmd/cmd_roads_bench.h"

#include "roads/batch/near_all.h"
#include "roads/batch/reach_all.h"
#include "roads/batch/relation.h"
#include "roads/batch/search.h"

#include "roads/hierarchy/matrix.h"

struct city {
    struct bench    *bench;
    struct net      *net;
    struct anchor   *point, *place, *from, *to;  /* place: places; from, to: of the matrix */
    struct net_spot *spot;
    uint32_t         points, *people;
    uint32_t         limit_ms, near_ms;
};

/* --- jobs: each round leaves its CPU time and its checksum --- */

static void make_net(struct city *c)
{
    struct bench *b = c->bench;
    struct pace pace = { PROFILE_STANDARD, PACE_SPEED, b->asked->cm_s };
    uint32_t limit = c->near_ms > c->limit_ms ? c->near_ms : c->limit_ms;
    net_free(c->net);
    double start = bench_cpu();
    c->net = net_make(b->roads, pace, limit);
    b->cpu_s = bench_cpu() - start;
    bench_found(b, c->net->arcs);
}

static void make_points(struct city *c)
{
    struct bench *b = c->bench;
    double start = bench_cpu();
    c->point = net_points(b->mem, c->net, b->asked->shape, &c->points);
    c->spot = net_spots(b->mem, c->net, c->point, c->points);
    b->cpu_s = bench_cpu() - start;
    bench_found(b, c->points);
}

static void near_every_point(struct city *c)
{
    struct bench *b = c->bench;
    const uint32_t k = b->asked->k;
    near_entry *out = NEW(b->once, near_entry, (size_t)c->points * k);
    double start = bench_cpu();
    struct near_all *all = near_all_new(c->net, k, c->near_ms);
    near_all_open_many(all, c->place, b->asked->places);
    near_all_ask_spots(all, c->spot, c->point, c->points, out);
    b->cpu_s = bench_cpu() - start;
    for (size_t i = 0; i < (size_t)c->points * k; i++)
        bench_found(b, out[i]);
    near_all_free(all);
}

static void reach_every_point(struct city *c)
{
    struct bench *b = c->bench;
    struct reach_all q = { .net = c->net, .limit = c->limit_ms, .from = c->point, .to = c->point,
                           .from_n = c->points, .to_n = c->points, .weight = c->people,
                           .lanes = b->asked->lanes };
    uint32_t *sum = NEW(b->once, uint32_t, c->points);
    double start = bench_cpu();
    reach_all(b->once, &q, sum);
    b->cpu_s = bench_cpu() - start;
    for (uint32_t i = 0; i < c->points; i++)
        bench_found(b, sum[i]);
}

/* The search alone: all junctions within the limit of `from`, one after another. */
static void circles(struct city *c)
{
    struct bench *b = c->bench;
    struct search *s = search_new(b->once, c->net, false);
    double start = bench_cpu();
    for (uint32_t i = 0; i < b->asked->matrix; i++) {
        search_begin(s, c->limit_ms);
        search_seed_from(s, c->net, &c->from[i]);
        search_run(s);
        bench_found(b, s->touched_n);
        search_clear(s);
    }
    b->cpu_s = bench_cpu() - start;
}

static void bounded_matrix(struct city *c)
{
    struct bench *b = c->bench;
    const uint32_t n = b->asked->matrix;
    uint32_t *cost = NEW(b->once, uint32_t, (size_t)n * n);
    struct relation_ask q = { .net = c->net, .limit = c->limit_ms, .from = c->from, .from_n = n,
                              .to = c->to, .to_n = n };
    double start = bench_cpu();
    relation_table(b->once, &q, cost);
    b->cpu_s = bench_cpu() - start;
    for (size_t i = 0; i < (size_t)n * n; i++)
        bench_found(b, cost[i]);
}

/* Each facility in turn closes and opens again beside its old self. */
static void open_and_close(struct city *c)
{
    struct bench *b = c->bench;
    const uint32_t n = b->asked->places < 200 ? b->asked->places : 200;
    near_entry row[64];
    struct near_all *all = near_all_new(c->net, b->asked->k, c->near_ms);
    near_all_open_many(all, c->place, b->asked->places);
    double start = bench_cpu();
    for (uint32_t i = 0; i < n; i++) {
        near_all_close(all, i);
        near_all_open(all, &c->place[i]);
    }
    b->cpu_s = bench_cpu() - start;
    for (uint32_t i = 0; i < c->points; i++)
        bench_found(b, near_all_ask(all, &c->point[i], row));
    near_all_free(all);
}

static const struct { const char *name; void (*run)(struct city *c); } jobs[] = {
    { "nearest places of every point", near_every_point },
    { "people within reach of every point", reach_every_point },
    { "circle search on the net", circles },
    { "matrix within the limit", bounded_matrix },
    { "a place closes and one opens", open_and_close },
};

static uint64_t things(const struct city *c, size_t job)
{
    const struct bench_options *o = c->bench->asked;
    const uint64_t n[] = { c->points, c->points, o->matrix, (uint64_t)o->matrix * o->matrix,
                           o->places < 200 ? o->places : 200 };
    return n[job];
}

/* --- the city --- */

static struct anchor *some_points(struct city *c, uint32_t n)
{
    struct anchor *some = NEW(c->bench->mem, struct anchor, n);
    for (uint32_t i = 0; i < n; i++)
        some[i] = c->point[bench_random(c->bench, c->points)];
    return some;
}

static void run_job(struct city *c, size_t job)
{
    struct bench *b = c->bench;
    double least = 0;
    if (!bench_wants(b, jobs[job].name))
        return;
    for (uint32_t round = 0; round < b->asked->rounds; round++) {
        arena_reset(b->once);
        b->sum = 0;
        jobs[job].run(c);
        least = round == 0 || b->cpu_s < least ? b->cpu_s : least;
    }
    b->cpu_s = least;
    bench_report(b, jobs[job].name, things(c, job));
}

/* Made once: it is what the first table without limit waits for. */
static void unbounded_matrix(struct city *c)
{
    struct bench *b = c->bench;
    const uint32_t n = b->asked->matrix;
    if (!bench_wants(b, "make the hierarchy") && !bench_wants(b, "matrix without limit"))
        return;
    arena_reset(b->once);
    double start = bench_cpu(), least = 0;
    struct net *net = net_make(b->roads, c->net->pace, NET_COST_MAX);
    struct hierarchy *h = hierarchy_make(net);
    b->cpu_s = bench_cpu() - start;
    bench_found(b, h->up.first[h->nodes]);
    bench_report(b, "make the hierarchy", h->nodes);
    uint32_t *cost = NEW(b->mem, uint32_t, (size_t)n * n);
    struct matrix_ask q = { h, c->from, c->to, n, n, b->asked->lanes };
    for (uint32_t round = 0; round < b->asked->rounds; round++) {
        arena_reset(b->once);
        start = bench_cpu();
        matrix_make(b->once, &q, cost);
        double took = bench_cpu() - start;
        least = round == 0 || took < least ? took : least;
    }
    b->cpu_s = least;
    for (size_t i = 0; i < (size_t)n * n; i++)
        bench_found(b, cost[i]);
    bench_report(b, "matrix without limit", (uint64_t)n * n);
    hierarchy_free(h);
    net_free(net);
}

void bench_city(struct bench *b)
{
    const struct bench_options *o = b->asked;
    struct city c = { .bench = b, .limit_ms = o->minutes * 60000,
                      .near_ms = (uint32_t)((uint64_t)o->metres * 100000 / o->cm_s) };
    make_net(&c);
    bench_report(b, "make the net", c.net->states);
    make_points(&c);
    bench_report(b, "find every point", c.points);
    if (c.points == 0)
        return;
    c.place = some_points(&c, o->places);
    c.from = some_points(&c, o->matrix);
    c.to = some_points(&c, o->matrix);
    c.people = NEW(b->mem, uint32_t, c.points);
    for (uint32_t i = 0; i < c.points; i++)
        c.people[i] = bench_random(b, 60);
    for (size_t job = 0; job < sizeof jobs / sizeof *jobs; job++)
        run_job(&c, job);
    unbounded_matrix(&c);
    net_free(c.net);
}
