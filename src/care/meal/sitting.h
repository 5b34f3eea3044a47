/*
 * sitting.h - meals of a day, how they are had, diets, and until when a meal can be ordered.
 *
 * A meal is an order of an offer of category `meal`. Its sitting follows from when it begins:
 * before 10:00 breakfast, before 15:00 lunch, else supper. Until the cut-off it is ordered,
 * changed and cancelled freely; after that only who cooks takes it, marked for the kitchen.
 */
#ifndef CARE_MEAL_SITTING_H
#define CARE_MEAL_SITTING_H

#include "care/offer/offer.h"

enum sitting { SITTING_NONE, SITTING_BREAKFAST, SITTING_LUNCH, SITTING_SUPPER, SITTINGS };
enum meal_way { WAY_NONE, WAY_EAT_IN, WAY_TAKE_AWAY, WAY_DELIVERED, MEAL_WAYS };
enum diet {
    DIET_DIABETIC, DIET_LOW_SALT, DIET_LOW_FAT, DIET_SOFT, DIET_HALAL, DIET_VEGETARIAN, DIETS
};
/* Keys stand in this order; diet_choices of a dish say whom it suits. */
extern const struct choice sitting_choices[], meal_way_choices[], diet_choices[];

enum sitting sitting_at(int64_t start_min);
struct sv sitting_name(enum sitting sitting, enum lang lang);

/* "软食、低盐", "" for none; the separator is the language's. */
struct sv diets_text(struct arena *mem, struct set diets, enum lang lang);

/*
 * "09:30" of the day itself, "-18:00" of the day before, as minutes from its midnight (570, -360).
 * NULL when well-formed or empty, else the message key: for field tables.
 */
const char *cut_off_check(struct sv value);
bool cut_off_minutes(struct sv value, int64_t *ret_min);

/*
 * The last moment at which a meal of this place (0: at large, then the policy parameter of the
 * scope counts) and day can be ordered. For a sitting of 0 it is unknown.
 */
MUST enum err meal_cut_off(struct ctx *c, int64_t scope, struct place_id place,
                           enum sitting sitting, struct day day, struct moment *ret_cut_off);

/* "09:30 前可订当天午餐", "前一天 18:00 前可订早餐". */
struct sv cut_off_text(struct arena *mem, enum sitting sitting, struct day day,
                       struct moment cut_off, enum lang lang);

/* Does the caller cook it: staff that serves orders for this organisation, or the house itself? */
bool meal_cooks(const struct ctx *c, struct organisation_id org);

/* ERR_INVALID "meal.cut_off" on `field` when it has passed and the caller does not cook. */
MUST enum err meal_refuse_late(struct ctx *c, struct organisation_id org, struct moment cut_off,
                               const char *field);

#endif
