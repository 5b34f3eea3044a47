/*
 * tour.h - carers' days: who goes to whom, in which order, at what time.
 *
 * A problem is made by a reader (form/) or by hand, checked by tour_check(), and answered by
 * tour_search() with a plan. Times are whole units from one zero (VROOM: seconds; Solomon: tenths),
 * costs whole units of 1/cost_scale. Everything lives in the arena it was made in.
 */
#ifndef PLAN_TOUR_H
#define PLAN_TOUR_H

#include "base/ctx.h"

enum {
    TOUR_VISITS_MAX = 10000,             /* jobs of one plan */
    TOUR_CARERS_MAX = 2000,
    TOUR_PAIRS_MAX = 4000000,            /* visits times carers */
    TOUR_PLACES_MAX = 4000,              /* rows of a matrix */
    TOUR_CELLS_MAX = 100000000,          /* of all matrices, by profile, speed and price */
    TOUR_AMOUNTS_MAX = 8,                /* kinds of load: hot meals, cold meals, linen */
    TOUR_WINDOWS_MAX = 64,               /* of one visit or break */
    TOUR_SKILLS_MAX = 1000000,           /* highest number of a skill */
    TOUR_TIME_MAX = 1000000000,
    TOUR_LEG_MAX = 100000000,            /* time or cost between two places */
    TOUR_NONE = -1,
    TOUR_NEVER = 1000000000,
};

/* A span in which something may begin; both ends belong to it. */
struct tour_window { int32_t open, close; };

struct tour_windows { const struct tour_window *at; int n; };      /* in order, apart; 0: always */

struct tour_skills { const int32_t *at; int n; };                  /* ascending */

/*
 * A visit alone, or one of the two of a shipment: what is picked up at the one is handed over at
 * the other, by the same carer and later the same day; both are made or neither.
 */
enum tour_part { TOUR_ALONE, TOUR_PICKUP, TOUR_HANDOVER };

/* One visit to one elder by one carer. */
struct tour_visit {
    int64_t             id;
    struct sv           about;           /* description; may be "" */
    int32_t             place;           /* row of the matrices */
    int32_t             setup;           /* before the service, unless she is already there */
    int32_t             service;         /* how long it takes the usual carer */
    const int32_t      *service_of;      /* by carer's kind; NULL: always `service` */
    const int32_t      *setup_of;
    struct tour_windows windows;         /* when she may begin */
    struct tour_skills  skills;          /* a carer must have them all */
    const int32_t      *levels;          /* and each so high, from 1; NULL: 1 */
    int32_t             priority;        /* 0 to 100: who goes first when not all can be done */
    int64_t             delivery[TOUR_AMOUNTS_MAX], pickup[TOUR_AMOUNTS_MAX];
    int32_t             due, late_cost;  /* beginning after `due` costs so much an hour; 0: free */
    enum tour_part      part;            /* a pick-up has no `delivery`, the other no `pickup` */
    int32_t             mate;            /* the other visit of the shipment */
    int32_t             ride_max;        /* of a hand-over: how long after the pick-up's end it may
                                            begin; 0: any time */
    bool                located;         /* lon, lat were given */
    double              lon, lat;
};

/* A rest without a place: on the way, wherever she is. */
struct tour_break {
    int64_t             id;
    struct sv           about;
    int32_t             service;
    struct tour_windows windows;
    const int64_t      *load_max;        /* what she may carry meanwhile; NULL: anything */
    bool                off;             /* between two parts of her shift */
};

/*
 * How long she works: travel, setup and service, and with `waits` all the time from leaving to
 * coming back but for breaks. (She leaves as late as she can and still be back as early.)
 */
struct tour_hours {
    int64_t most;                        /* never longer; 0: no limit */
    int64_t usual;                       /* longer is overtime */
    int32_t price;                       /* of an hour of overtime, in cost units */
    bool    waits;
    int32_t way_off;                     /* percent of ways that is no work; not with `waits` */
    bool    first_off;                   /* the way to the first visit is none; nor this */
};

struct tour_carer {
    int64_t             id;
    struct sv           about;
    int32_t             start, end;      /* places; TOUR_NONE: the first visit, the last */
    struct tour_window  shift;
    int32_t             travel;          /* index of her way to travel */
    int32_t             kind;            /* for service_of */
    struct tour_skills  skills;
    const int32_t      *levels;          /* of each of her skills; NULL: 1 */
    int64_t             capacity[TOUR_AMOUNTS_MAX];
    const struct tour_break *breaks;
    int                 breaks_n;
    int32_t             fixed_cost;      /* of going out at all */
    int32_t             task_cost;       /* for an hour of service and setup, in cost units */
    int32_t             tasks_max;       /* INT32_MAX: no limit, as below */
    int64_t             travel_max, distance_max;
    struct tour_hours   hours;
    bool                start_located, end_located;
    double              start_lon, start_lat, end_lon, end_lat;
};

/*
 * A way to travel, priced: places_n + 1 rows and columns (from, to); the last place is nowhere,
 * nothing from everywhere.
 */
struct tour_travel {
    int32_t *time, *cost;                /* cost may be the same array */
    int32_t *distance;                   /* metres; NULL: not known */
};

struct tour_problem {
    struct sv           name;
    struct tour_visit  *visits;
    struct tour_carer  *carers;
    struct tour_travel *travels;
    const int32_t      *wish;            /* visits x carers: what it costs more that she makes it
                                            (continuity, wishes); NULL: nothing. TOUR_NEVER: she
                                            may not */
    const int32_t      *given;           /* days to begin with, coded as in schedule.h; or NULL */
    const struct tour_link *links;       /* visits tied to one another: link.h */
    int                 visits_n, carers_n, travels_n, places_n, amounts_n, links_n;
    int64_t             cost_scale;      /* units of cost in one that is shown */
    int64_t             time_scale;
    bool                fewest;          /* fewer carers go before less cost */
};

/*
 * Refuses (ERR_INVALID, the member at fault in the fault's log) what no search could be given:
 * windows that end before they begin, places that are not there, too many of anything.
 */
MUST enum err tour_check(struct ctx *c, const struct tour_problem *p);
/* A travel of zeros for places_n places and nowhere; distance only when wanted. */
struct tour_travel tour_travel_new(struct arena *mem, int places_n, bool distance);

/* How long a visit takes a carer, without and with the setup. */
int32_t tour_service(const struct tour_problem *p, int carer, int visit);
int32_t tour_setup(const struct tour_problem *p, int carer, int visit);
/* Has she the skills, and could she carry it? */
bool tour_able(const struct tour_problem *p, int carer, int visit);

/* The first of a visit's skills from an index on that she has not, or not so high; -1: none. */
int tour_lacks(const struct tour_carer *k, const struct tour_visit *v, int from);

#endif
