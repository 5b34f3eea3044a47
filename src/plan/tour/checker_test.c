/* checker_test.c - looks at plans without the search's code; tries all plans of tiny problems. */

#include "plan/tour/checker_test.h"

#include "plan/tour/link.h"
#include "test.h"

#include <string.h>

/* --- one plan --- */

static bool has(const struct tour_carer *k, int32_t skill, int32_t level)
{
    for (int i = 0; i < k->skills.n; i++)
        if (k->skills.at[i] == skill)
            return (k->levels ? k->levels[i] : 1) >= level;
    return false;
}

static int32_t level(const struct tour_visit *v, int i)
{
    return v->levels ? v->levels[i] : 1;
}

static bool inside(struct tour_windows w, int64_t t)
{
    bool in = w.n == 0;
    for (int i = 0; i < w.n; i++)
        in |= t >= w.at[i].open && t <= w.at[i].close;
    return in;
}

static int32_t way(const struct tour_problem *p, const int32_t *m, int32_t from, int32_t to)
{
    return from < 0 || to < 0 ? 0 : m[from * (p->places_n + 1) + to];
}

struct seen {
    int64_t now, travel, cost, late, done, work, load[8];
    int32_t place, breaks;
};

static const char *visit_fault(const struct tour_problem *p, const struct tour *t,
                               const struct tour_step *s, struct seen *at)
{
    const struct tour_carer *k = &p->carers[t->carer];
    const struct tour_visit *v = &p->visits[s->index];
    const struct tour_travel *m = &p->travels[k->travel];
    int64_t begin = s->arrive + s->wait;
    int32_t setup = v->setup_of ? v->setup_of[k->kind] : v->setup;
    if (s->travel - at->done != way(p, m->time, at->place, v->place))
        return "the way is longer or shorter than the matrix says";
    if (s->service != (v->service_of ? v->service_of[k->kind] : v->service))
        return "the service is not as long as it should be";
    if (s->setup != (at->place == v->place ? 0 : setup))
        return "the setup is not as long as it should be";
    if (!inside(v->windows, begin))
        return "a visit begins outside its windows";
    for (int i = 0; i < v->skills.n; i++)
        if (!has(k, v->skills.at[i], level(v, i)))
            return "a skill is missing, or not high enough";
    at->cost += way(p, m->cost, at->place, v->place) +
                (int64_t)k->task_cost * (s->service + s->setup) / 3600;
    if (v->late_cost && begin > v->due)
        at->late += (int64_t)v->late_cost * (begin - v->due) / 3600;
    at->place = v->place;
    at->done = s->travel;
    at->work += s->service + s->setup;
    for (int a = 0; a < p->amounts_n; a++) {
        at->load[a] += v->pickup[a] - v->delivery[a];
        if (at->load[a] > k->capacity[a] || at->load[a] < 0 || at->load[a] != s->load[a])
            return "the load is not what it can be";
    }
    return NULL;
}

static const char *step_fault(const struct tour_problem *p, const struct tour *t, int i,
                              struct seen *at)
{
    const struct tour_carer *k = &p->carers[t->carer];
    const struct tour_step *s = &t->steps[i];
    if (s->arrive != at->now + s->travel - at->travel || s->travel < at->travel || s->wait < 0)
        return "she is somewhere before she can be";
    if (s->kind == TOUR_VISIT) {
        const char *fault = visit_fault(p, t, s, at);
        if (fault)
            return fault;
    } else if (s->kind == TOUR_BREAK) {
        if (s->index != at->breaks++ || s->service != k->breaks[s->index].service)
            return "a break is not the one due";
        if (!inside(k->breaks[s->index].windows, s->arrive + s->wait))
            return "a break begins outside its windows";
        for (int a = 0; a < p->amounts_n && k->breaks[s->index].load_max; a++)
            if (at->load[a] > k->breaks[s->index].load_max[a])
                return "she carries more than she may in a break";
    } else {
        return "a start or end in the middle";
    }
    at->now = s->arrive + s->wait + s->setup + s->service;
    at->travel = s->travel;
    return NULL;
}

/* Where in the tour a visit is made; -1: nowhere. */
static int made_at(const struct tour *t, int32_t v)
{
    for (int i = 0; i < t->steps_n; i++)
        if (t->steps[i].kind == TOUR_VISIT && t->steps[i].index == v)
            return i;
    return -1;
}

static const char *shipments_fault(const struct tour_problem *p, const struct tour *t)
{
    for (int i = 0; i < t->steps_n; i++) {
        const struct tour_step *s = &t->steps[i];
        const struct tour_visit *v = s->kind == TOUR_VISIT ? &p->visits[s->index] : NULL;
        if (!v || v->part == TOUR_ALONE)
            continue;
        int other = made_at(t, v->mate);
        if (other < 0 || (v->part == TOUR_HANDOVER) != (other < i))
            return "a shipment is handed over before it is picked up, or by somebody else";
        const struct tour_step *from = &t->steps[other];
        if (v->ride_max && s->arrive + s->wait - (from->arrive + from->wait + from->setup +
                                                  from->service) > v->ride_max)
            return "a shipment rides too long";
    }
    return NULL;
}

/* Her hours, and what those that are over her usual ones cost. */
static const char *hours_fault(const struct tour_problem *p, const struct tour *t,
                               struct seen *at)
{
    const struct tour_hours *h = &p->carers[t->carer].hours;
    int64_t work = at->work + t->travel;
    if (h->waits) {
        work = t->steps[t->steps_n - 1].arrive - t->steps[0].arrive;
        for (int i = 0; i < t->steps_n; i++)
            work -= t->steps[i].kind == TOUR_BREAK ? t->steps[i].service : 0;
    }
    if (work != t->work || (h->most && work > h->most))
        return "she works longer than she may, or than is said";
    at->cost += at->late;
    if (h->price && work > h->usual)
        at->cost += (work - h->usual) * h->price / 3600;
    return NULL;
}

static const char *tour_fault(const struct tour_problem *p, const struct tour *t, int *made)
{
    const struct tour_carer *k = &p->carers[t->carer];
    struct seen at = { .place = k->start, .cost = k->fixed_cost };
    int visits = 0;
    for (int i = 0; i < t->steps_n; i++)
        if (t->steps[i].kind == TOUR_VISIT) {
            made[t->steps[i].index]++;
            visits++;
            for (int a = 0; a < p->amounts_n; a++)
                at.load[a] += p->visits[t->steps[i].index].part == TOUR_ALONE
                                  ? p->visits[t->steps[i].index].delivery[a] : 0;
        }
    for (int a = 0; a < p->amounts_n; a++)
        if (at.load[a] > k->capacity[a])
            return "she carries more than she can";
    const struct tour_step *first = t->steps, *last = &t->steps[t->steps_n - 1];
    if (t->steps_n < 2 || first->kind != TOUR_START || last->kind != TOUR_END)
        return "a tour starts and ends";
    at.now = first->arrive;
    for (int i = 1; i < t->steps_n - 1; i++) {
        const char *fault = step_fault(p, t, i, &at);
        if (fault)
            return fault;
    }
    const struct tour_travel *m = &p->travels[k->travel];
    at.cost += way(p, m->cost, at.place, k->end);
    if (last->travel - at.done != way(p, m->time, at.place, k->end) ||
        last->arrive != at.now + last->travel - at.travel)
        return "the way home is longer or shorter than the matrix says";
    if (first->arrive < k->shift.open || last->arrive > k->shift.close)
        return "she works outside her shift";
    if (at.breaks != k->breaks_n || visits > k->tasks_max || last->travel > k->travel_max)
        return "breaks are missing, or a limit is passed";
    const char *fault = hours_fault(p, t, &at);
    if (!fault)
        fault = shipments_fault(p, t);
    if (fault)
        return fault;
    return at.cost == t->cost && last->travel == t->travel ? NULL : "the sums are wrong";
}

/* Who makes a visit, when it begins and ends, its setup counted in any case; by: -1, nobody. */
struct time { int by; int64_t begin, end; };

static struct time time_of(const struct tour_problem *p, const struct tour_plan *plan, int32_t v)
{
    const struct tour_visit *visit = &p->visits[v];
    for (int i = 0; i < plan->tours_n; i++) {
        int at = made_at(&plan->tours[i], v);
        if (at < 0)
            continue;
        const struct tour_step *s = &plan->tours[i].steps[at];
        int kind = p->carers[plan->tours[i].carer].kind;
        int64_t begin = s->arrive + s->wait;
        return (struct time){ plan->tours[i].carer, begin,
                              begin + (visit->setup_of ? visit->setup_of[kind] : visit->setup) +
                                  (visit->service_of ? visit->service_of[kind] : visit->service) };
    }
    return (struct time){ -1, 0, 0 };
}

static const char *links_fault(const struct tour_problem *p, const struct tour_plan *plan)
{
    for (int i = 0; i < p->links_n; i++) {
        const struct tour_link *l = &p->links[i];
        struct time a = time_of(p, plan, l->first), b = time_of(p, plan, l->second);
        if (l->pair && (a.by < 0) != (b.by < 0))
            return "one half of a pair is made without the other";
        if (b.by < 0)
            continue;
        if (a.by < 0)
            return "a visit is made without what it waits for";
        if (l->pair && a.by == b.by)
            return "one carer is both of a pair";
        int64_t gap = b.begin - (l->ended ? a.end : a.begin);
        if (gap < l->min || gap > l->max)
            return "two visits are too near or too far apart in time";
    }
    return NULL;
}

const char *plan_fault(const struct tour_problem *p, const struct tour_plan *plan)
{
    int *made = NEW(test_mem(), int, p->visits_n);
    int *out = NEW(test_mem(), int, p->carers_n);
    int64_t cost = 0;
    for (int i = 0; i < plan->tours_n; i++) {
        if (out[plan->tours[i].carer]++)
            return "a carer goes out twice";
        const char *fault = tour_fault(p, &plan->tours[i], made);
        if (fault)
            return fault;
        cost += plan->tours[i].cost;
    }
    for (int i = 0; i < plan->absent_n; i++)
        made[plan->absent[i]]++;
    for (int i = 0; i < p->visits_n; i++)
        if (made[i] != 1)
            return "a visit is made twice, or neither made nor named as absent";
    return cost == plan->cost ? links_fault(p, plan) : "the sum of all tours is wrong";
}

/* --- all plans --- */

enum { TINY = 12 };

/* Orders of stops by carer: visits, or -1 - b for break b. */
struct tiny {
    const struct tour_problem *p;
    int order[TINY][TINY], n[TINY];
    int64_t absent, priority;
    bool rides;                          /* some are limited: pick-ups may have to wait */
    int64_t from[TINY];                  /* not before, for what a visit is tied to */
    int64_t begin[TINY];                 /* as last walked */
    struct tiny_best best;
};

/* The first moment from t on in a window, by trying each. */
static int64_t opens(struct tour_windows w, int64_t t)
{
    for (int64_t at = t; at < t + 2000; at++)
        if (inside(w, at))
            return at;
    return -1;
}

/* The end of a break begun after some part of the way, all of it then done; each part is tried. */
static int64_t over_break(const struct tour_break *b, int64_t now, int64_t left)
{
    int64_t best = -1;
    for (int64_t part = 0; part <= left; part++) {
        int64_t begin = opens(b->windows, now + part);
        if (begin >= 0 && (best < 0 || begin + b->service + left - part < best))
            best = begin + b->service + left - part;
    }
    return best;
}

/* One carer's order from a departure, with pick-ups not before some moment. */
struct tiny_day { int64_t now, cost, late, work; };

static int64_t tiny_begin(const struct tour_visit *v, int64_t now, int64_t hold)
{
    return opens(v->windows, v->part == TOUR_PICKUP && now < hold ? hold : now);
}

/* False when it cannot be. Breaks stand alone between visits here. */
static bool tiny_walk(struct tiny *t, int k, int64_t depart, int64_t hold,
                      struct tiny_day *d)
{
    const struct tour_carer *c = &t->p->carers[k];
    const struct tour_travel *m = &t->p->travels[c->travel];
    int64_t load = 0, done[TINY] = { 0 };
    int32_t place = c->start;
    int rest = -1;
    *d = (struct tiny_day){ .now = depart, .cost = c->fixed_cost };
    for (int i = 0; i < t->n[k]; i++)
        if (t->order[k][i] >= 0 && t->p->visits[t->order[k][i]].part == TOUR_ALONE)
            load += t->p->visits[t->order[k][i]].delivery[0];
    for (int i = 0; i <= t->n[k]; i++) {
        bool last = i == t->n[k];
        if (t->p->amounts_n && load > c->capacity[0])
            return false;
        if (!last && t->order[k][i] < 0) {
            if (rest >= 0)
                return false;
            rest = -1 - t->order[k][i];
            if (c->breaks[rest].load_max && load > c->breaks[rest].load_max[0])
                return false;
            continue;
        }
        int32_t to = last ? c->end : t->p->visits[t->order[k][i]].place;
        int64_t left = way(t->p, m->time, place, to);
        d->now = rest < 0 ? d->now + left : over_break(&c->breaks[rest], d->now, left);
        rest = -1;
        d->cost += way(t->p, m->cost, place, to);
        d->work += left;
        if (d->now < 0 || d->now > c->shift.close)
            return false;
        place = to;
        if (last)
            break;
        const struct tour_visit *v = &t->p->visits[t->order[k][i]];
        int64_t from = t->from[t->order[k][i]];
        d->now = tiny_begin(v, d->now > from ? d->now : from, hold);
        if (d->now < 0)
            return false;
        t->begin[t->order[k][i]] = d->now;
        for (int s = 0; s < v->skills.n; s++)
            if (!has(c, v->skills.at[s], level(v, s)))
                return false;
        if (v->part == TOUR_HANDOVER &&
            (!done[v->mate] || (v->ride_max && d->now - done[v->mate] > v->ride_max)))
            return false;
        if (v->late_cost && d->now > v->due)
            d->late += v->late_cost * (d->now - v->due) / 3600;
        d->now += v->service;
        d->work += v->service;
        done[t->order[k][i]] = d->now;
        load += v->pickup[0] - v->delivery[0];
    }
    return true;
}

/* Cost of one carer's order, -1 when it cannot be: each hold of pick-ups, each departure. */
static int64_t tiny_cost(struct tiny *t, int k)
{
    const struct tour_carer *c = &t->p->carers[k];
    const struct tour_hours *h = &c->hours;
    struct tiny_day d, later;
    int64_t hold = 0, depart = c->shift.open;
    while (!tiny_walk(t, k, depart, hold, &d))
        if (++hold > (t->rides ? 250 : 0))
            return -1;
    for (int64_t at = depart; at <= c->shift.close && h->waits; at++)
        if (tiny_walk(t, k, at, hold, &later) && later.now == d.now && later.late == d.late)
            depart = at;
    int64_t work = d.work;
    if (h->waits) {
        work = d.now - depart;
        for (int b = 0; b < c->breaks_n; b++)
            work -= c->breaks[b].service;
    }
    if (h->most && work > h->most)
        return -1;
    int64_t over = h->price && work > h->usual ? work - h->usual : 0;
    return d.cost + d.late + over * h->price / 3600;
}

/* Is all of each shipment and pair made, and what visits wait for? By whom: made, from 1. */
static bool tiny_whole(const struct tiny *t, int *made)
{
    for (int k = 0; k < t->p->carers_n; k++)
        for (int i = 0; i < t->n[k]; i++)
            if (t->order[k][i] >= 0)
                made[t->order[k][i]] = k + 1;
    for (int v = 0; v < t->p->visits_n; v++)
        if (t->p->visits[v].part != TOUR_ALONE && made[v] != made[t->p->visits[v].mate])
            return false;
    for (int i = 0; i < t->p->links_n; i++) {
        int a = made[t->p->links[i].first], b = made[t->p->links[i].second];
        if ((b && !a) || (t->p->links[i].pair && (!a != !b || (a && a == b))))
            return false;
    }
    return true;
}

/* Puts off what is too early for its links; *ret_moved: something was. False: too late for any. */
static bool tiny_put_off(struct tiny *t, const int *made, bool *ret_moved)
{
    *ret_moved = false;
    for (int i = 0; i < t->p->links_n; i++) {
        const struct tour_link *l = &t->p->links[i];
        int64_t *a = &t->begin[l->first], *b = &t->begin[l->second];
        int64_t since = l->ended ? t->p->visits[l->first].service : 0;
        if (!made[l->second])
            continue;
        if (*b < *a + since + l->min) {
            t->from[l->second] = *a + since + l->min;
            *ret_moved = true;
        } else if (*a < *b - since - l->max) {
            t->from[l->first] = *b - since - l->max;
            *ret_moved = true;
        }
        if (t->from[l->first] > 1000 || t->from[l->second] > 1000)
            return false;
    }
    return true;
}

/* All days from the earliest begins on, put off until every link holds; -1: never. */
static int64_t tiny_sum(struct tiny *t, const int *made)
{
    memset(t->from, 0, sizeof t->from);
    for (bool moved = true;;) {
        int64_t sum = 0;
        for (int k = 0; k < t->p->carers_n; k++) {
            int64_t cost = t->n[k] == t->p->carers[k].breaks_n ? 0 : tiny_cost(t, k);
            if (cost < 0)
                return -1;
            sum += cost;
        }
        if (!tiny_put_off(t, made, &moved))
            return -1;
        if (!moved)
            return sum;
    }
}

static void tiny_weigh(struct tiny *t)
{
    int made[TINY] = { 0 };
    if (!tiny_whole(t, made))
        return;
    struct tiny_best now = { t->priority, t->absent, tiny_sum(t, made) }, *b = &t->best;
    if (now.cost < 0)
        return;
    if (b->cost < 0 || now.priority < b->priority ||
        (now.priority == b->priority &&
         (now.absent < b->absent || (now.absent == b->absent && now.cost < b->cost))))
        *b = now;
}

static void tiny_put(struct tiny *t, int k, int at, int what)
{
    memmove(&t->order[k][at + 1], &t->order[k][at], sizeof(int) * (size_t)(t->n[k] - at));
    t->order[k][at] = what;
    t->n[k]++;
}

static void tiny_take(struct tiny *t, int k, int at)
{
    t->n[k]--;
    memmove(&t->order[k][at], &t->order[k][at + 1], sizeof(int) * (size_t)(t->n[k] - at));
}

static void tiny_try(struct tiny *t, int v)
{
    if (v == t->p->visits_n) {
        tiny_weigh(t);
        return;
    }
    for (int k = 0; k < t->p->carers_n; k++)
        for (int at = 0; at <= t->n[k]; at++) {
            tiny_put(t, k, at, v);
            tiny_try(t, v + 1);
            tiny_take(t, k, at);
        }
    t->absent++;
    t->priority += t->p->visits[v].priority;
    tiny_try(t, v + 1);
    t->absent--;
    t->priority -= t->p->visits[v].priority;
}

struct tiny_best tiny_best(const struct tour_problem *p)
{
    struct tiny t = { .p = p, .best = { .cost = -1 } };
    for (int v = 0; v < p->visits_n; v++)
        t.rides |= p->visits[v].ride_max > 0;
    for (int k = 0; k < p->carers_n; k++)
        for (int b = 0; b < p->carers[k].breaks_n; b++)
            tiny_put(&t, k, b, -1 - b);
    tiny_try(&t, 0);
    return t.best;
}
