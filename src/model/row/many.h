/*
 * many.h - what taking many rows in needs of model: a write checked without being done, and rows
 * found by a value wherever they are.
 */
#ifndef MODEL_MANY_H
#define MODEL_MANY_H

#include "model/entity.h"

/*
 * All that entity_create() (before NULL) or entity_update() would ask of this row, for the caller:
 * fields, links, rules, scope. Nothing is stored; rules have then set what they derive, scope
 * among it, so that the row can go to entity_bulk(). Fails as those do.
 */
MUST enum err entity_check(struct ctx *c, const struct entity *e, const void *before, void *row);

/*
 * Ids of living rows whose field holds this value (SEALED fields by their whole value), at most
 * `max`, whoever may see them: for rules that look across, never straight to an answer. The field
 * must have an index.
 */
MUST enum err entity_find_by(struct ctx *c, const struct entity *e, const struct field *f,
                             struct sv value, size_t max, int64_t *ret_ids, size_t *ret_n);

/* May the caller see this row, or change it? */
MUST enum err entity_seen(struct ctx *c, const struct entity *e, int64_t id, bool to_change,
                          bool *ret_seen);

#endif
