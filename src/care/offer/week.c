/* week.c - the weekly pattern of an offer. */

#include "care/offer/week.h"

#include <assert.h>

static const char *const day_names[] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };

static bool day_index(struct sv s, int *ret_day)
{
    for (int i = 0; i < 7; i++)
        if (sv_is(s, day_names[i])) {
            *ret_day = i;
            return true;
        }
    return false;
}

/* "Mo-Fr,Su": the part before the blank. */
static bool parse_days(struct sv s, uint8_t *ret_days)
{
    struct sv part;
    uint8_t days = 0;
    while (sv_cut(&s, ',', &part)) {
        int from, to;
        ptrdiff_t dash = sv_find_byte(part, '-');
        if (!day_index(dash < 0 ? part : sv_head(part, (size_t)dash), &from))
            return false;
        to = from;
        if (dash >= 0 && !day_index(sv_from(part, (size_t)dash + 1), &to))
            return false;
        for (int d = from;; d = (d + 1) % 7) {
            days |= (uint8_t)(1u << d);
            if (d == to)
                break;
        }
    }
    *ret_days = days;
    return days != 0;
}

static bool parse_time(struct sv s, int *ret_min)
{
    int64_t hour, minute;
    if (s.len != 5 || s.at[2] != ':' || !sv_int(sv_head(s, 2), 0, 24, &hour))
        return false;
    if (!sv_int(sv_from(s, 3), 0, 59, &minute) || hour * 60 + minute > MINUTES_A_DAY)
        return false;
    *ret_min = (int)(hour * 60 + minute);
    return true;
}

/* "08:00-17:00/60" */
static bool parse_span(struct sv s, struct week_span *span)
{
    ptrdiff_t slash = sv_find_byte(s, '/');
    struct sv hours = slash < 0 ? s : sv_head(s, (size_t)slash);
    if (hours.len != 11 || hours.at[5] != '-')
        return false;
    if (!parse_time(sv_head(hours, 5), &span->start_min) ||
        !parse_time(sv_from(hours, 6), &span->end_min))
        return false;
    if (span->end_min <= span->start_min)
        return false;
    int64_t step = span->end_min - span->start_min;
    if (slash >= 0 && !sv_int(sv_from(s, (size_t)slash + 1), 15, step, &step))
        return false;
    span->step_min = (int)step;
    return true;
}

bool week_parse(struct sv text, struct week *ret_week)
{
    struct week w = { 0 };
    struct sv part;
    while (sv_cut(&text, ';', &part)) {
        part = sv_trim(part);
        if (part.len == 0)
            continue;
        if (sv_is(part, "PH off")) {
            w.holidays_off = true;
            continue;
        }
        ptrdiff_t blank = sv_find_byte(part, ' ');
        if (blank < 0 || w.spans_n == WEEK_SPANS_MAX)
            return false;
        struct week_span *span = &w.spans[w.spans_n++];
        if (!parse_days(sv_head(part, (size_t)blank), &span->days))
            return false;
        if (!parse_span(sv_trim(sv_from(part, (size_t)blank)), span))
            return false;
    }
    *ret_week = w;
    return true;
}

static void insert_by_time(struct week_slot *slots, size_t n, struct week_slot made)
{
    while (n > 0 && slots[n - 1].start_min > made.start_min) {
        slots[n] = slots[n - 1];
        n--;
    }
    slots[n] = made;
}

size_t week_slots(const struct week *w, int weekday, bool holiday, struct week_slot *ret_slots)
{
    assert(weekday >= 1 && weekday <= 7);
    size_t n = 0;
    if (holiday && w->holidays_off)
        return 0;
    for (size_t i = 0; i < w->spans_n; i++) {
        const struct week_span *s = &w->spans[i];
        if (!(s->days >> (weekday - 1) & 1))
            continue;
        for (int at = s->start_min; at + s->step_min <= s->end_min && n < WEEK_SLOTS_MAX;
             at += s->step_min)
            insert_by_time(ret_slots, n++, (struct week_slot){ at, at + s->step_min });
    }
    return n;
}

size_t week_day_slots(const struct week *w, const struct calendar *k, struct day day,
                      struct week_slot *ret_slots)
{
    int weekday = day_weekday(day);
    if (weekday > 5 && calendar_works(k, day))
        weekday = 1;
    return week_slots(w, weekday, calendar_holiday(k, day), ret_slots);
}
