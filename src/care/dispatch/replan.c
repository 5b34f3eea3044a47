/*
 * replan.c - a better plan of a day: found by plan/tour, begins as near as can be to what stands.
 */

#include "care/dispatch/replan.h"

#include "care/dispatch/day/after.h"

enum { TURNS = 2000, TURNS_A_VISIT = 20, TURNS_MAX = 10000, ROUNDS_MAX = 4,
       FULL_DAY = 100, MEET_TURNS = 3, NEAT_MIN = 5 };

/* Counted in turns, so that a day gives the same plan again; a very full one ends by the clock. */
static struct tour_budget budget_of(const struct day_problem *q, bool again)
{
    int64_t turns = TURNS + (int64_t)TURNS_A_VISIT * q->p.visits_n;
    double most_s = q->p.visits_n <= FULL_DAY ? 0 : again ? 0.03 : 0.1;
    return (struct tour_budget){ .iterations = turns < TURNS_MAX ? turns : TURNS_MAX, .seed = 1,
                                 .cpu_s = most_s, .from = &q->plan };
}

/* Another carer than she has costs more. */
static void stay(struct ctx *c, struct day_problem *q, int32_t stay_s)
{
    size_t carers = (size_t)q->p.carers_n, n = carers * (size_t)q->p.visits_n;
    int32_t *wish = NEW(&c->mem, int32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        int has = q->day->visits[q->visit[i / carers]].carer;
        bool other = has != NOBODY && has != (int)(i % carers);
        wish[i] = q->p.wish[i] + (other && q->p.wish[i] < TOUR_NEVER ? stay_s : 0);
    }
    q->p.wish = wish;
}

MUST static enum err search(struct ctx *c, const struct the_day *d, const struct problem_ask *ask,
                            int32_t stay_s, bool again, struct replanned *x)
{
    x->plan = (struct tour_plan){ 0 };
    TRY(problem_make(c, d, ask, &x->q));
    if (d->carers_n == 0 || x->q.p.visits_n == 0)
        return ERR_NONE;
    struct tour_budget budget = budget_of(&x->q, again);
    stay(c, &x->q, stay_s);
    tour_search(c, &x->q.p, &budget, &x->plan);
    return ERR_NONE;
}

/*
 * Who would lose a carer that works and could come, if late or past her shift: they keep her as
 * things are, unless she must not come at all. False: nobody more.
 */
static bool loosen(const struct the_day *d, const struct replanned *x, bool *loose)
{
    bool more = false;
    for (int i = 0; i < x->plan.absent_n; i++) {
        int visit = x->q.visit[x->plan.absent[i]], carer = d->visits[visit].carer;
        bool works = carer != NOBODY && carer != x->q.ask.ill && !d->carers[carer].away;
        if (!works || carer == x->q.ask.late || loose[visit] ||
            day_forbidden(d, d->visits[visit].elder, d->carers[carer].id))
            continue;
        loose[visit] = more = true;
    }
    return more;
}

/* --- as near to what stands as the order of each day lets it be --- */

static void course_planned(const struct the_day *d, const struct replanned *x,
                           const struct tour *t, struct course *k)
{
    course_of(d, t->carer, NOBODY, k);
    k->n = 0;
    k->typed_shift = x->q.ask.kind == PROBLEM_STRICT &&
                     !problem_keeps_loose(d, &x->q.ask, t->carer);
    if (t->carer == x->q.ask.late && x->q.ask.free_min > k->free_min)
        k->free_min = x->q.ask.free_min;
    for (int s = 0; s < t->steps_n; s++) {
        const struct tour_step *step = &t->steps[s];
        if (step->kind != TOUR_VISIT)
            continue;
        struct stop stop = stop_of(d, x->q.visit[step->index]);
        const struct tour_window *w = x->q.p.visits[step->index].windows.at;
        stop.open_min = w->open;
        stop.close_min = w->close;
        stop.begin_min = step->arrive + step->wait;
        bool tied = d->visits[stop.visit].mate != NOBODY || day_tied(d, stop.visit);
        if (tied)                        /* to the others, until all are moved */
            stop.open_min = stop.close_min = stop.begin_min;
        if (!course_put(k, k->n, stop))
            return;
    }
    (void)course_times(k);                /* when it cannot: as the search has it */
}

/* --- two who go together, one who waits for another --- */

struct half { struct course *course; int at; };

static struct half half_of(struct course *all, int n, int visit)
{
    for (int i = 0; i < n; i++)
        for (int s = 0; s < all[i].n; s++)
            if (all[i].at[s].visit == visit)
                return (struct half){ &all[i], s };
    return (struct half){ NULL, 0 };
}

static bool begins(struct half h, int begin)
{
    struct stop *s = &h.course->at[h.at];
    int was = s->open_min;
    s->open_min = s->close_min = begin;
    if (course_times(h.course))
        return true;
    s->open_min = s->close_min = was;
    (void)course_times(h.course);
    return false;
}

/* Both (or the one, where there is no other) nearer to what stands, as far as their days let it. */
static void nearer(struct half a, struct half b, struct span may)
{
    int begin = a.course->at[a.at].begin_min, wish = a.course->at[a.at].wish_min;
    int by = wish < begin ? NEAT_MIN : -NEAT_MIN;
    for (int t = wish; t != begin && (t < begin) == (wish < begin); t += by) {
        if (t < may.from_min || t > may.to_min || !begins(a, t))
            continue;
        if (!b.course || begins(b, t))
            return;
        (void)begins(a, begin);
    }
}

/* Where it may begin, the rest of the plan as it is by now. */
static struct span may_begin(const struct replanned *x, struct course *all, int n, int *begin,
                             int visit)
{
    const struct tour_window *w = x->q.p.visits[x->q.at[visit]].windows.at;
    for (int i = 0; i < x->q.day->visits_n; i++)
        begin[i] = NOBODY;
    for (int i = 0; i < n; i++)
        for (int s = 0; s < all[i].n; s++)
            begin[all[i].at[s].visit] = all[i].at[s].begin_min;
    return day_gap(x->q.day, visit, begin, (struct span){ w->open, w->close });
}

/* The last of the day first, for who must begin later needs room behind; again, as others move. */
static void meet(struct ctx *c, const struct replanned *x, struct course *all, int n)
{
    const struct the_day *d = x->q.day;
    int *begin = NEW(&c->mem, int, d->visits_n + 1);
    for (int turn = 0; turn < MEET_TURNS; turn++)
        for (int i = d->visits_n; i-- > 0;) {
            bool pair = d->visits[i].seat == SEAT_FIRST && d->visits[i].mate != NOBODY;
            if (x->q.at[i] == NOBODY || (!pair && (d->visits[i].seat || !day_tied(d, i))))
                continue;
            struct half a = half_of(all, n, i), b = { NULL, 0 };
            if (pair)
                b = half_of(all, n, d->visits[i].mate);
            if (a.course && (b.course || !pair))
                nearer(a, b, may_begin(x, all, n, begin, i));
        }
}

static void take_plan(struct ctx *c, const struct the_day *d, struct replanned *x)
{
    struct course *all = NEW(&c->mem, struct course, x->plan.tours_n + 1);
    for (int i = 0; i < x->q.p.visits_n; i++) {
        x->carer_of[x->q.visit[i]] = NOBODY;
        x->start_of[x->q.visit[i]] = d->visits[x->q.visit[i]].promised_min;
    }
    for (int i = 0; i < x->plan.tours_n; i++)
        course_planned(d, x, &x->plan.tours[i], &all[i]);
    meet(c, x, all, x->plan.tours_n);
    for (int i = 0; i < x->plan.tours_n; i++)
        for (int s = 0; s < all[i].n; s++) {
            x->carer_of[all[i].at[s].visit] = all[i].carer;
            x->start_of[all[i].at[s].visit] = all[i].at[s].begin_min;
        }
}

enum err replan_day(struct ctx *c, const struct the_day *d, const struct problem_ask *ask,
                    int32_t stay_s, struct replanned *x)
{
    struct problem_ask asked = *ask;
    bool *loose = NEW(&c->mem, bool, d->visits_n + 1);
    *x = (struct replanned){ .changes = NEW(&c->mem, struct changes, 1) };
    x->carer_of = NEW(&c->mem, int, d->visits_n + 1);
    x->start_of = NEW(&c->mem, int, d->visits_n + 1);
    for (int i = 0; i < d->visits_n; i++) {
        x->carer_of[i] = d->visits[i].carer;
        x->start_of[i] = d->visits[i].start_min;
    }
    asked.loose = ask->kind == PROBLEM_STRICT ? loose : NULL;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        TRY(search(c, d, &asked, stay_s, round > 0, x));
        if (!asked.loose || !loosen(d, x, loose))
            break;
    }
    take_plan(c, d, x);
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *v = &d->visits[i];
        bool other = x->carer_of[i] != v->carer ||
                     (v->carer != NOBODY && x->start_of[i] != v->start_min);
        if (other)
            change_add(x->changes, i, x->carer_of[i], x->start_of[i]);
    }
    return ERR_NONE;
}
