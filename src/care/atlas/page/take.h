/* take.h - the planning map as a file: POST /api/atlas/export and the job that makes it. */
#ifndef CARE_ATLAS_PAGE_TAKE_H
#define CARE_ATLAS_PAGE_TAKE_H

#include "care/atlas/page/ask.h"
#include "print/print.h"
#include "store/job.h"

/* The rule, the file and why. */
struct atlas_take {
    int                kind, profile, level, format;     /* format: 0 workbook, 1 PDF */
    struct opt_int     minutes, metres;
    struct division_id division;
    struct sv          reason;
};

/* A division on paper: its boundary, or a disc where none is known, shaded as the screen has it. */
struct atlas_shaded {
    int64_t division; struct point at; struct sv name; int64_t permille; bool known;
};
MUST enum err atlas_paper_area(struct ctx *c, const struct plane *plane,
                               const struct atlas_shaded *of, struct print_area *ret_area);
extern const struct sv atlas_shades[PRINT_SHADES];       /* for print_legend() */

enum err atlas_take_job(struct ctx *c, const struct job *j);
extern const struct field atlas_take_fields[];
endpoint_fn atlas_take_post;

#endif
