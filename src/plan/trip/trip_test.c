/* trip_test.c - every trip holds what it promises; tiny problems against all plans there are. */

#include "plan/trip/trip.h"
#include "test.h"

static unsigned drawn;                   /* the same problems in each run */

static int below(int n)
{
    drawn = drawn * 1103515245u + 12345u;
    return (int)((drawn >> 8) % (unsigned)n);
}

enum { DOORS = 200, BEARERS = 4, MINUTE = 60 };

struct town {
    struct trip_problem p;
    struct trip_door    doors[DOORS];
    struct trip_bearer  bearers[BEARERS];
    struct trip_ways    ways[2];
};

/* Doors on a square of so many seconds' walk, the kitchen in the middle; on wheels a third. */
static struct town *town_new(int doors, int bearers, int side)
{
    struct town *t = NEW(test_mem(), struct town, 1);
    int wide = doors + 1, *x = NEW(test_mem(), int, wide), *y = NEW(test_mem(), int, wide);
    int32_t *walk = NEW(test_mem(), int32_t, wide * wide);
    int32_t *ride = NEW(test_mem(), int32_t, wide * wide);
    x[0] = y[0] = side / 2;
    for (int i = 1; i < wide; i++)
        x[i] = below(side), y[i] = below(side);
    for (int i = 0; i < wide; i++)
        for (int k = 0; k < wide; k++) {
            int far = (x[i] > x[k] ? x[i] - x[k] : x[k] - x[i]) +
                      (y[i] > y[k] ? y[i] - y[k] : y[k] - y[i]);
            walk[i * wide + k] = far;
            ride[i * wide + k] = far / 3;
        }
    t->ways[0] = (struct trip_ways){ walk, walk };
    t->ways[1] = (struct trip_ways){ ride, ride };
    for (int i = 0; i < doors; i++)
        t->doors[i] = (struct trip_door){ 0, 90 * MINUTE, 2 * MINUTE, 1 };
    for (int i = 0; i < bearers; i++)
        t->bearers[i] = (struct trip_bearer){ i % 2, 15, 0, 120 * MINUTE };
    t->p = (struct trip_problem){ t->doors, t->bearers, t->ways, NULL, doors, bearers, 2,
                                  60 * MINUTE, 5 * MINUTE };
    return t;
}

/* --- what a plan says, looked at without the code that made it --- */

static const char *trip_fault(const struct trip_problem *p, const struct trip *t, int *seen)
{
    const struct trip_bearer *b = &p->bearers[t->bearer];
    const int32_t *time = p->ways[b->ways].time;
    int32_t now = t->leave, boxes = 0;
    int at = 0, wide = p->doors_n + 1;
    if (t->leave < b->from)
        return "leaves before she is there";
    for (int i = 0; i < t->stops_n; i++) {
        const struct trip_door *d = &p->doors[t->stops[i].door];
        now += time[at * wide + t->stops[i].door + 1];
        if (t->stops[i].at < now || t->stops[i].at < d->open || t->stops[i].at > d->close)
            return "is at a door too soon or too late";
        now = t->stops[i].at + d->service;
        boxes += d->boxes;
        at = t->stops[i].door + 1;
        seen[t->stops[i].door]++;
    }
    if (now - t->leave > p->hot)
        return "is out with hot meals too long";
    if (boxes > b->boxes || boxes != t->boxes)
        return "carries too much";
    now += time[at * wide];
    return now != t->back || now > b->until ? "is back too late" : NULL;
}

static const char *trips_fault(const struct trip_problem *p, const struct trip_plan *plan)
{
    int seen[DOORS] = { 0 };
    for (int i = 0; i < plan->trips_n; i++) {
        const struct trip *t = &plan->trips[i];
        const char *fault = trip_fault(p, t, seen);
        if (fault)
            return fault;
        if (i && t[-1].bearer > t->bearer)
            return "bearers out of order";
        if (i && t[-1].bearer == t->bearer && t->leave < t[-1].back + p->load)
            return "leaves before the trip before is over";
    }
    for (int i = 0; i < plan->left_n; i++)
        seen[plan->left[i]]++;
    for (int i = 0; i < p->doors_n; i++)
        if (seen[i] != 1)
            return "a door not once";
    return NULL;
}

static struct trip_plan found(const struct trip_problem *p, int64_t iterations)
{
    struct ctx c = { 0 };
    struct trip_plan plan, kept;
    struct trip_budget budget = { iterations, 7 };
    CHECK(trip_search(&c, p, &budget, &plan) == ERR_NONE);
    const char *fault = trips_fault(p, &plan);
    if (fault)
        test_fail(__FILE__, __LINE__, "%s", fault);
    kept = plan;
    kept.trips = NEW(test_mem(), struct trip, plan.trips_n + 1);
    kept.left = NEW(test_mem(), int32_t, plan.left_n + 1);
    for (int i = 0; i < plan.left_n; i++)
        kept.left[i] = plan.left[i];
    for (int i = 0; i < plan.trips_n; i++) {
        kept.trips[i] = plan.trips[i];
        kept.trips[i].stops = NEW(test_mem(), struct trip_stop, plan.trips[i].stops_n);
        for (int k = 0; k < plan.trips[i].stops_n; k++)
            kept.trips[i].stops[k] = plan.trips[i].stops[k];
    }
    arena_free(&c.mem);
    return kept;
}

/* --- the best of all plans of a tiny problem, by trying each --- */

struct tried { const struct trip_problem *p; int64_t cost; int left; };
struct now { int bearer, at, boxes; unsigned mask; int32_t time, leave; int64_t cost; };

static void try_all(struct tried *best, struct now s)
{
    const struct trip_problem *p = best->p;
    int wide = p->doors_n + 1, left = p->doors_n;
    for (int i = 0; i < p->doors_n; i++)
        left -= (int)(s.mask >> i & 1);
    if (s.at == 0 && (left < best->left || (left == best->left && s.cost < best->cost)))
        best->left = left, best->cost = s.cost;
    const struct trip_bearer *b = &p->bearers[s.bearer];
    const int32_t *time = p->ways[b->ways].time;
    for (int i = 0; i < p->doors_n; i++) {
        const struct trip_door *d = &p->doors[i];
        struct now next = s;
        next.leave = s.at ? s.leave : s.time;
        next.time += time[s.at * wide + i + 1];
        next.cost += time[s.at * wide + i + 1] + (s.at ? 0 : p->load);
        next.boxes = (s.at ? s.boxes : 0) + d->boxes;
        next.at = i + 1;
        next.mask |= 1u << i;
        if (s.mask >> i & 1 || next.time > d->close || next.boxes > b->boxes)
            continue;
        next.time += d->service;
        if (next.time - next.leave <= p->hot)
            try_all(best, next);
    }
    if (s.at) {
        struct now home = s;
        home.time += time[s.at * wide];
        home.cost += time[s.at * wide];
        home.at = 0;
        if (home.time > b->until)
            return;
        home.time += p->load;
        try_all(best, home);
    } else if (s.bearer + 1 < p->bearers_n) {
        struct now other = { .bearer = s.bearer + 1, .mask = s.mask, .cost = s.cost,
                             .time = p->bearers[s.bearer + 1].from };
        try_all(best, other);
    }
}

static struct tried best_of(const struct trip_problem *p)
{
    struct tried best = { p, INT64_MAX, p->doors_n };
    try_all(&best, (struct now){ .time = p->bearers[0].from });
    return best;
}

static int64_t price(const struct trip_problem *p, const struct trip_plan *plan)
{
    return plan->cost + (int64_t)plan->trips_n * p->load;
}

TEST(one_trip_is_the_shortest_there_is)
{
    drawn = 20261122;
    for (int turn = 0; turn < test_rounds(4, 12); turn++) {
        struct town *t = town_new(turn < 11 ? 7 : 8, 1, 20 * MINUTE);
        t->bearers[0].until = TRIP_TIME_MAX;
        t->p.hot = TRIP_TIME_MAX;
        for (int i = 0; i < t->p.doors_n; i++)
            t->doors[i].close = TRIP_TIME_MAX;
        struct trip_plan plan = found(&t->p, 2000);
        CHECK_INT(plan.left_n, 0);
        CHECK_INT(price(&t->p, &plan), best_of(&t->p).cost);
    }
}

/* Against all plans: never better than the best, as many doors, and hardly dearer. */
TEST(several_trips_are_nearly_the_best_there_are)
{
    int64_t got = 0, best = 0;
    int left = 0, least = 0;
    drawn = 7;
    for (int turn = 0; turn < 40; turn++) {
        struct town *t = town_new(5, 2, 16 * MINUTE);
        t->p.hot = (15 + below(15)) * MINUTE;
        for (int i = 0; i < 2; i++)
            t->bearers[i].boxes = 1 + below(3);
        for (int i = 0; i < 2; i++)
            t->bearers[i].from = below(10) * MINUTE;
        for (int i = 0; i < 5; i++)
            t->doors[i].close = (30 + below(30)) * MINUTE;
        struct trip_plan plan = found(&t->p, 1500);
        struct tried all = best_of(&t->p);
        CHECK(plan.left_n >= all.left);
        left += plan.left_n;
        least += all.left;
        if (plan.left_n > all.left)
            continue;
        CHECK(price(&t->p, &plan) >= all.cost);
        got += price(&t->p, &plan);
        best += all.cost;
    }
    CHECK_INT(left, least);
    CHECK(got * 100 <= best * 102);
}

TEST(sixty_boxes_and_four_who_carry)
{
    drawn = 60;
    struct town *t = town_new(60, 4, 16 * MINUTE);
    struct trip_plan plan = found(&t->p, 3000), same = found(&t->p, 3000);
    CHECK_INT(plan.left_n, 0);
    CHECK_INT(same.cost, plan.cost);
    CHECK(plan.trips_n >= 4);                            /* sixty boxes, fifteen at once */
}

TEST(food_does_not_wait_at_a_door_that_opens_later)
{
    drawn = 3;
    struct town *t = town_new(6, 1, 10 * MINUTE);
    for (int i = 0; i < 6; i++)
        t->doors[i].open = 40 * MINUTE;
    struct trip_plan plan = found(&t->p, 1000);
    CHECK_INT(plan.left_n, 0);
    CHECK_INT(plan.trips[0].stops[0].at, 40 * MINUTE);
    CHECK(plan.trips[0].leave >= 30 * MINUTE);
}

TEST(who_is_left_hears_why_and_what_would_help)
{
    drawn = 11;
    struct ctx c = { 0 };
    struct town *t = town_new(30, 1, 10 * MINUTE);
    struct trip_budget budget = { 1000, 7 };
    struct trip_repair repair;
    t->doors[3].boxes = 16;
    t->bearers[0].from = 70 * MINUTE;
    struct trip_plan plan = found(&t->p, 1000);
    CHECK(plan.left_n > 10);
    CHECK_INT(trip_why(&t->p, 3), TRIP_WHY_BOXES);
    CHECK_INT(trip_why(&t->p, 4), TRIP_WHY_CROWDED);
    CHECK(trip_repair(&c, &t->p, &plan, &budget, &repair) == ERR_NONE);
    CHECK(repair.help != TRIP_HELP_NONE);
    CHECK(repair.left_n < plan.left_n);
    t->p.hot = MINUTE;
    CHECK_INT(trip_why(&t->p, 4), TRIP_WHY_FAR);
    t->p.hot = 60 * MINUTE;
    t->bearers[0].from = 91 * MINUTE;
    CHECK_INT(trip_why(&t->p, 4), TRIP_WHY_TIME);
    CHECK_INT(found(&t->p, 100).left_n, 30);             /* nobody could: nobody goes */
    arena_free(&c.mem);
}

TEST(the_usual_bearer_goes_where_it_costs_little)
{
    drawn = 5;
    struct town *t = town_new(8, 2, 6 * MINUTE);
    int32_t wish[16] = { 0 };
    t->bearers[1].ways = 0;
    for (int i = 0; i < 8; i++)
        wish[i * 2 + (i < 4)] = 20 * MINUTE;             /* the first four like the first */
    t->p.wish = wish;
    struct trip_plan plan = found(&t->p, 2000);
    for (int i = 0; i < plan.trips_n; i++)
        for (int k = 0; k < plan.trips[i].stops_n; k++)
            CHECK_INT(plan.trips[i].bearer, plan.trips[i].stops[k].door >= 4);
}

TEST(what_makes_no_sense_is_refused)
{
    struct ctx c = { 0 };
    struct trip_plan plan;
    struct trip_budget budget = { 100, 1 };
    struct town *t = town_new(4, 1, 600);
    t->doors[2].close = -1;
    CHECK(trip_search(&c, &t->p, &budget, &plan) == ERR_INVALID);
    ctx_forgive(&c);
    t->doors[2].close = 5;
    t->bearers[0].ways = 2;
    CHECK(trip_search(&c, &t->p, &budget, &plan) == ERR_INVALID);
    ctx_forgive(&c);
    t->bearers[0].ways = 0;
    t->p.doors_n = 0;
    CHECK(trip_search(&c, &t->p, &budget, &plan) == ERR_INVALID);
    arena_free(&c.mem);
}
