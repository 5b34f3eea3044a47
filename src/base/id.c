/* id.c - ids that many threads take at once. */

#include "base/id.h"

#include <stdatomic.h>

static const int64_t epoch_ms = 1704067200000;      /* 2024-01-01T00:00:00Z */

int64_t id_make(int64_t ms, int64_t node, int64_t sequence)
{
    return (ms - epoch_ms) << 22 | node << 12 | sequence;
}

struct moment id_moment(int64_t id)
{
    return (struct moment){ (id >> 22) + epoch_ms };
}

int64_t id_node(int64_t id)
{
    return id >> 12 & ID_NODE_MAX;
}

/*
 * `last` only grows: when the clock stands or has stepped back a little, or the 4096 ids of a
 * millisecond are used up, the next id borrows from the milliseconds to come.
 */
enum err id_next(struct ctx *c, struct id_source *s, int64_t *ret_id)
{
    uint64_t now = (uint64_t)clock_now(s->clock).ms << 12;
    uint64_t last = atomic_load(&s->last), next;
    do {
        next = now > last ? now : last + 1;
        if ((next >> 12) > (now >> 12) + ID_BACKWARDS_MAX_MS)
            return fail(c, ERR_BUSY, "clock.backwards", "the clock stepped back by %lld ms",
                        (long long)((next >> 12) - (now >> 12)));
    } while (!atomic_compare_exchange_weak(&s->last, &last, next));
    *ret_id = id_make((int64_t)(next >> 12), s->node, (int64_t)(next & 4095));
    return ERR_NONE;
}
