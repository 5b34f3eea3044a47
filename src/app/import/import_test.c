/* import_test.c - real data in: all of a file or none of it, every bad line named. */

#include "app/work_test.h"

#include "care/compound/building.h"
#include "care/offer/offer.h"
#include "care/place/place.h"
#include "geo/datum.h"
#include "model/row/list.h"

#include <stdlib.h>
#include <string.h>

/* All rows of an entity; at most 20. */
static struct page rows_of(struct start *s, const struct entity *e)
{
    struct query q = { 0 };
    struct page page;
    MUST_GO(&s->ctx, entity_list(&s->ctx, e, &q, &page));
    return page;
}

static struct place place_named(struct start *s, const char *name)
{
    struct page page = rows_of(s, &place_entity);
    const struct place *p = page.rows;
    for (size_t i = 0; i < page.n; i++)
        if (sv_is(p[i].name, name))
            return p[i];
    test_fail(__FILE__, __LINE__, "there is no place %s", name);
}

/* The faults of an import that must be refused. */
static struct sv refused(struct start *s, enum err (*take)(struct import *im, struct sv text),
                         const char *text)
{
    struct import im = { .c = &s->ctx };
    CHECK_INT(take(&im, sv_of(text)), ERR_INVALID);
    CHECK(im.faults_n > 0);
    ctx_forgive(&s->ctx);
    struct sv faults = sv_copy(test_mem(), buf_sv(&im.faults));
    import_end(&im);
    return faults;
}

static bool says(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

/* --- divisions --- */

TEST_DB(divisions_come_in_any_order_and_nest)
{
    struct start *s = start_test();
    struct import im = import_test(s, import_divisions, test_divisions);
    CHECK_INT(im.added, 5);
    struct page page = rows_of(s, &division_entity);
    const struct division *d = page.rows; /* by code */
    CHECK_INT(page.n, 5);
    CHECK_INT(d[0].row.scope, 990100000000);
    CHECK_INT(d[4].row.scope, 990101001002);
    CHECK_INT(d[4].parent.n, d[2].id.n);
    im = import_test(s, import_divisions, test_divisions);
    CHECK_INT(im.added + im.changed, 0);
    im = import_test(s, import_divisions, "code,name\n990101,安澜新区\n");
    CHECK_INT(im.changed, 1);
    start_test_end(s);
}

TEST_DB(a_division_without_its_parent_is_named)
{
    struct start *s = start_test();
    struct sv why =
        refused(s, import_divisions,
                "code,name,parent_code\n990101,安澜区,9901\n99,一省,\n990102,乙区,990103\n"
                "990103,丙区,990102\n12345,短,\n");
    CHECK(says(why, "第 2 行 parent_code"));
    CHECK(says(why, "第 4 行 parent_code") && says(why, "第 5 行 parent_code"));
    CHECK(says(why, "第 6 行 code"));
    CHECK_INT(rows_of(s, &division_entity).n, 0);
    start_test_end(s);
}

/* --- places --- */

TEST_DB(places_get_their_division_and_organisation)
{
    struct start *s = start_test();
    import_test(s, import_divisions, test_divisions);
    struct import im = import_test(s, import_places, test_places);
    CHECK_INT(im.added, 3);
    struct place a = place_named(s, "甲驿站"), b = place_named(s, "乙食堂"),
                 c = place_named(s, "丙食堂");
    CHECK_INT(a.kind, PLACE_STATION);
    CHECK_INT(b.kind, PLACE_MEAL_POINT);
    CHECK_INT(a.state, REVIEW_PUBLISHED);
    CHECK_INT(a.row.scope, 990101001001);
    CHECK_INT(b.row.scope, 990101001002);
    CHECK(a.org.n && a.org.n != b.org.n);
    CHECK_INT(b.org.n, c.org.n);
    CHECK_INT(day_of(a.verified_at).n, day_civil(2026, 11, 1).n);
    CHECK(!moment_known(b.verified_at));
    CHECK_INT(rows_of(s, &organisation_entity).n, 2);
    start_test_end(s);
}

TEST_DB(a_second_import_changes_what_differs)
{
    struct start *s = start_test();
    import_test(s, import_divisions, test_divisions);
    import_test(s, import_places, test_places);
    struct import im = import_test(s, import_places, test_places);
    CHECK_INT(im.added + im.changed, 0);
    im = import_test(s, import_places,
                     "id,name,kind,lat,lon,phone\n"
                     "a,甲驿站（新）,station,30.5,114.6,01000001234\n"
                     "d,丁药店,药店,30.5,114.5,\n");
    CHECK_INT(im.added, 1);
    CHECK_INT(im.changed, 1);
    struct place a = place_named(s, "甲驿站（新）");
    CHECK_INT(a.row.version, 2);
    CHECK_INT(a.lon.e7, 1146000000);
    CHECK_INT(a.row.scope, 990101001002);
    CHECK_TEXT(a.hours, "Mo-Fr 08:00-17:00"); /* no such column this time */
    CHECK_INT(day_of(a.verified_at).n, day_civil(2026, 11, 1).n);
    CHECK_INT(rows_of(s, &place_entity).n, 4);
    start_test_end(s);
}

TEST_DB(a_datum_is_converted_once_also_when_it_comes_again)
{
    struct start *s = start_test();
    struct point truth = { 305000000, 1145000000 }, as = datum_from_wgs84(DATUM_GCJ02, truth);
    import_test(s, import_divisions, test_divisions);
    const char *text =
        sv_fmt(test_mem(), "id,name,kind,lat,lon,datum\na,甲,other,%.7f,%.7f,GCJ-02\n",
               as.lat_e7 / 1e7, as.lon_e7 / 1e7)
            .at;
    import_test(s, import_places, text);
    struct place a = place_named(s, "甲");
    CHECK(llabs(a.lat.e7 - truth.lat_e7) <= 2 && llabs(a.lon.e7 - truth.lon_e7) <= 2);
    struct import im = import_test(s, import_places, text);
    CHECK_INT(im.changed, 0);
    text = sv_fmt(test_mem(), "id,name,kind,lat,lon,datum\na,甲,other,%.7f,%.7f,gcj02\n",
                  (as.lat_e7 + 1000) / 1e7, as.lon_e7 / 1e7)
               .at;
    import_test(s, import_places, text);
    a = place_named(s, "甲");
    CHECK(llabs(a.lat.e7 - truth.lat_e7 - 1000) <= 3);
    start_test_end(s);
}

TEST_DB(every_bad_line_is_named_and_nothing_is_stored)
{
    struct start *s = start_test();
    import_test(s, import_divisions, test_divisions);
    struct sv why = refused(s, import_places,
                            "编号,名称,类型,纬度,经度,hours\n"
                            "a,好,station,30.5,114.5,\n"
                            "b,无时间,station,30.5,114.5,Mon-Fri 8-5\n"
                            "c,无类型,茶馆,30.5,114.5,\n"
                            "d,在别处,station,31.5,114.5,\n"
                            "e,,station,30.5,114.5,\n"
                            "a,重复,长者食堂,30.5,114.5,\n"
                            "g,没坐标,station,,114.5,\n"
                            "h,太远,station,95,114.5,\n"
                            "i,太长的时间,station,30.5,114.5\n");
    CHECK(says(why, "第 3 行 hours") && says(why, "第 4 行 类型"));
    CHECK(says(why, "第 5 行 division") && says(why, "第 6 行 名称"));
    CHECK(says(why, "第 7 行") && says(why, "第 8 行"));
    CHECK(says(why, "第 9 行 纬度"));
    CHECK(!says(why, "第 2 行"));
    CHECK_INT(rows_of(s, &place_entity).n, 0);
    CHECK_INT(rows_of(s, &organisation_entity).n, 0);
    start_test_end(s);
}

TEST_DB(headers_of_another_house_are_mapped)
{
    struct start *s = start_test();
    struct import im = { .c = &s->ctx, .map = SV("id=OBJECTID, name=店名"), .city = SV("波尔图") };
    MUST_GO(&s->ctx,
            import_places(&im, SV("OBJECTID,店名,类型,纬度,经度,备注\n7,甲,药店,41.15,-8.61,x\n")));
    CHECK_TEXT(buf_sv(&im.left_out), "备注");
    struct place p = place_named(s, "甲");
    CHECK_INT(p.row.scope, 900100000000);
    import_end(&im);
    im = (struct import){ .c = &s->ctx, .map = SV("name=nothing"), .city = SV("波尔图") };
    CHECK_INT(import_places(&im, SV("id,类型,纬度,经度\n7,药店,41.15,-8.61\n")), ERR_INVALID);
    CHECK(says(buf_sv(&im.faults), "name=nothing"));
    import_end(&im);
    ctx_forgive(&s->ctx);
    start_test_end(s);
}

TEST_DB(a_list_of_another_source_has_its_own_ids)
{
    struct start *s = start_test();
    import_test(s, import_divisions, test_divisions);
    import_test(s, import_places, test_places);
    struct import im = { .c = &s->ctx, .source = SV("osm") };
    MUST_GO(&s->ctx, import_places(&im, SV("id,name,kind,lat,lon\na,另一家,shop,30.5,114.5\n")));
    CHECK_INT(im.added, 1);
    import_end(&im);
    CHECK_INT(rows_of(s, &place_entity).n, 4);
    start_test_end(s);
}

/* Whatever call to the database fails, the file is wholly there or not at all. */
TEST_DB(a_failed_import_leaves_nothing_behind)
{
    struct start *s = start_test();
    struct ctx *c = &s->ctx;
    import_test(s, import_divisions, test_divisions);
    bool hit = true;
    for (int64_t k = 1; hit; k++) {
        struct import im = { .c = c };
        db_fault(c->db, k, FAULT_ERROR);
        enum err e = import_places(&im, sv_of(test_places));
        hit = db_fault_hit(c->db);
        db_fault(c->db, 0, FAULT_ERROR);
        CHECK(!hit == (e == ERR_NONE));
        ctx_forgive(c);
        import_end(&im);
        CHECK_INT(rows_of(s, &place_entity).n, hit ? 0 : 3);
        CHECK_INT(rows_of(s, &organisation_entity).n, hit ? 0 : 2);
    }
    start_test_end(s);
}

/* --- compounds, offers --- */

TEST_DB(compounds_are_homes_with_a_name)
{
    struct start *s = start_test();
    const char *text = "id,name,lat,lon,aliases,households\n1,云汀花园,30.5,114.5,老厂宿舍,412\n";
    import_test(s, import_divisions, test_divisions);
    CHECK_INT(import_test(s, import_compounds, text).added, 1);
    CHECK_INT(import_test(s, import_compounds, text).changed, 0);
    start_test_end(s);
}

TEST_DB(buildings_and_entrances_stand_in_imported_compounds)
{
    struct start *s = start_test();
    const char *homes = "id,name,lat,lon\n1,云汀花园,30.5,114.5\n";
    const char *buildings = "id,compound_id,name,lat,lon,storeys\n"
                            "1-1,1,1号楼,30.5001,114.5001,6\n1-2,1,2号楼,,,18\n";
    const char *entrances = "id,building_id,name\na,1-2,1单元\nb,1-2,2单元\n";
    import_test(s, import_divisions, test_divisions);
    import_test(s, import_compounds, homes);
    CHECK_INT(import_test(s, import_buildings, buildings).added, 2);
    CHECK_INT(import_test(s, import_buildings, buildings).changed, 0);
    CHECK_INT(import_test(s, import_entrances, entrances).added, 2);
    const struct compound *k = rows_of(s, &compound_entity).rows;
    struct page page = rows_of(s, &building_entity);
    const struct building *b = page.rows;
    for (size_t i = 0; i < page.n; i++)
        CHECK(b[i].compound.n == k->id.n && b[i].row.scope == k->row.scope);
    struct sv why = refused(s, import_entrances, "id,building_id,name\nc,9-9,1单元\n");
    CHECK(says(why, "第 2 行 building_id") && says(why, "9-9"));
    start_test_end(s);
}

TEST_DB(offers_belong_to_imported_places)
{
    struct start *s = start_test();
    const char *text = "place_id,item,price,week,capacity,category,unit\n"
                       "a,助浴（上门）,80,Mo-Fr 08:00-17:00/60,1,bath,time\n"
                       "b,营养午餐,15.5,Mo-Su 11:00-13:00,30,助餐,meal\n"
                       "c,营养午餐,16,,,,\n";
    import_test(s, import_divisions, test_divisions);
    import_test(s, import_places, test_places);
    CHECK_INT(import_test(s, import_offers, text).added, 3);
    CHECK_INT(import_test(s, import_offers, text).changed, 0);
    CHECK_INT(rows_of(s, &catalogue_item_entity).n, 2);
    struct page page = rows_of(s, &offer_entity);
    const struct offer *o = page.rows;
    int64_t sum = 0;
    for (size_t i = 0; i < page.n; i++)
        sum += o[i].price.fen * (o[i].state == REVIEW_PUBLISHED);
    CHECK_INT(sum, 8000 + 1550 + 1600);
    struct sv why =
        refused(s, import_offers, "place_id,item,price\nz,营养午餐,15\nb,无名,1\nb,营养午餐,贵\n");
    CHECK(says(why, "第 2 行 place_id") && says(why, "第 3 行 item") && says(why, "第 4 行 price"));
    start_test_end(s);
}
