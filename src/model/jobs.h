/* jobs.h - model's jobs, for its module row. */
#ifndef MODEL_JOBS_H
#define MODEL_JOBS_H

#include "model/entity.h"
#include "store/job.h"

enum err job_history_seal(struct ctx *c, const struct job *j);
/* Old sessions, kept answers, events, jobs done a day ago. */
enum err job_model_clean(struct ctx *c, const struct job *j);

/*
 * A step that the clock takes: of every row that `due` finds (columns id, version; parameter
 * `today`; rows it has dealt with no more among them; at most STEP_BY_CLOCK_MAX, the rest in
 * transactions of their own). `reason` goes into history, "" none.
 */
enum { STEP_BY_CLOCK_MAX = 100 };
struct step_by_clock {
    const struct entity *entity;
    const struct sql    *due;
    const char          *action, *reason;
};
MUST enum err step_by_clock(struct ctx *c, const struct job *j, const struct step_by_clock *s);

#endif
