/*
 * fill.h - filling the workbook that another office sent: rows go in, everything else stays.
 *
 * The package is kept part by part. Only the page that is filled is written anew, and in it only
 * what must change: the sample rows give way to ours in the style of the first of them; what stands
 * below moves down with its merged areas, formulas, validations and print areas; totals over the
 * sample rows cover all rows. Formulas of other pages that look at this one move along. What is
 * computed is computed again when the file is opened: remembered results of this page are left out.
 * Texts are written as texts, guarded as in CSV files, so that nothing a person typed is ever run.
 *
 * What cannot be kept is refused with a sheet.form_* sentence before a row is written: tables
 * (Ctrl+T), rows merged downwards, pictures or remarks below the first row, a pivot over the page.
 * Memory does not grow with the rows; they lie beside `path` until it is closed.
 */
#ifndef SHEET_FILL_FILL_H
#define SHEET_FILL_FILL_H

#include "sheet/sheet.h"

enum {
    FILL_BYTES_MAX = 4 * 1024 * 1024,       /* of the workbook */
    FILL_PART_MAX = 16 * 1024 * 1024,       /* of a part that is looked into, unpacked */
    FILL_FIXED_MAX = 40,
};

/* A single cell to be filled, above or below the rows. */
struct fill_fixed { int64_t row; size_t column; };          /* from 1, from 0 */

struct fill_form {
    size_t  page;                            /* index into the book's pages */
    int64_t from, through;                   /* sample rows, from 1; at least one */
    const struct fill_fixed *fixed;
    size_t  fixed_n;
};

struct fill;

/*
 * `bytes` must stay. `path` NULL: only looks whether it can be filled. The writer lives in c->mem,
 * which must not be reset before it is closed. ERR_INVALID, ERR_TOO_LARGE with a sheet.* key.
 */
MUST enum err fill_open(struct ctx *c, struct sv bytes, const struct fill_form *form,
                        const char *path, struct fill **ret_fill);

/* What stands in the page's footer (where it has none on the left) and the file's properties. */
void fill_told(struct fill *f, struct sv mark);

/* The row at hand; texts are borrowed until fill_end_row(). Columns from 0, in any order. */
void fill_text(struct fill *f, size_t column, struct sv text);
void fill_number(struct fill *f, size_t column, double n);
void fill_end_row(struct fill *f);

/* The single cells, by their index; texts are borrowed until fill_close(). */
void fill_fixed_text(struct fill *f, size_t i, struct sv text);
void fill_fixed_number(struct fill *f, size_t i, double n);

/* Puts the file in place; ERR_BUSY "sheet.write" when it could not be written. */
MUST enum err fill_close(struct ctx *c, struct fill *f);
void fill_drop(struct fill *f);              /* gives up, leaves nothing behind; accepts NULL */

#endif
