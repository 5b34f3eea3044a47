/*
 * bulk.h - POST /api/bulk: one step for many rows of one entity, each row on its own.
 *
 * Every row has its own right, guard, version and savepoint, as if the step had been taken on it
 * alone: one that is refused leaves the others standing and says why. The request as a whole is
 * repeated safely under its idempotency key, as any other.
 */
#ifndef HTTP_BULK_H
#define HTTP_BULK_H

#include "http/http.h"

enum { BULK_ROWS_MAX = 50 };       /* a longer list comes in several requests: writers wait */

struct bulk {
    struct sv   entity, action, reason;
    struct text rows;              /* [{"id": "…", "version": 3}] */
    struct text fields;            /* what the step takes, asked once */
};
extern const struct field bulk_fields[], bulk_gives[];

/*
 * ERR_MISSING for an unknown entity or step, ERR_INVALID without rows, with too many, with one
 * twice, or with fields that the step does not take; else each row has a result of its own.
 */
enum err bulk_post(struct ctx *c, const struct request *q, struct answer *a);

#endif
