/*
 * reach.h - walking times from one point: a search that stops at a time limit.
 *
 * The scratch is sized once for a road file and used for one search after another, by one thread
 * at a time; stamps make a new search free of clearing. After reach_from(), the time to any
 * anchor is a look at the two ends of its edge.
 *
 * Private land (ROAD_PRIVATE) is open to whom set out from it and to whom it is the goal, but it
 * is no way through. Times are whole milliseconds, equal times are ordered by junction number,
 * so every run gives the same answer.
 */
#ifndef ROADS_REACH_H
#define ROADS_REACH_H

#include "roads/roads.h"

enum { REACH_MS_MAX = 24 * 3600 * 1000, REACH_STARTS_MAX = 8 };

struct reach {
    const struct roads *roads;
    enum profile  profile;
    struct anchor from;
    struct anchor also[REACH_STARTS_MAX - 1];    /* other points it set out from */
    size_t        also_n;
    uint32_t      limit_ms;
    uint32_t      zone;          /* private land the search set out from; 0: none */
    uint32_t     *settled;       /* junctions reached, nearest first */
    uint32_t      settled_n;
    uint32_t     *via;           /* the arc that led to each junction; NO_ARC: from the anchor */

    uint64_t     *label;         /* stamp << 32 | ~ms: the larger, the newer and nearer */
    uint32_t      stamp;
    uint64_t     *heap;          /* ms << 32 | junction */
    size_t        heap_n;
};

#define NO_ARC UINT32_MAX

/* Scratch for searches on `r`, which must outlive it. In the arena. */
struct reach *reach_new(struct arena *mem, const struct roads *r);

/*
 * All that is within limit_ms (at most REACH_MS_MAX) of `from`, its access leg included. An anchor
 * of NO_EDGE reaches nothing.
 */
void reach_from(struct reach *s, enum profile profile, const struct anchor *from,
                uint32_t limit_ms);

/* Milliseconds to a junction; NOT_REACHED beyond the limit. */
uint32_t reach_junction_ms(const struct reach *s, uint32_t junction);

/* Milliseconds door to door, both access legs included; NOT_REACHED beyond the limit. */
uint32_t reach_ms(const struct reach *s, const struct anchor *to);

/* --- the same, step by step: begin, then settle until it is false --- */

void reach_begin(struct reach *s, enum profile profile, const struct anchor *from,
                 uint32_t limit_ms);

/*
 * Between begin and the first settle: sets out from another point too, as from each gate of a
 * compound; then a junction's time is that from the best of them. At most REACH_STARTS_MAX in all;
 * reach_ms() and routes know only the first. Private land is that of the first which has any.
 */
void reach_also(struct reach *s, const struct anchor *from);

/* Settles the nearest junction that is left. */
bool reach_settle(struct reach *s, uint32_t *ret_junction, uint32_t *ret_ms);

/* Settles all that is left within the limit. */
void reach_finish(struct reach *s);

/* A lower bound for all that is not settled yet; NOT_REACHED when nothing is left. */
uint32_t reach_next_ms(struct reach *s);

/* --- along one edge --- */

/*
 * Milliseconds between an anchor's point on the street and an end of its edge (0 is a, 1 is b):
 * out is from the anchor to the end, in the other way round; NOT_REACHED where the street does
 * not allow it.
 */
uint32_t anchor_out_ms(const struct roads *r, enum profile profile, const struct anchor *at,
                       int end);
uint32_t anchor_in_ms(const struct roads *r, enum profile profile, const struct anchor *at,
                      int end);

/* Milliseconds from one anchor's point to another's on the same edge, access legs not counted. */
uint32_t anchor_between_ms(const struct roads *r, enum profile profile, const struct anchor *from,
                           const struct anchor *to);

/*
 * How much of an edge is within the limit: the first *ret_from_a_cm from a and the last
 * *ret_from_b_cm towards b. The edge that the search set out from is left to the caller.
 */
void reach_edge_part(const struct reach *s, uint32_t edge, uint32_t *ret_from_a_cm,
                     uint32_t *ret_from_b_cm);

#endif
