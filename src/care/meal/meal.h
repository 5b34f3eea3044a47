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

#include "care/elder/elder.h"
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

/* One dish of a place's menu, for one day and sitting. It changes by the day, so no review. */
enum dish_kind { DISH_SET, DISH_MEAT, DISH_VEGETABLE, DISH_STAPLE, DISH_SOUP, DISH_SIDE };
extern const struct choice dish_kinds[];

struct dish_id { int64_t n; };

struct dish {
    struct dish_id         id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;            /* of the place */
    struct day             day;
    int                    sitting;
    int                    kind;
    struct sv              name;
    struct set             suits;          /* diets it is fit for; none: not said */
    struct money           price;          /* 0: in the set's price */
};

extern const struct field  dish_fields[];
extern const struct entity dish_entity;

struct elder_diet_id { int64_t n; };

/* What an elder must or must not eat; kept apart, since it tells of her health or faith. */
struct elder_diet {
    struct elder_diet_id   id;
    struct row             row;
    struct elder_id        elder;
    struct set             diets;
    struct sv              avoids;         /* SECRET: 花生过敏 */
    int                    source;         /* who said so */
    struct day             said_on;
};

extern const struct field  elder_diet_fields[];
extern const struct entity elder_diet_entity;

/* Her diets without asking who reads: for what is cooked, never straight to an answer. */
MUST enum err elder_diets(struct ctx *c, struct elder_id elder, struct set *ret_diets);

/* As far as the caller may see them; none else. */
MUST enum err elder_diets_seen(struct ctx *c, struct elder_id elder, struct set *ret_diets);

/*
 * What to say to who orders a meal for these diets: sentences as members of the open array, for
 * diets that no dish of that menu is fit for, and for a menu that nobody has written.
 */
MUST enum err meal_warn(struct ctx *c, struct place_id place, struct day day,
                        enum sitting sitting, struct set diets, struct json *j);

extern const struct endpoint meal_endpoints[];         /* menu.c, table.c */
endpoint_fn menu_get, menu_copy_post, tables_get;
struct menu_asked { struct place_id place; struct day from; int64_t days; };
struct menu_copy { struct place_id place; struct day from, to; };
struct menu_copied { int64_t copied, kept; };
struct tables_asked { struct sv places; struct elder_id elder; struct day day; int sitting; };
extern const struct field menu_asked_fields[], menu_copy_fields[], menu_copied_fields[],
    menu_gives[], tables_asked_fields[], tables_gives[];

/* Dishes of one place, day and sitting as the open object's member "dishes". */
MUST enum err dishes_json(struct ctx *c, struct json *j, struct place_id place, struct day day,
                          enum sitting sitting);
extern const struct field dish_gives[];

/* The published register row of a place; who runs it, OPERATOR_UNKNOWN when there is none. */
MUST enum err meal_point_of(struct ctx *c, struct place_id place, struct meal_point *ret_point,
                            bool *ret_found);
MUST enum err meal_operator_of(struct ctx *c, struct place_id place, int *ret_operator);

#endif
