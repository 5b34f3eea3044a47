/*
 * week.h - the weekly pattern of an offer: "Mo-Fr 08:00-17:00/60; Sa 09:00-12:00/30".
 *
 * Days as in OpenStreetMap's opening hours, a span of the day, and behind the slash the length of
 * one slot in minutes; without it the span is one slot. "PH off" leaves public holidays out. At
 * most WEEK_SPANS_MAX spans.
 */
#ifndef CARE_OFFER_WEEK_H
#define CARE_OFFER_WEEK_H

#include "care/calendar/calendar.h"

enum { WEEK_SPANS_MAX = 16, WEEK_SLOTS_MAX = 96 };

struct week_span { uint8_t days; int start_min, end_min, step_min; };    /* days: bit 0 Monday */

struct week {
    struct week_span spans[WEEK_SPANS_MAX];
    size_t           spans_n;
    bool             holidays_off;
};

/* False when the text is not such a pattern; "" is a pattern without slots. */
bool week_parse(struct sv text, struct week *ret_week);

struct week_slot { int start_min, end_min; };

/* The slots of a weekday (1 Monday .. 7 Sunday) in order of time; at most WEEK_SLOTS_MAX. */
size_t week_slots(const struct week *w, int weekday, bool holiday, struct week_slot *ret_slots);

/* The slots of a day: a weekend day that is worked (调休) has a Monday's, a holiday is one. */
size_t week_day_slots(const struct week *w, const struct calendar *k, struct day day,
                      struct week_slot *ret_slots);

#endif
