/* page.c - the page that is filled: its first sample row is learnt, what stands below is marked. */

#include "sheet/fill/marks.h"

#include <string.h>

/* What is known while the page is gone through. */
struct walk {
    int64_t   row;                           /* at hand; 0 none */
    size_t    column;                        /* of the cell at hand */
    size_t    next_column;                   /* of a cell that does not say its own */
    size_t    row_at, cell_at;
    struct sv style;
    bool      in_sheet, in_row, in_cell, computed;
    bool      placed;                        /* MARK_ROWS stands */
    bool      footer_done, footer_text;
    size_t    region_at, region_end;         /* of the sample rows that are there */
    int64_t   fixed;                         /* the single cell at hand; -1 none */
    bool      done[FILL_FIXED_MAX];
    size_t    marks_n;                       /* before the cell at hand */
    bool      shared, many_rows;             /* of the formula at hand */
};

static bool in_samples(const struct fill *f, int64_t row)
{
    return row >= f->form.from && row <= f->form.through;
}

/* --- rows --- */

/* Where ours go when there is no sample row, or behind the last one. */
static void place_rows(struct look *l, struct walk *w, size_t here)
{
    if (w->placed)
        return;
    w->placed = true;
    if (!w->region_end)
        w->region_at = w->region_end = here;
    mark_put(l, (struct mark){ .kind = MARK_ROWS, .at = w->region_at, .end = w->region_end });
}

/* The attributes but the row's own number and its extent. */
static struct sv attributes_kept(struct look *l)
{
    struct buf b = buf_new(l->fill->mem, 64);
    size_t cut[4] = { 0 }, at = look_at(l), end = look_end(l) - 1, from;
    if (l->m->bytes.at[end - 1] == '/')
        end--;
    bool r = look_attribute(l, "r", &cut[0], &cut[1]);
    bool spans = look_attribute(l, "spans", &cut[2], &cut[3]);
    for (from = at; from < end && !strchr(" \t\r\n", l->m->bytes.at[from]); from++)
        ;
    for (size_t i = from; i < end; i++) {
        bool number = r && i + 3 == cut[0], extent = spans && i + 7 == cut[2];
        if (number || extent)                            /* with the blank before it */
            b.len--;
        if (number || extent)
            i = number ? cut[1] : cut[3];
        else
            buf_byte(&b, l->m->bytes.at[i]);
    }
    return buf_sv(&b);
}

static void row_start(struct look *l, struct walk *w, const char **attributes)
{
    struct fill *f = l->fill;
    struct sv said = xml_attribute(attributes, "r");
    int64_t row = w->row + 1;
    if ((said.len && !sv_int(said, 1, 1048576, &row)) || row <= w->row || w->in_row) {
        look_wrong(l, "sheet.broken", 0);
        return;
    }
    w->row = row;
    w->row_at = look_at(l);
    w->next_column = 0;
    w->in_row = true;
    if (row == f->form.from)
        f->row_attributes = attributes_kept(l);
    if (in_samples(f, row) && !w->region_end)
        w->region_at = w->row_at;
    if (row > f->form.through) {
        place_rows(l, w, w->row_at);
        mark_attribute(l, "r", MARK_ROW);
    }
}

/* Single cells of this row left of `column` that the page does not have: put in at `here`. */
static void fixed_missing(struct look *l, struct walk *w, size_t column, size_t here)
{
    const struct fill_form *form = &l->fill->form;
    for (;;) {
        size_t least = column;
        int64_t which = -1;
        for (size_t i = 0; i < form->fixed_n; i++)
            if (!w->done[i] && form->fixed[i].row == w->row && form->fixed[i].column < least) {
                least = form->fixed[i].column;
                which = (int64_t)i;
            }
        if (which < 0)
            return;
        w->done[which] = true;
        mark_put(l, (struct mark){ .kind = MARK_FIXED, .at = here, .end = here, .n = which });
    }
}

static void row_end(struct look *l, struct walk *w)
{
    struct fill *f = l->fill;
    bool empty = look_end(l) == look_at(l);              /* <row …/> */
    size_t marks = l->m->n;
    w->in_row = false;
    if (in_samples(f, w->row)) {
        w->region_end = look_end(l);
        return;
    }
    fixed_missing(l, w, SHEET_COLUMNS_MAX, look_at(l));
    if (empty && l->m->n > marks)
        look_wrong(l, "sheet.form_cell", w->row);
}

/* --- cells --- */

static void cell_start(struct look *l, struct walk *w, const char **attributes)
{
    struct fill *f = l->fill;
    struct sv said = xml_attribute(attributes, "r");
    int64_t row = w->row;
    size_t column = w->next_column;
    if (!w->in_row || w->in_cell || (said.len && !ref_read(said, &row, &column)) || row != w->row
        || column < w->next_column) {
        look_wrong(l, "sheet.broken", 0);
        return;
    }
    w->in_cell = true;
    w->computed = false;
    w->fixed = -1;
    w->column = column;
    w->next_column = column + 1;
    w->cell_at = look_at(l);
    struct sv style = xml_attribute(attributes, "s");
    int64_t number;
    w->style = sv_int(style, 0, 1000000, &number) ? sv_copy(f->mem, style) : SV("");
    if (in_samples(f, row)) {
        if (row != f->form.from || column >= SHEET_COLUMNS_MAX)
            return;
        f->cells[column] = (struct fill_cell){ true, w->style, SV("") };
        f->cells_n = column + 1;
        return;
    }
    fixed_missing(l, w, column, w->cell_at);
    w->marks_n = l->m->n;
    for (size_t i = 0; i < f->form.fixed_n; i++)
        if (f->form.fixed[i].row == row && f->form.fixed[i].column == column && !w->done[i]) {
            w->fixed = (int64_t)i;
            w->done[i] = true;
        }
    if (row > f->form.through)
        mark_attribute(l, "r", MARK_RANGES);
}

static void cell_end(struct look *l, struct walk *w)
{
    w->in_cell = false;
    if (w->fixed < 0)
        return;
    l->m->n = w->marks_n;                                /* it goes as a whole */
    mark_put(l, (struct mark){ .kind = MARK_FIXED, .at = w->cell_at, .end = look_end(l),
                               .n = w->fixed, .style = w->style });
}

/* --- formulas --- */

static void formula_start(struct look *l, struct walk *w, const char **attributes)
{
    struct fill *f = l->fill;
    struct sv type = xml_attribute(attributes, "t"), area = xml_attribute(attributes, "ref");
    int64_t first = w->row, last = w->row;
    size_t left, right;
    w->computed = true;
    f->formulas = true;
    w->shared = sv_is(type, "shared");
    if (area.len && !range_read(area, &first, &last, &left, &right))
        look_wrong(l, "sheet.broken", 0);
    bool samples = in_samples(f, w->row);
    if (samples && (last > f->form.through || (type.len && !w->shared && !sv_is(type, "normal"))))
        look_wrong(l, "sheet.form_formula", w->row);
    if (!samples && last >= f->form.from && first <= f->form.through)
        look_wrong(l, "sheet.form_formula", w->row);
    w->many_rows = last > first;
    if (!samples && w->row > f->form.through && area.len)
        mark_attribute(l, "ref", MARK_RANGES);
}

static void formula_end(struct look *l, struct walk *w)
{
    struct fill *f = l->fill;
    struct sv text = look_text(l);
    if (!in_samples(f, w->row)) {
        size_t marks = l->m->n;
        mark_formula(l);
        if (w->shared && w->many_rows && l->m->n > marks)
            look_wrong(l, "sheet.form_formula", w->row);
        return;
    }
    if (w->row != f->form.from || w->column >= SHEET_COLUMNS_MAX)
        return;
    if (text.len == 0 || sv_find_byte(text, '<') >= 0 || formula_below(&f->shift, text))
        look_wrong(l, "sheet.form_formula", w->row);
    f->cells[w->column].formula = text;
}

/* --- what stands around the rows --- */

static void merge_start(struct look *l, const char **attributes)
{
    struct fill *f = l->fill;
    int64_t first, last;
    size_t left, right;
    if (!range_read(xml_attribute(attributes, "ref"), &first, &last, &left, &right)) {
        look_wrong(l, "sheet.broken", 0);
        return;
    }
    bool begins = in_samples(f, first), ends = in_samples(f, last);
    if ((begins || ends) ? first != last : first < f->form.from && last > f->form.through) {
        look_wrong(l, "sheet.form_merge", begins ? first : f->form.from);
        return;
    }
    l->begun_at = begins ? look_at(l) : 0;
    if (first == f->form.from && f->merges_n < SHEET_COLUMNS_MAX && right < SHEET_COLUMNS_MAX)
        f->merges[f->merges_n++] = (struct fill_merge){ left, right };
    if (begins)
        return;
    f->merges_kept++;
    mark_attribute(l, "ref", MARK_RANGES);
}

static bool is_one(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* What may stand before the footer; the first that may not is where a new one goes. */
static void footer_place(struct look *l, struct walk *w, const char *name, size_t here)
{
    static const char *const before[] = {
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
        "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
        "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
        "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
        "pageSetup", NULL,
    };
    if (w->footer_done || (name && is_one(name, before)))
        return;
    w->footer_done = true;
    if (!name || strcmp(name, "headerFooter") != 0)
        mark_put(l, (struct mark){ .kind = MARK_FOOTER, .at = here, .end = here });
}

static void around_start(struct look *l, struct walk *w, const char *name, const char **attributes)
{
    static const char *const areas[] = { "hyperlink", "autoFilter", "sortState", "sortCondition",
                                         NULL };
    static const char *const many[] = { "conditionalFormatting", "dataValidation",
                                        "protectedRange", "ignoredError", NULL };
    if (l->depth == 2)
        footer_place(l, w, name, look_at(l));
    if (strcmp(name, "dimension") == 0)
        l->begun_at = look_at(l);
    else if (strcmp(name, "mergeCells") == 0)
        mark_attribute(l, "count", MARK_MERGES_N);
    else if (strcmp(name, "mergeCell") == 0)
        merge_start(l, attributes);
    else if (strcmp(name, "brk") == 0)
        mark_attribute(l, "id", MARK_BREAK);
    else if (is_one(name, areas))
        mark_attribute(l, "ref", MARK_RANGES);
    else if (is_one(name, many))
        mark_attribute(l, "sqref", MARK_RANGES);
    else if (strcmp(name, "sheetData") == 0) {
        w->in_sheet = true;
        struct sv tag = look_tag(l);
        ptrdiff_t colon = sv_find(tag, SV(":sheetData"));
        l->fill->prefix = colon > 0 ? sv_copy(l->fill->mem, (struct sv){ tag.at + 1,
                                                                        (size_t)colon }) : SV("");
    }
}

static void page_start(struct look *l, const char *name, const char **attributes)
{
    struct walk *w = l->user;
    if (!w->in_sheet)
        around_start(l, w, name, attributes);
    else if (strcmp(name, "row") == 0 && l->depth == 3)
        row_start(l, w, attributes);
    else if (strcmp(name, "c") == 0 && l->depth == 4)
        cell_start(l, w, attributes);
    else if (strcmp(name, "f") == 0 && w->in_cell)
        formula_start(l, w, attributes);
    else if (strcmp(name, "v") == 0)
        l->begun_at = look_at(l);
}

static void sheet_end(struct look *l, struct walk *w)
{
    w->in_sheet = false;
    if (look_end(l) == look_at(l))
        look_wrong(l, "sheet.form_empty", 0);
    place_rows(l, w, look_at(l));
}

static void around_end(struct look *l, struct walk *w, const char *name)
{
    size_t at = look_at(l), end = look_end(l);
    bool begun = l->begun_at && (strcmp(name, "dimension") == 0 || strcmp(name, "mergeCell") == 0);
    if (begun)
        mark_put(l, (struct mark){ .kind = MARK_DROP, .at = l->begun_at, .end = end });
    l->begun_at = 0;
    if (strcmp(name, "mergeCells") == 0)
        mark_put(l, (struct mark){ .kind = MARK_MERGES, .at = at, .end = at });
    else if (is_formula_element(name))
        mark_formula(l);
    else if (strcmp(name, "sqref") == 0)
        mark_text(l, MARK_RANGES);
    else if (strcmp(name, "oddFooter") == 0 && sv_find(look_text(l), SV("&amp;L")) < 0)
        mark_put(l, (struct mark){ .kind = MARK_FOOTER_TEXT, .at = l->text_at,
                                   .end = l->text_at });
    else if (l->depth == 1)
        footer_place(l, w, NULL, at);
}

static void page_end(struct look *l, const char *name)
{
    struct walk *w = l->user;
    if (!w->in_sheet)
        around_end(l, w, name);
    else if (l->depth == 2)
        sheet_end(l, w);
    else if (l->depth == 3 && w->in_row)
        row_end(l, w);
    else if (l->depth == 4 && w->in_cell)
        cell_end(l, w);
    else if (strcmp(name, "f") == 0 && w->in_cell)
        formula_end(l, w);
    else if (strcmp(name, "v") == 0 && w->computed && !in_samples(l->fill, w->row))
        mark_put(l, (struct mark){ .kind = MARK_DROP, .at = l->begun_at, .end = look_end(l) });
}

bool page_look(struct fill *f)
{
    struct sv name = f->book->pages[f->form.page].part;
    struct walk w = { .fixed = -1 };
    struct marked *m = part_marked(f, name);
    if (!m)
        return false;
    m->own = true;
    struct look l = { .fill = f, .m = m, .start = page_start, .end = page_end, .user = &w };
    if (!look_go(&l))
        return false;
    if (!w.placed)
        return sheet_wrong(&f->in->fault, "sheet.form_empty", 0);
    for (size_t i = 0; i < f->form.fixed_n; i++)
        if (!w.done[i])
            return sheet_wrong(&f->in->fault, "sheet.form_cell", f->form.fixed[i].row);
    return anchors_look(f, name);
}
