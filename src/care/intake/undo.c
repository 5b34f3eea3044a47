/* undo.c - a batch taken back: what it made is ended, what it changed is as it was. */

#include "care/intake/inside.h"

#include <stdlib.h>

SQL(import_applied);
SQL(import_lines_undone);

/* Lines a transaction: of rows that end at once, and of those that go one by one. */
enum { LINES_AT_ONCE = 2000, LINES_ALONE = 50 };

/* A row that the batch made. */
struct made { int64_t row, version, line; };

struct undoing {
    const struct entity *e;
    struct import_batch *batch;
    int64_t              after;          /* lines up to here are done */
    size_t               n;              /* lines of the last transaction, and its last one */
    int64_t              last;
    int64_t              undone, kept;   /* of the last transaction */
    struct made         *made;           /* of its lines: rows that may end at once */
    int64_t             *alone;          /* … and lines that go by themselves */
    size_t               made_n, alone_n;
};

static bool indexed(const struct entity *by, const struct field *f)
{
    for (const struct index *x = by->indexes; x && x->name; x++) {
        struct sv columns = sv_of(x->columns), first;
        if (sv_cut(&columns, ',', &first) && sv_is(sv_trim(first), f->name))
            return true;
    }
    return false;
}

/* Rows of ours that name it, by a link with an index: an order, an agreement. */
static bool uses(const struct entity *by, const struct field *f, const struct entity *e)
{
    return f->kind == KIND_LINK && f->filter && strcmp(f->links, e->name) == 0
        && by->kind != ENTITY_APPEND_ONLY && by != &import_line_entity && indexed(by, f);
}

static enum err used(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n,
                     bool *ret_used)
{
    memset(ret_used, 0, n * sizeof *ret_used);
    for (size_t m = 0; c->house->modules[m]; m++) {
        const struct entity *const *list = c->house->modules[m]->entities;
        for (size_t i = 0; list && list[i]; i++)
            for (const struct field *f = list[i]->fields; f->kind != KIND_END; f++)
                if (uses(list[i], f, e))
                    TRY(entity_named_by(c, list[i], f, ids, n, ret_used));
    }
    return ERR_NONE;
}

/* --- one by one --- */

static enum err take_back(struct ctx *c, struct undoing *u, const struct import_line *l,
                          bool *ret_kept)
{
    const struct entity *e = u->e;
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    const struct field *version = field_named(e->fields, SV("version"));
    bool found, in_use = false;
    const struct json_value *was;
    *ret_kept = true;
    TRY(entity_load(c, e, l->row_id, row, &found));
    if (!found || field_int(version, row) != l->row_version)
        return ERR_NONE;
    if (l->verdict == VERDICT_NEW) {
        TRY(used(c, e, &l->row_id, 1, &in_use));
        if (in_use)
            return ERR_NONE;
        field_set_int(field_named(e->fields, SV("ended_at")), row, c->now.ms);
    } else {
        TRY(json_parse(c, l->was.json, &was));
        TRY(json_read(c, was, e->fields, true, row, NULL));
    }
    *ret_kept = false;
    return entity_update_by_rule(c, e, row, l->row_version, "import_undone");
}

static enum err line_back(struct ctx *c, struct undoing *u, int64_t id)
{
    struct import_line l;
    bool found, kept;
    TRY(entity_load(c, &import_line_entity, id, &l, &found));
    TRY(take_back(c, u, &l, &kept));
    u->undone += !kept;
    u->kept += kept;
    return entity_act_by_rule(c, &import_line_entity, id, l.row.version,
                              kept ? SV("keep") : SV("take_back"), NULL, &l);
}

/* --- many at once --- */

static int made_order(const void *a, const void *b)
{
    const struct made *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static enum err line_keep(struct ctx *c, int64_t id)
{
    struct import_line l;
    bool found;
    TRY(entity_load(c, &import_line_entity, id, &l, &found));
    return entity_act_by_rule(c, &import_line_entity, id, l.row.version, SV("keep"), NULL, &l);
}

/* Ends the rows nobody has changed or uses; the lines of the others say that they stay. */
static enum err made_back(struct ctx *c, struct undoing *u)
{
    size_t n = u->made_n, ending = 0;
    int64_t *ids = NEW(&c->mem, int64_t, n), *versions = NEW(&c->mem, int64_t, n);
    int64_t *ends = NEW(&c->mem, int64_t, n);
    bool *in_use = NEW(&c->mem, bool, n);
    qsort(u->made, n, sizeof *u->made, made_order);
    for (size_t i = 0; i < n; i++)
        ids[i] = u->made[i].row;
    TRY(entity_versions(c, u->e, ids, n, versions));
    TRY(used(c, u->e, ids, n, in_use));
    for (size_t i = 0; i < n; i++)
        if (versions[i] == u->made[i].version && !in_use[i])
            ends[ending++] = ids[i];
        else
            TRY(line_keep(c, u->made[i].line));
    u->undone += (int64_t)ending;
    u->kept += (int64_t)(n - ending);
    return entity_bulk_end(c, u->e, ends, ending);
}

static bool at_once(const struct ctx *c, const struct undoing *u)
{
    return entity_goes_at_once(c, u->e);
}

static enum err lines_read(struct ctx *c, struct undoing *u)
{
    size_t most = at_once(c, u) ? LINES_AT_ONCE : LINES_ALONE;
    u->made = NEW(&c->mem, struct made, most);
    u->alone = NEW(&c->mem, int64_t, most);
    u->n = u->made_n = u->alone_n = 0;
    u->last = u->after;
    struct rows r = db_rows(c, &sql_import_applied,
                            PARAMS(P_INT("batch", u->batch->id.n), P_INT("after", u->after),
                                   P_INT("n", (int64_t)most)));
    for (; u->n < most && rows_next(&r); u->n++) {
        u->last = rows_int(&r, 0);
        if (at_once(c, u) && sv_is(rows_text(&r, 2), "new"))
            u->made[u->made_n++] = (struct made){ rows_int(&r, 3), rows_int(&r, 4), u->last };
        else
            u->alone[u->alone_n++] = u->last;
    }
    return rows_end(&r);
}

static enum err some_lines(struct ctx *c, void *arg)
{
    struct undoing *u = arg;
    u->undone = u->kept = 0;
    TRY(batch_must_be(c, u->batch->id.n, BATCH_UNDOING));
    TRY(lines_read(c, u));
    for (size_t i = 0; i < u->alone_n; i++)
        TRY(line_back(c, u, u->alone[i]));
    if (u->made_n) {
        TRY(made_back(c, u));
        TRY(db_run(c, &sql_import_lines_undone,
                   PARAMS(P_INT("batch", u->batch->id.n), P_INT("after", u->after),
                          P_INT("last", u->last)), NULL));
    }
    return ERR_NONE;
}

static enum err all_lines(struct ctx *c, struct ctx *w, struct undoing *u, struct finish *f,
                          const struct job *j)
{
    int64_t done = 0;
    do {
        enum err e = transaction(w, some_lines, u);
        if (e != ERR_NONE) {
            if (c->fault.kind == ERR_NONE)
                c->fault = w->fault;
            return e;
        }
        u->after = u->last;
        f->undone_n += u->undone;
        f->kept_n += u->kept;
        done += (int64_t)u->n;
        arena_reset(&w->mem);
        if (j && u->n)
            TRY(job_progress(c, j, done, u->batch->added_n + u->batch->updated_n));
    } while (u->n);
    return ERR_NONE;
}

enum err intake_undo(struct ctx *c, int64_t batch, const struct job *j)
{
    struct import_batch b;
    TRY(batch_load(c, batch, &b));
    if (b.state != BATCH_UNDOING)
        return ERR_NONE;
    const struct import_rule *r = import_rule_of(b.entity);
    struct undoing u = { .e = r->entity, .batch = &b };
    struct finish f = { .added_n = b.added_n, .updated_n = b.updated_n, .undone_n = b.undone_n,
                        .kept_n = b.kept_n };
    struct ctx w = { .now = c->now, .lang = LANG_ZH, .channel = c->channel, .db = c->db,
                     .house = c->house, .purpose = SV("import") };
    TRY(acting_read(c, b.ran_as.json, &w.who));
    w.reason = sv_fmt(&c->mem, "撤销导入批次 %lld", (long long)b.id.n);
    enum err e = all_lines(c, &w, &u, &f, j);
    arena_free(&w.mem);
    TRY(e);
    return batch_step(c, batch, "undone", &f);
}
