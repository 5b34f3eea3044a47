/* borders_test.c - boundaries for a map: of one level, where one looks. */

#include "care/division/borders.h"
#include "care/division/town_test.h"

static struct sv borders(struct ctx *c, const char *bbox, int level, enum err want)
{
    struct borders_asked asked = { sv_of(bbox), level };
    struct answer a = { .body = buf_new(test_mem(), 1024) };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    CHECK_INT(division_endpoints[0].run(c, &(struct request){ .query = &asked }, &a), want);
    json_end(&a.json, '}');
    return sv_copy(test_mem(), buf_sv(&a.body));
}

static struct division bounded(struct ctx *c, const struct division *in, const char *official)
{
    struct division d;
    record_clear(division_fields, &d);
    d.name = SV("有界街道");
    d.level = DIVISION_STREET;
    d.parent = in->id;
    d.official_code = sv_of(official);
    d.lat.e7 = 302000000;
    d.lon.e7 = 1256000000;
    d.boundary.json = SV("{\"type\":\"Polygon\",\"coordinates\":"
                         "[[[125,30],[126,30],[126,31],[125,31],[125,30]]]}");
    MUST_GO(c, entity_create(c, &division_entity, &d));
    return d;
}

TEST_DB(boundaries_of_a_level_are_given_where_one_looks)
{
    struct town t = town_world();
    struct division d = bounded(t.c, &t.district, "990101077");
    struct sv text = borders(t.c, "125.5,30.1,125.7,30.3", DIVISION_STREET, ERR_NONE);
    CHECK(sv_find(text, d.name) >= 0);
    CHECK(sv_find(text, SV("\"geometry\":{\"type\":\"Polygon\"")) >= 0);
    CHECK(sv_find(text, SV("\"cut\":false")) >= 0);
    /* Its middle lies outside this view, its boundary does not. */
    CHECK(sv_find(borders(t.c, "125.7,30.3,125.8,30.4", DIVISION_STREET, ERR_NONE), d.name) >= 0);
    CHECK(sv_find(borders(t.c, "125.5,30.1,125.7,30.3", DIVISION_CITY, ERR_NONE), d.name) < 0);
    CHECK(sv_find(borders(t.c, "10,10,11,11", DIVISION_STREET, ERR_NONE), d.name) < 0);
    (void)borders(t.c, "10,10,11", DIVISION_STREET, ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "bbox");
}
