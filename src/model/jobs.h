/* jobs.h - model's jobs, for its module row. */
#ifndef MODEL_JOBS_H
#define MODEL_JOBS_H

#include "model/entity.h"
#include "store/job.h"

enum err job_history_seal(struct ctx *c, const struct job *j);
/* Old sessions, kept answers, events, jobs done a day ago. */
enum err job_model_clean(struct ctx *c, const struct job *j);

/*
 * What the clock does with every row that `due` finds, BY_CLOCK_MAX in a transaction, the next in
 * one of their own until fewer are found. `due` gives columns id and, where it matters, version;
 * its parameters are `today`, `now` (milliseconds), `since` and `until` as given, and `after`, the
 * last id of the transaction before (0: none): a row that has been dealt with is either no more
 * among those found, or not behind `after`. A transaction may be run again: `each` has no effect
 * but the database, or one that may be repeated.
 */
enum { BY_CLOCK_MAX = 100 };
struct due_row { int64_t id, version; };
struct work_by_clock {
    const struct sql *due;
    struct day        since, until;
    enum err        (*each)(struct ctx *c, const struct due_row *row, const void *with);
    const void       *with;
};
MUST enum err work_by_clock(struct ctx *c, const struct job *j, const struct work_by_clock *w);

/* A step of the work-flow that the clock takes. `reason` goes into history, "" none. */
struct step_by_clock {
    const struct entity *entity;
    const struct sql    *due;
    const char          *action, *reason;
};
MUST enum err step_by_clock(struct ctx *c, const struct job *j, const struct step_by_clock *s);

#endif
