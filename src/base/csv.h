/*
 * csv.h - tables as text, RFC 4180: reading row by row, and writing what spreadsheets open safely.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/ctx.h"

enum { CSV_COLUMNS_MAX = 200 };

/*
 * Reads one row after another from a whole text. Sticky: after a fault there are no more rows;
 * ask csv_err() once at the end. Accepts a byte order mark, CRLF, LF or CR, quoted cells with
 * doubled quotes and line breaks, rows of different lengths; skips empty lines. A quote inside an
 * unquoted cell is a plain character. The ' that csv_put() sets before a formula is taken off.
 */
struct csv {
    struct sv     rest;
    char          separator;                 /* ',' unless set to something else */
    int64_t       line;                      /* where the row at hand begins, from 1 */
    int64_t       line_next;
    struct sv     cells[CSV_COLUMNS_MAX];    /* of the row at hand; as written, not trimmed */
    size_t        cells_n;
    const char   *fault;                     /* message key: csv.not_utf8, csv.quote, ... */
};

struct csv csv_new(struct sv text);

/* The next row; false at the end or at a fault. Cells borrow from the text or lie in `mem`. */
bool csv_next(struct csv *t, struct arena *mem);

/* The cell of a column, "" when the row is shorter. */
struct sv csv_cell(const struct csv *t, size_t column);

/* ERR_MALFORMED with the line as {0} when reading stopped at a fault. */
MUST enum err csv_err(struct ctx *c, const struct csv *t);

/* --- writing --- */

/*
 * Lines end with CRLF. A cell that a spreadsheet would run as a formula (it begins with = + - @
 * and is no number) gets a ' in front. For Chinese in Excel begin the file with CSV_MARK.
 */
#define CSV_MARK SV("\xEF\xBB\xBF")

bool csv_is_formula(struct sv cell);         /* would it get one? */

struct csv_out {
    struct buf *out;
    bool        inside;                      /* a cell of this line has been written */
};

struct csv_out csv_out_new(struct buf *out);
void csv_put(struct csv_out *t, struct sv cell);
void csv_end_line(struct csv_out *t);

#endif
