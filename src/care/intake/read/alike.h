/*
 * alike.h - the row of the register that another one probably is, by the points of a list's rule.
 *
 * What both say and agree on gives its points, a day they say differently takes as many away. The
 * rule's first field must be equal. Below INTAKE_POINTS_DOUBT nobody is asked; above, a person is.
 */
#ifndef CARE_INTAKE_ALIKE_H
#define CARE_INTAKE_ALIKE_H

#include "care/intake/intake.h"

struct alike {
    int64_t id;                /* 0: nobody like it */
    int     points;
    void   *row;               /* as it is in the register */
};

/* The likest of the rows the caller sees, in c->mem. */
MUST enum err alike_find(struct ctx *c, const struct import_rule *r, const void *row,
                         struct alike *ret_alike);

#endif
