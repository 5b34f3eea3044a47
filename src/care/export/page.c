/* page.c - taking a list out, seeing how far it is, fetching the file. */

#include "http/describe/gives.h"
#include "care/export/export.h"

SQL(export_mine);

struct export_new {
    struct sv entity, query, words, columns, reason;
    int       format;
};
static const struct field export_new_fields[] = {
    FIELD(struct export_new, entity, .required = true, .high = 60, .zh = "对象", .en = "Entity"),
    FIELD(struct export_new, query, .high = 4000, .zh = "条件", .en = "Query of the list",
          .hint_zh = "与列表地址中问号后的内容相同", .hint_en = "as behind the ? of the list"),
    FIELD(struct export_new, words, .high = 500, .zh = "条件说明", .en = "Conditions in words"),
    FIELD(struct export_new, columns, .high = 2000, .zh = "列", .en = "Columns",
          .hint_zh = "以逗号分隔；不填为列表默认列", .hint_en = "comma between; the list's own"),
    CHOICE(struct export_new, format, export_formats, .zh = "格式", .en = "Format"),
    FIELD(struct export_new, reason, .required = true, .low = 2, .high = 200, .zh = "理由",
          .en = "Reason"),
    { 0 },
};

static const struct field of_job[] = {
    FIELD(struct job, done, .zh = "已完成行数", .en = "Rows so far"), { 0 },
};

/* The batch as members of the open object, and how far its job is. */
static enum err batch_json(struct ctx *c, struct json *j, const struct export_batch *b)
{
    struct job job;
    bool found = false;
    json_fields(j, export_batch_fields, b);
    if (b->state == EXPORT_WAITING)
        TRY(job_get(c, b->job, &job, &found));
    if (found)
        json_fields(j, of_job, &job);
    if (b->fault.len)
        json_text(j, "fault_text", house_message(c->house, &c->mem, c->lang,
                                                 sv_text(&c->mem, b->fault), SV(""), SV("")));
    if (b->state == EXPORT_DONE)
        json_text(j, "href",
                  sv_fmt(&c->mem, "/api/export/%lld/file", (long long)b->id.n));
    return ERR_NONE;
}

static enum err export_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct export_new *in = q->body;
    const struct entity *e = house_entity(c->house, in->entity);
    int64_t total = 0;
    struct export_batch b = {
        .kind = EXPORT_LIST, .format = in->format, .entity = in->entity, .filter = in->query,
        .words = in->words, .columns = in->columns, .reason = in->reason,
        .title = sv_of(e ? c->lang == LANG_EN ? e->en : e->zh : ""),
    };
    TRY(export_list_check(c, &b, &total));
    TRY(export_begin(c, &b, "export.list"));
    a->status = 201;
    json_int(&a->json, "total", total);
    return batch_json(c, &a->json, &b);
}

/* Hers alone: of others' there is nothing here. */
static enum err batch_of_path(struct ctx *c, const struct request *q, struct export_batch *ret)
{
    int64_t id;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_load(c, &export_batch_entity, id, ret, &found));
    if (!found || ret->account.n != c->who->account)
        return fail(c, ERR_MISSING, "missing", "no export %lld of this account", (long long)id);
    return ERR_NONE;
}

static enum err export_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct export_batch b;
    TRY(batch_of_path(c, q, &b));
    return batch_json(c, &a->json, &b);
}

static enum err exports_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t ids[30];
    size_t n = 0;
    (void)q;
    struct rows r = db_rows(c, &sql_export_mine, PARAMS(P_INT("account", c->who->account)));
    while (n < 30 && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(&a->json, "items");
    for (size_t i = 0; i < n; i++) {
        struct export_batch b;
        bool found;
        TRY(entity_load(c, &export_batch_entity, ids[i], &b, &found));
        json_object(&a->json, NULL);
        TRY(batch_json(c, &a->json, &b));
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static enum err export_cancel(struct ctx *c, const struct request *q, struct answer *a)
{
    struct export_batch b;
    TRY(batch_of_path(c, q, &b));
    if (b.state == EXPORT_WAITING) {
        TRY(job_cancel(c, b.job));
        b.state = EXPORT_FAILED;
        b.fault = SV("job.cancelled");
        TRY(entity_update_by_rule(c, &export_batch_entity, &b, b.row.version, "cancel"));
    }
    return batch_json(c, &a->json, &b);
}

static const char *type_of(int format)
{
    static const char *const types[] = {
        [EXPORT_XLSX] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [EXPORT_CSV] = "text/csv; charset=utf-8", [EXPORT_PDF] = "application/pdf",
    };
    return types[format];
}

static enum err export_file_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct export_batch b;
    TRY(batch_of_path(c, q, &b));
    if (b.state == EXPORT_EXPIRED || (b.state == EXPORT_DONE && b.expires_at.ms < c->now.ms))
        return fail(c, ERR_MISSING, "export.expired", "export %lld expired", (long long)b.id.n);
    if (b.state != EXPORT_DONE)
        return fail(c, ERR_CONFLICT, "export.not_ready", "export %lld is not made",
                    (long long)b.id.n);
    const char *ending = export_formats[b.format].key;
    a->type = type_of(b.format);
    a->file = export_path(&c->mem, c->house->config, &b);
    a->shown = b.format == EXPORT_PDF;
    a->disposition = file_disposition(
        &c->mem, b.format == EXPORT_PDF ? "inline" : "attachment",
        sv_fmt(&c->mem, "%.*s.%s", SV_ARG(b.number), ending),
        sv_fmt(&c->mem, "%.*s-%.*s.%s", SV_ARG(b.title), SV_ARG(b.number), ending));
    return ERR_NONE;
}

/* Each as GET /api/export/{id} gives it. */
static const struct field exports_gives[] = { SAYS(JSON, "items"), { 0 } };

const struct endpoint export_endpoints[] = {
    { POST, "/api/export", export_post, WRITES, MAY_EXPORT, .takes = export_new_fields,
      .takes_size = sizeof(struct export_new), .gives = export_batch_fields, .zh = "导出一个列表",
      .en = "Take a list out" },
    { GET, "/api/export", exports_get, READS, MAY_SIGNED_IN, .gives = exports_gives,
      .zh = "我的导出", .en = "What I took out" },
    { GET, "/api/export/{id}", export_get, READS, MAY_SIGNED_IN, .gives = export_batch_fields,
      .zh = "一次导出", .en = "One of them" },
    { POST, "/api/export/{id}/cancel", export_cancel, WRITES, MAY_SIGNED_IN,
      .gives = export_batch_fields, .zh = "取消导出", .en = "Call it off" },
    { GET, "/api/export/{id}/file", export_file_get, READS, MAY_SIGNED_IN,
      .media = "application/octet-stream", .zh = "下载导出文件", .en = "Fetch the file" },
    { 0 },
};
