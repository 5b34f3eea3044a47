/*
 * worked.h - how long carers work: their visits and, by policy, the ways between them.
 *
 * A visit that was made counts from signing in to signing out, where both were told; else as it is
 * planned. Of the way from one visit to the next of the same day dispatch.way_percent counts: from
 * compound to compound in a straight line times BEELINE_PERCENT at her pace (within one: nothing;
 * where one is not known: dispatch.unknown_way_min). Not counted are the way to her first visit,
 * the way home, rests and waits. The board, the plan and the month all have these sums.
 */
#ifndef CARE_VISIT_WORKED_H
#define CARE_VISIT_WORKED_H

#include "care/carer/carer.h"
#include "care/organisation/organisation.h"

/* One carer's one day. The ways are those that lead to a visit; `done`: of visits made. */
struct worked {
    struct carer_id carer;
    struct day day;
    int64_t visit_min, way_min, done_visit_min, done_way_min;
};

/* Of an organisation, by carer and day, in c->mem; by the parameters that hold on the last day. */
struct worked_asked { struct organisation_id org; int64_t scope; struct day from, to; };
MUST enum err worked_between(struct ctx *c, const struct worked_asked *asked,
                             struct worked **ret_days, size_t *ret_n);

#endif
