/* steps.c - the life of a batch: mapped, checked, confirmed, undone. */

#include "care/intake/inside.h"

SQL(import_source_of);

const struct field map_fields[] = {
    FIELD(struct intake_map, sheet, .low = 1, .high = SHEET_PAGES_MAX, .required = true,
          .zh = "工作表（第几张）", .en = "Sheet"),
    FIELD(struct intake_map, header_row, .low = 1, .high = 1048576, .required = true,
          .zh = "表头从第几行", .en = "Header from row"),
    FIELD(struct intake_map, header_rows, .low = 1, .high = 3, .required = true,
          .zh = "表头有几行", .en = "Rows of the header"),
    FIELD(struct intake_map, mapping, .required = true, .zh = "列的对应", .en = "Mapping"),
    FIELD(struct intake_map, take_phones, .zh = "把备注里的电话填入空的电话栏",
          .en = "Fill empty telephones from remarks"),
    FIELD(struct intake_map, source, .high = 60, .zh = "记为来源", .en = "Remember as source"),
    { 0 },
};

/* --- who may --- */

static enum err may_take(struct ctx *c, const void *row)
{
    const struct import_batch *b = row;
    const struct import_rule *r = import_rule_of(b->entity);
    if (r && entity_may_create(c, r->entity) && entity_may_update(c, r->entity))
        return ERR_NONE;
    return fail(c, ERR_FORBIDDEN, "intake.may_not", "the caller may not write %.*s",
                SV_ARG(b->entity));
}

/* --- what a source called its columns --- */

static enum err source_find(struct ctx *c, const struct import_batch *b, struct sv name,
                            struct import_source *ret, bool *ret_found)
{
    int64_t id;
    TRY(db_int(c, &sql_import_source_of,
               PARAMS(P_TEXT("entity", b->entity), P_TEXT("name", name), P_ID("org", b->org.n)),
               &id));
    *ret_found = false;
    return id ? entity_load(c, &import_source_entity, id, ret, ret_found) : ERR_NONE;
}

static enum err source_keep(struct ctx *c, struct import_batch *b, struct sv name)
{
    struct import_source s;
    bool found;
    TRY(source_find(c, b, name, &s, &found));
    if (!found) {
        record_clear(import_source_fields, &s);
        s.name = name;
        s.entity = b->entity;
        s.org = b->org;
        s.row.scope = b->row.scope;
    }
    s.mapping = b->mapping;
    s.used_at = c->now;
    TRY(found ? entity_update_by_rule(c, &import_source_entity, &s, s.row.version, "used")
              : entity_create_by_rule(c, &import_source_entity, &s));
    b->source = s.id;
    return ERR_NONE;
}

/* --- jobs --- */

static enum err job_for(struct ctx *c, struct import_batch *b, const char *kind)
{
    struct sv input = sv_fmt(&c->mem, "{\"batch\":\"%lld\"}", (long long)b->id.n);
    int64_t account = c->who && !(c->who == &who_house) ? c->who->account : 0;
    b->trouble = SV("");
    return job_add_for(c, kind, input, account, b->row.scope, &b->job);
}

/* --- effects --- */

static enum err map_effect(struct ctx *c, void *row, const void *input)
{
    struct import_batch *b = row;
    const struct intake_map *in = input;
    struct import_map map;
    const struct import_rule *r = import_rule_of(b->entity);
    assert(r != NULL);
    TRY(map_read(c, r->entity, in->mapping.json, &map));
    b->sheet = in->sheet;
    b->header_row = in->header_row;
    b->header_rows = in->header_rows;
    b->mapping.json = map_json(&c->mem, &map);
    b->take_phones = in->take_phones;
    b->ran_as.json = acting_json(c);
    if (in->source.len)
        TRY(source_keep(c, b, in->source));
    return job_for(c, b, "import.check");
}

static enum err confirm_effect(struct ctx *c, void *row, const void *input)
{
    struct import_batch *b = row;
    (void)input;
    b->ran_as.json = acting_json(c);
    return job_for(c, b, "import.confirm");
}

static enum err undo_effect(struct ctx *c, void *row, const void *input)
{
    struct import_batch *b = row;
    (void)input;
    b->ran_as.json = acting_json(c);
    return job_for(c, b, "import.undo");
}

static enum err checked_effect(struct ctx *c, void *row, const void *input)
{
    const struct finish *f = input;
    struct import_batch *b = row;
    (void)c;
    b->counts = f->counts;
    b->returned_hash = f->returned_hash;
    return ERR_NONE;
}

static enum err stored_effect(struct ctx *c, void *row, const void *input)
{
    const struct finish *f = input;
    struct import_batch *b = row;
    (void)c;
    b->added_n = f->added_n;
    b->updated_n = f->updated_n;
    b->undone_n = f->undone_n;
    b->kept_n = f->kept_n;
    return ERR_NONE;
}

static enum err failed_effect(struct ctx *c, void *row, const void *input)
{
    (void)c;
    ((struct import_batch *)row)->trouble = ((const struct finish *)input)->trouble;
    return ERR_NONE;
}

const struct step batch_steps[] = {
    { .from = "", .action = "upload", .to = "uploaded", .may = RIGHT(MAY_IMPORT), .zh = "上传",
      .en = "Upload" },
    { .from = "uploaded,checked,failed", .action = "map", .to = "checking",
      .may = RIGHT(MAY_IMPORT), .guard = may_take, .effect = map_effect, .takes = map_fields,
      .takes_size = sizeof(struct intake_map), .zh = "对应列并检查", .en = "Map and check" },
    { .from = "checked,done,stopped", .action = "confirm", .to = "running",
      .may = RIGHT(MAY_IMPORT), .guard = may_take, .effect = confirm_effect, .zh = "确认导入",
      .en = "Confirm", .danger = true },
    { .from = "checking,running", .action = "stop", .to = "stopped", .may = RIGHT(MAY_IMPORT),
      .zh = "中止", .en = "Stop", .danger = true },
    { .from = "uploaded,checked,failed", .action = "cancel", .to = "cancelled",
      .may = RIGHT(MAY_IMPORT), .zh = "取消", .en = "Cancel" },
    { .from = "done,stopped", .action = "undo", .to = "undoing", .may = RIGHT(MAY_IMPORT),
      .guard = may_take, .effect = undo_effect, .reason = true, .danger = true,
      .zh = "整批撤销", .en = "Undo the batch" },
    { .from = "checking", .action = "checked", .to = "checked", .effect = checked_effect,
      .automatic = true },
    { .from = "running", .action = "stored", .to = "done", .effect = stored_effect,
      .automatic = true },
    { .from = "undoing", .action = "undone", .to = "undone", .effect = stored_effect,
      .automatic = true },
    { .from = "checking,running,undoing", .action = "fail", .to = "failed",
      .effect = failed_effect, .automatic = true },
    { 0 },
};

/* --- for jobs --- */

enum err batch_load(struct ctx *c, int64_t id, struct import_batch *ret_batch)
{
    bool found;
    TRY(entity_load(c, &import_batch_entity, id, ret_batch, &found));
    return found ? ERR_NONE
                 : fail(c, ERR_MISSING, "entity.missing", "no import batch %lld", (long long)id);
}

enum err batch_must_be(struct ctx *c, int64_t id, enum batch_state state)
{
    struct import_batch b;
    TRY(batch_load(c, id, &b));
    return b.state == (int)state ? ERR_NONE
         : fail(c, ERR_CONFLICT, "intake.stopped", "batch %lld has moved on", (long long)id);
}

struct moving { int64_t batch; const char *action; const struct finish *finish; };

static enum err move(struct ctx *c, void *arg)
{
    const struct moving *m = arg;
    struct import_batch b;
    TRY(batch_load(c, m->batch, &b));
    return entity_act_by_rule(c, &import_batch_entity, b.id.n, b.row.version, sv_of(m->action),
                              m->finish, &b);
}

enum err batch_step(struct ctx *c, int64_t batch, const char *action, const struct finish *f)
{
    struct moving m = { batch, action, f };
    enum err e = transaction(c, move, &m);
    if (e != ERR_CONFLICT)
        return e;
    ctx_forgive(c);
    return ERR_NONE;
}
