/* two.c - two carers at one door: what binds the halves of an order, and who could make them. */

#include "care/dispatch/day/two.h"

#include "care/dispatch/day/after.h"

enum { NEAT_MIN = 5 };

const struct day_visit *day_mate(const struct the_day *d, const struct day_visit *v)
{
    return v->mate == NOBODY ? NULL : &d->visits[v->mate];
}

void day_mates(struct the_day *d)
{
    for (int i = 0; i < d->visits_n; i++) {
        struct day_visit *v = &d->visits[i];
        v->mate = v->seat == SEAT_ALONE ? NOBODY
                  : day_seat_at(d, v->order, v->seat == SEAT_FIRST ? SEAT_SECOND : SEAT_FIRST);
    }
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *mate = day_mate(d, &d->visits[i]);
        d->visits[i].pinned = d->visits[i].pinned || (mate && mate->pinned);
        d->visits[i].locked = d->visits[i].locked || (mate && mate->locked);
    }
}

void day_meet(struct the_day *d)
{
    for (int i = 0; i < d->visits_n; i++) {
        struct day_visit *v = &d->visits[i];
        const struct day_visit *mate = day_mate(d, v);
        if (mate && !v->pinned && mate->carer != NOBODY && mate->expect_min > v->expect_min)
            v->expect_min = mate->expect_min;
    }
}

void day_hold_pairs(struct the_day *d)
{
    for (int i = 0; i < d->visits_n; i++) {
        struct day_visit *v = &d->visits[i];
        const struct day_visit *mate = day_mate(d, v);
        if (mate && !v->pinned && v->carer != NOBODY && mate->carer != NOBODY)
            v->open_min = v->close_min = v->expect_min;
    }
}

struct two_asked two_of(const struct the_day *d, int visit)
{
    const struct day_visit *v = &d->visits[visit];
    struct span may = day_may_begin(d, visit);
    int first = v->seat == SEAT_FIRST ? visit : v->mate;
    return (struct two_asked){ .v = v, .visit = { first, first == visit ? v->mate : visit },
                               .carer = { NOBODY, NOBODY }, .open_min = may.from_min,
                               .close_min = may.to_min, .wish_min = v->start_min };
}

/* --- one moment --- */

struct best { int carer, more; struct course course; };

static bool can_begin(const struct the_day *d, const struct two_asked *a, int carer, int begin,
                      struct best *ret_best)
{
    const char *keys[HINDRANCES_MAX];
    struct course *k = &ret_best->course;
    int half = a->carer[1] == carer, at;
    if (d->carers[carer].parts_n == 0 || day_hindrances(d, &d->carers[carer], a->v, keys))
        return false;
    if (a->courses) {
        *k = a->courses[carer];
    } else {                             /* one of the halves may be hers now */
        int hers = a->visit[0] != NOBODY && d->visits[a->visit[0]].carer == carer ? a->visit[0]
                                                                                  : a->visit[1];
        course_of(d, carer, hers, k);
    }
    struct stop stop = { .visit = a->visit[half], .place = a->v->place, .minutes = a->v->minutes,
                         .open_min = begin, .close_min = begin, .wish_min = begin };
    int before = course_way(k);
    if (!course_take(k, stop, &at))
        return false;
    ret_best->carer = carer;
    ret_best->more = course_way(k) - before;
    return true;
}

/* The two whose ways grow least, who must go before all; how many could. */
static int at_moment(const struct the_day *d, const struct two_asked *a, int begin,
                     struct best best[VISITS_OF_ORDER], struct best *trial)
{
    int n = 0;
    best[0].carer = best[1].carer = NOBODY;
    for (int k = 0; k < d->carers_n; k++) {
        if (!can_begin(d, a, k, begin, trial))
            continue;
        n++;
        if (k == a->carer[0] || k == a->carer[1])
            trial->more = -MINUTES_A_DAY;
        if (best[0].carer == NOBODY || trial->more < best[0].more) {
            best[1] = best[0];
            best[0] = *trial;
        } else if (best[1].carer == NOBODY || trial->more < best[1].more) {
            best[1] = *trial;
        }
    }
    return n;
}

static bool among(const struct best best[VISITS_OF_ORDER], int carer)
{
    return carer == NOBODY || best[0].carer == carer || best[1].carer == carer;
}

/* As asked for: the one who must be first is the first. */
static void take(const struct two_asked *a, const struct best best[VISITS_OF_ORDER], int begin,
                 struct two_found *f)
{
    bool turned = (a->carer[0] != NOBODY && best[1].carer == a->carer[0]) ||
                  (a->carer[1] != NOBODY && best[0].carer == a->carer[1]);
    f->begin_min = begin;
    for (int i = 0; i < VISITS_OF_ORDER; i++) {
        const struct best *b = &best[turned ? 1 - i : i];
        f->carer[i] = b->carer;
        f->course[i] = b->course;
        for (int s = 0; b->carer != NOBODY && s < f->course[i].n; s++) {
            struct stop *stop = &f->course[i].at[s];
            if (stop->visit == a->visit[0] || stop->visit == a->visit[1])
                stop->visit = a->visit[i];
        }
    }
}

/* The nth begin to be tried, from the wish outwards, first later; false: past both ends. */
static bool nth_begin(const struct two_asked *a, int nth, int *ret_begin, bool *ret_more)
{
    int wish = a->wish_min < a->open_min ? a->open_min
               : a->wish_min > a->close_min ? a->close_min : a->wish_min;
    int by = (nth + 1) / 2 * NEAT_MIN;
    *ret_begin = nth % 2 ? wish + by : wish - by;
    *ret_more = wish + by <= a->close_min || wish - by >= a->open_min;
    return *ret_begin >= a->open_min && *ret_begin <= a->close_min;
}

int day_two(struct ctx *c, const struct the_day *d, const struct two_asked *a,
            struct two_found *f)
{
    struct best *best = NEW(&c->mem, struct best, VISITS_OF_ORDER + 1);
    int most = 0, begin;
    bool more = a->close_min >= a->open_min;
    f->carer[0] = f->carer[1] = NOBODY;
    f->begin_min = a->wish_min;
    for (int nth = 0; more; nth++) {
        if (!nth_begin(a, nth, &begin, &more))
            continue;
        int n = at_moment(d, a, begin, best, &best[VISITS_OF_ORDER]);
        bool all = n >= VISITS_OF_ORDER && among(best, a->carer[0]) && among(best, a->carer[1]);
        n = all ? n : n > 1 ? 1 : n;
        if (n > most) {
            take(a, best, begin, f);
            most = n;
        }
        if (all)
            return n;
    }
    return most;
}
