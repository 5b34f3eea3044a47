/*
 * scratch.h - what one search needs, kept with the directory so that no request makes it anew.
 *
 * A search borrows one of NEAR_SCRATCHES, each made when first borrowed; when all are lent (more
 * threads than that ask at once) it makes its own in the request's memory: slower, never wrong.
 */
#ifndef CARE_NEAR_SCRATCH_H
#define CARE_NEAR_SCRATCH_H

#include "care/near/directory.h"

#include <stdatomic.h>

struct near_scratch {
    atomic_flag  lent;
    struct arena mem;
    struct near *near;
};

struct near_scratch *scratch_pool(struct directory *d);
void scratch_pool_end(struct directory *d);

/* NULL only without roads. */
struct near *scratch_borrow(struct arena *mem, struct directory *d, struct near_scratch **ret_lent);
void scratch_return(struct near_scratch *lent);          /* accepts NULL */

#endif
