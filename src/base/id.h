/*
 * id.h - ids of 64 bits: 41 milliseconds since 2024, 10 node, 12 sequence.
 *
 * The node number is leased per process from the database; 0 is for off-line clients, which
 * make ids with a random sequence. Positive, never 0, and in rough order of time.
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/ctx.h"

enum { ID_NODE_MAX = 1023, ID_BACKWARDS_MAX_MS = 5000 };

/* Shared by the threads of a process. */
struct id_source {
    _Atomic uint64_t last;       /* milliseconds << 12 | sequence */
    int64_t          node;       /* 1..1023 */
    const struct clock *clock;
};

/*
 * The next id. A clock that stepped back by up to 5 s is waited out by counting on; further back
 * fails ERR_BUSY ("clock.backwards").
 */
MUST enum err id_next(struct ctx *c, struct id_source *s, int64_t *ret_id);

int64_t id_make(int64_t ms, int64_t node, int64_t sequence);
struct moment id_moment(int64_t id);        /* when it was made */
int64_t id_node(int64_t id);

#endif
