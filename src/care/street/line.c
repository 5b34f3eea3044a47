/* line.c - an edit's line as points, and as roads understand it. */

#include "base/json.h"
#include "care/street/street.h"

static bool read_position(const struct json_value *v, struct point *ret_point)
{
    int64_t lon, lat;
    if (!v || v->kind != JSON_ARRAY || v->n < 2 || v->first->kind != JSON_NUMBER ||
        v->first->next->kind != JSON_NUMBER ||
        !sv_fixed(v->first->text, 7, -LON_E7_MAX, LON_E7_MAX, &lon) ||
        !sv_fixed(v->first->next->text, 7, -LAT_E7_MAX, LAT_E7_MAX, &lat))
        return false;
    *ret_point = (struct point){ (int32_t)lat, (int32_t)lon };
    return true;
}

static const struct json_value *positions(struct ctx *c, struct sv geojson)
{
    const struct json_value *tree, *all;
    if (json_parse(c, geojson, &tree) != ERR_NONE) {
        ctx_forgive(c);
        return NULL;
    }
    const struct json_value *type = json_member(tree, "type");
    all = json_member(tree, "coordinates");
    return type && sv_is(type->text, "LineString") && all && all->kind == JSON_ARRAY ? all : NULL;
}

/* Points that stand on each other count once. */
const char *street_line(struct ctx *c, struct sv geojson, struct point **ret_points, size_t *ret_n)
{
    const struct json_value *all = positions(c, geojson);
    double m = 0;
    *ret_n = 0;
    if (!all)
        return "street_edit.line";
    if (all->n > MEND_POINTS_MAX)
        return "street_edit.points";
    *ret_points = NEW(&c->mem, struct point, all->n + 1);
    for (const struct json_value *v = all->first; v; v = v->next) {
        struct point *at = *ret_points + *ret_n;
        if (!read_position(v, at))
            return "street_edit.line";
        double piece = *ret_n ? point_distance_m(at[-1], *at) : 1;
        m += *ret_n ? piece : 0;
        *ret_n += piece >= 0.1;
    }
    if (*ret_n < 2)
        return "street_edit.points";
    return m > STREET_LINE_M_MAX ? "street_edit.long" : NULL;
}

struct mend street_mend(struct ctx *c, const struct street_edit *e)
{
    static const enum road_kind kinds[] = {
        [STREET_PATH] = ROAD_PATH,         [STREET_FOOTBRIDGE] = ROAD_FOOTWAY,
        [STREET_STEPS] = ROAD_STEPS,       [STREET_CROSSING] = ROAD_CROSSING,
        [STREET_GATE_LINK] = ROAD_FOOTWAY, [STREET_CLOSED] = ROAD_PATH,
    };
    struct point *points = NULL;
    size_t n = 0;
    if (street_line(c, e->line.json, &points, &n))
        n = 0;
    unsigned flags = e->wheelchair ? 0 : ROAD_NO_WHEELCHAIR;
    flags |= e->kind == STREET_FOOTBRIDGE ? ROAD_BRIDGE : 0;
    flags |= e->kind == STREET_GATE_LINK ? ROAD_PRIVATE : 0;
    return (struct mend){
        .closed = e->kind == STREET_CLOSED,
        .way = { .name = e->name, .kind = kinds[e->kind], .flags = flags,
                 .steps = (unsigned)e->steps },
        .point = points, .points = n,
    };
}
