/*
 * fill.c - the day with everybody served whom somebody can serve: what a new wish is asked against.
 *
 * What is nobody's yet will need somebody too. In order of promise each is put to the carer whose
 * ways grow least; that is no plan, but no time is offered twice.
 */

#include "care/dispatch/day/two.h"

static void put_best(struct the_day *d, int visit, struct course *trial)
{
    const struct day_visit *v = &d->visits[visit];
    const char *keys[HINDRANCES_MAX];
    int best = NOBODY, best_more = 0, at;
    for (int k = 0; k < d->carers_n; k++) {
        if (day_hindrances(d, &d->carers[k], v, keys))
            continue;
        *trial = d->courses[k];
        int before = course_way(trial);
        if (!course_take(trial, stop_of(d, visit), &at))
            continue;
        int more = course_way(trial) - before;
        if (best == NOBODY || more < best_more) {
            best = k;
            best_more = more;
        }
    }
    if (best != NOBODY)
        (void)course_fit(&d->courses[best], stop_of(d, visit), &at);
}

/* Both halves of an order of two, where two can be at one time. */
static void put_two(struct ctx *c, struct the_day *d, int visit)
{
    struct two_found *found = NEW(&c->mem, struct two_found, 1);
    struct two_asked asked = two_of(d, visit);
    asked.courses = d->courses;
    if (day_two(c, d, &asked, found) < VISITS_OF_ORDER)
        return;
    for (int i = 0; i < VISITS_OF_ORDER; i++)
        d->courses[found->carer[i]] = found->course[i];
}

void day_fill(struct ctx *c, struct the_day *d)
{
    struct course *trial = NEW(&c->mem, struct course, 1);
    d->courses = NEW(&d->mem, struct course, d->carers_n + 1);
    for (int k = 0; k < d->carers_n; k++)
        course_of(d, k, NOBODY, &d->courses[k]);
    for (int i = 0; i < d->visits_n; i++) {
        if (d->visits[i].carer != NOBODY || d->visits[i].pinned)
            continue;
        if (d->visits[i].seat == SEAT_ALONE)
            put_best(d, i, trial);
        else if (d->visits[i].seat == SEAT_FIRST)
            put_two(c, d, i);
    }
}

/* --- a time that somebody asks about --- */

int day_could_two(struct ctx *c, const struct the_day *d, const struct day_visit *wished)
{
    struct two_found *found = NEW(&c->mem, struct two_found, 1);
    struct two_asked asked = { .v = wished, .visit = { NOBODY, NOBODY }, .courses = d->courses,
                               .carer = { NOBODY, NOBODY }, .open_min = wished->earliest_min,
                               .close_min = wished->latest_min,
                               .wish_min = wished->promised_min };
    int n = day_two(c, d, &asked, found);
    return n < VISITS_OF_ORDER ? 0 : n;
}

int day_could(const struct the_day *d, const struct day_visit *wished, struct course *trial)
{
    const char *keys[HINDRANCES_MAX];
    struct stop stop = { .visit = NOBODY, .place = wished->place, .minutes = wished->minutes,
                         .open_min = wished->earliest_min, .close_min = wished->latest_min,
                         .wish_min = wished->promised_min };
    int n = 0, at;
    for (int k = 0; k < d->carers_n; k++) {
        const struct day_carer *a = &d->carers[k];
        if (a->parts_n == 0 || day_hindrances(d, a, wished, keys))
            continue;
        *trial = d->courses[k];
        n += course_take(trial, stop, &at);
    }
    return n;
}
