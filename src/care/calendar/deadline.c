/* deadline.c - counting working days, calendar days and working hours. */

#include "care/calendar/deadline.h"

#include <assert.h>

const struct choice deadline_units[] = {
    { "working_day", "工作日", "working days" },
    { "day", "自然日", "calendar days" },
    { "working_hour", "工作小时", "working hours" },
    { 0 },
};

/* --- office hours --- */

static bool minute_of_text(struct sv text, int *ret_min)
{
    int64_t hour, minute;
    struct sv h;
    if (!sv_cut(&text, ':', &h) || !sv_int(h, 0, 24, &hour) || !sv_int(text, 0, 59, &minute))
        return false;
    *ret_min = (int)(hour * 60 + minute);
    return *ret_min <= MINUTES_A_DAY;
}

bool office_hours_of(struct sv text, struct office_hours *ret_hours)
{
    struct office_hours o = { .n = 0 };
    struct sv one, from;
    int last = 0;
    while (sv_cut(&text, ',', &one)) {
        int a, b;
        if (o.n == OFFICE_SPANS_MAX || !sv_cut(&one, '-', &from) ||
            !minute_of_text(sv_trim(from), &a) || !minute_of_text(sv_trim(one), &b) || a < last ||
            b <= a)
            return false;
        o.at[o.n].from_min = a;
        o.at[o.n++].to_min = last = b;
    }
    *ret_hours = o;
    return o.n > 0;
}

static int closing(const struct office_hours *o)
{
    return o->at[o->n - 1].to_min;
}

/* --- counting --- */

/* Where one stands; the first day of a year that is not known ends the count. */
struct count { const struct calendar *k; struct day day; int unknown_year; };

static bool known(struct count *t)
{
    if (!calendar_knows(t->k, t->day))
        t->unknown_year = civil_of_day(t->day).year;
    return t->unknown_year == 0;
}

/* The day itself when it is worked, else the next that is. */
static bool go_to_worked(struct count *t)
{
    while (known(t) && !calendar_works(t->k, t->day))
        t->day.n++;
    return t->unknown_year == 0;
}

static bool count_working_days(struct count *t, int64_t n)
{
    for (bool there = known(t); there && n > 0; n--) {
        t->day.n++;
        if (!go_to_worked(t))
            return false;
    }
    return t->unknown_year == 0 && go_to_worked(t);
}

/* Takes up to *left minutes of this day from `minute` on; the minute at which they are used up. */
static bool use_up(const struct office_hours *o, int minute, int64_t *left, int *ret_min)
{
    for (size_t i = 0; i < o->n; i++) {
        int from = minute > o->at[i].from_min ? minute : o->at[i].from_min;
        int64_t here = o->at[i].to_min > from ? o->at[i].to_min - from : 0;
        if (here && here >= *left) {
            *ret_min = from + (int)*left;
            return true;
        }
        *left -= here;
    }
    return false;
}

static bool count_working_hours(struct count *t, const struct office_hours *o, int minute,
                                int64_t n, int *ret_min)
{
    int64_t left = n * 60;
    for (;;) {
        struct day began = t->day;
        if (!go_to_worked(t))
            return false;
        if (use_up(o, t->day.n == began.n ? minute : 0, &left, ret_min))
            return true;
        t->day.n++;
        minute = 0;
    }
}

bool deadline_count(const struct calendar *k, const struct office_hours *hours,
                    struct deadline_asked asked, struct deadline *ret_deadline,
                    int *ret_unknown_year)
{
    struct count t = { .k = k, .day = asked.from };
    struct deadline d = { .until_min = closing(hours), .rolled_from = DAY_NONE };
    assert(asked.n >= 0 && asked.n <= DEADLINE_N_MAX && hours->n);
    if (asked.unit == DEADLINE_WORKING_DAY) {
        (void)count_working_days(&t, asked.n);
    } else if (asked.unit == DEADLINE_WORKING_HOUR) {
        (void)count_working_hours(&t, hours, asked.from_min, asked.n, &d.until_min);
    } else {
        t.day.n += asked.n;
        struct day last = t.day;
        if (go_to_worked(&t) && t.day.n != last.n)
            d.rolled_from = last;
    }
    *ret_unknown_year = t.unknown_year;
    d.until = t.day;
    if (t.unknown_year == 0)
        *ret_deadline = d;
    return t.unknown_year == 0;
}
