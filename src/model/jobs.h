/* jobs.h - model's jobs, for its module row. */
#ifndef MODEL_JOBS_H
#define MODEL_JOBS_H

#include "store/job.h"

enum err job_history_seal(struct ctx *c, const struct job *j);
/* Old sessions, kept answers, events, jobs done a day ago. */
enum err job_model_clean(struct ctx *c, const struct job *j);

#endif
