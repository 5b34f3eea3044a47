/* start.c - what a process opens before it works. */

#include "app/start.h"

#include "app/roads_file.h"
#include "care/address/book.h"
#include "care/atlas/atlas.h"
#include "care/coverage/kept.h"
#include "care/dispatch/dispatch.h"
#include "care/near/directory.h"
#include "care/parameter/parameter.h"
#include "model/seal/seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A number from the environment; 0 when it is not there or makes no sense. */
static int env_days(const char *name)
{
    const char *text = getenv(name);
    int64_t n = 0;
    return text && sv_int(sv_of(text), 1, 3660, &n) ? (int)n : 0;
}

struct config config_default(void)
{
    const char *data = getenv("YIKE_DATA"), *database = getenv("YIKE_DB");
    return (struct config){
        .data_dir = data ? data : "data",
        .database = database,
        .listen = "127.0.0.1",
        .port = 8080,
        .public_url = "http://127.0.0.1:8080",
        .readers = 2,
        .streams_max = 4,
        .keep_logs_days = 200,
        .keep_events_days = env_days("YIKE_KEEP_EVENTS_DAYS"),
        .clock = getenv("YIKE_CLOCK"),
    };
}

static enum err folder_make(struct ctx *c, const char *path, mode_t mode)
{
    if (mkdir(path, mode) != 0 && errno != EEXIST)
        return fail(c, ERR_BROKEN, "data.folder", "could not make %s: %s", path, strerror(errno));
    return ERR_NONE;
}

static enum err folders(struct start *s, bool create)
{
    struct ctx *c = &s->ctx;
    const char *dir = s->config.data_dir;
    struct stat found;
    if (create) {
        TRY(folder_make(c, dir, 0750));
        TRY(folder_make(c, sv_fmt(&s->mem, "%s/files", dir).at, 0750));
        TRY(folder_make(c, sv_fmt(&s->mem, "%s/roads", dir).at, 0750));
        TRY(folder_make(c, sv_fmt(&s->mem, "%s/log", dir).at, 0750));
    }
    if (stat(dir, &found) != 0)
        return fail(c, ERR_MISSING, "data.missing", "no data folder %s", dir);
    return ERR_NONE;
}

static void house_fill(struct start *s)
{
    s->house = (struct house){
        .modules = modules, .config = &s->config, .ids = &s->ids, .clock = &s->clock,
        .directory = slot_new(&s->mem, directory_end),
        .roads = slot_new(&s->mem, roads_file_end),
        .addresses = slot_new(&s->mem, address_index_end),
        .atlas = atlas_new(&s->mem),
        .coverage = coverage_kept_new(&s->mem),
        .dispatch = dispatch_days_new(&s->mem),
    };
    s->ids.clock = &s->clock;
    s->ctx.house = &s->house;
    s->ctx.who = &who_house;
    s->ctx.channel = CHANNEL_JOB;
    s->ctx.now = clock_now(&s->clock);
}

enum err start_open(struct start *s, const struct config *config, enum start_use use)
{
    struct ctx *c = &s->ctx;
    s->config = *config;
    if (!s->config.database)
        s->config.database = s->config.data_dir;
    bool clocked = !config->clock || clock_set(&s->clock, sv_of(config->clock));
    house_fill(s);
    if (!clocked)
        return fail(c, ERR_INVALID, "data.clock", "no clock: %s", config->clock);
    TRY(folders(s, use == START_EMPTY));
    const char *key_dir = sv_fmt(&s->mem, "%s/keys", s->config.data_dir).at;
    TRY(keys_open(c, key_dir, use == START_EMPTY, &s->house.keys));
    TRY(store_open(c, &s->mem, s->config.database, &s->house.store));
    s->schema = house_schema(&s->house, &s->mem);
    store_constraints(s->house.store, &s->schema);
    s->house.bell = bell_new(&s->mem, s->house.store);
    TRY(db_open(c, s->house.store, DB_WRITES, &c->db));
    return use == START_READY ? schema_check(c, &s->schema) : ERR_NONE;
}

static enum err events_lift(struct ctx *c, void *arg)
{
    (void)arg;
    return event_lift(c);
}

enum err start_node(struct start *s)
{
    TRY(transaction(&s->ctx, events_lift, NULL));
    return node_lease(&s->ctx, &s->ids.node);
}

enum err start_roads(struct start *s)
{
    struct roads *roads;
    TRY(roads_file_open(&s->ctx, s->config.data_dir, &roads));
    if (roads)
        slot_swap(s->house.roads, roads);
    return ERR_NONE;
}

static enum err seeds(struct ctx *c, void *arg)
{
    int64_t added;
    (void)arg;
    TRY(calendar_seed(c, &added));
    return parameter_seed(c, &added);
}

enum err start_seed(struct start *s)
{
    return transaction(&s->ctx, seeds, NULL);
}

void start_close(struct start *s)
{
    db_close(s->ctx.db);
    if (s->house.store)
        store_close(s->house.store);
    keys_close(s->house.keys);
    atlas_end(s->house.atlas);
    coverage_kept_end(s->house.coverage);
    dispatch_days_end(s->house.dispatch);
    slot_swap(s->house.directory, NULL);
    slot_swap(s->house.roads, NULL);
    slot_swap(s->house.addresses, NULL);
    arena_free(&s->ctx.mem);
    arena_free(&s->mem);
}
