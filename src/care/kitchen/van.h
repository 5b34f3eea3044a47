/*
 * van.h - vehicles of a central kitchen, and the order in which they bring batches to the points.
 *
 * A van is data: who drives, how many boxes it takes, when it can leave for each sitting. Planning
 * a day deals out the batches that have not left to trips (plan/trip): each point before its first
 * meal, no longer on the way than `meal.batch_minutes`. What fits in none says why on the batch.
 * Who drives may note both hand-overs on her telephone, off line too (the form "batches").
 */
#ifndef CARE_KITCHEN_VAN_H
#define CARE_KITCHEN_VAN_H

#include "care/carer/carer.h"
#include "care/kitchen/kitchen.h"
#include "care/sync/sync.h"

enum { VANS_MAX = 20, VAN_POINTS_MAX = 100 };

struct meal_van {
    struct meal_van_id     id;
    struct row             row;
    struct place_id        kitchen;
    struct organisation_id org;            /* the kitchen's */
    struct sv              name;           /* 1 号车 */
    struct sv              driver;
    struct carer_id        driver_carer;   /* whose telephone has its batches; 0: nobody's */
    int64_t                boxes;
    int64_t                leave_breakfast, leave_lunch, leave_supper;   /* minute; 0: stays */
    bool                   works;
};

extern const struct field  meal_van_fields[];
extern const struct entity meal_van_entity;

/* The trips of a day's batches that have not left; *ret_left: how many are in none. */
MUST enum err vans_plan(struct ctx *c, const struct place *kitchen, struct day day,
                        int64_t *ret_left);

/* Does the caller drive the van that brings this batch? */
MUST enum err van_is_drivers(struct ctx *c, const struct meal_batch *b, bool *ret_hers);

/* The batches' form on the driver's telephone (phone.c). */
extern const struct sync_form kitchen_forms[];

#endif
