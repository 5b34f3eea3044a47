/* worker.c - the job worker's loop. */

#include "app/worker.h"

#include "app/beside.h"
#include "base/log.h"

#include <signal.h>
#include <string.h>
#include <time.h>

struct worker {
    struct ctx       c;
    struct job_table table;
    int64_t          renewed_ms;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static size_t kinds_n(const struct job_kind *k)
{
    size_t n = 0;
    while (k && k[n].name)
        n++;
    return n;
}

static size_t schedules_n(const struct schedule *s)
{
    size_t n = 0;
    while (s && s[n].name)
        n++;
    return n;
}

/* The tables of all modules as one. */
static struct job_table gather(struct arena *mem, const struct house *h)
{
    size_t kinds = 0, schedules = 0, k = 0, s = 0;
    for (const struct module *const *m = h->modules; *m; m++) {
        kinds += kinds_n((*m)->jobs);
        schedules += schedules_n((*m)->schedules);
    }
    struct job_kind *all = NEW(mem, struct job_kind, kinds);
    struct schedule *due = NEW(mem, struct schedule, schedules);
    for (const struct module *const *m = h->modules; *m; m++) {
        for (size_t i = 0; i < kinds_n((*m)->jobs); i++)
            all[k++] = (*m)->jobs[i];
        for (size_t i = 0; i < schedules_n((*m)->schedules); i++)
            due[s++] = (*m)->schedules[i];
    }
    return (struct job_table){ all, k, due, s, h->ids->node, JOBS_OF_THE_HOUSE };
}

static void next(struct worker *w)
{
    ctx_next(&w->c, clock_now(w->c.house->clock));
    w->c.who = &who_house;
    w->c.channel = CHANNEL_JOB;
}

static enum err renew(struct ctx *c, void *arg)
{
    (void)arg;
    return node_renew(c, c->house->ids->node);
}

static enum err renew_when_due(struct worker *w)
{
    if (now_ms() - w->renewed_ms < WORKER_RENEW_S * 1000)
        return ERR_NONE;
    next(w);
    TRY(transaction(&w->c, renew, NULL));
    w->renewed_ms = now_ms();
    return ERR_NONE;
}

static enum err run_jobs(struct worker *w, bool *ret_ran)
{
    bool ran = true;
    for (int i = 0; ran && i < WORKER_JOBS_A_TURN; i++) {
        next(w);
        TRY(job_step(&w->c, &w->table, &ran));
        *ret_ran = *ret_ran || ran;
    }
    return ERR_NONE;
}

static enum err turn(struct worker *w, bool *ret_ran)
{
    if (!w->c.db)
        TRY(db_open(&w->c, w->c.house->store, DB_WRITES, &w->c.db));
    TRY(renew_when_due(w));
    return run_jobs(w, ret_ran);
}

static bool told_to_stop(const sigset_t *stop, int wait_ms)
{
    const struct timespec wait = { wait_ms / 1000, wait_ms % 1000 * 1000000L };
    return sigtimedwait(stop, NULL, &wait) > 0;
}

/* Everything but a lost node number is waited for: the connection is opened again. */
static enum err work(struct worker *w, const sigset_t *stop)
{
    for (int wait_ms = 0; !told_to_stop(stop, wait_ms);) {
        bool ran = false;
        next(w);
        enum err err = turn(w, &ran);
        wait_ms = ran ? 0 : WORKER_IDLE_MS;
        if (err == ERR_NONE)
            continue;
        log_fault(&w->c, "worker.failed");
        if (w->c.fault.key && strcmp(w->c.fault.key, "node.lost") == 0)
            return err;
        db_close(w->c.db);
        w->c.db = NULL;
        wait_ms = 1000;
    }
    return ERR_NONE;
}

enum err worker_run(const struct house *h)
{
    struct arena mem = { 0 };
    struct worker w = { .c = { .house = h }, .renewed_ms = now_ms() };
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    (void)sigprocmask(SIG_BLOCK, &stop, NULL);
    w.table = gather(&mem, h);
    struct job_table asked = w.table;
    asked.of = JOBS_ASKED;
    asked.schedules_n = 0;
    struct beside threads[] = {
        { .house = h, .failed = "sending.failed", .step = beside_message,
          .pause_ms = WORKER_SEND_PAUSE_MS,
          .sender.file = sv_fmt(&mem, "%s/outbox.jsonl", h->config->data_dir).at },
        { .house = h, .failed = "worker.failed", .step = beside_job, .table = &asked },
    };
    for (size_t i = 0; i < 2; i++)
        beside_start(&threads[i]);
    log_line(LOG_INFO, "worker.ready", "%zu kinds of job, %zu schedules", w.table.kinds_n,
             w.table.schedules_n);
    enum err err = work(&w, &stop);
    for (size_t i = 0; i < 2; i++)
        beside_stop(&threads[i]);
    db_close(w.c.db);
    arena_free(&w.c.mem);
    arena_free(&mem);
    return err;
}
