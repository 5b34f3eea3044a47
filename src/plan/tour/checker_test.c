/* checker_test.c - looks at plans without the search's code; tries all plans of tiny problems. */

#include "plan/tour/checker_test.h"

#include "test.h"

#include <string.h>

/* --- one plan --- */

static bool has(struct tour_skills s, int32_t skill)
{
    for (int i = 0; i < s.n; i++)
        if (s.at[i] == skill)
            return true;
    return false;
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

struct seen { int64_t now, travel, cost, done; int32_t place, breaks; int64_t load[8], out[8]; };

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
        if (!has(k->skills, v->skills.at[i]))
            return "a skill is missing";
    at->cost += way(p, m->cost, at->place, v->place) +
                (int64_t)k->task_cost * (s->service + s->setup) / 3600;
    at->place = v->place;
    at->done = s->travel;
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
    } else {
        return "a start or end in the middle";
    }
    at->now = s->arrive + s->wait + s->setup + s->service;
    at->travel = s->travel;
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
                at.load[a] += p->visits[t->steps[i].index].delivery[a];
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
    return at.cost == t->cost && last->travel == t->travel ? NULL : "the sums are wrong";
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
    return cost == plan->cost ? NULL : "the sum of all tours is wrong";
}

/* --- all plans --- */

enum { TINY = 12 };

/* Orders of stops by carer: visits, or -1 - b for break b. */
struct tiny {
    const struct tour_problem *p;
    int order[TINY][TINY], n[TINY];
    int64_t absent, priority;
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

/* Cost of one carer's order, -1 when it cannot be. Breaks stand alone between visits here. */
static int64_t tiny_cost(const struct tiny *t, int k)
{
    const struct tour_carer *c = &t->p->carers[k];
    const struct tour_travel *m = &t->p->travels[c->travel];
    int64_t now = c->shift.open, cost = c->fixed_cost, load = 0;
    int32_t place = c->start;
    int rest = -1;
    for (int i = 0; i <= t->n[k]; i++) {
        bool last = i == t->n[k];
        if (!last && t->order[k][i] < 0) {
            if (rest >= 0)
                return -1;
            rest = -1 - t->order[k][i];
            continue;
        }
        int32_t to = last ? c->end : t->p->visits[t->order[k][i]].place;
        int64_t left = way(t->p, m->time, place, to);
        now = rest < 0 ? now + left : over_break(&c->breaks[rest], now, left);
        rest = -1;
        cost += way(t->p, m->cost, place, to);
        if (now < 0 || now > c->shift.close)
            return -1;
        place = to;
        if (last)
            break;
        const struct tour_visit *v = &t->p->visits[t->order[k][i]];
        now = opens(v->windows, now);
        if (now < 0)
            return -1;
        for (int s = 0; s < v->skills.n; s++)
            if (!has(c->skills, v->skills.at[s]))
                return -1;
        now += v->service;
        load += v->delivery[0];
    }
    return load > c->capacity[0] && t->p->amounts_n ? -1 : cost;
}

static void tiny_weigh(struct tiny *t)
{
    struct tiny_best now = { t->priority, t->absent, 0 }, *b = &t->best;
    for (int k = 0; k < t->p->carers_n; k++) {
        int64_t cost = t->n[k] == t->p->carers[k].breaks_n ? 0 : tiny_cost(t, k);
        if (cost < 0)
            return;
        now.cost += cost;
    }
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
    for (int k = 0; k < p->carers_n; k++)
        for (int b = 0; b < p->carers[k].breaks_n; b++)
            tiny_put(&t, k, b, -1 - b);
    tiny_try(&t, 0);
    return t.best;
}
