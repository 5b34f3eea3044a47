/*
 * times.h - one carer's day in a given order: when she begins each visit.
 *
 * Ways are only made while she is on duty: between two parts of her shift she rests, and a way that
 * is not done by then goes on afterwards. Of all ways to keep the order within windows and shift
 * the one nearest to the begins wished for is taken: each visit as wished if it can be, else as
 * early after as the one before lets it (in whole five minutes if it can), never so late that a
 * later one misses its window. Where her shift names no rest (struct rest), she has one on the way
 * to some visit, before or behind all: where the begins are nearest to what is wished for.
 */
#ifndef CARE_DISPATCH_TIMES_H
#define CARE_DISPATCH_TIMES_H

#include "care/dispatch/day/day.h"

struct stop {
    int visit;                           /* of the day */
    int place, minutes;
    int open_min, close_min;             /* may begin */
    int wish_min;                        /* begins then when nothing hinders */
    int begin_min;                       /* worked out */
};

enum { STOPS_MAX = 64 };
struct course {
    const struct the_day *day;
    int          carer, free_min;        /* she can begin then */
    bool         no_ways, no_shift, no_rest;     /* as if there were none: to say what hinders */
    bool         typed_shift;            /* her shift as typed, not as far as what stands needs */
    struct stop  at[STOPS_MAX];
    int          n;
    int          rest_min;               /* worked out: her rest begins; NOBODY: none is asked */
};

/* Her visits that are not pinned, in order of their begin, within what stands; `but` left out. */
void course_of(const struct the_day *d, int carer, int but, struct course *k);

/* The stop of a visit as it stands: its window, wished for as planned. */
struct stop stop_of(const struct the_day *d, int visit);

/* Puts a stop in before position `at`; false when there is no room. */
bool course_put(struct course *k, int at, struct stop stop);

/* Works the begins out; false when it cannot be, and the begins are as they were. */
bool course_times(struct course *k);

/* The same with no end of windows and shift: when she would be there. */
void course_drift(struct course *k);

/* Minutes of work: all of these, what is pinned, and of the ways between them what counts. */
int64_t course_work(const struct course *k);

/* Minutes of all ways. */
int course_way(const struct course *k);

/*
 * Puts a stop where its way is shortest of all positions that can be (then nearest to its wish),
 * and works the begins out; false, and nothing changed, when there is none. *ret_at: where.
 */
bool course_fit(struct course *k, struct stop stop, int *ret_at);

/* The same within her hours of work; the course is of no more use when it is false. */
bool course_take(struct course *k, struct stop stop, int *ret_at);

#endif
