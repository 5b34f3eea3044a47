/*
 * lanes.h - where requests run: queues and the threads behind them.
 *
 * READS: a pool of readers with read-only connections. WRITES: on SQLite one writer that puts
 * all that is queued into one transaction, on PostgreSQL several that each run one. HASHES: two
 * threads for what is slow on purpose, then WRITES.
 */
#ifndef HTTP_LANES_H
#define HTTP_LANES_H

#include "http/call.h"

struct lanes;

/* bench/commit builds a program with groups of one, to compare. */
#ifndef YIKE_GROUP_MAX
#define YIKE_GROUP_MAX 256
#endif

enum {
    GROUP_MAX = YIKE_GROUP_MAX,
    GROUP_MS = 20, /* one transaction holds at most so much: others wait for the lock */
    HASHERS = 2,
    QUEUE_MAX = 4096,
    HASH_QUEUE_MAX = 256,
    WAIT_MAX_S = 20, /* older requests are refused unrun: nobody waits for them */
};

/* Opens every connection and starts the threads; after a failure lanes_stop() ends what began. */
MUST enum err lanes_start(struct ctx *c, struct server *s, struct lanes **ret_lanes);

/* Runs what is queued to its end, then ends the threads. */
void lanes_stop(struct lanes *l);

/* Hands a call to its lane; false when that queue is full (503). Never for MEMORY. */
bool lanes_put(struct lanes *l, struct call *call);

/* For /metrics. */
struct lane_counts { size_t reads, writes, hashes; };
struct lane_counts lanes_counts(struct lanes *l);

#endif
