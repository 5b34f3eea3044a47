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

/* VROOM's problem: docs/PLAN.md lists the members. */
MUST enum err vroom_read(struct ctx *c, struct sv text, struct tour_problem *ret_problem);

struct vroom_spot { int32_t place; bool located; double lon, lat; };

/* A street map, for files without matrices. */
struct vroom_streets {
    void *arg;

    /*
     * The seconds of the quickest ways of a profile between n places, row by row; TOUR_LEG_MAX:
     * there is none. NULL, or what is wrong: with the place *ret_place, or (-1) the profile.
     */
    const char *(*ways)(void *arg, struct arena *mem, struct sv profile,
                        const struct vroom_spot *at, int n, int32_t *ret_seconds, int *ret_place);
};

/* The same; a file without matrices has its locations' ways from the streets. */
MUST enum err vroom_read_streets(struct ctx *c, struct sv text, const struct vroom_streets *streets,
                                 struct tour_problem *ret_problem);

/* VROOM's solution. */
void vroom_write(struct ctx *c, const struct tour_problem *p, const struct tour_plan *plan,
                 struct buf *out);

#endif
