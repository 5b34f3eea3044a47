/*
 * calendar.h - working days: the State Council's yearly arrangement, kept as data.
 *
 * A calendar_day row says what one day is when it is not what its weekday says: a `holiday` (放假,
 * the whole span that is announced), a `workday` (调休上班: a Saturday or Sunday that is worked) or
 * a `restday` (a day off that is not announced as a holiday: a local arrangement). For a year
 * without rows the rule is the weekday: Monday to Friday are worked; calendar_knows() says so.
 */
#ifndef CARE_CALENDAR_H
#define CARE_CALENDAR_H

#include "model/house.h"

enum day_kind { DAY_WORKDAY, DAY_HOLIDAY, DAY_RESTDAY };
extern const struct choice day_kinds[];

struct calendar_day_id { int64_t n; };

struct calendar_day {
    struct calendar_day_id id;
    struct row row;
    struct day day;
    int        kind;
    struct sv  name;               /* 春节 */
    struct sv  source;             /* the document that says so */
};

extern const struct field  calendar_day_fields[];
extern const struct entity calendar_day_entity;
extern const struct module calendar_module;

/* --- the calendar in memory: immutable, made once, asked often --- */

struct calendar_mark { int32_t day; int32_t kind; };           /* by day */
struct calendar { const struct calendar_mark *marks; size_t n; };

/* The days of one announced arrangement, for a first start; ends with a row of no name. */
struct calendar_span { int year, month, day, days; enum day_kind kind; const char *name; };
extern const struct calendar_span calendar_2026[];
extern const char calendar_2026_source[];

/* The arrangement of calendar_2026 alone, without a database. */
struct calendar calendar_known(struct arena *mem);

/* What the database says, in `mem` (which may outlive the call: a snapshot's). */
MUST enum err calendar_load(struct ctx *c, struct arena *mem, struct calendar *ret_calendar);

/* The mark of one day alone: enough for what is asked of that day, and cheap. */
MUST enum err calendar_load_day(struct ctx *c, struct day day, struct calendar *ret_calendar);

/* Writes the rows of calendar_2026 that are not there yet; *ret_added how many. */
MUST enum err calendar_seed(struct ctx *c, int64_t *ret_added);

/* The mark on a day, NULL when the weekday decides. */
const struct calendar_mark *calendar_at(const struct calendar *k, struct day d);

bool calendar_works(const struct calendar *k, struct day d);
bool calendar_holiday(const struct calendar *k, struct day d);     /* marked holiday or restday */

/* True when the day's year has at least one mark, so that its holidays are known. */
bool calendar_knows(const struct calendar *k, struct day d);

/* The n-th working day after `from` (n >= 0; 0: `from` itself, or the next one worked). */
struct day calendar_add(const struct calendar *k, struct day from, int64_t n);

/* Working days in (from, to]. */
int64_t calendar_between(const struct calendar *k, struct day from, struct day to);

#endif
