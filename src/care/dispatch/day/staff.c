/*
 * staff.c - who works on a day: shifts, leave, what the law and the month leave her.
 *
 * Of a carer without a shift that holds on the day, the organisation's hours are taken: from the
 * first to the last time that its offers at home have on that day, dispatch.late_min more at
 * either end for the way. So a station that never typed shifts has a board.
 */

#include "care/dispatch/day/day.h"
#include "care/visit/worked.h"

#include "care/hours/hours.h"
#include "care/offer/week.h"
#include "care/parameter/parameter.h"

SQL(dispatch_carers);
SQL(dispatch_shifts);
SQL(dispatch_offers);

enum { JOIN_MIN = 30, SPANS_MAX = 256 };

/* --- spans --- */

struct spans { struct span at[SPANS_MAX]; int n; };

static void span_add(struct spans *s, int from, int to)
{
    to = to < MINUTES_A_DAY ? to : MINUTES_A_DAY;
    from = from > 0 ? from : 0;
    if (s->n == SPANS_MAX || to <= from)
        return;
    int at = s->n++;
    for (; at > 0 && s->at[at - 1].from_min > from; at--)
        s->at[at] = s->at[at - 1];
    s->at[at] = (struct span){ from, to };
}

/* Those that overlap or nearly touch become one; at most PARTS_MAX are left. */
static int join_spans(const struct spans *s, int apart, struct span *ret_parts)
{
    int n = 0;
    for (int i = 0; i < s->n; i++) {
        struct span *last = n ? &ret_parts[n - 1] : NULL;
        if (last && (s->at[i].from_min - last->to_min < apart || n == PARTS_MAX)) {
            if (s->at[i].to_min > last->to_min)
                last->to_min = s->at[i].to_min;
        } else
            ret_parts[n++] = s->at[i];
    }
    return n;
}

/* --- the hours of who has no shift --- */

static void offer_spans(const struct week *w, const struct calendar *k, struct day day,
                        int64_t duration, int more, struct spans *s)
{
    struct week_slot slots[WEEK_SLOTS_MAX];
    size_t n = week_day_slots(w, k, day, slots);
    for (size_t i = 0; i < n; i++) {
        int end = duration ? slots[i].start_min + (int)duration : slots[i].end_min;
        end = end > slots[i].end_min ? end : slots[i].end_min;
        span_add(s, slots[i].start_min - more, end + more);
    }
}

MUST static enum err org_hours(struct ctx *c, const struct the_day *d, const struct calendar *k,
                               struct spans *s)
{
    struct rows r = db_rows(c, &sql_dispatch_offers, PARAMS(P_INT("org", d->org.n)));
    while (rows_next(&r)) {
        struct week w;
        if (week_parse(rows_text(&r, 0), &w))
            offer_spans(&w, k, d->day, rows_int(&r, 1), d->late_min, s);
    }
    return rows_end(&r);
}

/* --- shifts --- */

static void shift_spans(const struct hours *h, const struct calendar *k, struct day day,
                        struct spans *s)
{
    const struct hours_day *on = hours_on(h, k, day);
    for (int i = 0; i < on->n; i++)
        span_add(s, on->span[i].start_min, on->span[i].end_min);
}

MUST static enum err shifts_read(struct ctx *c, struct the_day *d, const struct calendar *k)
{
    struct spans *of = NEW(&c->mem, struct spans, d->carers_n + 1);
    struct rows r = db_rows(c, &sql_dispatch_shifts,
                            PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n)));
    while (rows_next(&r)) {
        struct hours h;
        int at = day_carer_at(d, (struct carer_id){ rows_int(&r, 0) });
        if (at == NOBODY || hours_parse(rows_text(&r, 1), &h))
            continue;
        d->carers[at].shift_known = true;
        shift_spans(&h, k, d->day, &of[at]);
        if (rows_int(&r, 2))
            d->carers[at].starts_at.n = rows_int(&r, 2);
    }
    TRY(rows_end(&r));
    struct spans house = { .n = 0 };
    TRY(org_hours(c, d, k, &house));
    for (int i = 0; i < d->carers_n; i++) {
        struct day_carer *a = &d->carers[i];
        a->parts_n = join_spans(a->shift_known ? &of[i] : &house, a->shift_known ? 1 : JOIN_MIN,
                                a->parts);
    }
    return ERR_NONE;
}

/* --- the rest of who has none in her shift --- */

/* Part of one unbroken shift that is long enough and there all the while. */
static bool wants_rest(const struct day_carer *a, const struct rest *r, int64_t after_min)
{
    const struct span *s = &a->parts[0];
    return a->parts_n == 1 && s->to_min - s->from_min > after_min && s->from_min <= r->open_min &&
           s->to_min >= r->close_min + r->minutes;
}

MUST static enum err rests_read(struct ctx *c, struct the_day *d)
{
    int64_t minutes, open, close, hours;
    TRY(parameter_int(c, "dispatch.rest_min", d->scope, d->day, &minutes));
    TRY(parameter_int(c, "dispatch.rest_from_min", d->scope, d->day, &open));
    TRY(parameter_int(c, "dispatch.rest_to_min", d->scope, d->day, &close));
    TRY(parameter_int(c, "dispatch.rest_after_hours", d->scope, d->day, &hours));
    struct rest r = { (int)open, (int)(close > open ? close : open), (int)minutes };
    for (int i = 0; minutes > 0 && i < d->carers_n; i++)
        if (wants_rest(&d->carers[i], &r, hours * 60))
            d->carers[i].rest = r;
    return ERR_NONE;
}

/* --- where she begins --- */

MUST static enum err starts_read(struct ctx *c, struct the_day *d)
{
    for (int i = 0; i < d->carers_n; i++) {
        struct day_carer *a = &d->carers[i];
        struct place p;
        bool found = false;
        a->place = NOBODY;
        if (a->starts_at.n)
            TRY(entity_load(c, &place_entity, a->starts_at.n, &p, &found));
        if (!found || (p.lat.e7 == 0 && p.lon.e7 == 0))
            continue;
        a->start = (struct point){ (int32_t)p.lat.e7, (int32_t)p.lon.e7 };
        a->place = ground_place(&d->ground, &d->mem, a->start, true);
    }
    return ERR_NONE;
}

/* --- hours of law and contract --- */

struct limits { int64_t day_min, week_min, overtime_min; };

MUST static enum err limits_read(struct ctx *c, const struct the_day *d, struct limits *l)
{
    TRY(parameter_int(c, "dispatch.day_hours", d->scope, d->day, &l->day_min));
    TRY(parameter_int(c, "dispatch.week_hours", d->scope, d->day, &l->week_min));
    TRY(parameter_int(c, "dispatch.overtime_hours", d->scope, d->day, &l->overtime_min));
    l->day_min *= 60;
    l->week_min *= 60;
    l->overtime_min *= 60;
    return ERR_NONE;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void limit(struct day_carer *a, const struct limits *l, int64_t workdays)
{
    a->month_limit_min = workdays * l->day_min + l->overtime_min;
    a->limit_min = least(l->day_min, least(l->week_min - a->week_min,
                                          a->month_limit_min - a->month_min));
    a->limit_min = a->limit_min > 0 ? a->limit_min : 0;
}

static void add_worked(const struct the_day *d, struct day_carer *a, const struct worked *w,
                       bool in_month, bool in_week)
{
    int64_t all = w->visit_min + w->way_min;
    bool other = w->day.n != d->day.n;
    a->month_all_min += in_month ? all : 0;
    a->month_way_min += in_month ? w->way_min : 0;
    a->month_done_min += in_month ? w->done_visit_min + w->done_way_min : 0;
    a->month_min += in_month && other ? all : 0;
    a->week_min += in_week && other ? all : 0;
}

static bool within(struct day at, struct day from, struct day to)
{
    return at.n >= from.n && at.n <= to.n;
}

/* The month by what holds on its last day, so that the month's page has the same; the week too. */
MUST static enum err minutes_read(struct ctx *c, struct the_day *d, const struct calendar *k)
{
    struct civil at = civil_of_day(d->day);
    struct day first = day_civil(at.year, at.month, 1);
    struct day last = { day_civil(at.year + (at.month == 12), at.month % 12 + 1, 1).n - 1 };
    struct day monday = { d->day.n - (day_weekday(d->day) - 1) }, sunday = { monday.n + 6 };
    struct day ends[] = { last, { first.n - 1 }, sunday };
    struct day begins[] = { first, monday, { last.n + 1 } };
    struct limits l;
    TRY(limits_read(c, d, &l));
    for (size_t part = 0; part < sizeof ends / sizeof *ends; part++) {
        struct worked *w;
        size_t n;
        if (begins[part].n > ends[part].n)
            continue;
        TRY(worked_between(c, &(struct worked_asked){ d->org, d->scope, begins[part], ends[part] },
                           &w, &n));
        for (size_t i = 0; i < n; i++) {
            int carer = day_carer_at(d, w[i].carer);
            if (carer != NOBODY)
                add_worked(d, &d->carers[carer], &w[i], within(w[i].day, first, last),
                           within(w[i].day, monday, sunday));
        }
    }
    int64_t workdays = calendar_between(k, (struct day){ first.n - 1 }, last);
    for (int i = 0; i < d->carers_n; i++)
        limit(&d->carers[i], &l, workdays);
    return ERR_NONE;
}

/* --- all --- */

MUST static enum err carer_read(struct ctx *c, struct the_day *d, int64_t id)
{
    struct carer a;
    bool found;
    TRY(entity_load(c, &carer_entity, id, &a, &found));
    if (!found)
        return ERR_NONE;
    struct day_carer *of = &d->carers[d->carers_n++];
    *of = (struct day_carer){ .id = a.id, .name = sv_copy(&d->mem, a.name), .gender = a.gender,
                              .travel = a.travel, .way = way_of((enum travel)a.travel),
                              .skills = a.skills, .starts_at = a.works_at };
    return carer_absent(c, &a, d->day, &of->away);
}

enum err staff_read(struct ctx *c, struct the_day *d)
{
    int64_t ids[DAY_CARERS_MAX];
    size_t n = 0;
    struct calendar k;
    struct rows r = db_rows(c, &sql_dispatch_carers, PARAMS(P_INT("org", d->org.n)));
    while (n < DAY_CARERS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    d->carers = NEW(&d->mem, struct day_carer, n + 1);
    for (size_t i = 0; i < n; i++)
        TRY(carer_read(c, d, ids[i]));
    TRY(calendar_load(c, &c->mem, &k));
    TRY(shifts_read(c, d, &k));
    TRY(rests_read(c, d));
    TRY(starts_read(c, d));
    return minutes_read(c, d, &k);
}

int day_carer_at(const struct the_day *d, struct carer_id id)
{
    int low = 0, high = d->carers_n;                  /* in order of id */
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (d->carers[middle].id.n < id.n)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->carers_n && d->carers[low].id.n == id.n ? low : NOBODY;
}
