/* export.c - the record of what was taken out, and its end. */

#include "care/export/export.h"

#include "model/history/access.h"
#include "model/jobs.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

SQL(export_to_expire);

const struct choice export_kinds[] = {
    { "list", "名单", "list" }, { "form", "填报表", "filled form" }, { "print", "打印件", "paper" },
    { 0 },
};
const struct choice export_formats[] = {
    { "xlsx", "Excel", "Excel" }, { "csv", "CSV", "CSV" }, { "pdf", "PDF", "PDF" }, { 0 },
};
const struct choice export_states[] = {
    { "waiting", "正在生成", "being made" }, { "done", "可下载", "ready" },
    { "failed", "未生成", "not made" }, { "expired", "已过期", "expired" }, { 0 },
};

#define B struct export_batch
const struct field export_batch_fields[] = {
    ROW_FIELDS(B),
    FIELD(B, number, .read_only = true, .brief = true, .filter = true, .search_whole = true,
          .zh = "编号", .en = "Number"),
    LINK(B, account, "account", .read_only = true, .brief = true, .filter = true, .zh = "导出人",
         .en = "Who"),
    CHOICE(B, role, role_choices, .read_only = true, .brief = true, .zh = "角色", .en = "Role"),
    CHOICE(B, kind, export_kinds, .read_only = true, .brief = true, .filter = true, .zh = "种类",
           .en = "Kind"),
    CHOICE(B, format, export_formats, .read_only = true, .zh = "格式", .en = "Format"),
    CHOICE(B, state, export_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    FIELD(B, entity, .read_only = true, .zh = "对象", .en = "Entity"),
    FIELD(B, title, .read_only = true, .brief = true, .zh = "内容", .en = "What"),
    FIELD(B, filter, .high = 4000, .read_only = true, .zh = "条件（原文）", .en = "Filter"),
    FIELD(B, words, .high = 500, .read_only = true, .zh = "条件", .en = "Conditions"),
    FIELD(B, columns, .high = 2000, .read_only = true, .zh = "列", .en = "Columns"),
    FIELD(B, reason, .read_only = true, .brief = true, .zh = "理由", .en = "Reason"),
    FIELD(B, rows_n, .read_only = true, .brief = true, .zh = "行数", .en = "Rows"),
    FIELD(B, size, .read_only = true, .zh = "字节", .en = "Bytes"),
    FIELD(B, job, .hidden = true, .read_only = true, .zh = "任务", .en = "Job"),
    FIELD(B, fault, .read_only = true, .zh = "未生成的原因", .en = "Why not"),
    FIELD(B, made_at, .read_only = true, .zh = "生成时间", .en = "Made at"),
    FIELD(B, expires_at, .read_only = true, .zh = "有效至", .en = "Until"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "account", .columns = "account, id" },
    { .name = "number", .columns = "number", .unique = true, .message = "busy" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "state", .columns = "state, expires_at, id" },
    { 0 },
};

static const struct sort sorts[] = { { "created", "id", true, "最近", "Newest" }, { 0 } };

const struct entity export_batch_entity = {
    .name = "export_batch", .zh = "导出记录", .en = "Taken out", .size = sizeof(B),
    .fields = export_batch_fields, .indexes = indexes, .sorts = sorts, .title = "number",
    .reads = MAY_READ_AUDIT, .writes = MAY_READ_AUDIT, .no_create = true, .no_update = true,
    .seen_by_all = true, .menu = "audit",
};
#undef B

const char *export_path(struct arena *mem, const struct config *k, const struct export_batch *b)
{
    return sv_fmt(mem, "%s/exports/%lld.%s", k->data_dir, (long long)b->id.n,
                  export_formats[b->format].key).at;
}

const char *export_try_path(struct arena *mem, const char *path, int64_t tries)
{
    return sv_fmt(mem, "%s.%lld", path, (long long)tries).at;
}

void export_tries_remove(struct arena *mem, const char *path, int64_t before)
{
    for (int64_t i = 1; i < before; i++)
        (void)unlink(export_try_path(mem, path, i));
}

struct sv export_mark(struct ctx *c, const struct export_batch *b)
{
    bool english = c->lang == LANG_EN;
    const struct choice *role = &role_choices[b->role];
    int minute = minute_of(b->row.created_at);
    struct buf day = buf_new(&c->mem, 16);
    buf_day(&day, day_of(b->row.created_at));
    return sv_fmt(&c->mem, "%s %.*s · %.*s（%s）· %.*s %02d:%02d · %.*s",
                  english ? "Taken out" : "导出", SV_ARG(b->number),
                  SV_ARG(c->who ? c->who->name : SV("")), english ? role->en : role->zh,
                  SV_ARG(buf_sv(&day)), minute / 60, minute % 60, SV_ARG(b->reason));
}

/* --- beginning --- */

static struct sv number_of(struct ctx *c, int64_t id)
{
    struct civil d = civil_of_day(day_of(c->now));
    return sv_fmt(&c->mem, "%04d%02d%02d-%06lld", d.year, d.month, d.day,
                  (long long)(id % 1000000));
}

enum err export_begin(struct ctx *c, struct export_batch *b, const char *kind)
{
    const struct entity *e = b->entity.len ? house_entity(c->house, b->entity) : NULL;
    if (sv_runes(b->reason) < 2)
        fail_field(c, SV("reason"), "export.reason");
    TRY(fail_fields(c));
    TRY(id_next(c, c->house->ids, &b->id.n));
    b->number = number_of(c, b->id.n);
    b->account.n = c->who->account;
    b->role = (int)c->who->role;
    b->state = EXPORT_WAITING;
    b->expires_at.ms = c->now.ms + EXPORT_DAYS * MS_A_DAY;
    c->reason = b->reason;
    TRY(job_add_for(c, kind, sv_fmt(&c->mem, "{\"batch\":\"%lld\"}", (long long)b->id.n),
                    b->account.n, 0, &b->job));
    TRY(entity_create_by_rule(c, &export_batch_entity, b));
    return access_note(c, 0, e ? e : &export_batch_entity, e ? 0 : b->id.n,
                       sv_fmt(&c->mem, "export:%.*s", SV_ARG(b->number)));
}

/* --- ending --- */

/* Run again, the file is gone already. */
static enum err expire_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct export_batch b;
    bool found;
    (void)with;
    TRY(entity_load(c, &export_batch_entity, due->id, &b, &found));
    const char *path = export_path(&c->mem, c->house->config, &b);
    export_tries_remove(&c->mem, path, EXPORT_TRIES_MAX + 1);
    if (unlink(path) != 0 && errno != ENOENT)
        return fail(c, ERR_BUSY, "store.away", "could not remove export %lld", (long long)b.id.n);
    b.state = EXPORT_EXPIRED;
    return entity_update_by_rule(c, &export_batch_entity, &b, b.row.version, "expire");
}

static enum err expire_job(struct ctx *c, const struct job *j)
{
    return work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_export_to_expire,
                                                        .each = expire_one });
}

static const struct job_kind jobs[] = {
    { .name = "export.list", .run = export_list_job, .lease_s = 300 },
    { .name = "export.expire", .run = expire_job },
    { 0 },
};

static const struct schedule schedules[] = {
    { .name = "export.expire", .job = "export.expire", .every_s = 3600 }, { 0 },
};

static const struct message messages[] = {
    { "export.reason", "请写明导出理由（至少两个字）", "Say why it is taken out" },
    { "export.columns", "没有这一列或不可导出：{0}", "There is no such column to take out: {0}" },
    { "export.columns_many", "一次最多导出 60 列", "At most 60 columns at once" },
    { "export.many", "超过 300 万行，请加条件后分批导出",
      "More than 3,000,000 rows: add a condition and take them out in parts" },
    { "export.not_ready", "文件还没有生成", "The file has not been made yet" },
    { "export.expired", "文件已过期删除，请重新导出", "The file has expired; take it out again" },
    { "export.lost_role", "导出人已不再担任这个角色", "Who asked no longer holds that role" },
    { "export.paper_many", "打印的名单最多 5000 行，请加条件或导出为 Excel",
      "A list on paper has at most 5,000 rows: add a condition, or take out a workbook" },
    { "export.paper_columns", "打印最多 16 列，请在“列设置”中减少",
      "At most 16 columns fit on paper" },
    { 0 },
};

static const struct entity *const entities[] = { &export_batch_entity, NULL };

const struct module export_module = {
    .name = "export", .entities = entities, .endpoints = export_endpoints, .jobs = jobs,
    .schedules = schedules, .messages = messages,
};
