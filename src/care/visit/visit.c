/* visit.c - one coming to the home. */

#include "care/order/steps.h"
#include "care/visit/visit.h"

#include "care/elder/seen.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

SQL(carer_clash);
SQL(order_visit);
SQL(visit_clash_check);

enum { VISIT_NOTE_MAX = 2000 };

const struct choice visit_states[] = {
    { "planned", "待上门", "planned" }, { "arrived", "服务中", "arrived" }, { "done", "服务完成", "done" },
    { "not_met", "上门未遇", "not met" }, { "cancelled", "已取消", "cancelled" }, { 0 },
};

const struct choice visit_results[] = {
    { "none", "未填", "not said" }, { "well", "一切正常", "all is well" },
    { "needs_attention", "需要关注", "needs attention" }, { 0 },
};

/* By these words the first of two sorts first. */
const struct choice visit_seats[] = {
    { "alone", "一人上门", "alone" }, { "first", "两人上门·第一位", "first of two" },
    { "second", "两人上门·第二位", "second of two" }, { 0 },
};

#define V struct visit
const struct field visit_fields[] = {
    ROW_FIELDS(V),
    LINK(V, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    LINK(V, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(V, account, "account", .read_only = true, .zh = "下单账号", .en = "Account"),
    LINK(V, elder, "elder", .read_only = true, .filter = true, .zh = "老年人", .en = "Elder"),
    LINK(V, carer, "carer", .read_only = true, .filter = true, .brief = true, .zh = "护理员",
         .en = "Carer"),
    FIELD(V, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(V, start_min, .high = 1439, .read_only = true, .filter = true, .brief = true, .zh = "开始",
          .en = "Start"),
    FIELD(V, end_min, .high = 1440, .read_only = true, .zh = "结束", .en = "End"),
    CHOICE(V, state, visit_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    FIELD(V, arrived_at, .read_only = true, .brief = true, .zh = "到达时间", .en = "Arrived at"),
    FIELD(V, done_at, .read_only = true, .brief = true, .zh = "完成时间", .en = "Done at"),
    FIELD(V, arrived_known_at, .read_only = true, .zh = "到达上报时间", .en = "Arrival told at"),
    FIELD(V, done_known_at, .read_only = true, .zh = "完成上报时间", .en = "End told at"),
    FIELD(V, clock_off_s, .read_only = true, .zh = "手机时钟偏差(秒)", .en = "Phone's clock ahead by, s"),
    FIELD(V, entered_late, .read_only = true, .zh = "迟报", .en = "Told late"),
    FIELD(V, arrived_lat, .class = SECRET, .read_only = true, .zh = "到达纬度",
          .en = "Latitude on arrival"),
    FIELD(V, arrived_lon, .class = SECRET, .read_only = true, .zh = "到达经度",
          .en = "Longitude on arrival"),
    FIELD(V, note, .class = SECRET, .high = VISIT_NOTE_MAX, .read_only = true, .many_lines = true,
          .zh = "服务记录", .en = "Note"),
    CHOICE(V, result, visit_results, .read_only = true, .filter = true, .zh = "情况",
           .en = "Result"),
    FIELD(V, backdated, .read_only = true, .zh = "补录", .en = "Entered later"),
    FIELD(V, signed_by, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "签字人", .en = "Signed by"),
    CHOICE(V, seat, visit_seats, .read_only = true, .filter = true, .brief = true,
           .default_sql = "'alone'", .zh = "几人上门", .en = "Alone or together"),
    { 0 },
};

static const struct index visit_indexes[] = {
    { .name = "carer_day", .columns = "carer, day, start_min" },
    { .name = "org_day", .columns = "org, day, start_min" },
    { .name = "order", .columns = "care_order, id" },
    { .name = "today", .columns = "day, state, scope, start_min, seat",
      .where = "ended_at IS NULL" },
    { .name = "account", .columns = "account, carer", .where = "account IS NOT NULL" },
    { .name = "scope_day", .columns = "scope, day, id, ended_at" },
    { .name = "org_open", .columns = "org, state, day" },
    { .name = "one_live", .columns = "care_order, seat", .unique = true,
      .where = "state <> 'cancelled'",
      .message = "visit.second" },
    { .name = "span", .check = "start_min < end_min", .message = "visit.span" },
    { 0 },
};

static const struct sort visit_sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

static const struct field arrive_takes[] = {
    FIELD(struct arrive_input, lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct arrive_input, lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    { 0 },
};
static const struct field finish_takes[] = {
    FIELD(struct finish_input, note, .high = 1000, .many_lines = true, .zh = "服务记录", .en = "Note"),
    CHOICE(struct finish_input, result, visit_results, .zh = "情况", .en = "Result"),
    { 0 },
};
static const struct field not_met_takes[] = {
    FIELD(struct not_met_input, lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct not_met_input, lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    FIELD(struct not_met_input, note, .required = true, .high = 1000, .many_lines = true,
          .zh = "敲门、打电话的情况", .en = "What was tried: knocking, calling"),
    { 0 },
};
static const struct field note_takes[] = {
    FIELD(struct note_input, note, .required = true, .high = 500, .many_lines = true,
          .zh = "补充记录", .en = "What to add"),
    { 0 },
};
static const struct field reassign_takes[] = {
    LINK(struct reassign_input, carer, "carer", .required = true, .zh = "护理员", .en = "Carer"),
    { 0 },
};

/*
 * When it was, and when we were told. What was done or is entered on another day is 补录; what was
 * told later than the parameter says is 迟报; both marks stay.
 */
static enum err note_times(struct ctx *c, struct visit *v, struct moment *at, struct moment *known)
{
    int64_t late_min;
    *at = ctx_happened(c);
    *known = c->now;
    v->clock_off_s = c->clock_off_s;
    if (v->day.n < day_of(*at).n)
        v->backdated = true;
    TRY(parameter_int(c, "visit.late_minutes", v->row.scope, v->day, &late_min));
    if (known->ms - at->ms > late_min * 60000)
        v->entered_late = true;
    return ERR_NONE;
}

static enum err arrive_effect(struct ctx *c, void *row, const void *input)
{
    const struct arrive_input *in = input;
    struct visit *v = row;
    TRY(note_times(c, v, &v->arrived_at, &v->arrived_known_at));
    v->arrived_lat = in->lat;
    v->arrived_lon = in->lon;
    return order_follow_visit(c, v, "start");
}

static enum err finish_effect(struct ctx *c, void *row, const void *input)
{
    const struct finish_input *in = input;
    struct visit *v = row;
    TRY(note_times(c, v, &v->done_at, &v->done_known_at));
    v->note = in->note;
    v->result = in->result;
    return order_follow_visit(c, v, "serve");
}

/* Where nobody opened is kept as for an arrival: it is a coming too. */
static enum err not_met_effect(struct ctx *c, void *row, const void *input)
{
    const struct not_met_input *in = input;
    struct visit *v = row;
    TRY(note_times(c, v, &v->done_at, &v->done_known_at));
    v->note = in->note;
    if (in->lat.e7 || in->lon.e7) {
        v->arrived_lat = in->lat;
        v->arrived_lon = in->lon;
    }
    return order_follow_visit(c, v, "miss");
}

/* Put to what is there: the other phone's words stay. */
static enum err note_effect(struct ctx *c, void *row, const void *input)
{
    const struct note_input *in = input;
    struct visit *v = row;
    struct buf b = buf_new(&c->mem, v->note.len + in->note.len + 8);
    buf_put(&b, v->note);
    if (v->note.len)
        buf_byte(&b, '\n');
    buf_put(&b, in->note);
    v->note = sv_runes_head(buf_sv(&b), VISIT_NOTE_MAX);
    return ERR_NONE;
}

/* A visit is of today or past: nobody arrives tomorrow. */
static enum err not_before_its_day(struct ctx *c, const void *row)
{
    const struct visit *v = row;
    if (v->day.n > day_of(ctx_happened(c)).n)
        return fail(c, ERR_CONFLICT, "visit.not_yet", "visit %lld is on a later day",
                    (long long)v->id.n);
    return ERR_NONE;
}

static enum err reassign_effect(struct ctx *c, void *row, const void *input)
{
    const struct reassign_input *in = input;
    struct visit *v = row, mate;
    bool together;
    TRY(visit_mate(c, v, &mate, &together));
    if (together && mate.carer.n == in->carer.n) {
        fail_field(c, SV("carer"), "carer.same");
        return fail_fields(c);
    }
    TRY(order_check_carer(c, v->care_order, in->carer));
    TRY(visit_refuse_clash(c, in->carer, v->day, v->start_min, v->end_min, v->id));
    v->carer = in->carer;
    return ERR_NONE;
}

#define CARER RIGHT(MAY_DO_VISITS)
#define SERVES RIGHT(MAY_SERVE_ORDERS)

static const struct step visit_steps[] = {
    { .from = "planned",
      .action = "arrive",
      .to = "arrived",
      .may = CARER | SERVES,
      .zh = "到了",
      .en = "Arrived",
      .guard = not_before_its_day,
      .effect = arrive_effect,
      .takes = arrive_takes,
      .takes_size = sizeof(struct arrive_input) },
    { .from = "planned,arrived",
      .action = "finish",
      .to = "done",
      .may = CARER | SERVES,
      .zh = "做完了",
      .en = "Done",
      .guard = not_before_its_day,
      .effect = finish_effect,
      .takes = finish_takes,
      .takes_size = sizeof(struct finish_input) },
    { .from = "planned,arrived",
      .action = "not_met",
      .to = "not_met",
      .may = CARER | SERVES,
      .zh = "上门未遇",
      .en = "Not met",
      .guard = not_before_its_day,
      .effect = not_met_effect,
      .takes = not_met_takes,
      .takes_size = sizeof(struct not_met_input),
      .danger = true },
    { .from = "arrived,done,not_met",
      .action = "note",
      .to = "",
      .may = CARER | SERVES,
      .zh = "补充记录",
      .en = "Add a note",
      .effect = note_effect,
      .takes = note_takes,
      .takes_size = sizeof(struct note_input) },
    { .from = "planned,arrived",
      .action = "back",
      .to = "done",
      .may = SERVES,
      .zh = "补录纸质单",
      .en = "Key in the paper sheet",
      .guard = not_before_its_day,
      .effect = back_effect,
      .takes = back_takes,
      .takes_size = sizeof(struct back_input) },
    { .from = "planned",
      .action = "reassign",
      .to = "",
      .may = SERVES,
      .zh = "改派",
      .en = "Reassign",
      .effect = reassign_effect,
      .takes = reassign_takes,
      .takes_size = sizeof(struct reassign_input) },
    { .from = "planned",
      .action = "alone",
      .to = "cancelled",
      .may = SERVES,
      .zh = "这位没来，由同行的一人完成",
      .en = "She did not come: the other did it alone",
      .guard = visit_alone_guard,
      .effect = visit_alone_effect,
      .reason = true,
      .danger = true },
    { .from = "planned,arrived",
      .action = "cancel",
      .to = "cancelled",
      .zh = "取消",
      .en = "Cancel",
      .automatic = true },
    { 0 },
};

const struct entity visit_entity = {
    .name = "visit",
    .zh = "工单",
    .en = "Visit",
    .kind = ENTITY_ORDINARY,
    .size = sizeof(V),
    .fields = visit_fields,
    .indexes = visit_indexes,
    .sorts = visit_sorts,
    .state = "state",
    .steps = visit_steps,
    .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS,
    .no_create = true,
    .no_update = true,
    .seen_by_own = "account = $ OR " SEEN_BY_FAMILY,
    .seen_by_org = "org = $",
    .seen_by_carer = "carer = $",
    .elder = "elder",
    .open = "planned,arrived",
    .scope_of = "org",
    .menu = "orders",
    .files = true,
};
#undef V

enum err order_visit_of(struct ctx *c, const struct care_order *o, struct visit *ret_visit,
                        bool *ret_found)
{
    int64_t id = 0;
    record_clear(visit_fields, ret_visit);
    TRY(db_int(c, &sql_order_visit, PARAMS(P_INT("care_order", o->id.n)), &id));
    *ret_found = id != 0;
    return id ? entity_load(c, &visit_entity, id, ret_visit, ret_found) : ERR_NONE;
}

enum err visit_clash(struct ctx *c, struct carer_id carer, struct day day, int64_t start_min,
                     int64_t end_min, struct visit_id but, bool *ret_clash)
{
    int64_t other = 0;
    TRY(db_int(c, &sql_carer_clash,
               PARAMS(P_INT("carer", carer.n), P_INT("day", day.n), P_INT("start_min", start_min),
                      P_INT("end_min", end_min), P_INT("but", but.n)), &other));
    *ret_clash = other != 0;
    return ERR_NONE;
}

enum err visit_refuse_clash(struct ctx *c, struct carer_id carer, struct day day, int64_t start_min,
                            int64_t end_min, struct visit_id but)
{
    bool clash;
    TRY(visit_clash(c, carer, day, start_min, end_min, but, &clash));
    if (clash)
        return fail(c, ERR_CONFLICT, "visit.clash", "carer %lld has another visit then",
                    (long long)carer.n);
    return ERR_NONE;
}

static const struct message visit_messages[] = {
    { "visit.clash", "该护理员这个时间已有工单，请换人或改约",
      "This carer has another visit then; choose another carer or time" },
    { "visit.second", "这个订单已有工单", "This order has a visit already" },
    { "visit.span", "结束时间要晚于开始时间", "The end must be later than the start" },
    { "station.no_org", "这个账号没有所属机构", "This account acts for no organisation" },
    { "carer.no_carer", "这个账号不是护理员账号", "This account is no carer's" },
    { "visit.no_point", "这个地址还没有定位，请按门牌号找", "This home has no point; go by its address" },
    { "visit.back_order", "离开时间要晚于到达时间", "The end must be later than the arrival" },
    { "visit.back_future", "时间还没到，不能补录", "That moment has not come yet" },
    { "visit.other_there", "同行的护理员已经进门，不能报未遇；没有见到人请联系驿站",
      "The other carer is in already: this is no failed visit. Call the station" },
    { "visit.other_not_met", "同行的护理员已报上门未遇，请先联系驿站",
      "The other carer has reported that nobody opened: call the station first" },
    { "visit.nobody_else", "同行的护理员还没有到，不能由她一人完成",
      "The other carer has not arrived: she cannot have done it alone" },
    { "visit.not_yet", "还没到上门的日子", "This visit is on a later day" },
    { 0 },
};

static const struct invariant visit_invariants[] = {
    { "visit_clash", "护理员同一时间只有一个工单", &sql_visit_clash_check },
    { 0 },
};

static const struct parameter_default visit_parameters[] = {
    { "visit.late_minutes", "30", "minute", "上报晚于多少分钟记为迟报",
      "Told later than this: marked as told late", "系统默认值，待核" },
    { 0 },
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "visits_late", .zh = "逾期未到的上门", .en = "Visits overdue today", .entity = "visit",
      .list = "day={today}&state=planned&start_min.to={late}", .due = "day",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "care_order,carer,day,start_min",
      .weight = TODO_URGENT },
    { .key = "visits_unrecorded", .zh = "没有结果的上门", .en = "Visits without a result",
      .entity = "visit", .list = "state=planned,arrived&day.to={yesterday}", .due = "day",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "care_order,carer,day,start_min" },
    { 0 },
};

const struct module visit_module = {
    .name = "visit",
    .entities = (const struct entity *const[]){ &visit_entity, NULL },
    .endpoints = station_endpoints,
    .messages = visit_messages,
    .parameters = visit_parameters,
    .invariants = visit_invariants,
    .todos = todos,
};
