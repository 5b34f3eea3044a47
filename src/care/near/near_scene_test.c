/* near_scene_test.c - a street of 1.5 km and places along it, for tests of what is near. */

#include "care/near/near_scene_test.h"

#include "care/address/book.h"
#include "care/circle/circle.h"
#include "care/elder/elder.h"
#include "care/family/family.h"
#include "care/notice/notice.h"
#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/knowledge/knowledge.h"
#include "care/meal/meal.h"
#include "care/offer/offer.h"
#include "care/parameter/parameter.h"
#include "roads/made_test.h"

static const struct module *const near_modules[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &compound_module, &place_module, &carer_module, &catalogue_module, &offer_module,
    &meal_module, &delivery_module, &kitchen_module,
    &notice_module, &knowledge_module, &address_module, &near_module, &hours_module,
    &circle_module, &elder_module, &family_module, NULL,
};

void publish(struct ctx *c, const struct entity *e, int64_t id)
{
    void *row = arena_take(&c->mem, e->size, 16);
    MUST_GO(c, entity_act(c, e, id, 1, SV("submit"), NULL, row));
    MUST_GO(c, entity_act(c, e, id, 2, SV("publish"), NULL, row));
}

struct place place_at(struct ctx *c, const char *name, double x_m, struct division_id in)
{
    struct place p;
    struct point at = made_point(x_m, 10);
    record_clear(place_fields, &p);
    p.name = sv_of(name);
    p.kind = PLACE_STATION;
    p.lat.e7 = at.lat_e7;
    p.lon.e7 = at.lon_e7;
    p.division = in;
    p.phone = SV("01000001234");
    p.hours = SV("Mo-Fr 08:00-17:00; Sa 08:00-12:00");
    MUST_GO(c, entity_create(c, &place_entity, &p));
    return p;
}

static void leave_roads(void *snapshot)
{
    (void)snapshot;
}

struct scene scene_open(void)
{
    struct scene s = { .c = house_world(near_modules), .roads = made_street() };
    s.house = (struct house *)(uintptr_t)s.c->house;
    s.house->roads = slot_new(test_mem(), leave_roads);
    s.house->directory = slot_new(test_mem(), directory_end);
    struct roads *kept = NEW(test_mem(), struct roads, 1);
    *kept = s.roads;
    slot_swap(s.house->roads, kept);
    s.area = town_division(s.c, "云汀市", DIVISION_CITY, NULL, "9901");
    return s;
}

void scene_end(struct scene *s)
{
    slot_swap(s->house->directory, NULL);
    made_end(&s->roads);
}

struct sv answer_to(struct scene *s, endpoint_fn *run, const void *query)
{
    struct answer a = { 0 };
    struct request q = { .query = query };
    a.body = buf_new(test_mem(), 4096);
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(s->c, run(s->c, &q, &a));
    if (!a.type)
        json_end(&a.json, '}');
    struct sv text = sv_from(buf_sv(&a.body), a.type ? 1 : 0);     /* as http does */
    const struct json_value *tree;
    MUST_GO(s->c, json_parse(s->c, text, &tree));                  /* it is JSON */
    return sv_copy(test_mem(), text);
}

bool says(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

struct near_asked from_x(double x_m)
{
    struct near_asked q;
    struct point at = made_point(x_m, 0);
    record_clear(near_asked_fields, &q);
    q.lat.e7 = at.lat_e7;
    q.lon.e7 = at.lon_e7;
    return q;
}
