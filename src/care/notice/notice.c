/* notice.c - notices of an office to a division. */

#include "care/notice/notice.h"

const struct choice notice_states[] = {
    { "draft", "草稿", "draft" }, { "published", "已发布", "published" },
    { "withdrawn", "已撤回", "withdrawn" }, { 0 },
};

const struct field notice_fields[] = {
    ROW_FIELDS(struct notice),
    FIELD(struct notice, title, .required = true, .high = 100, .filter = true, .brief = true,
          .search = true, .zh = "标题", .en = "Title"),
    FIELD(struct notice, body, .required = true, .many_lines = true, .high = 10000, .zh = "正文",
          .en = "Text"),
    LINK(struct notice, division, "division", .required = true, .filter = true, .brief = true,
         .zh = "发布范围", .en = "Division"),
    CHOICE(struct notice, state, notice_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    FIELD(struct notice, show_from, .brief = true, .zh = "显示自", .en = "Shown from"),
    FIELD(struct notice, show_to, .filter = true, .brief = true, .zh = "显示至", .en = "Shown until"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "within", .columns = "scope, state, id" },
    { .name = "title", .columns = "title, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "state", .columns = "state, show_to, id" },
    { 0 },
};

static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

#define OFFICE (RIGHT(MAY_WRITE_DIRECTORY) | RIGHT(MAY_REVIEW_DIRECTORY))

static const struct step steps[] = {
    { .from = "draft", .action = "publish", .to = "published", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .zh = "发布", .en = "Publish" },
    { .from = "published", .action = "withdraw", .to = "withdrawn", .may = OFFICE, .reason = true,
      .danger = true, .zh = "撤回", .en = "Withdraw" },
    { .from = "withdrawn", .action = "reopen", .to = "draft", .may = OFFICE, .zh = "重新编辑",
      .en = "Edit again" },
    { 0 },
};

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct notice *n = row;
    (void)before;
    if (day_known(n->show_from) && day_known(n->show_to) && n->show_to.n < n->show_from.n)
        fail_field(c, SV("show_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity notice_entity = {
    .name = "notice", .zh = "通知公告", .en = "Notice", .size = sizeof(struct notice),
    .fields = notice_fields, .indexes = indexes, .sorts = sorts, .state = "state", .steps = steps,
    .title = "title", .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY,
    .seen_by_own = "state = 'published'", .seen_by_org = "state = 'published'",
    .seen_by_carer = "state = 'published'", .scope_of = "division", .rules = rules,
    .menu = "setup", .files = true,
};

static const struct entity *const entities[] = { &notice_entity, NULL };

const struct module notice_module = { .name = "notice", .entities = entities };
