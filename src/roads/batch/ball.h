/*
 * ball.h - between reach_all.c and the lanes: many neighbours' times over the junctions that any
 * of them reaches, BALL_LANES of them at once.
 *
 * All costs stay below 2^31, so that signed and unsigned instructions agree.
 */
#ifndef ROADS_BATCH_BALL_H
#define ROADS_BATCH_BALL_H

#include "roads/batch/lanes.h"

enum { BALL_LANES = 64, BALL_POINTS = 2 * BALL_LANES };

/* One junction's costs, lane by lane; more than the limit: not reached. */
struct ball_row { _Alignas(64) uint32_t cost[BALL_LANES]; };

struct ball_arc { uint32_t row, cost; };

/* What lies on an edge: its ends' rows and what is between them. */
struct ball_spot { uint32_t from_a, from_b, weight; };
struct ball_group { uint32_t a, b, far_a, far_b, weight, spots; const struct ball_spot *spot; };

struct ball {
    uint32_t           limit, rows, groups;
    struct ball_row   *row;              /* the last one is beyond the limit in all lanes */
    uint32_t          *first;            /* rows + 1 */
    struct ball_arc   *arc;
    uint64_t          *waiting;          /* a bit for each row whose costs have fallen */
    struct ball_group *group;
    struct ball_row    sum;
};

/* No lane has reached any row, nor summed anything. */
typedef void ball_clear(struct ball *b);
/* Lets costs fall along the arcs until none does. */
typedef void ball_spread(struct ball *b);
/* The same in one pass when each row's arcs stand with it and come from rows before it. */
typedef void ball_descend(struct ball *b);
/* Adds to `sum` what is within the limit in each lane. */
typedef void ball_count(struct ball *b);

struct ball_work {
    ball_clear *clear;
    ball_spread *spread;
    ball_descend *descend;
    ball_count *count;
};
const struct ball_work *ball_work(enum lanes lanes);

#endif
