/* world.c - the database a unit test runs on. */

#include "world.h"
#include "test.h"
#include "world_place.h"

#include <string.h>

static struct {
    bool          postgres;
    struct store *store;             /* NULL: this test has not asked yet */
    const char   *url;
    struct ctx   *open[WORLD_OPEN_MAX];
    int           open_n;
} now;

static struct ctx *ctx_new(void)
{
    struct ctx *c = NEW(test_mem(), struct ctx, 1);
    ctx_next(c, moment_at(day_civil(2026, 11, 21), 9 * 60));
    return c;
}

/* What cannot be set up fails the test, with the cause. */
static void must(struct ctx *c, enum err e)
{
    if (e)
        test_fail(c->fault.file, c->fault.line, "%s: %.*s", c->fault.key, SV_ARG(c->fault.log));
}

static struct ctx *open_at(struct store *s, enum db_use use)
{
    struct ctx *c = ctx_new();
    if (now.open_n == WORLD_OPEN_MAX)
        test_fail(__FILE__, __LINE__, "a test opens at most %d connections", WORLD_OPEN_MAX);
    now.open[now.open_n++] = c;
    must(c, db_open(c, s, use, &c->db));
    return c;
}

struct ctx *world_open(enum db_use use)
{
    return open_at(now.store, use);
}

struct ctx *world_beside(bool postgres)
{
    struct ctx *c = world();
    struct store *s;
    must(c, store_open(c, test_mem(), place_fresh(postgres, NULL), &s));
    return open_at(s, DB_WRITES);
}

static struct ctx *world_at(const char *url)
{
    struct ctx *c = ctx_new();
    must(c, store_open(c, test_mem(), url, &now.store));
    now.url = url;
    arena_free(&c->mem);
    return world_open(DB_WRITES);
}

struct ctx *world(void)
{
    return now.store ? now.open[0] : world_at(place_fresh(now.postgres, NULL));
}

static void make_template(const char *url, const struct schema *s)
{
    struct ctx *c = world_at(url);
    must(c, schema_migrate(c, s, NULL));
    world_end();
}

struct ctx *world_of(const struct schema *s)
{
    if (now.store)
        return now.open[0];
    const char *name = sv_fmt(test_mem(), "template_%llx", (unsigned long long)s->number).at;
    const char *url = place_template(now.postgres, name);
    if (url)
        make_template(url, s);
    struct ctx *c = world_at(place_fresh(now.postgres, name));
    struct schema *kept = NEW(test_mem(), struct schema, 1);
    *kept = *s; /* the caller's may lie on its stack; its tables must not */
    store_constraints(now.store, kept);
    return c;
}

struct store *world_store(void)
{
    world();
    return now.store;
}

const char *world_url(void)
{
    world();
    return now.url;
}

bool world_is_postgres(void)
{
    return now.postgres;
}

const char *world_folder(void)
{
    return place_folder();
}

void world_engine(bool postgres)
{
    now.postgres = postgres;
}

void world_end(void)
{
    for (int i = now.open_n; i-- > 0;) {
        db_close(now.open[i]->db);
        arena_free(&now.open[i]->mem);
    }
    store_close(now.store);
    memset(now.open, 0, sizeof now.open);
    now.open_n = 0;
    now.store = NULL;
    place_end();
}

/* --- every fault --- */

static void step_begin(struct fault_step *s)
{
    must(s->c, db_begin(s->c));
    must(s->c, db_savepoint(s->c));
    db_fault(s->c->db, s->k, s->how);
}

bool fault_next(struct fault_step *s)
{
    bool hit = s->hit || db_fault_hit(s->c->db);
    db_fault(s->c->db, 0, FAULT_ERROR);
    ctx_forgive(s->c);
    s->hit = false;
    db_rollback(s->c);
    if (s->first) {
        s->first = false;
        s->k = 1;
    } else if (hit) {
        s->k++;
    } else if (s->how < FAULT_SERIAL) {
        s->how++;
        s->k = 1;
    } else {
        return false;
    }
    step_begin(s);
    return true;
}

void fault_settle(struct fault_step *s, enum err e)
{
    struct ctx *c = s->c;
    s->hit = db_fault_hit(c->db);
    db_fault(c->db, 0, FAULT_ERROR);
    if (s->hit && !e)
        test_fail(__FILE__, __LINE__, "the %lldth call failed and nobody noticed", (long long)s->k);
    ctx_forgive(c);
    if (db_in_transaction(c->db)) {
        must(c, e ? db_savepoint_undo(c) : db_savepoint_keep(c));
    } else {
        db_rollback(c);
        must(c, db_begin(c));
    }
    ctx_forgive(c);
}
