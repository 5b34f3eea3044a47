/* run.c - the frame of every job that makes a file: becoming who asked, and how it ended. */

#include "care/export/export.h"

#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err export_progress(struct export_work *w, int64_t done)
{
    return job_progress(w->job_ctx, w->job, done, 0);
}

static enum err batch_of(struct ctx *c, const struct job *j, struct export_batch *ret_batch,
                         bool *ret_found)
{
    const struct json_value *tree;
    int64_t id;
    TRY(json_parse(c, j->input, &tree));
    if (!json_id_of(json_member(tree, "batch"), &id))
        return fail(c, ERR_MALFORMED, "json.malformed", "job without a batch");
    return entity_load(c, &export_batch_entity, id, ret_batch, ret_found);
}

struct ending { int64_t id; int state; int64_t rows, size; const char *fault; };

static enum err end_batch(struct ctx *c, void *arg)
{
    const struct ending *e = arg;
    struct export_batch b;
    bool found;
    TRY(entity_load(c, &export_batch_entity, e->id, &b, &found));
    if (!found || b.state != EXPORT_WAITING)
        return ERR_NONE;
    b.state = e->state;
    b.rows_n = (struct opt_int){ e->state == EXPORT_DONE, e->rows };
    b.size = e->size;
    b.fault = sv_of(e->fault);
    b.made_at = c->now;
    return entity_update_by_rule(c, &export_batch_entity, &b, b.row.version, "made");
}

static bool is_passing(enum err err)
{
    return err == ERR_BUSY || err == ERR_BROKEN || err == ERR_TOO_MANY;
}

/* Reads as who asked, from one snapshot, on a connection of its own. */
static enum err make_as(struct ctx *c, struct export_work *w,
                        enum err (*make)(struct ctx *c, struct export_work *w))
{
    struct ctx own = *c;
    own.mem = (struct arena){ 0 };
    own.db = NULL;
    TRY(db_open(c, c->house->store, DB_READS, &own.db));
    TRY(who_of(c, w->batch->account.n, (enum role)w->batch->role, &own.who));
    enum err err = own.who ? db_begin_reads(&own)
                           : fail(&own, ERR_FORBIDDEN, "export.lost_role", "role is gone");
    if (err == ERR_NONE) {
        err = make(&own, w);
        db_rollback(&own);
    }
    if (err != ERR_NONE && own.fault.key) {
        own.fault.log = sv_copy(&c->mem, own.fault.log);
        own.fault.arg0 = sv_copy(&c->mem, own.fault.arg0);
        own.fault.arg1 = sv_copy(&c->mem, own.fault.arg1);
        own.fault.fields_n = 0;
        own.fault.current = SV("");
        c->fault = own.fault;
    }
    db_close(own.db);
    arena_free(&own.mem);
    return err;
}

enum err export_job(struct ctx *c, const struct job *j,
                    enum err (*make)(struct ctx *c, struct export_work *w))
{
    struct export_batch b;
    bool found;
    struct stat s = { 0 };
    TRY(batch_of(c, j, &b, &found));
    if (!found || b.state != EXPORT_WAITING)
        return ERR_NONE;
    const char *path = export_path(&c->mem, c->house->config, &b);
    struct export_work w = {
        .batch = &b, .job_ctx = c, .job = j,
        .path = export_try_path(&c->mem, path, j->tries),
    };
    export_tries_remove(&c->mem, path, j->tries);
    (void)mkdir(sv_fmt(&c->mem, "%s/exports", c->house->config->data_dir).at, 0700);
    enum err err = make_as(c, &w, make);
    if (err == ERR_NONE && rename(w.path, path) != 0)
        err = fail(c, ERR_BUSY, "store.away", "could not name an export: %s", strerror(errno));
    if (err != ERR_NONE)
        (void)unlink(w.path);
    bool lost = err != ERR_NONE && sv_is(sv_of(c->fault.key), "job.lost");
    if ((is_passing(err) && j->tries < EXPORT_TRIES_MAX) || lost)
        return err;
    struct ending end = { .id = b.id.n, .state = err ? EXPORT_FAILED : EXPORT_DONE,
                          .rows = w.rows, .fault = err ? c->fault.key : "" };
    if (err)
        log_fault(c, "export.failed");
    if (!err && stat(path, &s) == 0)
        end.size = (int64_t)s.st_size;
    ctx_forgive(c);
    return transaction(c, end_batch, &end);
}
