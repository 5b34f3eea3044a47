/* inside.h - what the files of care/remind share. */
#ifndef CARE_REMIND_INSIDE_H
#define CARE_REMIND_INSIDE_H

#include "care/remind/remind.h"
#include "store/job.h"

enum err remind_meals(struct ctx *c, const struct job *j);
enum err remind_renewals(struct ctx *c, const struct job *j);

#endif
