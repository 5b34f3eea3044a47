/* many.c - checks without a write, and rows found by a value: for taking many rows in. */

#include "model/row/many.h"

#include "model/inside.h"

enum err entity_check(struct ctx *c, const struct entity *e, const void *before, void *row)
{
    struct change ch = { .e = e, .before = before, .row = row,
                         .action = before ? "change" : "create" };
    const struct step *start;
    if (!before)
        TRY(flow_start(c, &ch, &start));
    return change_check(c, &ch);
}

enum err entity_find_by(struct ctx *c, const struct entity *e, const struct field *f,
                        struct sv value, size_t max, int64_t *ret_ids, size_t *ret_n)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT id FROM ");
    build_name(&b, e->name);
    build_sql(&b, " WHERE ended_at IS NULL AND ");
    if (f->class == SEALED) {
        build_blind_key(c, &b, e, f, value);
    } else {
        assert(f->class != SECRET && f->kind == KIND_TEXT);
        build_name(&b, f->name);
        build_sql(&b, " = ");
        build_value(&b, V_TEXT(value));
    }
    build_sql(&b, " ORDER BY id LIMIT ");
    build_int(&b, (int64_t)max);
    struct rows r = build_rows(c, &b);
    size_t n = 0;
    while (n < max && rows_next(&r))
        ret_ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    *ret_n = n;
    return ERR_NONE;
}

enum err entity_seen(struct ctx *c, const struct entity *e, int64_t id, bool to_change,
                     bool *ret_seen)
{
    return row_seen(c, e, to_change ? VIEW_WRITE : VIEW_READ, id, ret_seen, NULL);
}
