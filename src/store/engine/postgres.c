/*
 * postgres.c - the PostgreSQL driver, on libpq.
 *
 * Writing transactions are SERIALIZABLE; a failure to serialise is fault.retryable. A scan of a
 * small table would clash with every insert into it, so a writing connection goes by an index
 * wherever there is one. What it reads outside a transaction is READ COMMITTED. A statement
 * is prepared once a connection for the types its values have. A connection found dead between
 * transactions is made anew; inside one, the transaction is lost.
 */

#include "store/engine/postgres.h"

#include <assert.h>
#include <float.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

/* --- failing --- */

/* The log gets what the engine says only where it speaks of our text, never of values. */
static enum err refuse_state(struct ctx *c, struct postgres *p, const PGresult *r, struct sv state,
                             const char *name)
{
    const char *constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
    const char *primary = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    struct sv class = sv_head(state, 2);
    if (sv_is(state, "40001") || sv_is(state, "40P01")) {
        p->db.lost = p->db.begun;
        return store_rerun(c, name, state.at);
    }
    if (sv_is(class, "23") && !sv_is(state, "23502"))
        return fail(c, ERR_CONFLICT, constraint_message(p->db.store, sv_of(constraint)),
                    "could not run %s: %s", name, constraint ? constraint : state.at);
    if (sv_is(class, "08") || sv_is(class, "53") || sv_is(class, "57") || sv_is(class, "58") ||
        sv_is(state, "55P03"))
        return store_away(c, name, state.at);
    return fail(c, ERR_BROKEN, "store.broken", "could not run %s: %s %s", name, state.at,
                sv_is(class, "42") && primary ? primary : "");
}

enum err postgres_refuse(struct ctx *c, struct postgres *p, const PGresult *r, const char *name)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    if (state && PQstatus(p->link) == CONNECTION_OK)
        return refuse_state(c, p, r, sv_copy(&c->mem, sv_of(state)), name);
    p->db.lost = p->db.begun;
    return store_away(c, name, "the connection is lost");
}

static enum err exec(struct ctx *c, struct postgres *p, const char *text, const char *name)
{
    PGresult *r = PQexec(p->link, text);
    ExecStatusType status = PQresultStatus(r);
    bool good =
        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    enum err e = good ? ERR_NONE : postgres_refuse(c, p, r, name);
    PQclear(r);
    return e;
}

/* --- connections --- */

static void no_notice(void *nobody, const char *text)
{
    (void)nobody, (void)text;            /* they may name values */
}

static const char common[] =
    "SET client_min_messages = error; SET statement_timeout = '30s'; SET lock_timeout = '10s';"
    "SET idle_in_transaction_session_timeout = '60s'; SET jit = off; SET timezone = 'UTC';"
    "SET bytea_output = hex; SET extra_float_digits = 1;";

static enum err set_up(struct ctx *c, struct postgres *p)
{
    if (PQstatus(p->link) != CONNECTION_OK)
        return store_away(c, "connect", "the database does not answer");
    PQsetNoticeProcessor(p->link, no_notice, NULL);
    TRY(exec(c, p, common, "settings"));
    return exec(c, p, p->db.use == DB_READS ? "SET default_transaction_read_only = on"
                                            : "SET enable_seqscan = off", "settings");
}

static enum err postgres_open(struct ctx *c, struct store *s, enum db_use use, struct db **ret_db)
{
    static const char *const names[] = { "dbname",
                                         "connect_timeout",
                                         "client_encoding",
                                         "keepalives_idle",
                                         "tcp_user_timeout",
                                         "fallback_application_name",
                                         NULL };
    const char *const values[] = { s->url, "5", "UTF8", "10", "10000", "yike", NULL };
    struct postgres *p = block_take(sizeof *p);
    p->db = (struct db){ .driver = &postgres_driver, .store = s, .use = use };
    p->link = PQconnectdbParams(names, values, 1);
    enum err e = set_up(c, p);
    if (e)
        postgres_driver.close(&p->db);
    else
        *ret_db = &p->db;
    return e;
}

static enum err postgres_start(struct ctx *c, struct store *s)
{
    struct db *db;
    TRY(postgres_open(c, s, DB_READS, &db));
    struct postgres *p = (struct postgres *)db;
    const char *encoding = PQparameterStatus(p->link, "server_encoding");
    enum err e = ERR_NONE;
    if (PQserverVersion(p->link) < 150000)
        e = fail(c, ERR_BROKEN, "store.version", "PostgreSQL 15 or newer is needed, this is %d",
                 PQserverVersion(p->link));
    else if (!encoding || strcmp(encoding, "UTF8") != 0)
        e = fail(c, ERR_BROKEN, "store.encoding", "the database must be made with ENCODING UTF8");
    postgres_driver.close(db);
    return e;
}

static void forget_one(struct cached *at)
{
    block_free(at->handle);
    block_free(at->text);
    *at = (struct cached){ 0 };
}

/* What the connection has prepared is gone or unwanted. */
static void forget_all(struct postgres *p)
{
    for (int i = 0; i < CACHE_SETS * CACHE_WAYS; i++)
        forget_one(&p->cache.sets[i / CACHE_WAYS][i % CACHE_WAYS]);
}

static void postgres_forget(struct db *db)
{
    struct postgres *p = (struct postgres *)db;
    forget_all(p);
    PQclear(PQexec(p->link, "DEALLOCATE ALL"));
}

static void postgres_close(struct db *db)
{
    struct postgres *p = (struct postgres *)db;
    forget_all(p);
    PQfinish(p->link);
    block_free(p);
}

/*
 * Between statements the server has nothing to say but good-bye (a message, then the end of the
 * stream), or a change of its settings.
 */
static void hear_good_bye(struct postgres *p)
{
    struct pollfd end = { .fd = PQsocket(p->link), .events = POLLIN };
    for (int i = 0; i < 4 && end.fd >= 0 && poll(&end, 1, 0) > 0; i++)
        if (!PQconsumeInput(p->link))
            return;
}

/* Outside a transaction a dead connection is made anew; what we sent before it died was answered.
 */
enum err postgres_ensure(struct ctx *c, struct postgres *p)
{
    if (!p->db.begun)
        hear_good_bye(p);
    if (PQstatus(p->link) == CONNECTION_OK)
        return ERR_NONE;
    if (p->db.begun) {
        p->db.lost = true;
        return store_away(c, "statement", "the connection is lost");
    }
    forget_all(p);
    PQreset(p->link);
    return set_up(c, p);
}

/* --- rows --- */

struct postgres_cursor { PGresult *result; int row, rows; };

static enum err postgres_run(struct ctx *c, struct db *db, const struct statement *s,
                             int64_t *ret_changed)
{
    PGresult *r;
    TRY(postgres_execute(c, (struct postgres *)db, s, &r));
    int64_t n = 0;
    sv_int(sv_of(PQcmdTuples(r)), 0, INT64_MAX, &n);
    if (PQresultStatus(r) == PGRES_TUPLES_OK && sv_starts(sv_of(PQcmdStatus(r)), SV("SELECT")))
        n = 0;                           /* rows read are not rows changed */
    PQclear(r);
    if (ret_changed)
        *ret_changed = n;
    return ERR_NONE;
}

static enum err postgres_rows(struct ctx *c, struct db *db, const struct statement *s,
                              struct rows *r)
{
    struct postgres_cursor *k = NEW(&c->mem, struct postgres_cursor, 1);
    TRY(postgres_execute(c, (struct postgres *)db, s, &k->result));
    k->row = -1;
    k->rows = PQntuples(k->result);
    r->cursor = k;
    r->columns = PQnfields(k->result);
    return ERR_NONE;
}

static bool postgres_next(struct rows *r)
{
    struct postgres_cursor *k = r->cursor;
    return ++k->row < k->rows;
}

static const char *postgres_name(struct rows *r, int column)
{
    const struct postgres_cursor *k = r->cursor;
    return PQfname(k->result, column);
}

static struct value number(struct sv s)
{
    int64_t n;
    double real;
    if (sv_int(s, INT64_MIN, INT64_MAX, &n))
        return V_INT(n);
    return sv_real(s, -DBL_MAX, DBL_MAX, &real) ? V_REAL(real) : V_NULL;
}

static struct value bytes(struct arena *mem, struct sv hex)
{
    size_t len = (hex.len - 2) / 2;                      /* \x… */
    uint8_t *at = NEW(mem, uint8_t, len);
    bool good = sv_unhex(sv_from(hex, 2), at, len);
    assert(good);
    return V_BLOB(((struct sv){ (const char *)at, len }));
}

static struct value postgres_value(struct rows *r, int column)
{
    const struct postgres_cursor *k = r->cursor;
    if (PQgetisnull(k->result, k->row, column))
        return V_NULL;
    struct sv s = { PQgetvalue(k->result, k->row, column),
                    (size_t)PQgetlength(k->result, k->row, column) };
    double real;
    switch (PQftype(k->result, column)) {
    case OID_INT8: case OID_INT4: case OID_INT2: case OID_OID: case OID_NUMERIC:
        return number(s);
    case OID_FLOAT8: case OID_FLOAT4:
        return sv_real(s, -DBL_MAX, DBL_MAX, &real) ? V_REAL(real) : V_NULL;
    case OID_BOOL:
        return V_INT(s.at[0] == 't');
    case OID_BYTEA:
        return bytes(&r->c->mem, s);
    default:
        return V_TEXT(s);
    }
}

static void postgres_end(struct rows *r)
{
    struct postgres_cursor *k = r->cursor;
    PQclear(k->result);
    k->result = NULL;
}

/* --- transactions --- */

#define ROW_LOCK "2036951910"            /* the number behind the migrations' */

/* Before BEGIN, for the snapshot must be younger than the end of whoever stood before us. */
static void row_enter(struct postgres *p)
{
    PGresult *r = PQexec(p->link, "SELECT pg_advisory_lock(" ROW_LOCK ")");
    p->in_row = PQresultStatus(r) == PGRES_TUPLES_OK;
    PQclear(r);
}

static void row_leave(struct postgres *p)
{
    if (p->in_row && PQstatus(p->link) == CONNECTION_OK)
        PQclear(PQexec(p->link, "SELECT pg_advisory_unlock(" ROW_LOCK ")"));
    p->in_row = false;
}

/* A connection that dies under BEGIN has done nothing: it is made anew, once. */
static enum err postgres_begin(struct ctx *c, struct db *db, bool reads)
{
    struct postgres *p = (struct postgres *)db;
    const char *text = reads ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                             : "BEGIN ISOLATION LEVEL SERIALIZABLE";
    TRY(postgres_ensure(c, p));
    if (db->reruns >= ROW_AFTER)
        row_enter(p);
    PGresult *r = PQexec(p->link, text);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK, dead = PQstatus(p->link) != CONNECTION_OK;
    enum err e = good || dead ? ERR_NONE : postgres_refuse(c, p, r, "begin");
    PQclear(r);
    if (dead && !e) {
        e = postgres_ensure(c, p);
        e = e ? e : exec(c, p, text, "begin");
    }
    if (e)
        row_leave(p);
    return e;
}

static enum err postgres_commit(struct ctx *c, struct db *db)
{
    struct postgres *p = (struct postgres *)db;
    PGresult *r = PQexec(p->link, "COMMIT");
    enum err e = ERR_NONE;
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        e = postgres_refuse(c, p, r, "commit");
    else if (strcmp(PQcmdStatus(r), "COMMIT") != 0)
        e = fail(c, ERR_BROKEN, "store.broken",
                 "could not commit: a statement had failed and was not undone");
    PQclear(r);
    if (!e)
        row_leave(p);
    return e;
}

static void postgres_rollback(struct db *db)
{
    struct postgres *p = (struct postgres *)db;
    if (PQstatus(p->link) == CONNECTION_OK && PQtransactionStatus(p->link) != PQTRANS_IDLE)
        PQclear(PQexec(p->link, "ROLLBACK"));
    row_leave(p);
}

static enum err postgres_savepoint(struct ctx *c, struct db *db, enum savepoint what)
{
    static const char *const texts[] = { "SAVEPOINT one", "RELEASE SAVEPOINT one",
                                         "ROLLBACK TO SAVEPOINT one; RELEASE SAVEPOINT one" };
    struct postgres *p = (struct postgres *)db;
    TRY(postgres_ensure(c, p));
    return exec(c, p, texts[what], "savepoint");
}

static enum err postgres_script(struct ctx *c, struct db *db, struct sv text)
{
    struct postgres *p = (struct postgres *)db;
    TRY(postgres_ensure(c, p));
    return exec(c, p, sv_text(&c->mem, text), "script");
}

/* The server itself raises the error, so that the transaction is in the state a real one leaves. */
static enum err postgres_fault(struct ctx *c, struct db *db, enum fault_how how)
{
    static const char *const states[] = {
        [FAULT_ERROR] = "XX000",
        [FAULT_FULL] = "53100",
        [FAULT_IOERR] = "58030",
        [FAULT_SERIAL] = "40001",
    };
    struct postgres *p = (struct postgres *)db;
    TRY(postgres_ensure(c, p));
    if (how == FAULT_AWAY)
        shutdown(PQsocket(p->link), SHUT_RDWR);
    struct sv text =
        sv_fmt(&c->mem, "DO $$ BEGIN RAISE EXCEPTION 'injected fault' USING ERRCODE = '%s'; END $$",
               how == FAULT_AWAY ? "XX000" : states[how]);
    enum err e = exec(c, p, text.at, "statement");
    assert(e);
    return e;
}

/* --- migration --- */

enum { MIGRATION_LOCK = 0x79696b65 };

static enum err postgres_lock(struct ctx *c, struct db *db, int *ret_lock)
{
    struct postgres *p = (struct postgres *)db;
    TRY(postgres_ensure(c, p));
    *ret_lock = MIGRATION_LOCK;
    return exec(c, p, sv_fmt(&c->mem, "SELECT pg_advisory_lock(%d)", MIGRATION_LOCK).at, "lock");
}

static void postgres_unlock(struct db *db, int lock)
{
    (void)lock;
    PQclear(PQexec(((struct postgres *)db)->link, "SELECT pg_advisory_unlock_all()"));
}

const struct driver postgres_driver = {
    .engine = ENGINE_POSTGRES,
    .start = postgres_start, .open = postgres_open, .close = postgres_close,
    .run = postgres_run, .rows = postgres_rows, .next = postgres_next, .name = postgres_name,
    .value = postgres_value, .end = postgres_end, .bulk = postgres_bulk, .script = postgres_script,
    .begin = postgres_begin, .commit = postgres_commit, .rollback = postgres_rollback,
    .savepoint = postgres_savepoint, .fault = postgres_fault, .lock = postgres_lock,
    .unlock = postgres_unlock, .forget = postgres_forget,
    .prepare = postgres_prepare,
};
