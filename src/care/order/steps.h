/*
 * steps.h - what the work-flow's steps take and do beside changing the state (moving.c).
 *
 * Effects change the row that is about to be stored; guards say whether a step may be taken now.
 */
#ifndef CARE_ORDER_STEPS_H
#define CARE_ORDER_STEPS_H

#include "care/order/order.h"

MUST enum err order_cancel_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_reason_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_undo_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_decline_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_assign_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_assign_two_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_one_guard(struct ctx *c, const void *row);
MUST enum err order_two_guard(struct ctx *c, const void *row);
MUST enum err order_plan_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_unassign_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_change_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_meal_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_meal_guard(struct ctx *c, const void *row);
MUST enum err order_call_off_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_absent_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_refuse_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_tell_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_pay_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_rate_effect(struct ctx *c, void *row, const void *input);
MUST enum err order_attend_guard(struct ctx *c, const void *row);
MUST enum err order_confirm_guard(struct ctx *c, const void *row);

/* ERR_INVALID on field "carer" with every reason why this carer cannot do the order. */
MUST enum err order_check_carer(struct ctx *c, struct care_order_id id, struct carer_id carer);

/*
 * A visit moved: the order follows by its automatic step ("start", "serve", "miss"). With two at
 * the door it starts with the first who arrives, is served when both are done, and not met as soon
 * as one says so; ERR_CONFLICT "visit.other_there", "visit.other_not_met" where they contradict.
 */
struct visit;
MUST enum err order_follow_visit(struct ctx *c, const struct visit *v, const char *action);

/*
 * By rule and free of charge (a pause, the end of a standing order): cancelled with its visit, the
 * place given back. An order that has begun, or has ended, stays as it is.
 */
MUST enum err order_call_off(struct ctx *c, struct care_order_id id, struct sv why);

struct assign_input { struct carer_id carer; };
struct assign_two_input { struct carer_id carer, second; };
/* Of the visit, or of both; `second` 0 where one goes. */
struct plan_input   { struct carer_id carer; int64_t start_min; struct carer_id second; };
struct change_input { struct sv slot; };
struct meal_input   { int way; struct set diets; };
struct tell_input   { int told; };
struct rate_input   { int64_t stars; struct sv words; };
struct reason_input { struct sv reason; };

#endif
