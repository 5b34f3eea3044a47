/* buildings.c - buildings of imported compounds, entrances of imported buildings. */

#include "app/import/sites.h"

#include "care/compound/building.h"

#include <stdalign.h>

/* What they stand in: found by the file's id of it, imported before from the same source. */
struct inside {
    const struct entity *e;
    const char *column, *link;
    struct import_keys keys;
    int64_t last, scope;           /* files go by compound: the last one is asked once */
};

MUST static enum err scope_of(struct import *im, struct inside *in, int64_t id)
{
    bool found;
    void *row = arena_take(&im->mem, in->e->size, alignof(max_align_t));
    if (in->last == id)
        return ERR_NONE;
    TRY(entity_load(im->c, in->e, id, row, &found));
    in->last = id;
    in->scope = found ? field_int(field_named(in->e->fields, SV("scope")), row) : 0;
    return ERR_NONE;
}

static void stand_in(struct import_table *t, struct sites *s, struct site *at, void *row)
{
    struct inside *in = s->more;
    const struct field *fields = s->kind->e->fields;
    struct sv key = table_cell(t, in->column);
    int64_t id = keys_row(&in->keys, key);
    (void)at;
    if (id == 0 || scope_of(t->im, in, id) != ERR_NONE) {
        ctx_forgive(t->im->c);
        fail_field_args(t->im->c, sv_of(in->column), "import.inside", key, SV(""));
        return;
    }
    field_set_int(field_named(fields, sv_of(in->link)), row, id);
    field_set_int(field_named(fields, SV("scope")), row, in->scope);
}

enum err import_buildings(struct import *im, struct sv text)
{
    static const char *const extra[] = { "id", "compound_id", "datum", NULL };
    static const char *const required[] = { "id", "compound_id", "name", NULL };
    static const struct site_kind kind = { .e = &building_entity, .names = { extra, required },
                                           .converts = true, .inside = true, .finish = stand_in };
    struct inside in = { .e = &compound_entity, .column = "compound_id", .link = "compound" };
    struct sites s = { .more = &in };
    TRY(keys_load(im, "compound", &in.keys));
    return sites_import(im, text, &kind, &s);
}

enum err import_entrances(struct import *im, struct sv text)
{
    static const char *const extra[] = { "id", "building_id", "datum", NULL };
    static const char *const required[] = { "id", "building_id", "name", NULL };
    static const struct site_kind kind = { .e = &entrance_entity, .names = { extra, required },
                                           .converts = true, .inside = true, .finish = stand_in };
    struct inside in = { .e = &building_entity, .column = "building_id", .link = "building" };
    struct sites s = { .more = &in };
    TRY(keys_load(im, "building", &in.keys));
    return sites_import(im, text, &kind, &s);
}
