/*
 * access.h - who looked at whose complete values, and why: the access log.
 *
 * Rows are never changed. The elder and her family may read what concerns her (the caller of
 * access_of() has asked that they may); auditors read it as a list.
 */
#ifndef MODEL_ACCESS_H
#define MODEL_ACCESS_H

#include "model/entity.h"

struct access_log_id { int64_t n; };
struct access_log {
    struct access_log_id  id;
    struct row            row;               /* created_at: when */
    struct { int64_t n; } elder;
    struct { int64_t n; } account;
    struct sv             role;
    int64_t               org;               /* the caller's organisation; 0: none */
    struct sv             entity;
    int64_t               row_id;
    struct sv             what;              /* fields or a word: "phone,address" */
    struct sv             reason, purpose, letter;
};
extern const struct field access_log_fields[];
extern const struct entity access_log_entity;

enum { ACCESS_OF_MAX = 200 };

/* Who looked at this elder, newest first; rows live in c->mem. */
MUST enum err access_of(struct ctx *c, int64_t elder, struct list *ret_rows);

#endif
