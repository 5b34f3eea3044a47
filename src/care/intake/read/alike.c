/* alike.c - points for what two rows agree on. */

#include "care/intake/read/alike.h"

#include "model/row/many.h"
#include "model/seal/seal.h"

#include <stdalign.h>
#include <stddef.h>

enum { CANDIDATES_MAX = 20 };

static bool field_alike(struct ctx *c, const struct field *f, const void *a, const void *b)
{
    if (f->class != SEALED)
        return field_same(f, a, b);
    return sv_eq(seal_normal(&c->mem, f->mask, field_text(f, a)),
                 seal_normal(&c->mem, f->mask, field_text(f, b)));
}

static bool one_in_the_other(const struct field *f, const void *a, const void *b)
{
    return f->kind == KIND_TEXT && f->class != SEALED
           && (sv_find(field_text(f, a), field_text(f, b)) >= 0
               || sv_find(field_text(f, b), field_text(f, a)) >= 0);
}

static int points_of(struct ctx *c, const struct import_rule *r, const void *a, const void *b)
{
    int points = 0;
    for (size_t i = 0; i < 6 && r->match[i].field; i++) {
        const struct field *f = field_named(r->entity->fields, sv_of(r->match[i].field));
        if (field_absent(f, a) || field_absent(f, b))
            continue;
        if (field_alike(c, f, a, b) || one_in_the_other(f, a, b))
            points += r->match[i].points;
        else if (f->kind == KIND_DAY)
            points -= r->match[i].points;
    }
    return points;
}

enum err alike_find(struct ctx *c, const struct import_rule *r, const void *row,
                    struct alike *ret_alike)
{
    const char *first = r->match[0].field;
    const struct field *f = first ? field_named(r->entity->fields, sv_of(first)) : NULL;
    int64_t ids[CANDIDATES_MAX];
    size_t n = 0;
    *ret_alike = (struct alike){ 0 };
    if (!f || field_absent(f, row))
        return ERR_NONE;
    TRY(entity_find_by(c, r->entity, f, field_text(f, row), CANDIDATES_MAX, ids, &n));
    for (size_t i = 0; i < n; i++) {
        void *other = arena_take(&c->mem, r->entity->size, alignof(max_align_t));
        bool found, sees;
        record_clear(r->entity->fields, other);
        TRY(entity_load(c, r->entity, ids[i], other, &found));
        int points = found ? points_of(c, r, row, other) : 0;
        if (points < INTAKE_POINTS_DOUBT || points <= ret_alike->points)
            continue;
        TRY(entity_seen(c, r->entity, ids[i], true, &sees));
        if (sees)
            *ret_alike = (struct alike){ ids[i], points, other };
    }
    return ERR_NONE;
}
