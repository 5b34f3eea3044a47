/* pool_test.c - of days that were seen the pool makes the best plan there is. */

#include "plan/tour/search/pool.h"

#include "plan/tour/search/chance.h"
#include "test.h"

enum { VISITS = 7, CARERS = 4, DAYS = 40, NEVER = 1 << 30 };

static struct tour_problem square(struct arena *mem, struct state *chance)
{
    struct tour_problem p = { .visits_n = VISITS, .carers_n = CARERS, .travels_n = 1,
                              .places_n = VISITS + 1, .cost_scale = 1, .time_scale = 1 };
    p.travels = NEW(mem, struct tour_travel, 1);
    p.travels[0] = tour_travel_new(mem, p.places_n, false);
    p.visits = NEW(mem, struct tour_visit, VISITS);
    p.carers = NEW(mem, struct tour_carer, CARERS);
    for (int i = 0; i < p.places_n; i++)
        for (int j = 0; j < p.places_n; j++)
            p.travels[0].time[i * (p.places_n + 1) + j] = i == j ? 0 : 1 + state_below(chance, 50);
    for (int v = 0; v < VISITS; v++)
        p.visits[v] = (struct tour_visit){ .id = v + 1, .place = v + 1 };
    for (int k = 0; k < CARERS; k++)
        p.carers[k] = (struct tour_carer){ .id = k + 1, .shift = { 0, 10000 },
            .tasks_max = INT32_MAX, .travel_max = INT64_MAX, .distance_max = INT64_MAX,
            .fixed_cost = k ? 0 : 5 };           /* the first is not like the others */
    return p;
}

/* The least cost of making the visits that are left by days seen: each combination. */
static int64_t best_of(const int64_t cost[2][1 << VISITS], int left, int first, int others)
{
    int64_t best = NEVER;
    if (left == 0)
        return 0;
    for (int set = left; set > 0; set = (set - 1) & left) {
        if (!(set & (left & -left)))
            continue;                    /* the lowest visit that is left goes first */
        int64_t a = first ? cost[0][set] + best_of(cost, left & ~set, 0, others) : NEVER;
        int64_t b = others ? cost[1][set] + best_of(cost, left & ~set, first, others - 1) : NEVER;
        best = a < best ? a : best;
        best = b < best ? b : best;
    }
    return best;
}

static void draw_day(struct state *s, struct pool *pool, int64_t cost[2][1 << VISITS])
{
    int32_t codes[VISITS + 2] = { STOP_START };
    int n = 1, set = 0, r = state_below(s, CARERS);
    for (int wanted = 1 + state_below(s, 4); wanted > 0; wanted--) {
        int v = state_below(s, VISITS);
        if (!(set >> v & 1))
            codes[n++] = v;
        set |= 1 << v;
    }
    codes[n++] = STOP_END;
    CHECK(route_set(s, r, codes, n));
    pool_take(pool, s, r);
    int64_t *least = &cost[r > 0][set];
    *least = s->routes[r].cost < *least ? s->routes[r].cost : *least;
}

static int64_t cost_of(struct state *s, const int32_t *codes)
{
    int64_t cost = 0;
    for (; *codes != TOUR_NONE; codes += 2 + codes[1]) {
        CHECK(route_set(s, codes[0], codes + 2, codes[1]));
        cost += s->routes[codes[0]].cost;
    }
    return cost;
}

TEST(days_that_were_seen_make_the_best_plan_there_is_of_them)
{
    int found = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        AUTO(arena_free) struct arena mem = { 0 };
        struct state chance = { .random = seed * 7919 };
        struct tour_problem p = square(&mem, &chance);
        struct state *s = state_new(&mem, &p, seed);
        struct pool *pool = pool_new(&mem, s);
        int64_t cost[2][1 << VISITS];
        int32_t codes[VISITS + 4 * CARERS + 1];
        for (int i = 0; i < 2 << VISITS; i++)
            cost[i >> VISITS][i & ((1 << VISITS) - 1)] = NEVER;
        for (int i = 0; i < DAYS; i++)
            draw_day(s, pool, cost);
        int64_t best = best_of(cost, (1 << VISITS) - 1, 1, CARERS - 1);
        bool any = pool_solve(pool, 2000, codes);
        CHECK(any == (best < 2000));
        if (any)
            CHECK_INT(cost_of(s, codes), best);
        found += any;
        CHECK(!any || !pool_solve(pool, best, codes));   /* nothing is better than the best */
    }
    CHECK(found > 15);
}
