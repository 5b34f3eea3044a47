/*
 * job.h - durable jobs and schedules: rows with lease, retry with back-off, progress and cancel.
 */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "store/db.h"

struct job {
    int64_t       id;
    struct sv     kind;          /* of the job table */
    struct sv     input;         /* JSON */
    struct sv     state;         /* waiting, running, done, failed, cancelled */
    int64_t       done, total;   /* progress; total 0: not known */
    int64_t       tries;
    struct moment not_before;
    struct moment lease_until;
    struct sv     result;        /* JSON */
    struct sv     error;         /* message key */
    int64_t       account;       /* who asked, 0: the house */
    int64_t       scope;
    bool          cancel;        /* somebody asked to stop */
    struct moment created_at, ended_at;
};
extern const struct field job_fields[];

/* One kind of job: a row of a module's table. */
struct job_kind {
    const char   *name;
    /*
     * Runs outside any transaction (it opens its own, ≤ 20 ms each); may be run again after a
     * crash. ERR_BUSY, ERR_BROKEN and ERR_TOO_MANY are tried again later (5 s, 20 s, 80 s … an
     * hour), any other failure is the end. `j` lies in c->mem: do not reset it.
     */
    enum err    (*run)(struct ctx *c, const struct job *j);
    int           tries_max;     /* 0: 5 */
    int           lease_s;       /* 0: 60; renewed by job_progress */
};

/*
 * One schedule: exactly once a period, whoever puts it in. After a pause it is caught up by one
 * job for the whole time: its input is {"since": …, "until": …}, the due times of the last run
 * and of this one. It is not put in again while its last job has not ended.
 */
struct schedule {
    const char *name;
    const char *job;             /* kind */
    int         every_s;         /* period; 86400 with at_min: once a local day */
    int         at_min;          /* local minute of the day, for daily ones */
};

MUST enum err job_add(struct ctx *c, const char *kind, struct sv input, int64_t *ret_id);
/* The same for an account (0: the house) and a scope. */
MUST enum err job_add_for(struct ctx *c, const char *kind, struct sv input, int64_t account,
                          int64_t scope, int64_t *ret_id);
MUST enum err job_get(struct ctx *c, int64_t id, struct job *ret_job, bool *ret_found);
/* A waiting job ends at once, a running one when it next notes progress. ERR_MISSING "job.missing".
 */
MUST enum err job_cancel(struct ctx *c, int64_t id);

/*
 * From a running job: notes progress and renews the lease. ERR_CONFLICT "job.cancelled" to stop,
 * "job.lost" when another worker has taken it over.
 */
MUST enum err job_progress(struct ctx *c, const struct job *j, int64_t done, int64_t total);
MUST enum err job_result(struct ctx *c, const struct job *j, struct sv json);

/*
 * The worker's step: puts due schedules in, leases one job that may run, runs it, records the end.
 * *ret_ran false when there was nothing to do. Safe from many processes.
 */
enum jobs_of { JOBS_ALL, JOBS_ASKED, JOBS_OF_THE_HOUSE };  /* an account's, or nobody's */
struct job_table {
    const struct job_kind *kinds;
    size_t                 kinds_n;
    const struct schedule *schedules;
    size_t                 schedules_n;
    int64_t                node;       /* 0, or the node number that job_progress renews too */
    enum jobs_of           of;         /* which jobs this one leases */
};
MUST enum err job_step(struct ctx *c, const struct job_table *t, bool *ret_ran);

/*
 * Leases a node number for ids (1..1023) to this process for its life. node_renew makes it last
 * NODE_LEASE_S more, so call it every 20 s; ERR_CONFLICT "node.lost" once it has run out: stop
 * making ids and lease another. A number is given again NODE_REST_S after its lease ran out.
 */
enum { NODE_LEASE_S = 60, NODE_REST_S = 600 };
MUST enum err node_lease(struct ctx *c, int64_t *ret_node);
MUST enum err node_renew(struct ctx *c, int64_t node);

#endif
