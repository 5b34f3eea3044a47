/* property_test.c - idle properties: kept by offices, converted once, idle until one is wanted. */

#include "care/property/property.h"

#include "care/place/place.h"
#include "geo/datum.h"
#include "house.h"

#include <string.h>

extern const struct module calendar_module, compound_module, parameter_module, review_module;

static const struct module *const with_properties[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &place_module, &compound_module, &property_module, NULL,
};

#define HERE  INT64_C(990101001001)
#define THERE INT64_C(990101002001)

static const struct point truth = { 399123000, 1164123000 };

static struct property empty_room(struct division_id division)
{
    struct property p;
    record_clear(property_fields, &p);
    p.name = SV("原锅炉房");
    p.address = SV("柳荫一街 21 号");
    p.source = SV("区台账");
    p.division = division;
    p.lat.e7 = truth.lat_e7;
    p.lon.e7 = truth.lon_e7;
    return p;
}

/* A house with one community; the caller then is its officer. */
static struct division_id community(struct ctx *c)
{
    struct division d;
    record_clear(division_fields, &d);
    d.row.scope = HERE;
    d.name = SV("柳荫社区");
    d.level = DIVISION_COMMUNITY;
    d.valid_from = day_civil(2020, 1, 1);
    d.valid_to = DAY_NONE;
    MUST_GO(c, entity_bulk(c, &division_entity, &d, 1));
    c->who = officer_of(HERE, HERE);
    return d.id;
}

TEST_DB(property_is_converted_once_and_moves_by_steps)
{
    struct ctx *c = house_world(with_properties);
    MUST_GO(c, db_begin(c));
    struct property p = empty_room(community(c)), seen;
    struct point gcj = datum_from_wgs84(DATUM_GCJ02, truth);
    int datum;
    CHECK(choice_of(place_datums, SV("gcj02"), &datum));
    p.datum = datum;
    p.lat.e7 = gcj.lat_e7;
    p.lon.e7 = gcj.lon_e7;
    MUST_GO(c, entity_create(c, &property_entity, &p));
    CHECK(point_distance_m((struct point){ (int32_t)p.lat.e7, (int32_t)p.lon.e7 }, truth) < 1);
    CHECK_INT(p.row.scope, HERE);
    CHECK_INT(p.state, PROPERTY_IDLE);
    seen = p;
    seen.area_m2 = 300;
    MUST_GO(c, entity_update(c, &property_entity, &seen, 1, "change"));
    CHECK_INT(seen.lat.e7, p.lat.e7);
    c->reason = SV("居委会要用");
    MUST_GO(c, entity_act(c, &property_entity, p.id.n, 2, SV("agree"), NULL, &seen));
    CHECK_INT(seen.state, PROPERTY_AGREED);
    MUST_GO(c, entity_act(c, &property_entity, p.id.n, 3, SV("use"), NULL, &seen));
    MUST_FAIL(c, entity_act(c, &property_entity, p.id.n, 4, SV("withdraw"), NULL, &seen),
              ERR_CONFLICT, "step.not_now");
    db_rollback(c);
}

TEST_DB(property_is_kept_by_the_offices_of_its_division)
{
    struct ctx *c = house_world(with_properties);
    MUST_GO(c, db_begin(c));
    struct division_id here = community(c);
    struct property p = empty_room(here), later = empty_room(here), seen;
    MUST_GO(c, entity_create(c, &property_entity, &p));
    later.as_of = (struct day){ day_of(c->now).n + 1 };
    MUST_FAULT(c, entity_create(c, &property_entity, &later), "property.future");
    struct who manager = *caller_as(ROLE_STATION_MANAGER, 7);
    manager.org = 1;
    c->who = &manager;
    struct property theirs = empty_room(here);
    enum err err = entity_create(c, &property_entity, &theirs);
    CHECK_INT(err, ERR_FORBIDDEN);
    ctx_forgive(c);
    c->who = officer_of(THERE, THERE);
    MUST_FAIL(c, entity_get(c, &property_entity, p.id.n, &seen), ERR_MISSING, "entity.missing");
    db_rollback(c);
}
