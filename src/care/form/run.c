/* run.c - the job that fills a form: a list, as who asked sees it, into their workbook. */

#include "care/form/inside.h"

#include "model/row/list.h"
#include "model/row/shown.h"

#include <string.h>

SQL(form_division_name);

enum { PROGRESS_ROWS = 4000 };

struct filling {
    struct export_work   *work;
    struct form_template  form;
    struct form_layout   *layout;
    struct query          query;
    struct fill          *fill;
    struct sv             org;
};

/* --- words for single cells --- */

static enum err org_name(struct ctx *c, struct sv *ret_name)
{
    struct organisation org;
    bool found = false;
    *ret_name = SV("");
    if (c->who->org)
        TRY(entity_load(c, &organisation_entity, c->who->org, &org, &found));
    if (found) {
        *ret_name = org.name;
        return ERR_NONE;
    }
    if (!c->who->ranges_n)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_form_division_name,
                            PARAMS(P_INT("scope", c->who->ranges[0].low)));
    if (rows_next(&r))
        *ret_name = sv_copy(&c->mem, rows_text(&r, 0));
    return rows_end(&r);
}

static struct sv word_of(struct ctx *c, const struct filling *f, struct sv name)
{
    const struct export_batch *b = f->work->batch;
    struct civil d = civil_of_day(day_of(b->row.created_at));
    if (sv_is(name, "org"))
        return f->org;
    if (sv_is(name, "name"))
        return c->who->name;
    if (sv_is(name, "date"))
        return sv_fmt(&c->mem, "%d年%d月%d日", d.year, d.month, d.day);
    if (sv_is(name, "month"))
        return sv_fmt(&c->mem, "%d年%d月", d.year, d.month);
    if (sv_is(name, "count"))
        return sv_fmt(&c->mem, "%lld", (long long)f->work->rows);
    if (sv_is(name, "number"))
        return b->number;
    return sv_fmt(&c->mem, "{%.*s}", SV_ARG(name));
}

/* "填报单位：{org}" */
static struct sv words_filled(struct ctx *c, const struct filling *f, struct sv pattern)
{
    struct buf b = buf_new(&c->mem, 128);
    while (pattern.len) {
        ptrdiff_t open = sv_find_byte(pattern, '{');
        ptrdiff_t close = open < 0 ? -1 : sv_find_byte(sv_from(pattern, (size_t)open), '}');
        if (close < 0) {
            buf_put(&b, pattern);
            break;
        }
        buf_put(&b, sv_head(pattern, (size_t)open));
        buf_put(&b, word_of(c, f, (struct sv){ pattern.at + open + 1, (size_t)close - 1 }));
        pattern = sv_from(pattern, (size_t)(open + close) + 1);
    }
    return buf_sv(&b);
}

static void cells_fill(struct ctx *c, struct filling *f)
{
    for (size_t i = 0; i < f->layout->cells_n; i++) {
        struct sv text = f->layout->cells[i].text;
        if (sv_is(text, "{count}"))
            fill_fixed_number(f->fill, i, (double)f->work->rows);
        else
            fill_fixed_text(f->fill, i, words_filled(c, f, text));
    }
}

/* --- rows --- */

static void row_fill(struct ctx *c, struct filling *f, const struct titles *titles,
                     const void *row)
{
    for (size_t i = 0; i < f->layout->columns_n; i++) {
        const struct form_column *k = &f->layout->columns[i];
        double n = (double)f->work->rows + 1;
        if (k->field ? shown_number(k->field, row, &n) : sv_is(k->text, "#"))
            fill_number(f->fill, k->column, n);
        else
            fill_text(f->fill, k->column, k->field ? shown_words(c, titles, k->field, row)
                                                   : words_filled(c, f, k->text));
    }
    fill_end_row(f->fill);
}

static enum err rows_fill(struct ctx *c, struct filling *f)
{
    char after[1024];
    f->query.size = LIST_SIZE_MAX;
    do {
        struct page page;
        TRY(entity_list(c, f->layout->e, &f->query, &page));
        struct titles *titles = shown_titles(c, f->layout->e, page.rows, page.n);
        for (size_t i = 0; i < page.n; i++, f->work->rows++)
            row_fill(c, f, titles, (const char *)page.rows + i * f->layout->e->size);
        if (f->work->rows % PROGRESS_ROWS < LIST_SIZE_MAX)
            TRY(export_progress(f->work, f->work->rows));
        if (f->work->rows > EXPORT_SHEET_ROWS)
            return fail(c, ERR_INVALID, "sheet.form_rows", "more rows than a sheet has");
        struct sv next = sv_head(page.next, sizeof after);
        if (next.len)
            memcpy(after, next.at, next.len);
        f->query.after = (struct sv){ after, next.len };
        arena_reset(&c->mem);
    } while (f->query.after.len);
    return ERR_NONE;
}

/* What lasts through all pages lies in the job's memory: `c` is reset after each. */
static enum err asked_read(struct ctx *j, struct filling *f)
{
    const struct json_value *tree;
    bool found;
    int64_t id;
    TRY(json_parse(j, f->work->batch->filter, &tree));
    const struct json_value *query = json_member(tree, "query");
    if (!json_id_of(json_member(tree, "template"), &id))
        return fail(j, ERR_MALFORMED, "json.malformed", "a filling without its form");
    TRY(entity_load(j, &form_template_entity, id, &f->form, &found));
    if (!found)
        return fail(j, ERR_MISSING, "missing", "form %lld is gone", (long long)id);
    TRY(layout_read(j, &f->form, &f->layout));
    return query_read(j, f->layout->e, query ? query->text : SV(""), &f->query);
}

static enum err form_make(struct ctx *c, struct export_work *w)
{
    struct filling f = { .work = w };
    struct ctx *j = w->job_ctx;
    struct sv bytes;
    TRY(asked_read(j, &f));
    TRY(org_name(c, &f.org));
    f.org = sv_copy(&j->mem, f.org);
    TRY(form_bytes(j, &f.form, &bytes));
    struct fill_form form = layout_form(&f.form, f.layout);
    struct sv mark = sv_copy(&j->mem, export_mark(c, w->batch));
    TRY(fill_open(j, bytes, &form, w->path, &f.fill));
    fill_told(f.fill, mark);
    enum err err = rows_fill(c, &f);
    if (err != ERR_NONE) {
        fill_drop(f.fill);
        return err;
    }
    cells_fill(c, &f);
    return fill_close(j, f.fill);
}

enum err form_job(struct ctx *c, const struct job *j)
{
    return export_job(c, j, form_make);
}
