/* postgres.h - what the two files of the PostgreSQL driver share. */
#ifndef STORE_POSTGRES_H
#define STORE_POSTGRES_H

#include "store/driver.h"

#include <libpq-fe.h>

/* Of pg_type; fixed for ever. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25,
       OID_OID = 26, OID_FLOAT4 = 700, OID_FLOAT8 = 701, OID_NUMERIC = 1700 };

struct postgres {
    struct db    db;
    PGconn      *link;
    struct cache cache;              /* handle: struct prepared */
    int64_t      prepared;           /* so many so far: the next one's name */
    bool         in_row;             /* holds the lock of those that clash again and again */
};

/* Alive, or made anew when no transaction is open. */
MUST enum err postgres_ensure(struct ctx *c, struct postgres *p);

/* The failure that `r` (may be NULL) tells of. */
enum err postgres_refuse(struct ctx *c, struct postgres *p, const PGresult *r, const char *name);

/* Prepares when needed and runs; the caller clears the result. */
MUST enum err postgres_execute(struct ctx *c, struct postgres *p, const struct statement *s,
                               PGresult **ret);

enum err postgres_prepare(struct ctx *c, struct db *db, const struct statement *s);
enum err postgres_bulk(struct ctx *c, struct db *db, const struct bulk *b);

#endif
