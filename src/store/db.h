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

#include "store/sql.h"
#include "store/value.h"

enum engine { ENGINE_SQLITE, ENGINE_POSTGRES };

extern const struct message store_messages[];     /* what the folder has to say to people */

struct store;                    /* opened once per process; immutable; thread-safe */
struct db;

/*
 * `url` is a folder (SQLite file DIR/yike.db, lock DIR/write.lock) or postgresql://…
 * Does not create or migrate anything except an empty SQLite file.
 */
MUST enum err store_open(struct ctx *c, struct arena *mem, const char *url,
                         struct store **ret_store);
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

/* --- transactions; only the writer, jobs and commands call these (the request is one) --- */

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
/* SQLite: rows changed on this connection so far; the same twice: nothing was written between. */
int64_t db_changes(const struct db *db);
/*
 * False when there is none, or the engine has thrown the whole one away (SQLITE_FULL, IOERR, a
 * serialisation failure, a lost connection): then nothing runs before db_rollback or db_begin.
 */
bool db_in_transaction(const struct db *db);

/*
 * After a transaction that failed and was rolled back: true when it is to be run once more
 * (fault.retryable, and RERUN_S seconds since the first such failure are not over; `a` begins as
 * { 0 }). By then the fault is forgiven and a moment has passed, longer each time and never the
 * same for two. On PostgreSQL the fourth run has its turn alone: the others share the process, so
 * whatever clashed here has ended, and none begins meanwhile; it also stands in one row with the
 * like of all processes on that database.
 */
enum { RERUN_S = 12, TURN_WAIT_S = 5 };
struct again { int reruns; int64_t until_ms; };
bool db_again(struct ctx *c, struct again *a);

/* A consistent snapshot for several reads (READ ONLY, REPEATABLE READ); db_rollback() ends it. */
MUST enum err db_begin_reads(struct ctx *c);

/* --- tests --- */

/* Compiles a statement and no more: a test does so with every one of the house, on both engines. */
MUST enum err db_prepare(struct ctx *c, const struct sql *sql);

/*
 * Fault injection: the k-th statement, savepoint or commit from now on fails as `how` says, once;
 * k = 0 switches off. True from db_fault_hit() when it has happened.
 */
enum fault_how { FAULT_ERROR, FAULT_FULL, FAULT_IOERR, FAULT_AWAY, FAULT_SERIAL };
void db_fault(struct db *db, int64_t k, enum fault_how how);
bool db_fault_hit(const struct db *db);

#endif
