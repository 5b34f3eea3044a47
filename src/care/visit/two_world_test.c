/* two_world_test.c - the small station with a service that needs two carers. */

#include "care/visit/two_world_test.h"

static struct carer bather(struct two *t, const char *name)
{
    struct carer a = t->s.mei;
    a.id.n = 0;
    a.name = sv_of(name);
    MUST_GO(t->c, entity_create(t->c, &carer_entity, &a));
    return a;
}

struct two two_world(void)
{
    struct two t = { .s = station_world() };
    t.c = t.s.c;
    t.lift = t.s.bath;
    t.lift.id.n = 0;
    t.lift.name = t.lift.plain_name = SV("两人助浴");
    t.lift.carers = 2;
    MUST_GO(t.c, entity_create(t.c, &catalogue_item_entity, &t.lift));
    t.lift_offer = t.s.bath_offer;
    t.lift_offer.item = t.lift.id;
    t.lift_offer.price.fen = 15001;
    t.lift_offer.id.n++;
    MUST_GO(t.c, entity_bulk(t.c, &offer_entity, &t.lift_offer, 1));
    t.lift_offer.row.version = 1;
    t.lan = bather(&t, "王兰");
    t.fang = bather(&t, "张芳");
    return t;
}
