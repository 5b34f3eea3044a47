/*
 * again.c - running a transaction once more when the engine could not serialise it.
 *
 * PostgreSQL finds clashes by the page, so that transactions of strangers clash as well, the more
 * of them the smaller the tables are. Tries that are only counted run out when many come at once.
 * Here the fourth run has no rival in its process, nor in any other that is as unlucky; what
 * remains is waited out.
 */

#include "store/driver.h"

#include <time.h>

enum { PAUSE_MS = 2, PAUSE_MAX_MS = 128, SQLITE_RERUNS = 4 };
enum { ALONE_AFTER = 3 };            /* a first clash is mostly over by the second run */

/* --- turns --- */

/* Who waits to have it alone goes before those who share it: else it would wait for ever. */
void turn_open(struct store *s)
{
    pthread_rwlockattr_t how;
    pthread_rwlockattr_init(&how);
    pthread_rwlockattr_setkind_np(&how, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&s->turn, &how);
    pthread_rwlockattr_destroy(&how);
}

void turn_close(struct store *s)
{
    pthread_rwlock_destroy(&s->turn);
}

/* A turn lessens clashes, nothing more: after a long wait it is done without. */
void turn_take(struct db *db)
{
    if (db_engine(db) != ENGINE_POSTGRES)
        return;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += TURN_WAIT_S;
    pthread_rwlock_t *turn = &db->store->turn;
    bool alone = db->reruns >= ALONE_AFTER;
    int taken = alone ? pthread_rwlock_clockwrlock(turn, CLOCK_MONOTONIC, &until)
                      : pthread_rwlock_clockrdlock(turn, CLOCK_MONOTONIC, &until);
    db->turn = taken == 0;
}

void turn_end(struct db *db)
{
    if (db->turn)
        pthread_rwlock_unlock(&db->store->turn);
    db->turn = false;
    db->reruns = 0;
}

/* --- again --- */

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Twice as long each time, half of it by chance. */
static void pause_before(int rerun, const struct again *a)
{
    int64_t ns = (int64_t)PAUSE_MS * 1000000;
    for (int i = 1; i < rerun && ns < (int64_t)PAUSE_MAX_MS * 1000000; i++)
        ns *= 2;
    uint64_t chance = ((uint64_t)now_ns() ^ (uint64_t)(uintptr_t)a) * 0x9E3779B97F4A7C15u >> 40;
    ns = ns / 2 + (int64_t)chance % (ns / 2);
    struct timespec t = { ns / 1000000000, ns % 1000000000 };
    nanosleep(&t, NULL);
}

/* On SQLite what may be repeated is a full or failing disk, which waiting does not mend. */
bool db_again(struct ctx *c, struct again *a)
{
    int64_t now_ms = now_ns() / 1000000;
    if (!c->fault.retryable || !c->db)
        return false;
    if (a->until_ms == 0)
        a->until_ms = now_ms + RERUN_S * 1000;
    if (now_ms > a->until_ms ||
        (db_engine(c->db) == ENGINE_SQLITE && a->reruns == SQLITE_RERUNS))
        return false;
    ctx_forgive(c);
    pause_before(++a->reruns, a);
    c->db->reruns = a->reruns;
    return true;
}
