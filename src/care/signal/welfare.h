/*
 * welfare.h - the welfare call (问安): what is done, step by step, when nobody opened to somebody who
 * lives alone: ring her, ring the family, ask the neighbours, go there, call 110 or 120.
 *
 * It is no thing of its own but the steps of a work item (signal.h). The order of the steps is a
 * parameter (welfare.steps), so is the time for each (welfare.step_minutes). Every step is noted
 * with its moment, who and what came of it; the item's due moves to the next step's. Who is found
 * well or is helped closes the item with what was found; nobody else does.
 */
#ifndef CARE_WELFARE_H
#define CARE_WELFARE_H

#include "care/signal/signal.h"
#include "http/http.h"

enum welfare_what { WELFARE_ELDER, WELFARE_FAMILY, WELFARE_NEIGHBOUR, WELFARE_GO,
                    WELFARE_EMERGENCY, WELFARE_WHATS };
enum welfare_result { WELFARE_NO_ANSWER, WELFARE_UNSURE, WELFARE_SAFE, WELFARE_HELPED };
extern const struct choice welfare_whats[], welfare_results[];

enum { WELFARE_STEPS_MAX = 20 };

struct welfare_step_id { int64_t n; };

struct welfare_step {
    struct welfare_step_id id;
    struct row             row;
    struct work_item_id    work_item;
    struct elder_id        elder;
    struct organisation_id org;            /* of the item: who may read it */
    int                    what, result;
    struct moment          at;
    struct account_id      noted_by;
    struct sv              note;           /* SECRET */
};

extern const struct field  welfare_step_fields[];
extern const struct entity welfare_step_entity;

struct welfare_note { int what, result; struct sv note; };

/*
 * Notes a step of the caller's; `safe` and `helped` close the item and need a note. ERR_MISSING
 * when she does not see the item, ERR_CONFLICT "welfare.closed" when it is done,
 * "welfare.nobody" when it is about no elder.
 */
MUST enum err welfare_note(struct ctx *c, struct work_item_id id, const struct welfare_note *n,
                           struct welfare_step *ret_step);

/*
 * The first step of the list that has not been taken as often as it stands there; -1: none. A call
 * for which there is no number is passed over: `silent` has a bit for each (1 << WELFARE_ELDER).
 */
MUST enum err welfare_next(struct ctx *c, const struct work_item *w, unsigned silent,
                           int *ret_what);

extern const struct endpoint welfare_endpoints[];      /* welfare_page.c */

#endif
