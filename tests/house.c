/* house.c - a house for one unit test. */

#include "house.h"
#include "model/seal/seal.h"

#include <stdlib.h>
#include <string.h>

/* Made once a run: keys are immutable, and nothing of one test is read by another. */
static struct keys *keys;

static void keys_make(struct ctx *c)
{
    char dir[] = "/tmp/yike-keys-XXXXXX";
    CHECK(mkdtemp(dir));
    MUST_GO(c, keys_open(c, sv_fmt(test_mem(), "%s/keys", dir).at, true, &keys));
    CHECK(system(sv_fmt(test_mem(), "rm -r %s", dir).at) == 0);
}

struct ctx *house_world(const struct module *const *modules)
{
    struct house *h = NEW(test_mem(), struct house, 1);
    struct config *config = NEW(test_mem(), struct config, 1);
    h->modules = modules;
    struct schema *schema = NEW(test_mem(), struct schema, 1);
    *schema = house_schema(h, test_mem());
    struct ctx *c = world_of(schema);
    if (!keys)
        keys_make(c);
    h->clock = NEW(test_mem(), struct clock, 1);
    h->clock->fixed_ms = c->now.ms;
    h->ids = NEW(test_mem(), struct id_source, 1);
    h->ids->node = 1;
    h->ids->clock = h->clock;
    h->keys = keys;
    h->store = world_store();
    config->data_dir = world_folder();
    h->config = config;
    c->house = h;
    c->who = &who_house;
    return c;
}

struct ctx *house_open(struct ctx *c)
{
    struct ctx *other = world_open(DB_WRITES);
    other->house = c->house;
    other->who = &who_house;
    return other;
}

const struct who *caller_as(enum role role, int64_t account)
{
    struct who *w = NEW(test_mem(), struct who, 1);
    w->role = role;
    w->account = account;
    return w;
}

const struct who *officer_of(int64_t low, int64_t high)
{
    struct who *w = NEW(test_mem(), struct who, 1);
    w->role = ROLE_STREET_OFFICER;
    w->account = 77;
    w->ranges[0] = (struct scope_range){ low, high };
    w->ranges_n = 1;
    return w;
}
