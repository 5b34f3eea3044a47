/* hunt.c - ruin and recreate, cooling down. */

#include "plan/tour/search/hunt.h"

#include "plan/tour/beside.h"
#include "plan/tour/schedule.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/*
 * Of the mean way: what is worse by so much is at first, from a plan that is given, and at last,
 * often let pass. The share of the time in which fewer carers are sought, when that is wanted.
 * Days of plans so much dearer than the best are gathered; from such a share of the time on, and
 * after such a share again, what was gathered is put together anew; once more near the end.
 */
#define HOT 2.0
#define WARM 0.3
#define COLD 0.05
#define FEWER_SHARE 0.6
#define GATHERED 1.01
#define POOL_FIRST 0.2
#define POOL_AGAIN 0.06
#define POOL_LAST 0.97

/*
 * With so many turns, or CPU seconds, for each visit times their number, plans are bred once the
 * hunt has cooled down, which it does in that share of the budget then.
 */
#define BREED_TURNS 20.0
#define BREED_CPU 0.00015
#define HUNT_SHARE 0.1

enum { TURNS_A_LOOK = 64, TURNS_A_POOL = 20000, TURNS_A_CHILD = 100 };

/* --- the best so far --- */

static struct worth worth_now(const struct hunt *h)
{
    const struct state *s = h->s;
    struct worth w = { .used = s->p->fewest ? s->used : 0, .cost = s->cost };
    for (int i = 0; i < s->absent_n; i++) {
        int32_t other = s->other[s->absent[i]];
        w.absent += other == TOUR_NONE ? 1 : 2;
        w.priority += s->p->visits[s->absent[i]].priority;
        w.priority += other == TOUR_NONE ? 0 : s->p->visits[other].priority;
    }
    return w;
}

bool worth_less(struct worth a, struct worth b)
{
    if (a.priority != b.priority)
        return a.priority < b.priority;
    if (a.absent != b.absent)
        return a.absent < b.absent;
    return a.used != b.used ? a.used < b.used : a.cost < b.cost;
}

static void keep_best(struct hunt *h)
{
    struct worth now = worth_now(h);
    if (h->best_n > 0 && !worth_less(now, h->worth))
        return;
    h->worth = now;
    h->best_n = 0;
    for (int r = 0; r < h->s->p->carers_n; r++) {
        const struct route *t = &h->s->routes[r];
        if (t->visits == 0)
            continue;
        h->best[h->best_n++] = r;
        h->best[h->best_n++] = t->n;
        for (int i = 0; i < t->n; i++)
            h->best[h->best_n++] = t->stops[i].visit;
    }
    h->best[h->best_n++] = TOUR_NONE;
    for (int v = 0; v < h->s->p->visits_n && h->best_begin; v++)
        if (is_tied(h->s, v))
            h->best_begin[v] = h->s->route_of[v] == TOUR_NONE ? TOUR_NONE : tie_begin(h->s, v);
}

/* --- turns --- */

/* More than any way to make one visit could cost, times what it matters. */
static void make_prices(struct hunt *h)
{
    const struct state *s = h->s;
    int64_t most = 1;
    for (int i = 0; i < s->p->travels_n; i++)
        for (int32_t at = 0; at < s->width * s->width; at++)
            most = s->ways[i].cost[at] > most ? s->ways[i].cost[at] : most;
    int64_t fixed = 0;
    for (int k = 0; k < s->p->carers_n; k++)
        fixed = s->p->carers[k].fixed_cost > fixed ? s->p->carers[k].fixed_cost : fixed;
    int64_t pairs = s->p->wish ? (int64_t)s->p->visits_n * s->p->carers_n : 0, wish = 0;
    for (int64_t i = 0; i < pairs; i++)
        if (s->p->wish[i] < TOUR_NEVER && s->p->wish[i] > wish)
            wish = s->p->wish[i];
    for (int i = 0; i < s->p->visits_n; i++) {
        int32_t other = s->other[i];
        int64_t matters = 1 + 2 * (int64_t)s->p->visits[i].priority;
        if (other != TOUR_NONE)
            matters += 1 + 2 * (int64_t)s->p->visits[other].priority;
        h->price[i] = h->price_first[i] = (2 * most + fixed + wish) * matters;
    }
}

static int64_t lost(const struct hunt *h)
{
    int64_t sum = 0;
    for (int i = 0; i < h->s->absent_n; i++)
        sum += h->price[h->s->absent[i]];
    return sum;
}

/*
 * What stays out becomes dearer to leave out, so that others are tried in its stead; all become
 * cheaper again before one is eight times as dear as it was.
 */
static void raise_prices(struct hunt *h)
{
    const struct state *s = h->s;
    bool high = false;
    for (int i = 0; i < s->absent_n; i++) {
        int v = s->absent[i];
        h->price[v] += h->price[v] / 16 + 1;
        high |= h->price[v] > 8 * h->price_first[v];
    }
    for (int v = 0; v < s->p->visits_n && high; v++)
        h->price[v] = h->price[v] / 4 > h->price_first[v] ? h->price[v] / 4 : h->price_first[v];
    h->score = s->cost + lost(h);
}

/* The days that the turn has changed, of a plan that is good enough. */
static void gather(struct hunt *h)
{
    struct state *s = h->s;
    if (!h->pool || s->absent_n || (double)s->cost > GATHERED * (double)h->worth.cost)
        return;
    for (int i = 0; i < s->touched_n; i++)
        if (s->routes[s->touched[i]].touched)
            pool_take(h->pool, s, s->touched[i]);
}

static void turn(struct hunt *h)
{
    struct state *s = h->s;
    double draw = -h->heat * log(1 - state_share(s));
    int64_t most = h->score + (draw < 1e15 ? (int64_t)draw : 0);
    int n = ruin(s, h->near, h->list), absent_n = s->absent_n;
    memcpy(h->absent, s->absent, sizeof(int32_t) * (size_t)absent_n);
    memcpy(h->list + n, s->absent, sizeof(int32_t) * (size_t)absent_n);
    if (recreate(s, h->list, n + absent_n, h->price, most)) {
        gather(h);
        state_settle(s);
        h->score = s->cost + lost(h);
        keep_best(h);
        return;
    }
    for (int i = 0; i < n + absent_n; i++)
        visit_free(s, h->list[i]);
    state_undo(s);
    s->absent_n = absent_n;
    memcpy(s->absent, h->absent, sizeof(int32_t) * (size_t)absent_n);
}

/* How much of the budget is gone. */
static double share(struct hunt *h)
{
    const struct tour_budget *b = h->budget;
    double most = 0;
    if (b->cancel && *b->cancel)
        return 1;
    if (b->iterations > 0)
        most = (double)h->turns / (double)b->iterations;
    if (b->cpu_s > 0) {
        double part = (beside_cpu() - h->begun) / b->cpu_s;
        most = part > most ? part : most;
    }
    return most;
}

static void first_plan(struct hunt *h)
{
    struct state *s = h->s;
    memcpy(h->list, s->absent, sizeof(int32_t) * (size_t)s->absent_n);
    recreate(s, h->list, s->absent_n, h->price, INT64_MAX);
    state_settle(s);
    h->score = s->cost + lost(h);
    keep_best(h);
}

/* --- starting from a plan --- */

/* Can the route have the visit, at a time that is known when it is tied? */
static bool loads(const struct hunt *h, int r, int32_t v)
{
    const struct state *s = h->s;
    return s->able[(size_t)v * (size_t)s->p->carers_n + (size_t)r] &&
           (!is_tied(s, v) || tie_may(s, v, h->best_begin[v]));
}

/* The codes of one route that can be there; of an idle one only breaks. */
static int load_codes(const struct hunt *h, const int32_t *codes, bool idle, int32_t *ret_codes)
{
    int r = codes[0], n = codes[1], kept = 0;
    for (int i = 2; i < n + 2; i++)
        if (codes[i] < 0 || (!idle && loads(h, r, codes[i])))
            ret_codes[kept++] = codes[i];
    return kept;
}

/*
 * Every route as these codes say, tied visits at the times that best_begin says, all other visits
 * absent. What fits no more is left absent.
 */
static void load(struct hunt *h, const int32_t *codes)
{
    struct state *s = h->s;
    for (int v = 0; v < s->p->visits_n; v++)
        s->route_of[v] = TOUR_NONE;
    for (int r = 0; r < s->p->carers_n; r++)
        if (!s->routes[r].dead && s->routes[r].visits && !route_shrink(s, r))
            s->routes[r].dead = true;            /* cannot be: an idle day always fits */
    if (s->ties)
        ties_pin_all(s, h->best_begin);
    for (; *codes != TOUR_NONE; codes += 2 + codes[1]) {
        int r = codes[0], n = codes[1];
        int32_t room[n];
        int kept = load_codes(h, codes, false, room);
        if (s->routes[r].dead || (kept <= s->routes[r].room && route_set(s, r, room, kept)))
            continue;
        for (int i = 0; i < kept; i++)
            if (room[i] >= 0)
                s->route_of[room[i]] = TOUR_NONE;
        kept = load_codes(h, codes, true, room);
        if (!route_set(s, r, room, kept))
            s->routes[r].dead = true;
    }
    if (s->ties)
        ties_mend(s);
    s->absent_n = 0;
    for (int v = 0; v < s->p->visits_n; v++)
        if (s->route_of[v] == TOUR_NONE && leader_of(s, v) == v)
            s->absent[s->absent_n++] = v;
    state_offer(s);
    h->score = s->cost + lost(h);
}

static void load_plan(struct hunt *h, const struct tour_plan *plan)
{
    int32_t *codes = NEW(h->s->mem, int32_t, h->best_room);
    int n = 0;
    for (int i = 0; i < plan->tours_n; i++) {
        const struct tour *t = &plan->tours[i];
        codes[n] = t->carer;
        codes[n + 1] = tour_codes(t, codes + n + 2);
        n += 2 + codes[n + 1];
        for (int at = 0; at < t->steps_n && h->best_begin; at++)
            if (t->steps[at].kind == TOUR_VISIT)
                h->best_begin[t->steps[at].index] = t->steps[at].arrive + t->steps[at].wait;
    }
    codes[n] = TOUR_NONE;
    load(h, codes);
}

/* --- fewer carers --- */

/* With all visits made, one route less; its visits are absent until others take them. */
static void drop_route(struct hunt *h)
{
    struct state *s = h->s;
    int least = -1;
    for (int r = 0; r < s->p->carers_n; r++)
        if (s->routes[r].visits &&
            (least < 0 || s->routes[r].visits < s->routes[least].visits))
            least = r;
    if (s->used < 2)
        return;
    for (int i = 0; i < s->routes[least].n; i++)
        if (s->routes[least].stops[i].visit >= 0 &&
            leader_of(s, s->routes[least].stops[i].visit) == s->routes[least].stops[i].visit)
            s->absent[s->absent_n++] = s->routes[least].stops[i].visit;
    s->used_max = s->used - 1;
    for (int i = 0; i < s->absent_n; i++)
        visit_free(s, s->absent[i]);
    bool fits = route_shrink(s, least);
    assert(fits);
    state_offer(s);
    h->score = s->cost + lost(h);
}

/* While fewer are sought; then back to the best, with as many as it has. */
static void seek_fewer(struct hunt *h, double gone)
{
    if (!h->fewer)
        return;
    if (gone < FEWER_SHARE) {
        if (h->s->absent_n == 0)
            drop_route(h);
        return;
    }
    h->fewer = false;
    h->s->used_max = h->worth.used;
    load(h, h->best);
}

/* --- the pool --- */

/* A better plan of days that were seen, when there is one, and it is time to look. */
static void try_pool(struct hunt *h, double gone)
{
    bool full = h->pool && pool_full(h->pool);
    if (!h->pool || h->worth.absent || h->turns < h->pool_turns + TURNS_A_POOL ||
        (gone < h->pool_next && !full))
        return;
    h->pool_turns = h->turns;
    h->pool_next = gone < POOL_LAST && gone + POOL_AGAIN > POOL_LAST ? POOL_LAST
                                                                     : gone + POOL_AGAIN;
    if (pool_solve(h->pool, h->worth.cost, h->mixed)) {
        load(h, h->mixed);
        keep_best(h);
    }
    if (full)
        pool_clear(h->pool);
    for (int r = 0; r < h->s->p->carers_n && h->s->absent_n == 0; r++)
        pool_take(h->pool, h->s, r);
}

static void tell(struct hunt *h, double gone)
{
    if (!h->budget->progress || gone < h->told + 0.01)
        return;
    h->told = gone;
    h->budget->progress(h->budget->arg, gone, h->worth.cost, h->worth.absent);
}

/* --- breeding --- */

/* Children for what is left of the budget; their best is the hunt's. */
static void breed_on(struct hunt *h)
{
    double gone;
    load(h, h->best);
    breed_see(h->breed, h->s);
    while ((gone = share(h)) < 1) {
        int64_t left = h->budget->iterations - h->turns;
        breed_step(h->breed);
        h->turns += h->budget->iterations && left < TURNS_A_CHILD ? left : TURNS_A_CHILD;
        if (h->breed->best < h->worth.cost) {
            breed_codes(h->breed, h->mixed);
            load(h, h->mixed);
            keep_best(h);
        }
        tell(h, gone);
    }
}

/* Is there time enough that children become better than what the hunt alone would find? */
static bool may_breed(const struct tour_problem *p, const struct tour_budget *b)
{
    double n = p->visits_n;
    return !b->from && !p->given && (b->iterations || b->cpu_s > 0) &&
           (!b->iterations || (double)b->iterations >= BREED_TURNS * n * n) &&
           (b->cpu_s <= 0 || b->cpu_s >= BREED_CPU * n * n);
}

/* --- the run --- */

static void first_plans(struct hunt *h)
{
    if (h->budget->from)
        load_plan(h, h->budget->from);
    else if (h->s->p->given)
        load(h, h->s->p->given);
    first_plan(h);
}

void hunt_run(struct hunt *h)
{
    struct state *s = h->s;
    double gone;
    h->begun = beside_cpu();
    if (s->p->visits_n == 0)
        return;
    first_plans(h);
    double leg = (double)s->cost / (s->p->visits_n + s->used + 1);
    double hot = leg * (h->budget->from ? WARM : HOT), cold = leg * COLD;
    while ((gone = share(h)) < 1) {
        double cooled = gone < h->cooling ? gone / h->cooling : 1;
        if (h->breed && cooled >= 1 && h->worth.absent == 0) {
            breed_on(h);
            return;
        }
        seek_fewer(h, gone);
        h->heat = hot * pow(cold / hot, cooled);
        int64_t left = h->budget->iterations - h->turns;
        int turns = h->budget->iterations && left < TURNS_A_LOOK ? (int)left : TURNS_A_LOOK;
        for (int i = 0; i < turns; i++)
            turn(h);
        h->turns += turns;
        if (s->absent_n)
            raise_prices(h);
        try_pool(h, cooled);
        tell(h, gone);
    }
}

struct hunt *hunt_new(struct arena *mem, const struct tour_problem *p,
                      const struct tour_budget *budget, uint64_t seed)
{
    struct hunt *h = NEW(mem, struct hunt, 1);
    int n = p->visits_n, m = p->carers_n, breaks = 0;
    for (int k = 0; k < m; k++)
        breaks += p->carers[k].breaks_n;
    *h = (struct hunt){ .s = state_new(mem, p, seed), .budget = budget, .fewer = p->fewest,
                        .best_room = n + 4 * m + breaks + 1 };
    h->near = near_make(h->s);
    h->breed = may_breed(p, budget) ? breed_new(mem, h->s) : NULL;
    h->cooling = h->breed ? HUNT_SHARE : 1;
    h->mixed = NEW(mem, int32_t, h->best_room);
    h->pool = p->fewest || h->s->ties ? NULL : pool_new(mem, h->s);
    h->best_begin = h->s->ties ? NEW(mem, int32_t, n) : NULL;
    for (int v = 0; v < n && h->best_begin; v++)
        h->best_begin[v] = TOUR_NONE;
    h->pool_next = POOL_FIRST;
    h->price = NEW(mem, int64_t, n);
    h->price_first = NEW(mem, int64_t, n);
    h->list = NEW(mem, int32_t, 2 * n + 1);
    h->absent = NEW(mem, int32_t, n);
    h->best = NEW(mem, int32_t, h->best_room);
    make_prices(h);
    return h;
}
