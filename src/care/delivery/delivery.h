/*
 * delivery.h - meals are brought: who carries them, in which rounds, and what became of each:
 * handed to somebody, left with somebody, nobody there.
 *
 *     run    planned → under_way → done, or dropped         stop    planned → handed, left, nobody
 *
 * A run is one round of one person from the kitchen to doors and back; a stop is one order of a
 * delivered meal, and the order follows it (served, not met), so that its time line, bill and
 * rating are those of any order. What has not left and is not locked is planned again as often as
 * one likes (plan.c): new orders join, cancelled ones go. Who brings has her stops on the
 * telephone, off line too (the form "meals" of care/sync). How rounds are found: plan/trip,
 * docs/decisions/0065.
 */
#ifndef CARE_DELIVERY_H
#define CARE_DELIVERY_H

#include "care/carer/carer.h"
#include "care/meal/meal.h"
#include "care/order/order.h"
#include "care/sync/sync.h"

enum { RUN_STOPS_MAX = 60, DELIVERY_DOORS_MAX = 300, BRINGERS_MAX = 20, DELIVERY_RUNS_MAX = 120 };

enum run_state { RUN_PLANNED, RUN_UNDER_WAY, RUN_DONE, RUN_DROPPED };
enum stop_state { STOP_PLANNED, STOP_HANDED, STOP_LEFT, STOP_NOBODY, STOP_DROPPED };
extern const struct choice run_states[], stop_states[];

struct meal_run_id { int64_t n; };
struct meal_stop_id { int64_t n; };
struct meal_bringer_id { int64_t n; };

/* Somebody at hand for a place, day and sitting: a carer, or a volunteer by name (bringer.c). */
struct meal_bringer {
    struct meal_bringer_id id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;
    struct day             day;
    int                    sitting;
    struct carer_id        carer;          /* 0: a volunteer without the telephone */
    struct sv              name;
    int                    travel;         /* travels of care/carer */
    int64_t                boxes;          /* at once */
    int64_t                from_min, until_min;    /* of the day; until 0: not said */
    bool                   comes;
};

struct meal_run {
    struct meal_run_id     id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;
    struct day             day;
    int                    sitting;
    struct meal_bringer_id bringer;        /* 0: nobody was named */
    struct carer_id        carer;          /* whose telephone has it; 0: nobody's yet */
    int64_t                trip;           /* her first, second … */
    int                    travel;
    int64_t                boxes;          /* that she carries at once */
    int64_t                stops, portions, open;   /* open: not yet brought */
    int64_t                leave_min, back_min;     /* planned; 0, 0: not planned */
    int64_t                travel_min;     /* on the way, without the doors */
    int64_t                over_hot_min, over_late_min, over_boxes;    /* what it misses */
    bool                   by_streets;     /* else in the order of buildings */
    bool                   locked;         /* not planned again */
    struct moment          left_at, done_at;
    int                    state;
};

struct meal_stop {
    struct meal_stop_id    id;
    struct row             row;
    struct meal_run_id     run;
    struct organisation_id org;
    struct care_order_id   care_order;
    struct elder_id        elder;
    struct day             day;
    int64_t                seq;            /* from 1, in the order of going */
    int64_t                at_min;         /* planned at the door; 0: not planned */
    bool                   off_map;        /* its home is on no street that is known */
    struct sv              door;           /* short: "8-4", never the flat */
    struct sv              for_name;
    int64_t                quantity;
    struct set             diets;
    int                    state;
    struct moment          done_at, done_known_at;     /* when it was; when we were told */
    int64_t                clock_off_s;
    struct sv              left_with, note;
    struct sv              signed_by;      /* who signed at the door; "": nobody was asked */
    struct moment          signed_at;
    int64_t                papers;         /* pictures of the signature, which follow the row */
};

/* delivery.sign: a signature at the door may be taken; it is asked for, and may be left out. */
enum delivery_sign { SIGN_ALLOWED, SIGN_ASKED };

extern const struct field  meal_bringer_fields[], meal_run_fields[], meal_stop_fields[];
extern const struct entity meal_bringer_entity, meal_run_entity, meal_stop_entity;
extern const struct module delivery_module;

/*
 * The runs of a place, day and sitting, planned or planned again (plan.c). With nobody at hand all
 * doors are one round, whose limits are only told. ERR_CONFLICT "delivery.nothing".
 */
struct run_asked { struct place_id place; struct day day; int sitting; };
struct runs_made { struct meal_run first; int64_t runs, left_out; };   /* first.id 0: none */
extern const struct field run_asked_fields[];
MUST enum err run_make(struct ctx *c, const struct run_asked *in, struct runs_made *ret_made);

/*
 * The same in two steps: found, reading only, then written; ERR_CONFLICT "delivery.moved_on" when
 * an order, a run or somebody at hand is another than it was found on, and nothing is written.
 */
struct runs_found;
MUST enum err run_find(struct ctx *c, const struct run_asked *in, struct runs_found **ret_found);
MUST enum err run_write(struct ctx *c, const struct run_asked *in, const struct runs_found *found,
                        struct runs_made *ret_made);

/* The run counts its stops anew; the last one ends it. */
MUST enum err run_count(struct ctx *c, struct meal_run_id id);

/* "荷塘里8号楼4单元201" → "8-4", "3栋" → "3"; "" where the address does not say. */
struct sv door_short(struct arena *mem, struct sv address);

/* GET /api/delivery/day and /repair (day.c), POST /run (plan.c) and /move (move.c). */
endpoint_fn delivery_day_get, delivery_repair_get, delivery_run_post, delivery_move_post;
enum err delivery_run_find(struct ctx *c, struct request *q);
struct move_asked { struct care_order_id care_order; struct meal_run_id run; int64_t seq; };
extern const struct field delivery_day_gives[], repair_gives[], run_gives[], move_asked_fields[],
    move_gives[];

/* GET /api/my/orders/{id}/brought (my.c): how the meal of one's own order came, who signed. */
endpoint_fn my_brought_get;
extern const struct field brought_gives[];

/* The stops' form on the telephone (phone.c). */
extern const struct sync_form delivery_forms[];
/* A lunch that is called off leaves its run (stop.c). */
MUST enum err stop_of_order_gone(struct ctx *c, const void *before, const void *row,
                                 const char *action);

#endif
