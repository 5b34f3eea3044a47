/*
 * trip.c - several trips of one bearer by the search for tours: every bearer's time is cut into
 * slots, each slot is a carer of the engine; then the trips are moved together, the time that is
 * left over is dealt out anew, and the engine asked again.
 */

#include "plan/trip/inside.h"

#include "plan/tour/plan.h"

#include <string.h>

enum { ROUNDS = 3 };                     /* of dealing out the time that is left over */

/* One slot: a carer of the engine. */
struct slot { int32_t bearer, leave, done; bool back_counts; };

struct looking {
    struct ctx                *c;
    const struct trip_problem *p;
    const struct trip_budget  *budget;
    struct tour_problem        tours;
    struct tour_carer         *carers;
    struct slot               *slots;
    int                        slots_n;
    int32_t                   *wish;
    int32_t                    first_open, last_close, far;     /* far: the longest way back */
    struct trip_plan           best;
    int64_t                    iterations;
};

static int32_t way(const struct trip_problem *p, int ways, int from, int to)
{
    return p->ways[ways].time[from * (p->doors_n + 1) + to];
}

static int32_t way_cost(const struct trip_problem *p, int ways, int from, int to)
{
    return p->ways[ways].cost[from * (p->doors_n + 1) + to];
}

static int32_t greater(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t less(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* --- what no plan could be made of --- */

static enum err wrong(struct ctx *c, const char *what)
{
    return fail(c, ERR_INVALID, "plan.invalid", "trips: %s", what);
}

static bool within(int64_t n, int64_t low, int64_t high)
{
    return n >= low && n <= high;
}

MUST static enum err check(struct ctx *c, const struct trip_problem *p)
{
    if (!within(p->doors_n, 1, TRIP_DOORS_MAX) || !within(p->bearers_n, 1, TRIP_BEARERS_MAX) ||
        !within(p->ways_n, 1, TRIP_WAYS_MAX))
        return wrong(c, "1 to 400 doors, 1 to 40 bearers, 1 to 4 ways");
    if (!within(p->hot, 0, TRIP_TIME_MAX) || !within(p->load, 0, TRIP_TIME_MAX))
        return wrong(c, "hot and load must lie in 0 to 1,000,000");
    for (int i = 0; i < p->doors_n; i++) {
        const struct trip_door *d = &p->doors[i];
        if (!within(d->open, 0, TRIP_TIME_MAX) || !within(d->close, d->open, TRIP_TIME_MAX) ||
            !within(d->service, 0, TRIP_TIME_MAX) || !within(d->boxes, 0, TRIP_BOXES_MAX))
            return wrong(c, "a door's window, service or boxes are out of range");
    }
    for (int i = 0; i < p->bearers_n; i++) {
        const struct trip_bearer *b = &p->bearers[i];
        if (!within(b->from, 0, TRIP_TIME_MAX) || !within(b->until, b->from, TRIP_TIME_MAX) ||
            !within(b->ways, 0, p->ways_n - 1) || !within(b->boxes, 0, TRIP_BOXES_MAX))
            return wrong(c, "a bearer's hours, way or boxes are out of range");
    }
    int cells = (p->doors_n + 1) * (p->doors_n + 1);
    for (int w = 0; w < p->ways_n; w++)
        for (int i = 0; i < cells; i++)
            if (!within(p->ways[w].time[i], 0, TRIP_TIME_MAX) ||
                !within(p->ways[w].cost[i], 0, TRIP_TIME_MAX))
                return wrong(c, "a way is out of range");
    return ERR_NONE;
}

/* --- the times of one trip --- */

/*
 * Walks it from `leave`. *ret_later: how much later she could leave and still be back at the same
 * time, no door later than it would be or than it closes: food that waits gets cold.
 */
static int32_t walk(const struct trip_problem *p, struct trip *t, int32_t leave,
                    struct trip_over *over, int32_t *ret_later)
{
    int ways = p->bearers[t->bearer].ways, at = 0;
    int32_t now = leave, waited = 0, later = TRIP_TIME_MAX;
    *over = (struct trip_over){ .late = 0 };
    for (int i = 0; i < t->stops_n; i++) {
        const struct trip_door *d = &p->doors[t->stops[i].door];
        now += way(p, ways, at, t->stops[i].door + 1);
        if (now < d->open) {
            waited += d->open - now;
            now = d->open;
        }
        t->stops[i].at = now;
        over->late = greater(over->late, now - d->close);
        later = less(later, waited + greater(0, d->close - now));
        now += d->service;
        at = t->stops[i].door + 1;
    }
    over->hot = greater(0, now - leave - p->hot);
    *ret_later = less(later, waited);
    return now + way(p, ways, at, 0);
}

void trip_time(const struct trip_problem *p, struct trip *t, int32_t from,
               struct trip_over *ret_over)
{
    int32_t later, none;
    (void)walk(p, t, from, ret_over, &later);
    t->leave = from + later;
    t->back = walk(p, t, t->leave, ret_over, &none);
    t->boxes = 0;
    for (int i = 0; i < t->stops_n; i++)
        t->boxes += p->doors[t->stops[i].door].boxes;
    ret_over->boxes = greater(0, t->boxes - p->bearers[t->bearer].boxes);
}

/* --- the engine's problem --- */

/*
 * Places: the kitchen, the doors, and the kitchen once more to come back to in no time, for slots
 * in which only the last door counts; the way there has its price all the same.
 */
static void make_travel(struct looking *l, int ways, struct tour_travel *t)
{
    const struct trip_problem *p = l->p;
    int n = p->doors_n + 1, wide = n + 2;
    *t = tour_travel_new(&l->c->mem, n + 1, false);
    t->cost = NEW(&l->c->mem, int32_t, wide * wide);
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
            t->time[i * wide + k] = way(p, ways, i, k);
            t->cost[i * wide + k] = way_cost(p, ways, i, k);
        }
        t->cost[i * wide + n] = way_cost(p, ways, i, 0);
        l->far = greater(l->far, way(p, ways, i, 0));
    }
}

static void make_visits(struct looking *l)
{
    const struct trip_problem *p = l->p;
    struct tour_visit *v = NEW(&l->c->mem, struct tour_visit, p->doors_n);
    struct tour_window *w = NEW(&l->c->mem, struct tour_window, p->doors_n);
    l->first_open = TRIP_TIME_MAX;
    for (int i = 0; i < p->doors_n; i++) {
        const struct trip_door *d = &p->doors[i];
        w[i] = (struct tour_window){ d->open, d->close };
        v[i] = (struct tour_visit){ .id = i + 1, .place = i + 1, .service = d->service,
                                    .windows = { &w[i], 1 }, .delivery = { d->boxes } };
        l->first_open = less(l->first_open, d->open);
        l->last_close = greater(l->last_close, d->close + d->service);
    }
    l->tours.visits = v;
}

static void make_tours(struct looking *l)
{
    const struct trip_problem *p = l->p;
    int most = p->bearers_n * TRIPS_EACH_MAX;
    struct tour_travel *travels = NEW(&l->c->mem, struct tour_travel, p->ways_n);
    l->tours = (struct tour_problem){ .visits_n = p->doors_n, .travels_n = p->ways_n,
                                      .places_n = p->doors_n + 2, .amounts_n = 1,
                                      .cost_scale = 1, .time_scale = 1, .travels = travels };
    for (int i = 0; i < p->ways_n; i++)
        make_travel(l, i, &travels[i]);
    make_visits(l);
    l->slots = NEW(&l->c->mem, struct slot, most);
    l->carers = NEW(&l->c->mem, struct tour_carer, most);
    l->tours.carers = l->carers;
    if (p->wish)
        l->tours.wish = l->wish = NEW(&l->c->mem, int32_t, most * p->doors_n);
}

/* --- slots --- */

/* No sooner than the food would have to wait at the nearest door. */
static int32_t begins(const struct looking *l, int bearer)
{
    const struct trip_bearer *b = &l->p->bearers[bearer];
    int32_t nearest = TRIP_TIME_MAX;
    for (int i = 1; i <= l->p->doors_n; i++)
        nearest = less(nearest, way(l->p, b->ways, 0, i));
    return greater(b->from, l->first_open - nearest);
}

/* When the last of her trips is over at the latest. */
static int32_t ends(const struct looking *l, int bearer)
{
    return less(l->p->bearers[bearer].until, l->last_close + l->far);
}

static void slot_add(struct looking *l, int bearer, int32_t leave, int32_t back_by)
{
    int32_t hot_by = leave + l->p->hot;
    bool counts = back_by < hot_by + l->far;
    if (back_by <= leave || l->slots_n == l->p->bearers_n * TRIPS_EACH_MAX)
        return;
    l->slots[l->slots_n++] =
        (struct slot){ bearer, leave, counts ? less(back_by, hot_by) : hot_by, counts };
}

static void slots_even(struct looking *l, int trips)
{
    l->slots_n = 0;
    for (int b = 0; b < l->p->bearers_n; b++) {
        int32_t from = begins(l, b), all = ends(l, b) - from;
        for (int i = 0; i < trips && all > 0; i++)
            slot_add(l, b, from + all / trips * i,
                     i + 1 < trips ? from + all / trips * (i + 1) - l->p->load : ends(l, b));
    }
}

/* The slots of the plan's own trips, with the time that is left over shared among them. */
static void slots_again(struct looking *l, const struct trip_plan *plan)
{
    l->slots_n = 0;
    for (int b = 0, first = 0; b < l->p->bearers_n; b++) {
        int n = 0;
        while (first + n < plan->trips_n && plan->trips[first + n].bearer == b)
            n++;
        const struct trip *t = &plan->trips[first];
        int32_t free_at = n ? t[n - 1].back + l->p->load : begins(l, b);
        int more = plan->left_n && n < TRIPS_EACH_MAX && free_at < ends(l, b);
        int32_t over = n ? greater(0, ends(l, b) - t[n - 1].back) : 0;
        int32_t share = n + more ? over / (n + more) : 0;
        for (int i = 0; i < n + more; i++) {
            int32_t leave = (i < n ? t[i].leave : free_at) + share * i;
            int32_t next = (i + 1 < n ? t[i + 1].leave : free_at) + share * (i + 1) - l->p->load;
            slot_add(l, b, leave, i + 1 < n + more ? next : ends(l, b));
        }
        first += n;
    }
}

static void carers_of_slots(struct looking *l)
{
    const struct trip_problem *p = l->p;
    for (int i = 0; i < l->slots_n; i++) {
        const struct slot *s = &l->slots[i];
        const struct trip_bearer *b = &p->bearers[s->bearer];
        l->carers[i] = (struct tour_carer){
            .id = i + 1, .start = 0, .end = s->back_counts ? 0 : p->doors_n + 1,
            .shift = { s->leave, s->done }, .travel = b->ways, .kind = 0,
            .capacity = { b->boxes }, .fixed_cost = p->load, .tasks_max = INT32_MAX,
            .travel_max = INT64_MAX, .distance_max = INT64_MAX };
    }
    l->tours.carers_n = l->slots_n;
    for (int d = 0; d < p->doors_n && p->wish; d++)
        for (int i = 0; i < l->slots_n; i++)
            l->wish[d * l->slots_n + i] = p->wish[d * p->bearers_n + l->slots[i].bearer];
}

/* --- from tours to trips --- */

static struct trip trip_of(const struct looking *l, const struct tour *tour)
{
    struct trip t = { .bearer = l->slots[tour->carer].bearer, .leave = tour->steps[0].arrive,
                      .stops = NEW(&l->c->mem, struct trip_stop, tour->steps_n) };
    for (int i = 0; i < tour->steps_n; i++)
        if (tour->steps[i].kind == TOUR_VISIT)
            t.stops[t.stops_n++].door = tour->steps[i].index;
    return t;
}

static int64_t trip_cost(const struct trip_problem *p, const struct trip *t)
{
    int ways = p->bearers[t->bearer].ways, at = 0;
    int64_t cost = 0;
    for (int i = 0; i < t->stops_n; i++) {
        cost += way_cost(p, ways, at, t->stops[i].door + 1);
        at = t->stops[i].door + 1;
    }
    return cost + way_cost(p, ways, at, 0);
}

/*
 * Each as early as the one before it allows. False when one would then stand before closed doors
 * too long: the plan stays as the slots have it.
 */
static bool move_together(const struct looking *l, struct trip_plan *plan)
{
    int32_t ready = 0;
    struct trip_over over;
    bool holds = true;
    for (int i = 0; i < plan->trips_n; i++) {
        struct trip *t = &plan->trips[i];
        int32_t slot = t->leave;
        bool first = i == 0 || plan->trips[i - 1].bearer != t->bearer;
        ready = first ? l->p->bearers[t->bearer].from : ready;
        trip_time(l->p, t, ready, &over);
        if (over.hot || over.late) {
            trip_time(l->p, t, slot, &over);
            holds = false;
        }
        ready = t->back + l->p->load;
    }
    return holds;
}

static void trips_of(const struct looking *l, const struct tour_plan *tours,
                     struct trip_plan *ret_plan)
{
    struct trip_plan plan = { .trips = NEW(&l->c->mem, struct trip, l->slots_n + 1),
                              .left = NEW(&l->c->mem, int32_t, l->p->doors_n),
                              .left_n = tours->absent_n };
    for (int s = 0; s < l->slots_n; s++)             /* slots stand by bearer and time */
        for (int i = 0; i < tours->tours_n; i++)
            if (tours->tours[i].carer == s) {
                struct trip t = trip_of(l, &tours->tours[i]);
                if (t.stops_n)
                    plan.trips[plan.trips_n++] = t;
            }
    memcpy(plan.left, tours->absent, sizeof *plan.left * (size_t)tours->absent_n);
    if (move_together(l, &plan))
        trip_polish(&l->c->mem, l->p, &plan);
    for (int i = 0; i < plan.trips_n; i++)
        plan.cost += trip_cost(l->p, &plan.trips[i]);
    *ret_plan = plan;
}

static int64_t worth(const struct looking *l, const struct trip_plan *plan)
{
    int64_t cost = plan->cost + (int64_t)plan->trips_n * l->p->load;
    for (int i = 0; i < plan->trips_n && l->p->wish; i++)
        for (int k = 0; k < plan->trips[i].stops_n; k++)
            cost += l->p->wish[plan->trips[i].stops[k].door * l->p->bearers_n +
                               plan->trips[i].bearer];
    return cost;
}

/* True when it is the best so far. */
MUST static enum err look(struct looking *l, struct trip_plan *ret_plan, bool *ret_better)
{
    struct tour_plan tours;
    struct tour_budget budget = { .iterations = l->budget->iterations, .seed = l->budget->seed };
    *ret_better = false;
    *ret_plan = (struct trip_plan){ .left_n = l->p->doors_n };
    if (l->slots_n == 0)
        return ERR_NONE;
    carers_of_slots(l);
    TRY(tour_check(l->c, &l->tours));
    tour_search(l->c, &l->tours, &budget, &tours);
    l->iterations += tours.iterations;
    trips_of(l, &tours, ret_plan);
    *ret_better = !l->best.left || ret_plan->left_n < l->best.left_n ||
                  (ret_plan->left_n == l->best.left_n && worth(l, ret_plan) < worth(l, &l->best));
    if (*ret_better)
        l->best = *ret_plan;
    return ERR_NONE;
}

MUST static enum err look_with(struct looking *l, int trips, bool *ret_better)
{
    struct trip_plan plan;
    bool better;
    slots_even(l, trips);
    TRY(look(l, &plan, &better));
    *ret_better = better;
    for (int i = 0; i < ROUNDS && better; i++) {
        slots_again(l, &plan);
        TRY(look(l, &plan, &better));
    }
    return ERR_NONE;
}

static void nobody_goes(struct looking *l)
{
    struct trip_plan *b = &l->best;
    *b = (struct trip_plan){ .left = NEW(&l->c->mem, int32_t, l->p->doors_n),
                             .left_n = l->p->doors_n };
    for (int i = 0; i < l->p->doors_n; i++)
        b->left[i] = i;
}

/* Doors that some plan could bring to; the others are proved to be left. */
static int could(const struct trip_problem *p)
{
    int n = 0;
    for (int i = 0; i < p->doors_n; i++)
        n += trip_why(p, i) == TRIP_WHY_CROWDED;
    return n;
}

enum err trip_search(struct ctx *c, const struct trip_problem *p,
                     const struct trip_budget *budget, struct trip_plan *ret_plan)
{
    struct looking l = { .c = c, .p = p, .budget = budget };
    TRY(check(c, p));
    int left = p->doors_n - could(p);
    bool better;
    make_tours(&l);
    for (int trips = 1; trips <= TRIPS_EACH_MAX && left < p->doors_n; trips++) {
        TRY(look_with(&l, trips, &better));
        if (!better)
            break;
    }
    if (!l.best.left)
        nobody_goes(&l);
    l.best.iterations = l.iterations;
    *ret_plan = l.best;
    return ERR_NONE;
}
