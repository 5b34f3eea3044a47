/*
 * placing.h - an order on its way in: looked at first, stored then, so that several go together.
 */
#ifndef CARE_ORDER_PLACING_H
#define CARE_ORDER_PLACING_H

#include "care/order/order.h"

struct placing {
    struct offer offer;
    struct catalogue_item item;
    struct elder elder;                    /* read only when the order names one */
    struct slot_key key;
    struct care_order order;
    struct price price;
};

/* Offer, elder, beneficiary, area and price; nothing is written. Errors as order_place(). */
MUST enum err placing_prepare(struct ctx *c, const struct order_new *n, struct placing *p);

/* The published offer asked for, and its item; else ERR_INVALID "offer.missing". */
MUST enum err placing_offer(struct ctx *c, const struct order_new *n, struct offer *ret_offer,
                            struct catalogue_item *ret_item);

/* Takes the place, stores order and parts as the price now stands in *p, and sends word. */
MUST enum err placing_store(struct ctx *c, struct placing *p);

/* Stores an order and its parts at this price, numbered, and nothing else: no place in time is
 * taken, nobody is told. For who stands at the counter (care/counter). */
MUST enum err order_keep(struct ctx *c, const struct price *price, struct care_order *o);

/* The end of a service that begins with its slot: an item's own length within the day, if it has
 * one; else the slot's. */
int64_t placing_end(const struct catalogue_item *item, int64_t start_min, int64_t end_min);

/*
 * A short number that can be said on the telephone: month, day, and six of 32 letters and digits
 * that are not mistaken for one another, drawn from the id.
 */
struct sv order_number(struct arena *mem, struct day day, int64_t id);

/* order_price() with what she had that day: a second meal is paid in full, and says why. */
MUST enum err order_price_on(struct ctx *c, const struct offer *o,
                             const struct catalogue_item *item, int64_t quantity,
                             const struct elder *elder, struct day day, struct price *ret_price);

/* Whom the meal subsidy is for, at a place on a day. No groups: nobody. */
MUST enum err order_subsidy_whom(struct ctx *c, int64_t scope, struct day day,
                                 struct whom *ret_whom);

/* How many of the units a package of hers covers. */
int64_t order_price_package(const struct price *p);

/* Makes a price one paid in full: another meal has the day's subsidy. */
void price_without_subsidy(struct ctx *c, const struct offer *o, int64_t quantity,
                           struct price *p);

#endif
