/*
 * read.h - cells, labels, days and names of a list: parts of a pass, for this folder; what guesses
 * heads serves care/form too.
 */
#ifndef CARE_INTAKE_READ_H
#define CARE_INTAKE_READ_H

#include "care/intake/intake.h"

struct pass;

/* --- map.c: which column is which field --- */

struct import_column {
    int64_t             column;              /* from 0; -1: the same value for every row */
    struct sv           head;
    const struct field *field;
    int                 flag;                /* of a set: the column says yes or no to one; -1 */
    struct sv           fixed;
};
struct import_map { struct import_column *at; size_t n; };

/* May a list fill this field? */
bool field_imports(const struct field *f);
/* Reads and checks the JSON: fail_field on "mapping". */
MUST enum err map_read(struct ctx *c, const struct entity *e, struct sv json,
                       struct import_map *ret_map);
struct sv map_json(struct arena *mem, const struct import_map *m);
const struct import_column *map_column(const struct import_map *m, struct sv field);   /* or NULL */

/* --- guess.c --- */

struct head_rows { struct sheet_row *rows; size_t n; size_t columns; };
MUST enum err heads_read(struct ctx *c, struct sheet_book *b, size_t page,
                        struct head_rows *ret_head);
struct guess {
    size_t            first, rows, columns;   /* index into head_rows */
    int               score;                 /* 0: not one column is known */
    struct import_map map;
};
struct guess guess_make(struct ctx *c, const struct import_rule *r, const struct head_rows *h);
/* The same for a header at the rows a person has chosen, as the sheet numbers them. */
struct guess guess_at(struct ctx *c, const struct import_rule *r, const struct head_rows *h,
                      int64_t header_row, int64_t header_rows);
/* A first page may be instructions: the list is the page whose heads are known best. */
struct page_guess { size_t page; struct head_rows heads; struct guess guess; };
MUST enum err pages_guess(struct ctx *c, const struct import_rule *r, struct sheet_book *book,
                          struct page_guess *ret);
/* The label of a column under these rows of heads. */
struct sv head_label(struct arena *mem, const struct head_rows *h, size_t first, size_t rows,
                     size_t column);
struct sv label_normal(struct arena *mem, struct sv label);
/* What a source's remembered mapping says of the heads of a guess. */
MUST enum err guess_remember(struct ctx *c, const struct import_rule *r, struct sv remembered,
                             const struct head_rows *h, struct guess *g);

/* --- table.c: numbers by hashed text --- */

struct table64 { struct arena *mem; uint64_t *keys; int64_t *values; size_t n, room; };
uint64_t hash64(struct sv a, struct sv b);
int64_t table64_get(const struct table64 *t, uint64_t key);           /* 0: not there */
void table64_set(struct table64 *t, uint64_t key, int64_t value);

/* --- value.c: one cell into its field; faults are noted on p->w --- */

void value_take(struct pass *p, const struct import_column *k, const struct sheet_cell *cell,
                void *row);
struct sv text_clean(struct arena *mem, struct sv s, bool many_lines);
/* The first telephone in a remark; "" when there is none. */
struct sv phone_in(struct arena *mem, struct sv remark);

/* --- day.c --- */

enum day_form { DAY_GOOD, DAY_MONTH, DAY_YEAR, DAY_SHORT_YEAR, DAY_LUNAR, DAY_BAD };
enum day_form day_read(struct arena *mem, struct sv text, bool number, bool from_1904,
                       struct day *ret_day);

/* --- link.c --- */

/* The row that a title means, for the caller; notes the fault and gives 0. */
MUST enum err link_find(struct pass *p, const struct field *f, struct sv text, int64_t *ret_id);

#endif
