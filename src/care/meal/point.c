/* point.c - the register of meal points. */

#include "care/meal/meal.h"

SQL(meal_point_of);

const struct choice meal_operators[] = {
    { "unknown", "未填", "not said" },
    { "institution", "养老服务机构", "care organisation" },
    { "catering", "社会餐饮企业", "restaurant" },
    { "canteen", "单位食堂", "staff canteen" },
    { "village", "村（社区）食堂", "community canteen" },
    { "kitchen", "老年餐集中配送中心", "central kitchen" },
    { "other", "其他", "other" },
    { 0 },
};
const struct choice open_kitchens[] = {
    { "unknown", "未填", "not said" },
    { "closed", "未建", "none" },
    { "window", "透明厨房", "kitchen behind glass" },
    { "video", "视频厨房", "kitchen on screen" },
    { 0 },
};
const struct choice hygiene_grades[] = {
    { "none", "未评", "not graded" }, { "a", "A（优秀）", "A (excellent)" },
    { "b", "B（良好）", "B (good)" }, { "c", "C（一般）", "C (fair)" }, { 0 },
};

#define P struct meal_point
#define CLOCK_HINT .high = 6, .check = cut_off_check, \
    .hint_zh = "如 09:30；前一天写 -18:00；不填按本区规定", \
    .hint_en = "such as 09:30; the day before as -18:00; empty: by the division's rule"

const struct field meal_point_fields[] = {
    ROW_FIELDS(P),
    LINK(P, place, "place", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "网点", .en = "Place"),
    LINK(P, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    CHOICE(P, operated_by, meal_operators, .filter = true, .brief = true, .zh = "经营主体",
           .en = "Run by"),
    LINK(P, kitchen, "place", .filter = true, .brief = true, .zh = "供餐的配餐中心",
         .en = "Central kitchen"),
    CHOICE(P, open_kitchen, open_kitchens, .filter = true, .brief = true, .zh = "明厨亮灶",
           .en = "Open kitchen"),
    CHOICE(P, hygiene, hygiene_grades, .filter = true, .brief = true, .zh = "食品安全量化等级",
           .en = "Hygiene grade"),
    FIELD(P, hygiene_on, .zh = "评定日期", .en = "Graded on"),
    FIELD(P, hygiene_source, .high = 100, .zh = "评定来源", .en = "Graded by",
          .hint_zh = "如市场监管局公示、现场标识牌", .hint_en = "such as the sign at the door"),
    FIELD(P, delivers, .filter = true, .brief = true, .zh = "送餐", .en = "Delivers"),
    FIELD(P, deliver_m, .high = 20000, .zh = "送餐步行距离（米）", .en = "Delivers within metres"),
    FIELD(P, seats, .high = 2000, .zh = "座位", .en = "Seats"),
    FIELD(P, cut_off_breakfast, CLOCK_HINT, .zh = "早餐截止", .en = "Breakfast by"),
    FIELD(P, cut_off_lunch, CLOCK_HINT, .zh = "午餐截止", .en = "Lunch by"),
    FIELD(P, cut_off_supper, CLOCK_HINT, .zh = "晚餐截止", .en = "Supper by"),
    FIELD(P, note, .high = 200, .zh = "说明", .en = "Note"),
    CHOICE(P, state, review_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    LINK(P, submitted_by, "account", .read_only = true, .zh = "提交人", .en = "Submitted by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "place", .columns = "place", .unique = true, .where = "ended_at IS NULL",
      .message = "meal_point.once" },
    { .name = "within", .columns = "scope, operated_by, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "kitchen", .columns = "kitchen, id" },
    { .name = "state", .columns = "state, scope, id" },
    { .name = "grade", .columns = "hygiene, id" },
    { .name = "seen", .columns = "open_kitchen, id" },
    { .name = "run_by", .columns = "operated_by, id" },
    { .name = "brings", .columns = "delivers, id" },
    { 0 },
};
static const struct sort sorts[] = {
    { "place", "place", false, "网点", "Place" }, { "grade", "hygiene", false, "等级", "Grade" },
    { 0 },
};

/* What was looked at before it was published is not changed by the one it is about. */
static void keep_published(struct ctx *c, const P *was, const P *is)
{
    static const char *const kept[] = { "operated_by", "open_kitchen", "hygiene", "hygiene_on",
                                        "hygiene_source" };
    if (was->state != REVIEW_PUBLISHED || who_may(c, MAY_REVIEW_DIRECTORY) ||
        c->who == &who_house)
        return;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const struct field *f = field_named(meal_point_fields, sv_of(kept[i]));
        if (!field_same(f, was, is))
            fail_field(c, sv_of(f->name), "review.published");
    }
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    P *p = row;
    struct place place;
    bool found;
    if (before)
        keep_published(c, before, p);
    if (p->hygiene != HYGIENE_NONE && (!day_known(p->hygiene_on) || p->hygiene_source.len == 0))
        fail_field(c, SV("hygiene"), "meal_point.hygiene_source");
    if (day_known(p->hygiene_on) && p->hygiene_on.n > day_of(c->now).n)
        fail_field(c, SV("hygiene_on"), "meal_point.hygiene_future");
    if (p->kitchen.n && p->kitchen.n == p->place.n)
        fail_field(c, SV("kitchen"), "meal_point.own_kitchen");
    TRY(entity_load(c, &place_entity, p->place.n, &place, &found));
    if (found)
        p->org = place.org;
    return fail_fields(c);
}

static enum err submit(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((P *)row)->submitted_by = review_me(c);
    return ERR_NONE;
}

static enum err publish_guard(struct ctx *c, const void *row)
{
    return review_guard(c, ((const P *)row)->submitted_by);
}

static const struct step steps[] = { REVIEW_STEPS(publish_guard, submit), { 0 } };

const struct entity meal_point_entity = {
    .name = "meal_point", .zh = "助餐点登记", .en = "Meal point", .size = sizeof(P),
    .fields = meal_point_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "place", .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY,
    .seen_by_org = "org = $", .seen_by_own = "state = 'published'", .scope_of = "place",
    .rules = rules, .menu = "places", .files = true,
};
#undef P

enum err meal_point_of(struct ctx *c, struct place_id place, struct meal_point *ret_point,
                       bool *ret_found)
{
    record_clear(meal_point_fields, ret_point);
    return db_find(c, &sql_meal_point_of, PARAMS(P_INT("place", place.n)), meal_point_fields,
                   ret_point, ret_found);
}

enum err meal_operator_of(struct ctx *c, struct place_id place, int *ret_operator)
{
    struct meal_point p;
    bool found;
    TRY(meal_point_of(c, place, &p, &found));
    *ret_operator = found ? p.operated_by : OPERATOR_UNKNOWN;
    return ERR_NONE;
}
