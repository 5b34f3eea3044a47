/* marks.h - what changes in a part of a workbook that is kept byte by byte; for this folder. */
#ifndef SHEET_FILL_MARKS_H
#define SHEET_FILL_MARKS_H

#include "sheet/fill/fill.h"
#include "sheet/inside.h"

#include <stdio.h>

enum mark_kind {
    MARK_ROW,              /* a row's number */
    MARK_BREAK,            /* a page break behind a row */
    MARK_RANGES,           /* cells and areas with blanks between */
    MARK_FORMULA,
    MARK_DROP,
    MARK_FIXED,            /* a single cell: n is its index */
    MARK_ROWS,             /* the sample rows */
    MARK_MERGES_N, MARK_MERGES,          /* their count, their end */
    MARK_FOOTER, MARK_FOOTER_TEXT,       /* a whole headerFooter, words before their own */
    MARK_RECALC, MARK_RECALC_NEW,        /* an attribute of calcPr, a whole one */
    MARK_TOLD, MARK_TOLD_NEW,            /* the description's text, a whole one */
};
/* Bytes [at, end) of a part give way to what the kind says. In the order of the part. */
struct mark { enum mark_kind kind; size_t at, end; int64_t n; struct sv style; };

struct marked {
    struct sv    name, bytes;
    bool         own;                        /* the page that is filled */
    struct mark *marks;
    size_t       n, room;
};

/* How rows move: those behind `through` by `delta`. */
struct shift { int64_t from, through, delta; struct sv plain, quoted; };   /* the page's name */

enum { VALUE_NONE, VALUE_TEXT, VALUE_NUMBER };
struct fill_value { int kind; struct sv text; double n; };

/* A cell of the first sample row. */
struct fill_cell { bool there; struct sv style, formula; };
struct fill_merge { size_t first, last; };

struct fill {
    struct arena      *mem;
    struct sheet_book *book;
    struct sheet_inside *in;
    struct sv          bytes;
    struct fill_form   form;
    struct shift       shift;
    struct sv          mark;                 /* fill_told */
    const char        *path, *rows_path, *page_path;
    FILE              *rows;
    bool               failed;               /* writing */
    struct buf         line;                 /* the row at hand */
    /* what was seen in the page */
    struct sv          prefix;               /* "x:" of its elements, or "" */
    struct sv          row_attributes;       /* of the first sample row, but r and spans */
    struct fill_cell   cells[SHEET_COLUMNS_MAX];
    size_t             cells_n;
    struct fill_merge  merges[SHEET_COLUMNS_MAX];
    size_t             merges_n, merges_kept;
    bool               formulas;             /* anything to be computed again */
    /* values */
    struct fill_value  values[SHEET_COLUMNS_MAX];
    struct fill_value  fixed[FILL_FIXED_MAX];
    int64_t            rows_n;
    struct marked     *parts;
    size_t             parts_n, parts_room;
};

/* --- shift.c --- */

/* The areas, or the formula, as they stand after the move. Formulas are raw XML text. */
void ranges_shift(struct buf *out, const struct shift *s, struct sv ranges);
void formula_shift(struct buf *out, const struct shift *s, bool own, struct sv formula);
bool formula_moves(struct arena *mem, const struct shift *s, bool own, struct sv formula);
/* The first sample row's formula in the row `down` below it. */
void formula_copy(struct buf *out, struct sv formula, int64_t down);
/* Does it name a row behind the samples? Then it cannot be copied. */
bool formula_below(const struct shift *s, struct sv formula);
bool range_read(struct sv range, int64_t *ret_first, int64_t *ret_last, size_t *ret_left,
                size_t *ret_right);
void ref_put(struct buf *out, size_t column, int64_t row);

/* --- look.c: parts through expat, with the places of what is found --- */

struct look {
    struct fill   *fill;
    struct marked *m;
    XML_Parser     parser;
    int            depth;
    void         (*start)(struct look *l, const char *name, const char **attributes);
    void         (*end)(struct look *l, const char *name);
    size_t         text_at;                  /* behind the start tag of the element at hand */
    size_t         begun_at;                 /* where an element began that is dropped whole */
    size_t         after;                    /* workbook: where a calcPr may stand */
    bool           found;
    void          *user;
};
/* Loaded, for one look; NULL at a fault. Valid until the next. */
struct marked *part_marked(struct fill *f, struct sv name);
bool look_go(struct look *l);
size_t look_at(const struct look *l);        /* of the tag at hand … */
size_t look_end(const struct look *l);
struct sv look_tag(const struct look *l);
/* The value's place in the part; false when the tag has none such. */
bool look_attribute(const struct look *l, const char *name, size_t *ret_at, size_t *ret_end);
void mark_put(struct look *l, struct mark mark);
void mark_attribute(struct look *l, const char *name, enum mark_kind kind);
/* Of the element that ends: its text, unless it has elements inside. */
struct sv look_text(const struct look *l);
void mark_text(struct look *l, enum mark_kind kind);
bool is_formula_element(const char *name);
void mark_formula(struct look *l);           /* when it moves */
void look_wrong(struct look *l, const char *key, int64_t arg);
/* Everything but the page: other pages, charts, names, what is computed, what the file says. */
bool others_look(struct fill *f);

/* --- page.c --- */
bool page_look(struct fill *f);

/* --- anchors.c --- */
/* Pictures and remarks of the page stand above the rows; a table or a pivot is none of ours. */
bool anchors_look(struct fill *f, struct sv page);

/* --- put.c --- */
void text_put(struct buf *out, struct sv text);                  /* escaped */
/* A row in the style of the first sample; `filled` with the values at hand. */
void row_put(struct fill *f, struct buf *out, int64_t row, bool filled);
/* The part as it will be; with `to` it goes there, out is only room. */
void part_put(struct fill *f, const struct marked *m, struct buf *out, FILE *to);
void fill_write(struct fill *f, struct buf *b, FILE *to);        /* and empties it */

#endif
