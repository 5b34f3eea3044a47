/*
 * driver.h - what db.c asks of SQLite and of PostgreSQL. Only for the files of this folder.
 *
 * db.c looks parameters up, counts injected faults and keeps the state of the transaction; a
 * driver runs text with values. Every call that fails has called fail().
 */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "store/build.h"
#include "store/schema.h"

#include <pthread.h>

struct driver;

struct store {
    const struct driver *driver;
    const char          *url;        /* SQLite: the folder */
    const char          *file;       /* SQLite: DIR/yike.db */
    const char          *lock;       /* SQLite: DIR/write.lock */
    const struct schema *schema;     /* for the message keys of broken constraints; may be NULL */
    pthread_rwlock_t     turn;       /* PostgreSQL: shared; the fourth run has it alone */
};

/* What every connection begins with; the driver's own struct goes on behind it. */
struct db {
    const struct driver *driver;
    struct store        *store;
    enum db_use          use;
    bool                 begun;      /* db_begin or db_begin_reads, not ended yet */
    bool                 lost;       /* … but the engine has thrown it away: nothing runs before
                                        db_rollback or db_begin */
    int                  reruns;     /* the next transaction has failed to serialise so often */
    bool                 turn;       /* holds store->turn, shared or alone */
    int64_t              events;     /* event_add calls in this transaction */
    bool                 asked;      /* the bell has asked this connection … */
    int64_t              version;    /* … and seen this */
    int64_t              job_began_ms;   /* monotonic; the job that runs here */
    int                  job_lease_s;
    int64_t              job_node;      /* whose lease a running job keeps; 0: none */
    int64_t              fault_at;   /* the fault_at-th call from now on fails; 0: none */
    enum fault_how       fault_how;
    bool                 fault_hit;
};

/* One statement with its values; `sql` is NULL when it was built. */
struct statement {
    const struct sql   *sql;
    const char         *name;        /* for the log */
    struct sv           text;        /* NUL-terminated */
    const struct value *values;
    int                 n;
};

struct bulk {
    const char          *table;
    const char *const   *columns;
    int                  columns_n;
    const struct value  *values;
    size_t               rows;
};

enum savepoint { SAVEPOINT_SET, SAVEPOINT_KEEP, SAVEPOINT_UNDO };

struct driver {
    enum engine engine;
    enum err (*start)(struct ctx *c, struct store *s);         /* once, when the store is opened */
    enum err (*open)(struct ctx *c, struct store *s, enum db_use use, struct db **ret_db);
    void (*close)(struct db *db);

    enum err (*run)(struct ctx *c, struct db *db, const struct statement *s, int64_t *ret_changed);
    enum err (*rows)(struct ctx *c, struct db *db, const struct statement *s, struct rows *r);
    bool (*next)(struct rows *r);                              /* false: the end, or r->err */
    const char *(*name)(struct rows *r, int column);
    struct value (*value)(struct rows *r, int column);
    void (*end)(struct rows *r);

    enum err (*bulk)(struct ctx *c, struct db *db, const struct bulk *b);
    enum err (*script)(struct ctx *c, struct db *db, struct sv text);      /* no values in it */

    enum err (*begin)(struct ctx *c, struct db *db, bool reads);
    enum err (*commit)(struct ctx *c, struct db *db);
    void (*rollback)(struct db *db);
    enum err (*savepoint)(struct ctx *c, struct db *db, enum savepoint what);
    int64_t (*changes)(const struct db *db);                   /* NULL: the engine does not say */

    enum err (*fault)(struct ctx *c, struct db *db, enum fault_how how);   /* fails as `how` says */
    enum err (*lock)(struct ctx *c, struct db *db, int *ret_lock);         /* for one migration */
    void (*unlock)(struct db *db, int lock);
    void (*forget)(struct db *db);                             /* what is prepared */
    enum err (*prepare)(struct ctx *c, struct db *db, const struct statement *s);  /* and no more */
};

extern const struct driver sqlite_driver, postgres_driver;

/* The failing of a lost transaction, and of a database that does not answer. */
enum err store_away(struct ctx *c, const char *what, const char *why);
enum err store_rerun(struct ctx *c, const char *what, const char *why);

/* Text without values, straight to the engine: DDL and the numbered migrations. */
MUST enum err db_script(struct ctx *c, struct sv text);

/*
 * A small transaction of the house itself (a lease, the end of a job), run again on a failure to
 * serialise. Inside an open transaction it is only a part of that.
 */
MUST enum err store_write(struct ctx *c, enum err (*write)(struct ctx *c, void *what), void *what);

/* --- again.c: turns of the writers of one process on PostgreSQL; nothing on SQLite --- */
enum { ROW_AFTER = 3 };              /* so often failed: stands in the row of the database */
void turn_open(struct store *s);
void turn_close(struct store *s);
void turn_take(struct db *db);
void turn_end(struct db *db);

/* What db_rows and build_rows share. */
struct rows db_rows_of(struct ctx *c, const struct statement *s);
MUST enum err db_run_of(struct ctx *c, const struct statement *s, int64_t *ret_changed);

/* --- constraints: the message of index or constraint `name`, or "store.conflict" --- */
const char *constraint_message(const struct store *s, struct sv name);
/* SQLite names the columns of a broken unique index only: "slot.place, slot.start". */
const char *unique_message(const struct store *s, struct sv columns);

/* --- a bounded cache of prepared statements: sets of eight, the least used makes room --- */

enum { CACHE_SETS = 128, CACHE_WAYS = 8 };

struct cached {
    const struct sql *sql;
    char             *text;          /* of a built one; NULL otherwise */
    size_t            len;
    void             *handle;        /* the driver's; NULL: free */
    uint64_t          used;
    bool              busy;          /* a cursor is open on it */
};

struct cache { struct cached sets[CACHE_SETS][CACHE_WAYS]; uint64_t clock; };

/* The places where this statement may stand. */
struct cached *cache_set(struct cache *k, const struct statement *s);
bool cache_is(const struct cached *at, const struct statement *s);
/* Where to put it: free, or the least used one (its handle still there); NULL: all are busy. */
struct cached *cache_room(struct cached *set);
void cache_put(struct cache *k, struct cached *at, const struct statement *s, void *handle);

#endif
