/* page.h - the order as pages: placing, price, my orders, one order with its time line. */
#ifndef CARE_ORDER_PAGE_H
#define CARE_ORDER_PAGE_H

#include "care/order/order.h"
#include "http/http.h"

extern const struct endpoint order_endpoints[];

/*
 * One order in full for those it concerns: order, parts, visit with the carer's card, time line,
 * cancel fee as of now. Writes the members of the open object.
 */
MUST enum err order_page(struct ctx *c, struct json *j, const struct care_order *o);

/* The same of an order placed in this very transaction, from what is known of it: no visit, no
 * fee, nothing happened but its placing. */
MUST enum err order_placed_page(struct ctx *c, struct json *j, const struct care_order *o,
                                const struct price *price);

/* Members "parts" and "pay_ways" of the open object. */
void order_parts_json(struct json *j, const struct order_part *parts, size_t n, enum lang lang);
void order_pay_ways_json(struct json *j, enum lang lang);

/* True when the caller sees this order's name and address whole: she placed it, is its elder, or
 * is bound to her. The telephone stays masked: whoever must call reveals it with a reason. */
MUST enum err order_is_own(struct ctx *c, const struct care_order *o, bool *ret_own);

#endif
