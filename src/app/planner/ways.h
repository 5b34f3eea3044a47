/*
 * ways.h - how long the quickest ways are: metres beside the times that batch/ gives.
 */
#ifndef APP_PLANNER_WAYS_H
#define APP_PLANNER_WAYS_H

#include "roads/reach.h"

/* Scratch of one thread. */
struct ways { const struct roads *roads; struct reach *reach; uint64_t *cm; };

struct ways *ways_new(struct arena *mem, const struct roads *r);

/* Sets out from a home: all within so many milliseconds. */
void ways_from(struct ways *w, enum profile profile, const struct anchor *from, uint32_t limit_ms);

/* Centimetres door to door along the quickest way; UINT64_MAX when it is not within the limit. */
uint64_t ways_cm(const struct ways *w, const struct anchor *to);

#endif
