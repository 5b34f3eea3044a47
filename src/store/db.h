/*
 * db.h - one database interface over SQLite and PostgreSQL.
 *
 * A `struct store` says where the data is and is shared; a `struct db` is one connection, used by
 * one thread at a time, and hangs in struct ctx. SQL comes only from .sql files (store/sql.h) or
 * from the builder (store/build.h). Parameters are named; values are always bound.
 *
 * Failures: ERR_CONFLICT for a broken unique, foreign-key or check constraint (fault.key is the
 * index's message key when it names one, else "store.conflict"), ERR_BUSY when the database is
 * away, full or locked ("store.away", retry_after_s set) or the transaction must be run again
 * (fault.retryable: 40001, 40P01, or SQLite has rolled the whole transaction back), ERR_BROKEN
 * for our own mistakes (bad SQL, unbound parameter).
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/field.h"
#include "store/sql.h"

enum engine { ENGINE_SQLITE, ENGINE_POSTGRES };

struct store;                    /* opened once per process; immutable; thread-safe */
struct db;

/*
 * `url` is a folder (SQLite file DIR/yike.db, lock DIR/write.lock) or postgresql://…
 * Does not create or migrate anything except an empty SQLite file.
 */
MUST enum err store_open(struct ctx *c, struct arena *mem, const char *url, struct store **ret_store);
void store_close(struct store *s);

/*
 * From then on a broken constraint gives the message key its struct index names. `schema` must
 * outlive the store; called once, before other threads use it.
 */
struct schema;
void store_constraints(struct store *s, const struct schema *schema);

enum engine store_engine(const struct store *s);

enum db_use { DB_READS, DB_WRITES };          /* DB_READS refuses any change */
MUST enum err db_open(struct ctx *c, struct store *s, enum db_use use, struct db **ret_db);
void db_close(struct db *db);                  /* accepts NULL; rolls an open transaction back */
enum engine db_engine(const struct db *db);

/* --- values and parameters --- */

enum value_type { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };
struct value { enum value_type type; int64_t n; double real; struct sv text; };

#define V_NULL    ((struct value){ .type = VALUE_NULL })
#define V_INT(x)  ((struct value){ .type = VALUE_INT, .n = (x) })
#define V_REAL(x) ((struct value){ .type = VALUE_REAL, .real = (x) })
#define V_TEXT(x) ((struct value){ .type = VALUE_TEXT, .text = (x) })     /* "" stays "" */
#define V_BLOB(x) ((struct value){ .type = VALUE_BLOB, .text = (x) })
#define V_ID(x)   ((x) ? V_INT(x) : V_NULL)                               /* a link of 0 is NULL */

struct param { const char *name; struct value value; };
#define P_INT(name, x)  { name, V_INT(x) }
#define P_ID(name, x)   { name, V_ID(x) }
#define P_TEXT(name, x) { name, V_TEXT(x) }
#define P_REAL(name, x) { name, V_REAL(x) }
#define P_NULL(name)    { name, V_NULL }

/* Named parameters, and behind them the fields of a record: every :name is looked up in both. */
struct params {
    const struct param *list;
    size_t              n;
    const struct field *fields;      /* may be NULL */
    const void         *record;
};
#define PARAMS(...) ((struct params){ .list = (const struct param[]){ __VA_ARGS__ }, \
                     .n = sizeof((const struct param[]){ __VA_ARGS__ }) / sizeof(struct param) })
#define NO_PARAMS ((struct params){ 0 })
#define RECORD_PARAMS(f, r) ((struct params){ .fields = (f), .record = (r) })

/*
 * The stored value of a field (absent is NULL). SEALED and SECRET fields are model's business: a
 * record does not bind them (a parameter of that name in the list must), rows_read leaves them.
 */
struct value field_value(const struct field *f, const void *record);
/* The other way; text is copied into mem. False when the value does not fit the kind. */
bool field_take(struct arena *mem, const struct field *f, void *record, struct value v);

/* --- running --- */

/* A statement without rows; *ret_changed (may be NULL) is the number of rows it changed. */
MUST enum err db_run(struct ctx *c, const struct sql *sql, struct params p, int64_t *ret_changed);

/* Rows, sticky: after a failure rows_next() is false; ask rows_end() once, always. */
struct rows {
    struct ctx *c;
    void       *cursor;              /* the driver's */
    enum err    err;
    int         columns;
    int64_t     seen;                /* rows given so far */
    const struct field  *map_of;     /* rows_read: the field of each column, found once */
    const struct field **map;
};
struct rows db_rows(struct ctx *c, const struct sql *sql, struct params p);
bool rows_next(struct rows *r);
const char  *rows_name(struct rows *r, int column);
int          rows_column(struct rows *r, const char *name);    /* -1 when absent */
struct value rows_value(struct rows *r, int column);           /* text valid until the next row */
int64_t      rows_int(struct rows *r, int column);             /* NULL is 0 */
struct sv    rows_text(struct rows *r, int column);            /* copied into c->mem; NULL is "" */
/* Fills the fields that have a column of their name; the record must be cleared before. */
void         rows_read(struct rows *r, const struct field *fields, void *record);
MUST enum err rows_end(struct rows *r);                        /* closes and says how it went */

/* The first row into a record: *ret_found false when there is none (not a failure). */
MUST enum err db_find(struct ctx *c, const struct sql *sql, struct params p,
                      const struct field *fields, void *record, bool *ret_found);
/* One integer of the first row; 0 when there is no row or it is NULL. */
MUST enum err db_int(struct ctx *c, const struct sql *sql, struct params p, int64_t *ret_n);

/*
 * Many rows of one table, fast (SQLite: one prepared insert; PostgreSQL: COPY … binary or text).
 * `values` is rows × columns, row by row. Inside a transaction.
 */
MUST enum err db_bulk(struct ctx *c, const char *table, const char *const *columns, int columns_n,
                      const struct value *values, size_t rows);

/* --- transactions; only the writer, jobs and commands call these (design: the request is one) --- */

/*
 * SQLite: the file lock, then BEGIN IMMEDIATE. PostgreSQL: BEGIN ISOLATION LEVEL SERIALIZABLE.
 * The lock is waited for: two connections of one thread cannot both be in a writing transaction.
 * A transaction the engine has thrown away is rolled back first.
 */
MUST enum err db_begin(struct ctx *c);
MUST enum err db_commit(struct ctx *c);
void db_rollback(struct ctx *c);
MUST enum err db_savepoint(struct ctx *c);
MUST enum err db_savepoint_keep(struct ctx *c);
MUST enum err db_savepoint_undo(struct ctx *c);
/*
 * False when there is none, or the engine has thrown the whole one away (SQLITE_FULL, IOERR, a
 * serialisation failure, a lost connection): then nothing runs before db_rollback or db_begin.
 */
bool db_in_transaction(const struct db *db);

/* A consistent snapshot for several reads (READ ONLY, REPEATABLE READ); db_rollback() ends it. */
MUST enum err db_begin_reads(struct ctx *c);

/* --- tests --- */

/*
 * Fault injection: the k-th statement, savepoint or commit from now on fails as `how` says, once;
 * k = 0 switches off. True from db_fault_hit() when it has happened.
 */
enum fault_how { FAULT_ERROR, FAULT_FULL, FAULT_IOERR, FAULT_AWAY, FAULT_SERIAL };
void db_fault(struct db *db, int64_t k, enum fault_how how);
bool db_fault_hit(const struct db *db);

#endif
