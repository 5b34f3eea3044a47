/* homes.c - the demo city's buildings and entrances, and which of them an elder lives in. */

#include "app/demo/demo.h"

enum { ENTRANCES = 4, UNOFFICIAL_EVERY = 9, UNOFFICIAL_AT = 4, UNOFFICIAL_PERCENT = 12,
       FLAT_OFF = 300 };

/* Buildings stand in rows of four. */
static struct point spot_of(const struct estate *e, int nth)
{
    int rows = (e->buildings + 3) / 4, row = nth / 4, column = nth % 4;
    int32_t high = e->box.high.lat_e7 - e->box.low.lat_e7;
    int32_t wide = e->box.high.lon_e7 - e->box.low.lon_e7;
    return (struct point){ e->box.low.lat_e7 + high * (2 * row + 1) / (2 * rows),
                           e->box.low.lon_e7 + wide * (2 * column + 1) / 8 };
}

static enum err building_make(struct demo *d, size_t estate, int nth)
{
    const struct estate *e = &d->town.estates[estate];
    struct building *b = &d->building[d->first_building[estate] + (size_t)nth];
    struct point at = spot_of(e, nth);
    bool village = e->character == VILLAGES;
    record_clear(building_fields, b);
    TRY(demo_id(d, &b->id.n));
    b->row.scope = d->compound[estate].row.scope;
    b->compound = d->compound[estate].id;
    b->name = sv_fmt(&d->mem, village ? "%d组" : "%d号楼", nth + 1);
    b->lat.e7 = at.lat_e7;
    b->lon.e7 = at.lon_e7;
    b->storeys = e->floors;
    b->lift = e->character == TOWERS;
    return ERR_NONE;
}

static enum err entrances_make(struct demo *d, size_t estate)
{
    const struct estate *e = &d->town.estates[estate];
    for (int n = 0; n < e->buildings && e->character != VILLAGES; n++) {
        size_t building = d->first_building[estate] + (size_t)n;
        for (int k = 0; k < ENTRANCES; k++) {
            struct entrance *in = &d->entrance[building * ENTRANCES + (size_t)k];
            record_clear(entrance_fields, in);
            TRY(demo_id(d, &in->id.n));
            in->row.scope = d->building[building].row.scope;
            in->building = d->building[building].id;
            in->name = sv_fmt(&d->mem, "%d单元", k + 1);
            in->lat = d->building[building].lat;
            in->lon.e7 = d->building[building].lon.e7 + (2 * k - ENTRANCES + 1) * 800;
        }
    }
    return ERR_NONE;
}

/* Villages have none: their rows are passed over. */
static enum err entrances_store(struct demo *d, size_t buildings)
{
    size_t n = 0;
    struct entrance *all = NEW(&d->mem, struct entrance, buildings * ENTRANCES);
    for (size_t i = 0; i < buildings * ENTRANCES; i++)
        if (d->entrance[i].id.n)
            all[n++] = d->entrance[i];
    return demo_store(d, &entrance_entity, all, n);
}

enum err demo_buildings(struct demo *d)
{
    size_t n = 0;
    d->first_building = NEW(&d->mem, size_t, d->town.estates_n);
    for (size_t i = 0; i < d->town.estates_n; i++) {
        d->first_building[i] = n;
        n += (size_t)d->town.estates[i].buildings;
    }
    d->building = NEW(&d->mem, struct building, n);
    d->entrance = NEW(&d->mem, struct entrance, n * ENTRANCES);
    for (size_t i = 0; i < d->town.estates_n; i++) {
        for (int k = 0; k < d->town.estates[i].buildings; k++)
            TRY(building_make(d, i, k));
        TRY(entrances_make(d, i));
    }
    TRY(demo_store(d, &building_entity, d->building, n));
    return entrances_store(d, n);
}

/* What the old people of a compound still call it; nobody has told the house yet. */
static const char *unofficial(size_t estate)
{
    static const char *const names[] = { "老供销社大院", "粮站家属院", "二轻局宿舍",
                                         "农机站院",     "邮电所大院", "老剧团宿舍" };
    return estate % UNOFFICIAL_EVERY == UNOFFICIAL_AT
               ? names[estate / UNOFFICIAL_EVERY % (sizeof names / sizeof *names)] : NULL;
}

static void not_found(struct demo *d, struct elder *e, size_t estate, const char *name)
{
    struct point at = box_middle(&d->town.areas[d->town.estates[estate].community].box);
    e->address = sv_fmt(&d->mem, "%s%.*s%.*s%.*s", name, SV_ARG(e->building), SV_ARG(e->entrance),
                        SV_ARG(e->room));
    e->building = e->entrance = e->room = SV("");
    e->compound.n = 0;
    e->match_level = ADDRESS_COMMUNITY;
    e->match_score = 50;
    e->match_why.bits = ADDRESS_UNKNOWN;
    e->home_lat.e7 = at.lat_e7;
    e->home_lon.e7 = at.lon_e7;
}

/* No two flats are at one point: a few metres off the building's or entrance's. */
static void flat_at(struct demo *d, struct elder *e, struct degrees lat, struct degrees lon)
{
    e->home_lat.e7 = lat.e7 + dice_between(&d->dice, -FLAT_OFF, FLAT_OFF);
    e->home_lon.e7 = lon.e7 + dice_between(&d->dice, -FLAT_OFF, FLAT_OFF);
}

void demo_home(struct demo *d, struct elder *e, size_t estate, int64_t building, int64_t entrance)
{
    size_t at = d->first_building[estate] + (size_t)building - 1;
    const struct building *b = &d->building[at];
    const struct entrance *all = d->entrance + at * ENTRANCES;
    const struct entrance *in = entrance ? &all[entrance - 1] : NULL;
    flat_at(d, e, in ? in->lat : b->lat, in ? in->lon : b->lon);
    e->match_by = MATCH_BY_TEXT;
    if (unofficial(estate) && (uint64_t)d->phones * 7919 % 100 < UNOFFICIAL_PERCENT) {
        not_found(d, e, estate, unofficial(estate));
        return;
    }
    e->match_level = ADDRESS_DOOR;
    e->match_score = 100;
    e->home_building = b->id;
    if (in)
        e->home_entrance = in->id;
}
