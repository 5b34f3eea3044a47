/* item.c - one deed: once, in order, at its own time, or a word why not. */

#include "care/sync/inside.h"
#include "model/idempotency.h"

#include <string.h>

enum result { DONE, REPEATED, CONFLICT, REFUSED, LATER };
static const char *const result_keys[] = { "done", "repeated", "conflict", "refused", "later" };

/* One item being run. */
struct deed {
    struct sync_item     in;
    const struct entity *entity;
    struct sync_trace   *trace;        /* of its record */
    struct sv            hash;         /* of the item as it came */
    bool                 create;
    enum result          result;
    int64_t              version;      /* after it */
    struct sv            row;          /* after it, as JSON */
};

/* --- which step of which record --- */

static const struct entity *entity_taken(const struct sync_form *f, const struct sync_item *in)
{
    for (const struct sync_step *s = f->takes; s->entity; s++)
        if (sv_is(in->entity, s->entity->name) && sv_is(in->action, s->action))
            return s->entity;
    return NULL;
}

static struct sync_trace *trace_of(struct sync_work *w, const struct deed *d)
{
    for (size_t i = 0; i < w->trace_n; i++)
        if (w->trace[i].entity == d->entity && w->trace[i].id == d->in.id)
            return &w->trace[i];
    w->trace[w->trace_n] = (struct sync_trace){ .entity = d->entity, .id = d->in.id };
    return &w->trace[w->trace_n++];
}

static enum err item_read(struct ctx *c, struct sync_work *w, const struct json_value *source,
                          struct deed *d)
{
    record_clear(sync_item_fields, &d->in);
    enum err e = json_read(c, source, sync_item_fields, true, &d->in, NULL);
    if (e == ERR_NONE) {
        record_check(c, sync_item_fields, &d->in, true);
        e = fail_fields(c);
    }
    TRY(e);
    d->entity = entity_taken(w->form, &d->in);
    if (!d->entity)
        return fail(c, ERR_INVALID, "sync.not_taken", "form %s does not take this step",
                    w->form->name);
    d->create = sv_is(d->in.action, "create");
    d->trace = trace_of(w, d);
    d->hash = idempotency_hash(&c->mem, SV("SYNC"), sv_of(w->form->name), source->source);
    return ERR_NONE;
}

/* --- when it was done --- */

/* The moment by our clock; what cannot be is refused, never bent. */
static enum err moment_set(struct ctx *c, const struct sync_work *w, const struct deed *d)
{
    struct moment at = d->in.at;
    c->happened = (struct moment){ 0 };
    c->clock_off_s = w->skew_ms / 1000;
    if (!moment_known(at))
        return ERR_NONE;
    if (at.ms > w->phone_at.ms + SYNC_CLOCK_NEAR_MS)
        fail_field(c, SV("at"), "sync.future");
    at.ms -= w->skew_ms;
    if (at.ms < c->now.ms - SYNC_AGE_MAX_DAYS * MS_A_DAY)
        fail_field_args(c, SV("at"), "sync.too_old", sv_fmt(&c->mem, "%d", SYNC_AGE_MAX_DAYS),
                        SV(""));
    c->happened = at.ms < c->now.ms ? at : c->now;
    return fail_fields(c);
}

/* --- in which order --- */

/* What must stand before it stands, and *ret_version is the record's version after that. */
static enum err order_check(struct ctx *c, const struct deed *d, int64_t *ret_version)
{
    struct kept_answer kept;
    bool seen = false;
    *ret_version = d->trace->version ? d->trace->version : d->in.version;
    if (d->trace->stuck)
        return fail(c, ERR_BUSY, "sync.waits", "an earlier item on the record was not done");
    if (d->in.after.len == 0 || d->trace->version)
        return ERR_NONE;
    TRY(idempotency_of(c, d->in.after, &seen, &kept));
    if (!seen)
        return fail(c, ERR_BUSY, "sync.waits", "the item it comes after is not in");
    if (!d->create && kept.etag.len)
        sv_int(kept.etag, 1, INT64_MAX, ret_version);
    return ERR_NONE;
}

/* --- doing it --- */

static int64_t version_of(const struct entity *e, const void *row)
{
    return field_int(field_named(e->fields, SV("version")), row);
}

static struct sv row_json(struct ctx *c, const struct entity *e, const void *row)
{
    struct buf b = buf_new(&c->mem, 512);
    struct json j = json_new(&b);
    entity_json(c, &j, NULL, e, row, false);
    return buf_sv(&b);
}

/* The same values in every field that she gives: then it is her own row, sent after 72 hours. */
static bool same_row(const struct entity *e, const void *a, const void *b)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (!f->read_only && !f->hidden && f->class == OPEN && !field_same(f, a, b))
            return false;
    return true;
}

static enum err tree_of(struct ctx *c, const struct deed *d, const struct json_value **ret_tree)
{
    struct sv text = d->in.what.json.len ? d->in.what.json : SV("{}");
    return json_parse(c, text, ret_tree);
}

/* Off-line ids are of node 0; one that another row has is made again by the phone. */
static enum err id_check(struct ctx *c, struct deed *d, const void *row, bool *ret_there)
{
    void *there = arena_take(&c->mem, d->entity->size, alignof(max_align_t));
    if (id_node(d->in.id) != 0) {
        fail_field(c, SV("id"), "sync.id_node");
        return fail_fields(c);
    }
    TRY(entity_load(c, d->entity, d->in.id, there, ret_there));
    if (*ret_there && !same_row(d->entity, row, there)) {
        fail_field(c, SV("id"), "sync.id_taken");
        return fail_fields(c);
    }
    if (*ret_there) {
        d->version = version_of(d->entity, there);
        d->row = row_json(c, d->entity, there);
        d->result = REPEATED;
    }
    return ERR_NONE;
}

static enum err create_row(struct ctx *c, struct deed *d)
{
    const struct entity *e = d->entity;
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    const struct json_value *tree;
    bool there;
    if (!entity_may_create(c, e))
        return fail(c, ERR_FORBIDDEN, "who.forbidden", "the caller may not create %s", e->name);
    TRY(tree_of(c, d, &tree));
    record_clear(e->fields, row);
    TRY(json_read(c, tree, e->fields, true, row, NULL));
    TRY(id_check(c, d, row, &there));
    if (there)
        return ERR_NONE;
    field_set_int(&e->fields[0], row, d->in.id);
    TRY(entity_create(c, e, row));
    d->version = version_of(e, row);
    d->row = row_json(c, e, row);
    return ERR_NONE;
}

static const struct step *step_named(const struct entity *e, struct sv action)
{
    for (const struct step *s = e->steps; s && s->action; s++)
        if (!s->automatic && s->from[0] && sv_is(action, s->action))
            return s;
    return NULL;
}

static enum err take_step(struct ctx *c, struct deed *d, int64_t version)
{
    const struct step *s = step_named(d->entity, d->in.action);
    const struct json_value *tree;
    if (!s)
        return fail(c, ERR_MISSING, "step.unknown", "%s has no such step", d->entity->name);
    void *row = arena_take(&c->mem, d->entity->size, alignof(max_align_t));
    void *input = arena_take(&c->mem, s->takes_size + 1, alignof(max_align_t));
    TRY(tree_of(c, d, &tree));
    if (s->takes) {
        record_clear(s->takes, input);
        TRY(json_read(c, tree, s->takes, true, input, NULL));
    }
    TRY(entity_act(c, d->entity, d->in.id, version, d->in.action, input, row));
    d->version = version_of(d->entity, row);
    d->row = row_json(c, d->entity, row);
    return ERR_NONE;
}

static enum err keep(struct ctx *c, const struct deed *d)
{
    struct kept_answer made = { .status = 200, .body = d->row,
                                .type = SV("application/json"),
                                .etag = sv_fmt(&c->mem, "%lld", (long long)d->version) };
    return idempotency_keep(c, d->hash, &made);
}

static enum err deed_do(struct ctx *c, const struct sync_work *w, struct deed *d)
{
    struct kept_answer kept;
    bool seen;
    int64_t version;
    TRY(idempotency_seen(c, d->hash, &seen, &kept));
    if (seen) {
        sv_int(kept.etag, 1, INT64_MAX, &d->version);
        d->row = kept.body;
        d->result = REPEATED;
        return ERR_NONE;
    }
    TRY(moment_set(c, w, d));
    TRY(order_check(c, d, &version));
    TRY(d->create ? create_row(c, d) : take_step(c, d, version));
    return keep(c, d);
}

/* --- what became of it --- */

static enum result result_of(const struct fault *f)
{
    switch (f->kind) {
    case ERR_CONFLICT:
        return CONFLICT;
    case ERR_BUSY:
    case ERR_BROKEN:
    case ERR_TOO_MANY:
        return LATER;
    default:
        return REFUSED;
    }
}

/* The record as it is, side by side with what the phone holds, and whether hers could still be. */
static enum err write_current(struct ctx *c, const struct deed *d, struct json *j)
{
    const struct step *steps[STEPS_MAX], *s = step_named(d->entity, d->in.action);
    void *row = arena_take(&c->mem, d->entity->size, alignof(max_align_t));
    bool mine = false;
    TRY(entity_get(c, d->entity, d->in.id, row));
    size_t n = entity_steps(c, d->entity, row, steps);
    for (size_t i = 0; i < n; i++)
        mine = mine || sv_is(d->in.action, steps[i]->action);
    const struct field *state = field_named(d->entity->fields, sv_of(d->entity->state));
    const char *is = state->choices[field_int(state, row)].key;
    json_raw(j, "current", row_json(c, d->entity, row));
    json_int(j, "version", version_of(d->entity, row));
    json_bool(j, "mine", mine);
    json_bool(j, "same", s && strcmp(s->to, is) == 0);
    return ERR_NONE;
}

/* Why not, after the savepoint has been undone. */
static enum err write_why(struct ctx *c, struct deed *d, const struct fault *f, struct json *j)
{
    const char *key = f->key ? f->key : err_name(f->kind);
    json_text(j, "message_key", sv_of(key));
    json_text(j, "message", house_message(c->house, &c->mem, c->lang, key, f->arg0, f->arg1));
    fault_fields(c->house, c, f, j);
    if (d->result != CONFLICT || d->create || !d->entity)
        return ERR_NONE;
    enum err e = write_current(c, d, j);
    if (e == ERR_NONE || c->fault.kind == ERR_MISSING)
        ctx_forgive(c);
    return e == ERR_MISSING ? ERR_NONE : e;
}

static void write_done(const struct deed *d, struct json *j)
{
    json_id(j, "id", d->in.id);
    json_int(j, "version", d->version);
    json_raw(j, "row", d->row);
}

/* ERR_NONE when the deed stands or has been undone; else the transaction is gone. */
static enum err settle(struct ctx *c, enum err e, struct deed *d, struct fault *ret_why)
{
    if (e == ERR_NONE)
        return db_savepoint_keep(c);
    if (c->fault.retryable || !db_in_transaction(c->db))
        return e;
    *ret_why = c->fault;
    ctx_forgive(c);
    TRY(db_savepoint_undo(c));
    d->result = result_of(ret_why);
    return ERR_NONE;
}

enum err sync_item_run(struct ctx *c, struct sync_work *w, const struct json_value *source,
                       struct json *j)
{
    struct deed d = { 0 };
    struct fault why = { 0 };
    struct sv key = c->idempotency_key;
    TRY(db_savepoint(c));
    enum err e = item_read(c, w, source, &d);
    c->idempotency_key = d.in.key;
    if (e == ERR_NONE)
        e = deed_do(c, w, &d);
    TRY(settle(c, e, &d, &why));
    if (d.trace) {
        d.trace->stuck = d.trace->stuck || d.result > REPEATED;
        d.trace->version = d.version;
    }
    json_object(j, NULL);
    json_text(j, "key", d.in.key);
    json_text(j, "result", sv_of(result_keys[d.result]));
    if (d.result <= REPEATED)
        write_done(&d, j);
    else
        TRY(write_why(c, &d, &why, j));
    json_end(j, '}');
    c->idempotency_key = key;
    c->happened = (struct moment){ 0 };
    c->clock_off_s = 0;
    return ERR_NONE;
}
