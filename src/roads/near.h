/*
 * near.h - the nearest of many places, in order of the time it takes to get there.
 *
 *   struct near_index *index = near_index_build(&roads, places, n, 300);     once, shared
 *   struct near *q = near_new(mem, index);                                   once a thread
 *   near_begin(q, PROFILE_ELDER, &home, 15 * 60 * 1000, 1u << KIND_MEALS);
 *   while (found < 20 && near_next(q, &place, &ms))
 *       if (open_now(place))
 *           ...
 *
 * The search goes only as far as it is asked for, so twenty places cost a few microseconds
 * however many there are. Times are door to door; equal times come in order of place number. For
 * walkers and wheelchairs (profile < PROFILE_FEET); on wheels too once near_index_wheels() has
 * joined the places to where a bicycle and a car may stand.
 */
#ifndef ROADS_NEAR_H
#define ROADS_NEAR_H

#include "roads/reach.h"

/* A place: where it is, and a bit for each thing it may be asked for by (kinds, mostly). */
struct near_place { struct point at; uint32_t tags; };

/* The way from one junction to a place beside it, for one profile. */
struct near_row { uint32_t place, tags, ms; };

/* Immutable once built: any number of threads read it. */
struct near_index {
    const struct roads *roads;
    uint32_t        places, unplaced;    /* all; those no street is near to */
    struct anchor  *walk, *wheel;        /* of each place: on foot, in a wheelchair */
    struct anchor  *ride[VEHICLES];      /* by bicycle, by car; NULL: not asked for */
    uint32_t       *tags;
    uint32_t       *first[VEHICLES];     /* of each junction, its rows */
    struct near_row *row[PROFILE_COUNT]; /* each search reads one profile's: half the memory */
};

/* Where a point joins the streets, on foot and in a wheelchair; false: not on foot. */
bool near_join(const struct roads *r, struct point at, double max_m, struct anchor *ret_walk,
               struct anchor *ret_wheel);

/* The same for n points in an order in which neighbours stand together. */
void near_join_run(const struct roads *r, const struct point *at, uint32_t n, double max_m,
                   struct anchor *ret_walk, struct anchor *ret_wheel);

/*
 * Snaps n places (each to a street within max_m) and sorts them by junction. `r` must outlive
 * the index. Ended by near_index_free.
 */
struct near_index *near_index_build(const struct roads *r, const struct near_place *places,
                                    uint32_t n, double max_m);
void near_index_free(struct near_index *index);          /* accepts NULL */

/* Before anybody else has it: joins its places for e-bikes and cars too, within max_m. */
void near_index_wheels(struct near_index *index, double max_m);

/* The anchor a place is joined by for a profile. */
const struct anchor *near_anchor(const struct near_index *index, enum profile profile,
                                 uint32_t place);

/* One thread's scratch. */
struct near {
    const struct near_index *index;
    const uint32_t *first;               /* of the index, for the profile asked */
    const struct near_row *row;
    struct reach *reach;
    uint32_t      want;
    uint64_t     *heap;                  /* ms << 32 | place */
    size_t        heap_n;
    uint32_t     *seen;                  /* stamp of the last search that gave the place */
    uint32_t      stamp;
};
struct near *near_new(struct arena *mem, const struct near_index *index);

/* Looks from `from` for places that have any bit of `want` within limit_ms. */
void near_begin(struct near *q, enum profile profile, const struct anchor *from, uint32_t limit_ms,
                uint32_t want);

/* The next place by walking time; false when there is none left within the limit. */
bool near_next(struct near *q, uint32_t *ret_place, uint32_t *ret_ms);

#endif
