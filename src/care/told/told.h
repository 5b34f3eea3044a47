/*
 * told.h - the call list for tomorrow (明日告知): somebody rings the old telephone before we come.
 *
 * Each order of a day that was placed for an elder by somebody else, and that she has not been
 * told of, gives one line: the sentence to say and what she answered. The answer moves the order
 * by its own steps: 同意 tells it, 改时间 changes it, 不要了 is her refusal. Nobody answering is
 * tried three times; then somebody must go and see (未接通). Lines are made each afternoon and when
 * the list is looked at; an order is on it once.
 */
#ifndef CARE_TOLD_H
#define CARE_TOLD_H

#include "care/order/order.h"
#include "http/http.h"

enum told_state { CALL_OPEN, CALL_AGREED, CALL_CHANGED, CALL_REFUSED, CALL_UNREACHED, CALL_MOOT };
extern const struct choice told_states[];

enum { TOLD_LINES_MAX = 300 };

struct told_call_id { int64_t n; };

struct told_call {
    struct told_call_id    id;
    struct row             row;
    struct care_order_id   care_order;
    struct organisation_id org;
    struct elder_id        elder;          /* 0: ordered for somebody not in the register */
    struct day             day, call_by;   /* of the service; when she must have been told */
    int64_t                tries;
    struct moment          tried_at, answered_at;
    struct account_id      called_by;
    struct sv              note;           /* SECRET */
    int                    state;
};

extern const struct field  told_call_fields[];
extern const struct entity told_call_entity;
extern const struct module told_module;

/* Makes the lines of a day that are missing; organisation 0: of all. */
MUST enum err told_make(struct ctx *c, struct day day, struct organisation_id org);

/* "您好，这里是…。明天（11月24日 周二）09:00，…" */
MUST enum err told_sentence(struct ctx *c, const struct care_order *o, struct sv *ret_text);

extern const struct endpoint told_endpoints[];

/* The usual once more (again.c): same carer, next time at which she and the offer are free. */
struct told_again { struct care_order_id order; };
extern const struct field told_again_fields[], told_again_gives[];
endpoint_fn told_again_get;

#endif
