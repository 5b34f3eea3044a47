/*
 * delivery.h - meals are brought: a run of one place and sitting, its stops in walking order, and
 * what became of each: handed to somebody, left with somebody, nobody there.
 *
 *     run    planned → under_way → done              stop    planned → handed, left, nobody
 *
 * A stop is one order of a delivered meal; the order follows it (served, not met), so that its time
 * line, bill and rating are those of any order. A run that has not left is made again
 * as often as one likes: new orders join, cancelled ones go, the order of walking is found anew.
 * Who brings has her stops on the telephone, off line too (the form "meals" of care/sync).
 */
#ifndef CARE_DELIVERY_H
#define CARE_DELIVERY_H

#include "care/meal/meal.h"
#include "care/order/order.h"
#include "care/sync/sync.h"

enum { RUN_STOPS_MAX = 60 };

enum run_state { RUN_PLANNED, RUN_UNDER_WAY, RUN_DONE };
enum stop_state { STOP_PLANNED, STOP_HANDED, STOP_LEFT, STOP_NOBODY, STOP_DROPPED };
extern const struct choice run_states[], stop_states[];

struct meal_run_id { int64_t n; };
struct meal_stop_id { int64_t n; };

struct meal_run {
    struct meal_run_id     id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;
    struct day             day;
    int                    sitting;
    struct carer_id        carer;          /* who brings; 0: nobody yet */
    int64_t                stops, portions, open;   /* open: not yet brought */
    int64_t                walk_min;       /* of the whole round, without the doors */
    bool                   by_streets;     /* else in the order of buildings */
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
    int64_t                seq;            /* from 1, in walking order */
    struct sv              door;           /* short: "8-4", never the flat */
    struct sv              for_name;
    int64_t                quantity;
    struct set             diets;
    int                    state;
    struct moment          done_at, done_known_at;     /* when it was; when we were told */
    int64_t                clock_off_s;
    struct sv              left_with, note;
};

extern const struct field  meal_run_fields[], meal_stop_fields[];
extern const struct entity meal_run_entity, meal_stop_entity;
extern const struct step   meal_stop_steps[];
extern const struct module delivery_module;

/* What is asked: the run of a place, day and sitting, made or made again (run.c). */
struct run_asked { struct place_id place; struct day day; int sitting; };
extern const struct field run_asked_fields[];
MUST enum err run_make(struct ctx *c, const struct run_asked *in, struct meal_run *ret_run);

/* The run counts its stops anew; the last one ends it. */
MUST enum err run_count(struct ctx *c, struct meal_run_id id);

/*
 * The order in which to visit n points, point 0 being where one sets out and returns: nearest
 * neighbour, then 2-opt. ms: n × n walking times; ret_order: 0 first; returns the round's time.
 * At most RUN_STOPS_MAX + 1 points; equal times go to the lower number.
 */
uint64_t walk_order(const uint32_t *ms, size_t n, size_t *ret_order);

/* "荷塘里8号楼4单元201" → "8-4", "3栋" → "3"; "" where the address does not say. */
struct sv door_short(struct arena *mem, struct sv address);

/* The stops' steps (stop.c) and their form on the telephone (phone.c). */
struct left_input { struct sv left_with, note; };
struct nobody_input { struct sv note; };
extern const struct field left_takes[], nobody_takes[];
enum err stop_done(struct ctx *c, void *row, const void *input);
enum err stop_left(struct ctx *c, void *row, const void *input);
enum err stop_nobody(struct ctx *c, void *row, const void *input);
enum err stop_guard(struct ctx *c, const void *row);
enum err stop_follow(struct ctx *c, const void *before, const void *row, const char *action);
extern const struct sync_form delivery_forms[];

#endif
