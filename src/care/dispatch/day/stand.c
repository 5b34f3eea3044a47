/* stand.c - what of a day has begun, and what cannot be as it stands. */

#include "care/dispatch/day/after.h"
#include "care/dispatch/day/two.h"

/* --- windows, and what has begun --- */

static void window_of(const struct the_day *d, struct day_visit *v)
{
    bool begun = v->visit.n && v->visit_state != VISIT_PLANNED;
    v->earliest_min = v->locked ? v->start_min : v->promised_min - d->early_min;
    v->latest_min = v->locked ? v->start_min : v->promised_min + d->late_min;
    v->earliest_min = v->earliest_min > 0 ? v->earliest_min : 0;
    v->latest_min = v->latest_min < MINUTES_A_DAY ? v->latest_min : MINUTES_A_DAY - 1;
    bool past = v->carer == NOBODY ? v->latest_min < d->now_min
                                   : d->now_min > 0 && v->start_min <= d->now_min;
    v->pinned = v->over || begun || past || d->now_min == MINUTES_A_DAY;
    v->open_min = v->earliest_min > d->now_min ? v->earliest_min : d->now_min;
    v->close_min = v->latest_min > v->open_min ? v->latest_min : v->open_min;
    v->expect_min = v->start_min;
}

/* Until when one that has begun, or should have, keeps her; it may be late within its window. */
static int pinned_until(const struct the_day *d, struct day_visit *v)
{
    if (v->arrived_min >= 0)
        v->expect_min = (int)v->arrived_min;
    if (v->done_min >= 0)
        return (int)v->done_min;
    if (v->over)
        return v->expect_min + v->minutes;
    if (v->arrived_min < 0) {
        int late = d->now_min < v->latest_min ? d->now_min : v->latest_min;
        v->expect_min = v->start_min > late ? v->start_min : late;
    }
    int end = v->expect_min + v->minutes;
    return v->arrived_min >= 0 && end < d->now_min && d->now_min < MINUTES_A_DAY ? d->now_min : end;
}

static void pin_carers(struct the_day *d)
{
    for (int i = 0; i < d->carers_n; i++) {
        d->carers[i].free_min = d->now_min;
        d->carers[i].free_place = NOBODY;
    }
    for (int i = 0; i < d->visits_n; i++) {
        struct day_visit *v = &d->visits[i];
        if (v->carer == NOBODY || !v->pinned)
            continue;
        struct day_carer *a = &d->carers[v->carer];
        int until = pinned_until(d, v);
        a->pinned_min += v->minutes;
        if (a->free_place != NOBODY)
            a->pinned_min += (int64_t)ground_minutes(&d->ground, a->way, a->free_place, v->place) *
                             d->way_percent / 100;
        a->free_min = until > a->free_min ? until : a->free_min;
        a->free_place = v->place;
    }
}

/* --- what stands, as far as it can --- */

int day_hindrances(const struct the_day *d, const struct day_carer *a, const struct day_visit *v,
                   const char **ret_keys)
{
    int n = 0;
    if (day_forbidden(d, v->elder, a->id))
        ret_keys[n++] = "pair.forbidden";
    if (a->away)
        ret_keys[n++] = "carer.away";
    if (v->skill != SKILL_NONE && !(a->skills.bits >> v->skill & 1))
        ret_keys[n++] = "carer.skill";
    if (v->gender_wish == WISH_FEMALE && a->gender != GENDER_FEMALE)
        ret_keys[n++] = "carer.gender_female";
    if (v->gender_wish == WISH_MALE && a->gender != GENDER_MALE)
        ret_keys[n++] = "carer.gender_male";
    return n;
}

static bool on_duty(const struct day_carer *a, int from, int minutes)
{
    for (int i = 0; i < a->parts_n; i++)
        if (from >= a->parts[i].from_min && from + minutes <= a->parts[i].to_min)
            return true;
    return false;
}

/* What stands must be possible for what is tried beside it: windows and shift give as needed. */
static void widen(struct the_day *d, struct course *k)
{
    struct day_carer *a = &d->carers[k->carer];
    course_drift(k);
    for (int i = 0; i < k->n; i++) {
        struct day_visit *v = &d->visits[k->at[i].visit];
        int begin = k->at[i].begin_min;
        k->at[i].open_min = v->open_min = begin < v->open_min ? begin : v->open_min;
        k->at[i].close_min = v->close_min = begin > v->close_min ? begin : v->close_min;
    }
    if (course_times(k))
        return;
    int from = a->parts_n ? a->parts[0].from_min : MINUTES_A_DAY, to = 0;
    for (int i = 0; i < a->parts_n; i++)
        to = a->parts[i].to_min;
    course_drift(k);
    from = from < a->free_min ? from : a->free_min;
    int first = k->at[0].begin_min - course_way(k);
    from = from < first ? from : first > 0 ? first : 0;
    int last = k->at[k->n - 1].begin_min + k->at[k->n - 1].minutes;
    a->reach[0] = (struct span){ from, to > last ? to : last };
    a->reach_n = 1;
}

static const char *fault_of(const struct the_day *d, const struct day_visit *v,
                            const struct day_visit *before)
{
    const char *keys[HINDRANCES_MAX];
    const struct day_carer *a = &d->carers[v->carer];
    const struct day_visit *mate = day_mate(d, v);
    if (day_hindrances(d, a, v, keys))
        return keys[0];
    if (mate && mate->carer == NOBODY)
        return "dispatch.second_missing";
    if (before && before->start_min + before->minutes > v->start_min)
        return "visit.clash";
    if (v->expect_min > v->latest_min)
        return "dispatch.late";
    if (v->first != NOBODY && d->visits[v->first].carer == NOBODY)
        return "dispatch.first_nobody";
    int visit = (int)(v - d->visits);
    if (day_gap_broken(d, visit, v->expect_min) == visit)
        return "dispatch.gap";
    return on_duty(a, v->start_min, v->minutes) ? NULL : "dispatch.shift";
}

static void stand_one(struct the_day *d, int carer, struct course *k)
{
    struct day_carer *a = &d->carers[carer];
    a->reach_n = a->parts_n;
    for (int i = 0; i < a->parts_n; i++)
        a->reach[i] = a->parts[i];
    course_of(d, carer, NOBODY, k);
    if (!course_times(k)) {
        a->rest_lost = a->rest.minutes > 0;
        if (!a->rest_lost || !course_times(k))
            widen(d, k);
    }
    a->rest_min = k->rest_min;
    for (int i = 0; i < k->n; i++)
        d->visits[k->at[i].visit].expect_min =
            k->at[i].begin_min > k->at[i].wish_min ? k->at[i].begin_min : k->at[i].wish_min;
}

/* Ways and waits as they stand, over all her visits; and what is wrong with each. */
static void tell_one(struct the_day *d, int carer)
{
    const struct day_carer *a = &d->carers[carer];
    const struct day_visit *before = NULL;
    for (int i = 0; i < d->visits_n; i++) {
        struct day_visit *v = &d->visits[i];
        if (v->carer != carer)
            continue;
        int from = before ? before->place : a->place;
        v->way_min = ground_minutes(&d->ground, a->way, from, v->place);
        int there = before ? before->expect_min + before->minutes + v->way_min : v->expect_min;
        v->wait_min = v->expect_min > there ? v->expect_min - there : 0;
        v->fault = v->pinned ? NULL : fault_of(d, v, before);
        v->usual = day_weight(d, v->elder, a->id) > 0;
        before = v;
    }
}

void day_windows(struct the_day *d)
{
    for (int i = 0; i < d->visits_n; i++)
        window_of(d, &d->visits[i]);
}

void day_stand(struct ctx *c, struct the_day *d)
{
    struct course *k = NEW(&c->mem, struct course, 1);
    pin_carers(d);
    for (int i = 0; i < d->carers_n; i++)
        stand_one(d, i, k);
    day_meet(d);
    for (int i = 0; i < d->carers_n; i++)
        tell_one(d, i);
    day_hold_gaps(d);
    day_hold_pairs(d);
}
