/* rating.h - what somebody says of a service she had: one rating an order, answered by the
 * provider. */
#ifndef CARE_RATING_H
#define CARE_RATING_H

#include "care/order/order.h"

struct rating_id { int64_t n; };

struct rating {
    struct rating_id id;
    struct row row;
    struct care_order_id care_order;
    struct organisation_id org;
    struct place_id place;
    struct carer_id carer, second;         /* of two who came together both */
    struct account_id account;
    int64_t stars;               /* 1 .. 5 */
    struct sv words, reply;
};

extern const struct field  rating_fields[];
extern const struct entity rating_entity;
extern const struct module rating_module;

#endif
