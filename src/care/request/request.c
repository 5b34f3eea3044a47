/* request.c - 诉求工单: fields, constraints and the rules of one write. */

#include "care/request/inside.h"

#include "base/id.h"
#include "care/order/placing.h"

const struct choice request_kinds[] = {
    { "consultation", "咨询", "consultation" }, { "suggestion", "建议", "suggestion" },
    { "complaint", "投诉", "complaint" },       { "help", "求助", "help" }, { 0 },
};
const struct choice request_channels[] = {
    { "web", "网上", "web" },           { "phone", "电话", "telephone" },
    { "counter", "柜台", "counter" },   { "hotline", "12345", "12345" },
    { "open311", "Open311", "Open311" }, { "visited", "上门了解", "heard at a visit" }, { 0 },
};
const struct choice request_topics[] = {
    { "other", "其他", "other" },           { "meal", "助餐送餐", "meals" },
    { "home", "上门服务", "care at home" }, { "station", "驿站和日间照料", "station, day care" },
    { "institution", "养老机构", "institution" }, { "staff", "服务人员", "staff" },
    { "fee", "收费退费", "fees, refunds" }, { "subsidy", "补贴政策", "subsidies, policy" },
    { "safety", "安全", "safety" },         { "facility", "设施环境", "facilities" }, { 0 },
};
const struct choice request_risks[] = {
    { "normal", "一般", "normal" }, { "middle", "较高", "raised" }, { "high", "高", "high" }, { 0 },
};
const struct choice request_states[] = {
    { "open", "待转办", "open" },         { "routed", "待签收", "routed" },
    { "accepted", "办理中", "accepted" }, { "replied", "已答复", "replied" },
    { "closed", "已办结", "closed" },     { "withdrawn", "已撤回", "withdrawn" }, { 0 },
};
const struct choice request_timelies[] = {
    { "waiting", "未到", "waiting" }, { "in_time", "按时", "in time" }, { "late", "逾期", "late" },
    { 0 },
};
const struct choice request_solveds[] = {
    { "unknown", "未评价", "not said" }, { "yes", "解决了", "solved" },
    { "no", "没解决", "not solved" }, { 0 },
};
const struct choice request_satisfieds[] = {
    { "unknown", "未评价", "not said" }, { "yes", "满意", "satisfied" },
    { "partly", "基本满意", "partly satisfied" }, { "no", "不满意", "not satisfied" }, { 0 },
};

enum { OFFICE_MORNING_MIN = 540 };         /* the hour of a day that is told without one */

#define R struct request_ticket
const struct field request_fields[] = {
    ROW_FIELDS(R),
    FIELD(R, number, .read_only = true, .filter = true, .brief = true, .search_whole = true,
          .zh = "工单号", .en = "Number"),
    CHOICE(R, risk, request_risks, .read_only = true, .filter = true, .brief = true, .zh = "风险",
           .en = "Risk"),
    CHOICE(R, kind, request_kinds, .filter = true, .brief = true, .zh = "类别", .en = "Kind"),
    CHOICE(R, topic, request_topics, .filter = true, .brief = true, .zh = "事项", .en = "Matter of"),
    CHOICE(R, channel, request_channels, .create_only = true, .filter = true, .brief = true,
           .zh = "来源", .en = "Came by"),
    FIELD(R, number12345, .high = 40, .create_only = true, .filter = true, .search_whole = true,
          .zh = "12345编号", .en = "Number of 12345"),
    FIELD(R, came_on, .create_only = true, .zh = "反映日期", .en = "Said on"),
    FIELD(R, came_at, .create_only = true, .filter = true, .brief = true, .zh = "反映时间",
          .en = "Said at"),
    LINK(R, account, "account", .read_only = true, .zh = "提交账号", .en = "Sent by account"),
    LINK(R, written_by, "account", .read_only = true, .zh = "登记人", .en = "Written down by"),
    FIELD(R, name, .class = MASKED, .mask = MASK_NAME, .high = 40, .search = true, .zh = "诉求人",
          .en = "Who says so"),
    FIELD(R, phone, .class = SEALED, .mask = MASK_PHONE, .high = 20, .filter = true,
          .check = phone_check, .zh = "联系电话", .en = "Telephone"),
    FIELD(R, hidden, .create_only = true, .filter = true, .zh = "对被反映方隐去诉求人",
          .en = "Hidden from who it is about"),
    LINK(R, elder, "elder", .filter = true, .zh = "涉及老年人", .en = "Elder concerned"),
    LINK(R, org, "organisation", .filter = true, .brief = true, .zh = "被反映单位",
         .en = "Organisation it is about"),
    LINK(R, place, "place", .filter = true, .zh = "涉及网点", .en = "Place it is about"),
    LINK(R, care_order, "care_order", .filter = true, .zh = "涉及订单", .en = "Order it is about"),
    LINK(R, division, "division", .zh = "所在区划", .en = "Division"),
    LINK(R, client, "open311_client", .read_only = true, .filter = true, .zh = "接入应用",
         .en = "Sent by program"),
    FIELD(R, lat, .read_only = true, .hidden = true, .zh = "纬度", .en = "Latitude"),
    FIELD(R, lon, .read_only = true, .hidden = true, .zh = "经度", .en = "Longitude"),
    FIELD(R, matter, .class = SECRET, .required = true, .low = 1, .high = 5000, .many_lines = true,
          .zh = "诉求内容", .en = "What was said"),
    FIELD(R, danger, .create_only = true, .zh = "有人受伤或有危险", .en = "Somebody is in danger"),
    FIELD(R, risk_why, .read_only = true, .high = 200, .zh = "风险依据", .en = "Why this risk"),
    LINK(R, handler, "organisation", .read_only = true, .filter = true, .brief = true,
         .zh = "承办机构", .en = "Answered by organisation"),
    LINK(R, office, "division", .read_only = true, .filter = true, .zh = "承办区划",
         .en = "Answered by office of"),
    FIELD(R, city_due, .zh = "市级要求办结日", .en = "Due by the city"),
    FIELD(R, accept_by, .read_only = true, .filter = true, .zh = "签收期限", .en = "Accept by"),
    FIELD(R, due, .read_only = true, .filter = true, .brief = true, .zh = "办结期限", .en = "Due"),
    FIELD(R, due_unsure, .read_only = true, .zh = "期限按周一至周五估算",
          .en = "Days by weekday only"),
    FIELD(R, extended, .read_only = true, .filter = true, .zh = "已延期", .en = "Put off"),
    FIELD(R, extend_reason, .read_only = true, .high = 300, .zh = "延期理由", .en = "Why put off"),
    FIELD(R, routed_at, .read_only = true, .zh = "转办时间", .en = "Routed at"),
    FIELD(R, accepted_at, .read_only = true, .zh = "签收时间", .en = "Accepted at"),
    FIELD(R, replied_at, .read_only = true, .filter = true, .zh = "答复时间", .en = "Replied at"),
    LINK(R, replied_by, "account", .read_only = true, .zh = "答复人", .en = "Replied by"),
    FIELD(R, closed_at, .read_only = true, .filter = true, .zh = "办结时间", .en = "Closed at"),
    CHOICE(R, response, request_timelies, .read_only = true, .filter = true, .zh = "响应",
           .en = "Response"),
    CHOICE(R, finish, request_timelies, .read_only = true, .filter = true, .zh = "按期答复",
           .en = "Answered in time"),
    FIELD(R, reply, .class = SECRET, .read_only = true, .high = 3000, .many_lines = true,
          .zh = "答复", .en = "Reply"),
    CHOICE(R, solved, request_solveds, .read_only = true, .filter = true, .zh = "是否解决",
           .en = "Solved"),
    CHOICE(R, satisfied, request_satisfieds, .read_only = true, .filter = true, .zh = "是否满意",
           .en = "Satisfied"),
    FIELD(R, rated_words, .class = SECRET, .read_only = true, .high = 1000, .many_lines = true,
          .zh = "诉求人的话", .en = "Her words"),
    FIELD(R, reopened, .read_only = true, .filter = true, .zh = "未解决重办次数",
          .en = "Times opened again"),
    FIELD(R, inspection_asked, .read_only = true, .filter = true, .zh = "已请检查",
          .en = "Inspection asked"),
    CHOICE(R, state, request_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "number", .columns = "number", .unique = true, .message = "order.number_taken" },
    { .name = "number12345", .columns = "number12345", .unique = true,
      .where = "number12345 IS NOT NULL", .message = "request.number12345" },
    { .name = "work", .columns = "state, due, scope, id" },
    { .name = "accept", .columns = "state, accept_by, scope, id" },
    { .name = "within", .columns = "scope, state, due, id" },
    { .name = "risk", .columns = "risk, state, scope, due, id" },
    { .name = "account", .columns = "account, id" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "place", .columns = "place, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "care_order", .columns = "care_order, id" },
    { .name = "handler", .columns = "handler, state, due, id" },
    { .name = "office", .columns = "office, state, id" },
    { .name = "phone", .columns = "phone, id" },
    { .name = "answered", .columns = "scope, replied_at, id" },
    { .name = "accepts", .columns = "scope, accept_by, id" },
    { .name = "closed", .columns = "scope, closed_at, id" },
    { .name = "client", .columns = "client, came_at, id" },
    { .name = "channel", .columns = "channel, came_at, id" },
    { .name = "came", .columns = "scope, came_at, id" },
    { .name = "came_at", .columns = "came_at, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "topic", .columns = "topic, scope, id" },
    { 0 },
};

static const struct sort sorts[] = {
    { "due", "due", false, "期限先后", "Due" },
    { "came", "came_at", true, "最近反映", "Latest" },
    { "number", "number", false, "工单号", "Number" },
    { 0 },
};

/* A request lies with the elder, else with what it is about, else where she said. */
MUST static enum err scope_of(struct ctx *c, R *r)
{
    struct elder e;
    struct place p;
    struct organisation o;
    struct division d;
    bool found = false;
    if (r->elder.n)
        TRY(entity_load(c, &elder_entity, r->elder.n, &e, &found));
    if (found) {
        r->row.scope = e.row.scope;
        return ERR_NONE;
    }
    if (r->place.n)
        TRY(entity_load(c, &place_entity, r->place.n, &p, &found));
    if (found) {
        r->row.scope = p.row.scope;
        r->org = r->org.n ? r->org : p.org;
        return ERR_NONE;
    }
    if (r->division.n)
        TRY(entity_load(c, &division_entity, r->division.n, &d, &found));
    if (found) {
        r->row.scope = d.row.scope;
        return ERR_NONE;
    }
    if (r->org.n)
        TRY(entity_load(c, &organisation_entity, r->org.n, &o, &found));
    r->row.scope = found ? o.row.scope : r->row.scope;
    return ERR_NONE;
}

static enum err begin(struct ctx *c, R *r)
{
    TRY(scope_of(c, r));
    if (!r->id.n)
        TRY(id_next(c, c->house->ids, &r->id.n));
    if (day_known(r->came_on) && r->came_on.n > day_of(c->now).n)
        fail_field(c, SV("came_on"), "request.future");
    TRY(fail_fields(c));
    if (!moment_known(r->came_at) && day_known(r->came_on) && r->came_on.n < day_of(c->now).n)
        r->came_at = moment_at(r->came_on, OFFICE_MORNING_MIN);
    if (!moment_known(r->came_at))
        r->came_at = c->now;
    if (r->number12345.len)
        r->channel = REQUEST_12345;
    r->number = sv_fmt(&c->mem, "S%.*s", SV_ARG(order_number(&c->mem, day_of(r->came_at),
                                                            r->id.n)));
    TRY(request_judge(c, r));
    return request_clock(c, day_of(r->came_at), r);
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const R *was = before;
    R *r = row;
    if (!was)
        return begin(c, r);
    bool moved = was->elder.n != r->elder.n || was->place.n != r->place.n
                 || was->division.n != r->division.n || was->org.n != r->org.n;
    if (moved)
        TRY(scope_of(c, r));
    bool other = was->kind != r->kind || was->city_due.n != r->city_due.n;
    return other && !r->extended ? request_clock(c, day_of(r->came_at), r) : ERR_NONE;
}

const struct entity request_entity = {
    .name = "request", .zh = "诉求工单", .en = "Request", .size = sizeof(R),
    .fields = request_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = request_steps, .title = "number", .reads = MAY_READ_ORDERS,
    .writes = MAY_PLACE_ORDERS, .seen_by_own = "account = $", .elder = "elder",
    .open = "open,routed,accepted,replied", .rules = rules, .follow = request_follow,
    .menu = "requests", .files = true, .files_class = SECRET,
};
#undef R
