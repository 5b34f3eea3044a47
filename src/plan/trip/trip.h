/*
 * trip.h - from one kitchen to many doors: who carries what, in how many ways out and back.
 *
 * A trip leaves the kitchen with so many boxes, goes from door to door and comes back; one bearer
 * makes several, one after another. From leaving until the last door's box is out of hand no more
 * than `hot` may pass. Times are seconds from one zero. Found by plan/tour (README.md). Everything
 * lives in the arena of the call.
 */
#ifndef PLAN_TRIP_H
#define PLAN_TRIP_H

#include "base/ctx.h"

enum {
    TRIP_DOORS_MAX = 400,
    TRIP_BEARERS_MAX = 40,
    TRIPS_EACH_MAX = 6,                  /* ways out of one bearer */
    TRIP_WAYS_MAX = 4,
    TRIP_TIME_MAX = 1000000,
    TRIP_BOXES_MAX = 100000,
    TRIP_ANY = -1,
};

struct trip_door {
    int32_t open, close;                 /* the hand-over may begin then, both ends included */
    int32_t service;
    int32_t boxes;
};

/* A span in which somebody is at hand; who is busy in between stands twice. */
struct trip_bearer {
    int32_t ways;                        /* index of her way to travel */
    int32_t boxes;                       /* at once */
    int32_t from, until;                 /* leaves no sooner; is back by then */
};

/* Doors_n + 1 rows and columns (from, to), the kitchen first. */
struct trip_ways { const int32_t *time, *cost; };          /* may be the same array */

struct trip_problem {
    const struct trip_door   *doors;
    const struct trip_bearer *bearers;
    const struct trip_ways   *ways;
    const int32_t            *wish;      /* doors x bearers: dearer by; NULL: nothing */
    int     doors_n, bearers_n, ways_n;
    int32_t hot;                         /* from leaving to the end of the last hand-over */
    int32_t load;                        /* in the kitchen between two trips; the price of one */
};

struct trip_stop { int32_t door, at; };  /* the hand-over begins at */

struct trip {
    int32_t           bearer, leave, back, boxes;
    struct trip_stop *stops;
    int               stops_n;
};

/* Trips by bearer and time. */
struct trip_plan {
    struct trip *trips;
    int32_t     *left;                   /* doors that get nothing */
    int          trips_n, left_n;
    int64_t      cost;                   /* of all ways, the wishes not counted */
    int64_t      iterations;
};

struct trip_budget { int64_t iterations; uint64_t seed; };   /* of each search; several are made */

/*
 * As many doors as can be, then the least cost. The same for the same problem and budget.
 * ERR_INVALID (the member at fault in the fault's log) for what no plan could be made of.
 */
MUST enum err trip_search(struct ctx *c, const struct trip_problem *p,
                          const struct trip_budget *budget, struct trip_plan *ret_plan);

/*
 * The times of a trip whose doors stand in order: leaves as late as it can without being later
 * anywhere, not before `from`. What it would miss is not minded; by how much is said.
 */
struct trip_over { int32_t late, hot, boxes; };   /* past a door's close, past `hot`, too many */
void trip_time(const struct trip_problem *p, struct trip *t, int32_t from,
               struct trip_over *ret_over);

/* --- why a door is left, and what would help --- */

enum trip_why {
    TRIP_WHY_BOXES,                      /* more than anybody carries at once */
    TRIP_WHY_FAR,                        /* `hot` is over before one is there; a proof */
    TRIP_WHY_TIME,                       /* nobody at hand is there in time, or back; a proof */
    TRIP_WHY_CROWDED,                    /* with nothing else to do somebody could */
};
enum trip_why trip_why(const struct trip_problem *p, int door);

enum trip_help { TRIP_HELP_NONE, TRIP_HELP_EARLIER, TRIP_HELP_LATER, TRIP_HELP_ONE_MORE };

/*
 * The least that brings the most of what is left, in this order: everybody leaves 10, 20 or 30
 * minutes earlier; everybody may come back 30 later; one more like the first bearer; two more.
 */
struct trip_repair { enum trip_help help; int32_t by; int left_n; };
MUST enum err trip_repair(struct ctx *c, const struct trip_problem *p,
                          const struct trip_plan *plan, const struct trip_budget *budget,
                          struct trip_repair *ret_repair);

#endif
