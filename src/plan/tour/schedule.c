/* schedule.c - codes of a search as carers' days, with every time and load. */

#include "plan/tour/schedule.h"

#include "plan/tour/search/state.h"

#include <assert.h>
#include <string.h>

/* One carer's stops, walked from a moment of departure. */
struct walk {
    const struct tour_problem *p;
    const struct tour_carer *carer;
    int            carer_at;
    const int32_t *codes;
    int            n;
    struct tour   *tour;                 /* filled in; NULL: only times */
    struct tour_trial *trial;            /* what would give, when nothing must; NULL: all must */
    int32_t        asked;                /* the visit whose begin the trial notes */
    int32_t        now, place, place_to; /* where she is, and where she is going */
    int32_t        way;                  /* of it still to go */
};

static int32_t place_of(const struct walk *w, int i)
{
    int32_t code = w->codes[i];
    int32_t place = code >= 0             ? w->p->visits[code].place
                    : code == STOP_START  ? w->carer->start
                                          : w->carer->end;
    return place == TOUR_NONE ? w->p->places_n : place;
}

static size_t cell(const struct walk *w, int32_t from, int32_t to)
{
    return (size_t)from * (size_t)(w->p->places_n + 1) + (size_t)to;
}

/* Sets out for the next stop that has a place. */
static void set_out(struct walk *w, int next)
{
    while (w->codes[next] <= STOP_BREAK)
        next++;
    w->place_to = place_of(w, next);
    w->way = w->p->travels[w->carer->travel].time[cell(w, w->place, w->place_to)];
}

static void travel(struct walk *w, int32_t part)
{
    w->now += part;
    w->way -= part;
    if (w->tour)
        w->tour->travel += part;
}

static void arrive(struct walk *w)
{
    const struct tour_travel *t = &w->p->travels[w->carer->travel];
    size_t at = cell(w, w->place, w->place_to);
    travel(w, w->way);
    if (w->tour) {
        w->tour->cost += t->cost[at];
        w->tour->distance += t->distance ? t->distance[at] : 0;
    }
    if (w->trial) {
        w->trial->cost += t->cost[at];
        w->trial->travel += t->time[at];
        w->trial->distance += t->distance ? t->distance[at] : 0;
    }
}

static struct tour_step *step(struct walk *w, enum tour_step_kind kind, int32_t index)
{
    static struct tour_step none;
    if (!w->tour)
        return &none;
    struct tour_step *s = &w->tour->steps[w->tour->steps_n++];
    *s = (struct tour_step){ .kind = kind, .index = index, .arrive = w->now,
                             .travel = w->tour->travel, .distance = w->tour->distance };
    if (kind != TOUR_START)
        memcpy(s->load, s[-1].load, sizeof s->load);
    return s;
}

static bool take_break(struct walk *w, int i)
{
    int32_t b = STOP_BREAK - w->codes[i];
    const struct tour_break *rest = &w->carer->breaks[b];
    int32_t begin = windows_next(rest->windows, w->now);
    if (begin > TOUR_TIME_MAX)
        return false;
    travel(w, begin - w->now < w->way ? begin - w->now : w->way);
    struct tour_step *s = w->tour ? step(w, TOUR_BREAK, b) : NULL;
    if (s) {
        s->wait = begin - w->now;
        s->service = rest->service;
        w->tour->wait += s->wait;
    }
    w->now = begin + rest->service;
    return true;
}

static void count(struct walk *w, struct tour_step *s, int32_t v)
{
    const struct tour_visit *visit = &w->p->visits[v];
    int64_t work = (int64_t)s->setup + s->service;
    for (int a = 0; a < w->p->amounts_n; a++)
        s->load[a] += visit->pickup[a] - visit->delivery[a];
    w->tour->wait += s->wait;
    w->tour->setup += s->setup;
    w->tour->service += s->service;
    w->tour->priority += visit->priority;
    w->tour->cost += (int64_t)w->carer->task_cost * work / 3600;
}

/* When the visit begins; too late only in a trial. */
static int32_t begin_of(struct walk *w, int32_t v)
{
    struct tour_windows windows = w->p->visits[v].windows;
    int32_t begin = windows_next(windows, w->now);
    if (begin > TOUR_TIME_MAX && w->trial) {
        begin = w->now;
        w->trial->late_n++;
        w->trial->late_at = v;
        w->trial->late = begin - windows.at[windows.n - 1].close;
    }
    if (w->trial && v == w->asked)
        w->trial->begin = begin;
    return begin;
}

static bool make_visit(struct walk *w, int i)
{
    int32_t v = w->codes[i], from = w->place;
    arrive(w);
    int32_t begin = begin_of(w, v);
    if (begin > TOUR_TIME_MAX)
        return false;
    int32_t setup = from == w->place_to ? 0 : tour_setup(w->p, w->carer_at, v);
    int32_t service = tour_service(w->p, w->carer_at, v);
    if (w->tour) {
        struct tour_step *s = step(w, TOUR_VISIT, v);
        s->wait = begin - w->now;
        s->setup = setup;
        s->service = service;
        count(w, s, v);
    }
    w->now = begin + setup + service;
    w->place = w->place_to;
    set_out(w, i + 1);
    return true;
}

/* Walks the day from a departure; false when it does not fit. */
static bool walk(struct walk *w, int32_t depart)
{
    w->now = depart;
    w->place = place_of(w, 0);
    set_out(w, 1);
    if (w->tour) {
        struct tour_step *s = step(w, TOUR_START, 0);
        for (int i = 0; i < w->n; i++)
            for (int a = 0; a < w->p->amounts_n && w->codes[i] >= 0; a++)
                s->load[a] += w->p->visits[w->codes[i]].delivery[a];
    }
    for (int i = 1; i < w->n - 1; i++)
        if (w->codes[i] >= 0 ? !make_visit(w, i) : !take_break(w, i))
            return false;
    arrive(w);
    if (w->tour)
        step(w, TOUR_END, 0);
    return w->trial || w->now <= w->carer->shift.close;
}

/* --- trials --- */

static bool carries(const struct walk *w)
{
    for (int a = 0; a < w->p->amounts_n; a++) {
        int64_t load = 0;
        for (int i = 0; i < w->n; i++)
            load += w->codes[i] >= 0 ? w->p->visits[w->codes[i]].delivery[a] : 0;
        if (load > w->carer->capacity[a])
            return false;
        for (int i = 0; i < w->n; i++) {
            if (w->codes[i] < 0)
                continue;
            const struct tour_visit *v = &w->p->visits[w->codes[i]];
            load += v->pickup[a] - v->delivery[a];
            if (load > w->carer->capacity[a])
                return false;
        }
    }
    return true;
}

bool tour_try(const struct tour_problem *p, int carer, const int32_t *codes, int n, int32_t asked,
              struct tour_trial *ret_trial)
{
    const struct tour_carer *k = &p->carers[carer];
    struct tour_trial t = { .late_at = TOUR_NONE, .cost = k->fixed_cost };
    struct walk w = { .p = p, .carer = k, .carer_at = carer, .codes = codes, .n = n,
                      .trial = &t, .asked = asked };
    int tasks = n - 2 - k->breaks_n;
    if (tasks > k->tasks_max || !carries(&w) || !walk(&w, k->shift.open))
        return false;
    t.over = w.now > k->shift.close ? w.now - k->shift.close : 0;
    *ret_trial = t;
    return t.travel <= k->travel_max && t.distance <= k->distance_max;
}

/* --- plans --- */

/* The latest departure that ends the day as early as the earliest departure does. */
static int32_t departure(struct walk *w)
{
    int32_t low = w->carer->shift.open, high = w->carer->shift.close;
    bool fits = walk(w, low);
    int32_t end = w->now;
    assert(fits);
    while (low < high) {
        int32_t middle = low + (high - low + 1) / 2;
        if (walk(w, middle) && w->now == end)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void schedule_one(struct ctx *c, struct walk *w, struct tour *tour)
{
    int32_t depart = departure(w);
    *tour = (struct tour){ .carer = w->carer_at, .cost = w->carer->fixed_cost,
                           .steps = NEW(&c->mem, struct tour_step, w->n) };
    w->tour = tour;
    bool fits = walk(w, depart);
    assert(fits);
}

void tour_schedule(struct ctx *c, const struct tour_problem *p, const int32_t *codes,
                   struct tour_plan *ret_plan)
{
    struct tour_plan plan = { .tours = NEW(&c->mem, struct tour, p->carers_n),
                              .absent = NEW(&c->mem, int32_t, p->visits_n) };
    bool *there = NEW(&c->mem, bool, p->visits_n);
    while (*codes != TOUR_NONE) {
        struct walk w = { .p = p, .carer = &p->carers[codes[0]], .carer_at = codes[0],
                          .n = codes[1], .codes = codes + 2 };
        schedule_one(c, &w, &plan.tours[plan.tours_n]);
        plan.cost += plan.tours[plan.tours_n++].cost;
        for (int i = 0; i < w.n; i++)
            if (w.codes[i] >= 0)
                there[w.codes[i]] = true;
        codes += 2 + w.n;
    }
    for (int i = 0; i < p->visits_n; i++)
        if (!there[i])
            plan.absent[plan.absent_n++] = i;
    *ret_plan = plan;
}

int tour_codes(const struct tour *t, int32_t *ret_codes)
{
    for (int i = 0; i < t->steps_n; i++) {
        const struct tour_step *s = &t->steps[i];
        ret_codes[i] = s->kind == TOUR_VISIT   ? s->index
                       : s->kind == TOUR_BREAK ? STOP_BREAK - s->index
                       : s->kind == TOUR_START ? STOP_START
                                               : STOP_END;
    }
    return t->steps_n;
}
