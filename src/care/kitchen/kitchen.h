/*
 * kitchen.h - what is to be cooked: totals by sitting, way and diet, fixed at the cut-off; and the
 * hand-over from the central kitchen to the points it supplies.
 *
 * Totals are counted from the orders whenever one asks. At the cut-off the clock writes them down
 * (kitchen_count); what changes later is listed as late, and the fixed numbers stay beside.
 *
 * A batch (配送批次) is what a kitchen brings one point for one sitting:
 *     planned → sent → received          each with portions, temperature, moment and who
 * A breach of the limits (too cold, too long on the way, fewer portions) is kept on the batch and
 * raises a work item of the kitchen's organisation.
 */
#ifndef CARE_KITCHEN_H
#define CARE_KITCHEN_H

#include "care/meal/meal.h"
#include "care/order/order.h"

struct kitchen_count_id { int64_t n; };

struct kitchen_count {
    struct kitchen_count_id id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;
    struct day             day;
    int                    sitting, way;
    struct set             diets;
    int64_t                portions;       /* 0: nobody, written so that it is known as fixed */
};

extern const struct field  kitchen_count_fields[];
extern const struct entity kitchen_count_entity;

enum meal_batch_state { MEAL_PLANNED, MEAL_SENT, MEAL_RECEIVED };
extern const struct choice meal_batch_states[];

/* What was wrong with a batch. */
enum meal_batch_fault { FAULT_COLD_SENT, FAULT_COLD_RECEIVED, FAULT_LATE, FAULT_SHORT };
extern const struct choice meal_batch_faults[];

struct meal_batch_id { int64_t n; };
struct meal_van_id { int64_t n; };             /* van.h */

struct meal_batch {
    struct meal_batch_id   id;
    struct row             row;
    struct place_id        kitchen, place;
    struct organisation_id kitchen_org, org;
    struct day             day;
    int                    sitting;
    int64_t                planned;                    /* portions ordered when it was planned */
    struct meal_van_id     van;                        /* 0: none brings it, or not planned */
    int64_t                van_trip, seq;              /* the van's first, second …; its stop */
    int64_t                leave_min, at_min;          /* planned: leaves the kitchen, is there */
    struct sv              plan_note;                  /* why no van brings it */
    int64_t                sent, received;
    struct opt_int         sent_temp, received_temp;   /* tenths of a degree Celsius */
    struct moment          sent_at, received_at;
    struct account_id      sent_by, received_by;
    struct set             faults;
    struct sv              note;
    int                    state;
};

extern const struct field  meal_batch_fields[];
extern const struct entity meal_batch_entity;
extern const struct module kitchen_module;

/* day.c: GET /api/kitchen/day, and the job that fixes; batch.c: POST /api/kitchen/plan. */
endpoint_fn kitchen_day_get, kitchen_plan_post;
struct kitchen_asked { struct place_id place; struct day day; };
struct plan_asked { struct place_id kitchen; struct day day; };
struct plan_made { int64_t batches, portions, left_out; };
extern const struct field kitchen_asked_fields[], kitchen_day_gives[], plan_asked_fields[],
    plan_made_fields[];
enum err kitchen_fix(struct ctx *c, const struct job *j);

/* Writes down what stands at the cut-off, once for a place, day and sitting. */
MUST enum err kitchen_fix_one(struct ctx *c, struct place_id place, struct day day,
                              enum sitting sitting);

#endif
