/*
 * after.h - visits that wait for another visit to the same elder (care/catalogue/after.h).
 *
 * The rule of an order says for which item; of the day's visits of that item the last one promised
 * before it is meant. Who is nobody's visit or is moved keeps the gap to the other as that stands:
 * so each carer's day is worked out alone. A plan of the whole day moves both (plan/tour's links).
 */
#ifndef CARE_DISPATCH_AFTER_H
#define CARE_DISPATCH_AFTER_H

#include "care/dispatch/day/times.h"

/* Fills in `first`. Of two who go together both halves have it, and the first half is meant. */
void day_firsts(struct the_day *d);

/* Does it wait for another, or another for it? */
bool day_tied(const struct the_day *d, int visit);

/*
 * Of a span of begins what keeps the gaps to what it waits for and to what waits for it, as those
 * begin: `begin` by visit, NOBODY: not made, NULL: as things stand. From above to: there is none.
 */
struct span day_gap(const struct the_day *d, int visit, const int *begin, struct span within);

/* When it may begin if it is moved or sent: its window, as far as ties leave it. */
struct span day_may_begin(const struct the_day *d, int visit);

/*
 * Whose gap would not be kept if it began then, the others as they stand: its own, or that of one
 * that waits for it. NOBODY: all are.
 */
int day_gap_broken(const struct the_day *d, int visit, int begin_min);

/* Of the one it waits for, for words and links; NULL: none comes that day. */
const struct day_visit *day_first(const struct the_day *d, const struct day_visit *v);

/* Windows of tied visits: who has a carer stays, who has none keeps the gap to what stands. */
void day_hold_gaps(struct the_day *d);

#endif
