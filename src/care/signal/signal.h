/*
 * signal.h - what should be looked after before anybody complains (未诉先办): work items (工作项).
 *
 * A signal is something that happened (nobody opened the door, a carer says that somebody should
 * look, one refusal after another); it opens one work item with the reason, for whom it falls to,
 * and the moment by which somebody must have done something. One item for one reason: a second
 * signal of the same kind about the same elder, while one is open, only counts there.
 *
 *     open → taken → done, or dropped with a reason; opened again when it was not over
 *
 * Whoever takes it, or is handed it by a colleague, owns it and may put it back; a call that nobody
 * answers counts a try. The day an item was known and the day it was done are kept, so that the
 * lead over complaints can be counted.
 */
#ifndef CARE_SIGNAL_H
#define CARE_SIGNAL_H

#include "care/visit/visit.h"

/* What happened. Keys of the table stand in this order. */
enum signal_kind {
    SIGNAL_OTHER,                /* written by hand */
    SIGNAL_NOT_MET_ALONE,        /* 独居未遇: lives alone and nobody opened */
    SIGNAL_NOT_MET,              /* nobody opened, several times running */
    SIGNAL_ATTENTION,            /* the carer says that somebody should look */
    SIGNAL_REFUSED,              /* she refuses one order after another */
    SIGNAL_MOOD,                 /* what was said or seen on a companion visit worries */
    SIGNAL_REPEATED,             /* several requests about one elder or place */
    SIGNAL_INSPECTION,           /* a request asks for an inspection */
    SIGNAL_MEAL_MISSED,          /* a meal was brought and nobody opened */
    SIGNAL_MEAL_BATCH,           /* too cold, too late or too few from the central kitchen */
    SIGNAL_ADVANCE,              /* an elder's money for an errand is not settled in time */
    SIGNAL_PAIR,                 /* visits stand with a carer who must not come any more */
    SIGNAL_KINDS
};
extern const struct choice signal_kinds[];

/* Who may work on an item. */
#define SIGNAL_WORKERS \
    (RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_WRITE_REGISTER) | RIGHT(MAY_ANSWER_CALLS))

enum signal_state { SIGNAL_OPEN, SIGNAL_TAKEN, SIGNAL_DONE, SIGNAL_DROPPED };
enum signal_weight { SIGNAL_URGENT, SIGNAL_SOON, SIGNAL_NORMAL };
enum signal_outcome {
    OUTCOME_NONE, OUTCOME_SAFE, OUTCOME_HELPED, OUTCOME_HANDED_ON, OUTCOME_UNREACHED, OUTCOME_FALSE
};
extern const struct choice signal_states[], signal_weights[], signal_outcomes[];

struct work_item_id { int64_t n; };
struct request_link { int64_t n; };          /* of care/request, which stands above */

struct work_item {
    struct work_item_id    id;
    struct row             row;            /* scope: of the elder, else of the organisation */
    int                    kind, weight;
    struct elder_id        elder;          /* 0: about an organisation or a place */
    struct place_id        place;          /* 0: about an elder or an organisation */
    struct organisation_id about_org;      /* an organisation that must not see the item */
    struct request_link    request;        /* the request it comes from; offices only */
    struct organisation_id org;            /* who should do it; 0: the community */
    struct care_order_id   care_order;
    struct visit_id        visit;
    struct sv              why;            /* a sentence without names */
    struct moment          happened_at;    /* the first signal */
    struct moment          due;            /* somebody must have done something by then */
    int64_t                signals;        /* how often it was signalled */
    int                    state, outcome;
    struct account_id      owner, handed_by;   /* care/todo/hand.h */
    struct sv              handed_why;
    struct moment          taken_at, tried_at, done_at;
    int64_t                tries;
    struct account_id      done_by;
    struct sv              found;          /* SECRET: what was heard and done */
};

extern const struct field  work_item_fields[];
extern const struct entity work_item_entity;
extern const struct module signal_module;

/*
 * Opens `item` (kind, why and whom it is about filled in; weight and due follow from the kind's
 * parameters, the rest is set here), or counts a signal on the one that is open. The caller's
 * rights are not asked.
 */
MUST enum err signal_raise(struct ctx *c, struct work_item *item);

#endif
