/* batch.c - from the central kitchen to the points: planned, sent, received, with temperatures. */

#include "care/kitchen/van.h"
#include "care/parameter/parameter.h"
#include "care/signal/signal.h"
#include "care/todo/todo.h"

SQL(kitchen_points);
SQL(kitchen_batch);

const struct choice meal_batch_states[] = {
    { "planned", "待发", "planned" }, { "sent", "已发", "sent" },
    { "received", "已收", "received" }, { 0 },
};
const struct choice meal_batch_faults[] = {
    { "cold_sent", "发出时温度不足", "too cold when sent" },
    { "cold_received", "收到时温度不足", "too cold on arrival" },
    { "late", "路上超时", "too long on the way" },
    { "short", "份数不足", "fewer portions" },
    { 0 },
};

#define B struct meal_batch
const struct field meal_batch_fields[] = {
    ROW_FIELDS(B),
    LINK(B, kitchen, "place", .read_only = true, .filter = true, .brief = true, .zh = "配餐中心",
         .en = "Kitchen"),
    LINK(B, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "助餐点",
         .en = "Meal point"),
    LINK(B, kitchen_org, "organisation", .read_only = true, .filter = true, .zh = "供餐机构",
         .en = "Kitchen's organisation"),
    LINK(B, org, "organisation", .read_only = true, .filter = true, .zh = "收餐机构",
         .en = "Organisation"),
    FIELD(B, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    CHOICE(B, sitting, sitting_choices, .read_only = true, .filter = true, .brief = true,
           .zh = "餐次", .en = "Sitting"),
    FIELD(B, planned, .read_only = true, .brief = true, .zh = "计划份数", .en = "Planned"),
    LINK(B, van, "meal_van", .read_only = true, .filter = true, .brief = true, .zh = "车",
         .en = "Van"),
    FIELD(B, van_trip, .read_only = true, .default_sql = "0", .zh = "第几趟", .en = "Trip"),
    FIELD(B, seq, .read_only = true, .brief = true, .default_sql = "0", .zh = "第几站",
          .en = "Stop"),
    FIELD(B, leave_min, .read_only = true, .default_sql = "0", .zh = "计划发车（当天第几分钟）",
          .en = "To leave (minute of the day)"),
    FIELD(B, at_min, .read_only = true, .brief = true, .default_sql = "0",
          .zh = "计划到达（当天第几分钟）", .en = "To be there (minute of the day)"),
    FIELD(B, plan_note, .read_only = true, .high = 200, .zh = "排车说明", .en = "Why no van"),
    FIELD(B, sent, .read_only = true, .brief = true, .zh = "发出份数", .en = "Sent"),
    FIELD(B, sent_temp, .read_only = true, .brief = true, .zh = "发出温度（0.1℃）",
          .en = "Sent at (0.1 °C)"),
    FIELD(B, sent_at, .read_only = true, .brief = true, .zh = "发出时间", .en = "Sent"),
    LINK(B, sent_by, "account", .read_only = true, .zh = "发出人", .en = "Sent by"),
    FIELD(B, received, .read_only = true, .brief = true, .zh = "收到份数", .en = "Received"),
    FIELD(B, received_temp, .read_only = true, .brief = true, .zh = "收到温度（0.1℃）",
          .en = "Received at (0.1 °C)"),
    FIELD(B, received_at, .read_only = true, .brief = true, .zh = "收到时间", .en = "Received"),
    LINK(B, received_by, "account", .read_only = true, .zh = "签收人", .en = "Received by"),
    SET(B, faults, meal_batch_faults, .read_only = true, .brief = true, .zh = "异常", .en = "Faults"),
    FIELD(B, note, .read_only = true, .high = 300, .zh = "说明", .en = "Note"),
    CHOICE(B, state, meal_batch_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "once", .columns = "kitchen, place, day, sitting", .unique = true,
      .where = "ended_at IS NULL", .message = "kitchen.batch_twice" },
    { .name = "place", .columns = "place, day, id" },
    { .name = "van", .columns = "van, day, id" },
    { .name = "kitchen_org", .columns = "kitchen_org, day, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "state", .columns = "state, scope, day, id" },
    { .name = "day", .columns = "day, id" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

/* --- what is wrong with it --- */

struct hand_input { int64_t portions, temp; struct sv note; };
static const struct field hand_takes[] = {
    FIELD(struct hand_input, portions, .required = true, .low = 0, .high = 5000, .zh = "份数",
          .en = "Portions"),
    FIELD(struct hand_input, temp, .required = true, .low = -300, .high = 1500,
          .zh = "中心温度（0.1℃，如 652 为 65.2℃）",
          .en = "Core temperature (0.1 °C: 652 is 65.2)"),
    FIELD(struct hand_input, note, .high = 300, .zh = "说明", .en = "Note"),
    { 0 },
};

MUST static enum err too_cold(struct ctx *c, const B *b, int64_t temp, bool *ret_cold)
{
    int64_t least;
    TRY(parameter_int(c, "meal.hot_min", b->row.scope, b->day, &least));
    *ret_cold = temp < least * 10;
    return ERR_NONE;
}

static void fault_set(B *b, enum meal_batch_fault fault, bool is)
{
    b->faults.bits |= is ? UINT64_C(1) << fault : 0;
}

/* The kitchen's own people hand over, the point's own people take; who drives notes either. */
static enum err send_guard(struct ctx *c, const void *row)
{
    bool hers;
    TRY(van_is_drivers(c, row, &hers));
    return hers || meal_cooks(c, ((const B *)row)->kitchen_org)
               ? ERR_NONE
               : fail(c, ERR_FORBIDDEN, "kitchen.not_sender", "not of the kitchen");
}

static enum err receive_guard(struct ctx *c, const void *row)
{
    bool hers;
    TRY(van_is_drivers(c, row, &hers));
    return hers || meal_cooks(c, ((const B *)row)->org)
               ? ERR_NONE
               : fail(c, ERR_FORBIDDEN, "kitchen.not_receiver", "not of the meal point");
}

static enum err send_it(struct ctx *c, void *row, const void *input)
{
    const struct hand_input *in = input;
    B *b = row;
    bool cold;
    b->sent = in->portions;
    b->sent_temp = (struct opt_int){ true, in->temp };
    b->sent_at = ctx_happened(c);
    b->sent_by = review_me(c);
    b->note = in->note;
    TRY(too_cold(c, b, in->temp, &cold));
    fault_set(b, FAULT_COLD_SENT, cold);
    fault_set(b, FAULT_SHORT, b->sent < b->planned);
    return ERR_NONE;
}

static enum err receive_it(struct ctx *c, void *row, const void *input)
{
    const struct hand_input *in = input;
    B *b = row;
    bool cold;
    int64_t minutes;
    b->received = in->portions;
    b->received_temp = (struct opt_int){ true, in->temp };
    b->received_at = ctx_happened(c);
    b->received_by = review_me(c);
    if (in->note.len)
        b->note = in->note;
    TRY(too_cold(c, b, in->temp, &cold));
    TRY(parameter_int(c, "meal.batch_minutes", b->row.scope, b->day, &minutes));
    fault_set(b, FAULT_COLD_RECEIVED, cold);
    fault_set(b, FAULT_LATE, b->received_at.ms - b->sent_at.ms > minutes * 60000);
    fault_set(b, FAULT_SHORT, b->received < b->sent);
    return ERR_NONE;
}

static struct sv faults_said(struct arena *mem, struct set faults)
{
    struct buf b = buf_new(mem, 64);
    for (size_t i = 0; i < choices_n(meal_batch_faults); i++)
        if (faults.bits >> i & 1) {
            buf_text(&b, b.len ? "、" : "");
            buf_text(&b, meal_batch_faults[i].zh);
        }
    return buf_sv(&b);
}

/* A new fault is somebody's work at once: people are about to eat it. */
static enum err batch_follow(struct ctx *c, const void *before, const void *row,
                             const char *action)
{
    const B *was = before, *b = row;
    (void)action;
    if (!was || (b->faults.bits & ~was->faults.bits) == 0)
        return ERR_NONE;
    struct sv said = faults_said(&c->mem, b->faults);
    struct work_item w = {
        .kind = SIGNAL_MEAL_BATCH, .org = b->kitchen_org, .place = b->place,
        .why = sv_fmt(&c->mem, "配餐交接异常（%.*s）：请确认能否食用、补送或换餐",
                      SV_ARG(said)),
    };
    return signal_raise(c, &w);
}

static const struct step steps[] = {
    { .from = "planned", .action = "send", .to = "sent",
      .may = RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_DO_VISITS),
      .zh = "发出", .en = "Send", .guard = send_guard, .effect = send_it, .takes = hand_takes,
      .takes_size = sizeof(struct hand_input) },
    { .from = "sent", .action = "receive", .to = "received",
      .may = RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_DO_VISITS),
      .zh = "签收", .en = "Receive", .guard = receive_guard, .effect = receive_it,
      .takes = hand_takes, .takes_size = sizeof(struct hand_input) },
    { 0 },
};

const struct entity meal_batch_entity = {
    .name = "meal_batch", .zh = "配餐交接", .en = "Meal hand-over", .size = sizeof(B),
    .fields = meal_batch_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "day", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true, .seen_by_org = "org = $ OR kitchen_org = $",
    .seen_by_carer = "van IN (SELECT id FROM meal_van WHERE driver_carer = $)",
    .scope_of = "place", .follow = batch_follow, .menu = "orders",
};

/* --- planning --- */

const struct field plan_asked_fields[] = {
    LINK(struct plan_asked, kitchen, "place", .required = true, .zh = "配餐中心", .en = "Kitchen"),
    FIELD(struct plan_asked, day, .required = true, .zh = "日期", .en = "Day"),
    { 0 },
};
const struct field plan_made_fields[] = {
    FIELD(struct plan_made, batches, .zh = "批次", .en = "Batches"),
    FIELD(struct plan_made, portions, .zh = "份数", .en = "Portions"),
    FIELD(struct plan_made, left_out, .zh = "没有车的批次", .en = "Batches that no van brings"),
    { 0 },
};

struct supplied { struct place_id place; struct organisation_id org; int sitting; int64_t n; };

MUST static enum err batch_plan(struct ctx *c, const struct place *kitchen, struct day day,
                                const struct supplied *s)
{
    B b;
    bool found;
    record_clear(meal_batch_fields, &b);
    TRY(db_find(c, &sql_kitchen_batch,
                PARAMS(P_INT("kitchen", kitchen->id.n), P_INT("place", s->place.n),
                       P_INT("day", day.n),
                       P_TEXT("sitting", sv_of(sitting_choices[s->sitting].key))),
                meal_batch_fields, &b, &found));
    if (found && b.state != MEAL_PLANNED)
        return ERR_NONE;                   /* it has left: the plan says what it said */
    b.planned = s->n;
    if (found)
        return entity_update_by_rule(c, &meal_batch_entity, &b, b.row.version, "plan");
    b.kitchen = kitchen->id;
    b.kitchen_org = kitchen->org;
    b.place = s->place;
    b.org = s->org;
    b.day = day;
    b.sitting = s->sitting;
    return entity_create_by_rule(c, &meal_batch_entity, &b);
}
#undef B

enum err kitchen_plan_post(struct ctx *c, const struct request *q, struct answer *a)
{
    enum { SUPPLIED_MAX = 300 };
    const struct plan_asked *in = q->body;
    struct supplied *all = NEW(&c->mem, struct supplied, SUPPLIED_MAX);
    struct plan_made made = { 0 };
    struct place kitchen;
    size_t n = 0;
    TRY(entity_get(c, &place_entity, in->kitchen.n, &kitchen));
    if (!meal_cooks(c, kitchen.org))
        return fail(c, ERR_FORBIDDEN, "kitchen.not_sender", "not of the kitchen");
    struct rows r = db_rows(c, &sql_kitchen_points,
                            PARAMS(P_INT("kitchen", in->kitchen.n), P_INT("day", in->day.n)));
    for (; n < SUPPLIED_MAX && rows_next(&r); n++) {
        all[n] = (struct supplied){ .place = { rows_int(&r, 0) }, .org = { rows_int(&r, 1) },
                                    .n = rows_int(&r, 3) };
        (void)choice_of(sitting_choices, rows_text(&r, 2), &all[n].sitting);
        made.portions += all[n].n;
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++)
        TRY(batch_plan(c, &kitchen, in->day, &all[i]));
    TRY(vans_plan(c, &kitchen, in->day, &made.left_out));
    made.batches = (int64_t)n;
    return answer_record(c, a, plan_made_fields, &made);
}
