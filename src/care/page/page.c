/* page.c - pages made of one row and the lists of rows that link to it. */

#include "care/page/page.h"

#include <assert.h>

enum err page_linked(struct ctx *c, struct json *j, struct linked l)
{
    const struct entity *e = house_entity(c->house, sv_of(l.entity));
    if (!e || !who_may(c, e->reads))
        return ERR_NONE;
    const struct field *f = field_named(e->fields, sv_of(l.field));
    assert(f && f->filter);
    struct query q = {
        .filters = { { f, '=', sv_fmt(&c->mem, "%lld", (long long)l.id) } },
        .filters_n = 1, .size = l.size, .to_answer = true,
    };
    struct page page = { 0 };
    TRY(entity_list(c, e, &q, &page));
    entity_page_json(c, j, l.name, e, &page, false);
    return ERR_NONE;
}

enum err page_lists(struct ctx *c, struct json *j, const struct linked *lists, int64_t id)
{
    for (const struct linked *l = lists; l->name; l++) {
        struct linked of_row = *l;
        of_row.id = id;
        TRY(page_linked(c, j, of_row));
    }
    return ERR_NONE;
}
