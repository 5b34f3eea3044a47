/* take.h - the planning map as a file: POST /api/atlas/export and the job that makes it. */
#ifndef CARE_ATLAS_TAKE_H
#define CARE_ATLAS_TAKE_H

#include "care/atlas/ask.h"
#include "store/job.h"

/* The rule, the file and why. */
struct atlas_take {
    int                kind, profile, level, format;     /* format: 0 workbook, 1 PDF */
    struct opt_int     minutes, metres;
    struct division_id division;
    struct sv          reason;
};

enum err atlas_take_job(struct ctx *c, const struct job *j);
extern const struct field atlas_take_fields[];
endpoint_fn atlas_take_post;

#endif
