/*
 * many.h - what taking many rows in, and back, needs of model: a write checked without being done,
 * rows found by a value wherever they are, many rows ended at once.
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

/* Of n ids, ascending: the version of each living row, else 0; whoever may see them. */
MUST enum err entity_versions(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n,
                              int64_t *ret_versions);

/* Of n ids, ascending, sets those true that a living row names by this link, which has an index. */
MUST enum err entity_named_by(struct ctx *c, const struct entity *by, const struct field *link,
                              const int64_t *ids, size_t n, bool *named);

/*
 * May rows be made (entity_bulk) and ended at once: does nothing follow from one of them? What the
 * caller may write is not asked.
 */
bool entity_goes_at_once(const struct ctx *c, const struct entity *e);

/*
 * Ends n living rows, inside a transaction: no rules, nothing follows, the version goes up by one;
 * one line of history and one event ("bulk_end", row 0) for all of them. The entity must
 * entity_goes_at_once(). Memory grows with n.
 */
MUST enum err entity_bulk_end(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n);

#endif
