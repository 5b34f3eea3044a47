/* book.c - the index of addresses out of the database and the road file. */

#include "care/address/book.h"

#include "care/address/names.h"
#include "care/division/division.h"
#include "roads/roads.h"

SQL(address_divisions);
SQL(address_compounds);
SQL(address_buildings);
SQL(address_entrances);
SQL(address_aliases);

enum { STALE_MS = 60000 };

static struct point point_at(struct rows *r, int lat_column)
{
    return (struct point){ (int32_t)rows_int(r, lat_column), (int32_t)rows_int(r, lat_column + 1) };
}

static struct sv text_at(struct rows *r, int column)
{
    struct value v = rows_value(r, column);
    return v.type == VALUE_TEXT ? v.text : sv_of("");
}

static enum err load_divisions(struct ctx *c, struct address_index *ix)
{
    struct rows r = db_rows(c, &sql_address_divisions, NO_PARAMS);
    while (rows_next(&r)) {
        int level = 0;
        (void)choice_of(division_levels, text_at(&r, 2), &level);
        address_add_division(ix, &(struct address_division){
            rows_int(&r, 0), rows_int(&r, 1), level, text_at(&r, 3), point_at(&r, 4) });
    }
    return rows_end(&r);
}

static enum err load_compounds(struct ctx *c, struct address_index *ix)
{
    struct rows r = db_rows(c, &sql_address_compounds, NO_PARAMS);
    while (rows_next(&r))
        address_add_compound(ix, &(struct address_compound){
            .id = rows_int(&r, 0), .scope = rows_int(&r, 1), .division = rows_int(&r, 2),
            .name = text_at(&r, 3), .aliases = text_at(&r, 4), .address = text_at(&r, 5),
            .at = point_at(&r, 6) });
    return rows_end(&r);
}

static enum err load_buildings(struct ctx *c, struct address_index *ix)
{
    struct rows r = db_rows(c, &sql_address_buildings, NO_PARAMS);
    while (rows_next(&r))
        address_add_building(ix, &(struct address_building){ rows_int(&r, 0), rows_int(&r, 1),
                                                             text_at(&r, 2), text_at(&r, 3),
                                                             point_at(&r, 4) });
    TRY(rows_end(&r));
    r = db_rows(c, &sql_address_entrances, NO_PARAMS);
    while (rows_next(&r))
        address_add_entrance(ix, &(struct address_entrance){ rows_int(&r, 0), rows_int(&r, 1),
                                                             text_at(&r, 2), point_at(&r, 3) });
    return rows_end(&r);
}

static enum err load_aliases(struct ctx *c, struct address_index *ix)
{
    struct rows r = db_rows(c, &sql_address_aliases, NO_PARAMS);
    while (rows_next(&r))
        address_add_learnt(ix, text_at(&r, 0), rows_int(&r, 1), rows_int(&r, 2));
    return rows_end(&r);
}

static void load_streets(struct ctx *c, struct address_index *ix)
{
    struct roads *r = c->house->roads ? slot_enter(c->house->roads) : NULL;
    for (uint32_t i = 0; r && i < r->names; i++) {
        size_t len = r->name_at[i + 1] - r->name_at[i];
        address_add_street(ix, (struct sv){ r->name_text + r->name_at[i], len });
    }
    if (r)
        slot_leave(c->house->roads, r);
}

static enum err load_all(struct ctx *c, struct address_index *ix)
{
    TRY(load_divisions(c, ix));
    TRY(load_compounds(c, ix));
    TRY(load_buildings(c, ix));
    TRY(load_aliases(c, ix));
    load_streets(c, ix);
    address_index_finish(ix);
    return ERR_NONE;
}

static enum err build(struct ctx *c, struct address_index **ret_index)
{
    struct address_index *ix = address_index_new();
    ix->built_ms = c->now.ms;
    enum err e = load_all(c, ix);
    if (e)
        address_index_end(ix);
    else
        *ret_index = ix;
    return e;
}

enum err address_refresh(struct ctx *c)
{
    struct address_index *ix;
    if (!c->house->addresses)
        return ERR_NONE;
    TRY(build(c, &ix));
    slot_swap(c->house->addresses, ix);
    return ERR_NONE;
}

enum err address_enter(struct ctx *c, const struct address_index **ret_index)
{
    struct slot *slot = c->house->addresses;
    struct address_index *ix = slot ? slot_enter(slot) : NULL;
    bool stale = ix && c->channel == CHANNEL_JOB && c->now.ms - ix->built_ms > STALE_MS;
    if (stale) {
        slot_leave(slot, ix);
        ix = NULL;
    }
    if (!ix && slot) {
        TRY(address_refresh(c));
        ix = slot_enter(slot);
    } else if (!ix) {
        TRY(build(c, &ix));
    }
    *ret_index = ix;
    return ERR_NONE;
}

void address_leave(struct ctx *c, const struct address_index *index)
{
    struct address_index *ix = (struct address_index *)(uintptr_t)index;
    if (c->house->addresses)
        slot_leave(c->house->addresses, ix);
    else
        address_index_end(ix);
}

/* What the index is made of. */
static const char *const held[] = { "division", "compound", "building", "entrance", "address_alias",
                                    "roads", NULL };

const struct module address_module = {
    .name = "address", .refresh = address_refresh, .refresh_on = held,
};
