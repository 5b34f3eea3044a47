/* ground.c - the demo city's divisions, road file, compounds and gates. */

#include "app/demo/demo.h"
#include "app/roads_file.h"
#include "base/json.h"

/* 9901 云汀市, 990101 安澜区, streets 990101001 …, communities numbered within their street. */
#define CITY_CODE     INT64_C(990100000000)
#define DISTRICT_CODE INT64_C(990101000000)

static struct degrees lat_of(struct point p)
{
    return (struct degrees){ p.lat_e7 };
}

static struct degrees lon_of(struct point p)
{
    return (struct degrees){ p.lon_e7 };
}

static struct text boundary(struct demo *d, const struct point_box *b)
{
    const int32_t ring[5][2] = {
        { b->low.lon_e7, b->low.lat_e7 },   { b->high.lon_e7, b->low.lat_e7 },
        { b->high.lon_e7, b->high.lat_e7 }, { b->low.lon_e7, b->high.lat_e7 },
        { b->low.lon_e7, b->low.lat_e7 },
    };
    struct buf out = buf_new(&d->mem, 256);
    struct json j = json_new(&out);
    json_object(&j, NULL);
    json_text(&j, "type", SV("Polygon"));
    json_array(&j, "coordinates");
    json_array(&j, NULL);
    for (int i = 0; i < 5; i++) {
        json_array(&j, NULL);
        json_fixed(&j, NULL, ring[i][0], 7);
        json_fixed(&j, NULL, ring[i][1], 7);
        json_end(&j, ']');
    }
    json_end(&j, ']');
    json_end(&j, ']');
    json_end(&j, '}');
    return (struct text){ buf_sv(&out) };
}

static enum err division_fill(struct demo *d, struct division *v, struct sv name, int level,
                              int64_t code, int digits)
{
    record_clear(division_fields, v);
    TRY(demo_id(d, &v->id.n));
    v->name = name;
    v->level = level;
    v->row.scope = code;
    int64_t official = code;
    for (int i = DIVISION_DIGITS; i > digits; i--)
        official /= 10;
    v->official_code = sv_fmt(&d->mem, "%lld", (long long)official);
    v->valid_from = day_civil(2024, 1, 1);
    return ERR_NONE;
}

static enum err areas_fill(struct demo *d)
{
    int streets = 0, communities = 0;
    for (size_t i = 0; i < d->town.areas_n; i++) {
        const struct area *a = &d->town.areas[i];
        struct division *v = &d->area[i];
        bool street = a->level == 0;
        if (street) {
            streets++;
            communities = 0;
        } else {
            communities++;
        }
        int64_t code = DISTRICT_CODE + streets * INT64_C(1000) + (street ? 0 : communities);
        TRY(division_fill(d, v, a->name, street ? DIVISION_STREET : DIVISION_COMMUNITY, code,
                          street ? 9 : 12));
        v->parent = street ? d->district.id : d->area[a->parent].id;
        v->kind = a->character == VILLAGES ? (street ? 1 : 2) : 0;
        v->lat = lat_of(box_middle(&a->box));
        v->lon = lon_of(box_middle(&a->box));
        v->boundary = boundary(d, &a->box);
    }
    return ERR_NONE;
}

static enum err divisions_make(struct demo *d)
{
    TRY(division_fill(d, &d->city, SV("云汀市"), DIVISION_CITY, CITY_CODE, 4));
    TRY(division_fill(d, &d->district, SV("安澜区"), DIVISION_DISTRICT, DISTRICT_CODE, 6));
    d->district.parent = d->city.id;
    struct point_box all = box_none();
    for (size_t i = 0; i < d->town.areas_n; i++) {
        box_add(&all, d->town.areas[i].box.low);
        box_add(&all, d->town.areas[i].box.high);
    }
    d->city.lat = d->district.lat = lat_of(box_middle(&all));
    d->city.lon = d->district.lon = lon_of(box_middle(&all));
    d->area = NEW(&d->mem, struct division, d->town.areas_n);
    TRY(areas_fill(d));
    TRY(demo_store(d, &division_entity, &d->city, 1));
    TRY(demo_store(d, &division_entity, &d->district, 1));
    return demo_store(d, &division_entity, d->area, d->town.areas_n);
}

static enum err gates_make(struct demo *d)
{
    struct gate *gates = NULL;
    size_t n = 0, room = 0;
    for (size_t i = 0; i < d->town.estates_n; i++) {
        const struct estate *e = &d->town.estates[i];
        for (size_t k = 0; k < e->gates_n; k++) {
            gates = GROW(&d->mem, gates, n, &room);
            struct gate *g = &gates[n++];
            record_clear(gate_fields, g);
            TRY(demo_id(d, &g->id.n));
            g->row.scope = d->area[e->community].row.scope;
            g->compound = d->compound[i].id;
            g->name = e->gates[k].name;
            g->lat = lat_of(e->gates[k].at);
            g->lon = lon_of(e->gates[k].at);
            g->night_closed = e->gates[k].night_closed;
            g->open_min = g->night_closed ? 360 : 0;
            g->close_min = g->night_closed ? 1320 : 1440;
        }
    }
    return demo_store(d, &gate_entity, gates, n);
}

static enum err compounds_make(struct demo *d)
{
    d->compound = NEW(&d->mem, struct compound, d->town.estates_n);
    for (size_t i = 0; i < d->town.estates_n; i++) {
        const struct estate *e = &d->town.estates[i];
        struct compound *k = &d->compound[i];
        record_clear(compound_fields, k);
        TRY(demo_id(d, &k->id.n));
        k->row.scope = d->area[e->community].row.scope;
        k->name = e->name;
        k->aliases = e->alias;
        k->division = d->area[e->community].id;
        k->address = e->address;
        k->lat = lat_of(e->at);
        k->lon = lon_of(e->at);
        k->households = e->buildings * (e->character == VILLAGES ? 3 : e->floors * 8);
    }
    TRY(demo_store(d, &compound_entity, d->compound, d->town.estates_n));
    TRY(gates_make(d));
    return demo_buildings(d);
}

enum err demo_ground(struct demo *d)
{
    struct road_builder roads = { 0 };
    d->town = town_make(&d->mem, &d->dice, d->quarters, &roads);
    enum err e = roads_file_put(d->c, d->start->config.data_dir, &roads, NULL);
    road_builder_free(&roads);
    TRY(e);
    TRY(start_roads(d->start));
    TRY(divisions_make(d));
    TRY(demo_streets(d));
    return compounds_make(d);
}
