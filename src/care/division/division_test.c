/* division_test.c - codes nest, boundaries hold. */

#include "care/division/town_test.h"
#include "test.h"

#include <string.h>

TEST(a_code_says_its_level_and_range)
{
    CHECK_INT(division_level_of(990000000000), DIVISION_PROVINCE);
    CHECK_INT(division_level_of(990100000000), DIVISION_CITY);
    CHECK_INT(division_level_of(990101000000), DIVISION_DISTRICT);
    CHECK_INT(division_level_of(990101010000), DIVISION_STREET);
    CHECK_INT(division_level_of(990101010003), DIVISION_COMMUNITY);
    struct scope_range r = division_range(990101010000);
    CHECK_INT(r.low, 990101010000);
    CHECK_INT(r.high, 990101010999);
    CHECK(division_holds(0, 990101010003));
    CHECK(division_holds(990101000000, 990101010003));
    CHECK(!division_holds(990101000000, 990102010003));
}

TEST(the_chain_leads_up_to_the_country)
{
    int64_t up[DIVISION_CHAIN_MAX];
    CHECK_INT(division_chain(990101010003, up), 6);
    CHECK_INT(up[1], 990101010000);
    CHECK_INT(up[2], 990101000000);
    CHECK_INT(up[3], 990100000000);
    CHECK_INT(up[4], 990000000000);
    CHECK_INT(up[5], 0);
    CHECK_INT(division_chain(990001000000, up), 3);          /* a county run by its province */
    CHECK_INT(up[1], 990000000000);
    CHECK_INT(division_chain(0, up), 1);
}

TEST(official_codes_are_padded_and_checked)
{
    int64_t code = 0;
    CHECK(division_code_of(SV("990101"), &code));
    CHECK_INT(code, 990101000000);
    CHECK(division_code_of(SV("990101002"), &code));
    CHECK_INT(code, 990101002000);
    CHECK(!division_code_of(SV("99010"), &code));
    CHECK(!division_code_of(SV("99010x"), &code));
    CHECK(!division_code_of(SV("000101"), &code));
}

static struct degrees deg(double d)
{
    return (struct degrees){ (int64_t)(d * 1e7) };
}

TEST(a_boundary_holds_what_lies_inside_but_not_in_its_hole)
{
    struct ctx c = { 0 };
    struct sv box =
        SV("{\"type\":\"Polygon\",\"coordinates\":[[[116,40],[117,40],[117,41],[116,41],[116,40]],"
           "[[116.4,40.4],[116.6,40.4],[116.6,40.6],[116.4,40.6],[116.4,40.4]]]}");
    CHECK(division_boundary_check(&c, box) == NULL);
    CHECK(division_boundary_holds(&c, box, deg(40.2), deg(116.2)));
    CHECK(!division_boundary_holds(&c, box, deg(40.5), deg(116.5)));
    CHECK(!division_boundary_holds(&c, box, deg(39.9), deg(116.5)));
    struct sv two = SV("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,0]]],"
                       "[[[5,5],[6,5],[6,6],[5,5]]]]}");
    CHECK(division_boundary_check(&c, two) == NULL);
    CHECK(division_boundary_holds(&c, two, deg(5.2), deg(5.8)));
    CHECK(!division_boundary_holds(&c, two, deg(3), deg(3)));
    arena_free(&c.mem);
}

TEST(a_broken_boundary_is_named)
{
    struct ctx c = { 0 };
    CHECK(!strcmp(division_boundary_check(
                      &c, SV("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}")),
                  "division.boundary_open"));
    CHECK(!strcmp(division_boundary_check(
                      &c, SV("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}")),
                  "division.boundary_ring"));
    CHECK(!strcmp(
        division_boundary_check(
            &c, SV("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[\"x\",1],[0,0]]]}")),
        "division.boundary_ring"));
    CHECK(!strcmp(division_boundary_check(&c, SV("{\"type\":\"Point\",\"coordinates\":[0,0]}")),
                  "division.boundary_form"));
    CHECK(!strcmp(division_boundary_check(&c, SV("{\"type\":")), "division.boundary_form"));
    CHECK_INT(c.fault.kind, ERR_NONE);
    arena_free(&c.mem);
}

TEST_DB(divisions_are_issued_codes_that_nest)
{
    struct town t = town_world();
    CHECK_INT(t.community.row.scope, 990101001001);
    struct division zone = town_division(t.c, "高新区", DIVISION_DISTRICT, &t.city, "980171");
    CHECK_INT(zone.row.scope, 990102000000);         /* its official code lies elsewhere */
    struct division next = town_division(t.c, "西堤社区", DIVISION_COMMUNITY, &t.street, "");
    CHECK_INT(next.row.scope, 990101001002);
    struct division wrong = next;
    wrong.id.n = 0;
    wrong.row = (struct row){ 0 };
    wrong.level = DIVISION_DISTRICT;
    MUST_FAIL(t.c, entity_create(t.c, &division_entity, &wrong), ERR_INVALID, "division.level");
}

TEST_DB(a_point_finds_its_innermost_division)
{
    struct town t = town_world();
    struct division d;
    bool found;
    MUST_GO(t.c, division_at(t.c, deg(30.5), deg(114.5), &d, &found));
    CHECK(found);
    CHECK_INT(d.row.scope, t.community.row.scope);
    MUST_GO(t.c, division_at(t.c, deg(31.5), deg(114.5), &d, &found));
    CHECK(!found);
    struct sv path;
    MUST_GO(t.c, division_path(t.c, t.community.row.scope, &path));
    CHECK_TEXT(path, "云汀市安澜区柳荫街道东堤社区");
}
