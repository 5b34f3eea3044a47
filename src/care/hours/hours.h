/*
 * hours.h - opening hours: a subset of OpenStreetMap's opening_hours, read and asked.
 *
 *     Mo-Fr 08:00-17:00; Sa 09:00-12:00,13:00-15:00; PH off        24/7
 *
 * Rules are parted by ';', each [days] (times | off): days are Mo Tu We Th Fr Sa Su, ranges
 * (Mo-Fr, Sa-Mo), PH, parted by commas, none meaning every day; times are HH:MM-HH:MM parted by
 * commas, an end before its start reaching into the next day, at most 24 hours. A later rule
 * replaces earlier ones on the days that it names. On a public holiday (PH: what the calendar
 * marks as holiday or restday) the last rule naming PH decides, and when none does the weekday's.
 * A Saturday or Sunday that is worked (调休) counts as a Monday. What is outside the subset
 * (months, weeks, sunrise, comments) is refused, never guessed.
 */
#ifndef CARE_HOURS_H
#define CARE_HOURS_H

#include "care/calendar/calendar.h"

enum { HOURS_RULES_MAX = 12, HOURS_SPANS_MAX = 6, HOURS_LENGTH_MAX = 200, HOURS_CLOSING_MIN = 30 };

struct hours_span {
    int16_t start_min, end_min;
}; /* end may pass 1440: into the next day */

/* What one day is, worked out from the rules: a week of seven and the holiday. */
struct hours_day { struct hours_span span[HOURS_SPANS_MAX]; int8_t n; };
enum { HOURS_PH = 7, HOURS_DAYS = 8 };

/* The rules solved: [0] Monday … [6] Sunday, [HOURS_PH] a public holiday. Plain data, copyable. */
struct hours {
    struct hours_day day[HOURS_DAYS];
    bool             known;            /* false: no hours were given */
    bool             ph;               /* a rule names PH; else holidays are as their weekday */
    bool             always;           /* 24/7 */
};

/* NULL when well-formed (the empty text is: unknown hours), else the message key of the fault. */
const char *hours_parse(struct sv text, struct hours *ret_hours);

/* The form check for field tables. */
const char *hours_check(struct sv text);

/* The same rules read out: "周一–周五 08:00–17:00; 节假日 休息". */
struct sv hours_read_out(struct arena *mem, struct sv text);

/* What holds on a day: of the week, or of the holiday. */
const struct hours_day *hours_on(const struct hours *h, const struct calendar *k, struct day d);

struct hours_state {
    bool          open;
    bool          change_known;        /* false: always open, or no change within eight days */
    struct moment change;              /* when it closes (open) or opens (shut) next */
};
/* Asks at a moment; hours must be known. Spans that touch or overlap count as one. */
struct hours_state hours_at(const struct hours *h, const struct calendar *k, struct moment at);

/* "open" "closing" "closed" "unknown"; closing: open, but shut within HOURS_CLOSING_MIN minutes. */
const char *hours_word(const struct hours *h, const struct hours_state *s, struct moment at);

/* 营业中 · 17:00 关门 / 已关门 · 明天 08:00 开门 / 全天开放 / 营业时间待核实, and in English. */
void hours_text(struct buf *out, const struct hours *h, const struct hours_state *s,
                struct moment at, enum lang lang);

/* Open during the whole of [from_min, to_min) of a day: for slots. */
bool hours_cover(const struct hours *h, const struct calendar *k, struct day d, int from_min,
                 int to_min);

extern const struct module hours_module;       /* its messages */

#endif
