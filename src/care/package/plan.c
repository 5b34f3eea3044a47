/* plan.c - one elder's package: fields, steps, what follows, the clock. */

#include "care/package/plan.h"

#include "care/elder/seen.h"
#include "care/parameter/parameter.h"
#include "care/standing/begin.h"
#include "model/jobs.h"

SQL(plan_lines);
SQL(plan_past);
SQL(package_follower);

const struct choice plan_states[] = {
    { "asked", "待机构确认", "to be agreed" }, { "active", "进行中", "active" },
    { "declined", "未接受", "declined" },      { "ended", "已结束", "ended" }, { 0 },
};

#define P struct package_plan
const struct field package_plan_fields[] = {
    ROW_FIELDS(P),
    LINK(P, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(P, service_package, "service_package", .read_only = true, .filter = true, .brief = true,
         .zh = "服务包", .en = "Package"),
    LINK(P, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "服务机构",
         .en = "Organisation"),
    FIELD(P, from_day, .read_only = true, .brief = true, .zh = "从哪天起", .en = "From"),
    FIELD(P, until_day, .read_only = true, .filter = true, .brief = true, .zh = "到哪天止",
          .en = "Until"),
    FIELD(P, renewed, .read_only = true, .zh = "已续期次数", .en = "Renewed, times"),
    LINK(P, account, "account", .read_only = true, .zh = "申请账号", .en = "Asked by account"),
    LINK(P, placed_by, "account", .read_only = true, .zh = "登记人员", .en = "Written down by"),
    CHOICE(P, channel, channel_choices, .read_only = true, .zh = "渠道", .en = "Channel"),
    CHOICE(P, pay_way, pay_way_choices, .read_only = true, .zh = "自付部分付款方式",
           .en = "Own part paid how"),
    CHOICE(P, consent_way, consent_ways, .read_only = true, .zh = "老人同意方式",
           .en = "Consent by"),
    LINK(P, heard_by, "account", .read_only = true, .zh = "谁听到老人同意", .en = "Consent heard by"),
    FIELD(P, reason, .high = 300, .read_only = true, .zh = "原因", .en = "Reason"),
    CHOICE(P, state, plan_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index plan_indexes[] = {
    { .name = "elder", .columns = "elder, state, id" },
    { .name = "org", .columns = "org, state, id" },
    { .name = "account", .columns = "account, id" },
    { .name = "package", .columns = "service_package, state, id" },
    { .name = "ends", .columns = "state, scope, until_day, id" },
    { .name = "until", .columns = "until_day, id" },
    { .name = "waiting", .columns = "state, scope, created_at" },
    { 0 },
};
static const struct sort plan_sorts[] = {
    { "created", "id", true, "最近登记", "Latest" }, { "until", "until_day", false, "到期先后", "Ends" },
    { 0 },
};

/* --- steps --- */

static const struct field accept_takes[] = {
    CHOICE(struct plan_accept, consent_way, consent_ways, .required = true, .zh = "老人怎样同意的",
           .en = "How did she agree"),
    { 0 },
};
struct plan_decline { struct sv reason; };
static const struct field decline_takes[] = {
    FIELD(struct plan_decline, reason, .required = true, .high = 300, .many_lines = true,
          .zh = "原因", .en = "Reason"),
    { 0 },
};

static enum err accept(struct ctx *c, void *row, const void *input)
{
    P *p = row;
    p->consent_way = ((const struct plan_accept *)input)->consent_way;
    p->heard_by = review_me(c);
    return ERR_NONE;
}

static enum err decline(struct ctx *c, void *row, const void *input)
{
    (void)c;
    ((P *)row)->reason = ((const struct plan_decline *)input)->reason;
    return ERR_NONE;
}

static enum err may_change(struct ctx *c, const void *row)
{
    return standing_may_order(c, ((const P *)row)->elder);
}

/* Family says so some days before, since the station has planned; the station at once. */
static enum err end(struct ctx *c, void *row, const void *input)
{
    const struct standing_end_input *in = input;
    P *p = row;
    struct day today = day_of(c->now);
    int64_t notice = -1;
    bool citizen = who_may(c, MAY_BE_CITIZEN) && !who_may(c, MAY_SERVE_ORDERS);
    if (citizen && p->state == PLAN_ACTIVE)
        TRY(parameter_int(c, "package.end_notice_days", p->row.scope, today, &notice));
    if (in->last_day.n > p->until_day.n || in->last_day.n < today.n - 1)
        fail_field(c, SV("last_day"), "package.last_day");
    else if (in->last_day.n < today.n + notice)
        fail_field_args(c, SV("last_day"), "package.end_notice",
                        sv_fmt(&c->mem, "%lld", (long long)notice), SV(""));
    TRY(fail_fields(c));
    p->reason = in->reason;
    if (p->state == PLAN_ASKED || in->last_day.n < today.n)
        p->state = PLAN_ENDED;
    if (p->state == PLAN_ACTIVE)
        p->until_day = in->last_day;
    return plan_stop(c, p, in->last_day, in->reason);
}

struct day plan_until(struct day from, int64_t months)
{
    return (struct day){ day_months_on(from, months).n - 1 };
}

/* A new term begins the day after this one: by then a new edition may hold, or none. */
static enum err edition_of_next_term(struct ctx *c, const P *p, struct service_package *ret)
{
    struct day first = { p->until_day.n + 1 };
    int64_t next;
    bool found;
    TRY(entity_load(c, &service_package_entity, p->service_package.n, ret, &found));
    TRY(db_int(c, &sql_package_follower,
               PARAMS(P_INT("replaces", p->service_package.n), P_INT("day", first.n)), &next));
    if (next)
        return fail(c, ERR_CONFLICT, "package.new_edition", "package %lld is followed by %lld",
                    (long long)p->service_package.n, (long long)next);
    if (!found || ret->state != REVIEW_PUBLISHED ||
        (day_known(ret->valid_to) && ret->valid_to.n < first.n))
        return fail(c, ERR_CONFLICT, "package.closed", "package %lld is closed",
                    (long long)p->service_package.n);
    return ERR_NONE;
}

MUST static enum err renew_window(struct ctx *c, const P *p, int64_t *ret_days, bool *ret_open)
{
    struct day today = day_of(c->now);
    TRY(parameter_int(c, "package.renew_days", p->row.scope, today, ret_days));
    *ret_open = p->state == PLAN_ACTIVE && p->until_day.n - today.n <= *ret_days;
    return ERR_NONE;
}

enum err plan_may_renew(struct ctx *c, const struct package_plan *p, bool *ret_may)
{
    int64_t days;
    return renew_window(c, p, &days, ret_may);
}

static enum err renew_guard(struct ctx *c, const void *row)
{
    int64_t days;
    bool open;
    TRY(may_change(c, row));
    TRY(renew_window(c, row, &days, &open));
    if (open)
        return ERR_NONE;
    return fail(c, ERR_CONFLICT, "package.renew_early", "not within %lld days", (long long)days);
}

static enum err renew(struct ctx *c, void *row, const void *input)
{
    struct service_package of;
    P *p = row;
    (void)input;
    TRY(edition_of_next_term(c, p, &of));
    p->until_day = plan_until((struct day){ p->until_day.n + 1 }, of.months);
    p->renewed++;
    return ERR_NONE;
}

#define ALL (RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_PLACE_ORDERS) | RIGHT(MAY_SERVE_ORDERS))
#define SERVES RIGHT(MAY_SERVE_ORDERS)
const struct step package_plan_steps[] = {
    { .from = "asked", .action = "accept", .to = "active", .may = SERVES, .effect = accept,
      .takes = accept_takes, .takes_size = sizeof(struct plan_accept), .zh = "接受",
      .en = "Agree" },
    { .from = "asked", .action = "decline", .to = "declined", .may = SERVES, .effect = decline,
      .takes = decline_takes, .takes_size = sizeof(struct plan_decline), .danger = true,
      .zh = "不接受", .en = "Decline" },
    { .from = "active", .action = "renew", .to = "", .may = ALL, .guard = renew_guard,
      .effect = renew, .zh = "续期", .en = "Renew" },
    { .from = "asked,active", .action = "end", .to = "", .may = ALL, .guard = may_change,
      .effect = end, .takes = standing_end_takes, .takes_size = sizeof(struct standing_end_input),
      .danger = true, .zh = "提前结束", .en = "End early" },
    { .from = "asked,active", .action = "expire", .to = "ended", .automatic = true, .zh = "到期",
      .en = "Expire" },
    { 0 },
};

/* Orders ask what the plan covers, so they are made once the row is stored. */
static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const P *p = row, *was = before;
    (void)action;
    if (!was || p->state != PLAN_ACTIVE)
        return ERR_NONE;
    if (was->state == PLAN_ASKED)
        return plan_start(c, p);
    return p->renewed > was->renewed ? plan_prolong(c, p, was->until_day)
                                      : ERR_NONE;
}

#define OF_FAMILY "account = $ OR elder IN (SELECT id FROM elder WHERE account = $) OR elder IN (" \
                  BOUND_ELDERS ")"

const struct entity package_plan_entity = {
    .name = "package_plan", .zh = "服务包签订", .en = "Plan of a package", .kind = ENTITY_ORDINARY,
    .size = sizeof(P), .fields = package_plan_fields, .indexes = plan_indexes,
    .sorts = plan_sorts, .state = "state", .steps = package_plan_steps, .title = "service_package",
    .reads = MAY_READ_ORDERS, .writes = MAY_PLACE_ORDERS, .no_create = true, .no_update = true,
    .seen_by_own = OF_FAMILY, .seen_by_org = "org = $", .elder = "elder", .open = "asked,active",
    .found_by = "elder", .scope_of = "elder", .follow = follow, .menu = "orders",
};
#undef P

#define L struct package_line
const struct field package_line_fields[] = {
    ROW_FIELDS(L),
    LINK(L, plan, "package_plan", .read_only = true, .filter = true, .zh = "服务包签订",
         .en = "Plan"),
    LINK(L, package_item, "package_item", .read_only = true, .zh = "服务包内容", .en = "Item of it"),
    LINK(L, item, "catalogue_item", .read_only = true, .brief = true, .zh = "服务项目", .en = "Item"),
    LINK(L, offer, "offer", .read_only = true, .brief = true, .zh = "服务供给", .en = "Offer"),
    SET(L, weekdays, weekday_choices, .read_only = true, .brief = true, .zh = "每周哪几天",
        .en = "Weekdays"),
    FIELD(L, start_min, .high = 1439, .read_only = true, .brief = true, .zh = "开始", .en = "Start"),
    { 0 },
};

static const struct index line_indexes[] = {
    { .name = "plan", .columns = "plan, id" }, { .name = "item", .columns = "package_item, id" },
    { .name = "offer", .columns = "offer, id" }, { 0 },
};
static const struct sort line_sorts[] = { { "created", "id", false, "先后", "Order" }, { 0 } };

const struct entity package_line_entity = {
    .name = "package_line", .zh = "服务包签订内容", .en = "Item of a plan", .kind = ENTITY_ORDINARY,
    .size = sizeof(L), .fields = package_line_fields, .indexes = line_indexes,
    .sorts = line_sorts, .title = "item", .reads = MAY_READ_ORDERS, .writes = MAY_PLACE_ORDERS,
    .no_create = true, .no_update = true,
    .seen_by_own = "plan IN (SELECT id FROM package_plan WHERE " OF_FAMILY ")",
    .seen_by_org = "plan IN (SELECT id FROM package_plan WHERE org = $)", .scope_of = "plan",
};
#undef L

enum err plan_lines(struct ctx *c, struct package_plan_id id,
                    struct package_line lines[PACKAGE_ITEMS_MAX], size_t *ret_n)
{
    *ret_n = 0;
    struct rows r = db_rows(c, &sql_plan_lines, PARAMS(P_INT("plan", id.n)));
    while (*ret_n < PACKAGE_ITEMS_MAX && rows_next(&r)) {
        record_clear(package_line_fields, &lines[*ret_n]);
        rows_read(&r, package_line_fields, &lines[(*ret_n)++]);
    }
    return rows_end(&r);
}

/* --- the clock --- */

static enum err job_expire(struct ctx *c, const struct job *j)
{
    static const struct step_by_clock expire = { &package_plan_entity, &sql_plan_past, "expire",
                                                 "" };
    return step_by_clock(c, j, &expire);
}

const struct job_kind package_jobs[] = { { .name = "package.expire", .run = job_expire }, { 0 } };
const struct schedule package_schedules[] = {
    { .name = "package.expire", .job = "package.expire", .every_s = 86400, .at_min = 6 }, { 0 },
};
