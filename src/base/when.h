/*
 * when.h - moments and days.
 *
 * A moment is UTC milliseconds since 1970, a day counts days since 1970-01-01 in local time.
 * Local time is Asia/Shanghai: +08:00 all year, since 1991 without daylight saving.
 * A moment of zero and a day of DAY_NONE mean "not given".
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/text.h"

struct moment { int64_t ms; };
struct day    { int64_t n; };

/* Days may lie before 1970 (birthdays), so "not given" is a value of its own. */
#define DAY_NONE ((struct day){ INT64_MIN })

struct civil { int year, month, day, hour, minute, second, ms, weekday; };  /* 1 Monday .. 7 */

enum { MINUTES_A_DAY = 1440, LOCAL_OFFSET_MIN = 480, MONTHS_ON_MAX = 1200 };
#define MS_A_DAY ((int64_t)86400000)

bool day_known(struct day d);
bool moment_known(struct moment m);

struct moment moment_real(void);                         /* the machine's clock */
struct day    day_of(struct moment m);                   /* the local day a moment lies on */
int           minute_of(struct moment m);                /* local minute of the day, 0..1439 */
struct moment moment_at(struct day d, int minute);       /* local midnight + minutes */
struct day    day_civil(int year, int month, int day);   /* proleptic Gregorian */
bool          day_exists(int year, int month, int day);
struct civil  civil_of_day(struct day d);
struct civil  civil_of(struct moment m);                 /* local */
int           day_weekday(struct day d);                 /* 1 Monday .. 7 Sunday */
int           age_on(struct day birth, struct day on);   /* full years */
struct day    day_months_on(struct day from, int64_t months);  /* 31st: a month's last */

void buf_day(struct buf *b, struct day d);               /* 2026-11-21 */
void buf_moment(struct buf *b, struct moment m);         /* 2026-11-21T14:30:00.000+08:00 */
bool sv_day(struct sv s, struct day *ret_day);           /* 2026-11-21, 2026/11/21, 20261121 */
bool sv_moment(struct sv s, struct moment *ret_moment);  /* RFC 3339, with offset or Z */

/* One clock for the house, settable in tests: it stands still or runs ahead of the machine's. */
struct clock {
    _Atomic int64_t fixed_ms;      /* 0: it runs */
    _Atomic int64_t ahead_ms;      /* of one that runs; 0: with the machine, below 0 behind it */
};
struct moment clock_now(const struct clock *k);

/*
 * "2026-11-21T09:00:00+08:00": it stands there. "+3600", "-90": it runs, so many seconds ahead of
 * the machine or behind it, at most CLOCK_YEARS_MAX years. False, and *k as it was: neither.
 */
bool clock_set(struct clock *k, struct sv said);
enum { CLOCK_YEARS_MAX = 100 };

#endif
