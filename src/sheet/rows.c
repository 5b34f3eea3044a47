/* rows.c - the rows of one page, out of a workbook's XML or a CSV text. */

#include "base/csv.h"
#include "sheet/inside.h"

#include <math.h>
#include <string.h>

/* A fault of CSV reading counts as damage, but for the keys that csv.h has of its own. */
struct sheet_rows {
    struct sheet_inside *in;
    struct arena         mem;              /* of the row at hand */
    struct arena         kept;             /* values of merged areas */
    struct spans         spans;
    struct xml           xml;
    struct csv           csv;
    bool                 is_csv, row_ready, in_value, in_inline, has_formula, has_value;
    struct sheet_row     row;
    int64_t              row_next, rows_n;
    size_t               column;           /* of the cell at hand */
    size_t               column_next;
    int                  phonetic;
    struct sv            type;             /* t="s" */
    char                 type_room[16];
    int64_t              style;
    struct buf           value;
};

/* --- a workbook's page --- */

static void row_start(struct sheet_rows *r, const char **attributes)
{
    int64_t number;
    if (!sv_int(xml_attribute(attributes, "r"), 1, 1048576, &number))
        number = r->row_next;
    struct sv hidden = xml_attribute(attributes, "hidden");
    r->row_next = number + 1;
    r->row.number = number;
    r->row.hidden = sv_is(hidden, "1") || sv_is(hidden, "true");
    r->row.n = 0;
    r->column_next = 0;
    arena_reset(&r->mem);
    r->value = buf_new(&r->mem, 128);
    memset(r->row.cells, 0, SHEET_COLUMNS_MAX * sizeof *r->row.cells);
}

static void cell_start(struct sheet_rows *r, const char **attributes)
{
    int64_t row;
    if (!ref_read(xml_attribute(attributes, "r"), &row, &r->column))
        r->column = r->column_next;
    r->column_next = r->column + 1;
    struct sv type = sv_head(xml_attribute(attributes, "t"), sizeof r->type_room);
    memcpy(r->type_room, type.at, type.len);
    r->type = (struct sv){ r->type_room, type.len };
    r->style = 0;
    (void)sv_int(xml_attribute(attributes, "s"), 0, 1000000, &r->style);
    r->has_formula = r->has_value = false;
    r->value = buf_new(&r->mem, 64);
}

static void start(struct xml *x, const char *name, const char **attributes)
{
    struct sheet_rows *r = x->user;
    if (strcmp(name, "row") == 0)
        row_start(r, attributes);
    else if (strcmp(name, "c") == 0)
        cell_start(r, attributes);
    else if (strcmp(name, "v") == 0)
        r->in_value = r->has_value = true;
    else if (strcmp(name, "f") == 0)
        r->has_formula = true;
    else if (strcmp(name, "is") == 0)
        r->in_inline = r->has_value = true;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    else if (strcmp(name, "t") == 0)
        r->in_value = r->in_inline && r->phonetic == 0;
}

static void text(struct xml *x, struct sv s)
{
    struct sheet_rows *r = x->user;
    if (!r->in_value)
        return;
    if (r->value.len + s.len > SHEET_TEXT_MAX)
        xml_stop(x, "sheet.text", SHEET_TEXT_MAX);
    else
        buf_put(&r->value, s);
}

static struct sheet_cell number_cell(struct sheet_rows *r, struct sv written)
{
    struct sheet_cell cell = { .kind = CELL_NUMBER };
    if (!sv_real(written, -1e300, 1e300, &cell.number))
        return (struct sheet_cell){ .kind = CELL_ERROR, .text = SV("#NUM!") };
    bool date = r->style < (int64_t)r->in->dates_n && r->in->dates[r->style];
    if (date && cell.number >= 0 && cell.number <= 2958465) {
        cell.kind = CELL_DATE;
        cell.text = serial_text(&r->mem, cell.number, r->in->from_1904);
    } else {
        cell.text = number_text(&r->mem, cell.number);
    }
    return cell;
}

static struct sheet_cell shared_cell(struct xml *x, struct sheet_rows *r, struct sv written)
{
    int64_t at;
    if (!sv_int(sv_trim(written), 0, (int64_t)r->in->strings_n - 1, &at)) {
        xml_stop(x, "sheet.broken", 0);
        return (struct sheet_cell){ 0 };
    }
    return (struct sheet_cell){ .kind = CELL_TEXT, .text = r->in->strings[at] };
}

static struct sheet_cell cell_of(struct xml *x, struct sheet_rows *r)
{
    struct sv written = buf_sv(&r->value);
    if (!r->has_value)
        return r->has_formula ? (struct sheet_cell){ .kind = CELL_ERROR, .text = SV("#FORMULA") }
                              : (struct sheet_cell){ 0 };
    if (sv_is(r->type, "s"))
        return shared_cell(x, r, written);
    if (sv_is(r->type, "str") || sv_is(r->type, "inlineStr"))
        return (struct sheet_cell){ .kind = CELL_TEXT, .text = written };
    if (sv_is(r->type, "b"))
        return (struct sheet_cell){ .kind = CELL_BOOL,
                                    .text = sv_is(written, "1") ? SV("TRUE") : SV("FALSE") };
    if (sv_is(r->type, "e"))
        return (struct sheet_cell){ .kind = CELL_ERROR, .text = written };
    if (sv_is(r->type, "d"))
        return (struct sheet_cell){ .kind = CELL_DATE, .text = sv_head(written, 10) };
    return written.len ? number_cell(r, sv_trim(written)) : (struct sheet_cell){ 0 };
}

static void cell_end(struct xml *x, struct sheet_rows *r)
{
    struct sheet_cell cell = cell_of(x, r);
    if (cell.kind == CELL_NONE || (cell.kind == CELL_TEXT && cell.text.len == 0))
        return;
    if (r->column >= SHEET_COLUMNS_MAX) {
        xml_stop(x, "sheet.columns", SHEET_COLUMNS_MAX);
        return;
    }
    r->row.cells[r->column] = cell;
    if (r->column >= r->row.n)
        r->row.n = r->column + 1;
}

static void end(struct xml *x, const char *name)
{
    struct sheet_rows *r = x->user;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        r->in_value = false;
    else if (strcmp(name, "is") == 0)
        r->in_inline = false;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic--;
    else if (strcmp(name, "c") == 0)
        cell_end(x, r);
    else if (strcmp(name, "row") == 0 && r->row.n) {
        r->row_ready = true;
        xml_pause(x);
    }
}

static bool xlsx_next(struct sheet_rows *r)
{
    r->row_ready = false;
    (void)xml_go(&r->xml);
    if (!r->row_ready || r->in->fault.key)
        return false;
    return spans_fill(&r->kept, &r->spans, &r->row)
           || sheet_wrong(&r->in->fault, "sheet.broken", 0);
}

/* --- a text --- */

static bool csv_row(struct sheet_rows *r)
{
    arena_reset(&r->mem);
    do {
        if (!csv_next(&r->csv, &r->mem))
            return false;
        r->row.n = 0;
        for (size_t i = 0; i < r->csv.cells_n; i++) {
            struct sv cell = sv_trim(r->csv.cells[i]);
            if (cell.len > SHEET_TEXT_MAX)
                return sheet_wrong(&r->in->fault, "sheet.text", SHEET_TEXT_MAX);
            r->row.cells[i] = (struct sheet_cell){ .kind = cell.len ? CELL_TEXT : CELL_NONE,
                                                   .text = cell };
            if (cell.len)
                r->row.n = i + 1;
        }
    } while (r->row.n == 0);
    r->row.number = r->csv.line;
    return true;
}

/* --- both --- */

enum err sheet_rows_open(struct ctx *c, struct sheet_book *b, size_t page,
                         struct sheet_rows **ret_rows)
{
    struct sheet_rows *r = NEW(&c->mem, struct sheet_rows, 1);
    if (page >= b->pages_n) {
        enum err e = fail(c, ERR_INVALID, "sheet.page", "no page %zu", page);
        c->fault.arg0 = sv_fmt(&c->mem, "%zu", page + 1);
        return e;
    }
    r->in = b->inside;
    r->row.cells = NEW(&c->mem, struct sheet_cell, SHEET_COLUMNS_MAX);
    r->is_csv = b->form == SHEET_CSV;
    r->row_next = 1;
    if (r->is_csv) {
        r->csv = csv_new(b->inside->text);
        r->csv.separator = text_separator(b->inside->text);
    } else {
        r->xml = (struct xml){ .user = r, .start = start, .end = end, .text = text };
        if (!spans_read(&c->mem, r->in, b->pages[page].part, &r->spans)
            || !xml_open(&r->xml, r->in, b->pages[page].part))
            return sheet_fail(c, &r->in->fault);
    }
    *ret_rows = r;
    return ERR_NONE;
}

bool sheet_next(struct sheet_rows *r, struct sheet_row *ret_row)
{
    if (r->in->fault.key || !(r->is_csv ? csv_row(r) : xlsx_next(r)))
        return false;
    if (++r->rows_n > SHEET_ROWS_MAX)
        return sheet_wrong(&r->in->fault, "sheet.rows", SHEET_ROWS_MAX);
    *ret_row = r->row;
    return true;
}

enum err sheet_rows_end(struct ctx *c, struct sheet_rows *r)
{
    xml_close(&r->xml);
    arena_free(&r->mem);
    arena_free(&r->kept);
    TRY(sheet_fail(c, &r->in->fault));
    return r->is_csv ? csv_err(c, &r->csv) : ERR_NONE;
}

struct sv sheet_text(const struct sheet_row *row, size_t column)
{
    return column < row->n ? row->cells[column].text : SV("");
}
