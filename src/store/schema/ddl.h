/*
 * ddl.h - the statements that make tables, and what the database says it has. Only for the
 * migration (schema.c, migrate.c).
 */
#ifndef STORE_DDL_H
#define STORE_DDL_H

#include "store/driver.h"

/* --- what is there --- */

struct has_column { struct sv table, name, type; bool not_null; };

/*
 * kind: table (SQLite), index, constraint (PostgreSQL), trigger. `definition` is the text it was
 * made with: sqlite_master's, or the comment a migration left on it; "" when not known.
 */
struct has_object { struct sv kind, table, name, definition; bool valid; };

struct catalog {
    struct has_column *columns;
    size_t             columns_n;
    struct has_object *objects;
    size_t             objects_n;
};

MUST enum err catalog_read(struct ctx *c, struct catalog *ret);
bool catalog_table(const struct catalog *k, const char *table);
const struct has_column *catalog_column(const struct catalog *k, const char *table,
                                        const char *name);
const struct has_object *catalog_object(const struct catalog *k, const char *kind, struct sv name);

/* --- what is to be done --- */

struct step { struct sv text; bool alone; };         /* alone: not inside a transaction */
struct steps { struct step *at; size_t n, room; };

/* The steps from what is there to the declared tables, in an order that works. */
MUST enum err schema_steps(struct ctx *c, const struct schema *s, struct steps *ret);

/* --- statements --- */

struct sv ddl_name(struct ctx *c, const struct table *t, const struct index *x);     /* visit_day */
const char *ddl_type(enum engine e, enum value_type type);                           /* "bigint" */
bool ddl_in_key(const struct table *t, const char *column);
struct sv ddl_quoted(struct ctx *c, struct sv text);                                 /* 'it''s' */

/* CREATE TABLE `name` with the columns of t; on SQLite with its constraints. */
struct sv ddl_table(struct ctx *c, const struct table *t, const char *name);
struct sv ddl_column(struct ctx *c, const struct table *t, const struct column *k);
struct sv ddl_rename(struct ctx *c, const struct table *t, const struct column *k);
struct sv ddl_index(struct ctx *c, const struct table *t, const struct index *x);

/* "CHECK (…)" or "FOREIGN KEY (…) …"; the latter behind its column: "CONSTRAINT … REFERENCES …". */
struct sv ddl_constraint(struct ctx *c, const struct index *x);
struct sv ddl_link_inline(struct ctx *c, const struct table *t, const struct index *x);

/* INSERT INTO `into` what t has; t must have every declared column. */
struct sv ddl_copy(struct ctx *c, const struct table *t, const char *into);

#endif
