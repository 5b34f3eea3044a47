/* told.c - a call to be made: its life, and what its answer does to the order. */

#include "care/told/told.h"

#include "care/order/steps.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

SQL(told_wanted);
SQL(told_moot);

const struct choice told_states[] = {
    { "open", "待通知", "to be called" }, { "agreed", "同意", "agreed" },
    { "changed", "改时间", "another time" }, { "refused", "不要了", "refused" },
    { "unreached", "没接通", "not reached" }, { "moot", "不用再打", "no longer needed" }, { 0 },
};

#define T struct told_call
const struct field told_call_fields[] = {
    ROW_FIELDS(T),
    LINK(T, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    LINK(T, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(T, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    FIELD(T, day, .read_only = true, .filter = true, .brief = true, .zh = "服务日期",
          .en = "Day of the service"),
    FIELD(T, call_by, .read_only = true, .filter = true, .zh = "最迟通知", .en = "Call by"),
    FIELD(T, tries, .read_only = true, .brief = true, .zh = "没接次数", .en = "Not answered"),
    FIELD(T, tried_at, .read_only = true, .zh = "最近一次没接", .en = "Last tried"),
    FIELD(T, answered_at, .read_only = true, .zh = "通知时间", .en = "Answered at"),
    LINK(T, called_by, "account", .read_only = true, .zh = "通知人", .en = "Called by"),
    FIELD(T, note, .class = SECRET, .read_only = true, .high = 300, .zh = "记录", .en = "Note"),
    CHOICE(T, state, told_states, .read_only = true, .filter = true, .brief = true, .zh = "结果",
           .en = "Result"),
    { 0 },
};
#undef T

static const struct index indexes[] = {
    { .name = "order", .columns = "care_order", .unique = true, .where = "ended_at IS NULL",
      .message = "told.once" },
    { .name = "org_day", .columns = "org, day, id" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "waiting", .columns = "state, scope, call_by" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

/* --- steps --- */

struct note_of_call { struct sv note; };
static const struct field note_takes[] = {
    FIELD(struct note_of_call, note, .high = 300, .many_lines = true, .zh = "记录", .en = "Note"),
    { 0 },
};
struct slot_of_call { struct sv slot; };
static const struct field slot_takes[] = {
    FIELD(struct slot_of_call, slot, .required = true, .high = 20, .zh = "新的时段",
          .en = "New time"),
    { 0 },
};

static void answered(struct ctx *c, struct told_call *t, struct sv note)
{
    t->answered_at = c->now;
    t->called_by.n = c->who && c->who != &who_house ? c->who->account : 0;
    if (note.len)
        t->note = note;
}

/* The order's own step, by the rights of who heard her. */
static enum err order_step(struct ctx *c, const struct told_call *t, const char *action,
                           const void *input)
{
    struct care_order o;
    TRY(entity_get(c, &care_order_entity, t->care_order.n, &o));
    return entity_act(c, &care_order_entity, o.id.n, o.row.version, sv_of(action), input, &o);
}

static enum err agree(struct ctx *c, void *row, const void *input)
{
    const struct tell_input told = { TOLD_AGREED };
    answered(c, row, ((const struct note_of_call *)input)->note);
    return order_step(c, row, "tell", &told);
}

static enum err change(struct ctx *c, void *row, const void *input)
{
    const struct change_input to = { ((const struct slot_of_call *)input)->slot };
    const struct tell_input told = { TOLD_AGREED };
    answered(c, row, SV(""));
    TRY(order_step(c, row, "change", &to));
    return order_step(c, row, "tell", &told);
}

static enum err refuse(struct ctx *c, void *row, const void *input)
{
    answered(c, row, ((const struct note_of_call *)input)->note);
    return order_step(c, row, "refuse", NULL);
}

static enum err no_answer(struct ctx *c, void *row, const void *input)
{
    struct told_call *t = row;
    int64_t tries;
    (void)input;
    TRY(parameter_int(c, "told.tries", t->row.scope, day_of(c->now), &tries));
    t->tries++;
    t->tried_at = c->now;
    t->called_by.n = c->who && c->who != &who_house ? c->who->account : 0;
    if (t->tries >= tries)
        t->state = CALL_UNREACHED;
    return ERR_NONE;
}

#define DESK (RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_PLACE_ORDERS))

static const struct step steps[] = {
    { .from = "open,unreached", .action = "agree", .to = "agreed", .may = DESK, .effect = agree,
      .takes = note_takes, .takes_size = sizeof(struct note_of_call), .zh = "同意", .en = "Agreed" },
    { .from = "open,unreached", .action = "change", .to = "changed", .may = DESK,
      .effect = change, .takes = slot_takes, .takes_size = sizeof(struct slot_of_call),
      .zh = "改时间", .en = "Another time" },
    { .from = "open,unreached", .action = "refuse", .to = "refused", .may = RIGHT(MAY_PLACE_ORDERS),
      .effect = refuse, .takes = note_takes, .takes_size = sizeof(struct note_of_call),
      .danger = true, .zh = "不要了", .en = "Refused" },
    { .from = "open", .action = "no_answer", .to = "", .may = DESK, .effect = no_answer,
      .zh = "没接", .en = "No answer" },
    { .from = "open,unreached", .action = "moot", .to = "moot", .automatic = true },
    { 0 },
};

const struct entity told_call_entity = {
    .name = "told_call", .zh = "明日告知", .en = "Call before the service",
    .size = sizeof(struct told_call), .fields = told_call_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "day", .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true, .seen_by_org = "org = $",
    .elder = "elder", .scope_of = "care_order", .menu = "orders",
};

/* --- making --- */

struct making { struct day day; struct organisation_id org; bool more; };

static enum err make_some(struct ctx *c, void *arg)
{
    struct making *m = arg;
    int64_t ids[TOLD_LINES_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_told_wanted,
                            PARAMS(P_INT("day", m->day.n), P_INT("org", m->org.n),
                                   P_INT("most", TOLD_LINES_MAX)));
    while (n < TOLD_LINES_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct care_order o;
        bool found;
        TRY(entity_load(c, &care_order_entity, ids[i], &o, &found));
        struct told_call t = { .care_order = o.id, .org = o.org, .elder = o.elder, .day = o.day,
                               .call_by = { o.day.n - 1 } };
        TRY(entity_create_by_rule(c, &told_call_entity, &t));
    }
    m->more = n == TOLD_LINES_MAX;
    return ERR_NONE;
}

enum err told_make(struct ctx *c, struct day day, struct organisation_id org)
{
    struct making m = { day, org, false };
    return make_some(c, &m);
}

static enum err moot_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct told_call t;
    (void)with;
    return entity_act_by_rule(c, &told_call_entity, due->id, due->version, SV("moot"), NULL, &t);
}

/* Each hour: tomorrow's lines from noon on, and those that need no call any more. */
static enum err job_told(struct ctx *c, const struct job *j)
{
    struct making m = { { day_of(c->now).n + 1 }, { 0 }, minute_of(c->now) >= 12 * 60 };
    while (m.more)
        TRY(transaction_batch(c, make_some, &m));
    return work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_told_moot, .each = moot_one });
}

static const struct job_kind jobs[] = { { .name = "told", .run = job_told }, { 0 } };
static const struct schedule schedules[] = {
    { .name = "told", .job = "told", .every_s = 3600 }, { 0 },
};

static const struct parameter_default parameters[] = {
    { "told.tries", "3", "time", "几次没接算没接通", "Calls without an answer that end it",
      "系统默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "told.once", "这个订单已在告知名单上", "The order is on the list already" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "told_calls", .zh = "明日告知", .en = "Calls before the service",
      .entity = "told_call", .list = "state=open", .due = "call_by",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "elder,care_order,day,tries" },
    { .key = "told_unreached", .zh = "告知没接通", .en = "Calls nobody answered",
      .entity = "told_call", .list = "state=unreached", .due = "call_by",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "elder,care_order,day,tries",
      .weight = TODO_URGENT },
    { 0 },
};

const struct module told_module = {
    .name = "told", .entities = (const struct entity *const[]){ &told_call_entity, NULL },
    .endpoints = told_endpoints, .jobs = jobs, .schedules = schedules, .parameters = parameters,
    .messages = messages, .todos = todos,
};
