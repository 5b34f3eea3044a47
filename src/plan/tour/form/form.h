/*
 * form.h - problems and plans as texts: the formats that others read and write.
 *
 * Readers check what they read and fail ERR_INVALID or ERR_MALFORMED; the fault's log names the
 * line (Solomon) or the JSON path at fault ("jobs[3].time_windows[0]") and what should stand there.
 */
#ifndef PLAN_TOUR_FORM_H
#define PLAN_TOUR_FORM_H

#include "plan/tour/plan.h"

enum tour_objective { TOUR_DISTANCE, TOUR_VEHICLES };

/*
 * Solomon's and Homberger's text. TOUR_DISTANCE: the least distance, each way cut to a tenth
 * (DIMACS); TOUR_VEHICLES: the fewest vehicles, then the least exact distance (SINTEF).
 */
MUST enum err solomon_read(struct ctx *c, struct sv text, enum tour_objective objective,
                           struct tour_problem *ret_problem);

/* `Route #1: 5 3 7` lines and `Cost 827.3`: visits by their number in the file. */
void solomon_write(const struct tour_problem *p, const struct tour_plan *plan, struct buf *out);

/* VROOM's problem: docs/PLAN.md lists the members. Without a matrix `ways` must be given. */
MUST enum err vroom_read(struct ctx *c, struct sv text, struct tour_problem *ret_problem);

/* VROOM's solution. */
void vroom_write(struct ctx *c, const struct tour_problem *p, const struct tour_plan *plan,
                 struct buf *out);

#endif
