/* bulk.c - one step for many rows, each in its own savepoint. */

#include "http/bulk.h"

#include "http/describe/gives.h"

#include <stdalign.h>
#include <string.h>

struct bulk_row { int64_t id, version; };
static const struct field row_fields[] = {
    FIELD(struct bulk_row, id, .code = true, .required = true, .low = 1, .high = INT64_MAX,
          .zh = "编号", .en = "Id"),
    FIELD(struct bulk_row, version, .required = true, .low = 1, .high = INT64_MAX, .zh = "版本",
          .en = "Version"),
    { 0 },
};

const struct field bulk_fields[] = {
    FIELD(struct bulk, entity, .required = true, .high = 60, .zh = "对象", .en = "Entity"),
    FIELD(struct bulk, action, .required = true, .high = 60, .zh = "操作", .en = "Step"),
    FIELD(struct bulk, rows, .required = true, .record = row_fields, .zh = "行", .en = "Rows",
          .hint_zh = "最多 50 行", .hint_en = "at most 50"),
    FIELD(struct bulk, fields, .zh = "操作所需的内容", .en = "What the step takes"),
    FIELD(struct bulk, reason, .high = 500, .zh = "理由", .en = "Reason"), { 0 },
};

static const struct field fault_gives[] = {
    SAYS(TEXT, "field"), SAYS(TEXT, "key"), SAYS(TEXT, "message"), { 0 },
};
static const struct field result_gives[] = {
    SAYS(TEXT, "id"), SAYS(BOOL, "done"), MAY_SAY(INT, "version"), MAY_SAY(TEXT, "key"),
    MAY_SAY(TEXT, "message"), MAY_SAY(LIST, "fields", .record = fault_gives), { 0 },
};
const struct field bulk_gives[] = {
    SAYS(INT, "done"), SAYS(INT, "failed"), SAYS(LIST, "results", .record = result_gives), { 0 },
};

/* One request on its way. */
struct bulk_work {
    const struct entity *entity;
    const struct step   *step;
    const void          *input;      /* NULL: the step takes nothing */
    struct bulk_row      rows[BULK_ROWS_MAX];
    size_t               rows_n;
    int64_t              done, failed;
};

/* --- what is asked --- */

static const struct step *step_named(const struct entity *e, struct sv action)
{
    for (const struct step *s = e->steps; s && s->action; s++)
        if (!s->automatic && s->from[0] && sv_is(action, s->action))
            return s;
    return NULL;
}

static bool is_twice(const struct bulk_work *w, int64_t id)
{
    for (size_t i = 0; i < w->rows_n; i++)
        if (w->rows[i].id == id)
            return true;
    return false;
}

MUST static enum err rows_asked(struct ctx *c, const struct request *q, struct bulk_work *w)
{
    const struct json_value *rows = json_member(q->json, "rows");
    if (!rows || rows->kind != JSON_ARRAY || rows->n == 0)
        fail_field(c, SV("rows"), "bulk.none");
    else if (rows->n > BULK_ROWS_MAX)
        fail_field_args(c, SV("rows"), "bulk.many", sv_fmt(&c->mem, "%d", BULK_ROWS_MAX), SV(""));
    TRY(fail_fields(c));
    for (const struct json_value *one = rows->first; one; one = one->next) {
        struct bulk_row *r = &w->rows[w->rows_n];
        record_clear(row_fields, r);
        TRY(json_read(c, one, row_fields, true, r, NULL));
        record_check(c, row_fields, r, true);
        if (is_twice(w, r->id))
            fail_field(c, SV("rows"), "bulk.twice");
        w->rows_n++;
    }
    return fail_fields(c);
}

/* Fields are asked once for all rows, so a fault of theirs is one of the request. */
MUST static enum err input_read(struct ctx *c, const struct request *q, struct bulk_work *w)
{
    const struct step *s = w->step;
    if (!s->takes)
        return ERR_NONE;
    void *input = arena_take(&c->mem, s->takes_size, alignof(max_align_t));
    record_clear(s->takes, input);
    const struct json_value *tree = json_member(q->json, "fields");
    if (!tree)
        TRY(json_parse(c, SV("{}"), &tree));
    TRY(json_read(c, tree, s->takes, true, input, NULL));
    record_check(c, s->takes, input, true);
    w->input = input;
    return fail_fields(c);
}

MUST static enum err work_make(struct ctx *c, const struct request *q, struct bulk_work *w)
{
    const struct bulk *b = q->body;
    *w = (struct bulk_work){ .entity = house_entity(c->house, b->entity) };
    w->step = w->entity ? step_named(w->entity, b->action) : NULL;
    if (!w->step)
        return fail(c, ERR_MISSING, "step.unknown", "no step %.*s of %.*s", SV_ARG(b->action),
                    SV_ARG(b->entity));
    TRY(rows_asked(c, q, w));
    if (b->reason.len)
        c->reason = b->reason;
    if (w->step->reason && !c->reason.len)
        fail_field(c, SV("reason"), "step.reason");
    TRY(fail_fields(c));
    return input_read(c, q, w);
}

/* --- one row --- */

static void put_why(struct ctx *c, struct json *j, const struct fault *f)
{
    const char *key = f->key ? f->key : err_name(f->kind);
    json_text(j, "key", sv_of(key));
    json_text(j, "message", house_message(c->house, &c->mem, c->lang, key, f->arg0, f->arg1));
    fault_fields(c->house, c, f, j);
}

/* Its refusal undoes the row alone; what the database asks to run again runs all of it again. */
MUST static enum err row_take_step(struct ctx *c, struct bulk_work *w, const struct bulk_row *r,
                                   struct json *j)
{
    void *row = arena_take(&c->mem, w->entity->size, alignof(max_align_t));
    TRY(db_savepoint(c));
    enum err e =
        entity_act(c, w->entity, r->id, r->version, sv_of(w->step->action), w->input, row);
    if (e != ERR_NONE && (c->fault.retryable || !db_in_transaction(c->db)))
        return e;
    json_object(j, NULL);
    json_id(j, "id", r->id);
    json_bool(j, "done", e == ERR_NONE);
    if (e == ERR_NONE) {
        TRY(db_savepoint_keep(c));
        json_int(j, "version", field_int(field_named(w->entity->fields, SV("version")), row));
    } else {
        struct fault why = c->fault;
        ctx_forgive(c);
        TRY(db_savepoint_undo(c));
        put_why(c, j, &why);
    }
    json_end(j, '}');
    w->done += e == ERR_NONE;
    w->failed += e != ERR_NONE;
    return ERR_NONE;
}

enum err bulk_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct bulk_work w;
    TRY(work_make(c, q, &w));
    json_array(&a->json, "results");
    for (size_t i = 0; i < w.rows_n; i++)
        TRY(row_take_step(c, &w, &w.rows[i], &a->json));
    json_end(&a->json, ']');
    json_int(&a->json, "done", w.done);
    json_int(&a->json, "failed", w.failed);
    return ERR_NONE;
}
