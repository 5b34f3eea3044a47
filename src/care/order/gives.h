/* gives.h - what the answers about orders are made of (http/describe/gives.h). */
#ifndef CARE_ORDER_GIVES_H
#define CARE_ORDER_GIVES_H

#include "http/describe/gives.h"

extern const struct field part_gives[], way_gives[], price_gives[], order_gives[], orders_gives[];

#endif
