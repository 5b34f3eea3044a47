/*
 * borders.c - boundaries of one level to draw on a map.
 *
 * What meets the view is found by the divisions' middles, in the view widened by as far as a
 * boundary of that level may reach from its middle: no index of boxes is kept for a few hundred.
 */

#include "care/division/borders.h"

#include "care/division/division.h"
#include "geo/point.h"
#include "http/describe/gives.h"

SQL(division_borders);

enum { BORDERS_MAX = 500, BYTES_MAX = 4 << 20, BORDERS_AGE_S = 600 };

const int32_t division_reach_e7[DIVISION_LEVELS] = {
    [DIVISION_PROVINCE] = 120000000, [DIVISION_CITY] = 40000000, [DIVISION_DISTRICT] = 10000000,
    [DIVISION_STREET] = 4000000,     [DIVISION_COMMUNITY] = 1500000,
};

const struct field borders_asked_fields[] = {
    FIELD(struct borders_asked, bbox, .required = true, .high = 80, .zh = "范围：西,南,东,北",
          .en = "West,south,east,north"),
    CHOICE(struct borders_asked, level, division_levels, .required = true, .zh = "级别",
           .en = "Level"),
    { 0 },
};

static void write_border(struct json *j, struct rows *r, const char *level)
{
    json_object(j, NULL);
    json_text(j, "type", SV("Feature"));
    json_raw(j, "geometry", rows_text(r, 2));        /* GeoJSON: checked when it was written */
    json_object(j, "properties");
    json_id(j, "id", rows_int(r, 0));
    json_text(j, "name", rows_text(r, 1));
    json_text(j, "level", sv_of(level));
    json_end(j, '}');
    json_end(j, '}');
}

static enum err borders_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct borders_asked *asked = q->query;
    struct point_box box;
    if (!box_of_text(asked->bbox, &box)) {
        fail_field(c, SV("bbox"), "division.bbox");
        return fail_fields(c);
    }
    int64_t reach = division_reach_e7[asked->level];
    int shown = 0, found = 0;
    struct rows r = db_rows(c, &sql_division_borders, PARAMS(
        P_TEXT("level", sv_of(division_levels[asked->level].key)),
        P_INT("south", box.low.lat_e7 - reach), P_INT("north", box.high.lat_e7 + reach),
        P_INT("west", box.low.lon_e7 - reach), P_INT("east", box.high.lon_e7 + reach),
        P_INT("n", BORDERS_MAX + 1)));
    json_text(&a->json, "type", SV("FeatureCollection"));
    json_array(&a->json, "features");
    for (; rows_next(&r); found++)
        if (shown < BORDERS_MAX && a->body.len < BYTES_MAX) {
            write_border(&a->json, &r, division_levels[asked->level].key);
            shown++;
        }
    json_end(&a->json, ']');
    json_bool(&a->json, "cut", found > shown);
    a->max_age_s = BORDERS_AGE_S;
    return rows_end(&r);
}

const struct endpoint division_endpoints[] = {
    { .verb = GET, .path = "/api/map/divisions", .run = borders_get, .lane = READS,
      .may = MAY_ANYONE, .query = borders_asked_fields,
      .query_size = sizeof(struct borders_asked), .gives = geojson_gives, .zh = "区划边界",
      .en = "Boundaries of divisions" },
    { 0 },
};
