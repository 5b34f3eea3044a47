/*
 * round.h - between the files of this folder: all that planning a place, day and sitting looks at.
 */
#ifndef CARE_DELIVERY_ROUND_H
#define CARE_DELIVERY_ROUND_H

#include "care/delivery/delivery.h"
#include "care/printing/printing.h"
#include "plan/trip/trip.h"

/* One order on its way. */
struct going {
    struct care_order    order;
    struct printing_door door;
    struct point         at;               /* 0, 0: not known */
    bool                 off_map;
    size_t               nth;              /* as it was read, for equal doors */
};

/* One span of one person; person -1: nobody was named. */
struct span { int person; };

struct round {
    struct run_asked     asked;
    struct place         place;
    int64_t              hot_min, door_min, load_min, leg_min, slack_min;
    struct going        *go;               /* in the order of doors */
    size_t               n;
    struct meal_bringer *people;           /* who comes */
    size_t               people_n;
    struct meal_run     *runs;             /* all that live, whatever their state */
    size_t               runs_n;
    bool                 streets;
    struct trip_problem  trips;            /* bearers: spans */
    struct span         *spans;
};

enum { BEARER_BOXES = 60, NIGHT_S = 86400 };

/* Right and place asked; people and runs read, parameters of the day. */
MUST enum err round_open(struct ctx *c, const struct run_asked *in, struct round *ret_round);

/* Orders by id, as they go: sorted by their doors unless `as_given`. */
MUST enum err round_goings(struct ctx *c, struct round *r, const int64_t *ids, size_t n,
                           bool as_given);
/* Orders that may be planned: in no run, or in one that may be planned again. */
MUST enum err round_free(struct ctx *c, struct round *r);

/* Ways of travelling between kitchen and doors, and what each door wants (ways.c). */
MUST enum err round_ways(struct ctx *c, struct round *r);
int round_way(int travel);                 /* of enum travel: which of the ways */

/* Who carries, when (people.c); nobody named: one who has all day, `named` false. */
MUST enum err round_bearers(struct ctx *c, struct round *r);
MUST enum err round_wishes(struct ctx *c, struct round *r);

/* May the run be planned again? */
bool run_is_free(const struct meal_run *run);

/* Its times as its stops stand, and those of what the same person does after it (move.c). */
MUST enum err run_retime(struct ctx *c, struct meal_run_id id);

/* What a trip is on its run; stores nothing. */
void run_takes_times(struct meal_run *run, const struct trip *t, const struct trip_over *over,
                     const struct round *r);

extern const struct trip_budget round_budget;

#endif
