/* begin.h - how a standing order begins, and what its steps do beside changing the state. */
#ifndef CARE_STANDING_BEGIN_H
#define CARE_STANDING_BEGIN_H

#include "care/standing/standing.h"

/* What a face sends; see standing for the meaning of each. */
struct standing_new {
    struct offer_id offer;
    struct elder_id elder;
    struct set  weekdays;
    int64_t     start_min, quantity;
    struct day  from_day, until_day;
    int         holidays, gender_wish;
    struct carer_id carer_wish;
    int         pay_way;
    struct sv   password, note;
    int         channel;
    struct catalogue_item_id after_item;   /* struct after */
    int64_t     gap_least_min, gap_most_min;
    /* Not of a face: the package that it is part of, who asked for that, who wrote it down. */
    struct package_plan_id plan;
    struct account_id account, placed_by;
};
extern const struct field standing_new_fields[];

/* ERR_INVALID with the fields at fault, ERR_MISSING "elder.missing". */
MUST enum err standing_begin(struct ctx *c, const struct standing_new *n,
                             struct standing *ret_standing);

/* ERR_MISSING unless the caller may order for this elder: herself, bound so, or staff. */
MUST enum err standing_may_order(struct ctx *c, struct elder_id elder);

/* Steps beside changing the state. */
struct skip_input { struct day day; };
struct standing_change_input {
    struct day  from_day;
    struct set  weekdays;
    int64_t     start_min, quantity;
    int         gender_wish;
    struct carer_id carer_wish;
};
struct standing_end_input { struct day last_day; struct sv reason; };
struct standing_prolong { struct day until_day; };
extern const struct field skip_takes[], standing_change_takes[], standing_end_takes[];
enum err standing_accept_effect(struct ctx *c, void *row, const void *input);
enum err standing_skip_effect(struct ctx *c, void *row, const void *input);
enum err standing_unskip_effect(struct ctx *c, void *row, const void *input);
enum err standing_change_effect(struct ctx *c, void *row, const void *input);
enum err standing_price_effect(struct ctx *c, void *row, const void *input);
enum err standing_end_effect(struct ctx *c, void *row, const void *input);
enum err standing_prolong_effect(struct ctx *c, void *row, const void *input);

#endif
