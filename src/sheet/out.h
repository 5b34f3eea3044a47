/*
 * out.h - writing .xlsx: page by page, row by row, in constant memory.
 *
 * Cells are text unless given as numbers, so that an id keeps all its digits and nothing a person
 * typed is run as a formula. Sticky: after the first failure nothing more is written; ask
 * sheet_out_close() once. Rows can only be written from top to bottom.
 *
 *     struct sheet_out *o;
 *     TRY(sheet_out_open(c, path, &o));
 *     sheet_out_page(o, SV("老年人"));
 *     sheet_out_text(o, SHEET_HEAD, SV("姓名"));
 *     sheet_out_end_row(o);
 *     TRY(sheet_out_close(c, o));
 */
#ifndef SHEET_OUT_H
#define SHEET_OUT_H

#include "base/ctx.h"

/* Excel's own limits; longer text is cut, further rows and columns make the writing fail. */
enum { SHEET_OUT_ROWS = 1048576, SHEET_OUT_COLUMNS = 16384, SHEET_OUT_TEXT = 32767,
       SHEET_OUT_NOTES = 5000 };

enum sheet_style {
    SHEET_PLAIN,
    SHEET_TITLE,       /* large and bold, the name of the page */
    SHEET_HEAD,        /* bold on grey, with a border: names of columns */
    SHEET_REQUIRED,    /* the same in red: must be filled in */
    SHEET_CELL,        /* with a border, wraps: tables that are printed */
    SHEET_WRONG,       /* on red: to be corrected */
    SHEET_DOUBT,       /* on yellow: to be looked at */
    SHEET_FAINT,       /* grey text: examples, remarks */
    SHEET_STYLES
};

struct sheet_out;

/*
 * Begins a workbook that sheet_out_close() will put at `path` (temporary files lie in its folder
 * meanwhile). The writer lives in c->mem, which must not be reset before it is closed.
 */
MUST enum err sheet_out_open(struct ctx *c, const char *path, struct sheet_out **ret_out);

/* What the workbook says of itself: who took it out, when, why. */
void sheet_out_told(struct sheet_out *o, struct sv title, struct sv author, struct sv remark);

/* A further page; its name is cut to 31 characters and freed of what Excel refuses. */
void sheet_out_page(struct sheet_out *o, struct sv name);

/* --- of the page at hand, before its rows --- */

void sheet_out_width(struct sheet_out *o, size_t column, double characters);
void sheet_out_freeze(struct sheet_out *o, size_t rows);       /* the first rows always in sight */
/* Only these n texts may be typed into the column from row `from` (0 the first) on. */
void sheet_out_choices(struct sheet_out *o, size_t column, size_t from, const struct sv *texts,
                       size_t n);
/* A4, as wide as one sheet, the first rows again on each; "" for no footer (&P page, &N of). */
void sheet_out_paper(struct sheet_out *o, bool landscape, size_t rows_again, struct sv footer);

/* --- rows --- */

void sheet_out_text(struct sheet_out *o, enum sheet_style style, struct sv text);
/* One text over so many columns of this row, merged. */
void sheet_out_across(struct sheet_out *o, enum sheet_style style, struct sv text, size_t columns);
void sheet_out_number(struct sheet_out *o, enum sheet_style style, double n);
void sheet_out_skip(struct sheet_out *o);                      /* an empty cell */
/* A remark on the cell just written; beyond SHEET_OUT_NOTES of a workbook it is left out. */
void sheet_out_note(struct sheet_out *o, struct sv text);
void sheet_out_end_row(struct sheet_out *o);

/* Filter buttons over the first `columns` columns of row `row`, down to the last row written. */
void sheet_out_filter(struct sheet_out *o, size_t row, size_t columns);

/* Puts the file in place; ERR_BUSY "sheet.write" when it could not be written. */
MUST enum err sheet_out_close(struct ctx *c, struct sheet_out *o);

/* Gives the writer up: nothing is left behind. Accepts NULL. */
void sheet_out_drop(struct sheet_out *o);

/* --- a workbook that leaves as bytes --- */

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

struct sheet_sent { struct sheet_out *out; const char *path; };

/* Begins one in data_dir/tmp, under an id of the caller's; to give it up, drop `out`. */
MUST enum err sheet_sent_open(struct ctx *c, const char *data_dir, int64_t id,
                              struct sheet_sent *ret_sent);

/* Closes it; its bytes are the arena's, its file is gone. ERR_BUSY "sheet.write". */
MUST enum err sheet_sent_close(struct ctx *c, struct sheet_sent *s, struct sv *ret_bytes);

#endif
