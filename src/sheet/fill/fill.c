/* fill.c - opening a workbook to be filled, its rows, and putting the whole together again. */

#include "sheet/fill/marks.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

enum { ROW_LAST = 1048576, LINE_BYTES = 256 * 1024 };

/* The page's name as formulas write it, plain and in quotes. */
static void names_make(struct fill *f)
{
    struct sv rest = f->book->pages[f->form.page].name, part;
    struct buf plain = buf_new(f->mem, rest.len + 16), quoted = buf_new(f->mem, rest.len + 16);
    text_put(&plain, rest);
    buf_byte(&quoted, '\'');
    for (bool first = true; sv_cut(&rest, '\'', &part); first = false) {
        buf_text(&quoted, first ? "" : "''");
        text_put(&quoted, part);
    }
    buf_byte(&quoted, '\'');
    f->shift.plain = buf_sv(&plain);
    f->shift.quoted = buf_sv(&quoted);
}

static bool form_good(struct fill *f)
{
    const struct fill_form *k = &f->form;
    struct sheet_fault *fault = &f->in->fault;
    if (f->bytes.len > FILL_BYTES_MAX)
        return sheet_wrong(fault, "sheet.form_large", FILL_BYTES_MAX / 1024 / 1024);
    if (f->book->form != SHEET_XLSX)
        return sheet_wrong(fault, "sheet.form_xlsx", 0);
    if (k->page >= f->book->pages_n)
        return sheet_wrong(fault, "sheet.page", (int64_t)k->page + 1);
    if (k->from < 1 || k->through < k->from || k->through > ROW_LAST)
        return sheet_wrong(fault, "sheet.form_empty", 0);
    assert(k->fixed_n <= FILL_FIXED_MAX);
    for (size_t i = 0; i < k->fixed_n; i++)
        if (k->fixed[i].row >= k->from && k->fixed[i].row <= k->through)
            return sheet_wrong(fault, "sheet.form_cell", k->fixed[i].row);
    return true;
}

static enum err rows_begin(struct ctx *c, struct fill *f, const char *path)
{
    f->path = sv_text(f->mem, sv_of(path));
    f->rows_path = sv_fmt(f->mem, "%s.rows", path).at;
    f->page_path = sv_fmt(f->mem, "%s.page", path).at;
    f->line = buf_new(f->mem, LINE_BYTES * 2);
    f->rows = fopen(f->rows_path, "w+e");
    return f->rows ? ERR_NONE : fail(c, ERR_BUSY, "sheet.write", "could not begin a form");
}

enum err fill_open(struct ctx *c, struct sv bytes, const struct fill_form *form, const char *path,
                   struct fill **ret_fill)
{
    struct fill *f = NEW(&c->mem, struct fill, 1);
    f->mem = &c->mem;
    f->bytes = bytes;
    f->form = *form;
    TRY(sheet_open(c, bytes, &f->book));
    f->in = f->book->inside;
    f->shift = (struct shift){ .from = form->from, .through = form->through };
    bool good = form_good(f);
    if (good)
        names_make(f);
    good = good && page_look(f) && others_look(f);
    enum err err = good ? ERR_NONE : sheet_fail(c, &f->in->fault);
    if (err == ERR_NONE && path)
        err = rows_begin(c, f, path);
    if (err != ERR_NONE) {
        fill_drop(f);
        return err;
    }
    *ret_fill = f;
    return ERR_NONE;
}

/* --- values --- */

void fill_told(struct fill *f, struct sv mark)
{
    f->mark = mark;
}

void fill_text(struct fill *f, size_t column, struct sv text)
{
    if (column < SHEET_COLUMNS_MAX && text.len)
        f->values[column] = (struct fill_value){ .kind = VALUE_TEXT, .text = text };
}

void fill_number(struct fill *f, size_t column, double n)
{
    if (column < SHEET_COLUMNS_MAX)
        f->values[column] = (struct fill_value){ .kind = VALUE_NUMBER, .n = n };
}

void fill_fixed_text(struct fill *f, size_t i, struct sv text)
{
    assert(i < f->form.fixed_n);
    f->fixed[i] = (struct fill_value){ .kind = VALUE_TEXT, .text = text };
}

void fill_fixed_number(struct fill *f, size_t i, double n)
{
    assert(i < f->form.fixed_n);
    f->fixed[i] = (struct fill_value){ .kind = VALUE_NUMBER, .n = n };
}

void fill_end_row(struct fill *f)
{
    int64_t row = f->form.from + f->rows_n;
    if (row >= ROW_LAST - 10000)                         /* room for what stands below */
        sheet_wrong(&f->in->fault, "sheet.form_rows", row - f->form.from);
    else
        row_put(f, &f->line, row, true);
    f->rows_n++;
    memset(f->values, 0, sizeof f->values);
    if (f->line.len > LINE_BYTES)
        fill_write(f, &f->line, f->rows);
}

/* --- the end --- */

/* Sample rows that were not needed stay, empty. */
static void rows_end(struct fill *f)
{
    int64_t samples = f->form.through - f->form.from + 1, n = f->rows_n;
    for (; n < samples; n++) {
        row_put(f, &f->line, f->form.from + n, false);
        if (f->line.len > LINE_BYTES)
            fill_write(f, &f->line, f->rows);
    }
    f->shift.delta = n - samples;
    fill_write(f, &f->line, f->rows);
}

static void page_write(struct fill *f, const struct marked *m)
{
    FILE *to = fopen(f->page_path, "we");
    if (!to) {
        f->failed = true;
        return;
    }
    part_put(f, m, &f->line, to);
    f->failed |= fclose(to) != 0;
}

static void bytes_write(struct fill *f)
{
    FILE *to = fopen(f->path, "we");
    f->failed |= !to || fwrite(f->bytes.at, 1, f->bytes.len, to) != f->bytes.len;
    if (to)
        f->failed |= fclose(to) != 0;
}

static bool part_replace(struct fill *f, zip_t *z, const struct marked *m)
{
    zip_source_t *from;
    if (m->own) {
        page_write(f, m);
        from = zip_source_file(z, f->page_path, 0, 0);
    } else {
        struct buf b = buf_new(f->mem, m->bytes.len + 1024);
        part_put(f, m, &b, NULL);
        from = zip_source_buffer(z, b.at, b.len, 0);
    }
    int64_t at = zip_name_locate(z, sv_text(f->mem, m->name), ZIP_FL_NOCASE);
    if (from && at >= 0 && zip_file_replace(z, (uint64_t)at, from, 0) == 0)
        return true;
    if (from)
        zip_source_free(from);
    return false;
}

static bool chain_leave(zip_t *z)
{
    int64_t n = zip_get_num_entries(z, 0);
    bool good = true;
    for (int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(z, (uint64_t)i, 0);
        if (name && sv_ends(sv_of(name), SV("/calcChain.xml")))
            good = zip_delete(z, (uint64_t)i) == 0 && good;
    }
    return good;
}

static bool book_write(struct fill *f)
{
    int error;
    rows_end(f);
    bytes_write(f);
    zip_t *z = f->failed ? NULL : zip_open(f->path, 0, &error);
    if (!z)
        return false;
    bool good = true;
    for (size_t i = 0; i < f->parts_n && good; i++)
        good = part_replace(f, z, &f->parts[i]);
    good = good && chain_leave(z) && !f->failed && zip_close(z) == 0;
    if (!good)
        zip_discard(z);
    return good;
}

static void scrap(struct fill *f)
{
    if (f->rows)
        (void)fclose(f->rows);
    f->rows = NULL;
    if (f->rows_path) {
        (void)unlink(f->rows_path);
        (void)unlink(f->page_path);
    }
    sheet_close(f->book);
}

enum err fill_close(struct ctx *c, struct fill *f)
{
    enum err err = sheet_fail(c, &f->in->fault);
    if (err == ERR_NONE && !book_write(f))
        err = fail(c, ERR_BUSY, "sheet.write", "could not write a filled form");
    scrap(f);
    if (err != ERR_NONE)
        (void)unlink(f->path);
    return err;
}

void fill_drop(struct fill *f)
{
    if (f)
        scrap(f);
}
