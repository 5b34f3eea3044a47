/*
 * schema.h - declared tables are the schema; `yike migrate` makes the database match.
 *
 * Migration takes a lock, adds tables, nullable or constant-default columns and indexes, one step
 * a transaction with a row in schema_log, and refuses what could lose data unless a numbered file
 * under migrations/ does it. serve only checks that the database's schema number is its own.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"

/* One index or constraint. Names are <table>_<name>. */
struct index {
    const char *name;
    const char *columns;         /* "carer, day, start_min DESC" */
    bool        unique;
    const char *where;           /* partial: "ended_at IS NULL" */
    const char *check;           /* a CHECK instead of an index: "taken <= capacity" */
    const char *refers;          /* FOREIGN KEY of the one column to this table's id */
    const char *message;         /* message key when it is broken: "slot.full" */
};

/*
 * A physical column, made by model from fields (a SEALED field has two: value and blind index).
 * Integers are 64 bits on both engines, text sorts by its bytes.
 */
struct column {
    const char     *name;
    enum value_type type;        /* INT, REAL, TEXT, BLOB */
    bool            not_null;
    const char     *default_sql; /* constant; needed with not_null on an existing table */
    const char     *was;
    bool counted; /* an only key of type INT: the database numbers rows without one */
    bool last_stays; /* … and its newest row is never deleted, so SQLite goes on from there */
};

struct table {
    const char          *name;
    const struct column *columns;      /* columns[0] is the primary key unless `key` says else */
    size_t               columns_n;
    const char          *key;          /* "account, key" */
    const struct index  *indexes;      /* ends with { 0 }; may be NULL */
    bool                 append_only;  /* UPDATE and DELETE are refused by a trigger */
    bool                 all_key;      /* nothing but its key: SQLite keeps no rows beside it */
    bool                 trimmed;      /* … but old rows are taken away: DELETE is not refused */
};

struct schema { const struct table *tables; size_t n; int64_t number; };   /* number: hash of all */

/*
 * The tables store itself needs: event, job, schedule, outbox, node, schema_log. They belong to
 * every schema, named in it or not.
 */
extern const struct table store_tables[];
extern const size_t store_tables_n;

/* Fills number: of all tables whatever their order, of what the database holds (not messages). */
void schema_seal(struct schema *s);

/*
 * Writes the steps that are missing, one SQL statement a line, "" when there are none. Fails
 * ERR_CONFLICT "schema.loss" (arg0 table, arg1 column) where a column is gone, is of another type
 * or differs in NOT NULL, or a new one may not be NULL and has no default.
 */
MUST enum err schema_plan(struct ctx *c, const struct schema *s, struct buf *ret_steps);

/*
 * Runs them, numbered migrations first. `folder` (may be NULL) holds NNNN-name.sql, or
 * NNNN-name.sqlite.sql and NNNN-name.pg.sql where the engines differ; each runs once, in order,
 * in one transaction. An empty database needs none of them: they are only noted.
 */
MUST enum err schema_migrate(struct ctx *c, const struct schema *s, const char *folder);

/*
 * Takes statistics of every table, by which the engine chooses among indexes: after many rows came
 * in or indexes were made, and nightly. From samples on SQLite, a table a transaction; PostgreSQL
 * also marks the pages that all may see (VACUUM), without which an index alone answers nothing.
 * No transaction may be open.
 */
MUST enum err schema_statistics(struct ctx *c, const struct schema *s);

/* ERR_CONFLICT "schema.other" when the database is of another schema number (or empty). */
MUST enum err schema_check(struct ctx *c, const struct schema *s);

#endif
