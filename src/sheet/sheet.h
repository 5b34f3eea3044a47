/*
 * sheet.h - reading tables people keep: .xlsx and .csv, row by row, as text with its kind.
 *
 * Nothing in a file is trusted: no name in it becomes a path, no DOCTYPE or entity is read,
 * nothing encrypted or nested is opened, and every size has a limit. Old .xls, WPS .et, .ods,
 * .xlsb and web pages under a workbook's name are refused with the sentence that says what to do.
 *
 *     struct sheet_book *book;
 *     TRY(sheet_open(c, bytes, &book));
 *     struct sheet_rows *rows;
 *     TRY(sheet_rows_open(c, book, 0, &rows));
 *     for (struct sheet_row row; sheet_next(rows, &row);)
 *         …
 *     TRY(sheet_rows_end(c, rows));
 *     sheet_close(book);
 */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/ctx.h"

enum {
    SHEET_BYTES_MAX = 20 * 1024 * 1024,
    SHEET_UNPACKED_MAX = 400 * 1024 * 1024,       /* of all that is unpacked of one file */
    SHEET_RATIO_MAX = 400,                        /* of a part over SHEET_RATIO_FROM bytes */
    SHEET_RATIO_FROM = 4 * 1024 * 1024,
    SHEET_PARTS_MAX = 2000,
    SHEET_PAGES_MAX = 100,
    SHEET_ROWS_MAX = 300000,                      /* with content, of one page */
    SHEET_COLUMNS_MAX = 200,
    SHEET_TEXT_MAX = 100000,                      /* bytes of one cell: 32,767 characters */
    SHEET_STRINGS_MAX = 2000000,                  /* shared texts of a workbook … */
    SHEET_STRINGS_BYTES = 64 * 1024 * 1024,       /* … and their bytes */
    SHEET_SPANS_MAX = 50000,                      /* merged areas of a page */
};

extern const struct message sheet_messages[];     /* ends with { 0 } */

enum sheet_kind {
    CELL_NONE,
    CELL_TEXT,
    CELL_NUMBER,         /* .number; .text with all digits it has, without exponent */
    CELL_BOOL,           /* .text is TRUE or FALSE */
    CELL_DATE,           /* a number shown as a date: 2024-01-05, with a time 2024-01-05 08:30 */
    CELL_ERROR,          /* #N/A …; a formula that was never computed is #FORMULA */
};

struct sheet_cell {
    enum sheet_kind kind;
    struct sv       text;
    double          number;      /* CELL_NUMBER, CELL_DATE: as stored */
    bool            merged;      /* filled from the first cell of its merged area */
};

struct sheet_row {
    int64_t           number;    /* as the person sees it, from 1 */
    bool              hidden;
    struct sheet_cell *cells;    /* n, no gaps; valid until the next row */
    size_t            n;
};

struct sheet_page { struct sv name; bool hidden; struct sv part; };

enum sheet_form { SHEET_XLSX, SHEET_CSV };

struct sheet_book {
    enum sheet_form    form;
    struct sheet_page *pages;
    size_t             pages_n;
    size_t             first;    /* the first page that is not hidden */
    struct sheet_inside *inside;
};

struct sheet_rows;

/*
 * Looks into a file held in memory; `bytes` must stay. The book lives in c->mem but for what
 * sheet_close() gives back. ERR_TOO_LARGE, ERR_INVALID with a sheet.* key that says what to do.
 */
MUST enum err sheet_open(struct ctx *c, struct sv bytes, struct sheet_book **ret_book);
void sheet_close(struct sheet_book *b);           /* accepts NULL */

/* Do its numbers count days from 1904? For CELL_NUMBERs meant as days; false for NULL. */
bool sheet_from_1904(const struct sheet_book *b);

/*
 * Begins a page. Rows without content are not given. Merged areas are filled: each of their
 * cells has the first one's value. Formulas give the value they had when the file was saved.
 */
MUST enum err sheet_rows_open(struct ctx *c, struct sheet_book *b, size_t page,
                              struct sheet_rows **ret_rows);

/* The next row; false at the end or at a fault, which sheet_rows_end() tells. */
bool sheet_next(struct sheet_rows *r, struct sheet_row *ret_row);

/* Always called once. */
MUST enum err sheet_rows_end(struct ctx *c, struct sheet_rows *r);

/* The text of a column, "" behind the row's end. */
struct sv sheet_text(const struct sheet_row *row, size_t column);

#endif
