/* streets.c - street edits of the demo city: an alley in use, a footbridge somebody has drawn. */

#include "app/demo/demo.h"
#include "app/streets/streets.h"
#include "care/street/street.h"
#include "geo/shape.h"

static struct street_edit drawn(struct demo *d, int kind, const struct point line[2])
{
    struct street_edit e;
    struct buf b = buf_new(&d->mem, 128);
    record_clear(street_edit_fields, &e);
    geojson_line(&b, line, 2);
    e.kind = kind;
    e.line.json = buf_sv(&b);
    e.wheelchair = true;
    return e;
}

static enum err create(struct ctx *c, void *edit)
{
    return entity_create(c, &street_edit_entity, edit);
}

static enum err publish(struct ctx *c, void *edit)
{
    struct street_edit *e = edit;
    TRY(entity_create(c, &street_edit_entity, e));
    TRY(entity_act(c, &street_edit_entity, e->id.n, e->row.version, SV("submit"), NULL, e));
    return entity_act(c, &street_edit_entity, e->id.n, e->row.version, SV("publish"), NULL, e);
}

/* Before the people: their homes are joined to the streets as they are then. */
enum err demo_streets(struct demo *d)
{
    struct streets_built built;
    struct street_edit alley = drawn(d, STREET_PATH, d->town.alley);
    struct street_edit bridge = drawn(d, STREET_FOOTBRIDGE, d->town.second_bridge);
    alley.name = SV("柳荫小巷");
    alley.reason = SV("居民一直从这里穿行，地图上没有");
    alley.source = SV("现场踏勘");
    bridge.name = SV("望江二桥（规划）");
    bridge.reason = SV("两岸老人要绕行，先看看有桥能省多少");
    TRY(transaction(d->c, publish, &alley));
    TRY(transaction(d->c, create, &bridge));
    TRY(streets_build(d->c, &built));
    return roads_file_refresh(d->c);
}
