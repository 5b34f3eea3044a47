/* nickname.c - what an organisation calls an elder. */

#include "care/search/nickname.h"

static const struct choice nickname_states[] = {
    { "kept", "使用中", "kept" }, { "forgotten", "已删除", "forgotten" }, { 0 },
};

static const struct field nickname_fields[] = {
    ROW_FIELDS(struct nickname),
    LINK(struct nickname, elder, "elder", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    FIELD(struct nickname, text, .required = true, .create_only = true, .low = 1, .high = 30,
          .brief = true, .search = true, .zh = "习惯称呼", .en = "Called"),
    LINK(struct nickname, org, "organisation", .read_only = true, .zh = "机构",
         .en = "Organisation"),
    LINK(struct nickname, learnt_by, "account", .read_only = true, .zh = "记录人",
         .en = "Learnt by"),
    CHOICE(struct nickname, state, nickname_states, .read_only = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "once", .columns = "org, elder, text", .unique = true, .where = "ended_at IS NULL",
      .message = "nickname.known" },
    { 0 },
};

static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

static enum err forget(struct ctx *c, void *row, const void *input)
{
    struct nickname *n = row;
    (void)input;
    n->row.ended_at = c->now;
    return ERR_NONE;
}

#define STAFF (RIGHT(MAY_PLACE_ORDERS) | RIGHT(MAY_WRITE_REGISTER))

static const struct step steps[] = {
    { .from = "", .action = "create", .to = "kept", .may = STAFF, .zh = "记住称呼",
      .en = "Remember" },
    { .from = "kept", .action = "forget", .to = "forgotten", .may = STAFF, .effect = forget,
      .zh = "删除称呼", .en = "Forget" },
    { 0 },
};

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct nickname *n = row;
    if (before || !c->who)
        return ERR_NONE;
    n->org.n = roles[c->who->role].sees == SEES_ORG ? c->who->org : 0;
    n->learnt_by.n = c->who->account;
    n->text = sv_trim(n->text);
    if (search_word(&c->mem, n->text).len == 0)
        fail_field(c, SV("text"), "nickname.text");
    return fail_fields(c);
}

const struct entity nickname_entity = {
    .name = "nickname", .zh = "习惯称呼", .en = "Nickname", .size = sizeof(struct nickname),
    .fields = nickname_fields, .indexes = indexes, .sorts = sorts, .title = "text",
    .state = "state", .steps = steps, .reads = MAY_READ_REGISTER, .writes = MAY_READ_REGISTER,
    .no_update = true, .seen_by_org = "org = $", .elder = "elder", .rules = rules,
    .menu = "people",
};
