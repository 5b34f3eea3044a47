/*
 * reason.h - why nobody makes a visit, and what would help.
 *
 * All kinds but `crowded` and `with` are proofs: no plan at all could make the visit. `crowded` is
 * what the plan at hand says: alone she could be reached, but not among the others.
 */
#ifndef PLAN_TOUR_REASON_H
#define PLAN_TOUR_REASON_H

#include "plan/tour/plan.h"

enum tour_why {
    TOUR_WHY_SKILL,                      /* nobody has all the skills: `skill` is missing */
    TOUR_WHY_LOAD,                       /* nobody who is able can carry it, or goes out at all */
    TOUR_WHY_SHIFT,                      /* nobody who is able works when it may begin */
    TOUR_WHY_TRAVEL,                     /* nobody who is able is there and back in time */
    TOUR_WHY_CROWDED,
    TOUR_WHY_HOURS,                      /* nobody who is able may work so long, a proof too */
    TOUR_WHY_SECOND,                     /* of a pair: there are no two who are able, a proof */
    TOUR_WHY_MEET,                       /* its windows and those of `other`, which it is tied to,
                                            leave no time for both, a proof */
    TOUR_WHY_WITH,                       /* `other`, which it is tied to, is not made either: its
                                            own reason counts */
    TOUR_WHYS,                           /* how many there are */
};

enum tour_repair {
    TOUR_REPAIR_NONE,
    TOUR_REPAIR_TEACH,                   /* the carer would need the skill */
    TOUR_REPAIR_WIDEN,                   /* let the visit begin `by` later, at `until` */
    TOUR_REPAIR_OVERTIME,                /* the carer works `by` longer, to `until` */
    TOUR_REPAIR_POSTPONE,                /* visit `other` begins `by` later, at `until` */
    TOUR_REPAIR_SWAP,                    /* instead of visit `other`, which matters no more */
    TOUR_REPAIR_HIRE,                    /* one more carer with its skills would be needed */
    TOUR_REPAIR_HOURS,                   /* the carer works `by` too long, `until` in all */
    TOUR_REPAIRS,                        /* how many there are */
};

struct tour_reason {
    enum tour_why    why;
    enum tour_repair repair;
    int32_t          visit, carer, other, skill;     /* TOUR_NONE: none */
    int32_t          by, until;
    int32_t          swap, swap_carer;   /* a visit it could take the place of, beside the repair */
};

/* One for each absent visit of the plan, in its order; in c->mem. */
struct tour_reason *tour_reasons(struct ctx *c, const struct tour_problem *p,
                                 const struct tour_plan *plan);

/* Does it hold of every plan, not of this one alone? */
bool tour_why_proves(enum tour_why why);

extern const char *const tour_why_names[], *const tour_repair_names[];

/* "nobody has skill 4"; "crowded out: 15 more minutes of vehicle 7 would do" in English. */
struct sv tour_reason_text(struct arena *mem, const struct tour_problem *p,
                           const struct tour_reason *r);

#endif
