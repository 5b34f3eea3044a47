/*
 * worker.h - the job worker: imports, exports, nightly rules, seals, and messages to people.
 */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include "model/house.h"

/* What comes within a pause of sending leaves together: a step costs three syncs of the disk. */
enum { WORKER_IDLE_MS = 200, WORKER_SEND_PAUSE_MS = 100, WORKER_RENEW_S = 20,
       WORKER_JOBS_A_TURN = 50 };

/*
 * Runs due jobs and schedules of all modules, and beside them (app/beside.h) sends messages and
 * runs the jobs that an account asked for, until SIGTERM; jobs under way are finished first. Needs
 * a leased node (house->ids); ends with ERR_CONFLICT when that is lost. A database that is away is
 * waited for.
 */
MUST enum err worker_run(const struct house *h);

#endif
