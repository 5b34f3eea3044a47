/* link.c - rows named by their title in a list: 所在社区, 所属机构. */

#include "care/intake/inside.h"

#include "care/division/division.h"

enum { NAMESAKES_MAX = 40 };
enum { LINK_NONE = -1, LINK_MANY = -2 };

/* A division by its code of 6 to 12 digits too. */
static const struct field *field_asked(const struct entity *to, struct sv text)
{
    int64_t code;
    bool digits = text.len >= 6 && text.len <= 12 && sv_int(text, 1, INT64_MAX, &code);
    return field_named(to->fields, digits && to == &division_entity ? SV("official_code")
                                                                    : sv_of(to->title));
}

/* Of namesakes everybody sees (two districts have a 柳荫社区) the ones in the caller's area. */
static enum err in_area(struct pass *p, const struct entity *to, int64_t id, bool *ret_in)
{
    void *row = arena_take(&p->w.mem, to->size, alignof(max_align_t));
    bool found;
    TRY(entity_load(&p->w, to, id, row, &found));
    const struct field *scope = field_named(to->fields, SV("scope"));
    *ret_in = found && who_in_scope(&p->w, field_int(scope, row));
    return ERR_NONE;
}

static enum err look_up(struct pass *p, const struct field *f, struct sv text, int64_t *ret_id)
{
    const struct entity *to = house_entity(p->w.house, sv_of(f->links));
    int64_t ids[NAMESAKES_MAX], seen = LINK_NONE, near = LINK_NONE;
    size_t n = 0, seen_n = 0, near_n = 0;
    const struct field *title = to && to->title ? field_asked(to, text) : NULL;
    if (title && title->kind == KIND_TEXT)
        TRY(entity_find_by(&p->w, to, title, text, NAMESAKES_MAX, ids, &n));
    for (size_t i = 0; i < n; i++) {
        bool sees, in;
        TRY(entity_seen(&p->w, to, ids[i], false, &sees));
        if (!sees)
            continue;
        TRY(in_area(p, to, ids[i], &in));
        seen = ids[i];
        seen_n++;
        near = in ? ids[i] : near;
        near_n += in;
    }
    *ret_id = seen_n == 0 ? LINK_NONE : seen_n == 1 ? seen : near_n == 1 ? near : LINK_MANY;
    return ERR_NONE;
}

enum err link_find(struct pass *p, const struct field *f, struct sv text, int64_t *ret_id)
{
    uint64_t key = hash64(sv_of(f->name), text);
    int64_t id = table64_get(&p->links, key);
    if (id == 0) {
        TRY(look_up(p, f, text, &id));
        table64_set(&p->links, key, id);
    }
    *ret_id = 0;
    if (id > 0)
        *ret_id = id;
    else
        fail_field_args(&p->w, sv_of(f->name), id == LINK_MANY ? "intake.link_many"
                                                               : "intake.link_none",
                        sv_of(f->zh), SV(""));
    return ERR_NONE;
}
