/* problem.h - the day as a problem for the optimiser (plan/tour): minutes, costs in seconds. */
#ifndef CARE_DISPATCH_PROBLEM_H
#define CARE_DISPATCH_PROBLEM_H

#include "care/dispatch/day/times.h"
#include "plan/tour/plan.h"

/*
 * What a visit costs besides ways, in seconds of travel. A wish for a carer counts as an hour;
 * somebody new to an elder who is known as half of one, another than whom she prefers as three
 * quarters. Who has much more of the month than the others (day_enough) counts as four hours where
 * somebody below the mean may do it: she goes only when nobody else can; besides, so much for each
 * visit hour and each hour that she has more than the mean. Whom she must not have is
 * never sent (care/pair); what stands so is left standing except where the problem is strict.
 */
enum { WISH_S = 3600, NEW_FACE_S = 1800, PREFERRED_S = 2700, FAIR_S = 30, FAIR_HOURS_MAX = 40,
       ENOUGH_S = 14400 };

/* Skills beyond enum skill: what a wish for a woman or a man asks. */
enum { SKILL_WOMAN = 100, SKILL_MAN = 101 };

enum problem_kind {
    PROBLEM_STANDING,                    /* windows, shifts, hours as far as what stands needs */
    PROBLEM_STRICT,                      /* as they should be: what cannot stand is absent */
    PROBLEM_HELD,                        /* what stands stays where and when it is */
};

struct problem_ask {
    enum problem_kind kind;
    int ill;                             /* a carer who does not work, NOBODY: all do */
    int late, free_min;                  /* one who can go on only then; NOBODY */
    int gone;                            /* a visit that is not wanted; NOBODY */
    bool keeps;                          /* nobody loses a visit for being over the mean */
    const bool *loose;                   /* of a strict one: visits that stand though they should
                                            not, with the carer they have; NULL: none */
};
#define PROBLEM_OF(kind_) ((struct problem_ask){ (kind_), NOBODY, NOBODY, 0, NOBODY, false, \
                                                NULL })

struct day_problem {
    const struct the_day *day;
    struct problem_ask  ask;
    struct tour_problem p;               /* carers as in the day */
    struct tour_plan    plan;            /* what stands, as far as it can */
    int                *visit;           /* of the day, by the problem's */
    int                *at;              /* the other way; NOBODY: not asked (pinned) */
};

/* Does she keep a visit that she should not have as things are? Then her hours give way for it. */
bool problem_keeps_loose(const struct the_day *d, const struct problem_ask *ask, int carer);

/* In c->mem. Visits of somebody away are not asked about unless it is strict. */
MUST enum err problem_make(struct ctx *c, const struct the_day *d, const struct problem_ask *ask,
                           struct day_problem *ret_problem);

#endif
