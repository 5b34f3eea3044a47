/* inside.h - what the files of this folder share. */
#ifndef CARE_TODO_INSIDE_H
#define CARE_TODO_INSIDE_H

#include "care/todo/todo.h"
#include "model/house.h"

/* A kind as this caller asks for it now. */
struct todo_ask {
    const struct todo_kind *kind;
    const struct entity    *entity;
    const struct field     *due;         /* NULL: no deadline */
    struct query            query;
    struct sv               list;        /* the query string */
    int64_t                 late, today; /* of the field: at or below is late; due by today */
    int64_t                 behind;      /* from the field to the deadline: days or ms */
};

/* Does the caller's role act on rows of this kind at all? */
bool todo_may(const struct ctx *c, const struct todo_kind *k);
/* *ret_may false: not for this caller. */
MUST enum err todo_ask_make(struct ctx *c, const struct todo_kind *k, const struct figure_when *w,
                            int64_t scope, enum todo_whose whose, struct todo_ask *ret_ask,
                            bool *ret_may);
MUST enum err todo_when_of(struct ctx *c, struct figure_when *ret_when, int64_t *ret_scope);
const struct todo_kind *todo_kind_named(const struct ctx *c, struct sv key);

#endif
