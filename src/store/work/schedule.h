/* schedule.h - what job.c asks of schedule.c. */
#ifndef STORE_SCHEDULE_H
#define STORE_SCHEDULE_H

#include "store/job.h"

/* Puts a job in for every schedule that is due. */
MUST enum err schedules_put_in(struct ctx *c, const struct job_table *t);

#endif
