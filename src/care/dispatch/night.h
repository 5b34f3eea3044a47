/*
 * night.h - standing orders get their carers days ahead, by a job of the night.
 *
 * Of each organisation with carers, each of the next dispatch.plan_days days: what stands stays as
 * it is, every order of a rule or package (with one of the day that waits, so that their room is
 * left) is fitted in, and the rule's are assigned. What fits nowhere waits on the board, with the
 * reason. Run twice it does nothing more.
 */
#ifndef CARE_DISPATCH_NIGHT_H
#define CARE_DISPATCH_NIGHT_H

#include "care/dispatch/dispatch.h"

/* One day of one organisation, outside any transaction; *ret_n how many got a carer. */
MUST enum err night_day(struct ctx *c, struct organisation_id org, struct day day, int *ret_n);

extern const struct job_kind dispatch_jobs[];
extern const struct schedule dispatch_schedules[];

#endif
