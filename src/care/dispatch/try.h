/* try.h - questions that write nothing: a visit tried, a better plan, when somebody could come. */
#ifndef CARE_DISPATCH_TRY_H
#define CARE_DISPATCH_TRY_H

#include "care/dispatch/dispatch.h"

struct try_asked {
    struct day day;
    struct care_order_id order;
    int        seat;                     /* enum visit_seat */
    struct sv  carer;                    /* "": nobody */
    struct opt_int start_min;            /* absent: the best there */
};
struct replan_asked {
    struct day day;
    int        why;
    struct carer_id carer;
    struct opt_int free_min;
    struct care_order_id order;
};
struct slots_asked { struct offer_id offer; struct day day; };
extern const struct field try_asked_fields[], replan_asked_fields[], slots_asked_fields[];

/* For struct module: marks times at which nobody could come; of days planned already, only. */
struct staff_wanted;
enum err dispatch_nobody_comes(struct ctx *c, const struct staff_wanted *asked);

/* A carer's day along the streets (way.c). */
struct way_asked { struct day day; struct carer_id carer; };
extern const struct field way_asked_fields[];
endpoint_fn dispatch_way_get;

endpoint_fn dispatch_try_post, dispatch_replan_post, dispatch_slots_get;

#endif
