/* household.c - households: table, steps, what they are counted to be. */

#include "care/household/household.h"

#include "care/todo/todo.h"

SQL(household_now);
SQL(household_left);
SQL(household_members_in);
SQL(household_twice);

const struct choice household_states[] = {
    { "confirmed", "已确认", "confirmed" }, { "proposed", "待确认", "to be confirmed" },
    { "ended", "已撤销", "ended" },         { "dropped", "不是一户", "no household" },
    { 0 },
};

const struct choice household_kinds[] = {
    { "unknown", "人数待核", "not known" },
    { "alone", "独居", "living alone" },
    { "elders", "纯老户（空巢）", "elders only" },
    { "family", "与家人同住", "with others" },
    { 0 },
};

const struct field household_fields[] = {
    ROW_FIELDS(struct household),
    FIELD(struct household, door, .read_only = true, .high = 120, .brief = true, .search = true,
          .zh = "住处", .en = "Door"),
    FIELD(struct household, room, .class = MASKED, .mask = MASK_ALL, .high = 20, .brief = true,
          .zh = "门牌", .en = "Room"),
    FIELD(struct household, code, .class = MASKED, .mask = MASK_ALL, .high = 40, .filter = true,
          .zh = "户号", .en = "Booklet number"),
    LINK(struct household, division, "division", .filter = true, .brief = true,
         .zh = "所在社区", .en = "Division", .hint_zh = "选了小区可不填",
         .hint_en = "follows from the compound"),
    LINK(struct household, compound, "compound", .filter = true, .zh = "小区", .en = "Compound"),
    LINK(struct household, home_building, "building", .filter = true, .zh = "楼栋",
         .en = "Building"),
    LINK(struct household, home_entrance, "entrance", .zh = "单元", .en = "Entrance"),
    FIELD(struct household, address, .class = MASKED, .mask = MASK_ADDRESS, .high = 200,
          .zh = "住址", .en = "Address"),
    CHOICE(struct household, kind, household_kinds, .read_only = true, .filter = true,
           .brief = true, .zh = "住户类型", .en = "Kind"),
    LINK(struct household, head, "elder", .read_only = true, .brief = true, .zh = "户主",
         .en = "Head"),
    FIELD(struct household, head_name, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .zh = "户主（不在册）", .en = "Head, not registered"),
    FIELD(struct household, phone, .class = SEALED, .mask = MASK_PHONE, .high = 30,
          .check = phone_check, .zh = "电话", .en = "Phone"),
    FIELD(struct household, members_n, .read_only = true, .filter = true, .brief = true,
          .high = 1000, .zh = "在册老人", .en = "Elders"),
    FIELD(struct household, others, .high = 30, .brief = true, .zh = "其他同住人数",
          .en = "Others living there", .hint_zh = "不在老年人名册里的人；没有就填 0，不清楚留空",
          .hint_en = "people not in the register; 0 for none, empty when not known"),
    CHOICE(struct household, state, household_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    FIELD(struct household, formed_on, .filter = true, .zh = "立户日期", .en = "Formed on"),
    FIELD(struct household, ended_on, .read_only = true, .zh = "撤销日期", .en = "Ended on"),
    FIELD(struct household, why, .read_only = true, .high = 200, .zh = "缘由", .en = "Why"),
    FIELD(struct household, note, .many_lines = true, .high = 1000, .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "within", .columns = "scope, state, id" },
    { .name = "kind", .columns = "scope, kind, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "compound", .columns = "compound, id" },
    { .name = "at", .columns = "home_building, room, id" },
    { .name = "code", .columns = "code, scope, id" },
    { 0 },
};

static const struct sort sorts[] = {
    { "created", "id", true, "登记先后", "Recorded" },
    { "members", "members_n", true, "人数", "Members" },
    { 0 },
};

/* --- counting --- */

int household_kind_of(const struct household *h)
{
    if (h->members_n == 0 || !h->others.known)
        return HOUSEHOLD_UNKNOWN;
    if (h->others.n > 0)
        return HOUSEHOLD_FAMILY;
    return h->members_n == 1 ? HOUSEHOLD_ALONE : HOUSEHOLD_ELDERS;
}

enum err household_recount(struct ctx *c, struct household *h)
{
    const char *of = h->state == HOUSEHOLD_PROPOSED ? "proposed" : "confirmed";
    struct rows r = db_rows(c, &sql_household_now,
                            PARAMS(P_INT("household", h->id.n), P_TEXT("state", sv_of(of)),
                                   P_INT("day", day_of(c->now).n)));
    if (rows_next(&r)) {
        h->members_n = rows_int(&r, 0);
        h->head.n = rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    h->kind = household_kind_of(h);
    return ERR_NONE;
}

enum err household_count(struct ctx *c, struct household_id id)
{
    struct household h;
    bool found;
    int64_t left = 0;
    TRY(entity_load(c, &household_entity, id.n, &h, &found));
    if (!found)
        return ERR_NONE;
    TRY(entity_update_by_rule(c, &household_entity, &h, h.row.version, "count"));
    TRY(db_int(c, &sql_household_left,
               PARAMS(P_INT("household", id.n), P_INT("day", day_of(c->now).n)), &left));
    if (left || h.state != HOUSEHOLD_CONFIRMED)
        return ERR_NONE;
    return entity_act_by_rule(c, &household_entity, id.n, h.row.version, SV("empty"), NULL, &h);
}

/* --- rules --- */

MUST static enum err put_title(struct ctx *c, struct buf *b, const struct entity *e, int64_t id)
{
    void *row = arena_take(&c->mem, e->size, 16);
    bool found = false;
    if (id)
        TRY(entity_load(c, e, id, row, &found));
    if (found)
        buf_put(b, *(const struct sv *)field_at(field_named(e->fields, sv_of(e->title)), row));
    return ERR_NONE;
}

MUST static enum err find_place(struct ctx *c, struct household *h)
{
    struct compound k;
    bool found = false;
    if (h->compound.n)
        TRY(entity_load(c, &compound_entity, h->compound.n, &k, &found));
    if (found)
        h->division = k.division;
    if (!h->division.n)
        fail_field(c, SV("division"), "household.where");
    TRY(fail_fields(c));
    struct buf b = buf_new(&c->mem, 80);
    TRY(put_title(c, &b, &compound_entity, h->compound.n));
    TRY(put_title(c, &b, &building_entity, h->home_building.n));
    TRY(put_title(c, &b, &entrance_entity, h->home_entrance.n));
    if (buf_sv(&b).len == 0)
        TRY(put_title(c, &b, &division_entity, h->division.n));
    h->door = buf_sv(&b);
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct household *h = row;
    TRY(find_place(c, h));
    if (h->phone.len)
        h->phone = phone_normal(&c->mem, h->phone);
    if (!before && !day_known(h->formed_on))
        h->formed_on = day_of(c->now);
    return household_recount(c, h);
}

/* --- steps --- */

/* Every member of that state takes a step that only its household takes. */
MUST static enum err members_act(struct ctx *c, const struct household *h, const char *of,
                                 const char *action)
{
    int64_t ids[100];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_household_members_in,
                            PARAMS(P_INT("household", h->id.n), P_TEXT("state", sv_of(of)),
                                   P_INT("day", day_of(c->now).n)));
    while (rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct household_member m;
        bool found;
        TRY(entity_load(c, &household_member_entity, ids[i], &m, &found));
        TRY(entity_act_by_rule(c, &household_member_entity, ids[i], m.row.version, sv_of(action),
                               NULL, &m));
    }
    return ERR_NONE;
}

static enum err confirm(struct ctx *c, void *row, const void *input)
{
    struct household *h = row;
    const struct household *given = input;
    h->others = given->others;
    if (given->head_name.len)
        h->head_name = given->head_name;
    return members_act(c, h, "proposed", "join");
}

static enum err drop(struct ctx *c, void *row, const void *input)
{
    struct household *h = row;
    (void)input;
    h->why = c->reason;
    h->ended_on = day_of(c->now);
    return members_act(c, h, "proposed", "refuse_all");
}

static enum err dissolve(struct ctx *c, void *row, const void *input)
{
    struct household *h = row;
    (void)input;
    h->why = c->reason;
    h->ended_on = day_of(c->now);
    return members_act(c, h, "confirmed", "end_all");
}

static enum err empty(struct ctx *c, void *row, const void *input)
{
    struct household *h = row;
    (void)input;
    h->why = SV("最后一位成员已离开");
    h->ended_on = day_of(c->now);
    return ERR_NONE;
}

static const struct field confirm_takes[] = {
    FIELD(struct household, others, .high = 30, .zh = "其他同住人数", .en = "Others living there",
          .hint_zh = "不在老年人名册里的人；没有就填 0，不清楚留空",
          .hint_en = "people not in the register; 0 for none, empty when not known"),
    FIELD(struct household, head_name, .high = 40, .zh = "户主（不在册时填写）",
          .en = "Head, when not registered"),
    { 0 },
};

#define WRITERS RIGHT(MAY_WRITE_REGISTER)
static const struct step steps[] = {
    { .from = "", .action = "create", .to = "confirmed", .may = WRITERS, .zh = "登记住户",
      .en = "Record a household" },
    { .from = "", .action = "propose", .to = "proposed", .may = WRITERS, .automatic = true,
      .zh = "系统建议", .en = "Propose" },
    { .from = "proposed", .action = "confirm", .to = "confirmed", .may = WRITERS,
      .effect = confirm, .takes = confirm_takes, .takes_size = sizeof(struct household),
      .zh = "确认是一户", .en = "Confirm" },
    { .from = "proposed", .action = "drop", .to = "dropped", .may = WRITERS, .effect = drop,
      .reason = true, .danger = true, .zh = "不是一户", .en = "Not a household" },
    { .from = "confirmed", .action = "dissolve", .to = "ended", .may = WRITERS,
      .effect = dissolve, .reason = true, .danger = true, .zh = "撤销住户", .en = "End" },
    { .from = "confirmed", .action = "empty", .to = "ended", .may = WRITERS, .effect = empty,
      .automatic = true, .zh = "成员已全部离开", .en = "Everybody has left" },
    { 0 },
};

const struct entity household_entity = {
    .name = "household", .zh = "住户", .en = "Household", .size = sizeof(struct household),
    .fields = household_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "door", .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    .scope_of = "division", .rules = rules, .menu = "people",
};

static const struct message messages[] = {
    { "household.where", "请选择小区或所在社区", "choose the compound or the division" },
    { "household.elsewhere", "这位老人在这段时间已在另一户里，请先让她离开那一户",
      "she is in another household in that time; let her leave that one first" },
    { "household.two_heads", "这一户已有户主，请先改那一位的关系",
      "the household has a head already; change that member's relation first" },
    { "household.not_confirmed", "只有已确认的住户可以分户、并户",
      "only confirmed households are split or merged" },
    { "household.not_member", "所选成员今天不在这一户里", "that member is not in it today" },
    { "household.split_all", "分户至少留一位成员；全部离开请用“撤销住户”",
      "at least one member stays; end the household instead" },
    { "household.before_join", "日期应晚于成员入户的日期", "the day lies after she joined" },
    { "household.future", "日期不能晚于今天", "the day lies in the future" },
    { "household.same", "请选择另一户", "choose another household" },
    { "household.settled", "请选择核对的事项", "say which matter was looked at" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "household.door_max", "6", "person", "一个门牌后最多几位老人仍按一户建议",
      "elders behind one door that are still proposed as a household", "系统默认值，待核" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "household_propose", .run = household_propose }, { 0 },
};
static const struct schedule schedules[] = {
    { .name = "household_propose", .job = "household_propose", .every_s = 86400, .at_min = 190 },
    { 0 },
};
static const struct invariant invariants[] = {
    { "household_twice", "一位老人同一天只在一户里", &sql_household_twice }, { 0 },
};
static const struct entity *const entities[] = {
    &household_entity, &household_member_entity, NULL,
};

static const struct todo_kind todos[] = {
    { .key = "households", .zh = "住户待确认", .en = "Households to confirm",
      .entity = "household", .list = "state=proposed", .may = RIGHT(MAY_WRITE_REGISTER),
      .shows = "door,kind,members_n", .weight = TODO_LOW },
    { 0 },
};

const struct module household_module = {
    .name = "household", .entities = entities, .endpoints = household_endpoints, .jobs = jobs,
    .schedules = schedules, .parameters = parameters, .messages = messages,
    .invariants = invariants, .todos = todos,
};
