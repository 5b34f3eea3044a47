/*
 * state.h - the plan that a search turns over: routes with the earliest and the latest moment of
 * each stop, so that whether and where a visit fits is seen without running down the route.
 *
 * Invariant of a stop: `leave` is the earliest she can go on, `late` the latest she may arrive
 * without making what follows late. A break stands nowhere: its `leave` is when she could go on
 * had she travelled no step before it, and `floor` the earliest arrival behind it however much of
 * the way she made before; so the next arrival is max(leave + way, floor). README.md has the proof.
 */
#ifndef PLAN_TOUR_STATE_H
#define PLAN_TOUR_STATE_H

#include "plan/tour/tour.h"

enum { STOP_START = -1, STOP_END = -2, STOP_BREAK = -3 };    /* break b is STOP_BREAK - b */
enum { SPOTS = 2 };                      /* positions kept of one visit in one route */
enum { COST_MAX = INT32_MAX };

struct stop {
    int32_t visit;
    int32_t place;                       /* of a break: where she was before */
    int32_t begin, leave, floor, late;
    int32_t leg;                         /* cost of the way here */
};

/* The load when she leaves a stop, the most before and the most from then on. */
struct loads { int64_t now, before, after; };

struct route {
    struct stop  *stops, *saved;         /* saved: before this turn */
    struct loads *loads;                 /* stops x amounts; NULL unless loads mix */
    int64_t       load[TOUR_AMOUNTS_MAX], pickup[TOUR_AMOUNTS_MAX];
    int64_t       cost, travel, distance;
    int64_t       wishes;                /* of its visits, part of cost */
    uint32_t      version;               /* another for each content */
    int           n, room, visits;
    int           saved_n;
    struct kept { int64_t load[TOUR_AMOUNTS_MAX], pickup[TOUR_AMOUNTS_MAX];
                  int64_t cost, travel, distance, wishes; uint32_t version;
                  int visits; } kept;
    bool          touched, dead;         /* dead: her breaks fit no day of hers */
};

/*
 * The best positions of a visit in a route, as of `version`. Of a shipment there is one: at[0] of
 * the pick-up, at[1] of the hand-over, both as the stops stand now.
 */
struct spot { uint32_t version; int32_t cost[SPOTS]; int16_t at[SPOTS]; };

/* One way to travel as the search reads it: row v is all that lies from, or to, place v. */
struct ways { const int32_t *time, *time_to, *cost, *cost_to, *distance; };

struct state {
    const struct tour_problem *p;
    struct arena  *mem;
    struct ways   *ways;
    struct route  *routes;               /* one for each carer */
    struct spot   *spots;                /* visits x carers */
    uint8_t       *able;                 /* visits x carers */
    const int32_t **service;             /* by kind of carer: by visit */
    int32_t       *open, *close;         /* of each visit: all its windows' span */
    int32_t       *route_of;             /* who makes a visit; TOUR_NONE: nobody */
    int32_t       *offered, offered_n;   /* routes to try: used ones, one idle of each class */
    int32_t       *class_of;             /* carers that are alike */
    int32_t       *touched, touched_n;   /* routes with something saved */
    int32_t       *absent, absent_n;
    int32_t        width;                /* places and nowhere */
    uint32_t       versions;
    uint64_t       random;
    int            used, used_max;       /* routes with visits, and how many there may be */
    int64_t        cost;                 /* of all routes */
    bool           plain;                /* one window, no break, setup, limit or mixed load */
    bool           mixed;                /* deliveries and pick-ups */
    bool           summed;               /* limits or prices want a route's sums at each change */
    bool          *strict;               /* carers whose whole day must be tried: hours, rides */
    int32_t       *lead;                 /* who stands for a visit: of a shipment the pick-up, of
                                            a pair the first; others themselves */
    int32_t       *other;                /* the other visit of a shipment or pair; TOUR_NONE */
    struct ties   *ties;                 /* tie.h; NULL: no visit is tied to another */
};

/* --- state.c --- */

struct state *state_new(struct arena *mem, const struct tour_problem *p, uint64_t seed);

/* Every visit absent; leaders stand there. */
void state_empty(struct state *s);

/* The routes that are worth trying; to be called when a route has become used or idle. */
void state_offer(struct state *s);

/* --- route.c --- */

/* The first moment from t on that lies in a window; INT32_MAX: none. */
int32_t windows_next(struct tour_windows w, int32_t t);

/* The last moment up to t that lies in a window; -1: none. */
int32_t windows_last(struct tour_windows w, int32_t t);

/* Keeps the route as it is, once a turn, for state_undo(). */
void route_keep(struct state *s, int r);

/* Puts a visit before stop `at`, where it is known to fit and to cost so much. */
void route_insert(struct state *s, int r, int at, int visit, int32_t cost);

/* Puts a shipment's two visits before stops `at` and `to`, where they are known to fit. */
void route_insert_pair(struct state *s, int r, int at, int to, int pickup);

/* The stop behind `before`: its times, the cost of the way. False: it does not fit there. */
bool stop_next(const struct state *s, int r, const struct stop *before, struct stop *at);

/* Takes out the visits whose route_of is TOUR_NONE; false: what is left does not fit (and stays
 * out of order until the caller restores it). */
bool route_shrink(struct state *s, int r);

/* Sets the stops of a route to these codes, start and end among them; false: it does not fit. */
bool route_set(struct state *s, int r, const int32_t *codes, int n);

/* Back to what was kept; done with what was kept. */
void state_undo(struct state *s);
void state_settle(struct state *s);
void route_restore(struct state *s, int r);

static inline int32_t leader_of(const struct state *s, int32_t v)
{
    return s->lead[v];
}

/* Nobody makes it, nor the other visit of its shipment or pair. */
static inline void visit_free(struct state *s, int32_t v)
{
    s->route_of[v] = TOUR_NONE;
    if (s->other[v] != TOUR_NONE)
        s->route_of[s->other[v]] = TOUR_NONE;
}

/* --- spot.c, pair.c --- */

/* Where the visit costs least in the route, from memory or newly seen. */
const struct spot *spot_of(struct state *s, int visit, int r);

#endif
