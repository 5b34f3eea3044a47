/*
 * net.h - the streets made ready for questions that are asked of a whole city at once.
 *
 * A net is one road file at one pace: a plain directed graph in which any way is allowed, so that
 * searches on it know nothing of private land. Its states are the junctions in the file's order
 * and, where a compound has several gates, copies beside them: "entered", from which nobody leaves
 * but to a goal inside, and "at home", for those who set out from it. net_zones.c has the proof
 * that ways on the net cost what reach.h says. Costs are milliseconds, or centimetres by length.
 *
 *   struct net *net = net_make(&roads, (struct pace){ .profile = PROFILE_ELDER }, 900000);
 *   ... near_all.h, reach_all.h, relation.h; hierarchy/matrix.h ...
 *   net_free(net);
 */
#ifndef ROADS_BATCH_NET_H
#define ROADS_BATCH_NET_H

#include "roads/roads.h"

/* By a profile's own times, by one speed for every street, or by length. */
enum pace_by { PACE_PROFILE, PACE_SPEED, PACE_LENGTH };

struct pace {
    enum profile profile;            /* whose streets; for PACE_PROFILE also whose times */
    enum pace_by by;
    uint32_t     cm_s;               /* PACE_SPEED: 90 is 0.9 m/s */
};

/* No sum of two costs overflows 31 bits. */
#define NET_COST_MAX 0x3FFFFFFFu
#define NO_STATE UINT32_MAX

struct net_arc { uint32_t state, cost; };

/*
 * The first four arcs of a state side by side, for searches that look at all of them without a
 * guess: where there are fewer, arcs to the state itself. In `goal` the state and two marks.
 */
enum { NET_FOUR = 4 };
struct net_four { uint32_t goal[NET_FOUR], cost[NET_FOUR]; };
#define NET_GOAL_BLIND 0x80000000u               /* nothing is to be looked for behind that state */
#define NET_GOAL_MORE  0x40000000u               /* of goal[0]: the state has a fifth arc */
#define NET_GOAL_STATE 0x3FFFFFFFu

/* Arcs grouped by the state they leave (out) or lead to (in: `state` is where they begin). */
struct net_arcs {
    uint32_t *first; struct net_arc *arc;
    struct net_four *four;                       /* of each state */
    uint32_t cost_max, cost_mean;
};

/* Immutable once made: any number of threads read it. */
struct net {
    const struct roads *roads;       /* must outlive the net */
    struct pace     pace;
    uint32_t        limit;           /* ways of more than this are not promised */
    uint32_t        states, arcs;
    struct net_arcs out, in;
    uint8_t        *blind;           /* of each state: 1 when nothing but one street leads there */
    uint32_t       *cost;            /* edge * 2 + back; NOT_REACHED: closed that way */
    uint32_t       *source;          /* edge * 2 + end: where one is who set out from it ... */
    uint32_t       *target;          /* ... and from where it is entered; NO_STATE: closed */
    uint32_t       *junction_state;  /* of each junction, its first state (the entered one) */
};

/* `limit` at most NET_COST_MAX: the farthest that will be asked for. In blocks of its own. */
struct net *net_make(const struct roads *r, struct pace pace, uint32_t limit);
void net_free(struct net *net);              /* accepts NULL */

/* Whether the pace may use the edge, in one direction at least. */
static inline bool net_allows(const struct net *net, uint32_t edge)
{
    return net->cost[edge * 2] != NOT_REACHED || net->cost[edge * 2 + 1] != NOT_REACHED;
}

/* --- where an anchor joins the net --- */

/* Both access legs, all of them: cost of `cm` beside the streets. */
uint32_t net_access(const struct net *net, uint32_t cm);

/* From the anchor's door to an end of its edge (0 is a, 1 is b), and back; NOT_REACHED: closed. */
uint32_t net_out(const struct net *net, const struct anchor *at, int end);
uint32_t net_in(const struct net *net, const struct anchor *at, int end);

/* Both ways out at once, without regard to what is closed; false: not a street for this pace. */
bool net_out_both(const struct net *net, const struct anchor *at, uint32_t ret_cost[2]);

/*
 * The same worked out beforehand, for points that are asked about again and again: where one is at
 * the ends of the edge and what it cost; NO_STATE: closed. Who stands at a junction and may go on
 * from it freely has only that one, and an edge of NOT_REACHED: it adds nothing of its own.
 */
struct net_spot { uint32_t state[2], cost[2], edge; };
struct net_spot net_spot(const struct net *net, const struct anchor *from);
struct net_spot *net_spots(struct arena *mem, const struct net *net, const struct anchor *from,
                           uint32_t n);

/* Door to door along the edge that both lie on; NOT_REACHED when it may not be walked that way. */
uint32_t net_between(const struct net *net, const struct anchor *from, const struct anchor *to);

/*
 * An anchor for each junction and, when asked for, for each point of the streets' shape, edge
 * after edge: *ret_n of them in the arena. A junction's anchor lies on one of its streets that
 * the pace may use; what it may not use at all is left out.
 */
struct anchor *net_points(struct arena *mem, const struct net *net, bool shape, uint32_t *ret_n);

#endif
