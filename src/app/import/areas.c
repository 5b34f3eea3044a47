/*
 * areas.c - which division a row of an import belongs to.
 *
 * Boundaries are parsed once and asked by their boxes first; the division query of care parses
 * GeoJSON anew for each point, which a hundred thousand places do not have time for.
 */

#include "app/import/areas.h"

#include <stdlib.h>

SQL(import_areas);
SQL(import_division_named);
SQL(import_division_coded);

/* Provinces 90 to 98 are not given out by GB/T 2260: cities of a house without official codes. */
enum { HOUSE_CITY_FIRST = 9001, HOUSE_CITY_LAST = 9099 };

/* The rows first, then their shapes: shape_read works in the memory that the cursor lies in. */
static enum err boundaries_read(struct ctx *c, struct areas *k, struct sv **ret_json)
{
    size_t room = 0, json_room = 0;
    struct sv *json = NULL;
    struct rows r = db_rows(c, &sql_import_areas, NO_PARAMS);
    while (rows_next(&r)) {
        k->at = GROW(&c->mem, k->at, k->n, &room);
        json = GROW(&c->mem, json, k->n, &json_room);
        json[k->n] = rows_text(&r, 4);
        k->at[k->n++] = (struct area){ .id = rows_int(&r, 0), .scope = rows_int(&r, 1) };
    }
    *ret_json = json;
    return rows_end(&r);
}

static int by_depth(const void *a, const void *b)
{
    const struct area *x = a, *y = b;
    int depth = (int)division_level_of(y->scope) - (int)division_level_of(x->scope);
    return depth ? depth : (x->scope > y->scope) - (x->scope < y->scope);
}

static enum err one_division(struct ctx *c, const struct sql *sql, struct params p, int64_t *ret_id,
                             int64_t *ret_scope)
{
    struct rows r = db_rows(c, sql, p);
    *ret_id = *ret_scope = 0;
    if (rows_next(&r)) {
        *ret_id = rows_int(&r, 0);
        *ret_scope = rows_int(&r, 1);
    }
    return rows_end(&r);
}

static enum err by_code(struct ctx *c, struct sv code, int64_t *ret_id, int64_t *ret_scope)
{
    int64_t scope = 0;
    (void)division_code_of(code, &scope);
    return one_division(c, &sql_import_division_coded,
                        PARAMS(P_TEXT("code", code), P_INT("scope", scope)), ret_id, ret_scope);
}

/* A free code for a city that the house itself names. */
static enum err city_code(struct ctx *c, int64_t *ret_scope)
{
    for (int code = HOUSE_CITY_FIRST; code <= HOUSE_CITY_LAST; code++) {
        struct division d;
        bool found;
        int64_t scope = code * INT64_C(100000000);
        TRY(division_of_code(c, scope, &d, &found));
        *ret_scope = scope;
        if (!found)
            return ERR_NONE;
    }
    return fail(c, ERR_CONFLICT, "division.full", "no code is left for a city of the house");
}

static enum err usual_find(struct import *im, struct areas *k)
{
    struct ctx *c = im->c;
    if (im->division.len) {
        TRY(by_code(c, im->division, &k->usual, &k->usual_scope));
        if (!k->usual)
            return fail(c, ERR_MISSING, "import.division", "there is no division of this code");
    } else if (im->city.len) {
        TRY(one_division(c, &sql_import_division_named, PARAMS(P_TEXT("name", im->city)), &k->usual,
                         &k->usual_scope));
        k->make_city = k->usual == 0;
        if (k->make_city) {
            TRY(city_code(c, &k->usual_scope));
            TRY(id_next(c, c->house->ids, &k->usual));
        }
    }
    return ERR_NONE;
}

enum err areas_load(struct import *im, struct areas *ret_areas)
{
    struct areas k = { 0 };
    struct sv *json;
    TRY(boundaries_read(im->c, &k, &json));
    for (size_t i = 0; i < k.n; i++)
        TRY(shape_read(im->c, json[i], &k.at[i].shape));
    if (k.n)
        qsort(k.at, k.n, sizeof *k.at, by_depth);
    TRY(usual_find(im, &k));
    *ret_areas = k;
    return ERR_NONE;
}

static bool area_named(struct import_table *t, struct sv named, struct area *ret_area)
{
    struct ctx *c = t->im->c;
    struct fault kept = c->fault;
    enum err e = by_code(c, named, &ret_area->id, &ret_area->scope);
    if (e != ERR_NONE)
        c->fault = kept;
    return e == ERR_NONE && ret_area->id;
}

struct area area_of(struct import_table *t, struct areas *k, struct sv named, struct point at)
{
    struct area a = { 0 };
    if (named.len) {
        if (!area_named(t, named, &a))
            fail_field(t->im->c, SV("division"), "import.division");
        return a;
    }
    for (size_t i = 0; i < k->n; i++)
        if (box_holds(&k->at[i].shape.box, at) && shape_holds(&k->at[i].shape, at))
            return k->at[i];
    if (!k->usual)
        fail_field(t->im->c, SV("division"), "import.no_division");
    k->lat_sum += at.lat_e7;
    k->lon_sum += at.lon_e7;
    k->points++;
    return (struct area){ .id = k->usual, .scope = k->usual_scope };
}

enum err areas_city(struct import *im, struct areas *k)
{
    if (!k->make_city || k->points == 0)
        return ERR_NONE;
    struct division d;
    record_clear(division_fields, &d);
    d.id.n = k->usual;
    d.row.scope = k->usual_scope;
    d.name = im->city;
    d.level = DIVISION_CITY;
    d.valid_from = day_of(im->c->now);
    d.lat.e7 = k->lat_sum / k->points;
    d.lon.e7 = k->lon_sum / k->points;
    return entity_create(im->c, &division_entity, &d);
}
