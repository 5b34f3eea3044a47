/*
 * polish.c - the trips of all bearers made better by small moves: stretches of doors go to another
 * place, ends of two bearers' days are crossed over, doors that were left are put in.
 *
 * A bearer's day is one row of doors, HOME between two trips; a move is kept when the days it
 * touches still hold and cost less. What a move would save is known before the days are walked, so
 * most are not.
 */

#include "plan/trip/inside.h"

#include <string.h>

enum { HOME = -1, STRETCH_MAX = 3, PASSES_MAX = 40 };

struct outing { int32_t *at; int n; };

struct polish {
    const struct trip_problem *p;
    struct outing  *days;                   /* of each bearer */
    struct outing   one, other;             /* what a move would make */
    struct trip  trip;                   /* scratch */
};

/* One bearer's prices: of ways (the kitchen is row 0), of her being another than is wished. */
struct prices { const int32_t *cost, *wish; int wide, bearers, load; };

static struct prices prices_of(const struct polish *o, int bearer)
{
    const struct trip_problem *p = o->p;
    return (struct prices){ p->ways[p->bearers[bearer].ways].cost,
                            p->wish ? p->wish + bearer : NULL, p->doors_n + 1, p->bearers_n,
                            p->load };
}

static int32_t at(const struct outing *d, int i)
{
    return i < 0 || i >= d->n ? HOME : d->at[i];
}

/* --- what a day costs, and whether it holds --- */

/* The price of one way more: going out of the kitchen is a trip, which has to be loaded. */
static inline int64_t leg(const struct prices *k, int32_t from, int32_t to)
{
    int64_t more = k->cost[(from + 1) * k->wide + to + 1];
    if (to == HOME)
        return more;
    return more + (k->wish ? k->wish[to * k->bearers] : 0) + (from == HOME ? k->load : 0);
}

static int64_t day_cost(const struct polish *o, int bearer, const struct outing *d)
{
    struct prices k = prices_of(o, bearer);
    int64_t sum = 0;
    for (int i = 0; i <= d->n; i++)
        sum += leg(&k, at(d, i - 1), at(d, i));
    return sum;
}

static bool trip_holds(struct polish *o, int32_t ready)
{
    struct trip_over over;
    trip_time(o->p, &o->trip, ready, &over);
    return !over.late && !over.hot && !over.boxes &&
           o->trip.back <= o->p->bearers[o->trip.bearer].until;
}

static bool day_holds(struct polish *o, int bearer, const struct outing *d)
{
    int32_t ready = o->p->bearers[bearer].from;
    int trips = 0;
    o->trip.bearer = bearer;
    o->trip.stops_n = 0;
    for (int i = 0; i <= d->n; i++) {
        if (at(d, i) != HOME) {
            o->trip.stops[o->trip.stops_n++].door = at(d, i);
            continue;
        }
        if (o->trip.stops_n == 0)
            continue;
        if (++trips > TRIPS_EACH_MAX || !trip_holds(o, ready))
            return false;
        ready = o->trip.back + o->p->load;
        o->trip.stops_n = 0;
    }
    return true;
}

/* --- rows of doors --- */

static void put(struct outing *d, const int32_t *from, int n)
{
    for (int i = 0; i < n; i++)
        if (from[i] != HOME || (d->n && d->at[d->n - 1] != HOME))
            d->at[d->n++] = from[i];
}

static void keep(struct outing *into, const struct outing *d)
{
    into->n = 0;
    put(into, d->at, d->n);
    while (into->n && into->at[into->n - 1] == HOME)
        into->n--;
}

/* --- a stretch of doors to another place --- */

struct stretch { int bearer, from, n; };
struct place { int bearer, before; bool home_before, home_after; };

/* The day without the stretch; with it at a place, in `ret`. */
static void without(const struct polish *o, struct stretch s, struct outing *ret)
{
    const struct outing *d = &o->days[s.bearer];
    ret->n = 0;
    put(ret, d->at, s.from);
    put(ret, d->at + s.from + s.n, d->n - s.from - s.n);
}

static void with(const struct outing *d, const int32_t *stretch, int n, struct place to,
                 struct outing *ret)
{
    static const int32_t home = HOME;
    ret->n = 0;
    put(ret, d->at, to.before);
    put(ret, &home, to.home_before);
    put(ret, stretch, n);
    put(ret, &home, to.home_after);
    put(ret, d->at + to.before, d->n - to.before);
}

/* What it costs more to have the stretch there, its own ways not counted. */
static int64_t price(const struct prices *k, const struct outing *d, const int32_t *s, int n,
                     struct place to)
{
    int32_t last = at(d, to.before - 1), next = at(d, to.before);
    int32_t before = to.home_before ? HOME : last, after = to.home_after ? HOME : next;
    int64_t more = leg(k, before, s[0]) + leg(k, s[n - 1], after) - leg(k, last, next);
    if (to.home_before)
        more += leg(k, last, HOME);
    if (to.home_after)
        more += leg(k, HOME, next);
    return more;
}

static int64_t inner(const struct prices *k, const int32_t *s, int n)
{
    int64_t sum = 0;
    for (int i = 0; i + 1 < n; i++)
        sum += leg(k, s[i], s[i + 1]);
    return sum;
}

/* A trip of its own is begun between two others only. */
static bool between(const struct outing *d, int before)
{
    return at(d, before - 1) == HOME || at(d, before) == HOME;
}

/* The cheapest place that holds and costs less than `under`; false: none. */
static bool find_place(struct polish *o, const struct outing *d, int bearer, const int32_t *s,
                       int n, int64_t *under, struct place *ret_place)
{
    struct prices k = prices_of(o, bearer);
    int64_t own = inner(&k, s, n);
    bool found = false;
    for (int before = 0; before <= d->n; before++)
        for (int homes = 0; homes < (between(d, before) ? 4 : 1); homes++) {
            struct place to = { bearer, before, homes & 1, homes & 2 };
            int64_t more = own + price(&k, d, s, n, to);
            if (more >= *under)
                continue;
            with(d, s, n, to, &o->other);
            if (!day_holds(o, bearer, &o->other))
                continue;
            *under = more;
            *ret_place = to;
            found = true;
        }
    return found;
}

static bool move_stretch(struct polish *o, struct stretch s)
{
    struct outing *from = &o->days[s.bearer];
    int32_t doors[STRETCH_MAX];
    struct place to, best = { .bearer = 0 };
    bool found = false;
    memcpy(doors, from->at + s.from, sizeof *doors * (size_t)s.n);
    without(o, s, &o->one);
    int64_t under = day_cost(o, s.bearer, from) - day_cost(o, s.bearer, &o->one);
    for (int b = 0; b < o->p->bearers_n; b++)
        if (find_place(o, b == s.bearer ? &o->one : &o->days[b], b, doors, s.n, &under, &to)) {
            best = to;
            found = true;
        }
    if (!found)
        return false;
    with(best.bearer == s.bearer ? &o->one : &o->days[best.bearer], doors, s.n, best, &o->other);
    if (best.bearer != s.bearer)
        keep(from, &o->one);
    keep(&o->days[best.bearer], &o->other);
    return true;
}

static bool all_stretches(struct polish *o)
{
    bool any = false;
    for (int b = 0; b < o->p->bearers_n; b++)
        for (int n = 1; n <= STRETCH_MAX; n++)
            for (int i = 0; i + n <= o->days[b].n; i++)
                if (at(&o->days[b], i) != HOME && at(&o->days[b], i + n - 1) != HOME)
                    any |= move_stretch(o, (struct stretch){ b, i, n });
    return any;
}

/* --- the ends of two days crossed over --- */

/* What it would save where both pay the same for the ends: known from four ways. */
static bool alike_and_dearer(const struct polish *o, int a, int b, int i, int j)
{
    struct prices k = prices_of(o, a);
    const struct outing *x = &o->days[a], *y = &o->days[b];
    if (k.wish || o->p->bearers[a].ways != o->p->bearers[b].ways)
        return false;
    return leg(&k, at(x, i - 1), at(y, j)) + leg(&k, at(y, j - 1), at(x, i)) >=
           leg(&k, at(x, i - 1), at(x, i)) + leg(&k, at(y, j - 1), at(y, j));
}

static bool cross(struct polish *o, int a, int b, int i, int j)
{
    struct outing *x = &o->days[a], *y = &o->days[b];
    if (alike_and_dearer(o, a, b, i, j))
        return false;
    o->one.n = o->other.n = 0;
    put(&o->one, x->at, i);
    put(&o->one, y->at + j, y->n - j);
    put(&o->other, y->at, j);
    put(&o->other, x->at + i, x->n - i);
    int64_t before = day_cost(o, a, x) + day_cost(o, b, y);
    if (day_cost(o, a, &o->one) + day_cost(o, b, &o->other) >= before ||
        !day_holds(o, a, &o->one) || !day_holds(o, b, &o->other))
        return false;
    keep(x, &o->one);
    keep(y, &o->other);
    return true;
}

static bool all_crossings(struct polish *o)
{
    bool any = false;
    for (int a = 0; a < o->p->bearers_n; a++)
        for (int b = a + 1; b < o->p->bearers_n; b++)
            for (int i = 0; i <= o->days[a].n; i++)
                for (int j = 0; j <= o->days[b].n; j++)
                    any |= cross(o, a, b, i, j);
    return any;
}

/* --- what was left --- */

static bool put_left(struct polish *o, int32_t door)
{
    int64_t under = INT64_MAX;
    struct place to, best = { .bearer = -1 };
    for (int b = 0; b < o->p->bearers_n; b++)
        if (find_place(o, &o->days[b], b, &door, 1, &under, &to))
            best = to;
    if (best.bearer < 0)
        return false;
    with(&o->days[best.bearer], &door, 1, best, &o->other);
    keep(&o->days[best.bearer], &o->other);
    return true;
}

static bool all_left(struct polish *o, struct trip_plan *plan)
{
    int n = 0, before = plan->left_n;
    for (int i = 0; i < before; i++)
        if (!put_left(o, plan->left[i]))
            plan->left[n++] = plan->left[i];
    plan->left_n = n;
    return n < before;
}

/* --- from trips to days and back --- */

static struct polish *polish_new(struct arena *mem, const struct trip_problem *p,
                                 const struct trip_plan *plan)
{
    struct polish *o = NEW(mem, struct polish, 1);
    int room = 2 * p->doors_n + 8;
    o->p = p;
    o->days = NEW(mem, struct outing, p->bearers_n);
    o->one.at = NEW(mem, int32_t, 2 * room);
    o->other.at = NEW(mem, int32_t, 2 * room);
    o->trip.stops = NEW(mem, struct trip_stop, p->doors_n + 1);
    for (int b = 0; b < p->bearers_n; b++)
        o->days[b].at = NEW(mem, int32_t, room);
    for (int i = 0; i < plan->trips_n; i++) {
        struct outing *d = &o->days[plan->trips[i].bearer];
        if (d->n)
            d->at[d->n++] = HOME;
        for (int k = 0; k < plan->trips[i].stops_n; k++)
            d->at[d->n++] = plan->trips[i].stops[k].door;
    }
    return o;
}

static void take_day(struct arena *mem, struct polish *o, int bearer, struct trip_plan *plan)
{
    const struct outing *d = &o->days[bearer];
    int32_t ready = o->p->bearers[bearer].from;
    for (int i = 0; i < d->n;) {
        struct trip *t = &plan->trips[plan->trips_n++];
        struct trip_over over;
        *t = (struct trip){ .bearer = bearer, .stops = NEW(mem, struct trip_stop, d->n) };
        for (; at(d, i) != HOME; i++)
            t->stops[t->stops_n++].door = d->at[i];
        trip_time(o->p, t, ready, &over);
        ready = t->back + o->p->load;
        i++;
    }
}

void trip_polish(struct arena *mem, const struct trip_problem *p, struct trip_plan *plan)
{
    struct polish *o = polish_new(mem, p, plan);
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        bool any = all_left(o, plan);
        any |= all_stretches(o);
        any |= all_crossings(o);
        if (!any)
            break;
    }
    plan->trips = NEW(mem, struct trip, p->bearers_n * TRIPS_EACH_MAX);
    plan->trips_n = 0;
    for (int b = 0; b < p->bearers_n; b++)
        take_day(mem, o, b, plan);
}
