/*
 * history.h - what happened: one row a write, sealed over by a Merkle tree each second.
 *
 * `was` and `became` are JSON of the changed fields only. A value that is not OPEN, of a row about
 * an elder, is {"sealed": …} under that elder's own key: destroying the key (elder_key_erase)
 * blanks it for good while hashes and seals, made over the ciphertext, still verify. Elsewhere
 * SEALED and SECRET values are sealed by the house's key. Hidden values are never kept: `true`.
 */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include "model/entity.h"

struct history_id { int64_t n; };
struct history {
    struct history_id id;
    struct row        row;
    struct sv         entity;
    int64_t           row_id;
    struct { int64_t n; } elder;
    struct sv         action;
    struct { int64_t n; } account;
    struct sv         role, channel, purpose, reason;
    int64_t           row_version;
    struct sv         was, became;
    struct sv         hash;
};
extern const struct field history_fields[];
extern const struct entity history_entity;

/* One row's past, newest first, as the caller may see it (she must see the row): an array. */
enum { HISTORY_MAX = 200 };
MUST enum err history_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                           int64_t id);

/*
 * Seals what is committed and not yet sealed; *ret_n rows. One seal names its rows, the Merkle
 * root over their hashes and the seal before it (docs/decisions/0003-history-seals.md).
 */
MUST enum err history_seal(struct ctx *c, int64_t *ret_n);

/* Verifies every row and seal; a line a finding. */
MUST enum err history_check(struct ctx *c, struct buf *ret_findings);

#endif
