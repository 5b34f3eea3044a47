/*
 * beside.h - the worker's other threads: what must not wait for its jobs. Messages leave in one (a
 * gateway that hangs must not hold up seals and the lease of the node), and what somebody waits
 * for at a screen, an export or an import, runs in another beside what the clock put in.
 */
#ifndef APP_BESIDE_H
#define APP_BESIDE_H

#include "care/message/channel.h"
#include "store/job.h"

#include <pthread.h>
#include <stdatomic.h>

/* One thread. The caller sets what stands above the line; it lies still until beside_stop(). */
struct beside {
    const struct house     *house;
    const char             *failed;  /* key of the log line when a step fails */
    enum err              (*step)(struct beside *b, bool *ret_busy);
    int                     pause_ms;/* between steps while there is more to do */
    struct sender           sender;  /* messages */
    const struct job_table *table;   /* jobs */
    /* --- */
    struct ctx              c;
    _Atomic bool            stop;
    pthread_t               thread;
};

/* Steps again and again, after its pause while busy; the database is opened, and again after a
 * failure. The signals that end the process are blocked by then. */
void beside_start(struct beside *b);

/* Ends it once the step under way has ended. */
void beside_stop(struct beside *b);

/* Steps: what waits in the outbox (care/message; without a gateway to DATA/outbox.jsonl; what is
 * under way at the end is broken off: at most once, the message is then `unsure`); a job of
 * `table`. */
enum err beside_message(struct beside *b, bool *ret_busy);
enum err beside_job(struct beside *b, bool *ret_busy);

#endif
