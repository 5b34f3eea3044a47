/* intern.h - names as numbers, in the order in which they first came. */
#ifndef APP_PLANNER_INTERN_H
#define APP_PLANNER_INTERN_H

#include "app/planner/points.h"

/* Zeroed is empty. The one of before is looked at first: tables mostly come sorted. */
struct intern {
    struct area *name;
    uint32_t     n, last;
    size_t       room, slots;
    uint32_t    *slot;           /* number + 1 */
};

/* The number of a name; new ones get the next. Names are borrowed. */
uint32_t intern_put(struct intern *t, struct arena *mem, struct area name);

#endif
