/* gathering.c - a class or outing: what it is, what may change once it is public. */

#include "care/gathering/inside.h"

SQL(gathering_places);
SQL(gathering_slots);

const struct choice gathering_kinds[] = {
    { "class", "课程", "class" }, { "outing", "外出活动", "outing" }, { 0 },
};
const struct choice gathering_needs[] = {
    { "consent", "知情同意", "consent" }, { "insurance", "意外保险", "insurance" },
    { "emergency", "紧急联系人", "emergency contact" }, { 0 },
};

#define G struct gathering
const struct field gathering_fields[] = {
    ROW_FIELDS(G),
    FIELD(G, title, .required = true, .brief = true, .search = true, .high = 40, .zh = "名称",
          .en = "Title"),
    CHOICE(G, kind, gathering_kinds, .required = true, .filter = true, .brief = true, .zh = "类型",
           .en = "Kind"),
    LINK(G, org, "organisation", .required = true, .filter = true, .brief = true,
         .create_only = true, .zh = "举办机构", .en = "Held by"),
    LINK(G, item, "catalogue_item", .required = true, .create_only = true, .zh = "服务项目",
         .en = "Item of the catalogue"),
    LINK(G, place, "place", .filter = true, .zh = "网点", .en = "Place"),
    FIELD(G, meets_at, .required = true, .high = 60, .zh = "地点", .en = "Where one meets"),
    FIELD(G, leader, .high = 40, .zh = "带队／老师", .en = "Leader"),
    FIELD(G, first_day, .required = true, .filter = true, .brief = true, .zh = "第一次（或当天）",
          .en = "First day"),
    FIELD(G, last_day, .filter = true, .brief = true, .zh = "最后一次",
          .en = "Last day; an outing's first"),
    FIELD(G, skips, .high = 200, .zh = "停课日期", .en = "Days without it",
          .hint_zh = "如 2026-12-05,2026-12-12", .hint_en = "such as 2026-12-05,2026-12-12"),
    FIELD(G, start_min, .low = 0, .high = 1439, .required = true, .zh = "开始（当天第几分钟）",
          .en = "Start, minute of the day"),
    FIELD(G, end_min, .low = 1, .high = 1440, .required = true, .zh = "结束（当天第几分钟）",
          .en = "End, minute of the day"),
    FIELD(G, places, .low = 1, .high = GATHERING_PEOPLE_MAX, .required = true, .brief = true,
          .zh = "名额", .en = "Places"),
    FIELD(G, price, .low = 0, .high = 1000000, .brief = true, .zh = "费用（每人，整期）",
          .en = "Price for one, of all of it"),
    FIELD(G, description, .many_lines = true, .high = 1000, .zh = "介绍", .en = "Description"),
    FIELD(G, opens_on, .zh = "报名开始", .en = "Sign-up opens; today when absent"),
    FIELD(G, closes_on, .zh = "报名截止", .en = "Sign-up closes; the first day when absent"),
    FIELD(G, age_min, .low = 0, .high = 120, .zh = "最小年龄", .en = "At least so old"),
    SET(G, grades, ability_grades, .zh = "适合的能力等级", .en = "Ability grades; none: all"),
    WHOM_RESIDENCE_FIELDS(G),
    SET(G, needs, gathering_needs, .zh = "报名须有", .en = "What signing up needs"),
    LINK(G, offer, "offer", .read_only = true, .zh = "名额", .en = "Its places"),
    CHOICE(G, state, review_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    LINK(G, submitted_by, "account", .read_only = true, .zh = "提交人", .en = "Submitted by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "open", .columns = "state, closes_on, scope, id" },
    { .name = "org", .columns = "org, first_day, id" },
    { .name = "kind", .columns = "kind, state, id" },
    { .name = "days", .columns = "first_day, last_day, id" },
    { .name = "until", .columns = "last_day, id" },
    { .name = "place", .columns = "place, id" },
    { 0 },
};
static const struct sort sorts[] = { { "first_day", "first_day", true, "日期", "Day" }, { 0 } };

struct whom gathering_whom(const G *g)
{
    return (struct whom){ .residences = g->residences, .months = g->residence_months };
}

/* --- rules --- */

static void fill_days(struct ctx *c, G *g)
{
    if (g->kind == GATHERING_OUTING || !day_known(g->last_day))
        g->last_day = g->first_day;
    if (!day_known(g->opens_on))
        g->opens_on = day_of(c->now);
    if (!day_known(g->closes_on))
        g->closes_on = g->first_day;
}

static void check_days(struct ctx *c, const G *g)
{
    struct day days[GATHERING_DAYS_MAX];
    if (g->last_day.n < g->first_day.n)
        fail_field(c, SV("last_day"), "days.backwards");
    else if (g->last_day.n - g->first_day.n > 366)
        fail_field(c, SV("last_day"), "gathering.year");
    else if (gathering_days(g, days) == 0)
        fail_field(c, SV("skips"), "gathering.no_day");
    if (g->end_min <= g->start_min)
        fail_field(c, SV("end_min"), "gathering.end");
    if (g->closes_on.n < g->opens_on.n)
        fail_field(c, SV("closes_on"), "days.backwards");
    if (g->closes_on.n > g->last_day.n)
        fail_field(c, SV("closes_on"), "gathering.closes");
    if (!gathering_skips_check(g->skips))
        fail_field(c, SV("skips"), "gathering.skips");
}

/* People have planned by what was public: what it is, when, for whom and what it costs stays. */
static void refuse_moving(struct ctx *c, const G *was, const G *g)
{
    const struct { bool same; struct sv field; } fixed[] = {
        { was->kind == g->kind, SV("kind") },
        { was->first_day.n == g->first_day.n, SV("first_day") },
        { was->last_day.n == g->last_day.n, SV("last_day") },
        { was->start_min == g->start_min, SV("start_min") },
        { was->end_min == g->end_min, SV("end_min") },
        { was->price.fen == g->price.fen, SV("price") },
    };
    if (was->state != REVIEW_PUBLISHED)
        return;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (!fixed[i].same)
            fail_field(c, fixed[i].field, "gathering.fixed");
}

/* The offer whose one slot holds the places: a draft for ever, for nobody orders it. */
MUST static enum err make_offer(struct ctx *c, G *g)
{
    struct offer o;
    record_clear(offer_fields, &o);
    o.org = g->org;
    o.item = g->item;
    o.place = g->place;
    o.name = g->title;
    o.price = g->price;
    o.capacity = g->places;
    o.gathering = true;
    TRY(entity_create_by_rule(c, &offer_entity, &o));
    g->offer = o.id;
    return ERR_NONE;
}

MUST static enum err change_places(struct ctx *c, const G *g)
{
    int64_t there, changed;
    TRY(db_int(c, &sql_gathering_slots,
               PARAMS(P_INT("offer", g->offer.n), P_INT("day", g->first_day.n),
                      P_INT("start_min", g->start_min)), &there));
    if (!there)
        return ERR_NONE;
    TRY(db_run(c, &sql_gathering_places,
               PARAMS(P_INT("offer", g->offer.n), P_INT("day", g->first_day.n),
                      P_INT("start_min", g->start_min), P_INT("places", g->places)), &changed));
    if (!changed)
        fail_field(c, SV("places"), "gathering.places_taken");
    return fail_fields(c);
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const G *was = before;
    G *g = row;
    fill_days(c, g);
    check_days(c, g);
    if (was)
        refuse_moving(c, was, g);
    TRY(fail_fields(c));
    if (!was)
        return make_offer(c, g);
    return was->places == g->places ? ERR_NONE : change_places(c, g);
}

static enum err submit(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((G *)row)->submitted_by = review_me(c);
    return ERR_NONE;
}

static enum err publish_guard(struct ctx *c, const void *row)
{
    const G *g = row;
    TRY(review_guard(c, g->submitted_by));
    return g->last_day.n >= day_of(c->now).n ? ERR_NONE
        : fail(c, ERR_CONFLICT, "gathering.past", "gathering %lld is over", (long long)g->id.n);
}

static const struct step steps[] = { REVIEW_STEPS(publish_guard, submit), { 0 } };

static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const G *was = before, *g = row;
    (void)action;
    if (!was)
        return ERR_NONE;
    if (was->state == REVIEW_PUBLISHED && g->state == REVIEW_WITHDRAWN)
        return gathering_call_off(c, g);
    return g->places > was->places ? gathering_fill(c, g->id) : ERR_NONE;
}

const struct entity gathering_entity = {
    .name = "gathering", .zh = "课程与活动", .en = "Class or outing", .size = sizeof(G),
    .fields = gathering_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "title", .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY,
    .seen_by_all = true, .seen_by_org = "org = $", .scope_of = "org", .menu = "orders",
    .rules = rules, .follow = follow, .files = true,
};
#undef G

enum err gathering_of_staff(struct ctx *c, struct gathering_id id, struct gathering *ret)
{
    bool found;
    TRY(entity_load(c, &gathering_entity, id.n, ret, &found));
    bool ours = c->who->org ? found && ret->org.n == c->who->org
                            : found && who_in_scope(c, ret->row.scope);
    return ours ? ERR_NONE : fail(c, ERR_MISSING, "gathering.missing", "no gathering %lld here",
                                  (long long)id.n);
}
