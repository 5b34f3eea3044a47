/* clock.c - what the clock does: places that nobody answered for, and what is over. */

#include "care/gathering/inside.h"

#include "care/order/steps.h"
#include "care/parameter/parameter.h"
#include "model/jobs.h"

SQL(enrolment_due);
SQL(enrolment_over);
SQL(enrolment_stale);
SQL(attendance_times);

static enum err job_lapse(struct ctx *c, const struct job *j)
{
    static const struct step_by_clock lapse = { &enrolment_entity, &sql_enrolment_due, "lapse",
                                                "" };
    return step_by_clock(c, j, &lapse);
}

static enum err job_stale(struct ctx *c, const struct job *j)
{
    static const struct step_by_clock stale = { &enrolment_entity, &sql_enrolment_stale, "stale",
                                                "" };
    return step_by_clock(c, j, &stale);
}

/* The order is served when she came once; else she owes what the rule says. */
static enum err settle_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct enrolment r;
    struct care_order o;
    int64_t times;
    bool found;
    (void)with;
    TRY(entity_load(c, &enrolment_entity, due->id, &r, &found));
    TRY(db_int(c, &sql_attendance_times, PARAMS(P_INT("enrolment", due->id)), &times));
    TRY(entity_act_by_rule(c, &enrolment_entity, r.id.n, r.row.version,
                           times ? SV("attended") : SV("absent"), NULL, &r));
    TRY(entity_load(c, &care_order_entity, r.care_order.n, &o, &found));
    bool stands = o.state == ORDER_PLACED || o.state == ORDER_ACCEPTED;
    return found && stands ? entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version,
                                                times ? SV("attend") : SV("absent"), NULL, &o)
                           : ERR_NONE;
}

/* What was written on paper may be keyed in for some days; then it is settled. */
static enum err job_settle(struct ctx *c, const struct job *j)
{
    int64_t days;
    TRY(parameter_int(c, "gathering.backdate_days", 0, day_of(c->now), &days));
    return work_by_clock(c, j, &(struct work_by_clock){
        .due = &sql_enrolment_over, .until = { day_of(c->now).n - days - 1 },
        .each = settle_one });
}

const struct job_kind gathering_jobs[] = {
    { .name = "gathering.lapse", .run = job_lapse },
    { .name = "gathering.stale", .run = job_stale },
    { .name = "gathering.settle", .run = job_settle }, { 0 },
};
const struct schedule gathering_schedules[] = {
    { .name = "gathering.lapse", .job = "gathering.lapse", .every_s = 300 },
    { .name = "gathering.stale", .job = "gathering.stale", .every_s = 86400, .at_min = 95 },
    { .name = "gathering.settle", .job = "gathering.settle", .every_s = 86400, .at_min = 90 },
    { 0 },
};
