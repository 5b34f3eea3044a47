/* place_test.c - coordinates are converted once, what is published is kept. */

#include "care/division/town_test.h"
#include "care/place/place.h"
#include "geo/datum.h"

#include <stdlib.h>
#include <string.h>

static struct place draft(int datum)
{
    struct place p;
    record_clear(place_fields, &p);
    p.name = SV("柳荫助餐点");
    p.kind = PLACE_MEAL_POINT;
    p.datum = datum;
    p.lat.e7 = 305000000;
    p.lon.e7 = 1145000000;
    p.hours = SV("Mo-Fr 08:00-17:00");
    return p;
}

TEST_DB(coordinates_are_converted_once_and_the_division_is_found)
{
    struct town t = town_world();
    struct point truth = { 305000000, 1145000000 };
    struct point gcj = datum_from_wgs84(DATUM_GCJ02, truth);
    struct place p = draft(1);
    p.lat.e7 = gcj.lat_e7;
    p.lon.e7 = gcj.lon_e7;
    MUST_GO(t.c, entity_create(t.c, &place_entity, &p));
    CHECK(llabs(p.lat.e7 - truth.lat_e7) <= 2 && llabs(p.lon.e7 - truth.lon_e7) <= 2);
    CHECK_INT(p.division.n, t.community.id.n);
    CHECK_INT(p.row.scope, t.community.row.scope);
    int64_t lat = p.lat.e7;
    p.phone = SV("01000005678");
    MUST_GO(t.c, entity_update(t.c, &place_entity, &p, 1, "change"));
    CHECK_INT(p.lat.e7, lat);
    p.datum = 2;
    CHECK_INT(entity_update(t.c, &place_entity, &p, 2, "change"), ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "datum");
}

TEST_DB(a_place_outside_every_boundary_asks_for_its_division)
{
    struct town t = town_world();
    struct place p = draft(0);
    p.lat.e7 = 315000000;
    CHECK_INT(entity_create(t.c, &place_entity, &p), ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "division");
}

TEST_DB(bad_hours_and_beds_are_refused)
{
    struct town t = town_world();
    struct place p = draft(0);
    p.hours = SV("every day");
    p.beds_total = 10;
    p.beds_free = (struct opt_int){ true, 11 };
    CHECK_INT(entity_create(t.c, &place_entity, &p), ERR_INVALID);
    CHECK(t.c->fault.fields_n >= 1);
}

TEST_DB(what_is_published_changes_only_through_review)
{
    struct town t = town_world();
    struct place p = draft(0), after;
    struct ctx *c = t.c;
    MUST_GO(c, entity_create(c, &place_entity, &p));
    struct who author = *officer_of(990101000000, 990101999999), reviewer = author;
    author.account = 11;
    author.role = ROLE_COMMUNITY_WORKER;
    reviewer.account = 12;
    c->who = &author;
    MUST_GO(c, entity_act(c, &place_entity, p.id.n, 1, SV("submit"), NULL, &after));
    c->who = &reviewer;
    MUST_GO(c, entity_act(c, &place_entity, p.id.n, 2, SV("publish"), NULL, &after));
    c->who = &author;
    after.name = SV("别的名字");
    CHECK_INT(entity_update(c, &place_entity, &after, 3, "change"), ERR_INVALID);
    CHECK_TEXT(c->fault.fields[0].field, "name");
    ctx_forgive(c);
    after.name = p.name;
    after.phone = SV("01000005678");
    MUST_GO(c, entity_update(c, &place_entity, &after, 3, "change"));
}

TEST_DB(a_place_is_closed_today_and_opens_again)
{
    struct town t = town_world();
    struct place p = draft(0), asked, after;
    struct ctx *c = t.c;
    MUST_GO(c, entity_create(c, &place_entity, &p));
    MUST_GO(c, entity_act(c, &place_entity, p.id.n, 1, SV("submit"), NULL, &after));
    MUST_GO(c, entity_act(c, &place_entity, p.id.n, 2, SV("publish"), NULL, &after));
    record_clear(place_fields, &asked);
    asked.closed_reason = SV("停水");
    MUST_GO(c, entity_act(c, &place_entity, p.id.n, 3, SV("close"), &asked, &after));
    CHECK(place_closed(&after, day_of(c->now)));
    CHECK(!place_closed(&after, (struct day){ day_of(c->now).n + 1 }));
    MUST_GO(c, entity_act(c, &place_entity, p.id.n, 4, SV("open_again"), NULL, &after));
    CHECK(!place_closed(&after, day_of(c->now)));
}

TEST(ratings_are_said_in_words)
{
    CHECK_TEXT(place_rating_text(test_mem(), RATING_NATIONAL, 4, LANG_ZH), "四级");
    CHECK_TEXT(place_rating_text(test_mem(), RATING_STAR, 5, LANG_ZH), "五星级");
    CHECK_TEXT(place_rating_text(test_mem(), RATING_NONE, 3, LANG_ZH), "");
}
