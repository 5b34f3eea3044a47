/* history.c - a row for every write: who, why, what it was and what it became. */

#include "model/history/history.h"
#include "model/who/account.h"
#include "model/inside.h"

#include <string.h>

SQL(history_add);
SQL(history_of);

const struct field history_fields[] = {
    ROW_FIELDS(struct history),
    FIELD(struct history, entity, .filter = true, .brief = true, .zh = "对象",
          .en = "Kind of record"),
    FIELD(struct history, row_id, .code = true, .filter = true, .brief = true, .low = 0,
          .high = INT64_MAX, .zh = "记录编号", .en = "Record"),
    LINK(struct history, elder, "elder", .filter = true, .zh = "老年人", .en = "Elder"),
    FIELD(struct history, action, .brief = true, .zh = "操作", .en = "Action"),
    LINK(struct history, account, "account", .filter = true, .brief = true, .zh = "操作账号",
         .en = "Account"),
    FIELD(struct history, role, .brief = true, .zh = "角色", .en = "Role"),
    FIELD(struct history, channel, .brief = true, .zh = "渠道", .en = "Channel"),
    FIELD(struct history, purpose, .zh = "用途", .en = "Purpose"),
    FIELD(struct history, reason, .high = 2000, .zh = "理由", .en = "Reason"),
    FIELD(struct history, row_version, .zh = "版本", .en = "Record's version"),
    FIELD(struct history, was, .hidden = true, .high = 1000000, .zh = "变更前", .en = "Before"),
    FIELD(struct history, became, .hidden = true, .high = 1000000, .zh = "变更后", .en = "After"),
    FIELD(struct history, hash, .zh = "校验值", .en = "Hash"),
    { 0 },
};

static const struct sort history_sorts[] = {
    { "id", "id", true, "时间", "Time" },
    { 0 },
};

static const struct index history_indexes[] = {
    { .name = "row", .columns = "entity, row_id, id" },
    { .name = "elder", .columns = "elder, id", .where = "elder IS NOT NULL" },
    { .name = "account", .columns = "account, id", .where = "account IS NOT NULL" },
    { 0 },
};

const struct entity history_entity = {
    .name = "history", .zh = "操作记录", .en = "History", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(struct history), .fields = history_fields, .indexes = history_indexes,
    .sorts = history_sorts, .title = "action", .reads = MAY_READ_AUDIT, .writes = MAY_READ_AUDIT,
    .no_create = true, .no_update = true, .no_history = true, .menu = "audit",
};

/* --- writing --- */

/* How the values of one history row are veiled. */
struct veil {
    int64_t          history;
    int64_t          elder;         /* 0: the house's key */
    bool             have_key;      /* taken at the first value that needs it */
    struct elder_key key;
};

static enum err veil_key(struct ctx *c, struct veil *v)
{
    if (v->have_key || v->elder == 0)
        return ERR_NONE;
    TRY(elder_key_get(c, v->elder, &v->key));
    v->have_key = true;
    return ERR_NONE;
}

static bool veiled(const struct veil *v, const struct field *f)
{
    return field_sealed(f) || (f->class == MASKED && v->elder);
}

static enum err veiled_json(struct ctx *c, struct json *j, struct veil *v, const struct field *f,
                            const void *row)
{
    struct sv plain = value_text(&c->mem, field_value(f, row)), sealed;
    struct seal_place at = { "history", f->name, v->history };
    TRY(veil_key(c, v));
    json_object(j, f->name);
    if (v->elder && v->key.erased) {
        json_bool(j, "erased", true);
    } else {
        if (v->elder)
            TRY(seal_value_with(c, v->key.bytes, &at, plain, &sealed));
        else
            TRY(seal_value(c, &at, plain, &sealed));
        json_text(j, "sealed", base64_of(&c->mem, sealed));
    }
    json_end(j, '}');
    return ERR_NONE;
}

static enum err value_json(struct ctx *c, struct json *j, struct veil *v, const struct field *f,
                           const void *row)
{
    if (field_absent(f, row))
        return ERR_NONE;
    if (f->hidden) {
        json_bool(j, f->name, true);
        return ERR_NONE;
    }
    if (veiled(v, f))
        return veiled_json(c, j, v, f, row);
    json_field(j, f, row);
    return ERR_NONE;
}

/* The changed fields of `row` ("" when there is no row). The first four tell nothing new. */
static enum err side_json(struct ctx *c, struct veil *v, const struct change *ch, const void *row,
                          struct sv *ret_json)
{
    struct buf b = buf_new(&c->mem, 256);
    struct json j = json_new(&b);
    *ret_json = SV("");
    if (!row)
        return ERR_NONE;
    json_object(&j, NULL);
    for (const struct field *f = ch->e->fields; f->kind != KIND_END; f++) {
        if (!field_stored(f) || f == &ch->e->fields[0] || f == &ch->e->fields[1]
            || f == &ch->e->fields[3] || (ch->before && field_same(f, ch->before, ch->row)))
            continue;
        TRY(value_json(c, &j, v, f, row));
    }
    json_end(&j, '}');
    *ret_json = buf_sv(&b);
    return ERR_NONE;
}

struct sv history_hash(struct arena *mem, const struct history *h)
{
    const struct sv parts[] = {
        sv_fmt(mem, "%lld %lld %lld %lld %lld %lld %lld", (long long)h->id.n,
               (long long)h->row.scope, (long long)h->row.created_at.ms, (long long)h->row_id,
               (long long)h->elder.n, (long long)h->account.n, (long long)h->row_version),
        h->entity,
        h->action,
        h->role,
        h->channel,
        h->purpose,
        h->reason,
        h->was,
        h->became,
    };
    uint8_t hash[HASH_SIZE];
    seal_hash(parts, sizeof parts / sizeof parts[0], hash);
    struct buf b = buf_new(mem, 2 * HASH_SIZE + 1);
    buf_hex(&b, hash, HASH_SIZE);
    return buf_sv(&b);
}

/* Who, why and when are the caller's; the rest is given. */
static enum err history_store(struct ctx *c, struct history *h)
{
    const struct who *w = c->who;
    h->row.version = 1;
    h->row.created_at = c->now;
    h->account.n = w ? w->account : 0;
    h->role = who_is_house(c) ? SV("house") : w ? sv_of(roles[w->role].name.key) : SV("");
    h->channel = sv_of(channel_names[c->channel]);
    h->purpose = c->purpose;
    h->reason = c->reason;
    h->hash = history_hash(&c->mem, h);
    return db_run(c, &sql_history_add, RECORD_PARAMS(history_fields, h), NULL);
}

enum err history_add(struct ctx *c, const struct change *ch)
{
    struct history h = {
        .entity = sv_of(ch->e->name),
        .row_id = row_id(ch->e, ch->row),
        .elder = { row_elder(ch->e, ch->row) },
        .action = sv_of(ch->action),
        .row_version = entity_row(ch->e, ch->row)->version,
        .row.scope = entity_row(ch->e, ch->row)->scope,
    };
    TRY(id_next(c, c->house->ids, &h.id.n));
    struct veil v = { .history = h.id.n, .elder = h.elder.n };
    TRY(side_json(c, &v, ch, ch->before, &h.was));
    TRY(side_json(c, &v, ch, ch->row, &h.became));
    return history_store(c, &h);
}

enum err history_note(struct ctx *c, const struct note *n)
{
    struct history h = {
        .entity = sv_of(n->entity), .row_id = n->row, .elder = { n->elder },
        .action = sv_of(n->action), .row.scope = n->scope, .became = n->after,
    };
    TRY(id_next(c, c->house->ids, &h.id.n));
    return history_store(c, &h);
}

/* --- reading --- */

/* A veiled value back into a scratch row, masked as in any answer; nothing when it was erased. */
static void unveil_json(struct ctx *c, struct json *j, struct veil *v, const struct field *f,
                        const struct json_value *sealed, void *scratch)
{
    struct sv cipher, plain;
    struct value value;
    struct seal_place at = { "history", f->name, v->history };
    struct fault kept = c->fault;
    bool good = sealed->kind == JSON_TEXT && base64_read(&c->mem, sealed->text, &cipher)
             && veil_key(c, v) == ERR_NONE && !(v->elder && v->key.erased)
             && (v->elder ? seal_open_with(c, v->key.bytes, &at, cipher, &plain)
                          : seal_open(c, &at, cipher, &plain)) == ERR_NONE
             && value_read(column_type(f), plain, &value)
             && field_take(&c->mem, f, scratch, value);
    c->fault = kept;
    if (good)
        masked_field(j, f, scratch);
    else
        json_null(j, f->name);
}

static enum err side_show(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                          struct veil *v, struct sv side)
{
    if (side.len == 0)
        return ERR_NONE;
    const struct json_value *tree;
    TRY(json_parse(c, side, &tree));
    void *scratch = arena_take(&c->mem, e->size, alignof(max_align_t));
    record_clear(e->fields, scratch);
    json_object(j, name);
    for (const struct json_value *m = tree->first; m; m = m->next) {
        const struct field *f = field_named(e->fields, m->name);
        const struct json_value *sealed = json_member(m, "sealed");
        if (f && (f->class == SECRET || f->hidden))
            continue;
        if (f && sealed)
            unveil_json(c, j, v, f, sealed, scratch);
        else if (!f || f->class == OPEN || f->class == MASKED)
            json_raw(j, sv_text(&c->mem, m->name), f && f->class == MASKED ? SV("") : m->source);
    }
    json_end(j, '}');
    return ERR_NONE;
}

/* The name behind an account: the same few people change a row again and again. */
MUST static enum err put_account(struct ctx *c, struct json *j, int64_t account,
                                 struct account *last)
{
    bool found = last->id.n == account;
    if (!found && account)
        TRY(entity_load(c, &account_entity, account, last, &found));
    if (found && account)
        json_text(j, "account_title", last->name);
    return ERR_NONE;
}

static enum err line_show(struct ctx *c, struct json *j, const struct entity *e,
                          const struct history *h, struct account *last)
{
    struct veil v = { .history = h->id.n, .elder = h->elder.n };
    json_object(j, NULL);
    json_fields(j, history_fields, h);
    if (c->who && roles[c->who->role].staff)
        TRY(put_account(c, j, h->account.n, last));
    TRY(side_show(c, j, "was", e, &v, h->was));
    TRY(side_show(c, j, "became", e, &v, h->became));
    json_end(j, '}');
    return ERR_NONE;
}

/* How a row came that was made with many others: the oldest of its lines. */
static enum err came_show(struct ctx *c, struct json *j, const struct entity *e, int64_t id,
                          struct account *last)
{
    for (size_t m = 0; c->house->modules && c->house->modules[m]; m++) {
        struct history line;
        bool found = false;
        record_clear(history_fields, &line);
        if (c->house->modules[m]->came)
            TRY(c->house->modules[m]->came(c, e, id, &line, &found));
        if (found)
            TRY(line_show(c, j, e, &line, last));
    }
    return ERR_NONE;
}

enum err history_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                      int64_t id)
{
    bool seen;
    TRY(row_seen(c, e, VIEW_READ, id, &seen, NULL));
    if (!seen)
        return fail(c, ERR_MISSING, "entity.missing", "no %s %lld for this caller", e->name,
                    (long long)id);
    struct account last = { .id = { 0 } };
    struct history *lines = NEW(&c->mem, struct history, HISTORY_MAX);
    size_t n = 0;
    struct rows r = db_rows(
        c, &sql_history_of,
        PARAMS(P_TEXT("entity", sv_of(e->name)), P_INT("row_id", id), P_INT("n", HISTORY_MAX)));
    while (rows_next(&r)) {
        record_clear(history_fields, &lines[n]);
        rows_read(&r, history_fields, &lines[n++]);
    }
    TRY(rows_end(&r));
    json_array(j, name);
    for (size_t i = 0; i < n; i++)
        TRY(line_show(c, j, e, &lines[i], &last));
    if (n < HISTORY_MAX)
        TRY(came_show(c, j, e, id, &last));
    json_end(j, ']');
    return ERR_NONE;
}
