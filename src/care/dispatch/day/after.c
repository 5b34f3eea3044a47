/* after.c - visits that wait for another: which it is, and when each may begin. */

#include "care/dispatch/day/after.h"

/* --- which --- */

/* Promised before; of the same moment the order that is older. */
static bool sooner(const struct day_visit *a, const struct day_visit *b)
{
    return a->promised_min != b->promised_min ? a->promised_min < b->promised_min
                                              : a->order.n < b->order.n;
}

static int first_of(const struct the_day *d, const struct day_visit *v)
{
    int found = NOBODY;
    for (int i = 0; v->after.item.n && v->elder.n && i < d->visits_n; i++) {
        const struct day_visit *o = &d->visits[i];
        if (o->elder.n != v->elder.n || o->item.n != v->after.item.n || o->seat == SEAT_SECOND ||
            o->order.n == v->order.n || !sooner(o, v))
            continue;
        if (found == NOBODY || sooner(&d->visits[found], o))
            found = i;
    }
    return found;
}

void day_firsts(struct the_day *d)
{
    for (int i = 0; i < d->visits_n; i++)
        d->visits[i].first = first_of(d, &d->visits[i]);
}

const struct day_visit *day_first(const struct the_day *d, const struct day_visit *v)
{
    return v->first == NOBODY ? NULL : &d->visits[v->first];
}

/* Of two who go together the half that others wait for. */
static int lead_of(const struct the_day *d, int visit)
{
    const struct day_visit *v = &d->visits[visit];
    return v->seat == SEAT_SECOND && v->mate != NOBODY ? v->mate : visit;
}

bool day_tied(const struct the_day *d, int visit)
{
    int lead = lead_of(d, visit);
    bool tied = d->visits[visit].first != NOBODY;
    for (int i = 0; !tied && i < d->visits_n; i++)
        tied = d->visits[i].first == lead;
    return tied;
}

/* --- when --- */

/* Somebody goes, has gone, or will by the plan. */
static bool made(const struct the_day *d, int visit, const int *begin)
{
    const struct day_visit *v = &d->visits[visit];
    return begin && !v->pinned ? begin[visit] != NOBODY : v->carer != NOBODY;
}

static int begin_of(const struct the_day *d, int visit, const int *begin)
{
    const struct day_visit *v = &d->visits[visit];
    return begin && !v->pinned ? begin[visit] : v->expect_min;
}

static int end_of(const struct the_day *d, int visit, const int *begin)
{
    const struct day_visit *v = &d->visits[visit];
    return v->done_min >= 0 ? (int)v->done_min : begin_of(d, visit, begin) + v->minutes;
}

static void from_at_least(struct span *s, int64_t from)
{
    s->from_min = s->from_min < from ? (int)from : s->from_min;
}

static void to_at_most(struct span *s, int64_t to)
{
    s->to_min = s->to_min > to ? (int)to : s->to_min;
}

struct span day_gap(const struct the_day *d, int visit, const int *begin, struct span within)
{
    const struct day_visit *v = &d->visits[visit];
    int lead = lead_of(d, visit);
    if (v->first != NOBODY && made(d, v->first, begin)) {
        int end = end_of(d, v->first, begin);
        from_at_least(&within, end + v->after.least_min);
        if (v->after.most_min)
            to_at_most(&within, end + v->after.most_min);
    }
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *next = &d->visits[i];
        if (next->first != lead || next->seat == SEAT_SECOND || !made(d, i, begin))
            continue;
        int last_end = begin_of(d, i, begin);
        to_at_most(&within, last_end - next->after.least_min - v->minutes);
        if (next->after.most_min)
            from_at_least(&within, last_end - next->after.most_min - v->minutes);
    }
    return within;
}

struct span day_may_begin(const struct the_day *d, int visit)
{
    const struct day_visit *v = &d->visits[visit];
    if (!day_tied(d, visit) && v->mate == NOBODY)
        return (struct span){ v->open_min, v->close_min };
    int open = v->earliest_min > d->now_min ? v->earliest_min : d->now_min;
    int close = v->latest_min > open ? v->latest_min : open;
    return day_gap(d, visit, NULL, (struct span){ open, close });
}

int day_gap_broken(const struct the_day *d, int visit, int begin_min)
{
    const struct day_visit *v = &d->visits[visit];
    int lead = lead_of(d, visit);
    if (v->first != NOBODY && made(d, v->first, NULL) &&
        !after_fits(&v->after, end_of(d, v->first, NULL), begin_min, 0))
        return visit;
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *next = &d->visits[i];
        if (next->first == lead && made(d, i, NULL) &&
            !after_fits(&next->after, begin_min + v->minutes, next->expect_min, 0))
            return i;
    }
    return NOBODY;
}

void day_hold_gaps(struct the_day *d)
{
    for (int i = 0; i < d->visits_n; i++) {
        struct day_visit *v = &d->visits[i];
        if (v->pinned || !day_tied(d, i))
            continue;
        struct span s = { v->expect_min, v->expect_min };
        if (v->carer == NOBODY)
            s = day_gap(d, i, NULL, (struct span){ v->open_min, v->close_min });
        if (s.from_min <= s.to_min) {
            v->open_min = s.from_min;
            v->close_min = s.to_min;
        }
    }
}
