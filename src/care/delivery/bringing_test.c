/* bringing_test.c - a station that brings lunch, its place, and who orders it. */

#include "care/delivery/bringing_test.h"

#include "store/build.h"

struct bringing bringing_world(void)
{
    struct bringing b = { .s = station_world() };
    struct ctx *c = b.s.c;
    struct catalogue_item k;
    record_clear(catalogue_item_fields, &k);
    k.row.scope = b.s.org.row.scope;
    k.name = k.plain_name = SV("送餐");
    k.category = CATEGORY_MEAL;
    k.at_home = true;
    MUST_GO(c, entity_create(c, &catalogue_item_entity, &k));
    record_clear(place_fields, &b.place);
    b.place.row.scope = b.s.org.row.scope;
    b.place.id.n = id_make(c->now.ms, 12, 1);
    b.place.org = b.s.org.id;
    b.place.name = SV("A站");
    b.place.state = REVIEW_PUBLISHED;
    MUST_GO(c, entity_bulk(c, &place_entity, &b.place, 1));
    record_clear(offer_fields, &b.offer);
    b.offer = b.s.lunch_offer;
    b.offer.id.n = id_make(c->now.ms, 13, 1);
    b.offer.item = k.id;
    b.offer.place = b.place.id;
    MUST_GO(c, entity_bulk(c, &offer_entity, &b.offer, 1));
    return b;
}

struct care_order ordered(struct bringing *b, const char *name, const char *address)
{
    struct care_order o;
    struct order_new n = station_order(&b->s, &b->offer, 660);
    if (name) {
        n.elder.n = 0;
        n.for_name = sv_of(name);
        n.for_phone = SV("10000000001");
        n.for_address = sv_of(address);
    }
    MUST_GO(b->s.c, station_place(&b->s, &b->s.citizen, &n, &o));
    return o;
}

struct meal_run made(struct bringing *b)
{
    struct run_asked in = { b->place.id, MONDAY, SITTING_LUNCH };
    struct runs_made made;
    b->s.c->who = &b->s.manager;
    MUST_GO(b->s.c, run_make(b->s.c, &in, &made));
    return made.first;
}

struct meal_stop meal_stop_of(struct bringing *b, const struct care_order *o)
{
    struct meal_stop s;
    struct build q = build_new(b->s.c);
    record_clear(meal_stop_fields, &s);
    build_sql(&q, "SELECT id FROM meal_stop WHERE care_order = ");
    build_int(&q, o->id.n);
    build_sql(&q, " ORDER BY id DESC LIMIT 1");
    struct rows r = build_rows(b->s.c, &q);
    int64_t id = rows_next(&r) ? rows_int(&r, 0) : 0;
    bool found;
    MUST_GO(b->s.c, rows_end(&r));
    MUST_GO(b->s.c, entity_load(b->s.c, &meal_stop_entity, id, &s, &found));
    return s;
}
