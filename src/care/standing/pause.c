/* pause.c - a pause of all that comes to an elder: what it stops, and asking when it ends. */

#include "care/standing/pause.h"

#include "care/elder/seen.h"
#include "care/family/family.h"
#include "care/message/message.h"
#include "care/order/steps.h"
#include "care/parameter/parameter.h"
#include "care/standing/begin.h"
#include "care/standing/standing.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

SQL(pause_on);
SQL(pause_orders);
SQL(pause_ask);
SQL(pause_twice);
SQL(pause_orders_left);
SQL(standing_day_by_order);

const struct choice pause_kinds[] = {
    { "hospital", "住院", "in hospital" }, { "away", "外出", "away" },
    { "children", "在子女家", "at her child's" }, { "other", "其他", "other" }, { 0 },
};
const struct choice pause_states[] = {
    { "active", "暂停", "paused" }, { "ended", "已恢复", "resumed" },
    { "withdrawn", "已撤销", "withdrawn" }, { 0 },
};

#define P struct pause
const struct field pause_fields[] = {
    ROW_FIELDS(P),
    LINK(P, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    CHOICE(P, kind, pause_kinds, .read_only = true, .filter = true, .brief = true, .zh = "原因",
           .en = "Why"),
    FIELD(P, from_day, .read_only = true, .brief = true, .zh = "从哪天起", .en = "From"),
    FIELD(P, until_day, .read_only = true, .brief = true, .zh = "到哪天止", .en = "Until"),
    FIELD(P, ask_on, .read_only = true, .filter = true, .zh = "哪天询问是否恢复",
          .en = "Asked about on"),
    FIELD(P, note, .class = SECRET, .high = 500, .read_only = true, .many_lines = true,
          .zh = "备注", .en = "Note"),
    LINK(P, asked_by, "account", .read_only = true, .zh = "登记人", .en = "Noted by"),
    FIELD(P, called_off, .read_only = true, .zh = "取消的订单数", .en = "Orders called off"),
    CHOICE(P, state, pause_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder, from_day, id" },
    { .name = "ask", .columns = "state, ask_on, scope, id" },
    { .name = "within", .columns = "scope, state, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "ask_on", .columns = "ask_on, id" },
    { .name = "once", .columns = "elder", .unique = true,
      .where = "ended_at IS NULL AND state = 'active'", .message = "pause.twice" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "最近登记", "Latest" }, { 0 } };

/* --- asking --- */

MUST static enum err pause_find(struct ctx *c, struct elder_id elder, struct day day, P *ret_pause,
                                bool *ret_found)
{
    record_clear(pause_fields, ret_pause);
    *ret_found = false;
    if (!elder.n)
        return ERR_NONE;
    return db_find(c, &sql_pause_on, PARAMS(P_INT("elder", elder.n), P_INT("day", day.n)),
                   pause_fields, ret_pause, ret_found);
}

enum err pause_on(struct ctx *c, struct elder_id elder, struct day day, P *ret_pause,
                  bool *ret_found)
{
    TRY(pause_find(c, elder, day, ret_pause, ret_found));
    return *ret_found ? entity_load(c, &pause_entity, ret_pause->id.n, ret_pause, ret_found)
                      : ERR_NONE;
}

enum err elder_paused(struct ctx *c, struct elder_id elder, struct day day, bool *ret_paused)
{
    P p;
    return pause_find(c, elder, day, &p, ret_paused);
}

/* --- what stands in it --- */

enum err pause_orders(struct ctx *c, struct elder_id elder, struct day from, struct day until,
                      int64_t ids[PAUSE_ORDERS_MAX], size_t *ret_n)
{
    size_t n = 0;
    int64_t last = day_known(until) ? until.n : day_of(c->now).n + 366;
    struct rows r = db_rows(c, &sql_pause_orders,
                            PARAMS(P_INT("elder", elder.n), P_INT("first", from.n),
                                   P_INT("last", last), P_INT("today", day_of(c->now).n),
                                   P_INT("minute", minute_of(c->now))));
    while (n < PAUSE_ORDERS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    *ret_n = n;
    return rows_end(&r);
}

/* The day of the rule that an order came from is open again, for when the pause is over. */
MUST static enum err mark_paused(struct ctx *c, int64_t care_order)
{
    struct standing_day d;
    bool found;
    record_clear(standing_day_fields, &d);
    TRY(db_find(c, &sql_standing_day_by_order, PARAMS(P_INT("care_order", care_order)),
                standing_day_fields, &d, &found));
    if (!found)
        return ERR_NONE;
    d.state = DAY_PAUSED;
    return standing_day_mark(c, &d);
}

MUST static enum err end_order(struct ctx *c, int64_t id, bool free_of_charge)
{
    struct care_order o;
    struct reason_input why = { SV("老人暂停服务") };
    bool found;
    if (free_of_charge)
        return order_call_off(c, (struct care_order_id){ id }, why.reason);
    TRY(entity_load(c, &care_order_entity, id, &o, &found));
    return entity_act_by_rule(c, &care_order_entity, id, o.row.version, SV("cancel"), &why, &o);
}

MUST static enum err call_off(struct ctx *c, P *p, struct day from)
{
    int64_t ids[PAUSE_ORDERS_MAX], free_of_charge;
    size_t n;
    TRY(parameter_int(c, "pause.cancel_free", p->row.scope, day_of(c->now), &free_of_charge));
    TRY(pause_orders(c, p->elder, from, p->until_day, ids, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(mark_paused(c, ids[i]));
        TRY(end_order(c, ids[i], free_of_charge != 0));
    }
    p->called_off += (int64_t)n;
    return ERR_NONE;
}

/* --- beginning --- */

const struct field pause_new_fields[] = {
    LINK(struct pause_new, elder, "elder", .required = true, .zh = "老年人", .en = "Elder"),
    CHOICE(struct pause_new, kind, pause_kinds, .required = true, .zh = "原因", .en = "Why"),
    FIELD(struct pause_new, from_day, .required = true, .zh = "从哪天起", .en = "First day"),
    FIELD(struct pause_new, until_day, .zh = "到哪天止", .en = "Last day; open when absent"),
    FIELD(struct pause_new, note, .high = 500, .zh = "备注", .en = "Note"),
    { 0 },
};

MUST static enum err when_to_ask(struct ctx *c, P *p, struct day from)
{
    int64_t days;
    if (day_known(p->until_day)) {
        p->ask_on = p->until_day;
        return ERR_NONE;
    }
    TRY(parameter_int(c, "pause.open_ask_days", p->row.scope, day_of(c->now), &days));
    p->ask_on.n = from.n + days;
    return ERR_NONE;
}

static void check_span(struct ctx *c, struct day from, struct day until)
{
    if (from.n < day_of(c->now).n - 31)
        fail_field(c, SV("from_day"), "pause.from_past");
    if (day_known(until) && until.n < from.n)
        fail_field(c, SV("until_day"), "days.backwards");
}

enum err pause_elder(struct ctx *c, struct elder_id id, struct elder *ret_elder)
{
    bool found;
    if (!who_may(c, MAY_BE_CITIZEN) || who_may(c, MAY_PLACE_ORDERS)) {
        if (!who_may(c, MAY_WRITE_REGISTER))
            TRY(who_need(c, MAY_PLACE_ORDERS));
        return entity_get(c, &elder_entity, id.n, ret_elder);
    }
    TRY(standing_may_order(c, id));
    return entity_load(c, &elder_entity, id.n, ret_elder, &found);
}

enum err pause_begin(struct ctx *c, const struct pause_new *n, P *ret_pause)
{
    struct elder e;
    TRY(pause_elder(c, n->elder, &e));
    check_span(c, n->from_day, n->until_day);
    TRY(fail_fields(c));
    record_clear(pause_fields, ret_pause);
    ret_pause->row.scope = e.row.scope;
    ret_pause->elder = n->elder;
    ret_pause->kind = n->kind;
    ret_pause->from_day = n->from_day;
    ret_pause->until_day = n->until_day;
    ret_pause->note = n->note;
    ret_pause->asked_by = review_me(c);
    TRY(when_to_ask(c, ret_pause, n->from_day));
    TRY(call_off(c, ret_pause, n->from_day));
    return entity_create_by_rule(c, &pause_entity, ret_pause);
}

/* --- steps --- */

struct resume_input { struct day day; };
static const struct field resume_takes[] = {
    FIELD(struct resume_input, day, .zh = "从哪天起恢复", .en = "Served again from; today when absent"),
    { 0 },
};
struct extend_input { struct day until_day; };
static const struct field extend_takes[] = {
    FIELD(struct extend_input, until_day, .zh = "延长到（不填为待定）",
          .en = "Until; open when absent"),
    { 0 },
};

/*
 * The row is stored after the effect, and the orders to come ask elder_paused(): so they are made
 * in `follow`.
 */
static enum err resume(struct ctx *c, void *row, const void *input)
{
    P *p = row;
    struct day day = ((const struct resume_input *)input)->day, today = day_of(c->now);
    day = day_known(day) ? day : today;
    if (day.n < p->from_day.n && p->from_day.n > today.n)
        day = p->from_day;                /* not begun yet: it never was */
    if (day.n < today.n) {
        fail_field(c, SV("day"), "pause.resume_past");
        return fail_fields(c);
    }
    p->until_day.n = day.n - 1;
    return ERR_NONE;
}

static enum err extend(struct ctx *c, void *row, const void *input)
{
    P *p = row;
    struct day until = ((const struct extend_input *)input)->until_day, today = day_of(c->now);
    if (day_known(until) && until.n < today.n) {
        fail_field(c, SV("until_day"), "pause.extend_past");
        return fail_fields(c);
    }
    struct day from = p->until_day;
    p->until_day = until;
    TRY(when_to_ask(c, p, today));
    return call_off(c, p, day_known(from) && from.n > p->from_day.n ? from : p->from_day);
}

static enum err may_change(struct ctx *c, const void *row)
{
    return standing_may_order(c, ((const P *)row)->elder);
}

static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const P *p = row;
    (void)action;
    return before && p->state != PAUSE_ACTIVE ? standing_make_of(c, p->elder) : ERR_NONE;
}

#define ALL (RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_PLACE_ORDERS) | RIGHT(MAY_SERVE_ORDERS) | \
             RIGHT(MAY_WRITE_REGISTER))

static const struct step steps[] = {
    { .from = "active", .action = "resume", .to = "ended", .may = ALL, .guard = may_change,
      .effect = resume, .takes = resume_takes, .takes_size = sizeof(struct resume_input),
      .zh = "恢复服务", .en = "Resume" },
    { .from = "active", .action = "extend", .to = "", .may = ALL, .guard = may_change,
      .effect = extend, .takes = extend_takes, .takes_size = sizeof(struct extend_input),
      .zh = "延长暂停", .en = "Extend" },
    { .from = "active", .action = "withdraw", .to = "withdrawn", .may = ALL, .guard = may_change,
      .reason = true, .zh = "登记错了，撤销", .en = "A mistake: withdraw" },
    { 0 },
};

const struct entity pause_entity = {
    .name = "pause", .zh = "暂停服务", .en = "Pause", .kind = ENTITY_ORDINARY, .size = sizeof(P),
    .fields = pause_fields, .indexes = indexes, .sorts = sorts, .state = "state", .steps = steps,
    .title = "kind", .reads = MAY_READ_REGISTER, .writes = MAY_PLACE_ORDERS, .no_create = true,
    .no_update = true, .seen_by_own = SEEN_BY_FAMILY, .seen_by_org = SEEN_BY_SERVER,
    .elder = "elder", .open = "active", .found_by = "elder", .scope_of = "elder",
    .follow = follow, .menu = "orders",
};
#undef P

/* --- on the day it ends --- */

MUST static enum err tell_people(struct ctx *c, const struct pause *p)
{
    struct civil until = civil_of_day(p->ask_on);
    return message_people(c, &(struct message_new){
        .kind = TELL_PAUSE_ENDS, .elder = p->elder, .scope = p->row.scope,
        .values = { { "day", sv_fmt(&c->mem, "%d月%d日", until.month, until.day) } },
        .once = sv_fmt(&c->mem, "pause.ends/%lld/%lld", (long long)p->id.n,
                       (long long)p->ask_on.n) });
}

static enum err ask_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct pause p;
    bool found;
    (void)with;
    TRY(entity_load(c, &pause_entity, due->id, &p, &found));
    return found ? tell_people(c, &p) : ERR_NONE;
}

static enum err job_ask(struct ctx *c, const struct job *j)
{
    return work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_pause_ask, .each = ask_one });
}

static const struct job_kind jobs[] = { { .name = "pause.ask", .run = job_ask }, { 0 } };
static const struct schedule schedules[] = {
    { .name = "pause.ask", .job = "pause.ask", .every_s = 86400, .at_min = 540 }, { 0 },
};

static const struct parameter_default parameters[] = {
    { "pause.cancel_free", "1", "", "暂停期间已下的订单免费取消（1 是，0 按取消规则）",
      "Orders in a pause are cancelled free of charge (1), or by the cancel rule (0)",
      "平台默认值，待核" },
    { "pause.open_ask_days", "7", "day", "未定期限的暂停，几天后询问是否恢复",
      "An open pause is asked about after so many days", "平台默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "pause.twice", "这位老人已在暂停服务，请延长或恢复那一次",
      "She is paused already: extend or end that one" },
    { "pause.from_past", "起始日期最多补登一个月", "It began more than a month ago" },
    { "pause.resume_past", "恢复日期不能早于今天", "The day of resuming lies in the past" },
    { "pause.extend_past", "延长到的日期不能早于今天", "The new last day lies in the past" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "pause_once", "同一老人同时只有一次暂停", &sql_pause_twice },
    { "pause_orders", "暂停期间没有长期服务的订单", &sql_pause_orders_left },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "pause_ends", .zh = "暂停到期：恢复还是延长", .en = "Pauses that end: resume or extend",
      .entity = "pause", .list = "state=active&ask_on.to={today}", .due = "ask_on",
      .may = RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_WRITE_REGISTER),
      .shows = "elder,kind,from_day,until_day" },
    { 0 },
};

const struct module pause_module = {
    .name = "pause", .entities = (const struct entity *const[]){ &pause_entity, NULL },
    .endpoints = pause_endpoints, .jobs = jobs, .schedules = schedules, .parameters = parameters,
    .messages = messages, .invariants = invariants, .todos = todos,
};
