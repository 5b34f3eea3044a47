/* sql.h - statements as they stand in .sql files. */
#ifndef STORE_SQL_H
#define STORE_SQL_H

/*
 * Made only by tools/sqlc from a named block, and by the builders.
 *
 *     -- :order_clash                  or `-- :order_clash sqlite` and `-- :order_clash pg`
 *     SELECT id FROM visit WHERE carer = :carer AND day = :day;
 *
 * One statement a block, ended by `;`. Both texts have the same parameters.
 */
struct sql {
    const char        *name;         /* for logs and the prepared-statement cache */
    const char        *sqlite, *pg;  /* the text with ?1 or $1; NULL: not on this engine */
    const char *const *params;       /* names, in order of their numbers */
    int                params_n;
};

/* SQL(order_clash); declares sql_order_clash, which stands in the .sql file beside. */
#define SQL(name) extern const struct sql sql_##name

/* Every statement of every .sql file, ends with NULL; only in the test program. */
extern const struct sql *const sql_all[];

#endif
