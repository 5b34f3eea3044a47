/*
 * basket.h - several offers for one elder in one go: one write, all or none, an order for each.
 *
 * The orders carry a common basket number; from then on each lives by itself. A meal's subsidy is
 * had once a day within the basket too: by the first meal of the day, the next is paid in full.
 * Faults of an item stand under "items.2.slot", counted from 0; those of the elder as they are.
 */
#ifndef CARE_ORDER_BASKET_H
#define CARE_ORDER_BASKET_H

#include "care/order/placing.h"
#include "http/http.h"

enum { BASKET_ITEMS_MAX = 10 };

/* What a face sends; see order_new for the meaning of each. */
struct basket_item {
    struct offer_id offer;
    struct sv   slot;
    int64_t     quantity;
    int         gender_wish;
    struct carer_id carer_wish;
    struct sv   note;
};
struct basket_new {
    struct text items;
    struct elder_id elder;
    struct sv   for_name, for_phone, for_address, for_relation;
    struct compound_id for_compound;
    struct degrees for_lat, for_lon;
    int         pay_way;
    struct sv   password;
    int         channel;
};
struct basket_asked {
    struct text items;
    struct elder_id elder;
};
extern const struct field basket_new_fields[], basket_asked_fields[];

/* Two times that overlap: of two items, or of an item and an order of hers that stands. */
struct basket_clash {
    size_t    item, with;
    struct sv number;                      /* of the order; "": `with` is the other item */
};

struct basket {
    struct sv number;                      /* once placed: "B1122-7K3QF2" */
    struct order_new asked[BASKET_ITEMS_MAX];
    struct placing of[BASKET_ITEMS_MAX];
    size_t n;
    struct basket_clash clashes[2 * BASKET_ITEMS_MAX];
    size_t clashes_n;
    struct money price, own_pay, subsidy;
};

/* ERR_INVALID "basket.none", "basket.many"; with every item's faults. */
MUST enum err basket_items(struct ctx *c, const struct json_value *items, struct basket *b);

/* What it would cost and what clashes; items without a time are priced for today. */
MUST enum err basket_price(struct ctx *c, struct elder_id elder, struct basket *b);

/*
 * Places all of it for the caller. ERR_INVALID or, when only places or the day's subsidy are gone,
 * ERR_CONFLICT; either with the faults of all items. The caller's transaction must be undone then.
 */
MUST enum err basket_place(struct ctx *c, const struct basket_new *n, struct basket *b);

/* --- as endpoints (basket_page.c) --- */

extern const struct field basket_gives[], basket_price_gives[];
endpoint_fn basket_post, basket_price_post;

#endif
