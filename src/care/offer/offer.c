/* offer.c - what an organisation offers. */

#include "care/meal/sitting.h"
#include "care/offer/offer.h"
#include "care/todo/todo.h"
#include "http/http.h"

SQL(slot_taken_between);
SQL(slot_check);

const struct field offer_fields[] = {
    ROW_FIELDS(struct offer),
    LINK(struct offer, org, "organisation", .required = true, .filter = true, .brief = true,
         .create_only = true, .zh = "机构", .en = "Organisation"),
    LINK(struct offer, item, "catalogue_item", .required = true, .filter = true, .brief = true,
         .create_only = true, .zh = "服务项目", .en = "Item"),
    LINK(struct offer, place, "place", .filter = true, .brief = true, .zh = "服务点",
         .en = "Place"),
    FIELD(struct offer, name, .required = true, .brief = true, .search = true, .high = 60,
          .zh = "名称", .en = "Name"),
    FIELD(struct offer, price, .low = 0, .high = 10000000, .brief = true, .zh = "单价",
          .en = "Price"),
    FIELD(struct offer, carer_price, .low = 0, .high = 10000000, .zh = "每位护理员单价",
          .en = "Price of each carer", .default_sql = "0",
          .hint_zh = "按人计价的填这里，单价 = 它 × 几位护理员；按次计价不填",
          .hint_en = "where one pays for each: the price is this times the carers; else empty"),
    FIELD(struct offer, unit_note, .high = 60, .zh = "计价说明", .en = "Price note"),
    FIELD(struct offer, area_m, .low = 0, .high = 20000, .zh = "服务半径（步行米，0 为责任片区）",
          .en = "Walking metres served (0: the duty area)"),
    FIELD(struct offer, lead_min, .low = 0, .high = 43200, .zh = "最少提前（分钟）",
          .en = "Minutes ahead"),
    FIELD(struct offer, capacity, .low = 1, .high = 1000, .required = true, .zh = "每时段名额",
          .en = "Places in a slot"),
    FIELD(struct offer, week, .high = 200, .zh = "每周时段", .en = "Week",
          .hint_zh = "如 Mo-Fr 08:00-17:00/60; Sa 09:00-12:00/30; PH off",
          .hint_en = "such as Mo-Fr 08:00-17:00/60; Sa 09:00-12:00/30; PH off"),
    FIELD(struct offer, description, .many_lines = true, .high = 1000, .zh = "说明",
          .en = "Description"),
    CHOICE(struct offer, state, review_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    LINK(struct offer, submitted_by, "account", .read_only = true, .zh = "提交人",
         .en = "Submitted by"),
    FIELD(struct offer, gathering, .read_only = true, .zh = "课程活动的名额",
          .en = "Places of a class or outing", .default_sql = "0"),
    { 0 },
};

static const struct index offer_indexes[] = {
    { .name = "org", .columns = "org, state, id" },
    { .name = "place", .columns = "place, id" },
    { .name = "item", .columns = "item, state, id" },
    { 0 },
};

static const struct sort offer_sorts[] = {
    { "org", "org", false, "机构", "Organisation" },
    { "item", "item", false, "服务项目", "Item" },
    { 0 },
};

static enum err offer_rules(struct ctx *c, const void *before, void *row)
{
    (void)before;
    struct offer *o = row;
    struct catalogue_item item;
    struct week week;
    bool found;
    if (!week_parse(o->week, &week))
        fail_field(c, SV("week"), "offer.week");
    TRY(fail_fields(c));
    if (o->carer_price.fen == 0)
        return ERR_NONE;
    TRY(entity_load(c, &catalogue_item_entity, o->item.n, &item, &found));
    o->price.fen = o->carer_price.fen * (found && item_two(&item) ? 2 : 1);
    return ERR_NONE;
}

static enum err submit_effect(struct ctx *c, void *row, const void *input)
{
    (void)input;
    struct offer *o = row;
    o->submitted_by = review_me(c);
    if (o->gathering)
        return fail(c, ERR_CONFLICT, "offer.of_gathering", "offer %lld is of a gathering",
                    (long long)o->id.n);
    return ERR_NONE;
}

static enum err publish_guard(struct ctx *c, const void *row)
{
    const struct offer *o = row;
    return review_guard(c, o->submitted_by);
}

static const struct step offer_steps[] = { REVIEW_STEPS(publish_guard, submit_effect), { 0 } };

const struct entity offer_entity = {
    .name = "offer", .zh = "服务供给", .en = "Offer", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct offer), .fields = offer_fields, .indexes = offer_indexes,
    .sorts = offer_sorts, .state = "state", .steps = offer_steps, .title = "name",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY, .seen_by_all = true,
    .seen_by_org = "org = $", .scope_of = "org", .menu = "catalogue", .rules = offer_rules,
};

/* --- the slots of the coming days, as a citizen picks them --- */

enum { SLOT_DAYS_MAX = 31 };

struct slot_offered {
    struct sv id;
    int64_t   start_min, end_min, left;
    bool      staff;
    struct sv text;
};

struct slot_day {
    struct day  day;
    int64_t     weekday;
    struct sv   name;
    struct list slots;
};

static const struct field slot_offered_fields[] = {
    FIELD(struct slot_offered, id, .en = "Key of the slot", .zh = "时段"),
    FIELD(struct slot_offered, start_min, .en = "Start, minute of the day", .zh = "开始"),
    FIELD(struct slot_offered, end_min, .en = "End, minute of the day", .zh = "结束"),
    FIELD(struct slot_offered, left, .en = "Places left", .zh = "剩余名额"),
    FIELD(struct slot_offered, staff, .en = "Somebody could come; where not, nothing is left",
          .zh = "排得出人（排不出时余量为 0）"),
    FIELD(struct slot_offered, text, .en = "As a person reads it", .zh = "文字"),
    { 0 },
};

static const struct field slot_day_fields[] = {
    FIELD(struct slot_day, day, .en = "Day", .zh = "日期"),
    FIELD(struct slot_day, weekday, .en = "1 Monday to 7 Sunday", .zh = "星期"),
    FIELD(struct slot_day, name, .en = "Holiday's name", .zh = "节假日"),
    LIST(struct slot_day, slots, struct slot_offered, slot_offered_fields, .en = "Slots",
         .zh = "时段"),
    { 0 },
};

struct slots_answer { struct list days; };
static const struct field slots_answer_fields[] = {
    LIST(struct slots_answer, days, struct slot_day, slot_day_fields, .en = "Days", .zh = "日期"),
    { 0 },
};

struct slots_query { struct day from; int64_t days; struct elder_id elder; };
static const struct field slots_query_fields[] = {
    FIELD(struct slots_query, from, .en = "First day; today when absent", .zh = "起始日期"),
    FIELD(struct slots_query, days, .low = 0, .high = SLOT_DAYS_MAX,
          .en = "How many days; 7 when absent", .zh = "天数"),
    LINK(struct slots_query, elder, "elder", .zh = "老年人",
         .en = "For whom: times at which only carers could come whom she must not have are taken"),
    { 0 },
};

/* Places taken, read once for all days: rows of (day, start_min, taken, capacity). */
struct taken { int64_t day, start_min, left; };

static enum err taken_read(struct ctx *c, const struct offer *o, struct day first, struct day last,
                           struct taken **ret_taken, size_t *ret_n)
{
    struct taken *taken = NULL;
    size_t n = 0, room = 0;
    struct rows r =
        db_rows(c, &sql_slot_taken_between,
                PARAMS(P_INT("offer", o->id.n), P_INT("first", first.n), P_INT("last", last.n)));
    while (rows_next(&r)) {
        taken = GROW(&c->mem, taken, n, &room);
        taken[n++] =
            (struct taken){ rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 3) - rows_int(&r, 2) };
    }
    TRY(rows_end(&r));
    *ret_taken = taken;
    *ret_n = n;
    return ERR_NONE;
}

static int64_t places_left(const struct offer *o, const struct taken *taken, size_t n,
                           struct slot_key key)
{
    for (size_t i = 0; i < n; i++)
        if (taken[i].day == key.day.n && taken[i].start_min == key.start_min)
            return taken[i].left;
    return o->capacity;
}

static struct sv time_span(struct arena *mem, int start_min, int end_min)
{
    struct buf b = buf_new(mem, 16);
    buf_int_wide(&b, start_min / 60, 2);
    buf_byte(&b, ':');
    buf_int_wide(&b, start_min % 60, 2);
    buf_text(&b, "–");
    buf_int_wide(&b, end_min / 60, 2);
    buf_byte(&b, ':');
    buf_int_wide(&b, end_min % 60, 2);
    return buf_sv(&b);
}

struct offered { const struct offer *offer; struct week week; struct calendar calendar;
                 struct taken *taken; size_t taken_n; bool meal;
                 const struct catalogue_item *item; struct elder_id elder; };

/* Too late for the caller: nearer than the lead time, or past the cut-off of its sitting. */
MUST static enum err too_late(struct ctx *c, const struct offered *in, struct slot_key key,
                              bool *ret_late)
{
    const struct offer *o = in->offer;
    struct moment until;
    *ret_late = moment_at(key.day, key.start_min).ms < c->now.ms + o->lead_min * 60000;
    if (!in->meal || *ret_late)
        return ERR_NONE;
    TRY(meal_cut_off(c, o->row.scope, o->place, sitting_at(key.start_min), key.day, &until));
    *ret_late = c->now.ms > until.ms && !meal_cooks(c, o->org);
    return ERR_NONE;
}

/*
 * At which of the times nobody could come, where somebody must. It is advice: what cannot be told
 * leaves all as they are, and who orders is asked for no more than a place.
 */
static void staff_ask(struct ctx *c, const struct offered *in, struct day day,
                      const struct week_slot *slots, size_t n, bool *nobody)
{
    struct staff_wanted asked = { in->offer, in->item, in->elder, day, slots, n, nobody };
    for (const struct module *const *m = c->house->modules; in->item && *m; m++)
        if ((*m)->nobody_comes && (*m)->nobody_comes(c, &asked) != ERR_NONE)
            ctx_forgive(c);
}

MUST static enum err day_offered(struct ctx *c, const struct offered *in, struct day day,
                                 struct slot_day *ret_day)
{
    const struct offer *o = in->offer;
    struct week_slot slots[WEEK_SLOTS_MAX];
    size_t n = week_day_slots(&in->week, &in->calendar, day, slots), kept = 0;
    struct slot_offered *made = NEW(&c->mem, struct slot_offered, n);
    bool *nobody = NEW(&c->mem, bool, n);
    staff_ask(c, in, day, slots, n, nobody);
    for (size_t i = 0; i < n; i++) {
        struct slot_key key = { day, slots[i].start_min };
        bool late;
        TRY(too_late(c, in, key, &late));
        if (late)
            continue;
        struct buf id = buf_new(&c->mem, 16);
        slot_key_write(&id, key);
        made[kept++] = (struct slot_offered){
            buf_sv(&id),
            slots[i].start_min,
            slots[i].end_min,
            nobody[i] ? 0 : places_left(o, in->taken, in->taken_n, key),
            !nobody[i],
            time_span(&c->mem, slots[i].start_min, slots[i].end_min),
        };
    }
    bool holiday = calendar_holiday(&in->calendar, day);
    *ret_day = (struct slot_day){ day, day_weekday(day), holiday ? SV("放假") : SV(""),
                                  { made, kept } };
    return ERR_NONE;
}

/* Who comes to whom is told only of an elder whom the caller sees; of others times are general. */
static void elder_asked(struct ctx *c, struct elder_id id, struct elder_id *ret_elder)
{
    struct elder e;
    if (!id.n || !c->who || !c->who->account)
        return;
    if (entity_get(c, &elder_entity, id.n, &e) == ERR_NONE)
        *ret_elder = id;
    else
        ctx_forgive(c);
}

static enum err slots_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct slots_query *asked = q->query;
    struct offer o;
    struct offered in = { .offer = &o };
    int64_t id;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_load(c, &offer_entity, id, &o, &found));
    if (!found || o.state != REVIEW_PUBLISHED || !week_parse(o.week, &in.week))
        return fail(c, ERR_MISSING, "offer.missing", "no published offer %lld", (long long)id);

    struct catalogue_item item;
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &found));
    in.meal = found && item.category == CATEGORY_MEAL;
    in.item = found && item.at_home && !in.meal ? &item : NULL;

    if (in.item)
        elder_asked(c, asked->elder, &in.elder);
    struct day first = day_known(asked->from) ? asked->from : day_of(c->now);
    size_t days = asked->days ? (size_t)asked->days : 7;
    TRY(calendar_load(c, &c->mem, &in.calendar));
    TRY(taken_read(c, &o, first, (struct day){ first.n + (int64_t)days - 1 }, &in.taken,
                   &in.taken_n));
    struct slot_day *made = NEW(&c->mem, struct slot_day, days);
    for (size_t i = 0; i < days; i++)
        TRY(day_offered(c, &in, (struct day){ first.n + (int64_t)i }, &made[i]));
    return answer_record(c, a, slots_answer_fields, &(struct slots_answer){ { made, days } });
}

static const struct endpoint offer_endpoints[] = {
    { .verb = GET,
      .path = "/api/offer/{id}/slots",
      .run = slots_get,
      .lane = READS,
      .may = MAY_ANYONE,
      .zh = "可约时段",
      .en = "Slots that can be booked",
      .query = slots_query_fields,
      .query_size = sizeof(struct slots_query),
      .gives = slots_answer_fields },
    { 0 },
};

static const struct message offer_messages[] = {
    { "slot.full", "这个时段已约满，请换一个时间", "This time is full; choose another" },
    { "slot.none", "没有这个时段，请从列表中选择",
      "There is no such time; choose one from the list" },
    { "slot.too_soon", "离开始太近了，请选晚一些的时段", "This is too soon; choose a later time" },
    { "slot.clash", "这个时段刚刚被建立，请再试一次", "This time has just been made; try again" },
    { "offer.week", "每周时段写法有误，例如 Mo-Fr 08:00-17:00/60",
      "Write the week like Mo-Fr 08:00-17:00/60" },
    { "offer.of_gathering", "这是课程活动的名额，请在“课程与活动”里发布",
      "These are the places of a class or outing: publish it there" },
    { "offer.missing", "没有这项服务，或已下架",
      "There is no such offer, or it has been withdrawn" },
    { 0 },
};

static const struct invariant offer_invariants[] = {
    { "slot_places", "时段已约数与订单一致", &sql_slot_check },
    { 0 },
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "offers_submitted", .zh = "待审核的服务供给", .en = "Offers to review",
      .entity = "offer", .list = "state=submitted", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .not_by = "submitted_by", .shows = "name,item,org,submitted_by" },
    { 0 },
};

const struct module offer_module = {
    .name = "offer",
    .entities = (const struct entity *const[]){ &offer_entity, &slot_entity, NULL },
    .endpoints = offer_endpoints,
    .messages = offer_messages,
    .invariants = offer_invariants,
    .todos = todos,
};
