/*
 * pause.h - a pause (暂停服务) of all that comes to an elder: hospital, travel, at the child's.
 *
 * From a day until a day, or open. While it lasts no standing order makes orders, what stands in
 * its span is called off (free of charge by the parameter pause.cancel_free; shown before), carers
 * are free again, and rounds, welfare calls and alarms ask elder_paused(). One pause of an elder at
 * a time.
 *
 *     active → ended          resumed, from a day on
 *        └ withdrawn          it was a mistake: as if it had never been
 *
 * On its last day (of an open one: after pause.open_ask_days) it asks whether to resume or to
 * extend: in 待办 and by a message to the family. Nobody answering, a pause with a last day is
 * over after it; an open one goes on and is asked about again.
 */
#ifndef CARE_PAUSE_H
#define CARE_PAUSE_H

#include "care/order/order.h"
#include "http/http.h"

enum pause_kind { PAUSE_HOSPITAL, PAUSE_AWAY, PAUSE_CHILDREN, PAUSE_OTHER };
enum pause_state { PAUSE_ACTIVE, PAUSE_ENDED, PAUSE_WITHDRAWN };
extern const struct choice pause_kinds[], pause_states[];

struct pause_id { int64_t n; };

struct pause {
    struct pause_id id;
    struct row  row;                       /* scope: of the elder */
    struct elder_id elder;
    int         kind;
    struct day  from_day, until_day;       /* both count; until_day open: until told */
    struct day  ask_on;                    /* somebody must answer then */
    struct sv   note;                      /* SECRET */
    struct account_id asked_by;
    int64_t     called_off;                /* orders */
    int         state;
};

extern const struct field  pause_fields[];
extern const struct entity pause_entity;
extern const struct module pause_module;

/* Does a pause hold the elder's services on that day? */
MUST enum err elder_paused(struct ctx *c, struct elder_id elder, struct day day, bool *ret_paused);

/* The same of an elder whom nobody may know (0): never. The pause too, when there is one. */
MUST enum err pause_on(struct ctx *c, struct elder_id elder, struct day day,
                       struct pause *ret_pause, bool *ret_found);

struct pause_new {
    struct elder_id elder;
    int        kind;
    struct day from_day, until_day;
    struct sv  note;
};
extern const struct field pause_new_fields[];

/* The elder, when the caller may pause her: herself, bound to order, or staff who see her. */
MUST enum err pause_elder(struct ctx *c, struct elder_id id, struct elder *ret_elder);

/* Begins a pause and calls off what stands in it, for the caller. */
MUST enum err pause_begin(struct ctx *c, const struct pause_new *n, struct pause *ret_pause);

extern const struct endpoint pause_endpoints[];        /* pause_page.c */

/* The orders of the elder that stand in the span and have not begun: at most PAUSE_ORDERS_MAX. */
enum { PAUSE_ORDERS_MAX = 200 };
MUST enum err pause_orders(struct ctx *c, struct elder_id elder, struct day from, struct day until,
                           int64_t ids[PAUSE_ORDERS_MAX], size_t *ret_n);

#endif
