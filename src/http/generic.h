/*
 * generic.h - the endpoints every entity has, as rows like any other's.
 */
#ifndef HTTP_GENERIC_H
#define HTTP_GENERIC_H

#include "http/http.h"

/* A line of a row's history: http/describe/gives.h. */
extern const struct field history_line_gives[];

/* A row that knows its entity; `row` stands first, so q->endpoint leads back to it. */
struct generic {
    struct endpoint      row;
    const struct entity *entity;
    const char          *action;      /* work-flow action, NULL: none */
    size_t               reason_at;   /* of the action's record: where the reason stands */
};

/* List, get, create, change, reveal, history, files and one row per work-flow action. */
const struct endpoint *const *generic_endpoints(struct arena *mem, const struct entity *e);

/* NULL when the endpoint belongs to no entity. */
const struct generic *generic_of(const struct endpoint *e);

#endif
