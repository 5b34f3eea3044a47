/* two_world_test.h - the small station with a service that needs two carers. */
#ifndef CARE_VISIT_TWO_WORLD_H
#define CARE_VISIT_TWO_WORLD_H

#include "care/order/order_world_test.h"

struct two {
    struct station s;
    struct ctx    *c;
    struct catalogue_item lift;        /* bathing one who cannot stand: two carers, an hour */
    struct offer   lift_offer;         /* 150.01 yuan, capacity 2, Mo-Sa 08:00-12:00/60 */
    struct carer   lan, fang;          /* who can bathe, as mei can */
};

struct two two_world(void);

#endif
