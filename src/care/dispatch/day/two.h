/*
 * two.h - who could go together: two carers who can begin at one moment.
 *
 * Of all begins within a window, in whole five minutes from the one wished for outwards, the first
 * at which two can be there; of those who can, the two whose ways grow least.
 */
#ifndef CARE_DISPATCH_TWO_H
#define CARE_DISPATCH_TWO_H

#include "care/dispatch/day/times.h"

/* The other of an order of two; NULL: one goes alone. */
const struct day_visit *day_mate(const struct the_day *d, const struct day_visit *v);
void day_mates(struct the_day *d);       /* fills in `mate`; what pins or locks one does both */
void day_meet(struct the_day *d);        /* who is there first waits: both are expected at once */
/* Nothing that is put beside one of two moves her: the other's day would have to be asked too. */
void day_hold_pairs(struct the_day *d);

/* day_could() for a visit of two: how many can be there at one moment, 0 where they are not two. */
int day_could_two(struct ctx *c, const struct the_day *d, const struct day_visit *wished);

struct two_asked {
    const struct day_visit *v;           /* what it asks of each */
    int  visit[VISITS_OF_ORDER];         /* of the day; NOBODY: it is only wished for */
    int  carer[VISITS_OF_ORDER];         /* who must be one of them; NOBODY: anybody */
    int  open_min, close_min, wish_min;
    const struct course *courses;        /* of each carer without it; NULL: what stands */
};

struct two_found {
    int  begin_min;
    int  carer[VISITS_OF_ORDER];         /* who can, as far as there are any; else NOBODY */
    struct course course[VISITS_OF_ORDER];       /* their days with it, when both can */
};

/* The order of a visit of the day, within what stands. */
struct two_asked two_of(const struct the_day *d, int visit);

/*
 * How many could be there at the best moment there is: from 2 on both are in *ret_found. With 1
 * that one is, and the moment nearest to the wish.
 */
int day_two(struct ctx *c, const struct the_day *d, const struct two_asked *asked,
            struct two_found *ret_found);

#endif
