/* night.c - standing orders get their carers days ahead. */

#include "care/dispatch/night.h"

#include "base/log.h"
#include "care/dispatch/apply.h"
#include "care/dispatch/replan.h"
#include "care/dispatch/day/two.h"
#include "care/parameter/parameter.h"

SQL(dispatch_staffed);
SQL(dispatch_open);

/* A transaction holds few assignments: each is an order, a visit, their history. */
enum { CHANGES_A_BATCH = 5, ORGS_A_PAGE = 100 };

/* --- one day --- */

static bool of_the_night(const struct day_visit *v)
{
    return v->carer == NOBODY && v->standing && v->state == ORDER_ACCEPTED;
}

static struct sv carer_said(struct ctx *c, const struct the_day *d, int carer)
{
    return carer == NOBODY ? SV("") : sv_fmt(&c->mem, "%lld", (long long)d->carers[carer].id.n);
}

static struct wanted wanted_of(struct ctx *c, const struct the_day *d,
                               const struct change_whole *one)
{
    const struct day_visit *v = &d->visits[one->visit];
    return (struct wanted){
        .order = v->order, .order_version = v->order_version,
        .visit_version = { true, v->visits_version }, .start_min = { true, one->start_min },
        .carer = carer_said(c, d, one->carer[0]), .second = carer_said(c, d, one->carer[1]),
    };
}

/* What the night would assign, in c->mem. */
MUST static enum err find_changes(struct ctx *c, struct organisation_id org, struct day day,
                                  struct wanted **ret_wanted, size_t *ret_n)
{
    struct the_day *d;
    struct replanned x;
    TRY(day_enter(c, org, day, false, &d));
    enum err e = replan_day(c, d, &PROBLEM_OF(PROBLEM_HELD), 0, &x);
    struct wanted *all = NEW(&c->mem, struct wanted, d->visits_n + 1);
    size_t n = 0;
    for (int i = 0; e == ERR_NONE && i < x.changes->n; i++) {
        struct change_whole one;
        bool whole = change_whole(d, x.changes, i, &one) && one.carer[0] != NOBODY;
        if (whole && of_the_night(&d->visits[one.visit]))
            all[n++] = wanted_of(c, d, &one);
    }
    day_leave(c, d);
    *ret_wanted = all;
    *ret_n = n;
    return e;
}

static enum err apply_some(struct ctx *c, void *arg)
{
    return apply_changes(c, arg);
}

/* What has moved meanwhile, or does not do after all, is left for the board. */
static bool is_answer(enum err e)
{
    return e == ERR_CONFLICT || e == ERR_INVALID || e == ERR_MISSING;
}

MUST static enum err plan_day(struct ctx *c, struct organisation_id org, struct day day,
                              int *ret_n)
{
    struct wanted *wanted;
    size_t n;
    TRY(find_changes(c, org, day, &wanted, &n));
    for (size_t i = 0; i < n; i += CHANGES_A_BATCH) {
        size_t some = n - i < CHANGES_A_BATCH ? n - i : CHANGES_A_BATCH;
        struct apply a = { .org = org, .day = day, .why = WHY_NIGHT, .wanted = wanted + i,
                           .n = some, .no_run = true };
        enum err e = transaction_batch(c, apply_some, &a);
        if (e == ERR_NONE)
            *ret_n += (int)some;
        else if (!is_answer(e))
            return e;
        else
            ctx_forgive(c);
    }
    return ERR_NONE;
}

enum err night_day(struct ctx *c, struct organisation_id org, struct day day, int *ret_n)
{
    struct arena outer = c->mem;
    int64_t open = 0;
    *ret_n = 0;
    TRY(db_int(c, &sql_dispatch_open, PARAMS(P_INT("org", org.n), P_INT("day", day.n)), &open));
    if (!open)
        return ERR_NONE;
    c->mem = (struct arena){ .used_max = outer.used_max };
    enum err e = plan_day(c, org, day, ret_n);
    if (e)
        arena_join(&outer, &c->mem);               /* the cause may lie there */
    else
        arena_free(&c->mem);
    c->mem = outer;
    return e;
}

/* --- every organisation --- */

MUST static enum err plan_org(struct ctx *c, struct organisation_id org, int *ret_n)
{
    struct organisation row;
    struct day today = day_of(c->now);
    int64_t days;
    bool found;
    int n;
    TRY(entity_load(c, &organisation_entity, org.n, &row, &found));
    TRY(parameter_int(c, "dispatch.plan_days", found ? row.row.scope : 0, today, &days));
    for (int64_t i = 1; i <= days; i++) {
        TRY(night_day(c, org, (struct day){ today.n + i }, &n));
        *ret_n += n;
    }
    return ERR_NONE;
}

/* One that fails is told in the log; the others have their night all the same. */
static void plan_or_tell(struct ctx *c, struct organisation_id org, int *n)
{
    if (plan_org(c, org, n) == ERR_NONE)
        return;
    log_line(LOG_WARN, "dispatch.night", "organisation %lld: %.*s", (long long)org.n,
             SV_ARG(c->fault.log));
    ctx_forgive(c);
}

MUST static enum err orgs_after(struct ctx *c, int64_t after, int64_t *ret_ids, size_t *ret_n)
{
    *ret_n = 0;
    struct rows r = db_rows(c, &sql_dispatch_staffed, PARAMS(P_INT("after", after)));
    while (*ret_n < ORGS_A_PAGE && rows_next(&r))
        ret_ids[(*ret_n)++] = rows_int(&r, 0);
    return rows_end(&r);
}

static enum err job_plan(struct ctx *c, const struct job *j)
{
    int64_t ids[ORGS_A_PAGE], after = 0, done = 0;
    size_t n = ORGS_A_PAGE;
    int made = 0;
    while (n == ORGS_A_PAGE) {
        TRY(orgs_after(c, after, ids, &n));
        for (size_t i = 0; i < n; i++) {
            plan_or_tell(c, (struct organisation_id){ ids[i] }, &made);
            after = ids[i];
            TRY(job_progress(c, j, ++done, 0));
        }
    }
    return job_result(c, j, sv_fmt(&c->mem, "{\"assigned\":%d}", made));
}

const struct job_kind dispatch_jobs[] = {
    { .name = "dispatch.plan", .run = job_plan, .lease_s = 300 }, { 0 },
};

/* After the standing orders of the evening (standing.make). */
const struct schedule dispatch_schedules[] = {
    { .name = "dispatch.plan", .job = "dispatch.plan", .every_s = 86400, .at_min = 1230 }, { 0 },
};
