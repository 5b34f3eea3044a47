/* member.c - who belongs to a household, from when to when. */

#include "care/household/household.h"

#include <string.h>

SQL(household_member_clash);
SQL(household_other_head);

const struct choice member_states[] = {
    { "confirmed", "已确认", "confirmed" }, { "proposed", "待确认", "to be confirmed" },
    { "rejected", "不同住", "not living there" }, { 0 },
};

const struct choice member_roles[] = {
    { "other", "其他", "other" },       { "head", "户主", "head" },
    { "spouse", "配偶", "spouse" },     { "parent", "父母", "parent" },
    { "child", "子女", "child" },       { "in_law", "公婆或岳父母", "parent-in-law" },
    { "sibling", "兄弟姐妹", "sibling" }, { "grandparent", "祖父母", "grandparent" },
    { 0 },
};

const struct choice member_checks[] = {
    { "nothing", "无", "nothing" },
    { "alone_not", "标识独居，但住户不止一人", "flagged as living alone, the household has more" },
    { "alone_missing", "住户为独居，但没有独居标识", "lives alone by the household, no such flag" },
    { "nest_not", "标识空巢，但与他人同住", "flagged as empty nest, others live there" },
    { "door", "现住址已不在这一户的门牌", "her home is behind another door" },
    { 0 },
};

const struct field household_member_fields[] = {
    ROW_FIELDS(struct household_member),
    LINK(struct household_member, household, "household", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "住户", .en = "Household"),
    LINK(struct household_member, elder, "elder", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "老年人", .en = "Elder"),
    CHOICE(struct household_member, role, member_roles, .brief = true, .filter = true,
           .zh = "与户主关系", .en = "To the head"),
    FIELD(struct household_member, valid_from, .create_only = true, .brief = true,
          .zh = "自", .en = "From"),
    FIELD(struct household_member, valid_to, .read_only = true, .brief = true, .zh = "至",
          .en = "To"),
    CHOICE(struct household_member, state, member_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    FIELD(struct household_member, source, .high = 200, .zh = "来源", .en = "Source"),
    CHOICE(struct household_member, settled, member_checks, .read_only = true,
           .zh = "已核对无误的事项", .en = "Looked at and in order"),
    FIELD(struct household_member, settled_why, .read_only = true, .high = 200,
          .zh = "核对说明", .en = "Why it is in order"),
    FIELD(struct household_member, note, .high = 500, .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "household", .columns = "household, state, id" },
    { .name = "elder", .columns = "elder, state, valid_from, id" },
    { .name = "within", .columns = "scope, state, id" },
    { .name = "begins", .columns = "valid_from, household" },
    { .name = "ends", .columns = "valid_to, household" },
    { .name = "once", .columns = "elder", .unique = true,
      .where = "state = 'confirmed' AND valid_to IS NULL AND ended_at IS NULL",
      .message = "household.elsewhere" },
    { 0 },
};

static const struct sort sorts[] = {
    { "created", "id", true, "登记先后", "Recorded" },
    { "from", "valid_from", true, "入户先后", "From" },
    { 0 },
};

/* --- rules --- */

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct household_member *m = row;
    int64_t n = 0;
    (void)before;
    if (!day_known(m->valid_from))
        m->valid_from = day_of(c->now);
    if (m->state == MEMBER_REJECTED || moment_known(m->row.ended_at))
        return ERR_NONE;
    if (m->state == MEMBER_CONFIRMED) {
        int64_t until = day_known(m->valid_to) ? m->valid_to.n : INT32_MAX;
        TRY(db_int(c, &sql_household_member_clash,
                   PARAMS(P_INT("elder", m->elder.n), P_INT("id", m->id.n),
                          P_INT("from", m->valid_from.n), P_INT("until", until)), &n));
        if (n)
            fail_field(c, SV("elder"), "household.elsewhere");
    }
    if (m->role == MEMBER_HEAD && !day_known(m->valid_to)) {
        TRY(db_int(c, &sql_household_other_head,
                   PARAMS(P_INT("household", m->household.n), P_INT("id", m->id.n),
                          P_INT("from", m->valid_from.n)), &n));
        if (n)
            fail_field(c, SV("role"), "household.two_heads");
    }
    return fail_fields(c);
}

/* A step that the household takes for all of them: it counts itself afterwards. */
static bool with_household(const char *action)
{
    return !strcmp(action, "join") || !strcmp(action, "refuse_all") || !strcmp(action, "end_all");
}

static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct household_member *m = row;
    (void)before;
    return with_household(action) ? ERR_NONE : household_count(c, m->household);
}

enum err member_end(struct ctx *c, struct household_member *m, struct day last,
                    const char *action, bool by_rule)
{
    if (last.n < m->valid_from.n)
        m->row.ended_at = c->now;
    else
        m->valid_to = last;
    return by_rule ? entity_update_by_rule(c, &household_member_entity, m, m->row.version, action)
                   : entity_update(c, &household_member_entity, m, m->row.version, action);
}

/* --- steps --- */

static enum err leave(struct ctx *c, void *row, const void *input)
{
    struct household_member *m = row;
    const struct household_member *given = input;
    if (given->valid_to.n < m->valid_from.n)
        fail_field(c, SV("valid_to"), "household.before_join");
    if (given->valid_to.n > day_of(c->now).n)
        fail_field(c, SV("valid_to"), "household.future");
    m->valid_to = given->valid_to;
    return fail_fields(c);
}

static enum err end_all(struct ctx *c, void *row, const void *input)
{
    struct household_member *m = row;
    (void)input;
    if (m->valid_from.n > day_of(c->now).n)
        m->row.ended_at = c->now;
    else
        m->valid_to = day_of(c->now);
    return ERR_NONE;
}

static enum err settle(struct ctx *c, void *row, const void *input)
{
    struct household_member *m = row;
    const struct household_member *given = input;
    if (given->settled == CHECK_NOTHING)
        fail_field(c, SV("settled"), "household.settled");
    m->settled = given->settled;
    m->settled_why = c->reason;
    return fail_fields(c);
}

/* Still in it: what is over cannot be left again. */
static enum err still_in(struct ctx *c, const void *row)
{
    const struct household_member *m = row;
    if (day_known(m->valid_to))
        return fail(c, ERR_CONFLICT, "step.not_now", "member %lld has left", (long long)m->id.n);
    return ERR_NONE;
}

static const struct field leave_takes[] = {
    FIELD(struct household_member, valid_to, .required = true, .zh = "最后一天",
          .en = "Her last day there"),
    { 0 },
};
static const struct field settle_takes[] = {
    CHOICE(struct household_member, settled, member_checks, .required = true, .zh = "核对的事项",
           .en = "What was looked at"),
    { 0 },
};

#define WRITERS RIGHT(MAY_WRITE_REGISTER)
#define TAKES(table) .takes = table, .takes_size = sizeof(struct household_member)
static const struct step steps[] = {
    { .from = "", .action = "create", .to = "confirmed", .may = WRITERS, .zh = "加入住户",
      .en = "Join" },
    { .from = "", .action = "propose", .to = "proposed", .may = WRITERS, .automatic = true,
      .zh = "系统建议", .en = "Propose" },
    { .from = "proposed", .action = "confirm", .to = "confirmed", .may = WRITERS,
      .zh = "确认同住", .en = "Confirm" },
    { .from = "proposed", .action = "refuse", .to = "rejected", .may = WRITERS, .reason = true,
      .zh = "不同住", .en = "Not living there" },
    { .from = "confirmed", .action = "leave", .to = "", .may = WRITERS, .guard = still_in,
      .effect = leave, .reason = true, TAKES(leave_takes), .zh = "离开这一户", .en = "Leaves" },
    { .from = "confirmed", .action = "settle", .to = "", .may = WRITERS, .guard = still_in,
      .effect = settle, .reason = true, TAKES(settle_takes), .zh = "核对无误",
      .en = "Found in order" },
    { .from = "proposed", .action = "join", .to = "confirmed", .may = WRITERS, .automatic = true,
      .zh = "随户确认", .en = "Confirmed with it" },
    { .from = "proposed", .action = "refuse_all", .to = "rejected", .may = WRITERS,
      .automatic = true, .zh = "随户否决", .en = "Dropped with it" },
    { .from = "confirmed", .action = "end_all", .to = "", .may = WRITERS, .automatic = true,
      .effect = end_all, .zh = "随户撤销", .en = "Ended with it" },
    { 0 },
};

const struct entity household_member_entity = {
    .name = "household_member", .zh = "住户成员", .en = "Household member",
    .size = sizeof(struct household_member), .fields = household_member_fields,
    .indexes = indexes, .sorts = sorts, .state = "state", .steps = steps, .title = "role",
    .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER, .elder = "elder",
    .scope_of = "household", .rules = rules, .follow = follow, .menu = "people",
};
