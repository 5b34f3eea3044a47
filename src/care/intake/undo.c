/* undo.c - a batch taken back: what it made is ended, what it changed is as it was. */

#include "care/intake/inside.h"

SQL(import_applied);

enum { LINES_AT_ONCE = 50 };

struct undoing {
    const struct entity *e;
    struct import_batch *batch;
    int64_t              after;
    size_t               n;              /* lines of the last transaction */
    int64_t              undone, kept;   /* of the last transaction */
};

/* Rows of ours that name it, by a link with an index: an order, an agreement. */
static enum err used_by(struct ctx *c, const struct entity *by, const struct field *f, int64_t id,
                        bool *ret_used)
{
    struct query q = { .size = 1 };
    struct page page;
    if (strcmp(by->name, "import_line") == 0)
        return ERR_NONE;
    q.filters[q.filters_n++] = (struct filter){ f, '=', sv_fmt(&c->mem, "%lld", (long long)id) };
    const struct who *asking = c->who;               /* also rows she does not see */
    c->who = &who_house;
    enum err e = entity_list(c, by, &q, &page);
    c->who = asking;
    TRY(e);
    *ret_used = *ret_used || page.n > 0;
    return ERR_NONE;
}

static bool indexed(const struct entity *by, const struct field *f)
{
    for (const struct index *x = by->indexes; x && x->name; x++) {
        struct sv columns = sv_of(x->columns), first;
        if (sv_cut(&columns, ',', &first) && sv_is(sv_trim(first), f->name))
            return true;
    }
    return false;
}

static enum err used(struct ctx *c, const struct entity *e, int64_t id, bool *ret_used)
{
    *ret_used = false;
    for (size_t m = 0; c->house->modules[m] && !*ret_used; m++) {
        const struct entity *const *list = c->house->modules[m]->entities;
        for (size_t i = 0; list && list[i]; i++)
            for (const struct field *f = list[i]->fields; f->kind != KIND_END; f++)
                if (f->kind == KIND_LINK && f->filter && strcmp(f->links, e->name) == 0
                    && list[i]->kind != ENTITY_APPEND_ONLY && indexed(list[i], f))
                    TRY(used_by(c, list[i], f, id, ret_used));
    }
    return ERR_NONE;
}

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
        TRY(used(c, e, l->row_id, &in_use));
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

static enum err some_lines(struct ctx *c, void *arg)
{
    struct undoing *u = arg;
    int64_t ids[LINES_AT_ONCE];
    u->n = 0;
    u->undone = u->kept = 0;
    TRY(batch_must_be(c, u->batch->id.n, BATCH_UNDOING));
    struct rows r = db_rows(c, &sql_import_applied,
                            PARAMS(P_INT("batch", u->batch->id.n), P_INT("after", u->after),
                                   P_INT("n", LINES_AT_ONCE)));
    while (u->n < LINES_AT_ONCE && rows_next(&r))
        ids[u->n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < u->n; i++)
        TRY(line_back(c, u, ids[i]));
    if (u->n)
        u->after = ids[u->n - 1];
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
