/* check.c - the whole file looked at before anything is stored: counts, and what to mend. */

#include "care/intake/inside.h"

SQL(import_lines_end);

enum { ROWS_AT_ONCE = 250, PROGRESS_ROWS = 2000 };

struct checking {
    struct pass          p;
    struct import_counts counts;
    struct returned      returned;
    struct import_line  *lines;          /* of the rows at hand, in p.w.mem */
    size_t               lines_n;
    int64_t              lines_kept;
};

/* --- lines --- */

static enum err lines_store(struct ctx *c, void *arg)
{
    struct checking *k = arg;
    TRY(batch_must_be(c, k->p.batch->id.n, BATCH_CHECKING));
    return entity_bulk(c, &import_line_entity, k->lines, k->lines_n);
}

static enum err lines_end(struct ctx *c, void *arg)
{
    const struct import_batch *b = arg;
    TRY(batch_must_be(c, b->id.n, BATCH_CHECKING));
    return db_run(c, &sql_import_lines_end,
                  PARAMS(P_INT("batch", b->id.n), P_INT("now", c->now.ms)), NULL);
}

static struct sv doubt_text(struct pass *p, const struct judged *j)
{
    return sv_fmt(&p->w.mem, "与已登记的一条相符 %d 分，请确认是不是同一个", j->points);
}

bool line_said(struct pass *p, const struct sheet_row *row, const struct judged *j,
               struct import_line *l)
{
    if (j->verdict == VERDICT_NEW || j->verdict == VERDICT_CHANGED || j->verdict == VERDICT_SAME)
        return false;
    record_clear(import_line_fields, l);
    l->batch = p->batch->id;
    l->row.scope = p->batch->row.scope;
    l->line = row->number;
    l->verdict = (int)j->verdict;
    l->faults = j->verdict == VERDICT_DOUBT ? doubt_text(p, j) : faults_text(p, j);
    l->row_id = j->verdict == VERDICT_DOUBT ? j->existing : 0;
    l->points = j->points;
    return true;
}

/* --- rows --- */

static void count(struct import_counts *n, const struct judged *j)
{
    int64_t *const of[] = {
        [VERDICT_NEW] = &n->new_n, [VERDICT_CHANGED] = &n->changed_n, [VERDICT_SAME] = &n->same_n,
        [VERDICT_DOUBT] = &n->doubt_n, [VERDICT_WRONG] = &n->wrong_n,
        [VERDICT_OUTSIDE] = &n->outside_n,
    };
    n->rows_n++;
    ++*of[j->verdict];
    n->hint_n += j->hint != NULL;
}

static enum err some_rows(struct checking *k, bool *ret_more)
{
    struct sheet_row row;
    struct judged j;
    k->lines = NEW(&k->p.w.mem, struct import_line, ROWS_AT_ONCE);
    k->lines_n = 0;
    for (int i = 0; i < ROWS_AT_ONCE; i++) {
        *ret_more = pass_next(&k->p, &row);
        if (!*ret_more)
            break;
        if (k->counts.rows_n >= INTAKE_ROWS_MAX)
            return fail(k->p.c, ERR_INVALID, "intake.rows", "over %d rows", INTAKE_ROWS_MAX);
        TRY(judge(&k->p, &row, &j));
        count(&k->counts, &j);
        if (k->lines_kept < LINES_KEPT_MAX
            && line_said(&k->p, &row, &j, &k->lines[k->lines_n])) {
            k->lines_n++;
            k->lines_kept++;
        }
        returned_row(&k->p, &k->returned, &row, &j);
    }
    return ERR_NONE;
}

/* The reading under one snapshot, which is faster by half; the lines in a transaction after it. */
static enum err check_some(struct checking *k, bool *ret_more)
{
    struct ctx *w = &k->p.w;
    TRY(db_begin_reads(w));
    enum err e = some_rows(k, ret_more);
    db_rollback(w);
    TRY(e);
    if (k->lines_n)
        TRY(transaction(w, lines_store, k));
    pass_forget(&k->p);
    return ERR_NONE;
}

static enum err check_all(struct checking *k, const struct job *j)
{
    bool more = true;
    int64_t shown = 0;
    while (more) {
        enum err e = check_some(k, &more);
        if (e != ERR_NONE) {
            if (k->p.c->fault.kind == ERR_NONE)
                k->p.c->fault = k->p.w.fault;
            return e;
        }
        if (j && k->counts.rows_n - shown >= PROGRESS_ROWS) {
            shown = k->counts.rows_n;
            TRY(job_progress(k->p.c, j, shown, 0));
        }
    }
    return j ? job_progress(k->p.c, j, k->counts.rows_n, k->counts.rows_n) : ERR_NONE;
}

static enum err run(struct ctx *c, struct import_batch *b, const struct job *j)
{
    struct checking *k = NEW(&c->mem, struct checking, 1);
    struct finish f = { .returned_hash = SV("") };
    TRY(transaction(c, lines_end, b));
    TRY(pass_open(c, b, &k->p));
    enum err e = returned_open(&k->p, &k->returned);
    if (e == ERR_NONE)
        e = check_all(k, j);
    f.counts = k->counts;
    enum err closed = e == ERR_NONE ? returned_close(&k->p, &k->returned, &f.returned_hash) : e;
    if (e != ERR_NONE)
        sheet_out_drop(k->returned.out);
    enum err ended = pass_end(&k->p);
    TRY(e);
    TRY(closed);
    TRY(ended);
    if (k->counts.rows_n == 0)
        return fail(c, ERR_INVALID, "intake.no_rows", "no row behind the header");
    return batch_step(c, b->id.n, "checked", &f);
}

/* What is wrong with the file as a whole is said on the batch; what may pass is tried again. */
enum err intake_check(struct ctx *c, int64_t batch, const struct job *j)
{
    struct import_batch b;
    TRY(batch_load(c, batch, &b));
    if (b.state != BATCH_CHECKING)
        return ERR_NONE;
    enum err e = run(c, &b, j);
    if (e == ERR_CONFLICT) {                         /* stopped meanwhile */
        ctx_forgive(c);
        return ERR_NONE;
    }
    if (e == ERR_NONE || e == ERR_BUSY)
        return e;
    struct finish f = { .trouble = house_message(c->house, &c->mem, LANG_ZH, c->fault.key,
                                                 c->fault.arg0, c->fault.arg1) };
    ctx_forgive(c);
    return batch_step(c, batch, "fail", &f);
}
