/* stop.c - runs and their stops: tables, and what became of a meal at the door. */

#include "care/delivery/delivery.h"
#include "care/elder/seen.h"
#include "care/signal/signal.h"
#include "http/http.h"

SQL(order_stop);
SQL(stop_order_check);

const struct choice run_states[] = {
    { "planned", "待出发", "planned" }, { "under_way", "配送中", "under way" },
    { "done", "已送完", "done" }, { 0 },
};
const struct choice stop_states[] = {
    { "planned", "待送", "to bring" },   { "handed", "已交给", "handed to" },
    { "left", "已放在", "left with" },   { "nobody", "无人应门", "nobody there" },
    { "dropped", "不用送了", "dropped" }, { 0 },
};

#define R struct meal_run
const struct field meal_run_fields[] = {
    ROW_FIELDS(R),
    LINK(R, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "网点",
         .en = "Place"),
    LINK(R, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(R, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    CHOICE(R, sitting, sitting_choices, .read_only = true, .filter = true, .brief = true,
           .zh = "餐次", .en = "Sitting"),
    LINK(R, carer, "carer", .read_only = true, .filter = true, .brief = true, .zh = "送餐员",
         .en = "Who brings"),
    FIELD(R, stops, .read_only = true, .brief = true, .zh = "户数", .en = "Stops"),
    FIELD(R, portions, .read_only = true, .brief = true, .zh = "份数", .en = "Portions"),
    FIELD(R, open, .read_only = true, .brief = true, .zh = "未送", .en = "Not brought yet"),
    FIELD(R, walk_min, .read_only = true, .brief = true, .zh = "步行分钟", .en = "Minutes' walk"),
    FIELD(R, by_streets, .read_only = true, .zh = "按街道排序", .en = "Ordered by the streets"),
    FIELD(R, left_at, .read_only = true, .zh = "出发时间", .en = "Left at"),
    FIELD(R, done_at, .read_only = true, .zh = "送完时间", .en = "Done at"),
    CHOICE(R, state, run_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index run_indexes[] = {
    { .name = "place", .columns = "place, day, sitting, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "carer", .columns = "carer, day, id" },
    { .name = "state", .columns = "state, day, id" },
    { .name = "day", .columns = "day, id" },
    { 0 },
};
static const struct sort run_sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

struct give_input { struct carer_id carer; };
static const struct field give_takes[] = {
    LINK(struct give_input, carer, "carer", .required = true, .zh = "送餐员", .en = "Who brings"),
    { 0 },
};

static enum err give(struct ctx *c, void *row, const void *input)
{
    const struct give_input *in = input;
    struct carer a;
    R *r = row;
    bool found;
    TRY(entity_load(c, &carer_entity, in->carer.n, &a, &found));
    if (!found || a.org.n != r->org.n || a.state == CARER_LEFT) {
        fail_field(c, SV("carer"), "carer.not_here");
        return fail_fields(c);
    }
    r->carer = in->carer;
    return ERR_NONE;
}

#define SERVES RIGHT(MAY_SERVE_ORDERS)
#define BRINGS (RIGHT(MAY_DO_VISITS) | SERVES)

static enum err run_left(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((R *)row)->left_at = ctx_happened(c);
    return ERR_NONE;
}

static enum err run_done(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((R *)row)->done_at = ctx_happened(c);
    return ERR_NONE;
}

static const struct step run_steps[] = {
    { .from = "planned,under_way", .action = "give", .to = "", .may = SERVES, .zh = "派给",
      .en = "Give to", .effect = give, .takes = give_takes,
      .takes_size = sizeof(struct give_input) },
    { .from = "planned", .action = "leave", .to = "under_way", .zh = "出发", .en = "Left",
      .effect = run_left, .automatic = true },
    { .from = "under_way", .action = "finish", .to = "done", .zh = "送完", .en = "Done",
      .effect = run_done, .automatic = true },
    { 0 },
};

const struct entity meal_run_entity = {
    .name = "meal_run", .zh = "送餐路线", .en = "Delivery run", .size = sizeof(R),
    .fields = meal_run_fields, .indexes = run_indexes, .sorts = run_sorts, .state = "state",
    .steps = run_steps, .title = "day", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true, .seen_by_org = "org = $", .seen_by_carer = "carer = $",
    .scope_of = "place", .menu = "orders",
};
#undef R

#define S struct meal_stop
const struct field meal_stop_fields[] = {
    ROW_FIELDS(S),
    LINK(S, run, "meal_run", .read_only = true, .filter = true, .zh = "路线", .en = "Run"),
    LINK(S, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(S, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    LINK(S, elder, "elder", .read_only = true, .filter = true, .zh = "老年人", .en = "Elder"),
    FIELD(S, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(S, seq, .read_only = true, .brief = true, .zh = "顺序", .en = "In order"),
    FIELD(S, door, .read_only = true, .brief = true, .high = 20, .zh = "楼门", .en = "Door"),
    FIELD(S, for_name, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .brief = true, .zh = "服务对象", .en = "For"),
    FIELD(S, quantity, .read_only = true, .brief = true, .zh = "份数", .en = "Portions"),
    SET(S, diets, diet_choices, .class = MASKED, .mask = MASK_COARSE, .read_only = true,
        .zh = "饮食要求", .en = "Diet"),
    CHOICE(S, state, stop_states, .read_only = true, .filter = true, .brief = true, .zh = "结果",
           .en = "Result"),
    FIELD(S, done_at, .read_only = true, .brief = true, .zh = "时间", .en = "When"),
    FIELD(S, done_known_at, .read_only = true, .zh = "上报时间", .en = "Told at"),
    FIELD(S, clock_off_s, .read_only = true, .zh = "手机时钟偏差(秒)",
          .en = "Phone's clock ahead by, s"),
    FIELD(S, left_with, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "交给／放在", .en = "With whom"),
    FIELD(S, note, .class = SECRET, .high = 500, .read_only = true, .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index stop_indexes[] = {
    { .name = "run", .columns = "run, seq, id" },
    { .name = "once", .columns = "care_order", .unique = true,
      .where = "ended_at IS NULL AND state <> 'dropped'", .message = "delivery.twice" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "elder", .columns = "elder, day" },
    { .name = "state", .columns = "state, day, id" },
    { .name = "day", .columns = "day, id" },
    { 0 },
};
static const struct sort stop_sorts[] = {
    { "seq", "seq", false, "顺序", "In order" }, { "day", "day", true, "日期", "Day" }, { 0 },
};

const struct field left_takes[] = {
    FIELD(struct left_input, left_with, .required = true, .high = 40, .zh = "放在哪里／交给谁",
          .en = "Left where or with whom"),
    FIELD(struct left_input, note, .high = 300, .zh = "备注", .en = "Note"),
    { 0 },
};
const struct field nobody_takes[] = {
    FIELD(struct nobody_input, note, .high = 300, .many_lines = true, .zh = "怎么找过",
          .en = "What was tried"),
    { 0 },
};

/* --- at the door --- */

enum err stop_guard(struct ctx *c, const void *row)
{
    const S *s = row;
    if (s->day.n > day_of(ctx_happened(c)).n)
        return fail(c, ERR_CONFLICT, "delivery.not_yet", "stop %lld is of a later day",
                    (long long)s->id.n);
    return ERR_NONE;
}

static enum err order_goes(struct ctx *c, const S *s, const char *action)
{
    struct care_order o;
    bool found;
    TRY(entity_load(c, &care_order_entity, s->care_order.n, &o, &found));
    if (!found)
        return fail(c, ERR_BROKEN, "house.broken", "a stop without its order");
    return entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, sv_of(action), NULL,
                              &o);
}

static void when(struct ctx *c, S *s)
{
    s->done_at = ctx_happened(c);
    s->done_known_at = c->now;
    s->clock_off_s = c->clock_off_s;
}

enum err stop_done(struct ctx *c, void *row, const void *input)
{
    (void)input;
    when(c, row);
    return order_goes(c, row, "brought");
}

enum err stop_left(struct ctx *c, void *row, const void *input)
{
    const struct left_input *in = input;
    S *s = row;
    when(c, s);
    s->left_with = in->left_with;
    s->note = in->note;
    return order_goes(c, s, "brought");
}

enum err stop_nobody(struct ctx *c, void *row, const void *input)
{
    S *s = row;
    when(c, s);
    s->note = ((const struct nobody_input *)input)->note;
    return order_goes(c, s, "not_in");
}

/* Who lives alone and does not open at noon is rung at once. */
MUST static enum err missed(struct ctx *c, const S *s)
{
    struct elder e;
    bool found;
    if (!s->elder.n)
        return ERR_NONE;
    TRY(entity_load(c, &elder_entity, s->elder.n, &e, &found));
    bool alone = found && e.flags.bits >> FLAG_LIVING_ALONE & 1;
    struct work_item w = {
        .kind = alone ? SIGNAL_NOT_MET_ALONE : SIGNAL_MEAL_MISSED, .elder = s->elder, .org = s->org,
        .care_order = s->care_order, .happened_at = s->done_at,
        .why = alone ? SV("独居老人送餐无人应门，请立即电话问安，联系不上请上门查看")
                     : SV("送餐无人应门，请电话问明原因，饭已带回"),
    };
    return signal_raise(c, &w);
}

enum err stop_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const S *s = row;
    (void)before;
    if (!action || s->state == STOP_PLANNED)
        return ERR_NONE;
    if (s->state == STOP_NOBODY && sv_is(sv_of(action), "nobody"))
        TRY(missed(c, s));
    return run_count(c, s->run);
}

/* A lunch that is called off is not brought. */
static enum err order_gone(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct care_order *o = row;
    S s;
    bool found;
    (void)before, (void)action;
    if (!o->sitting || (o->state != ORDER_CANCELLED && o->state != ORDER_DECLINED))
        return ERR_NONE;
    record_clear(meal_stop_fields, &s);
    TRY(db_find(c, &sql_order_stop, PARAMS(P_INT("care_order", o->id.n)), meal_stop_fields, &s,
                &found));
    if (!found)
        return ERR_NONE;
    return entity_act_by_rule(c, &meal_stop_entity, s.id.n, s.row.version, SV("drop"), NULL, &s);
}

static const struct follower followers[] = { { &care_order_entity, order_gone }, { 0 } };

const struct step meal_stop_steps[] = {
    { .from = "planned", .action = "hand", .to = "handed", .may = BRINGS, .zh = "交到本人手里",
      .en = "Handed to her", .guard = stop_guard, .effect = stop_done },
    { .from = "planned", .action = "leave", .to = "left", .may = BRINGS, .zh = "交给别人／放在",
      .en = "Left with", .guard = stop_guard, .effect = stop_left, .takes = left_takes,
      .takes_size = sizeof(struct left_input) },
    { .from = "planned", .action = "nobody", .to = "nobody", .may = BRINGS, .zh = "没人应门",
      .en = "Nobody there", .guard = stop_guard, .effect = stop_nobody, .takes = nobody_takes,
      .takes_size = sizeof(struct nobody_input), .danger = true },
    { .from = "planned", .action = "drop", .to = "dropped", .zh = "不用送了", .en = "Dropped",
      .automatic = true },
    { 0 },
};

const struct entity meal_stop_entity = {
    .name = "meal_stop", .zh = "送餐", .en = "Stop", .size = sizeof(S),
    .fields = meal_stop_fields, .indexes = stop_indexes, .sorts = stop_sorts, .state = "state",
    .steps = meal_stop_steps, .title = "door", .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true, .seen_by_own = SEEN_BY_FAMILY,
    .seen_by_org = "org = $", .seen_by_carer = "run IN (SELECT id FROM meal_run WHERE carer = $)",
    .elder = "elder", .scope_of = "run", .files = true, .follow = stop_follow,
};
#undef S

static enum err run_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct meal_run run;
    TRY(run_make(c, q->body, &run));
    a->status = 201;
    entity_json(c, &a->json, "run", &meal_run_entity, &run, false);
    return ERR_NONE;
}

static const struct field run_gives[] = {
    { .name = "run", .kind = KIND_RECORD, .required = true, .links = "meal_run" }, { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = POST, .path = "/api/delivery/run", .run = run_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = run_asked_fields, .takes_size = sizeof(struct run_asked),
      .gives = run_gives, .zh = "排送餐路线（未出发的重新排）",
      .en = "Make the run of a place, day and sitting, or make it again" },
    { 0 },
};

static const struct message messages[] = {
    { "delivery.nothing", "这一餐没有要送的订单（或都已在路线里）", "No meals to bring for this sitting" },
    { "delivery.not_ours", "只能排本机构的送餐路线", "Only your own place's runs" },
    { "delivery.not_yet", "还没到送餐那一天", "This is of a later day" },
    { "delivery.twice", "这份饭已在另一条路线里", "This meal is in another run" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "meal_stop_order", "送到的饭订单也已完成", &sql_stop_order_check }, { 0 },
};

static const struct entity *const entities[] = { &meal_run_entity, &meal_stop_entity, NULL };

const struct module delivery_module = {
    .name = "delivery", .entities = entities, .endpoints = endpoints, .messages = messages,
    .invariants = invariants, .sync_forms = delivery_forms, .followers = followers,
};
