/* rows.c - one form for each of several rows (ticked in a list), in the order of their doors. */

#include "care/printing/printing.h"

#include "care/counter/counter.h"
#include "care/elder/elder.h"

#include <stdlib.h>

struct line { int64_t id; struct printing_door door; };

static int in_order(const void *left, const void *right)
{
    const struct line *a = left, *b = right;
    int way = printing_door_order(&a->door, &b->door);
    return way ? way : a->id < b->id ? -1 : a->id > b->id;
}

/* The row as the caller sees it, and the way to its door. */
MUST static enum err line_read(struct ctx *c, int form, int64_t id, struct line *ret_line)
{
    struct care_order o;
    struct elder e;
    struct served s;
    *ret_line = (struct line){ .id = id };
    if (form == FORM_CONFIRMATION) {
        TRY(entity_get(c, &care_order_entity, id, &o));
        TRY(served_of(c, &o, &s));
        ret_line->door.building = s.address;
        return ERR_NONE;
    }
    struct diner_card k = { .elder = { id } };
    if (form == FORM_DINER_CARD)
        TRY(entity_get(c, &diner_card_entity, id, &k));
    TRY(entity_get(c, &elder_entity, k.elder.n, &e));
    ret_line->door.building = elder_door_words(c, &e);
    return ERR_NONE;
}

MUST static enum err lines_read(struct ctx *c, const struct printing_asked *in,
                                struct line *ret_lines, size_t *ret_n)
{
    struct sv rest = in->rows, one;
    size_t n = 0;
    int64_t id;
    bool each = in->form == FORM_CONFIRMATION || in->form == FORM_CARD || in->form == FORM_ELDER
                || in->form == FORM_DINER_CARD;
    if (!each)
        fail_field(c, SV("rows"), "printing.rows_form");
    while (each && sv_cut(&rest, ',', &one)) {
        if (n == PRINTING_ROWS_MAX || !sv_int(sv_trim(one), 1, INT64_MAX, &id)) {
            fail_field_args(c, SV("rows"), "printing.rows", sv_fmt(&c->mem, "%d",
                                                                   PRINTING_ROWS_MAX), SV(""));
            break;
        }
        TRY(line_read(c, in->form, id, &ret_lines[n++]));
    }
    *ret_n = n;
    return fail_fields(c);
}

enum err printing_rows_check(struct ctx *c, const struct printing_asked *in)
{
    size_t n;
    return lines_read(c, in, NEW(&c->mem, struct line, PRINTING_ROWS_MAX), &n);
}

enum err printing_rows_ids(struct ctx *c, const struct printing_asked *in, int64_t *ret_ids,
                           size_t *ret_n)
{
    struct line *lines = NEW(&c->mem, struct line, PRINTING_ROWS_MAX);
    TRY(lines_read(c, in, lines, ret_n));
    qsort(lines, *ret_n, sizeof *lines, in_order);
    for (size_t i = 0; i < *ret_n; i++)
        ret_ids[i] = lines[i].id;
    return ERR_NONE;
}

enum err printing_rows(struct ctx *c, struct printing *p, printing_form_fn *form)
{
    int64_t ids[PRINTING_ROWS_MAX];
    size_t n;
    TRY(printing_rows_ids(c, &p->asked, ids, &n));
    for (size_t i = 0; i < n; i++) {
        p->asked.order = p->asked.elder = ids[i];
        TRY(form(c, p));
        TRY(export_progress(p->work, (int64_t)i));
    }
    p->work->rows = (int64_t)n;
    return ERR_NONE;
}
