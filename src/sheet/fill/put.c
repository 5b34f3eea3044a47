/* put.c - a part as it will be: its own bytes, and at each mark what comes instead. */

#include "sheet/fill/marks.h"

#include "base/csv.h"

#include <assert.h>

enum { CHUNK = 64 * 1024 };

/* What XML cannot hold becomes a blank. */
void text_put(struct buf *out, struct sv text)
{
    struct sv rest = sv_runes_head(text, 32767);
    uint32_t rune;
    while (sv_rune(&rest, &rune)) {
        if (rune == '&')
            buf_text(out, "&amp;");
        else if (rune == '<')
            buf_text(out, "&lt;");
        else if (rune == '>')
            buf_text(out, "&gt;");
        else if (rune == '"')
            buf_text(out, "&quot;");
        else if ((rune < ' ' && rune != '\n' && rune != '\t') || rune == 0xFFFE || rune == 0xFFFF)
            buf_byte(out, ' ');
        else
            buf_rune(out, rune);
    }
}

void fill_write(struct fill *f, struct buf *b, FILE *to)
{
    if (b->len && fwrite(b->at, 1, b->len, to) != b->len)
        f->failed = true;
    b->len = 0;
}

/* --- rows --- */

static void cell_begin(struct fill *f, struct buf *out, size_t column, int64_t row,
                       struct sv style)
{
    buf_fmt(out, "<%.*sc r=\"", SV_ARG(f->prefix));
    ref_put(out, column, row);
    buf_byte(out, '"');
    if (style.len)
        buf_fmt(out, " s=\"%.*s\"", SV_ARG(style));
}

static void cell_put(struct fill *f, struct buf *out, size_t column, int64_t row,
                     const struct fill_cell *cell, const struct fill_value *v)
{
    const struct sv p = f->prefix;
    cell_begin(f, out, column, row, cell->style);
    if (v->kind == VALUE_NUMBER) {
        buf_fmt(out, "><%.*sv>%.15g</%.*sv></%.*sc>", SV_ARG(p), v->n, SV_ARG(p), SV_ARG(p));
    } else if (v->kind == VALUE_TEXT) {
        buf_fmt(out, " t=\"inlineStr\"><%.*sis><%.*st xml:space=\"preserve\">", SV_ARG(p),
                SV_ARG(p));
        if (csv_is_formula(v->text))
            buf_byte(out, '\'');
        text_put(out, v->text);
        buf_fmt(out, "</%.*st></%.*sis></%.*sc>", SV_ARG(p), SV_ARG(p), SV_ARG(p));
    } else {
        buf_text(out, "/>");
    }
}

static void formula_put(struct fill *f, struct buf *out, size_t column, int64_t row)
{
    const struct fill_cell *cell = &f->cells[column];
    cell_begin(f, out, column, row, cell->style);
    buf_fmt(out, "><%.*sf>", SV_ARG(f->prefix));
    formula_copy(out, cell->formula, row - f->form.from);
    buf_fmt(out, "</%.*sf></%.*sc>", SV_ARG(f->prefix), SV_ARG(f->prefix));
}

void row_put(struct fill *f, struct buf *out, int64_t row, bool filled)
{
    static const struct fill_value none = { 0 };
    buf_fmt(out, "<%.*srow r=\"%lld\"%.*s>", SV_ARG(f->prefix), (long long)row,
            SV_ARG(f->row_attributes));
    for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++) {
        const struct fill_value *v = filled ? &f->values[i] : &none;
        if (v->kind == VALUE_NONE && filled && f->cells[i].formula.len)
            formula_put(f, out, i, row);
        else if (v->kind != VALUE_NONE || f->cells[i].there)
            cell_put(f, out, i, row, &f->cells[i], v);
    }
    buf_fmt(out, "</%.*srow>", SV_ARG(f->prefix));
}

static void rows_copy(struct fill *f, FILE *to)
{
    char *room = NEW(f->mem, char, CHUNK);
    rewind(f->rows);
    for (size_t n; (n = fread(room, 1, CHUNK, f->rows)) > 0;)
        f->failed |= fwrite(room, 1, n, to) != n;
    f->failed |= ferror(f->rows) != 0;
}

static int64_t rows_all(const struct fill *f)
{
    return f->form.through - f->form.from + 1 + f->shift.delta;
}

static void merges_put(struct fill *f, struct buf *out, FILE *to)
{
    for (int64_t i = 0; i < rows_all(f); i++) {
        for (size_t k = 0; k < f->merges_n; k++) {
            buf_fmt(out, "<%.*smergeCell ref=\"", SV_ARG(f->prefix));
            ref_put(out, f->merges[k].first, f->form.from + i);
            buf_byte(out, ':');
            ref_put(out, f->merges[k].last, f->form.from + i);
            buf_text(out, "\"/>");
        }
        if (out->len > CHUNK)
            fill_write(f, out, to);
    }
}

/* --- single cells, the footer, what the file says --- */

static void fixed_put(struct fill *f, const struct mark *k, struct buf *out)
{
    const struct fill_fixed *at = &f->form.fixed[k->n];
    int64_t row = at->row > f->form.through ? at->row + f->shift.delta : at->row;
    cell_put(f, out, at->column, row, &(struct fill_cell){ true, k->style, SV("") },
             &f->fixed[k->n]);
}

/* In a footer & begins a sign of its own; Excel takes 255 letters. */
static void footer_text(struct fill *f, struct buf *out)
{
    struct sv rest = sv_runes_head(f->mark, 70), part;
    buf_text(out, "&amp;L&amp;8");
    for (bool first = true; sv_cut(&rest, '&', &part); first = false) {
        buf_text(out, first ? "" : "&amp;&amp;");
        text_put(out, part);
    }
}

static void footer_put(struct fill *f, struct buf *out)
{
    const struct sv p = f->prefix;
    buf_fmt(out, "<%.*sheaderFooter><%.*soddFooter>", SV_ARG(p), SV_ARG(p));
    footer_text(f, out);
    buf_fmt(out, "</%.*soddFooter></%.*sheaderFooter>", SV_ARG(p), SV_ARG(p));
}

/* Elements of the workbook's own part may have another prefix than the page's. */
static void recalc_put(const struct marked *m, size_t at, struct buf *out)
{
    size_t from = at, colon = 0;
    while (from && m->bytes.at[from - 1] != '<')
        from--;
    from += from < at && m->bytes.at[from] == '/';
    for (size_t i = from; i < at && !colon; i++)
        colon = m->bytes.at[i] == ':' ? i + 1 : 0;
    buf_byte(out, '<');
    buf_put(out, (struct sv){ m->bytes.at + from, colon ? colon - from : 0 });
    buf_text(out, "calcPr fullCalcOnLoad=\"1\"/>");
}

static void break_put(const struct shift *s, struct sv was, struct buf *out)
{
    int64_t row;
    if (sv_int(was, 1, 1048576, &row))
        buf_int(out, row >= s->through ? row + s->delta : row);
    else
        buf_put(out, was);
}

static void small_put(struct fill *f, const struct marked *m, const struct mark *k,
                      struct buf *out)
{
    struct sv was = { m->bytes.at + k->at, k->end - k->at };
    int64_t row = 0;
    switch (k->kind) {
    case MARK_ROW:
        if (sv_int(was, 1, 1048576, &row))
            buf_int(out, row + f->shift.delta);
        break;
    case MARK_BREAK:      break_put(&f->shift, was, out); break;
    case MARK_RANGES:     ranges_shift(out, &f->shift, was); break;
    case MARK_FORMULA:    formula_shift(out, &f->shift, m->own, was); break;
    case MARK_FIXED:      fixed_put(f, k, out); break;
    case MARK_MERGES_N:
        buf_int(out, (int64_t)f->merges_kept + (int64_t)f->merges_n * rows_all(f));
        break;
    case MARK_FOOTER:     footer_put(f, out); break;
    case MARK_FOOTER_TEXT: footer_text(f, out); break;
    case MARK_RECALC:     buf_text(out, k->n ? " fullCalcOnLoad=\"1\"" : "1"); break;
    case MARK_RECALC_NEW: recalc_put(m, k->at, out); break;
    case MARK_TOLD:       text_put(out, f->mark); break;
    case MARK_TOLD_NEW:
        buf_text(out, "<dc:description xmlns:dc=\"http://purl.org/dc/elements/1.1/\">");
        text_put(out, f->mark);
        buf_text(out, "</dc:description>");
        break;
    case MARK_DROP: case MARK_ROWS: case MARK_MERGES: break;
    }
}

void part_put(struct fill *f, const struct marked *m, struct buf *out, FILE *to)
{
    size_t at = 0;
    for (size_t i = 0; i < m->n; i++) {
        const struct mark *k = &m->marks[i];
        assert(k->at >= at);
        buf_put(out, (struct sv){ m->bytes.at + at, k->at - at });
        at = k->end;
        small_put(f, m, k, out);
        if (to && (out->len > CHUNK || k->kind == MARK_ROWS))
            fill_write(f, out, to);
        if (k->kind == MARK_ROWS)
            rows_copy(f, to);
        if (k->kind == MARK_MERGES)
            merges_put(f, out, to);
    }
    buf_put(out, sv_from(m->bytes, at));
    if (to)
        fill_write(f, out, to);
}
