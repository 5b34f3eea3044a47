/* job.c - durable jobs: adding, leasing, running, ending. */

#include "base/log.h"
#include "base/record.h"
#include "store/driver.h"
#include "store/job.h"
#include "store/work/node.h"
#include "store/work/schedule.h"

#include <string.h>
#include <time.h>

SQL(job_add);
SQL(job_get);
SQL(job_cancel);
SQL(job_due);
SQL(job_lease);
SQL(job_progress);
SQL(job_result);
SQL(job_end);

enum { TRIES_MAX = 5, LEASE_S = 60, BACK_OFF_S = 5, BACK_OFF_MAX_S = 3600, LEASE_ATTEMPTS = 20 };

const struct field job_fields[] = {
    FIELD(struct job, id, .zh = "编号", .en = "Id"),
    FIELD(struct job, kind, .zh = "种类", .en = "Kind"),
    FIELD(struct job, input, .zh = "输入", .en = "Input"),
    FIELD(struct job, state, .zh = "状态", .en = "State"),
    FIELD(struct job, done, .zh = "已完成", .en = "Done"),
    FIELD(struct job, total, .zh = "总数", .en = "Total"),
    FIELD(struct job, tries, .zh = "次数", .en = "Tries"),
    FIELD(struct job, not_before, .zh = "不早于", .en = "Not before"),
    FIELD(struct job, lease_until, .zh = "租约至", .en = "Leased until"),
    FIELD(struct job, result, .zh = "结果", .en = "Result"),
    FIELD(struct job, error, .zh = "错误", .en = "Error"),
    FIELD(struct job, account, .zh = "账号", .en = "Account"),
    FIELD(struct job, scope, .zh = "辖区", .en = "Scope"),
    FIELD(struct job, cancel, .zh = "取消", .en = "Cancel"),
    FIELD(struct job, created_at, .zh = "建立时间", .en = "Created"),
    FIELD(struct job, ended_at, .zh = "结束时间", .en = "Ended"),
    { 0 },
};

/* --- time: c->now stands still while a job runs, its lease does not --- */

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t now_ms(const struct ctx *c)
{
    int64_t began = c->db->job_began_ms;
    return c->now.ms + (began ? monotonic_ms() - began : 0);
}

/* --- from anywhere --- */

enum err job_add_for(struct ctx *c, const char *kind, struct sv input, int64_t account,
                     int64_t scope, int64_t *ret_id)
{
    return db_int(c, &sql_job_add,
                  PARAMS(P_TEXT("kind", sv_of(kind)), P_TEXT("input", input),
                         P_INT("now", now_ms(c)), P_INT("account", account), P_INT("scope", scope)),
                  ret_id);
}

enum err job_add(struct ctx *c, const char *kind, struct sv input, int64_t *ret_id)
{
    return job_add_for(c, kind, input, 0, 0, ret_id);
}

enum err job_get(struct ctx *c, int64_t id, struct job *ret_job, bool *ret_found)
{
    return db_find(c, &sql_job_get, PARAMS(P_INT("id", id)), job_fields, ret_job, ret_found);
}

enum err job_cancel(struct ctx *c, int64_t id)
{
    int64_t n;
    TRY(db_run(c, &sql_job_cancel, PARAMS(P_INT("id", id), P_INT("now", now_ms(c))), &n));
    if (n == 0)
        return fail(c, ERR_MISSING, "job.missing", "there is no job %lld", (long long)id);
    return ERR_NONE;
}

/* --- from a running job --- */

struct progress { const struct job *job; int64_t done, total; };

static enum err write_progress(struct ctx *c, void *what)
{
    const struct progress *p = what;
    int lease_s = c->db->job_lease_s ? c->db->job_lease_s : LEASE_S;
    struct rows r = db_rows(c, &sql_job_progress,
                            PARAMS(P_INT("done", p->done), P_INT("total", p->total),
                                   P_INT("until", now_ms(c) + lease_s * 1000),
                                   P_INT("id", p->job->id), P_INT("tries", p->job->tries)));
    bool ours = rows_next(&r), cancel = ours && rows_int(&r, 0) != 0;
    TRY(rows_end(&r));
    if (!ours)
        return fail(c, ERR_CONFLICT, "job.lost", "job %lld is another worker's now",
                    (long long)p->job->id);
    if (cancel)
        return fail(c, ERR_CONFLICT, "job.cancelled", "job %lld is cancelled",
                    (long long)p->job->id);
    return c->db->job_node ? node_keep(c, c->db->job_node, now_ms(c)) : ERR_NONE;
}

enum err job_progress(struct ctx *c, const struct job *j, int64_t done, int64_t total)
{
    return store_write(c, write_progress, &(struct progress){ j, done, total });
}

struct result { const struct job *job; struct sv json; };

static enum err write_result(struct ctx *c, void *what)
{
    const struct result *r = what;
    return db_run(
        c, &sql_job_result,
        PARAMS(P_TEXT("result", r->json), P_INT("id", r->job->id), P_INT("tries", r->job->tries)),
        NULL);
}

enum err job_result(struct ctx *c, const struct job *j, struct sv json)
{
    return store_write(c, write_result, &(struct result){ j, json });
}

/* --- the worker --- */

struct end {
    const struct job *job;
    const char *state;
    int64_t not_before, ended_at;
    const char *error;
};

static enum err write_end(struct ctx *c, void *what)
{
    const struct end *e = what;
    int64_t n;
    TRY(db_run(c, &sql_job_end,
               PARAMS(P_TEXT("state", sv_of(e->state)), P_INT("not_before", e->not_before),
                      { "error", e->error ? V_TEXT(sv_of(e->error)) : V_NULL },
                      P_ID("ended_at", e->ended_at), P_INT("id", e->job->id),
                      P_INT("tries", e->job->tries)),
               &n));
    if (n == 0)
        log_line(LOG_WARN, "job", "job %lld ended after another worker had taken it over",
                 (long long)e->job->id);
    return ERR_NONE;
}

static const struct job_kind *kind_of(const struct job_table *t, struct sv kind)
{
    for (size_t i = 0; i < t->kinds_n; i++)
        if (sv_is(kind, t->kinds[i].name))
            return &t->kinds[i];
    return NULL;
}

static int tries_max(const struct job_kind *k)
{
    return k && k->tries_max ? k->tries_max : TRIES_MAX;
}

static int lease_s(const struct job_kind *k)
{
    return k && k->lease_s ? k->lease_s : LEASE_S;
}

static int64_t back_off_ms(int64_t tries)
{
    int64_t s = BACK_OFF_S;
    for (int64_t i = 1; i < tries && s < BACK_OFF_MAX_S; i++)
        s *= 4;
    return (s < BACK_OFF_MAX_S ? s : BACK_OFF_MAX_S) * 1000;
}

struct lease { struct job *job; int lease_s; int64_t now; bool got; };

static enum err write_lease(struct ctx *c, void *what)
{
    struct lease *l = what;
    int64_t n;
    TRY(db_run(c, &sql_job_lease,
               PARAMS(P_INT("until", l->now + l->lease_s * 1000), P_INT("id", l->job->id),
                      P_INT("tries", l->job->tries), P_INT("now", l->now)),
               &n));
    l->got = n == 1;
    return ERR_NONE;
}

/* A job whose worker died at the last try that it has. */
static enum err bury(struct ctx *c, struct job *j)
{
    j->state = SV("running");
    log_line(LOG_ERROR, "job", "job %lld died at its last try", (long long)j->id);
    return store_write(c, write_end,
                       &(struct end){ j, "failed", j->not_before.ms, c->now.ms, "job.died" });
}

/* The next job that may run, leased to us; not found when there is none. */
static enum err lease_next(struct ctx *c, const struct job_table *t, struct job *ret_job,
                           bool *ret_found)
{
    for (int i = 0; i < LEASE_ATTEMPTS; i++) {
        struct job j;
        bool found;
        *ret_found = false;
        TRY(db_find(c, &sql_job_due, PARAMS(P_INT("now", c->now.ms), P_INT("of", t->of)),
                    job_fields, &j, &found));
        if (!found)
            return ERR_NONE;
        const struct job_kind *k = kind_of(t, j.kind);
        if (sv_is(j.state, "running") && j.tries >= tries_max(k)) {
            TRY(bury(c, &j));
            continue;
        }
        struct lease l = { &j, lease_s(k), c->now.ms, false };
        TRY(store_write(c, write_lease, &l));
        if (!l.got)
            continue;                                    /* somebody was faster */
        j.tries++;
        *ret_job = j;
        *ret_found = true;
        return ERR_NONE;
    }
    return ERR_NONE;
}

static bool worth_another_try(enum err e)
{
    return e == ERR_BUSY || e == ERR_BROKEN || e == ERR_TOO_MANY;
}

/* What becomes of a job that came back with `e`. */
static struct end end_of(struct ctx *c, const struct job *j, const struct job_kind *k, enum err e)
{
    int64_t now = now_ms(c);
    if (!e)
        return (struct end){ j, "done", now, now, NULL };
    const char *key = c->fault.key ? c->fault.key : err_name(e);
    if (e == ERR_CONFLICT && strcmp(key, "job.cancelled") == 0)
        return (struct end){ j, "cancelled", now, now, NULL };
    bool lost = strcmp(key, "node.lost") == 0;           /* this process ends; another may do it */
    if ((lost || worth_another_try(e)) && j->tries < tries_max(k))
        return (struct end){ j, "waiting", now + back_off_ms(j->tries), 0, key };
    return (struct end){ j, "failed", now, now, key };
}

static enum err run(struct ctx *c, const struct job_kind *k, const struct job *j)
{
    if (!k)
        return fail(c, ERR_BROKEN, "job.unknown", "no module runs jobs of kind %.*s",
                    SV_ARG(j->kind));
    c->channel = CHANNEL_JOB;
    c->db->job_began_ms = monotonic_ms();
    c->db->job_lease_s = lease_s(k);
    enum err e = k->run(c, j);
    db_rollback(c);                                      /* what it left open */
    return e;
}

enum err job_step(struct ctx *c, const struct job_table *t, bool *ret_ran)
{
    struct job j;
    bool found;
    *ret_ran = false;
    TRY(schedules_put_in(c, t));
    TRY(lease_next(c, t, &j, &found));
    if (!found)
        return ERR_NONE;
    const struct job_kind *k = kind_of(t, j.kind);
    c->db->job_node = t->node;
    enum err e = run(c, k, &j);
    struct end end = end_of(c, &j, k, e);
    if (e)
        log_fault(c, "job");
    ctx_forgive(c);
    e = store_write(c, write_end, &end);
    c->db->job_began_ms = 0;
    c->db->job_lease_s = 0;
    c->db->job_node = 0;
    *ret_ran = !e;
    return e;
}
