/*
 * start.h - what a process opens before it works: store, keys, ids, slots, the house.
 *
 * Call it after a fork, never before: connections and threads do not cross one.
 */
#ifndef APP_START_H
#define APP_START_H

#include "app/modules.h"



/* The data folder and database a command works on; defaults in config_default(). */
struct start {
    struct arena     mem;          /* process lifetime */
    struct config    config;
    struct clock     clock;
    struct id_source ids;
    struct house     house;
    struct schema    schema;       /* the house's; the store looks into it at a conflict */
    struct ctx       ctx;          /* for the main thread: house, db (DB_WRITES), who_house */
};

/* DATA ./data, database DATA, 127.0.0.1:8080; $YIKE_DATA, $YIKE_DB and $YIKE_CLOCK override. */
struct config config_default(void);

enum start_use {
    START_READY, /* refuses a database of another schema number */
    START_EMPTY, /* makes the data folder and keys; any schema (migrate, demo, restore) */
    START_ANY,   /* makes nothing; any schema (migrate --plan, check) */
};

/* Opens all of it; s->ctx is then usable. Fails as store_open, keys_open, schema_check do. */
MUST enum err start_open(struct start *s, const struct config *config, enum start_use use);

/* Leases this process's node number for ids; needed before anything is written. */
MUST enum err start_node(struct start *s);

/* Calendar and policy parameters that are not there yet; needs a node. */
MUST enum err start_seed(struct start *s);

void start_close(struct start *s);

/* Puts the road file that DATA/roads/current names into the house's slot; none is no failure. */
MUST enum err start_roads(struct start *s);

#endif
