/*
 * print.h - A4 (or A3) papers as PDF: headings, facts, tables over pages, lines to sign on, maps.
 *
 * A file is a row of forms; each form begins on a new page and counts its own pages (1/2). Text
 * wraps by the rules of Chinese. The same calls with the same moment give the same bytes on the
 * same machine. Sticky: after the first failure nothing more is drawn; ask print_close() once.
 * Not for threads that share a process with others who print: fonts are one library's business.
 *
 *     struct print *p;
 *     TRY(print_open(c, path, &paper, &p));
 *     print_form(p, &(struct print_form){ .title = SV("服务确认单"), .number = number });
 *     print_facts(p, facts, n, 2);
 *     print_sign(p, names, 2);
 *     TRY(print_close(c, p));
 */
#ifndef PRINT_PRINT_H
#define PRINT_PRINT_H

#include "base/ctx.h"

enum { PRINT_COLUMNS_MAX = 16, PRINT_PAGES_MAX = 400, PRINT_TEXT_MAX = 600 };

struct print;

/* What holds for the whole file. */
struct print_paper {
    struct sv     title, author;     /* of the file, for the reader's window */
    struct moment made;
    bool          landscape;
    bool          a3;                /* else A4 */
    bool          large;             /* letters of half as much again */
    bool          label;             /* of a roll of 58 mm, 40 mm each: only print_label() */
};
MUST enum err print_open(struct ctx *c, const char *path, const struct print_paper *paper,
                         struct print **ret_print);

struct print_form {
    struct sv title;                 /* 黑体, in the middle */
    struct sv under;                 /* a smaller line below it: organisation, month; "" none */
    struct sv number;                /* form number, above on the right; "" none */
    struct sv code;                  /* what the QR code says; "" none */
    struct sv foot;                  /* below on the left of each page: who, when, why */
};
void print_form(struct print *p, const struct print_form *form);

/* --- what stands on it, from top to bottom --- */

void print_heading(struct print *p, struct sv text);
void print_text(struct print *p, struct sv text);
void print_small(struct print *p, struct sv text);
void print_big(struct print *p, struct sv label, struct sv text);    /* to be read from afar */
void print_gap(struct print *p, double points);

/* Names and values in so many columns, with thin lines; a value too long for its place wraps. */
struct print_fact { struct sv label, value; };
void print_facts(struct print *p, const struct print_fact *facts, size_t n, size_t columns);

/* Empty ruled lines for handwriting, with a word before them. */
void print_lines(struct print *p, struct sv label, size_t lines);

/* Lines to sign on, side by side. */
void print_sign(struct print *p, const struct sv *labels, size_t n);

/* A table; `share` are parts of the width. Headings stand again on every page. */
struct print_column { struct sv label; double share; bool right; };
void print_table(struct print *p, const struct print_column *columns, size_t n);
void print_table_small(struct print *p, size_t column);      /* its cells in small letters */
void print_row(struct print *p, const struct sv *cells);     /* as many as there are columns */

/* Cards to cut out, ten a page: door or name, a code in large letters and as QR ("" none). */
struct print_card { struct sv title, name, big, until, code, small; };
void print_cards(struct print *p, const struct print_card *cards, size_t n);

/* One label of the roll; what is too long ends in an ellipsis. */
struct print_label { struct sv head, big, name, line, small; };
void print_label(struct print *p, const struct print_label *label);

/*
 * A picture as tall as said, as wide as the page: areas as rings of points of one plane, x to the
 * right, y up (a single point: a disc), filled by shade, with two lines of words on each.
 */
enum { PRINT_SHADES = 5 };           /* 0 nothing known, then from the worst to the best */
struct print_spot { double x, y; };
struct print_area { const struct print_spot *at; size_t n; int shade; struct sv label, value; };
void print_map(struct print *p, const struct print_area *areas, size_t n, double height);
void print_legend(struct print *p, const struct sv labels[PRINT_SHADES]);    /* best first */

/* --- the end --- */

/* ERR_INVALID "print.pages" beyond PRINT_PAGES_MAX pages of one form; ERR_BUSY "print.write". */
MUST enum err print_close(struct ctx *c, struct print *p);
void print_drop(struct print *p);                            /* gives up; accepts NULL */

extern const struct message print_messages[];

#endif
