/*
 * order.h - somebody asks for a service for an elder; an organisation serves it.
 *
 *     placed → accepted → assigned → under_way → served → confirmed → rated
 *       └ declined   └ cancelled (by the rule shown before)   └ not_met   └ disputed → confirmed
 *
 * The elder may be known (her own account, a bond, the register) or not yet: ordering for someone
 * without binding (代下单) keeps name, phone and address in the order, and only the one who placed
 * it and the organisation see them. The platform holds nobody's money: how it is paid is recorded.
 */
#ifndef CARE_ORDER_H
#define CARE_ORDER_H

#include "care/compound/compound.h"
#include "care/elder/elder.h"
#include "care/offer/offer.h"
#include "care/whom/whom.h"
#include "model/who/account.h"

/* Keys of the table stand in this order. */
enum order_state {
    ORDER_DRAFT, ORDER_PLACED, ORDER_ACCEPTED, ORDER_DECLINED, ORDER_ASSIGNED, ORDER_UNDER_WAY,
    ORDER_SERVED, ORDER_CONFIRMED, ORDER_RATED, ORDER_CANCELLED, ORDER_NOT_MET, ORDER_DISPUTED,
};
extern const struct choice order_states[];

enum order_told { TOLD_NO, TOLD_YES, TOLD_AGREED, TOLD_REFUSED };
enum pay_way { PAY_CASH, PAY_STATION_QR, PAY_TRANSFER, PAY_MONTHLY };
enum gender_wish { WISH_NONE, WISH_FEMALE, WISH_MALE };
enum payer { PAYER_OWN, PAYER_SUBSIDY, PAYER_COUPON, PAYER_QUOTA, PAYER_STATION };
extern const struct choice told_choices[], pay_way_choices[], gender_wish_choices[],
    payer_choices[], channel_choices[];

struct care_order_id { int64_t n; };
struct order_part_id { int64_t n; };
/* Of care/standing, care/gathering, care/package. */
struct standing_id   { int64_t n; };
struct gathering_id  { int64_t n; };
struct service_package_id { int64_t n; };
struct package_plan_id { int64_t n; };

struct care_order {
    struct care_order_id id;
    struct row  row;
    struct sv   number;                    /* short, for the telephone: "1121-7K3QF2" */
    struct sv   basket;                    /* common to what was placed together; "": alone */
    struct account_id account;             /* the citizen who placed it; 0: staff did */
    struct account_id placed_by;           /* staff who placed it on a call; 0: the citizen did */
    int         channel;
    struct elder_id elder;                 /* 0: not bound */
    struct organisation_id org;
    struct offer_id offer;
    struct catalogue_item_id item;
    struct place_id place;
    struct slot_id slot;
    struct day  day;
    int64_t     start_min, end_min;
    int64_t     quantity, carers;          /* carers: who come together; 1 (also 0) or 2 */
    struct sv   for_name, for_phone, for_address;
    struct compound_id for_compound;
    struct degrees for_lat, for_lon;       /* 0, 0: not known */
    struct sv   for_relation;
    int         told;
    struct moment told_at;
    struct money price, own_pay, subsidy, coupon, quota, station_pay;    /* enum payer */
    struct sv   price_note;
    int         pay_way;
    bool        paid;
    struct moment paid_at;
    int         gender_wish;
    struct carer_id carer_wish;
    struct sv   password;                  /* 上门口令: told to the elder, shown to the carer */
    struct sv   note;
    struct money cancel_fee;
    struct sv   reason;
    int         sitting, way, operated_by; /* a meal's: enum sitting, meal_way, meal_operator */
    struct set  diets;
    struct moment cut_off;                 /* a meal's: free until then */
    bool        late;                      /* placed, changed or called off after it */
    struct standing_id standing;           /* the weekly rule that made it; 0: none */
    struct gathering_id gathering;         /* a sign-up for a class or outing; 0: none */
    int         state;
};

/* Who pays which part of the price and why. */
struct order_part {
    struct order_part_id id;
    struct row  row;
    struct care_order_id care_order;
    int         payer;
    struct money amount;
    struct sv   reason;
};

extern const struct field  care_order_fields[], order_part_fields[];
extern const struct entity care_order_entity, order_part_entity;
extern const struct step   care_order_steps[];
extern const struct module order_module;
struct price {
    const struct quota_share *share;       /* care/quota: what it takes; NULL: nothing */
    struct money total, own_pay, subsidy, quota, station_pay;
    struct sv note, withheld;              /* withheld: why something is not hers; ends the note */
    struct order_part parts[4];
    size_t parts_n;
    bool subsidy_had;                      /* in full: another meal of the day has the subsidy */
};

/* --- placing (placing.c) --- */

/* What a face sends; see care_order for the meaning of each. */
struct order_new {
    struct offer_id offer;
    struct sv   slot;                      /* slot_key */
    int64_t     quantity;
    struct elder_id elder;
    struct sv   for_name, for_phone, for_address, for_relation;
    struct compound_id for_compound;
    struct degrees for_lat, for_lon;
    int         gender_wish, pay_way;
    struct carer_id carer_wish;
    int         way;                       /* a meal's: 0 as the offer says */
    struct set  diets;
    struct sv   password, note;
    int         channel;                   /* staff: how the caller came; citizens: web */
};
extern const struct field order_new_fields[];

/*
 * Places an order for the caller: beneficiary, slot, price and parts, notices, all or nothing; who
 * pays which part is in *ret_price. ERR_INVALID with the fields at fault; ERR_CONFLICT "slot.full",
 * "subsidy.once_a_day"; "order.number_taken" is retryable (model/house.h, http/lane/lanes.h do it).
 */
MUST enum err order_place(struct ctx *c, const struct order_new *n, struct care_order *ret_order,
                          struct price *ret_price);

/* --- price (price.c) --- */

/* What an offer costs this elder (NULL: not known) on a day, with payers and reasons. */
MUST enum err order_price(struct ctx *c, const struct offer *o, const struct catalogue_item *item,
                          int64_t quantity, const struct elder *elder, struct day day,
                          struct price *ret_price);

/* The fee if this order were cancelled now, by the parameters of its place and day. */
MUST enum err order_cancel_fee(struct ctx *c, const struct care_order *o, struct money *ret_fee);

/* The cancel rule as a sentence, shown before ordering; of a meal the second. */
MUST enum err order_cancel_rule(struct ctx *c, int64_t scope, struct day day, struct sv *ret_text);
MUST enum err meal_cancel_rule(struct ctx *c, int64_t scope, struct day day, struct sv *ret_text);

#endif
