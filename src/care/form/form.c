/* form.c - what a form of another office is, and the file it is kept as. */

#include "care/form/inside.h"

#include "http/file/file.h"
#include "model/seal/seal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define F struct form_template
static const struct choice form_states[] = {
    { "ready", "可用", "ready" }, { "retired", "停用", "retired" }, { 0 },
};
const struct field form_template_fields[] = {
    ROW_FIELDS(F),
    FIELD(F, name, .required = true, .low = 1, .high = 100, .brief = true,
          .zh = "名称", .en = "Name"),
    FIELD(F, sender, .high = 100, .brief = true, .zh = "来自", .en = "Sent by"),
    FIELD(F, entity, .read_only = true, .filter = true, .brief = true, .zh = "要的名单",
          .en = "List it asks for"),
    CHOICE(F, state, form_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    LINK(F, org, "organisation", .read_only = true, .zh = "机构", .en = "Organisation"),
    FIELD(F, file_name, .read_only = true, .high = 100, .brief = true, .zh = "文件",
          .en = "File"),
    FIELD(F, size, .read_only = true, .zh = "字节", .en = "Bytes"),
    FIELD(F, file_version, .read_only = true, .brief = true, .zh = "第几版", .en = "Version of file"),
    FIELD(F, file_hash, .read_only = true, .zh = "文件散列", .en = "File's hash"),
    FIELD(F, sealed_hash, .read_only = true, .hidden = true, .zh = "存档", .en = "Kept file"),
    FIELD(F, sheet, .low = 1, .high = SHEET_PAGES_MAX, .zh = "工作表（第几张）", .en = "Sheet"),
    FIELD(F, header_row, .low = 1, .high = 5000, .zh = "表头从第几行", .en = "Header from row"),
    FIELD(F, header_rows, .low = 1, .high = 3, .zh = "表头有几行", .en = "Rows of the header"),
    FIELD(F, from_row, .low = 1, .high = 5000, .zh = "从第几行填起", .en = "Filled from row"),
    FIELD(F, through_row, .low = 1, .high = 5000, .zh = "样行到第几行", .en = "Sample rows through"),
    FIELD(F, columns, .high = 60000, .zh = "列的对应", .en = "Columns"),
    FIELD(F, fixed, .high = 20000, .zh = "单个格", .en = "Single cells"),
    FIELD(F, used_at, .read_only = true, .brief = true, .zh = "上次填报", .en = "Last filled"),
    { 0 },
};
#undef F

static const struct index indexes[] = {
    { .name = "entity", .columns = "entity, id" }, { .name = "state", .columns = "state, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "最近", "Newest" }, { 0 } };

static const struct step steps[] = {
    { .from = "ready", .action = "retire", .to = "retired", .may = RIGHT(MAY_EXPORT),
      .zh = "停用", .en = "Retire" },
    { .from = "retired", .action = "ready", .to = "ready", .may = RIGHT(MAY_EXPORT),
      .zh = "重新启用", .en = "Use again" },
    { 0 },
};

const struct entity form_template_entity = {
    .name = "form_template", .zh = "外来表样", .en = "Form of another office",
    .size = sizeof(struct form_template), .fields = form_template_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "name", .reads = MAY_EXPORT,
    .writes = MAY_EXPORT, .no_create = true, .no_update = true, .seen_by_org = "org = $",
    .menu = "lists",
};

/* --- the file --- */

static struct seal_place place_of(int64_t id)
{
    return (struct seal_place){ "form_template", "file", id };
}

static enum err file_read(struct ctx *c, struct sv hash, struct sv *ret_bytes)
{
    const char *path = file_path(&c->mem, c->house->config, hash).at;
    struct buf b = buf_new(&c->mem, 64 * 1024);
    char *room = NEW(&c->mem, char, 64 * 1024);
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(c, ERR_MISSING, "form.file", "could not open a form: %s", strerror(errno));
    for (size_t n; (n = fread(room, 1, 64 * 1024, in)) > 0;)
        buf_put(&b, (struct sv){ room, n });
    bool bad = ferror(in) != 0;
    (void)fclose(in);
    *ret_bytes = buf_sv(&b);
    return bad ? fail(c, ERR_BUSY, "form.file", "could not read a form") : ERR_NONE;
}

enum err form_bytes(struct ctx *c, const struct form_template *t, struct sv *ret_bytes)
{
    struct seal_place at = place_of(t->id.n);
    struct sv sealed;
    TRY(file_read(c, t->sealed_hash, &sealed));
    return seal_open(c, &at, sealed, ret_bytes);
}

static enum err form_keep(struct ctx *c, struct sv bytes, struct form_template *t)
{
    struct seal_place at = place_of(t->id.n);
    struct sv sealed;
    t->size = (int64_t)bytes.len;
    t->file_hash = seal_hash_hex(&c->mem, bytes);
    TRY(seal_value(c, &at, bytes, &sealed));
    return file_put(c, sealed, &t->sealed_hash);
}

enum err form_prepare(struct ctx *c, const struct form_new *n, struct sv bytes,
                      struct form_template *ret)
{
    const struct entity *e = house_entity(c->house, n->entity);
    if (!e || !form_entity_fits(c, e))
        return fail(c, ERR_MISSING, "export.entity", "no list of this name for the caller");
    if (!ret->id.n) {
        record_clear(form_template_fields, ret);
        TRY(id_next(c, c->house->ids, &ret->id.n));
        ret->entity = n->entity;
        ret->name = n->name.len ? n->name : n->file_name.len ? n->file_name : SV("表样");
        ret->sender = n->sender;
        ret->org.n = c->who == &who_house ? 0 : c->who->org;
    }
    ret->file_name = n->file_name.len ? sv_runes_head(n->file_name, 100) : SV("表样.xlsx");
    ret->file_version++;
    TRY(form_guess(c, bytes, ret));
    return form_keep(c, bytes, ret);
}

static const struct message messages[] = {
    { "form.file", "表样文件读不出来，请重新上传", "the form's file cannot be read; upload it again" },
    { "form.columns", "第 {0} 列的对应不对：请从列表中选择", "column {0} is not one of the fields" },
    { "form.columns_none", "请至少对应一列", "bind at least one column" },
    { "form.fixed", "单个格写成 行、列 和内容", "a single cell is a row, a column and a text" },
    { "form.fixed_many", "单个格最多 {0} 个", "at most {0} single cells" },
    { "form.rows", "样行须在表头之下，止行不小于起行，最多 5000 行",
      "the sample rows stand below the header, the last not above the first" },
    { "form.retired", "这个表样已停用，请先重新启用", "this form is retired" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "export.form", .run = form_job, .lease_s = 300 }, { 0 },
};
static const struct entity *const entities[] = { &form_template_entity, NULL };

const struct module form_module = {
    .name = "form", .entities = entities, .endpoints = form_endpoints, .jobs = jobs,
    .messages = messages,
};
