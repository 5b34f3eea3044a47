/*
 * lunar.h - the lunar calendar (农历), 1900 to 2100: pure, no database.
 *
 * A year is the one that begins at that year's Spring Festival; its months are 29 or 30 days, in a
 * leap year one of them comes twice (闰). The table follows GB/T 33661-2017《农历的编算和颁行》 as the
 * Hong Kong Observatory publishes it; how it was compared, and where a day may be off by one, is in
 * docs/decisions/0034.
 */
#ifndef CARE_LUNAR_H
#define CARE_LUNAR_H

#include "base/ctx.h"

enum { LUNAR_YEAR_FIRST = 1900, LUNAR_YEAR_LAST = 2100 };

struct lunar { int year, month, day; bool leap; };       /* leap: the second of that month */

/* False before 1900-01-31 and after 2101-01-28. */
bool lunar_of(struct day d, struct lunar *ret_lunar);

/* False when that year has no such month or that month no such day. */
bool lunar_day(struct lunar l, struct day *ret_day);

int lunar_leap_month(int year);                          /* 0: none */
int lunar_month_days(int year, int month, bool leap);    /* 0: no such month */

/* "庚辰年（龙）八月初三", "lunar 1940, month 8, day 3"; lives in mem. */
struct sv lunar_text(struct arena *mem, enum lang lang, struct lunar l);

/* "八月初三" alone, as it is kept every year. */
struct sv lunar_month_day_text(struct arena *mem, enum lang lang, struct lunar l);

#endif
