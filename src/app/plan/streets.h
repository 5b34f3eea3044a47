/* streets.h - ways for `yike plan tours` from a road file. */
#ifndef APP_PLAN_STREETS_H
#define APP_PLAN_STREETS_H

#include "plan/tour/form/form.h"
#include "roads/roads.h"

/* `arg` of vroom_streets. */
struct streets { struct roads roads; };

/* Seconds door to door; a place may lie so far from the next street as for `yike roads`. */
const char *streets_ways(void *arg, struct arena *mem, struct sv profile,
                         const struct vroom_spot *at, int n, int32_t *ret_seconds,
                         int *ret_place);

#endif
