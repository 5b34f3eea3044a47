/* escort.c - going to the clinic: fields, constraints, how it begins and ends with its order. */

#include "care/escort/escort.h"

#include "care/elder/seen.h"

SQL(escort_of_order);

const struct choice escort_states[] = {
    { "planned", "未出发", "planned" },      { "out", "已出发", "on the way" },
    { "clinic", "到医院了", "at the clinic" }, { "seen", "看完医生了", "the doctor has seen her" },
    { "drugs", "取到药了", "medicine fetched" }, { "home", "已送回交接", "back and handed over" },
    { "called_off", "已取消", "called off" }, { 0 },
};

#define E struct escort
const struct field escort_fields[] = {
    ROW_FIELDS(E),
    LINK(E, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    LINK(E, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(E, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(E, carer, "carer", .read_only = true, .brief = true, .zh = "护理员", .en = "Carer"),
    CHOICE(E, kind, errand_kinds, .read_only = true, .filter = true, .brief = true,
           .zh = "事项", .en = "Kind"),
    FIELD(E, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(E, clinic, .class = MASKED, .mask = MASK_COARSE, .high = 60, .read_only = true,
          .zh = "医院", .en = "Clinic"),
    FIELD(E, department, .class = SECRET, .high = 40, .read_only = true, .zh = "科室",
          .en = "Department"),
    FIELD(E, at_min, .high = 1439, .read_only = true, .zh = "预约几点", .en = "Appointment"),
    FIELD(E, bring, .class = SECRET, .high = 300, .read_only = true, .many_lines = true,
          .zh = "要带什么", .en = "What to bring"),
    LINK(E, proxy, "proxy", .read_only = true, .zh = "委托书", .en = "Proxy consent"),
    FIELD(E, out_at, .read_only = true, .zh = "出发时间", .en = "Set out at"),
    FIELD(E, clinic_at, .read_only = true, .zh = "到医院时间", .en = "At the clinic at"),
    FIELD(E, seen_at, .read_only = true, .zh = "看完时间", .en = "Seen at"),
    FIELD(E, drugs_at, .read_only = true, .zh = "取药时间", .en = "Medicine at"),
    FIELD(E, home_at, .read_only = true, .zh = "送回时间", .en = "Home at"),
    FIELD(E, advice, .class = SECRET, .high = 1000, .read_only = true, .many_lines = true,
          .zh = "医生怎么说", .en = "What the doctor said"),
    FIELD(E, drugs, .class = SECRET, .high = 500, .read_only = true, .many_lines = true,
          .zh = "取了什么药", .en = "What was fetched"),
    FIELD(E, picked_up, .read_only = true, .zh = "药已取到", .en = "Fetched"),
    FIELD(E, papers, .read_only = true, .zh = "照片张数", .en = "Photos"),
    FIELD(E, handed_to, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "交接给谁", .en = "Handed to"),
    CHOICE(E, state, escort_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "order", .columns = "care_order", .unique = true, .where = "ended_at IS NULL",
      .message = "escort.once" },
    { .name = "org_state", .columns = "org, state, day, id" },
    { .name = "elder", .columns = "elder, day, id" },
    { .name = "scope_day", .columns = "scope, day, id" },
    { .name = "state", .columns = "state, scope, day, id" },
    { .name = "kind", .columns = "kind, id" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

/* The bag of medicine, the paper from the doctor. */
static enum err filed(struct ctx *c, const void *row, struct sv hash, struct sv type)
{
    E e;
    bool found;
    (void)hash;
    (void)type;
    TRY(entity_load(c, &escort_entity, ((const E *)row)->id.n, &e, &found));
    e.papers++;
    return entity_update_by_rule(c, &escort_entity, &e, e.row.version, "filed");
}

const struct entity escort_entity = {
    .name = "escort", .zh = "陪诊取药", .en = "Escort", .size = sizeof(E),
    .fields = escort_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = escort_steps, .reads = MAY_READ_ORDERS, .writes = MAY_DO_VISITS, .no_create = true,
    .no_update = true, .seen_by_org = "org = $",
    .seen_by_carer = "care_order IN (SELECT care_order FROM visit WHERE carer = $ "
                     "AND state <> 'cancelled')",
    .seen_by_own = SEEN_BY_FAMILY, .elder = "elder", .open = "planned,out,clinic,seen,drugs",
    .scope_of = "care_order", .files = true, .files_class = SECRET, .filed = filed,
    .menu = "orders",
};
#undef E

/* --- with its order --- */

enum proxy_act escort_act(int kind)
{
    return kind == ERRAND_MEDICINE       ? ACT_MEDICINE
           : kind == ERRAND_REGISTRATION ? ACT_REGISTRATION
                                         : ACT_ESCORT;
}

enum err escort_of_order(struct ctx *c, const struct care_order *o,
                         const struct catalogue_item *item)
{
    struct escort e;
    if (item->errand != ERRAND_CLINIC && item->errand != ERRAND_MEDICINE &&
        item->errand != ERRAND_REGISTRATION)
        return ERR_NONE;
    record_clear(escort_fields, &e);
    e.row.scope = o->row.scope;
    e.care_order = o->id;
    e.org = o->org;
    e.elder = o->elder;
    e.kind = item->errand;
    e.day = o->day;
    return entity_create_under(c, &escort_entity, &e);
}

enum err escort_find(struct ctx *c, struct care_order_id id, struct escort *ret_escort,
                     bool *ret_found)
{
    int64_t escort = 0;
    record_clear(escort_fields, ret_escort);
    *ret_found = false;
    TRY(db_int(c, &sql_escort_of_order, PARAMS(P_INT("care_order", id.n)), &escort));
    return escort ? entity_load(c, &escort_entity, escort, ret_escort, ret_found) : ERR_NONE;
}

/* Another day of the order is another day of the escort; who is on the way comes home. */
static enum err order_moved(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct care_order *o = row;
    struct escort e;
    bool found;
    (void)action;
    bool over = o->state == ORDER_CANCELLED || o->state == ORDER_DECLINED ||
                o->state == ORDER_NOT_MET;
    if (!before)                               /* a new order has none yet */
        return ERR_NONE;
    TRY(escort_find(c, o->id, &e, &found));
    if (!found || e.state != ESCORT_PLANNED)
        return ERR_NONE;
    if (over)
        return entity_act_by_rule(c, &escort_entity, e.id.n, e.row.version, SV("call_off"), NULL,
                                  &e);
    if (e.day.n == o->day.n)
        return ERR_NONE;
    e.day = o->day;
    return entity_update_by_rule(c, &escort_entity, &e, e.row.version, "change");
}

const struct follower escort_followers[] = { { &care_order_entity, order_moved }, { 0 } };
