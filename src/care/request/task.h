/*
 * task.h - 承办单: what an organisation sees of a request it is to answer, and all that it sees.
 *
 *     routed → accepted → replied, or given back; taken back by the office
 *
 * It is a row of its own, written when the request is routed: number, gist, place, days, and, when
 * the complainant did not ask to be hidden, her name and number, her words, the elder, the order.
 * So what is hidden is in no list, page, history, search or export of an organisation.
 */
#ifndef CARE_REQUEST_TASK_H
#define CARE_REQUEST_TASK_H

#include "care/request/request.h"

enum task_state { TASK_ROUTED, TASK_ACCEPTED, TASK_REPLIED, TASK_RETURNED, TASK_TAKEN_BACK };
extern const struct choice task_states[];

struct request_task_id { int64_t n; };

struct request_task {
    struct request_task_id id;
    struct row             row;
    struct request_id      request;
    struct organisation_id org;
    struct sv              number;
    int                    kind, topic, risk;
    bool                   hidden;
    struct sv              gist;           /* what is to be answered, without who says it */
    struct sv              matter;         /* SECRET; "" when hidden, as the four below */
    struct sv              name, phone;
    struct elder_id        elder;
    struct care_order_id   care_order;
    struct place_id        place;
    struct day             accept_by, due;
    struct moment          accepted_at, done_at;
    struct sv              reply;          /* SECRET */
    int                    state;
};

extern const struct field  request_task_fields[];
extern const struct entity request_task_entity;

/* The task of a request that is routed or accepted; *ret_found false when there is none. */
MUST enum err task_live(struct ctx *c, struct request_id request, struct request_task *ret_task,
                        bool *ret_found);
/* Makes the task of a request for its handler; the live one before is taken back. */
MUST enum err task_make(struct ctx *c, const struct request_ticket *r, struct sv gist);
/* Takes the live one back, if there is one. */
MUST enum err task_take_back(struct ctx *c, struct request_id request);
/* The days of the live one follow the request's. */
MUST enum err task_days(struct ctx *c, const struct request_ticket *r);

#endif
