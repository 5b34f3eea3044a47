/*
 * meal.h - what only meals have: the meal point (助餐点) beside its place, the menu of the week,
 * what an elder may not eat.
 *
 * A meal point is a place with one row of its own: who runs it, whether one can look into the
 * kitchen, its hygiene grade with day and source, its cut-offs. It is public once somebody else
 * than who submitted it has published it; grade and operator then change through review only.
 */
#ifndef CARE_MEAL_MEAL_H
#define CARE_MEAL_MEAL_H

#include "care/meal/sitting.h"
#include "care/place/place.h"
#include "http/http.h"

enum meal_operator {
    OPERATOR_UNKNOWN, OPERATOR_INSTITUTION, OPERATOR_CATERING, OPERATOR_CANTEEN,
    OPERATOR_VILLAGE, OPERATOR_KITCHEN, OPERATOR_OTHER
};
enum open_kitchen { KITCHEN_UNKNOWN, KITCHEN_CLOSED, KITCHEN_WINDOW, KITCHEN_VIDEO };
enum hygiene { HYGIENE_NONE, HYGIENE_A, HYGIENE_B, HYGIENE_C };
extern const struct choice meal_operators[], open_kitchens[], hygiene_grades[];

struct meal_point_id { int64_t n; };

struct meal_point {
    struct meal_point_id   id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;            /* of the place */
    int                    operated_by;    /* enum meal_operator */
    struct place_id        kitchen;        /* the central kitchen; 0: cooked here */
    int                    open_kitchen;   /* 明厨亮灶 */
    int                    hygiene;        /* 餐饮服务食品安全量化分级 */
    struct day             hygiene_on;
    struct sv              hygiene_source;
    bool                   delivers;
    int64_t                deliver_m;      /* walking metres; 0: as its delivery offers say */
    int64_t                seats;
    struct sv              cut_off_breakfast, cut_off_lunch, cut_off_supper;   /* sitting.h */
    struct sv              note;
    int                    state;
    struct account_id      submitted_by;
};

extern const struct field  meal_point_fields[];
extern const struct entity meal_point_entity;
extern const struct module meal_module;

/* The published register row of a place. */
MUST enum err meal_point_of(struct ctx *c, struct place_id place, struct meal_point *ret_point,
                            bool *ret_found);

#endif
