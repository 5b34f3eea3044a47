/*
 * world.h - the database, clock and circumstances of one unit test.
 *
 * The runner says which engine; everything a test opened ends with it. SQLite databases lie in
 * memory (/dev/shm). PostgreSQL: YIKE_TEST_PG is the URL of a role that may create databases;
 * without it a throw-away server is started at the first need and ends with the runner, even
 * when that crashes.
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "store/db.h"
#include "store/schema.h"

enum { WORLD_OPEN_MAX = 64 };

/*
 * A ctx with a writing connection to a fresh, empty database, the clock at 2026-11-21 09:00 local
 * and Chinese as its language. The same one again when asked again in the same test.
 */
struct ctx *world(void);

/* The same with the tables of `s` (sealed) in it, their messages known; made once a run, then
 * copied. */
struct ctx *world_of(const struct schema *s);

/* Another ctx with a connection of its own to the same database. */
struct ctx *world_open(enum db_use use);

/* A ctx with a writing connection to another fresh, empty database, of the engine asked for. */
struct ctx *world_beside(bool postgres);

struct store *world_store(void);
const char *world_url(void);         /* what store_open was given */
bool world_is_postgres(void);

/* A fresh folder of this test. */
const char *world_folder(void);

/*
 * Fails the 1st, 2nd, 3rd … call to the database, each in every way it can fail, until none fails:
 *
 *     EVERY_FAULT(step) {
 *         enum err e = visit_add(c, &morning, &id);
 *         fault_settle(&step, e);
 *         CHECK_INT(visits(c), e ? 0 : 1);
 *     }
 *
 * Each step runs on the state before it: a transaction begins in front of the body and is rolled
 * back behind it. fault_settle ends the request as the writer does: it switches the fault off,
 * and undoes what a failed request left (or begins again when the whole transaction went).
 */
struct fault_step { struct ctx *c; int64_t k; enum fault_how how; bool hit, first; };

#define EVERY_FAULT(step) \
    for (struct fault_step step = { .c = world(), .first = true }; fault_next(&step);)

bool fault_next(struct fault_step *s);
void fault_settle(struct fault_step *s, enum err e);

/* Called by the runner. */
void world_engine(bool postgres);
void world_end(void);

#endif
