/* stop.c - the stops of a run: their table, and what became of a meal at the door. */

#include "care/delivery/delivery.h"
#include "care/elder/seen.h"
#include "care/signal/signal.h"

SQL(order_stop);

const struct choice stop_states[] = {
    { "planned", "待送", "to bring" },   { "handed", "已交给", "handed to" },
    { "left", "已放在", "left with" },   { "nobody", "无人应门", "nobody there" },
    { "dropped", "不用送了", "dropped" }, { 0 },
};

#define BRINGS (RIGHT(MAY_DO_VISITS) | RIGHT(MAY_SERVE_ORDERS))

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
    FIELD(S, at_min, .read_only = true, .brief = true, .default_sql = "0",
          .zh = "计划到门口（当天第几分钟）", .en = "To be at the door (minute of the day)"),
    FIELD(S, off_map, .read_only = true, .default_sql = "0", .zh = "住址不在路网上",
          .en = "Home on no known street"),
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
    FIELD(S, signed_by, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "签收人", .en = "Signed by"),
    FIELD(S, signed_at, .read_only = true, .zh = "签收时间", .en = "Signed at"),
    FIELD(S, papers, .read_only = true, .default_sql = "0", .zh = "签名图", .en = "Signatures"),
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

struct left_input { struct sv left_with, note; };
struct nobody_input { struct sv note; };
struct sign_input { struct sv signed_by; };
static const struct field sign_takes[] = {
    FIELD(struct sign_input, signed_by, .required = true, .high = 40, .zh = "签收人",
          .en = "Who signs"),
    { 0 },
};
static const struct field left_takes[] = {
    FIELD(struct left_input, left_with, .required = true, .high = 40, .zh = "放在哪里／交给谁",
          .en = "Left where or with whom"),
    FIELD(struct left_input, note, .high = 300, .zh = "备注", .en = "Note"),
    { 0 },
};
static const struct field nobody_takes[] = {
    FIELD(struct nobody_input, note, .high = 300, .many_lines = true, .zh = "怎么找过",
          .en = "What was tried"),
    { 0 },
};

/* --- at the door --- */

static enum err stop_guard(struct ctx *c, const void *row)
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

static enum err stop_done(struct ctx *c, void *row, const void *input)
{
    (void)input;
    when(c, row);
    return order_goes(c, row, "brought");
}

static enum err stop_left(struct ctx *c, void *row, const void *input)
{
    const struct left_input *in = input;
    S *s = row;
    when(c, s);
    s->left_with = in->left_with;
    s->note = in->note;
    return order_goes(c, s, "brought");
}

static enum err stop_nobody(struct ctx *c, void *row, const void *input)
{
    S *s = row;
    when(c, s);
    s->note = ((const struct nobody_input *)input)->note;
    return order_goes(c, s, "not_in");
}

/* One signature a door; until its picture has come it may be made again. */
static enum err sign_guard(struct ctx *c, const void *row)
{
    const S *s = row;
    return s->papers == 0 ? ERR_NONE
                          : fail(c, ERR_CONFLICT, "delivery.signed", "stop %lld has its signature",
                                 (long long)s->id.n);
}

static enum err stop_sign(struct ctx *c, void *row, const void *input)
{
    S *s = row;
    s->signed_by = ((const struct sign_input *)input)->signed_by;
    s->signed_at = ctx_happened(c);
    return ERR_NONE;
}

/* The drawn name has come. */
static enum err stop_filed(struct ctx *c, const void *row, struct sv hash, struct sv type)
{
    S s;
    bool found;
    (void)hash, (void)type;
    TRY(entity_load(c, &meal_stop_entity, ((const S *)row)->id.n, &s, &found));
    if (!found || !s.signed_by.len)
        return ERR_NONE;
    s.papers++;
    return entity_update_by_rule(c, &meal_stop_entity, &s, s.row.version, "filed");
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

static enum err stop_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const S *s = row;
    (void)before;
    if (!action || s->state == STOP_PLANNED || sv_is(sv_of(action), "sign") ||
        sv_is(sv_of(action), "filed"))
        return ERR_NONE;
    if (s->state == STOP_NOBODY && sv_is(sv_of(action), "nobody"))
        TRY(missed(c, s));
    return run_count(c, s->run);
}

/* A lunch that is called off is not brought. */
enum err stop_of_order_gone(struct ctx *c, const void *before, const void *row, const char *action)
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

static const struct step steps[] = {
    { .from = "planned", .action = "hand", .to = "handed", .may = BRINGS, .zh = "交到本人手里",
      .en = "Handed to her", .guard = stop_guard, .effect = stop_done },
    { .from = "planned", .action = "leave", .to = "left", .may = BRINGS, .zh = "交给别人／放在",
      .en = "Left with", .guard = stop_guard, .effect = stop_left, .takes = left_takes,
      .takes_size = sizeof(struct left_input) },
    { .from = "planned", .action = "nobody", .to = "nobody", .may = BRINGS, .zh = "没人应门",
      .en = "Nobody there", .guard = stop_guard, .effect = stop_nobody, .takes = nobody_takes,
      .takes_size = sizeof(struct nobody_input), .danger = true },
    { .from = "handed,left", .action = "sign", .to = "", .may = BRINGS, .zh = "签收",
      .en = "Signed for", .guard = sign_guard, .effect = stop_sign, .takes = sign_takes,
      .takes_size = sizeof(struct sign_input) },
    { .from = "planned", .action = "drop", .to = "dropped", .zh = "不用送了", .en = "Dropped",
      .automatic = true },
    { 0 },
};

const struct entity meal_stop_entity = {
    .name = "meal_stop", .zh = "送餐", .en = "Stop", .size = sizeof(S),
    .fields = meal_stop_fields, .indexes = stop_indexes, .sorts = stop_sorts, .state = "state",
    .steps = steps, .title = "door", .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true,
    .seen_by_own = "care_order IN (SELECT id FROM care_order WHERE account = $) OR " SEEN_BY_FAMILY,
    .seen_by_org = "org = $", .seen_by_carer = "run IN (SELECT id FROM meal_run WHERE carer = $)",
    .elder = "elder", .scope_of = "run", .files = true, .filed = stop_filed,
    .follow = stop_follow,
};
#undef S
