/*
 * build.h - the one type through which statements are made from tables (model's lists and
 * schema, rules' conditions). Text is static, names come from static tables, values are bound.
 */
#ifndef STORE_BUILD_H
#define STORE_BUILD_H

#include "store/db.h"

enum { BUILD_PARAMS_MAX = 400 };

struct build {
    struct arena *mem;
    enum engine   engine;
    struct buf    text;
    struct param *list;          /* name is unused: parameters are numbered as they come */
    size_t        n, room;
    bool          full;          /* too many parameters: build_rows and build_run then fail */
};

struct build build_new(struct ctx *c);

/* A literal piece of SQL: only a string literal compiles. */
#define build_sql(b, literal) build_piece((b), "" literal)
void build_piece(struct build *b, const char *literal);

/* A table or column name out of a static table: [a-z_0-9]{1,60}, else it is our mistake (assert).
 */
void build_name(struct build *b, const char *name);

void build_value(struct build *b, struct value v);               /* a bound parameter */
void build_int(struct build *b, int64_t n);                      /* a literal integer (LIMIT) */

/* INSERT INTO table (columns) VALUES (?1, …); the values are bound later, row by row (db_bulk). */
void build_insert(struct build *b, const char *table, const char *const *columns, int n);

struct rows   build_rows(struct ctx *c, struct build *b);
MUST enum err build_run(struct ctx *c, struct build *b, int64_t *ret_changed);

#endif
