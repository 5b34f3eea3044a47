/*
 * apply.h - changes put into orders and visits, all or none, each under its rows' versions.
 *
 * An order without a visit is assigned by its own step, one that loses its carer goes back by its
 * own step; a visit that stands gets another carer or begin. The order keeps its promise; a begin
 * outside what may be done unasked makes it 未告知 again. What was before is kept as a run.
 */
#ifndef CARE_DISPATCH_APPLY_H
#define CARE_DISPATCH_APPLY_H

#include "care/dispatch/dispatch.h"
#include "care/visit/visit.h"

enum { APPLY_MAX = 1000 };

/* One change as it is asked. */
struct wanted {
    struct care_order_id order;
    int64_t         order_version;
    struct opt_int  visit_version, start_min;
    struct sv       carer;               /* "": nobody */
    struct sv       second;              /* of an order of two: who goes with her */
};
extern const struct field wanted_fields[];

/* For a table of what an endpoint takes, and its reading: faults under changes.N.field. */
MUST enum err wanted_read(struct ctx *c, const struct json_value *list, struct wanted **ret_wanted,
                          size_t *ret_n);

struct apply {
    struct organisation_id org;
    struct day       day;
    enum dispatch_why why;
    const struct wanted *wanted;
    size_t           n;
    bool             no_run;             /* taking back is not kept to be taken back */
};

/*
 * In the caller's transaction. ERR_CONFLICT "dispatch.moved_on" with faults on changes.N.order;
 * ERR_INVALID with faults on changes.N.carer, .order, .start_min. It must then be undone.
 */
MUST enum err apply_changes(struct ctx *c, const struct apply *a);

endpoint_fn dispatch_apply_post, dispatch_undo_post;

struct apply_asked { struct day day; struct text changes; int why; };
struct day_asked { struct day day; };
extern const struct field apply_asked_fields[], day_asked_fields[];

#endif
