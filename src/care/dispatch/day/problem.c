/* problem.c - a day as the optimiser reads it. */

#include "care/dispatch/day/problem.h"

#include "care/dispatch/day/after.h"

#include "plan/tour/link.h"
#include "plan/tour/schedule.h"

#include <string.h>

enum { SKILLS_OF_ONE = 16 };

struct making {
    struct ctx *c;
    const struct the_day *d;
    const struct problem_ask *ask;
    bool strict;
    struct day_problem *q;
};

static bool is_loose(const struct making *m, int visit)
{
    return m->ask->loose && m->ask->loose[visit];
}

bool problem_keeps_loose(const struct the_day *d, const struct problem_ask *ask, int carer)
{
    bool keeps = false;
    for (int i = 0; ask->loose && i < d->visits_n; i++)
        keeps = keeps || (ask->loose[i] && d->visits[i].carer == carer);
    return keeps;
}

static bool keeps_loose(const struct making *m, int carer)
{
    return problem_keeps_loose(m->d, m->ask, carer);
}

static int free_of(const struct making *m, int carer)
{
    int from = m->d->carers[carer].free_min;
    return carer == m->ask->late && m->ask->free_min > from ? m->ask->free_min : from;
}

static bool works_not(const struct making *m, int carer)
{
    return carer == m->ask->ill || (m->strict && m->d->carers[carer].away);
}

/* --- ways --- */

static struct tour_travel travel_of(const struct making *m, enum way_kind kind)
{
    const struct ground *g = &m->d->ground;
    struct tour_travel t = tour_travel_new(&m->c->mem, g->n ? g->n : 1, false);
    size_t width = (size_t)(g->n ? g->n : 1) + 1;
    t.cost = NEW(&m->c->mem, int32_t, width * width);
    for (int from = 0; g->made[kind] && from < g->n; from++)
        for (int to = 0; to < g->n; to++) {
            size_t at = (size_t)from * width + (size_t)to;
            t.time[at] = ground_minutes(g, kind, from, to);
            t.cost[at] = ground_seconds(g, kind, from, to);
        }
    return t;
}

/* --- carers --- */

static struct tour_skills carer_skills(struct ctx *c, const struct day_carer *a)
{
    int32_t *at = NEW(&c->mem, int32_t, SKILLS_OF_ONE);
    int n = 0;
    for (int s = SKILL_BATH; s <= SKILL_NURSE; s++)
        if (a->skills.bits >> s & 1)
            at[n++] = s;
    if (a->gender == GENDER_FEMALE)
        at[n++] = SKILL_WOMAN;
    if (a->gender == GENDER_MALE)
        at[n++] = SKILL_MAN;
    return (struct tour_skills){ at, n };
}

/* Gaps between the parts of her shift are off duty; a rest that it does not name may move. */
static void shift_of(const struct making *m, int carer, struct tour_carer *k)
{
    const struct day_carer *a = &m->d->carers[carer];
    bool typed = m->strict && !keeps_loose(m, carer);
    const struct span *parts = typed ? a->parts : a->reach;
    int n = typed ? a->parts_n : a->reach_n, from = free_of(m, carer), first = 0;
    while (first < n && parts[first].to_min <= from)
        first++;
    if (first == n || works_not(m, carer)) {
        k->tasks_max = 0;
        return;
    }
    struct tour_break *breaks = NEW(&m->c->mem, struct tour_break, PARTS_MAX + 1);
    struct tour_window *at = NEW(&m->c->mem, struct tour_window, PARTS_MAX + 1);
    k->shift = (struct tour_window){ from > parts[first].from_min ? from : parts[first].from_min,
                                     parts[n - 1].to_min };
    for (int i = first; i + 1 < n; i++) {
        at[k->breaks_n] = (struct tour_window){ parts[i].to_min, parts[i].to_min };
        breaks[k->breaks_n] = (struct tour_break){
            .id = i, .off = true, .service = parts[i + 1].from_min - parts[i].to_min,
            .windows = { &at[k->breaks_n], 1 } };
        k->breaks_n++;
    }
    if (a->rest.minutes && (typed || !a->rest_lost) && from <= a->rest.close_min) {
        int open = a->rest.open_min > k->shift.open ? a->rest.open_min : k->shift.open;
        at[k->breaks_n] = (struct tour_window){ open, a->rest.close_min };
        breaks[k->breaks_n] = (struct tour_break){ .id = PARTS_MAX, .service = a->rest.minutes,
                                                   .windows = { &at[k->breaks_n], 1 } };
        k->breaks_n++;
    }
    k->breaks = breaks;
}

static int64_t minutes_of(const struct the_day *d, int carer)
{
    int64_t sum = 0;
    for (int i = 0; i < d->visits_n; i++)
        if (d->visits[i].carer == carer && !d->visits[i].pinned)
            sum += d->visits[i].minutes;
    return sum;
}

static int64_t on_duty(const struct tour_carer *k)
{
    int64_t sum = k->shift.close - k->shift.open;
    for (int i = 0; i < k->breaks_n; i++)
        sum -= k->breaks[i].service;
    return sum;
}

/* Ways count too; where she is not on duty so long nothing need be asked. */
static void hours_of(const struct making *m, int carer, int64_t left, struct tour_carer *k)
{
    const struct day_carer *a = &m->d->carers[carer];
    struct course *stands = NEW(&m->c->mem, struct course, 1);
    bool typed = m->strict && !keeps_loose(m, carer);
    course_of(m->d, carer, NOBODY, stands);
    int64_t has = course_work(stands) - a->pinned_min;
    int64_t most = left > has || typed ? left : has;
    if (m->d->way_percent == 0 || most <= 0 || most >= on_duty(k))
        return;
    k->hours = (struct tour_hours){ .most = most, .way_off = 100 - m->d->way_percent,
                                    .first_off = a->free_place == NOBODY };
}

static void carer_of(const struct making *m, int i, struct tour_carer *k)
{
    const struct day_carer *a = &m->d->carers[i];
    int64_t left = a->limit_min - a->pinned_min, has = minutes_of(m->d, i);
    *k = (struct tour_carer){
        .id = i + 1, .start = a->free_place != NOBODY ? a->free_place : a->place, .end = TOUR_NONE,
        .travel = (int32_t)a->way, .skills = carer_skills(m->c, a), .tasks_max = INT32_MAX,
        .travel_max = INT64_MAX, .distance_max = INT64_MAX };
    left = left > 0 ? left : 0;
    k->capacity[0] = left > has || (m->strict && !keeps_loose(m, i)) ? left : has;
    shift_of(m, i, k);
    hours_of(m, i, left, k);
}

/* --- visits --- */

static bool asked(const struct making *m, int visit)
{
    const struct day_visit *v = &m->d->visits[visit];
    bool away = v->carer != NOBODY && m->d->carers[v->carer].away;
    bool gone = m->ask->gone != NOBODY && (visit == m->ask->gone || v->mate == m->ask->gone);
    return !v->pinned && !gone && (m->strict || !away);
}

/* What goes with another who stands is not moved from her, except where both are planned anew. */
static bool held_together(const struct making *m, int visit)
{
    const struct day_visit *v = &m->d->visits[visit];
    return v->mate != NOBODY && v->carer != NOBODY && (!m->strict || !asked(m, v->mate));
}

static struct tour_skills visit_skills(const struct making *m, int visit)
{
    const struct day_visit *v = &m->d->visits[visit];
    int32_t *at = NEW(&m->c->mem, int32_t, 2);
    int n = 0;
    if (is_loose(m, visit))
        return (struct tour_skills){ at, 0 };
    if (v->skill != SKILL_NONE)
        at[n++] = v->skill;
    if (v->gender_wish != WISH_NONE)
        at[n++] = v->gender_wish == WISH_FEMALE ? SKILL_WOMAN : SKILL_MAN;
    return (struct tour_skills){ at, n };
}

/* Of what it waits for, when that has begun: it is moved no more, and no link says so. */
static void keep_gap(const struct making *m, int visit, struct tour_window *w)
{
    const struct day_visit *first = day_first(m->d, &m->d->visits[visit]);
    if (!first || asked(m, m->d->visits[visit].first))
        return;
    struct span s = day_gap(m->d, visit, NULL, (struct span){ w->open, w->close });
    if (s.from_min <= s.to_min)          /* else it cannot be kept: the board says so */
        *w = (struct tour_window){ s.from_min, s.to_min };
}

static void visit_of(const struct making *m, int visit, struct tour_visit *t)
{
    const struct day_visit *v = &m->d->visits[visit];
    struct tour_window *w = NEW(&m->c->mem, struct tour_window, 1);
    int now = m->d->now_min, open = v->earliest_min > now ? v->earliest_min : now;
    int close = v->latest_min > open ? v->latest_min : open;
    bool should = m->strict && !is_loose(m, visit);
    *w = should ? (struct tour_window){ open, close }
                : (struct tour_window){ v->open_min, v->close_min };
    if (should)
        keep_gap(m, visit, w);
    if ((m->ask->kind == PROBLEM_HELD && v->carer != NOBODY) || held_together(m, visit))
        *w = (struct tour_window){ v->expect_min, v->expect_min };
    *t = (struct tour_visit){ .place = v->place, .service = v->minutes, .windows = { w, 1 },
                              .skills = visit_skills(m, visit),
                              .priority = is_loose(m, visit) };      /* it keeps whom it has */
    t->delivery[0] = v->minutes;
}

/* --- wishes --- */

static int32_t fair(const struct the_day *d, const struct day_carer *a, const struct day_visit *v)
{
    double more = (double)(a->month_min - d->fair.mean_min) / 60;
    more = more < 0 ? 0 : more > FAIR_HOURS_MAX ? FAIR_HOURS_MAX : more;
    return (int32_t)(more * FAIR_S * v->minutes / 60);
}

/* Not to be sent to that elder; what stands all the same is only given up where it is strict. */
static bool never(const struct making *m, int visit, int carer)
{
    const struct day_visit *v = &m->d->visits[visit];
    bool stands = v->carer == carer && (!m->strict || v->locked);
    return !stands && day_forbidden(m->d, v->elder, m->d->carers[carer].id);
}

/* Her hours gave way for what she keeps: for that alone, not for what others have. */
static bool past_shift(const struct making *m, int visit, int carer)
{
    const struct day_visit *v = &m->d->visits[visit];
    const struct day_carer *a = &m->d->carers[carer];
    if (!m->strict || v->carer == carer || !keeps_loose(m, carer))
        return false;
    for (int i = 0; i < a->parts_n; i++) {
        int from = a->parts[i].from_min > v->earliest_min ? a->parts[i].from_min : v->earliest_min;
        if (from <= v->latest_min && from + v->minutes <= a->parts[i].to_min)
            return false;
    }
    return true;
}

static void wishes_of(const struct making *m, int visit, int32_t *wish)
{
    const struct the_day *d = m->d;
    const struct day_visit *v = &d->visits[visit];
    bool held = v->locked || is_loose(m, visit) ||
                (m->ask->kind == PROBLEM_HELD && v->carer != NOBODY);
    bool less = day_less_worked(d, v) != NOBODY;
    double all = 0;
    for (int k = 0; k < d->carers_n; k++)
        all += day_weight(d, v->elder, d->carers[k].id);
    for (int k = 0; k < d->carers_n; k++) {
        const struct day_carer *a = &d->carers[k];
        wish[k] = fair(d, a, v);
        if ((held && v->carer != k) || never(m, visit, k) || past_shift(m, visit, k))
            wish[k] = TOUR_NEVER;
        if (wish[k] == TOUR_NEVER)
            continue;
        if (less && day_enough(d, v, k) && !(m->ask->keeps && v->carer == k))
            wish[k] += ENOUGH_S;
        if (v->carer_wish.n && v->carer_wish.n != a->id.n)
            wish[k] += WISH_S;
        if (day_liking(d, v->elder, a->id) == LIKES_ANOTHER)
            wish[k] += PREFERRED_S;
        if (all > 0)
            wish[k] += (int32_t)(NEW_FACE_S * (1 - day_weight(d, v->elder, a->id) / all));
    }
}

/* --- what stands --- */

static struct tour_step step_at(enum tour_step_kind kind, int index)
{
    return (struct tour_step){ .kind = kind, .index = index };
}

/* When a rest begins in what stands. */
static int rest_begin(const struct course *k, const struct tour_break *b)
{
    return !b->off && k->rest_min != NOBODY ? k->rest_min : b->windows.at[0].open;
}

/* Her visits with the rests between them, each before the first visit behind it. */
static void tour_of(const struct making *m, const struct course *k, struct tour *t)
{
    const struct tour_carer *carer = &m->q->p.carers[k->carer];
    int b = 0;
    *t = (struct tour){ .carer = k->carer };
    t->steps = NEW(&m->c->mem, struct tour_step, k->n + carer->breaks_n + 2);
    t->steps[t->steps_n++] = step_at(TOUR_START, 0);
    for (int i = 0; i < k->n; i++) {
        int end = k->at[i].begin_min + k->at[i].minutes;
        for (; b < carer->breaks_n && rest_begin(k, &carer->breaks[b]) < end; b++)
            t->steps[t->steps_n++] = step_at(TOUR_BREAK, b);
        t->steps[t->steps_n++] = step_at(TOUR_VISIT, m->q->at[k->at[i].visit]);
    }
    for (; b < carer->breaks_n; b++)
        t->steps[t->steps_n++] = step_at(TOUR_BREAK, b);
    t->steps[t->steps_n++] = step_at(TOUR_END, 0);
}

/* The optimiser's own word: it takes no plan that does not hold. */
static bool holds(const struct making *m, const struct course *k, struct tour *t)
{
    struct tour_trial trial;
    const struct tour_problem *p = &m->q->p;
    for (int i = 0; i < k->n; i++)
        if (!tour_able(p, k->carer, m->q->at[k->at[i].visit]))
            return false;
    tour_of(m, k, t);
    int32_t *codes = NEW(&m->c->mem, int32_t, t->steps_n);
    return tour_try(p, k->carer, codes, tour_codes(t, codes), TOUR_NONE, &trial) &&
           trial.late_n == 0 && trial.over == 0 && trial.long_by == 0;
}

/* One visit after another, as long as all still hold. */
static void stand(const struct making *m, int carer, struct course *all, struct course *k)
{
    struct tour_plan *plan = &m->q->plan;
    struct tour *t = &plan->tours[plan->tours_n];
    course_of(m->d, carer, NOBODY, all);
    all->free_min = free_of(m, carer);
    if (!course_times(all))
        course_drift(all);
    *k = *all;
    k->n = 0;
    for (int i = 0; i < all->n; i++) {
        if (m->q->at[all->at[i].visit] == NOBODY || !course_put(k, k->n, all->at[i]))
            continue;
        if (!holds(m, k, t))
            k->n--;
    }
    if (k->n == 0)
        return;
    tour_of(m, k, t);
    plan->tours_n++;
}

static void plan_stand(const struct making *m)
{
    struct tour_problem *p = &m->q->p;
    struct tour_plan *plan = &m->q->plan;
    struct course *all = NEW(&m->c->mem, struct course, 2);
    bool *made = NEW(&m->c->mem, bool, p->visits_n + 1);
    *plan = (struct tour_plan){ .tours = NEW(&m->c->mem, struct tour, p->carers_n + 1),
                                .absent = NEW(&m->c->mem, int32_t, p->visits_n + 1) };
    for (int i = 0; i < p->carers_n; i++)
        stand(m, i, &all[0], &all[1]);
    for (int i = 0; i < plan->tours_n; i++)
        for (int s = 0; s < plan->tours[i].steps_n; s++)
            if (plan->tours[i].steps[s].kind == TOUR_VISIT)
                made[plan->tours[i].steps[s].index] = true;
    for (int v = 0; v < p->visits_n; v++)
        if (!made[v])
            plan->absent[plan->absent_n++] = v;
}

/* Where what stands cannot be reckoned with, nothing is put beside it. */
static void spare_crossed(struct day_problem *q)
{
    int32_t *wish = (int32_t *)(uintptr_t)q->p.wish;
    for (int i = 0; i < q->plan.absent_n; i++) {
        int crossed = q->day->visits[q->visit[q->plan.absent[i]]].carer;
        for (int v = 0; crossed != NOBODY && v < q->p.visits_n; v++)
            if (q->day->visits[q->visit[v]].carer == NOBODY)
                wish[v * q->p.carers_n + crossed] = TOUR_NEVER;
    }
}

static void visits_make(const struct making *m)
{
    const struct the_day *d = m->d;
    struct day_problem *q = m->q;
    size_t carers = (size_t)d->carers_n;
    int32_t *wish = NEW(&m->c->mem, int32_t, (size_t)(d->visits_n + 1) * (carers + 1));
    q->p.visits = NEW(&m->c->mem, struct tour_visit, d->visits_n + 1);
    q->p.wish = wish;
    for (int i = 0; i < d->visits_n; i++) {
        q->at[i] = NOBODY;
        if (!asked(m, i))
            continue;
        int at = q->p.visits_n++;
        q->at[i] = at;
        q->visit[at] = i;
        visit_of(m, i, &q->p.visits[at]);
        q->p.visits[at].id = i + 1;
        wishes_of(m, i, wish + (size_t)at * carers);
    }
}

/* A gap that what stands breaks is kept only where all is planned anew. */
static bool gap_asked(const struct making *m, int visit)
{
    const struct day_visit *v = &m->d->visits[visit], *first = day_first(m->d, v);
    if (!first || v->seat == SEAT_SECOND || m->q->at[v->first] == NOBODY)
        return false;
    bool stands = v->carer != NOBODY && first->carer != NOBODY;
    return m->strict || !stands || day_gap_broken(m->d, visit, v->expect_min) != visit;
}

/*
 * The two halves of an order of two are made at once, by two, or neither is; what waits for another
 * is made after it, within its gap.
 */
static void links_make(const struct making *m)
{
    struct day_problem *q = m->q;
    struct tour_link *links = NEW(&m->c->mem, struct tour_link, 2 * m->d->visits_n + 1);
    for (int i = 0; i < m->d->visits_n; i++) {
        const struct day_visit *v = &m->d->visits[i];
        if (q->at[i] == NOBODY)
            continue;
        if (v->seat == SEAT_FIRST && v->mate != NOBODY && q->at[v->mate] != NOBODY)
            links[q->p.links_n++] = (struct tour_link){ .first = q->at[i],
                                                        .second = q->at[v->mate], .pair = true };
        if (gap_asked(m, i))
            links[q->p.links_n++] = (struct tour_link){
                .first = q->at[v->first], .second = q->at[i], .min = (int32_t)v->after.least_min,
                .max = v->after.most_min ? (int32_t)v->after.most_min : MINUTES_A_DAY,
                .ended = true };
    }
    q->p.links = links;
}

enum err problem_make(struct ctx *c, const struct the_day *d, const struct problem_ask *ask,
                      struct day_problem *q)
{
    struct making m = { c, d, ask, ask->kind == PROBLEM_STRICT, q };
    *q = (struct day_problem){ .day = d, .ask = *ask };
    q->visit = NEW(&c->mem, int, d->visits_n + 1);
    q->at = NEW(&c->mem, int, d->visits_n + 1);
    q->p = (struct tour_problem){
        .carers = NEW(&c->mem, struct tour_carer, d->carers_n + 1), .carers_n = d->carers_n,
        .travels = NEW(&c->mem, struct tour_travel, WAY_KINDS), .travels_n = WAY_KINDS,
        .places_n = d->ground.n ? d->ground.n : 1, .amounts_n = 1, .cost_scale = 1,
        .time_scale = 1 };
    visits_make(&m);
    links_make(&m);
    for (int i = 0; i < d->carers_n; i++)
        carer_of(&m, i, &q->p.carers[i]);
    for (int k = 0; k < WAY_KINDS; k++)
        q->p.travels[k] = travel_of(&m, (enum way_kind)k);
    if (d->carers_n == 0 || q->p.visits_n == 0)
        return ERR_NONE;
    TRY(tour_check(c, &q->p));
    plan_stand(&m);
    if (ask->kind == PROBLEM_HELD)
        spare_crossed(q);
    return ERR_NONE;
}
