/*
 * properties.c - rooms that stand empty, as a district's list of assets has them: some near people
 * who have nothing, some where enough stands, one already spoken for.
 */

#include "app/demo/demo.h"
#include "care/property/property.h"

/* What such a room is; cost and rent in yuan, 0 where the list does not say. */
static const struct room { const char *what, *floors, *owner; int kind; int area_m2, cost, rent; }
rooms[] = {
    { "原锅炉房", "1 层", "区房管中心", PROPERTY_STATE, 260, 220000, 0 },
    { "社区配套用房", "1 层，临街", "社区居委会", PROPERTY_COMMUNITY, 180, 90000, 0 },
    { "物业闲置办公室", "2 层，有电梯", "安居物业公司", PROPERTY_OFFICE, 140, 120000, 48000 },
    { "原小学分校", "1–2 层，带院", "区教育局", PROPERTY_SCHOOL, 900, 680000, 0 },
    { "临街底商", "1 层", "个人产权", PROPERTY_SHOP, 95, 60000, 96000 },
    { "原村委会", "1 层，带院", "村集体", PROPERTY_COMMUNITY, 320, 0, 0 },
};
enum { ROOMS = sizeof rooms / sizeof *rooms };

static const struct estate *estate_of(const struct demo *d, size_t community)
{
    for (size_t i = 0; i < d->town.estates_n; i++)
        if ((size_t)d->town.estates[i].community == community)
            return &d->town.estates[i];
    return NULL;
}

static void fill(struct demo *d, struct property *p, size_t community, size_t nth)
{
    const struct room *r = &rooms[nth % ROOMS];
    const struct estate *e = estate_of(d, community);
    struct point at = e->gates_n ? e->gates[0].at : e->at;
    const struct division *home = &d->area[community];
    p->row.scope = home->row.scope;
    p->division = home->id;
    p->name = sv_fmt(&d->mem, "%.*s%s", SV_ARG(home->name), r->what);
    p->address = e->address;
    p->kind = r->kind;
    p->lat.e7 = at.lat_e7;
    p->lon.e7 = at.lon_e7;
    p->area_m2 = r->area_m2;
    p->cost.fen = r->cost * 100;
    p->rent.fen = r->rent * 100;
    p->floors = sv_of(r->floors);
    p->owner = sv_of(r->owner);
    p->source = SV("区闲置资产台账（演示）");
    p->as_of = (struct day){ d->today.n - 40 };
    p->state = nth % 7 == 6 ? PROPERTY_AGREED : PROPERTY_IDLE;
}

enum err demo_properties(struct demo *d)
{
    struct property *made = NEW(&d->mem, struct property, d->town.areas_n);
    size_t n = 0, seen = 0;
    for (size_t i = 0; i < d->town.areas_n; i++) {
        if (d->area[i].level != DIVISION_COMMUNITY || seen++ % 2 || !estate_of(d, i))
            continue;
        record_clear(property_fields, &made[n]);
        TRY(demo_id(d, &made[n].id.n));
        fill(d, &made[n], i, n);
        n++;
    }
    return demo_store(d, &property_entity, made, n);
}
