/* list.c - all rows of a list as a workbook or CSV, in constant memory. */

#include "care/export/export.h"

#include "base/csv.h"
#include "model/row/list.h"
#include "model/row/shown.h"
#include "print/print.h"
#include "sheet/out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { PROGRESS_ROWS = 4000, HEAD_ROWS = 2, WIDTH_LEAST = 8, WIDTH_MOST = 40 };

/* One list on its way out. */
struct taking {
    struct export_work *work;
    struct sv         names;
    const struct entity *e;
    const struct field *columns[EXPORT_COLUMNS_MAX];
    size_t            columns_n;
    struct query      query;
    struct sv         mark;
    struct sheet_out *book;           /* EXPORT_XLSX */
    FILE             *file;           /* EXPORT_CSV */
    struct print     *paper;          /* EXPORT_PDF */
    int64_t           pages;
};

static struct sv label(const struct ctx *c, const struct field *f)
{
    const char *text = c->lang == LANG_EN ? f->en : f->zh;
    return sv_of(text ? text : f->name);
}

/* The names by comma, or what the list shows of itself. */
static enum err columns_read(struct ctx *c, struct taking *t)
{
    struct sv names = t->names, one;
    while (sv_cut(&names, ',', &one)) {
        const struct field *f = field_named(t->e->fields, sv_trim(one));
        if (!f || !shown_goes_out(f)) {
            fail_field_args(c, SV("columns"), "export.columns", one, SV(""));
            return fail_fields(c);
        }
        if (t->columns_n == EXPORT_COLUMNS_MAX)
            return fail(c, ERR_INVALID, "export.columns_many", "too many columns");
        t->columns[t->columns_n++] = f;
    }
    if (t->columns_n)
        return ERR_NONE;
    for (const struct field *f = t->e->fields; f->kind != KIND_END; f++)
        if (f->brief && shown_goes_out(f) && f->kind != KIND_ID &&
            t->columns_n < EXPORT_COLUMNS_MAX)
            t->columns[t->columns_n++] = f;
    return ERR_NONE;
}

/* --- workbook --- */

static void page_begin(struct ctx *c, struct taking *t)
{
    const struct export_batch *b = t->work->batch;
    t->pages++;
    sheet_out_page(t->book, t->pages == 1 ? b->title
                   : sv_fmt(&c->mem, "%.*s %lld", SV_ARG(b->title), (long long)t->pages));
    for (size_t i = 0; i < t->columns_n; i++) {
        size_t wide = sv_runes(label(c, t->columns[i])) * 2 + 4;
        if (t->columns[i]->kind == KIND_MOMENT)
            wide = 18;
        else if (t->columns[i]->kind == KIND_TEXT && wide < 16)
            wide = 16;
        sheet_out_width(t->book, i, (double)(wide < WIDTH_MOST ? wide : WIDTH_MOST));
    }
    sheet_out_freeze(t->book, HEAD_ROWS);
    sheet_out_paper(t->book, t->columns_n > 6, HEAD_ROWS,
                    sv_fmt(&c->mem, "&L&8%.*s&R&8&P/&N", SV_ARG(sv_runes_head(t->mark, 70))));
    sheet_out_text(t->book, SHEET_FAINT, t->mark);
    sheet_out_end_row(t->book);
    for (size_t i = 0; i < t->columns_n; i++)
        sheet_out_text(t->book, SHEET_HEAD, label(c, t->columns[i]));
    sheet_out_end_row(t->book);
}

static void row_to_book(struct ctx *c, struct taking *t, const struct titles *titles,
                        const void *row)
{
    double n;
    if (t->work->rows % EXPORT_SHEET_ROWS == 0)
        page_begin(c, t);
    for (size_t i = 0; i < t->columns_n; i++) {
        const struct field *f = t->columns[i];
        if (shown_number(f, row, &n))
            sheet_out_number(t->book, SHEET_PLAIN, n);
        else
            sheet_out_text(t->book, SHEET_PLAIN, shown_words(c, titles, f, row));
    }
    sheet_out_end_row(t->book);
}

/* --- CSV --- */

static enum err csv_flush(struct ctx *c, struct taking *t, const struct buf *b)
{
    if (fwrite(b->at, 1, b->len, t->file) != b->len)
        return fail(c, ERR_BUSY, "store.away", "could not write an export: %s", strerror(errno));
    return ERR_NONE;
}

static enum err csv_head(struct ctx *c, struct taking *t)
{
    struct buf b = buf_new(&c->mem, 1024);
    struct csv_out out = csv_out_new(&b);
    buf_put(&b, CSV_MARK);
    csv_put(&out, t->mark);
    csv_end_line(&out);
    for (size_t i = 0; i < t->columns_n; i++)
        csv_put(&out, label(c, t->columns[i]));
    csv_end_line(&out);
    return csv_flush(c, t, &b);
}

static enum err page_to_csv(struct ctx *c, struct taking *t, const struct titles *titles,
                            const struct page *page)
{
    struct buf b = buf_new(&c->mem, 64 * 1024);
    struct csv_out out = csv_out_new(&b);
    for (size_t r = 0; r < page->n; r++) {
        const void *row = (const char *)page->rows + r * t->e->size;
        for (size_t i = 0; i < t->columns_n; i++)
            csv_put(&out, shown_words(c, titles, t->columns[i], row));
        csv_end_line(&out);
    }
    return csv_flush(c, t, &b);
}

/* --- paper --- */

static void paper_begin(struct ctx *c, struct taking *t)
{
    const struct export_batch *b = t->work->batch;
    struct print_column columns[PRINT_COLUMNS_MAX];
    for (size_t i = 0; i < t->columns_n; i++) {
        const struct field *f = t->columns[i];
        bool wide = f->kind == KIND_TEXT || f->kind == KIND_LINK || f->kind == KIND_MOMENT;
        columns[i] = (struct print_column){
            .label = label(c, f), .share = wide ? 1.6 : 1,
            .right = f->kind == KIND_MONEY || f->kind == KIND_OPT_INT,
        };
    }
    print_form(t->paper, &(struct print_form){ .title = b->title, .under = b->words,
                                               .number = b->number, .foot = t->mark });
    print_table(t->paper, columns, t->columns_n);
}

static void row_to_paper(struct ctx *c, struct taking *t, const struct titles *titles,
                         const void *row)
{
    struct sv cells[PRINT_COLUMNS_MAX];
    for (size_t i = 0; i < t->columns_n; i++)
        cells[i] = shown_words(c, titles, t->columns[i], row);
    print_row(t->paper, cells);
}

/* --- all pages of the list --- */

static enum err pages_take(struct ctx *c, struct taking *t)
{
    char after[1024];
    t->query.size = LIST_SIZE_MAX;
    do {
        struct page page;
        TRY(entity_list(c, t->e, &t->query, &page));
        struct titles *titles = shown_titles(c, t->e, page.rows, page.n);
        if (t->file)
            TRY(page_to_csv(c, t, titles, &page));
        for (size_t i = 0; i < page.n; i++, t->work->rows++) {
            const void *row = (const char *)page.rows + i * t->e->size;
            if (t->book)
                row_to_book(c, t, titles, row);
            if (t->paper)
                row_to_paper(c, t, titles, row);
        }
        if (t->work->rows > EXPORT_ROWS_MAX)
            return fail(c, ERR_INVALID, "export.many", "more than %d rows", EXPORT_ROWS_MAX);
        if (t->paper && t->work->rows > EXPORT_PAPER_ROWS_MAX)
            return fail(c, ERR_INVALID, "export.paper_many", "too many rows for paper");
        if (t->work->rows % PROGRESS_ROWS < LIST_SIZE_MAX)
            TRY(export_progress(t->work, t->work->rows));
        struct sv next = sv_head(page.next, sizeof after);
        if (next.len)
            memcpy(after, next.at, next.len);
        t->query.after = (struct sv){ after, next.len };
        arena_reset(&c->mem);
    } while (t->query.after.len);
    return ERR_NONE;
}

static enum err to_book(struct ctx *c, struct taking *t)
{
    const struct export_batch *b = t->work->batch;
    TRY(sheet_out_open(t->work->job_ctx, t->work->path, &t->book));
    sheet_out_told(t->book, b->title, c->who->name, t->mark);
    enum err err = pages_take(c, t);
    if (err == ERR_NONE && t->pages == 0)
        page_begin(c, t);
    if (err != ERR_NONE) {
        sheet_out_drop(t->book);
        return err;
    }
    return sheet_out_close(c, t->book);
}

static enum err to_csv(struct ctx *c, struct taking *t)
{
    t->file = fopen(t->work->path, "we");
    if (!t->file)
        return fail(c, ERR_BUSY, "store.away", "could not make an export: %s", strerror(errno));
    enum err err = csv_head(c, t);
    if (err == ERR_NONE)
        err = pages_take(c, t);
    if (fclose(t->file) != 0 && err == ERR_NONE)
        err = fail(c, ERR_BUSY, "store.away", "could not close an export: %s", strerror(errno));
    return err;
}

static enum err to_paper(struct ctx *c, struct taking *t)
{
    const struct export_batch *b = t->work->batch;
    const struct print_paper paper = { .title = b->title, .author = c->who->name,
                                       .made = b->row.created_at,
                                       .landscape = t->columns_n > 6 };
    TRY(print_open(t->work->job_ctx, t->work->path, &paper, &t->paper));
    paper_begin(c, t);
    enum err err = pages_take(c, t);
    if (err != ERR_NONE) {
        print_drop(t->paper);
        return err;
    }
    return print_close(c, t->paper);
}

/* What lasts through all pages lies in the job's memory: `c` is reset after each. */
static enum err list_make(struct ctx *c, struct export_work *w)
{
    struct taking t = { .work = w, .names = w->batch->columns,
                        .e = house_entity(c->house, w->batch->entity) };
    if (!t.e)
        return fail(c, ERR_INVALID, "export.entity", "no such entity");
    t.mark = sv_copy(&w->job_ctx->mem, export_mark(c, w->batch));
    TRY(columns_read(c, &t));
    TRY(query_read(w->job_ctx, t.e, w->batch->filter, &t.query));
    return w->batch->format == EXPORT_CSV   ? to_csv(c, &t)
           : w->batch->format == EXPORT_PDF ? to_paper(c, &t)
                                            : to_book(c, &t);
}

enum err export_list_job(struct ctx *c, const struct job *j)
{
    return export_job(c, j, list_make);
}

enum err export_list_check(struct ctx *c, const struct export_batch *b, int64_t *ret_total)
{
    struct taking t = { .names = b->columns, .e = house_entity(c->house, b->entity) };
    struct page page;
    if (!t.e)
        return fail(c, ERR_MISSING, "export.entity", "no such entity");
    TRY(columns_read(c, &t));
    if (b->format == EXPORT_PDF && t.columns_n > PRINT_COLUMNS_MAX)
        return fail(c, ERR_INVALID, "export.paper_columns", "too many columns for paper");
    TRY(query_read(c, t.e, b->filter, &t.query));
    t.query.size = 1;
    t.query.total = true;
    t.query.after = SV("");
    TRY(entity_list(c, t.e, &t.query, &page));
    if (b->format == EXPORT_PDF && page.total > EXPORT_PAPER_ROWS_MAX)
        return fail(c, ERR_INVALID, "export.paper_many", "too many rows for paper");
    *ret_total = page.total;
    return ERR_NONE;
}
