/* access.c - complete values on demand, and the log of who asked for them. */

#include "model/history/access.h"
#include "model/inside.h"

SQL(access_add);
SQL(access_of);

const struct field access_log_fields[] = {
    ROW_FIELDS(struct access_log),
    LINK(struct access_log, elder, "elder", .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(struct access_log, account, "account", .filter = true, .brief = true, .zh = "查看人",
         .en = "Who looked"),
    FIELD(struct access_log, role, .brief = true, .zh = "角色", .en = "Role"),
    FIELD(struct access_log, org, .low = 0, .high = INT64_MAX, .zh = "机构", .en = "Organisation"),
    FIELD(struct access_log, entity, .filter = true, .brief = true, .zh = "对象",
          .en = "Kind of record"),
    FIELD(struct access_log, row_id, .low = 0, .high = INT64_MAX, .zh = "记录编号", .en = "Record"),
    FIELD(struct access_log, what, .brief = true, .zh = "查看内容", .en = "What was seen"),
    FIELD(struct access_log, reason, .brief = true, .high = 2000, .zh = "理由", .en = "Reason"),
    FIELD(struct access_log, purpose, .zh = "用途", .en = "Purpose"),
    FIELD(struct access_log, letter, .zh = "函号", .en = "Letter number"),
    { 0 },
};

static const struct index access_log_indexes[] = {
    { .name = "elder", .columns = "elder, id" },
    { .name = "account", .columns = "account, id" },
    { 0 },
};

static const struct sort access_log_sorts[] = {
    { "id", "id", true, "时间", "Time" },
    { 0 },
};

const struct entity access_log_entity = {
    .name = "access_log", .zh = "查看记录", .en = "Access log", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(struct access_log), .fields = access_log_fields, .indexes = access_log_indexes,
    .sorts = access_log_sorts, .title = "what", .reads = MAY_READ_AUDIT, .writes = MAY_READ_AUDIT,
    .no_create = true, .no_update = true, .no_history = true, .menu = "audit",
};

/* The same in history, where it is sealed. */
static enum err note_sealed(struct ctx *c, const struct access_log *a)
{
    struct buf b = buf_new(&c->mem, 64);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_text(&j, "what", a->what);
    json_end(&j, '}');
    struct note n = { .entity = sv_text(&c->mem, a->entity), .row = a->row_id, .elder = a->elder.n,
                      .scope = a->row.scope, .action = "unmask", .after = buf_sv(&b) };
    return history_note(c, &n);
}

/* A look at a whole list lies where the looker answers, so that her auditors read it. */
MUST static enum err caller_scope(struct ctx *c, int64_t *ret_scope)
{
    const struct who *w = c->who;
    const struct entity *org = house_entity(c->house, SV("organisation"));
    bool found;
    *ret_scope = 0;
    if (w && w->ranges_n)
        *ret_scope = w->ranges[0].low;
    else if (w && w->org && org)
        return row_scope(c, org, w->org, &found, ret_scope);
    return ERR_NONE;
}

enum err access_note(struct ctx *c, int64_t elder, const struct entity *e, int64_t id,
                     struct sv what)
{
    const struct who *w = c->who;
    struct access_log a = {
        .row = { .version = 1, .created_at = c->now },
        .elder = { elder }, .account = { w ? w->account : 0 }, .org = w ? w->org : 0,
        .role = who_is_house(c) ? SV("house") : w ? sv_of(roles[w->role].name.key) : SV(""),
        .entity = sv_of(e->name), .row_id = id, .what = sv_runes_head(what, 200),
        .reason = c->reason, .purpose = c->purpose, .letter = w ? w->letter : SV(""),
    };
    bool found;
    TRY(id ? row_scope(c, e, id, &found, &a.row.scope) : caller_scope(c, &a.row.scope));
    TRY(id_next(c, c->house->ids, &a.id.n));
    TRY(db_run(c, &sql_access_add, RECORD_PARAMS(access_log_fields, &a), NULL));
    return note_sealed(c, &a);
}

/* Fields asked for that may be revealed; the others are faults. */
static const struct field **fields_asked(struct ctx *c, const struct entity *e, struct sv names,
                                         size_t *ret_n)
{
    const struct field **list = NEW(&c->mem, const struct field *, fields_n(e->fields));
    struct sv name;
    size_t n = 0;
    while (sv_cut(&names, ',', &name)) {
        const struct field *f = field_named(e->fields, sv_trim(name));
        if (!f || f->hidden || n == fields_n(e->fields))
            fail_field(c, SV("fields"), "reveal.field");
        else
            list[n++] = f;
    }
    if (n == 0)
        fail_field(c, SV("fields"), "reveal.field");
    *ret_n = n;
    return list;
}

enum err entity_reveal(struct ctx *c, const struct entity *e, int64_t id, struct sv fields,
                       struct json *j)
{
    TRY(who_need(c, MAY_UNMASK));
    if (sv_trim(c->reason).len == 0)
        fail_field(c, SV("reason"), "reveal.reason");
    size_t n;
    const struct field **asked = fields_asked(c, e, fields, &n);
    TRY(fail_fields(c));
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    TRY(entity_get(c, e, id, row));
    TRY(access_note(c, row_elder(e, row), e, id, fields));
    for (size_t i = 0; i < n; i++)
        json_field(j, asked[i], row);
    return ERR_NONE;
}

enum err access_of(struct ctx *c, int64_t elder, struct list *ret_rows)
{
    struct access_log *list = NEW(&c->mem, struct access_log, ACCESS_OF_MAX);
    size_t n = 0;
    struct rows r = db_rows(c, &sql_access_of, PARAMS(P_INT("elder", elder),
                                                      P_INT("n", ACCESS_OF_MAX)));
    while (rows_next(&r)) {
        record_clear(access_log_fields, &list[n]);
        rows_read(&r, access_log_fields, &list[n++]);
    }
    TRY(rows_end(&r));
    *ret_rows = (struct list){ list, n };
    return ERR_NONE;
}
