/* confirm.c - what was looked at is stored: some rows a transaction, each with its line. */

#include "care/intake/inside.h"

#include "care/elder/elder.h"

SQL(import_counts);
SQL(import_line_of);

enum { ROWS_AT_ONCE = 4000, PROGRESS_ROWS = 1000 };

struct storing {
    struct pass       p;
    struct sheet_row *rows;              /* copied: a transaction may run again */
    struct judged    *ahead;             /* of each row, judged before the lock; or NULL */
    size_t            first, n;          /* of them, in this transaction */
    bool              one_by_one;        /* rows have rules of what follows, or are the caller's */
    int64_t           done;
};

/* What one transaction stores at once. */
struct piece { char *fresh; struct import_line *lines; size_t fresh_n, lines_n; };

/* --- lines --- */

static struct import_line *line_new(struct storing *s, struct piece *o,
                                    const struct sheet_row *row, const struct judged *j)
{
    struct import_line *l = &o->lines[o->lines_n++];
    record_clear(import_line_fields, l);
    l->batch = s->p.batch->id;
    l->row.scope = s->p.batch->row.scope;
    l->line = row->number;
    l->verdict = (int)j->verdict;
    l->state = LINE_APPLIED;
    l->row_id = j->existing;
    l->points = j->points;
    return l;
}

/* The line a doubt had is over: the new one says what was done. */
static enum err line_end(struct storing *s, const struct sheet_row *row)
{
    int64_t id;
    struct import_line l;
    bool found;
    TRY(db_int(&s->p.w, &sql_import_line_of,
               PARAMS(P_INT("batch", s->p.batch->id.n), P_INT("line", row->number)), &id));
    if (id == 0)
        return ERR_NONE;
    TRY(entity_load(&s->p.w, &import_line_entity, id, &l, &found));
    l.row.ended_at = s->p.w.now;
    return entity_update_by_rule(&s->p.w, &import_line_entity, &l, l.row.version, "stored");
}

/* The earlier values of what changed, for undoing. */
static struct sv was_json(struct storing *s, const struct judged *j)
{
    struct buf b = buf_new(&s->p.w.mem, 256);
    struct json out = json_new(&b);
    json_object(&out, NULL);
    for (const struct field *f = s->p.e->fields; f->kind != KIND_END; f++) {
        if (!field_imports(f) || field_same(f, j->before, j->row))
            continue;
        if (field_absent(f, j->before))
            json_null(&out, f->name);
        else
            json_field(&out, f, j->before);
    }
    json_end(&out, '}');
    return buf_sv(&b);
}

/* --- rows --- */

static enum err change_store(struct storing *s, struct piece *o, const struct sheet_row *row,
                             const struct judged *j)
{
    const struct entity *e = s->p.e;
    const struct field *version = field_named(e->fields, SV("version"));
    struct sv was = was_json(s, j);
    TRY(entity_update(&s->p.w, e, j->row, field_int(version, j->before), "import"));
    struct import_line *l = line_new(s, o, row, j);
    l->was.json = was;
    l->row_version = field_int(version, j->row);
    return ERR_NONE;
}

static enum err new_store(struct storing *s, struct piece *o, const struct sheet_row *row,
                          const struct judged *j)
{
    const struct entity *e = s->p.e;
    int64_t id;
    if (s->one_by_one) {
        TRY(entity_create(&s->p.w, e, j->row));
    } else {
        TRY(id_next(&s->p.w, s->p.w.house->ids, &id));
        field_set_int(&e->fields[0], j->row, id);
        memcpy(o->fresh + o->fresh_n++ * e->size, j->row, e->size);
    }
    struct import_line *l = line_new(s, o, row, j);
    l->row_id = field_int(&e->fields[0], j->row);
    l->row_version = 1;
    return ERR_NONE;
}

static uint64_t line_key(struct storing *s, const struct sheet_row *row)
{
    return hash64(SV("line"), sv_fmt(&s->p.w.mem, "%lld", (long long)row->number));
}

/* What was good when it was looked at and is no more gets a line; the check has made the others. */
static bool few_wrong(const struct storing *s)
{
    const struct import_counts *n = &s->p.batch->counts;
    return n->wrong_n + n->outside_n + n->doubt_n < LINES_KEPT_MAX;
}

static int64_t line_known(struct storing *s, const struct sheet_row *row)
{
    return table64_get(&s->p.lines, line_key(s, row)) - 1;
}

/*
 * What was judged before the lock stands where nobody can have made it wrong unseen: a new row
 * with a key meets the key's unique index. A change, and who is known by her likeness only, is
 * judged under the lock.
 */
static bool stands(const struct judged *j)
{
    return j->verdict != VERDICT_CHANGED && (j->verdict != VERDICT_NEW || j->keyed);
}

static enum err row_judge(struct storing *s, size_t at, struct judged *ret)
{
    if (!s->ahead || !stands(&s->ahead[at]))
        return judge(&s->p, &s->rows[at], ret);
    *ret = s->ahead[at];
    return ERR_NONE;
}

static enum err row_store(struct storing *s, struct piece *o, size_t at)
{
    struct judged j;
    const struct sheet_row *row = &s->rows[at];
    int64_t known = line_known(s, row);
    if (known == LINE_APPLIED || known == LINE_SKIPPED)
        return ERR_NONE;
    TRY(row_judge(s, at, &j));
    bool changes = j.verdict == VERDICT_CHANGED, fresh = j.verdict == VERDICT_NEW;
    if (!changes && !fresh) {
        o->lines_n += known < 0 && few_wrong(s)
                   && line_said(&s->p, row, &j, &o->lines[o->lines_n]);
        return ERR_NONE;
    }
    if (known >= 0)
        TRY(line_end(s, row));
    return changes ? change_store(s, o, row, &j) : new_store(s, o, row, &j);
}

static enum err piece_store(struct ctx *c, void *arg)
{
    struct storing *s = arg;
    struct piece o = { .fresh = arena_take(&c->mem, s->p.e->size * ROWS_AT_ONCE,
                                           alignof(max_align_t)),
                       .lines = NEW(&c->mem, struct import_line, ROWS_AT_ONCE) };
    TRY(batch_must_be(c, s->p.batch->id.n, BATCH_RUNNING));
    for (size_t i = s->first; i < s->first + s->n; i++)
        TRY(row_store(s, &o, i));
    if (o.fresh_n)
        TRY(entity_bulk(c, s->p.e, o.fresh, o.fresh_n));
    return o.lines_n ? entity_bulk(c, &import_line_entity, o.lines, o.lines_n) : ERR_NONE;
}

/* Somebody wrote between the check and now: that row alone is said to be wrong. */
static enum err line_wrong(struct ctx *c, void *arg)
{
    struct storing *s = arg;
    struct import_line l;
    record_clear(import_line_fields, &l);
    l.batch = s->p.batch->id;
    l.row.scope = s->p.batch->row.scope;
    l.line = s->rows[s->first].number;
    l.verdict = VERDICT_WRONG;
    l.faults = house_message(c->house, &c->mem, LANG_ZH, "intake.changed_meanwhile", SV(""),
                             SV(""));
    return entity_bulk(c, &import_line_entity, &l, 1);
}

static bool of_one_row(struct storing *s, enum err e)
{
    const char *key = s->p.w.fault.key;
    return (e == ERR_CONFLICT || e == ERR_INVALID || e == ERR_FORBIDDEN || e == ERR_MISSING)
           && !(key && strcmp(key, "intake.stopped") == 0);
}

/* Halves, until the row that cannot be stored stands alone. */
static enum err store_some(struct storing *s, size_t first, size_t n)
{
    s->first = first;
    s->n = n;
    enum err e = transaction(&s->p.w, piece_store, s);
    if (e == ERR_NONE || !of_one_row(s, e))
        return e;
    ctx_forgive(&s->p.w);
    s->ahead = NULL;
    if (n == 1) {
        s->first = first;
        return transaction(&s->p.w, line_wrong, s);
    }
    TRY(store_some(s, first, n / 2));
    return store_some(s, first + n / 2, n - n / 2);
}

/* --- before the lock --- */

static enum err rows_judge(struct storing *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t known = line_known(s, &s->rows[i]);
        if (known != LINE_APPLIED && known != LINE_SKIPPED)
            TRY(judge(&s->p, &s->rows[i], &s->ahead[i]));
    }
    return ERR_NONE;
}

/* Under one snapshot; nobody waits meanwhile. */
static enum err judge_ahead(struct storing *s, size_t n)
{
    s->ahead = NEW(&s->p.w.mem, struct judged, n);
    TRY(db_begin_reads(&s->p.w));
    enum err e = rows_judge(s, n);
    db_rollback(&s->p.w);
    return e;
}

/* --- the whole --- */

static void row_copy(struct arena *mem, const struct sheet_row *from, struct sheet_row *to)
{
    *to = *from;
    to->cells = NEW(mem, struct sheet_cell, from->n);
    for (size_t i = 0; i < from->n; i++) {
        to->cells[i] = from->cells[i];
        to->cells[i].text = sv_copy(mem, from->cells[i].text);
    }
}

static enum err store_all(struct storing *s, const struct job *j)
{
    struct arena copies = { 0 };
    enum err e = ERR_NONE;
    int64_t shown = 0;
    for (bool more = true; more && e == ERR_NONE;) {
        struct sheet_row row;
        size_t n = 0;
        s->rows = NEW(&copies, struct sheet_row, ROWS_AT_ONCE);
        while (n < ROWS_AT_ONCE && (more = pass_next(&s->p, &row)))
            row_copy(&copies, &row, &s->rows[n++]);
        if (n)
            e = judge_ahead(s, n);
        if (n && e == ERR_NONE)
            e = store_some(s, 0, n);
        s->done += (int64_t)n;
        if (e == ERR_NONE && j && (s->done - shown >= PROGRESS_ROWS || !more)) {
            shown = s->done;
            e = job_progress(s->p.c, j, s->done, s->p.batch->counts.rows_n);
        }
        if (e != ERR_NONE && s->p.c->fault.kind == ERR_NONE)
            s->p.c->fault = s->p.w.fault;
        pass_forget(&s->p);
        arena_reset(&copies);
    }
    arena_free(&copies);
    return e;
}

static enum err finish(struct ctx *c, const struct import_batch *b)
{
    struct finish f = { .undone_n = b->undone_n, .kept_n = b->kept_n };
    struct rows r = db_rows(c, &sql_import_counts, PARAMS(P_INT("batch", b->id.n)));
    while (rows_next(&r)) {
        bool applied = sv_is(rows_text(&r, 2), "applied");
        struct sv verdict = rows_text(&r, 1);
        if (applied && sv_is(verdict, "new"))
            f.added_n += rows_int(&r, 0);
        else if (applied)
            f.updated_n += rows_int(&r, 0);
    }
    TRY(rows_end(&r));
    return batch_step(c, b->id.n, "stored", &f);
}

/* A list of elders may have said, or shown, who lives together. */
static enum err look_for_households(struct ctx *c, void *arg)
{
    const struct storing *s = arg;
    int64_t job;
    return s->p.e == &elder_entity ? job_add(c, "household_propose", SV("{}"), &job) : ERR_NONE;
}

/* Rows go in at once where nothing follows from a row and the caller's area alone decides. */
static bool must_go_alone(const struct ctx *c, const struct pass *p)
{
    bool officer = p->w.who == &who_house || !p->w.who || roles[p->w.who->role].sees == SEES_SCOPE;
    return !entity_goes_at_once(c, p->e) || !officer;
}

enum err intake_confirm(struct ctx *c, int64_t batch, const struct job *j)
{
    struct import_batch b;
    TRY(batch_load(c, batch, &b));
    if (b.state != BATCH_RUNNING)
        return ERR_NONE;
    struct storing *s = NEW(&c->mem, struct storing, 1);
    TRY(pass_open(c, &b, &s->p));
    s->one_by_one = must_go_alone(c, &s->p);
    enum err e = store_all(s, j);
    enum err ended = pass_end(&s->p);
    if (e == ERR_CONFLICT && c->fault.key && strcmp(c->fault.key, "intake.stopped") == 0) {
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(e);
    TRY(ended);
    TRY(transaction(c, look_for_households, s));
    return finish(c, &b);
}
