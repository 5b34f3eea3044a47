/* office.c - lists from other offices: their tables. */

#include "care/office/inside.h"

#include "care/todo/todo.h"

const struct choice list_kinds[] = {
    { "cremation", "殡葬火化", "cremations" },
    { "pension", "社保待遇资格认证", "pension entitlement" },
    { "ltci", "长期护理保险", "long-term care insurance" },
    { "disabled", "残联名册", "disabled persons" },
    { "veterans", "退役军人", "veterans" },
    { "special_family", "计划生育特殊家庭", "special families" },
    { "answer", "比对结果", "answer to a comparison" },
    { "other", "其他名单", "another list" },
    { 0 },
};

static const struct choice answers[] = {
    { "unsaid", "未说明", "not said" }, { "yes", "是", "yes" }, { "no", "否", "no" }, { 0 },
};
static const struct choice matches[] = {
    { "unmatched", "未找到", "not found" }, { "matched", "已对应", "found" },
    { "outside", "不在辖区", "outside" },   { "doubtful", "疑似，待确认", "probably, to be confirmed" },
    { 0 },
};
static const struct choice whats[] = {
    { "died", "去世", "died" }, { "died_twice", "死亡日期不一致", "another date of death" },
    { "flag", "人员类别", "flag" }, { "name", "姓名不一致", "another name" }, { 0 },
};
static const struct choice difference_states[] = {
    { "open", "待处理", "open" }, { "taken", "已采用", "taken" }, { "kept", "保持原样", "kept" },
    { "asked", "已去函核对", "asked" }, { 0 },
};

/* --- lists --- */

const struct field office_list_fields[] = {
    ROW_FIELDS(struct office_list),
    FIELD(struct office_list, name, .required = true, .high = 80, .brief = true, .filter = true,
          .zh = "名单", .en = "List", .hint_zh = "如 2026 年 10 月火化名单"),
    CHOICE(struct office_list, kind, list_kinds, .create_only = true, .brief = true,
           .filter = true, .zh = "种类", .en = "Kind"),
    FIELD(struct office_list, office, .required = true, .high = 80, .brief = true,
          .zh = "来自单位", .en = "From"),
    FIELD(struct office_list, known_on, .brief = true, .zh = "收到日期", .en = "Known on",
          .hint_zh = "不填为今天", .hint_en = "today unless said"),
    LINK(struct office_list, comparison, "comparison", .create_only = true, .filter = true,
         .zh = "对应的比对", .en = "Answers"),
    FIELD(struct office_list, note, .high = 500, .zh = "备注", .en = "Note"),
    { 0 },
};
static const struct index list_indexes[] = {
    { .name = "name", .columns = "name, id" }, { .name = "kind", .columns = "kind, id" },
    { .name = "comparison", .columns = "comparison, id" }, { 0 },
};
static const struct sort by_id[] = { { "created", "id", true, "先后", "Order" }, { 0 } };

static enum err list_rules(struct ctx *c, const void *before, void *row)
{
    struct office_list *l = row;
    (void)before;
    if (!day_known(l->known_on))
        l->known_on = day_of(c->now);
    if (l->known_on.n > day_of(c->now).n)
        fail_field(c, SV("known_on"), "office.known");
    if (l->comparison.n && l->kind != LIST_ANSWER)
        fail_field(c, SV("kind"), "office.answer");
    return fail_fields(c);
}

/* The comparison it answers is answered. */
static enum err list_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct office_list *l = row;
    struct comparison k;
    bool found;
    (void)action;
    if (before || !l->comparison.n)
        return ERR_NONE;
    TRY(entity_load(c, &comparison_entity, l->comparison.n, &k, &found));
    if (!found || k.state != COMPARISON_SENT)
        return ERR_NONE;
    return entity_act_by_rule(c, &comparison_entity, k.id.n, k.row.version, SV("answer"), NULL, &k);
}

const struct entity office_list_entity = {
    .name = "office_list", .zh = "外部名单", .en = "List from an office",
    .size = sizeof(struct office_list), .fields = office_list_fields, .indexes = list_indexes,
    .sorts = by_id, .title = "name", .reads = MAY_READ_REGISTER, .writes = MAY_IMPORT,
    .rules = list_rules, .follow = list_follow, .menu = "lists", .files = true,
};

/* --- entries: facts with their source --- */

const struct field office_entry_fields[] = {
    ROW_FIELDS(struct office_entry),
    LINK(struct office_entry, list, "office_list", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "名单", .en = "List"),
    FIELD(struct office_entry, name, .required = true, .create_only = true, .class = MASKED,
          .mask = MASK_NAME, .high = 40, .brief = true, .zh = "姓名", .en = "Name"),
    FIELD(struct office_entry, id_number, .create_only = true, .class = SEALED, .mask = MASK_ID,
          .high = 30, .filter = true, .zh = "证件号码", .en = "Document number"),
    FIELD(struct office_entry, birth, .create_only = true, .zh = "出生日期", .en = "Birthday"),
    FIELD(struct office_entry, address, .create_only = true, .class = MASKED,
          .mask = MASK_ADDRESS, .high = 200, .zh = "住址", .en = "Address"),
    FIELD(struct office_entry, happened_on, .create_only = true, .brief = true, .zh = "发生日期",
          .en = "Happened on"),
    FIELD(struct office_entry, known_on, .read_only = true, .brief = true, .zh = "知悉日期",
          .en = "Known on"),
    CHOICE(struct office_entry, answer, answers, .create_only = true, .brief = true,
           .zh = "结果", .en = "Answer"),
    FIELD(struct office_entry, detail, .create_only = true, .high = 200, .zh = "内容",
          .en = "Detail"),
    CHOICE(struct office_entry, kind, list_kinds, .read_only = true, .brief = true,
           .filter = true, .zh = "种类", .en = "Kind"),
    CHOICE(struct office_entry, match, matches, .read_only = true, .filter = true, .brief = true,
           .zh = "对应", .en = "Match"),
    LINK(struct office_entry, elder, "elder", .read_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    LINK(struct office_entry, maybe, "elder", .read_only = true, .brief = true,
         .zh = "疑似是", .en = "Probably"),
    FIELD(struct office_entry, points, .read_only = true, .zh = "相符（分）", .en = "Points"),
    { 0 },
};
static const struct index entry_indexes[] = {
    { .name = "list", .columns = "list, id" }, { .name = "elder", .columns = "elder, id" },
    { .name = "id_number", .columns = "id_number, id" }, { .name = "kind", .columns = "kind, id" },
    { .name = "match", .columns = "match, id" },
    { .name = "within", .columns = "match, scope, created_at" }, { 0 },
};

static const struct field choose_takes[] = {
    LINK(struct office_entry, elder, "elder", .required = true, .zh = "是哪一位",
         .en = "Which elder it is"),
    { 0 },
};

static const struct step entry_steps[] = {
    { .from = "doubtful", .action = "same", .to = "matched", .may = RIGHT(MAY_WRITE_REGISTER),
      .effect = entry_same, .zh = "是同一人", .en = "It is she" },
    { .from = "doubtful", .action = "other", .to = "unmatched", .may = RIGHT(MAY_WRITE_REGISTER),
      .effect = entry_other, .zh = "不是同一人", .en = "It is somebody else" },
    { .from = "doubtful,unmatched", .action = "choose", .to = "matched",
      .may = RIGHT(MAY_WRITE_REGISTER), .effect = entry_choose, .takes = choose_takes,
      .takes_size = sizeof(struct office_entry), .reason = true, .zh = "指定是哪一位",
      .en = "Say which elder it is" },
    { 0 },
};

const struct entity office_entry_entity = {
    .name = "office_entry", .zh = "外部名单明细", .en = "Entry of an office's list",
    .size = sizeof(struct office_entry), .fields = office_entry_fields, .indexes = entry_indexes,
    .sorts = by_id, .title = "detail", .reads = MAY_READ_REGISTER, .writes = MAY_IMPORT,
    .elder = "elder", .scope_of = "list", .state = "match", .steps = entry_steps,
    .rules = office_entry_rules,
    .follow = office_entry_follow, .menu = "lists",
};

/* --- differences: work for a person --- */

const struct field office_difference_fields[] = {
    ROW_FIELDS(struct office_difference),
    LINK(struct office_difference, elder, "elder", .read_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    CHOICE(struct office_difference, what, whats, .read_only = true, .filter = true,
           .brief = true, .zh = "不一致之处", .en = "What differs"),
    FIELD(struct office_difference, was, .read_only = true, .brief = true, .zh = "系统里",
          .en = "Here"),
    FIELD(struct office_difference, becomes, .read_only = true, .brief = true, .zh = "名单里",
          .en = "In the list"),
    FIELD(struct office_difference, happened_on, .read_only = true, .brief = true,
          .zh = "发生日期", .en = "Happened on"),
    FIELD(struct office_difference, known_on, .read_only = true, .brief = true, .zh = "知悉日期",
          .en = "Known on"),
    FIELD(struct office_difference, source, .read_only = true, .brief = true, .zh = "来源",
          .en = "Source"),
    CHOICE(struct office_difference, state, difference_states, .read_only = true, .filter = true,
           .brief = true, .zh = "处理", .en = "State"),
    LINK(struct office_difference, list, "office_list", .read_only = true, .filter = true,
         .zh = "名单", .en = "List"),
    LINK(struct office_difference, entry, "office_entry", .read_only = true, .zh = "名单明细",
         .en = "Entry"),
    LINK(struct office_difference, decided_by, "account", .read_only = true, .zh = "处理人",
         .en = "Decided by"),
    FIELD(struct office_difference, decided_at, .read_only = true, .zh = "处理时间",
          .en = "Decided at"),
    { 0 },
};
static const struct index difference_indexes[] = {
    { .name = "elder", .columns = "elder, id" }, { .name = "what", .columns = "what, id" },
    { .name = "state", .columns = "state, id" }, { .name = "list", .columns = "list, id" },
    { .name = "within", .columns = "scope, state, created_at" }, { 0 },
};

static const struct step difference_steps[] = {
    { .from = "open,asked", .action = "take", .to = "taken", .may = RIGHT(MAY_WRITE_REGISTER),
      .effect = difference_take, .danger = true, .zh = "采用名单的", .en = "Take the list's" },
    { .from = "open,asked", .action = "keep", .to = "kept", .may = RIGHT(MAY_WRITE_REGISTER),
      .effect = difference_decide, .reason = true, .zh = "保持原样", .en = "Keep ours" },
    { .from = "open", .action = "ask", .to = "asked", .may = RIGHT(MAY_WRITE_REGISTER),
      .effect = difference_decide, .reason = true, .zh = "去函核对", .en = "Ask the office" },
    { 0 },
};

const struct entity office_difference_entity = {
    .name = "office_difference", .zh = "名单差异", .en = "Difference to a list",
    .size = sizeof(struct office_difference), .fields = office_difference_fields,
    .indexes = difference_indexes, .sorts = by_id, .state = "state", .steps = difference_steps,
    .title = "source", .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    .no_create = true, .no_update = true, .elder = "elder", .scope_of = "elder", .menu = "lists",
};

static const struct message messages[] = {
    { "office.known", "收到日期不能晚于今天", "the day it came lies in the future" },
    { "office.answer", "比对结果请选“比对结果”这个种类", "an answer has the kind of an answer" },
    { "office.happened", "请填写发生日期", "say when it happened" },
    { "office.future", "发生日期不能晚于今天", "it cannot have happened in the future" },
    { "comparison.own", "提出人不能审批自己的比对，请换一个人",
      "who asked does not approve; another person must" },
    { "comparison.asked", "已提交审批的比对不能再改；要改内容，请让审批人退回，或另建一个",
      "what was handed in for approval stays; have it refused, or make another" },
    { "comparison.fields", "请至少选一项要比对的内容", "choose at least one thing to compare" },
    { "comparison.not_approved", "审批通过以后才能生成名单",
      "the list is made once it is approved" },
    { "comparison.many", "这个范围的人数超过 50000，请按街道分开",
      "over 50,000 people; split it by sub-district" },
    { 0 },
};

static const struct entity *const entities[] = {
    &comparison_entity, &office_list_entity, &office_entry_entity, &office_difference_entity, NULL,
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "differences", .zh = "名单差异", .en = "Differences to lists",
      .entity = "office_difference", .list = "state=open,asked", .due = "created_at",
      .within = "todo.difference_hours", .may = RIGHT(MAY_WRITE_REGISTER),
      .shows = "elder,what,was,becomes,source" },
    { .key = "entries_doubtful", .zh = "名单里疑似的人", .en = "People of a list, probably ours",
      .entity = "office_entry", .list = "match=doubtful", .due = "created_at",
      .within = "todo.difference_hours", .may = RIGHT(MAY_WRITE_REGISTER),
      .shows = "list,name,maybe" },
    { .key = "comparisons_asked", .zh = "待审批的数据比对", .en = "Comparisons to approve",
      .entity = "comparison", .list = "state=asked", .due = "created_at",
      .within = "todo.comparison_hours", .may = RIGHT(MAY_EXPORT), .not_by = "asked_by",
      .shows = "name,office,division,asked_by" },
    { 0 },
};

const struct module office_module = {
    .name = "office", .entities = entities, .endpoints = comparison_endpoints,
    .messages = messages, .todos = todos,
};
