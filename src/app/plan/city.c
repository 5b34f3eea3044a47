/* city.c - where to build in a city: tables and streets made a siting problem, and solved. */

#include "app/plan/city.h"

#include "app/cmd/command.h"

#include <stdio.h>
#include <string.h>

enum points_state city_state(const struct points *t, uint32_t row)
{
    return t->state ? (enum points_state)t->state[row] : POINTS_FREE;
}

/* --- tables and ways --- */

static enum err read_tables(struct city *q)
{
    struct city_ask *a = q->ask;
    int threads = planner_parts(&a->planner);
    TRY(points_read(q->c, a->planner.homes, POINTS_HOMES, a->planner.datum, threads, &q->homes));
    TRY(points_read(q->c, a->candidates, POINTS_PLACES, a->planner.datum, threads,
                    &q->candidates.table));
    if (a->planner.places)
        TRY(points_read(q->c, a->planner.places, POINTS_PLACES, a->planner.datum, threads,
                        &q->places.table));
    if (q->candidates.table.n > SITES_MAX)
        return fail(q->c, ERR_TOO_LARGE, "plan.table", "%s: %u candidates, at most %d",
                    a->candidates, q->candidates.table.n, SITES_MAX);
    q->kinds = q->candidates.table.kinds_n;
    q->kind = q->candidates.table.kinds;
    if ((uint64_t)q->kinds * q->homes.n > CLIENTS_MAX * 8ull)
        return fail(q->c, ERR_TOO_LARGE, "plan.table", "%s: %u homes times %u kinds, at most %llu",
                    a->planner.homes, q->homes.n, q->kinds, CLIENTS_MAX * 8ull);
    return ERR_NONE;
}

static void find_ways(struct city *q)
{
    struct planner *p = &q->ask->planner;
    q->limit_ms = planner_limit_ms(p, 15);
    struct net *net = planner_net(p, q->limit_ms);
    struct anchor *home = planner_snap(p, &q->homes);
    struct city_sites *both[] = { &q->candidates, &q->places };
    for (int k = 0; k < 2; k++)
        both[k]->near = relation_make(&q->c->mem, &(struct relation_ask){
            .net = net, .limit = q->limit_ms, .from = planner_snap(p, &both[k]->table),
            .from_n = both[k]->table.n, .to = home, .to_n = q->homes.n, .inward = true });
    net_free(net);
}

/* --- what stands already --- */

static void note_near(const struct city *q, uint32_t *times, const struct relation *near,
                      uint32_t row, uint32_t kind)
{
    uint32_t *time = times + (size_t)kind * q->homes.n;
    for (size_t k = near->first[row]; k < near->first[row + 1]; k++)
        if (near->cost[k] < time[near->to[k]])
            time[near->to[k]] = near->cost[k];
}

static void look_before(struct city *q)
{
    size_t n = (size_t)q->kinds * q->homes.n;
    const struct points *places = &q->places.table;
    q->before = NEW(&q->c->mem, uint32_t, n);
    q->after = NEW(&q->c->mem, uint32_t, n);
    memset(q->before, 0xFF, n * sizeof *q->before);
    q->place_kind = NEW(&q->c->mem, uint8_t, places->n);
    for (uint32_t i = 0; i < places->n; i++) {
        uint8_t kind = 0;
        while (kind < q->kinds && !sv_eq(q->kind[kind], places->kinds[places->kind[i]]))
            kind++;
        q->place_kind[i] = kind;
        if (kind < q->kinds)
            note_near(q, q->before, &q->places.near, i, kind);
    }
    for (uint32_t i = 0; i < q->candidates.table.n; i++)
        if (city_state(&q->candidates.table, i) == POINTS_EXISTING)
            note_near(q, q->before, &q->candidates.near, i, q->candidates.table.kind[i]);
}

static void look_after(struct city *q)
{
    memcpy(q->after, q->before, (size_t)q->kinds * q->homes.n * sizeof *q->after);
    for (uint32_t i = 0; i < q->candidates.table.n; i++)
        if (q->answer.open[i])
            note_near(q, q->after, &q->candidates.near, i, q->candidates.table.kind[i]);
}

/* --- divisions --- */

static enum err pick_level(struct city *q)
{
    q->level = POINTS_LEVELS;
    for (uint32_t level = POINTS_LEVELS; level-- > 0;)
        if (q->homes.area_of[level]
            && (!q->ask->level || strcmp(points_levels[level], q->ask->level) == 0))
            q->level = level;
    if (q->level == POINTS_LEVELS && (q->ask->level || q->ask->equity > 0 || q->ask->divisions))
        return fail(q->c, ERR_INVALID, "plan.table", "%s: line 1: there is no column %s",
                    q->ask->planner.homes,
                    q->ask->level ? q->ask->level : "community, street or district");
    q->areas = q->level < POINTS_LEVELS ? q->homes.areas[q->level] : 0;
    q->area_elders = NEW(&q->c->mem, uint64_t, q->areas);
    for (uint32_t h = 0; h < q->homes.n && q->areas; h++)
        q->area_elders[q->homes.area_of[q->level][h]] += q->homes.elders[h];
    return ERR_NONE;
}

void city_covered(const struct city *q, const uint32_t *times, uint32_t kind, uint64_t *ret_area,
                  uint64_t *ret_all)
{
    const uint32_t *time = times + (size_t)kind * q->homes.n;
    *ret_all = 0;
    memset(ret_area, 0, q->areas * sizeof *ret_area);
    for (uint32_t h = 0; h < q->homes.n; h++) {
        if (time[h] > q->limit_ms)
            continue;
        *ret_all += q->homes.elders[h];
        if (q->areas)
            ret_area[q->homes.area_of[q->level][h]] += q->homes.elders[h];
    }
}

/* --- the problem --- */

/* What an elder of each division counts: more where fewer have the kind already. */
static double *weights(const struct city *q, uint32_t kind)
{
    double *weight = NEW(&q->c->mem, double, q->areas + 1);
    uint64_t all, *area = NEW(&q->c->mem, uint64_t, q->areas);
    city_covered(q, q->before, kind, area, &all);
    for (uint32_t k = 0; k < q->areas; k++) {
        double share = q->area_elders[k] ? (double)area[k] / (double)q->area_elders[k] : 1;
        weight[k] = floor(1 / q->unit * (1 + q->ask->equity * (1 - share)) + 0.5);
    }
    weight[q->areas] = 1;
    return weight;
}

/* What the client pays as things stand. */
static double outside_price(const struct city *q, const double *weight, uint32_t kind, uint32_t h)
{
    uint32_t before = q->before[(size_t)kind * q->homes.n + h];
    uint32_t area = q->areas ? q->homes.area_of[q->level][h] : 0;
    double elders = q->homes.elders[h];
    if (q->ask->time)
        return elders * ((before < q->limit_ms ? before : q->limit_ms) / 1000);
    if (before <= q->limit_ms)
        return 0;
    return q->ask->all ? INFINITY : elders * weight[area];
}

static bool useful(const struct city *q, uint32_t i, size_t k)
{
    const struct relation *near = &q->candidates.near;
    uint32_t h = near->to[k], kind = q->candidates.table.kind[i];
    uint32_t before = q->before[(size_t)kind * q->homes.n + h];
    if (q->homes.elders[h] == 0)
        return false;
    return q->ask->time ? near->cost[k] < before : before > q->limit_ms;
}

static bool may_build(const struct city *q, uint32_t i)
{
    enum points_state state = city_state(&q->candidates.table, i);
    return state == POINTS_FREE || state == POINTS_FORCED;
}

/* Numbers for the homes that somebody could serve, + 1; how many links each has. */
static size_t count_clients(const struct city *q, uint32_t *client, uint32_t *ret_clients)
{
    size_t links = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < q->candidates.near.rows; i++)
        for (size_t k = q->candidates.near.first[i]; k < q->candidates.near.first[i + 1]; k++)
            if (may_build(q, i) && useful(q, i, k)) {
                size_t at = (size_t)q->candidates.table.kind[i] * q->homes.n
                            + q->candidates.near.to[k];
                client[at] = client[at] ? client[at] : ++n;
                links++;
            }
    *ret_clients = n;
    return links;
}

static void fill_links(struct city *q, const uint32_t *client)
{
    const struct relation *near = &q->candidates.near;
    struct siting *p = &q->siting;
    size_t *at = NEW(&q->c->mem, size_t, (size_t)p->clients + 2);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < near->rows; i++)
            for (size_t k = near->first[i]; k < near->first[i + 1]; k++) {
                if (!may_build(q, i) || !useful(q, i, k))
                    continue;
                uint32_t h = near->to[k];
                uint32_t j = client[(size_t)q->candidates.table.kind[i] * q->homes.n + h] - 1;
                double cost = q->ask->time ? (double)q->homes.elders[h] * (near->cost[k] / 1000)
                                           : 0;
                if (round)
                    p->link[at[j]++] = (struct site_link){ cost, i };
                else
                    at[j + 1]++;
            }
        for (uint32_t j = 0; j < p->clients && !round; j++) {
            at[j + 1] += at[j];
            p->first[j + 1] = at[j + 1];
        }
    }
}

static void make_sites(struct city *q)
{
    const struct points *t = &q->candidates.table;
    static const uint8_t states[POINTS_STATES] = { SITE_FREE, SITE_CLOSED, SITE_OPEN,
                                                   SITE_CLOSED };
    q->siting.budget = q->ask->budget >= 0 ? q->ask->budget : NO_BUDGET;
    for (uint32_t i = 0; i < t->n; i++) {
        int64_t cost = t->cost ? t->cost[i] : 100;
        q->siting.state[i] = states[city_state(t, i)];
        q->siting.price[i] = cost;
        q->siting.fixed[i] = q->ask->all ? (double)cost : 0;
        if (city_state(t, i) == POINTS_FORCED && q->siting.budget != NO_BUDGET)
            q->siting.budget -= cost;
    }
}

static enum err make_problem(struct city *q)
{
    uint32_t clients = 0, *client = NEW(&q->c->mem, uint32_t, (size_t)q->kinds * q->homes.n);
    q->unit = q->ask->equity > 0 || q->ask->all ? 0.01 : 1;
    size_t links = count_clients(q, client, &clients);
    if (links > LINKS_MAX || clients > CLIENTS_MAX)
        return fail(q->c, ERR_TOO_LARGE, "plan.table", "%u homes have %zu candidates near, at most "
                    "%d and %zu: ask for fewer minutes", clients, links, CLIENTS_MAX, LINKS_MAX);
    q->siting = siting_new(&q->c->mem, q->candidates.table.n, clients, links);
    fill_links(q, client);
    make_sites(q);
    if (q->siting.budget < 0)
        return fail(q->c, ERR_INVALID, "plan.budget", "--budget: the forced sites alone cost more");
    if (!siting_fits(&q->siting))
        return fail(q->c, ERR_TOO_LARGE, "plan.table", "%s: so many candidates, of which so many "
                    "may be built, are more than fit into memory", q->ask->candidates);
    for (uint32_t kind = 0; kind < q->kinds; kind++) {
        const double *weight = weights(q, kind);
        for (uint32_t h = 0; h < q->homes.n; h++)
            if (client[(size_t)kind * q->homes.n + h])
                q->siting.outside[client[(size_t)kind * q->homes.n + h] - 1] =
                    outside_price(q, weight, kind, h);
    }
    for (uint32_t j = 0; j < clients && !q->ask->time && !q->ask->all; j++)
        q->whole += q->siting.outside[j];
    siting_sort(&q->siting);
    if (!q->ask->time)
        siting_merge(&q->c->mem, &q->siting);
    return ERR_NONE;
}

/* --- the whole --- */

static int print_sum(const struct city *q, double start)
{
    const struct site_answer *a = &q->answer;
    bool covers = !q->ask->time && !q->ask->all;
    double objective = covers ? q->whole - a->cost : a->cost;
    double bound = covers ? q->whole - a->bound : a->bound;
    double gap = objective > 0 ? fabs(objective - bound) / objective * 100 : bound > objective;
    printf("objective=%.15g bound=%.15g gap_percent=%.4f cpu_s=%.3f\n", objective * q->unit,
           bound * q->unit, gap, cpu_now() - start);
    return EXIT_DONE;
}

static enum err solve(struct city *q, double start)
{
    TRY(roads_open(q->c, q->ask->roads, (struct roads *)(uintptr_t)q->ask->planner.roads));
    TRY(read_tables(q));
    TRY(pick_level(q));
    find_ways(q);
    look_before(q);
    TRY(make_problem(q));
    double left = q->ask->seconds - (cpu_now() - start);
    site_solve(&q->c->mem, &q->siting, &(struct site_limits){ .cpu_s = left > 0 ? left : 1e-3,
               .seed = (uint64_t)q->ask->seed }, &q->answer);
    look_after(q);
    return ERR_NONE;
}

int plan_city(struct city_ask *ask)
{
    double start = cpu_now();
    AUTO(roads_close) struct roads roads = { 0 };
    struct city q = { .ask = ask, .c = ask->planner.c };
    ask->planner.roads = &roads;
    int code = EXIT_FAILED;
    if (solve(&q, start) != ERR_NONE)
        (void)0;
    else if (city_tell(&q))
        code = print_sum(&q, start);
    if (code != EXIT_DONE && q.c->fault.log.len)
        fprintf(stderr, "yike plan sites: %.*s\n", SV_ARG(q.c->fault.log));
    points_close(&q.homes);
    points_close(&q.candidates.table);
    points_close(&q.places.table);
    return code;
}
