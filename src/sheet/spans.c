/* spans.c - merged areas: found before the rows are read, filled in while they are. */

#include "sheet/inside.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024, ELEMENT_MAX = 300 };

bool ref_read(struct sv ref, int64_t *ret_row, size_t *ret_column)
{
    size_t i = 0, column = 0;
    for (; i < ref.len && i < 3 && ref.at[i] >= 'A' && ref.at[i] <= 'Z'; i++)
        column = column * 26 + (size_t)(ref.at[i] - 'A') + 1;
    if (i == 0 || !sv_int(sv_from(ref, i), 1, 1048576, ret_row))
        return false;
    *ret_column = column - 1;
    return true;
}

/* The rest of `<mergeCell ref="A1:C1"` behind its name. */
static bool span_read(struct sv element, struct span *ret_span)
{
    ptrdiff_t at = sv_find(element, SV("ref="));
    if (at < 0)
        return false;
    struct sv rest = sv_from(element, (size_t)at + 5), range, first;
    if (!sv_cut(&rest, element.at[at + 4], &range) || !sv_cut(&range, ':', &first))
        return false;
    struct span s = { 0 };
    if (!ref_read(first, &s.row, &s.column)
        || !ref_read(range, &s.row_last, &s.column_last))
        return false;
    if (s.row_last < s.row || s.column_last < s.column || s.column >= SHEET_COLUMNS_MAX)
        return false;
    if (s.column_last >= SHEET_COLUMNS_MAX)
        s.column_last = SHEET_COLUMNS_MAX - 1;
    *ret_span = s;
    return true;
}

static int by_row(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row ? 1 : -1)
         : x->column == y->column ? 0 : x->column > y->column ? 1 : -1;
}

/* Takes the elements out of a run of bytes; what may be one cut in two is left: its length. */
static size_t scan(struct arena *mem, struct sv bytes, struct spans *s, size_t *room)
{
    static const struct sv name = SV_INIT("mergeCell ");
    for (;;) {
        ptrdiff_t at = sv_find(bytes, name);
        if (at < 0)
            return bytes.len < name.len ? bytes.len : name.len - 1;
        struct sv element = sv_from(bytes, (size_t)at + name.len);
        ptrdiff_t close = sv_find_byte(element, '>');
        if (close < 0 && element.len < ELEMENT_MAX)
            return bytes.len - (size_t)at;
        struct span one;
        if (close >= 0 && close < ELEMENT_MAX && s->n < SHEET_SPANS_MAX
            && span_read(sv_head(element, (size_t)close), &one)) {
            s->at = GROW(mem, s->at, s->n, room);
            s->at[s->n++] = one;
        }
        bytes = element;
    }
}

/*
 * They stand behind the rows, so the part is gone through once for them alone: as bytes, because
 * that takes a tenth of parsing it. Text that looks like one can only fill the file's own cells.
 */
bool spans_read(struct arena *mem, struct sheet_inside *in, struct sv part, struct spans *ret)
{
    struct part p;
    char *at = NEW(mem, char, CHUNK + ELEMENT_MAX + 16);
    size_t left = 0, room = 0;
    *ret = (struct spans){ .active = NEW(mem, struct span *, SHEET_COLUMNS_MAX) };
    if (!part_open(in, part, &p))
        return false;
    for (int64_t n; (n = part_read(&p, at + left, CHUNK)) > 0;) {
        size_t len = left + (size_t)n;
        left = scan(mem, (struct sv){ at, len }, ret, &room);
        memmove(at, at + len - left, left);
    }
    part_close(&p);
    if (ret->n)
        qsort(ret->at, ret->n, sizeof *ret->at, by_row);
    return !in->fault.key;
}

/* The area's value, kept for its further rows. */
static bool begin(struct arena *mem, struct spans *s, struct span *one,
                  const struct sheet_row *row)
{
    if (one->row == row->number && one->column < row->n)
        one->value = row->cells[one->column];
    if (one->row_last > one->row)
        one->value.text = sv_copy(mem, one->value.text);
    one->value.merged = true;
    if (s->active_n >= SHEET_COLUMNS_MAX)
        return false;
    s->active[s->active_n++] = one;
    return true;
}

static void fill(const struct span *one, struct sheet_row *row)
{
    for (size_t k = one->column; k <= one->column_last; k++)
        if (row->cells[k].kind == CELL_NONE) {
            row->cells[k] = one->value;
            if (k >= row->n)
                row->n = k + 1;
        }
}

bool spans_fill(struct arena *mem, struct spans *s, struct sheet_row *row)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->active_n; i++)
        if (s->active[i]->row_last >= row->number)
            s->active[kept++] = s->active[i];
    s->active_n = kept;
    for (; s->next < s->n && s->at[s->next].row <= row->number; s->next++)
        if (s->at[s->next].row_last >= row->number && !begin(mem, s, &s->at[s->next], row))
            return false;
    for (size_t i = 0; i < s->active_n; i++)
        if (s->active[i]->value.kind != CELL_NONE)
            fill(s->active[i], row);
    return true;
}
