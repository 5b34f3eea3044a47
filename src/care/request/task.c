/* task.c - 承办单: what an organisation sees of a request it is to answer. */

#include "care/request/inside.h"

SQL(request_task_live);

const struct choice task_states[] = {
    { "routed", "待签收", "routed" },    { "accepted", "办理中", "accepted" },
    { "replied", "已答复", "replied" },  { "returned", "已退回", "given back" },
    { "taken_back", "已收回", "taken back" }, { 0 },
};

#define T struct request_task
const struct field request_task_fields[] = {
    ROW_FIELDS(T),
    FIELD(T, number, .read_only = true, .filter = true, .brief = true, .search_whole = true,
          .zh = "工单号", .en = "Number"),
    LINK(T, request, "request", .read_only = true, .filter = true, .zh = "诉求工单",
         .en = "Request"),
    LINK(T, org, "organisation", .read_only = true, .filter = true, .brief = true,
         .zh = "承办机构", .en = "Organisation"),
    CHOICE(T, risk, request_risks, .read_only = true, .filter = true, .brief = true, .zh = "风险",
           .en = "Risk"),
    CHOICE(T, kind, request_kinds, .read_only = true, .filter = true, .brief = true, .zh = "类别",
           .en = "Kind"),
    CHOICE(T, topic, request_topics, .read_only = true, .brief = true, .zh = "事项",
           .en = "Matter of"),
    FIELD(T, hidden, .read_only = true, .brief = true, .zh = "诉求人要求隐去",
          .en = "Asked to be hidden"),
    FIELD(T, gist, .read_only = true, .high = 1000, .many_lines = true, .zh = "转办摘要",
          .en = "Gist"),
    FIELD(T, matter, .class = SECRET, .read_only = true, .high = 5000, .many_lines = true,
          .zh = "诉求内容", .en = "What was said"),
    FIELD(T, name, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "诉求人", .en = "Who says so"),
    FIELD(T, phone, .class = SEALED, .mask = MASK_PHONE, .high = 20, .read_only = true,
          .zh = "联系电话", .en = "Telephone"),
    LINK(T, elder, "elder", .read_only = true, .zh = "涉及老年人", .en = "Elder concerned"),
    LINK(T, care_order, "care_order", .read_only = true, .zh = "涉及订单",
         .en = "Order it is about"),
    LINK(T, place, "place", .read_only = true, .zh = "涉及网点", .en = "Place it is about"),
    FIELD(T, accept_by, .read_only = true, .filter = true, .zh = "签收期限", .en = "Accept by"),
    FIELD(T, due, .read_only = true, .filter = true, .brief = true, .zh = "办结期限", .en = "Due"),
    FIELD(T, accepted_at, .read_only = true, .zh = "签收时间", .en = "Accepted at"),
    FIELD(T, done_at, .read_only = true, .zh = "办完时间", .en = "Done at"),
    FIELD(T, reply, .class = SECRET, .read_only = true, .high = 3000, .many_lines = true,
          .zh = "答复", .en = "Reply"),
    CHOICE(T, state, task_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "request", .columns = "request, id" },
    { .name = "once", .columns = "request", .unique = true,
      .where = "ended_at IS NULL AND state IN ('routed', 'accepted')",
      .message = "request.routed" },
    { .name = "number", .columns = "number, id" },
    { .name = "org", .columns = "org, state, due, id" },
    { .name = "work", .columns = "state, due, scope, id" },
    { .name = "within", .columns = "scope, state, due, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "risk", .columns = "risk, state, id" },
    { 0 },
};

static const struct sort sorts[] = {
    { "due", "due", false, "期限先后", "Due" }, { "number", "number", false, "工单号", "Number" },
    { 0 },
};

/* --- steps: each moves the request with it --- */

MUST static enum err request_moves(struct ctx *c, const T *t, const char *action,
                                   const void *input)
{
    struct request_ticket r;
    bool found;
    TRY(entity_load(c, &request_entity, t->request.n, &r, &found));
    if (!found)
        return fail(c, ERR_CONFLICT, "step.not_now", "request %lld is gone",
                    (long long)t->request.n);
    return entity_act_by_rule(c, &request_entity, r.id.n, r.row.version, sv_of(action), input, &r);
}

static enum err accept(struct ctx *c, void *row, const void *input)
{
    T *t = row;
    (void)input;
    t->accepted_at = c->now;
    return request_moves(c, t, "task_accept", NULL);
}

static const struct field reply_takes[] = {
    FIELD(struct reply_input, reply, .required = true, .low = 2, .high = 3000, .many_lines = true,
          .zh = "答复内容", .en = "Reply", .hint_zh = "诉求人看到的就是这段话",
          .hint_en = "she reads exactly this"),
    { 0 },
};

static enum err reply(struct ctx *c, void *row, const void *input)
{
    const struct reply_input *in = input;
    T *t = row;
    t->reply = in->reply;
    t->done_at = c->now;
    return request_moves(c, t, "task_reply", input);
}

static enum err give_back(struct ctx *c, void *row, const void *input)
{
    T *t = row;
    (void)input;
    t->done_at = c->now;
    return request_moves(c, t, "task_return", NULL);
}

static enum err taken_back(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((T *)row)->done_at = c->now;
    return ERR_NONE;
}

#define SERVES RIGHT(MAY_SERVE_ORDERS)
static const struct step steps[] = {
    { .from = "routed", .action = "accept", .to = "accepted", .may = SERVES, .effect = accept,
      .zh = "签收", .en = "Accept" },
    { .from = "accepted", .action = "reply", .to = "replied", .may = SERVES, .effect = reply,
      .takes = reply_takes, .takes_size = sizeof(struct reply_input), .zh = "答复",
      .en = "Reply" },
    { .from = "routed,accepted", .action = "give_back", .to = "returned", .may = SERVES,
      .effect = give_back, .reason = true, .danger = true, .zh = "退回转办单位",
      .en = "Give back" },
    { .from = "routed,accepted", .action = "take_back", .to = "taken_back", .effect = taken_back,
      .automatic = true, .zh = "收回", .en = "Taken back" },
    { 0 },
};

const struct entity request_task_entity = {
    .name = "request_task", .zh = "承办单", .en = "Request to answer", .size = sizeof(T),
    .fields = request_task_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "number", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true, .seen_by_org = "org = $", .scope_of = "request",
    .menu = "requests", .files = true, .files_class = SECRET,
};

/* --- from the request's side --- */

enum err task_live(struct ctx *c, struct request_id request, T *ret_task, bool *ret_found)
{
    int64_t id;
    *ret_found = false;
    TRY(db_int(c, &sql_request_task_live, PARAMS(P_INT("request", request.n)), &id));
    return id ? entity_load(c, &request_task_entity, id, ret_task, ret_found) : ERR_NONE;
}

enum err task_take_back(struct ctx *c, struct request_id request)
{
    T t;
    bool found;
    TRY(task_live(c, request, &t, &found));
    if (!found)
        return ERR_NONE;
    return entity_act_by_rule(c, &request_task_entity, t.id.n, t.row.version, SV("take_back"),
                              NULL, &t);
}

enum err task_make(struct ctx *c, const struct request_ticket *r, struct sv gist)
{
    T t;
    TRY(task_take_back(c, r->id));
    record_clear(request_task_fields, &t);
    t.request = r->id;
    t.org = r->handler;
    t.number = r->number;
    t.kind = r->kind;
    t.topic = r->topic;
    t.risk = r->risk;
    t.hidden = r->hidden;
    t.gist = gist;
    t.place = r->place;
    t.accept_by = r->accept_by;
    t.due = r->due;
    if (!r->hidden) {
        t.matter = r->matter;
        t.name = r->name;
        t.phone = r->phone;
        t.elder = r->elder;
        t.care_order = r->care_order;
    }
    return entity_create_by_rule(c, &request_task_entity, &t);
}

enum err task_days(struct ctx *c, const struct request_ticket *r)
{
    T t;
    bool found;
    TRY(task_live(c, r->id, &t, &found));
    if (!found || (t.due.n == r->due.n && t.accept_by.n == r->accept_by.n && t.risk == r->risk))
        return ERR_NONE;
    t.due = r->due;
    t.accept_by = r->accept_by;
    t.risk = r->risk;
    return entity_update_by_rule(c, &request_task_entity, &t, t.row.version, "days");
}
#undef T
