/* inside.h - what the folder's own files share; no other folder includes it. */
#ifndef SHEET_INSIDE_H
#define SHEET_INSIDE_H

#include "sheet/sheet.h"

#include <expat.h>
#include <zip.h>

/* The first thing wrong: a message key, and its argument. */
struct sheet_fault { const char *key; int64_t arg; };

static inline bool sheet_wrong(struct sheet_fault *f, const char *key, int64_t arg)
{
    if (!f->key)
        *f = (struct sheet_fault){ key, arg };
    return false;
}
/* ERR_TOO_LARGE or ERR_INVALID with its sentence; ERR_NONE when there is none. */
MUST enum err sheet_fail(struct ctx *c, const struct sheet_fault *f);

struct sheet_inside {
    zip_t             *zip;              /* NULL: not an .xlsx */
    int64_t            unpacked;         /* bytes so far */
    struct sheet_fault fault;
    struct sv         *strings;          /* shared */
    size_t             strings_n;
    bool              *dates;            /* of each style: shown as a date */
    size_t             dates_n;
    bool               from_1904;
    struct sv          text;             /* CSV: the whole, as UTF-8 */
    struct sv          workbook;         /* name of the part that lists the pages */
};

/* --- pack.c: parts of the archive --- */

struct part { zip_file_t *file; struct sheet_inside *in; };
MUST enum err pack_open(struct ctx *c, struct sv bytes, struct sheet_inside *in);
bool pack_has(const struct sheet_inside *in, struct sv name);
bool part_open(struct sheet_inside *in, struct sv name, struct part *ret_part);
/* Bytes read; 0 at the end; -1 at a fault. */
int64_t part_read(struct part *p, char *at, size_t room);
void part_close(struct part *p);

/* --- xml.c: one part through expat --- */

struct xml {
    XML_Parser         parser;
    struct part        part;
    struct sheet_fault *fault;
    void              *user;
    bool               paused, ended;
    void             (*start)(struct xml *x, const char *name, const char **attributes);
    void             (*end)(struct xml *x, const char *name);
    void             (*text)(struct xml *x, struct sv text);
};
/* False: no such part, or it does not open. */
bool xml_open(struct xml *x, struct sheet_inside *in, struct sv part);
/* Reads on until the end or until a handler calls xml_pause(); false at the end or a fault. */
bool xml_go(struct xml *x);
void xml_pause(struct xml *x);
void xml_stop(struct xml *x, const char *key, int64_t arg);       /* a fault ends it */
void xml_close(struct xml *x);
/* The whole of a part that may be missing; false at a fault. */
bool xml_all(struct xml *x, struct sheet_inside *in, struct sv part);
const char *xml_local(const char *name);                          /* without its prefix */
struct sv xml_attribute(const char **attributes, const char *name);   /* "" when absent */

/* --- strings.c, styles.c --- */

bool strings_read(struct arena *mem, struct sheet_inside *in, struct sv part);
bool styles_read(struct arena *mem, struct sheet_inside *in, struct sv part);

/* --- spans.c: merged areas --- */

struct span {
    int64_t row, row_last;
    size_t  column, column_last;
    struct sheet_cell value;
};
struct spans { struct span *at; size_t n, next; struct span **active; size_t active_n; };
bool spans_read(struct arena *mem, struct sheet_inside *in, struct sv part, struct spans *ret);
/* Fills a row; values are kept in mem. False: areas lie over each other. */
bool spans_fill(struct arena *mem, struct spans *s, struct sheet_row *row);
/* "AB12" to row 12, column 27; false when it is none. */
bool ref_read(struct sv ref, int64_t *ret_row, size_t *ret_column);

/* --- serial.c: numbers as people see them --- */

struct sv serial_text(struct arena *mem, double n, bool from_1904);
struct sv number_text(struct arena *mem, double n);

/* --- text.c: CSV --- */

/* To UTF-8, from UTF-8, UTF-16 with a mark, or GB 18030. */
MUST enum err text_decode(struct ctx *c, struct sv bytes, struct sv *ret_text);
char text_separator(struct sv text);


#endif
