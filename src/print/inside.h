/* inside.h - what the folder's own files share; no other folder includes it. */
#ifndef PRINT_INSIDE_H
#define PRINT_INSIDE_H

#include "print/print.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

/* Points of 1/72 inch. */
#define A4_SHORT 595.28
#define A4_LONG  841.89
#define A3_LONG  1190.55                     /* its short side is A4's long one */
#define LABEL_WIDE 164.41                    /* 58 mm */
#define LABEL_TALL 113.39                    /* 40 mm */
#define MARGIN_SIDE 46.0
#define MARGIN_TOP 42.0
#define MARGIN_FOOT 52.0

struct print {
    struct print_paper  paper;
    struct print_form   form;
    double              width, height;       /* of the page */
    double              scale;               /* of letters */
    cairo_surface_t    *file;
    cairo_t            *out;
    cairo_surface_t    *pages[PRINT_PAGES_MAX];    /* of the form at hand, not yet in the file */
    size_t              pages_n;
    cairo_t            *page;                /* the last of them */
    double              y;                   /* where the next thing begins */
    struct print_column columns[PRINT_COLUMNS_MAX];
    size_t              columns_n;
    unsigned            small;             /* bits: columns in small letters */
    const char         *failed;              /* message key */
};

enum letters { LETTERS_SMALL, LETTERS_TEXT, LETTERS_BOLD, LETTERS_HEADING, LETTERS_TITLE,
               LETTERS_BIG };

/* The text laid out for a width (0: one line); the caller gives it back with g_object_unref. */
PangoLayout *layout_new(struct print *p, enum letters letters, struct sv text, double width);
double layout_height(PangoLayout *l);
double layout_width(PangoLayout *l);
void layout_show(struct print *p, PangoLayout *l, double x, double y);

/* Room for so much on this page, or a new one; false after a failure. */
bool page_room(struct print *p, double height);
double page_left(const struct print *p);
double page_inner(const struct print *p);                   /* width between the margins */
void line_draw(struct print *p, double x0, double y0, double x1, double y1);

/* The QR code of a text; its quiet border is the paper itself. */
void code_draw(struct print *p, struct sv text, double x, double y, double side);

/* A new page of the form. */
void page_new(struct print *p);

#endif
