/* street.c - edits of the street net: table, rules, steps. */

#include "care/street/street.h"

#include "care/figure/figure.h"
#include "care/todo/todo.h"

SQL(figure_streets_loose);

const struct choice street_kinds[] = {
    { "path", "小路", "path" },         { "footbridge", "人行桥", "footbridge" },
    { "steps", "台阶", "stairs" },      { "crossing", "过街", "crossing" },
    { "gate_link", "小区门外连接", "way from a gate" }, { "closed", "封闭", "closed" },
    { 0 },
};

const struct choice street_fits[] = {
    { "unknown", "未核对", "not looked at" },
    { "fits", "已接入路网", "joined to the streets" },
    { "start_far", "起点接不上", "its start meets no street" },
    { "end_far", "终点接不上", "its end meets no street" },
    { "adrift", "没有连到街道", "hangs on no street" },
    { "no_street", "沿线没有街道可封", "no street runs along it" },
    { 0 },
};

const struct field street_edit_fields[] = {
    ROW_FIELDS(struct street_edit),
    FIELD(struct street_edit, name, .required = true, .high = 60, .brief = true, .search = true,
          .zh = "名称", .en = "Name", .hint_zh = "如 望江人行桥、东堤小路",
          .hint_en = "what people call it"),
    CHOICE(struct street_edit, kind, street_kinds, .filter = true, .brief = true, .zh = "类型",
           .en = "Kind"),
    FIELD(struct street_edit, line, .required = true, .high = 20000, .zh = "线路", .en = "Line",
          .hint_zh = "GeoJSON LineString，2 至 200 个点，在地图上画",
          .hint_en = "GeoJSON LineString of 2 to 200 points, drawn on the map"),
    LINK(struct street_edit, division, "division", .filter = true, .brief = true, .zh = "所在区划",
         .en = "Division", .hint_zh = "不填按线路中点", .hint_en = "by its middle when not given"),
    FIELD(struct street_edit, steps, .high = 1000, .zh = "台阶级数", .en = "Steps",
          .hint_zh = "人行桥两头合计；没有台阶填 0", .hint_en = "both ends of a bridge together"),
    FIELD(struct street_edit, wheelchair, .zh = "轮椅可通行", .en = "Passable in a wheelchair"),
    FIELD(struct street_edit, night_closed, .zh = "夜间关闭", .en = "Closed at night"),
    FIELD(struct street_edit, open_min, .high = 1439, .zh = "开放（分钟）", .en = "Opens (minute)"),
    FIELD(struct street_edit, close_min, .high = 1440, .zh = "关闭（分钟）", .en = "Closes (minute)"),
    FIELD(struct street_edit, valid_from, .brief = true, .zh = "自", .en = "From"),
    FIELD(struct street_edit, valid_to, .brief = true, .zh = "至", .en = "Until"),
    FIELD(struct street_edit, reason, .required = true, .high = 200, .zh = "为什么要改",
          .en = "Why"),
    FIELD(struct street_edit, source, .high = 200, .zh = "依据", .en = "Source",
          .hint_zh = "如 现场踏勘 2026-11-20", .hint_en = "such as seen on site, with the day"),
    CHOICE(struct street_edit, state, review_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    CHOICE(struct street_edit, fit, street_fits, .read_only = true, .filter = true, .brief = true,
           .zh = "与路网的连接", .en = "Joined"),
    FIELD(struct street_edit, length_m, .read_only = true, .brief = true, .zh = "长度（米）",
          .en = "Metres"),
    FIELD(struct street_edit, lat, .read_only = true, .zh = "中点纬度", .en = "Latitude"),
    FIELD(struct street_edit, lon, .read_only = true, .zh = "中点经度", .en = "Longitude"),
    LINK(struct street_edit, submitted_by, "account", .read_only = true, .zh = "提交人",
         .en = "Submitted by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "within", .columns = "scope, state, id" },
    { .name = "state", .columns = "state, fit, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "near", .columns = "lat, lon" },
    { 0 },
};

static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

/* --- rules of one write --- */

/* What is in the net was seen by two: it is withdrawn before it is drawn anew. */
static void keep_published(struct ctx *c, const struct street_edit *was,
                           const struct street_edit *is)
{
    static const char *const kept[] = { "name", "kind", "line", "steps", "wheelchair",
                                        "night_closed", "open_min", "close_min", "valid_from",
                                        "valid_to", "division" };
    bool seen = was->state == REVIEW_PUBLISHED || was->state == REVIEW_SUBMITTED;
    for (size_t i = 0; seen && was->state == is->state && i < sizeof kept / sizeof *kept; i++) {
        const struct field *f = field_named(street_edit_fields, sv_of(kept[i]));
        if (!field_same(f, was, is))
            fail_field(c, sv_of(f->name), "street_edit.seen");
    }
}

static void check_members(struct ctx *c, const struct street_edit *e)
{
    bool steps = e->kind == STREET_STEPS || e->steps > 0;
    if (steps && e->wheelchair)
        fail_field(c, SV("wheelchair"), "street_edit.steps_wheelchair");
    if (e->steps && e->kind != STREET_STEPS && e->kind != STREET_FOOTBRIDGE)
        fail_field(c, SV("steps"), "street_edit.steps_kind");
    if (e->night_closed && e->close_min <= e->open_min)
        fail_field(c, SV("close_min"), "street_edit.minutes");
    if (day_known(e->valid_from) && day_known(e->valid_to) && e->valid_to.n < e->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
}

static void measure(struct street_edit *e, const struct point *at, size_t n)
{
    double m = 0;
    struct point_box box = box_none();
    for (size_t i = 0; i < n; i++) {
        m += i ? point_distance_m(at[i - 1], at[i]) : 0;
        box_add(&box, at[i]);
    }
    struct point middle = box_middle(&box);
    e->length_m = (int64_t)(m + 0.5);
    e->lat.e7 = middle.lat_e7;
    e->lon.e7 = middle.lon_e7;
}

/* Both ends must lead somewhere before anybody is asked to publish it. */
MUST static enum err check_ends(struct ctx *c, struct street_edit *e)
{
    static const char *const keys[] = {
        [MEND_START_FAR] = "street_edit.start_far", [MEND_END_FAR] = "street_edit.end_far",
        [MEND_ADRIFT] = "street_edit.adrift",       [MEND_NO_STREET] = "street_edit.no_street",
    };
    struct street_try t = { 0 };
    struct slot *slot = c->house->roads;
    struct roads *streets = slot ? slot_enter(slot) : NULL;
    e->fit = 0;
    if (!streets)                                    /* no net yet: the job will look */
        return ERR_NONE;
    enum err err = street_try(c, streets, e, NULL, &t);
    slot_leave(slot, streets);
    TRY(err);
    e->fit = (int)t.fit + 1;
    if (t.fit != MEND_FITS)
        fail_field_args(c, SV("line"), keys[t.fit], sv_fmt(&c->mem, "%d", MEND_JOIN_M), SV(""));
    return fail_fields(c);
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct street_edit *was = before;
    struct street_edit *e = row;
    struct point *at;
    size_t n;
    check_members(c, e);
    if (was)
        keep_published(c, was, e);
    bool drawn = !was || !sv_eq(was->line.json, e->line.json) || was->kind != e->kind;
    const char *wrong = drawn ? street_line(c, e->line.json, &at, &n) : NULL;
    if (wrong)
        fail_field(c, SV("line"), wrong);
    TRY(fail_fields(c));
    if (drawn)
        measure(e, at, n);
    TRY(division_by_point(c, e->lat, e->lon, &e->division, &e->row.scope));
    return drawn ? check_ends(c, e) : ERR_NONE;
}

/* --- steps --- */

static enum err publish_guard(struct ctx *c, const void *row)
{
    return review_guard(c, ((const struct street_edit *)row)->submitted_by);
}

static enum err submit(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct street_edit *)row)->submitted_by = review_me(c);
    return ERR_NONE;
}

/* The net is made anew when one goes in or out. */
static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct street_edit *was = before, *is = row;
    int64_t job;
    (void)action;
    bool in = is->state == REVIEW_PUBLISHED, had = was && was->state == REVIEW_PUBLISHED;
    if (in == had)
        return ERR_NONE;
    return job_add_for(c, JOB_ROADS_BUILD, SV("{}"), review_me(c).n, is->row.scope, &job);
}

static const struct step steps[] = { REVIEW_STEPS(publish_guard, submit), { 0 } };

const struct entity street_edit_entity = {
    .name = "street_edit", .zh = "路网修补", .en = "Street edit",
    .size = sizeof(struct street_edit), .fields = street_edit_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "name",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY, .scope_of = "division",
    .rules = rules, .follow = follow, .menu = "places", .files = true,
};

static const struct indicator indicators[] = {
    { .key = "streets_loose",
      .zh = "接不上的路网修补",
      .en = "Street edits that lead nowhere",
      .unit_zh = "处",
      .unit_en = "edits",
      .definition_zh = "已发布的路网修补中，地图更新后两端接不上街道（或沿线没有可封的街道）、没有计入步行"
                       "时间的；请到地图上重画或撤回",
      .definition_en = "published street edits whose ends meet no street of the map as it is now; "
                       "walking times do without them until they are drawn anew or withdrawn",
      .sql = &sql_figure_streets_loose,
      .entity = "street_edit",
      .list = "state=published&fit=start_far,end_far,adrift,no_street",
      .watch = "figure.streets_loose.watch",
      .bad = "figure.streets_loose.bad" },
    { 0 },
};

#define HOUSE_DEFAULT "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "figure.streets_loose.watch", "1", "", "接不上的路网修补：关注", "Loose street edits: watch",
      HOUSE_DEFAULT },
    { "figure.streets_loose.bad", "10", "", "接不上的路网修补：告急", "Loose street edits: bad",
      HOUSE_DEFAULT },
    { 0 },
};

static const struct message messages[] = {
    { "street_edit.line", "线路应为 GeoJSON LineString，每个点是 [经度,纬度]",
      "the line is a GeoJSON LineString of [longitude, latitude] points" },
    { "street_edit.points", "一条线要有 2 至 200 个不重合的点",
      "a line has 2 to 200 points that differ" },
    { "street_edit.long", "一条线最长 5 公里，请分段画", "a line is at most 5 km; draw it in parts" },
    { "street_edit.start_far", "起点 {0} 米内没有街道：请把第一个点移到街道旁",
      "no street lies within {0} m of the start: move the first point beside one" },
    { "street_edit.end_far", "终点 {0} 米内没有街道：请把最后一个点移到街道旁",
      "no street lies within {0} m of the end: move the last point beside one" },
    { "street_edit.adrift", "它只接在别的草稿上，没有一条连到街道",
      "it hangs on other drafts alone; none of them meets a street" },
    { "street_edit.no_street", "沿这条线 5 米内没有街道可封：请沿着要封的街道画",
      "no street runs within 5 m along this line: draw it along the one that is closed" },
    { "street_edit.steps_wheelchair", "有台阶的轮椅不能通行：去掉台阶级数，或不勾选轮椅",
      "a wheelchair cannot pass steps: leave one of them out" },
    { "street_edit.steps_kind", "只有台阶和人行桥可填级数", "only stairs and footbridges have steps" },
    { "street_edit.minutes", "关闭时间要晚于开放时间", "it must close after it opens" },
    { "street_edit.seen", "已提交或发布的不能直接改：请先退回或撤回，改后重新提交审核",
      "this was submitted or published: return or withdraw it first, then change it" },
    { "street_edit.far", "起点、终点和线路要在 5 公里之内", "both points and the line lie within 5 km" },
    { 0 },
};

static const struct entity *const entities[] = { &street_edit_entity, NULL };

static const struct todo_kind todos[] = {
    { .key = "street_edits", .zh = "路网修补待审核", .en = "Street edits to publish",
      .entity = "street_edit", .list = "state=submitted",
      .may = RIGHT(MAY_REVIEW_DIRECTORY), .not_by = "submitted_by", .shows = "name,kind,reason" },
    { 0 },
};

const struct module street_module = {
    .name = "street", .entities = entities, .endpoints = street_endpoints, .messages = messages,
    .indicators = indicators, .parameters = parameters, .todos = todos,
};
