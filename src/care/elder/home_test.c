/* home_test.c - where somebody lives: by what was written, by choice, and learnt later. */

#include "care/elder/home.h"

#include "care/address/book.h"
#include "care/division/town_test.h"
#include "care/figure/figure.h"
#include "http/http.h"
#include "model/history/access.h"

#include <stdlib.h>
#include <string.h>

struct homes {
    struct ctx *c;
    struct division city, street, east, west;
    struct compound garden, far;
    struct building twelve;
    struct entrance third;
};

extern const struct module elder_module, parameter_module, compound_module, place_module,
    account_module;

static const struct module *const home_modules[] = {
    &division_module, &parameter_module, &compound_module, &place_module, &account_module,
    &elder_module, &home_module, &address_module, NULL,
};

static struct compound compound_new(struct ctx *c, const char *name, const struct division *in,
                                    int64_t lat)
{
    struct compound k;
    record_clear(compound_fields, &k);
    k.name = sv_of(name);
    k.division = in->id;
    k.lat.e7 = lat;
    k.lon.e7 = 1145000000;
    MUST_GO(c, entity_create(c, &compound_entity, &k));
    return k;
}

static struct building building_new(struct ctx *c, struct compound_id in, const char *name,
                                    int64_t lat)
{
    struct building b;
    record_clear(building_fields, &b);
    b.compound = in;
    b.name = sv_of(name);
    b.lat.e7 = lat;
    b.lon.e7 = lat ? 1145000000 : 0;
    MUST_GO(c, entity_create(c, &building_entity, &b));
    return b;
}

static struct entrance entrance_new(struct ctx *c, struct building_id in, const char *name)
{
    struct entrance e;
    record_clear(entrance_fields, &e);
    e.building = in;
    e.name = sv_of(name);
    MUST_GO(c, entity_create(c, &entrance_entity, &e));
    return e;
}

static struct homes homes_world(void)
{
    struct homes h = { .c = house_world(home_modules) };
    h.city = town_division(h.c, "云汀市", DIVISION_CITY, NULL, "9901");
    struct division district =
        town_division(h.c, "安澜区", DIVISION_DISTRICT, &h.city, "990101");
    h.street = town_division(h.c, "柳荫街道", DIVISION_STREET, &district, "990101001");
    h.east = town_division(h.c, "东堤社区", DIVISION_COMMUNITY, &h.street, "990101001001");
    h.west = town_division(h.c, "西堤社区", DIVISION_COMMUNITY, &h.street, "990101001002");
    h.garden = compound_new(h.c, "柳荫里", &h.east, 305000000);
    h.far = compound_new(h.c, "望江花园", &h.west, 306000000);
    h.twelve = building_new(h.c, h.garden.id, "12号楼", 305000100);
    h.third = entrance_new(h.c, h.twelve.id, "3单元");
    (void)entrance_new(h.c, h.twelve.id, "2单元");
    return h;
}

static struct elder living(const struct homes *h, const char *address, const struct division *in)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("王秀英");
    e.birth = day_civil(1946, 3, 7);
    e.address = sv_of(address);
    if (in)
        e.division = in->id;
    MUST_GO(h->c, entity_create(h->c, &elder_entity, &e));
    return e;
}

static struct elder stored(struct ctx *c, struct elder_id id)
{
    struct elder e;
    bool found;
    MUST_GO(c, entity_load(c, &elder_entity, id.n, &e, &found));
    CHECK(found);
    return e;
}

TEST_DB(a_written_address_gives_the_home)
{
    struct homes h = homes_world();
    struct elder e = living(&h, "安澜区柳阴里12栋3门5-2", NULL);
    CHECK_INT(e.match_level, ADDRESS_DOOR);
    CHECK_INT(e.match_by, MATCH_BY_TEXT);
    CHECK_INT(e.compound.n, h.garden.id.n);
    CHECK_INT(e.home_building.n, h.twelve.id.n);
    CHECK_INT(e.home_entrance.n, h.third.id.n);
    CHECK_INT(e.division.n, h.east.id.n);
    CHECK_INT(e.row.scope, h.east.row.scope);
    CHECK_INT(e.home_lat.e7, 305000100);
    CHECK(e.cell.known);
    CHECK_TEXT(e.building, "12号楼");
    CHECK_TEXT(e.entrance, "3单元");
    CHECK_TEXT(e.room, "502");
    CHECK(e.match_score < 100 && e.match_score >= ADDRESS_SCORE_MIN);
    CHECK(e.match_why.bits & ADDRESS_SOUNDS);
    CHECK_TEXT(stored(h.c, e.id).room, "502");
}

TEST_DB(what_leads_nowhere_is_kept_at_the_community)
{
    struct homes h = homes_world();
    struct elder e = living(&h, "老纺织厂12号楼3单元502", &h.east);
    CHECK_INT(e.match_level, ADDRESS_COMMUNITY);
    CHECK_INT(e.compound.n, 0);
    CHECK_INT(e.division.n, h.east.id.n);
    struct elder nowhere;
    record_clear(elder_fields, &nowhere);
    nowhere.name = SV("李桂兰");
    nowhere.birth = day_civil(1940, 1, 1);
    nowhere.address = SV("老纺织厂12号楼3单元502");
    CHECK_INT(entity_create(h.c, &elder_entity, &nowhere), ERR_INVALID);
    CHECK_TEXT(h.c->fault.fields[0].field, "division");
    ctx_forgive(h.c);
}

/* The office that registered her keeps her; a colleague looks at it. */
TEST_DB(an_address_never_moves_anybody_to_another_community)
{
    struct homes h = homes_world();
    struct elder e = living(&h, "望江花园3号楼1单元101", &h.east);
    CHECK_INT(e.division.n, h.east.id.n);
    CHECK_INT(e.match_level, ADDRESS_COMMUNITY);
    CHECK_INT(e.compound.n, 0);
    struct elder wide = living(&h, "望江花园3号楼1单元101", &h.street);
    CHECK_INT(wide.division.n, h.west.id.n);
    CHECK_INT(wide.compound.n, h.far.id.n);
}

TEST_DB(what_somebody_chose_wins_over_the_text)
{
    struct homes h = homes_world();
    struct elder e = living(&h, "望江花园3号楼1单元101", &h.west);
    CHECK_INT(e.compound.n, h.far.id.n);
    e.compound = h.garden.id;
    MUST_GO(h.c, entity_update(h.c, &elder_entity, &e, e.row.version, "change"));
    CHECK_INT(e.match_by, MATCH_BY_HAND);
    CHECK_INT(e.compound.n, h.garden.id.n);
    CHECK_INT(e.division.n, h.east.id.n);
    CHECK_INT(e.match_level, ADDRESS_COMPOUND);
    e.home_building = h.twelve.id;
    MUST_GO(h.c, entity_update(h.c, &elder_entity, &e, e.row.version, "change"));
    CHECK_INT(e.match_level, ADDRESS_BUILDING);
    CHECK_INT(e.home_lat.e7, 305000100);
    e.home_entrance = h.third.id;
    e.room = SV("502");
    MUST_GO(h.c, entity_update(h.c, &elder_entity, &e, e.row.version, "change"));
    CHECK_INT(e.match_level, ADDRESS_DOOR);
    e.note = SV("独居");
    MUST_GO(h.c, entity_update(h.c, &elder_entity, &e, e.row.version, "change"));
    CHECK_INT(e.match_by, MATCH_BY_HAND);
    CHECK_INT(e.home_entrance.n, h.third.id.n);
}

TEST_DB(a_building_of_another_compound_is_refused)
{
    struct homes h = homes_world();
    struct elder e = living(&h, "望江花园", NULL);
    e.compound = h.far.id;
    e.home_building = h.twelve.id;
    MUST_GO(h.c, entity_update(h.c, &elder_entity, &e, e.row.version, "change"));
    CHECK_INT(e.compound.n, h.garden.id.n);          /* the building says where it stands */
    struct elder two = living(&h, "", &h.east);
    two.compound = h.far.id;
    two.home_building = h.twelve.id;
    CHECK_INT(entity_update(h.c, &elder_entity, &two, two.row.version, "change"), ERR_INVALID);
    CHECK_TEXT(h.c->fault.fields[0].field, "home_building");
    ctx_forgive(h.c);
}

TEST_DB(a_point_that_was_given_stands)
{
    struct homes h = homes_world();
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("王秀英");
    e.birth = day_civil(1946, 3, 7);
    e.division = h.east.id;
    e.address = SV("柳荫里12号楼");
    e.home_lat.e7 = 305000777;
    e.home_lon.e7 = 1145000777;
    MUST_GO(h.c, entity_create(h.c, &elder_entity, &e));
    CHECK_INT(e.home_lat.e7, 305000777);
    CHECK_INT(e.match_by, MATCH_BY_HAND);
    CHECK_INT(e.home_building.n, h.twelve.id.n);
}

/* Runs the waiting jobs as the worker does. */
static void work(struct ctx *c)
{
    const struct job_table table = { .kinds = home_module.jobs, .kinds_n = 1 };
    bool ran = true;
    while (ran)
        MUST_GO(c, job_step(c, &table, &ran));
}

TEST_DB(a_learnt_name_finds_homes_again_and_can_be_taken_back)
{
    struct homes h = homes_world();
    struct elder e = living(&h, "老纺织厂12号楼3单元502", &h.east);
    struct elder other = living(&h, "西大院1号", &h.east);
    struct address_alias a;
    record_clear(address_alias_fields, &a);
    a.text = SV(" 老纺织厂 ");
    a.compound = h.garden.id;
    MUST_GO(h.c, entity_create(h.c, &address_alias_entity, &a));
    CHECK_TEXT(a.form, "老纺织厂");
    work(h.c);
    e = stored(h.c, e.id);
    CHECK_INT(e.match_level, ADDRESS_DOOR);
    CHECK_INT(e.home_entrance.n, h.third.id.n);
    CHECK(e.match_why.bits & ADDRESS_LEARNT);
    CHECK_INT(stored(h.c, other.id).match_level, ADDRESS_COMMUNITY);
    CHECK_INT(stored(h.c, other.id).row.version, 1);

    h.c->reason = SV("记错了");
    MUST_GO(h.c, entity_act(h.c, &address_alias_entity, a.id.n, a.row.version, SV("withdraw"), NULL,
                            &a));
    work(h.c);
    e = stored(h.c, e.id);
    CHECK_INT(e.match_level, ADDRESS_COMMUNITY);
    CHECK_INT(e.compound.n, 0);
    CHECK_INT(e.home_building.n, 0);
}

TEST_DB(a_name_that_says_nothing_is_not_learnt)
{
    struct homes h = homes_world();
    struct address_alias a;
    record_clear(address_alias_fields, &a);
    a.compound = h.garden.id;
    a.text = SV("12-3");
    MUST_FAIL(h.c, entity_create(h.c, &address_alias_entity, &a), ERR_INVALID, "fields.invalid");
}

TEST_DB(the_work_list_names_what_may_be_meant_and_the_look_is_noted)
{
    struct homes h = homes_world();
    struct elder e = living(&h, "望江花园二期3号楼1单元101", &h.west);
    struct elder far = living(&h, "某处", &h.east);
    struct who officer = *officer_of(h.west.row.scope, h.west.row.scope);
    struct { int level; struct opt_int after, size; } asked = { .level = ADDRESS_COMMUNITY };
    struct answer a = { .body = buf_new(test_mem(), 512) };
    struct request q = { .query = &asked };
    struct list looks;
    (void)far;
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    h.c->who = &officer;
    MUST_GO(h.c, home_endpoints[1].run(h.c, &q, &a));
    json_end(&a.json, '}');
    struct sv text = buf_sv(&a.body);
    CHECK(sv_find(text, SV("望江花园二期3号楼1单元101")) > 0);
    CHECK(sv_find(text, SV("\"compound_title\":\"望江花园\"")) > 0);
    CHECK(sv_find(text, SV("\"unknown\":\"望江花园二期\"")) > 0);
    CHECK(sv_find(text, SV("有不认识的字样")) > 0);
    CHECK(sv_find(text, SV("某处")) < 0);
    CHECK(sv_find(text, SV("王秀英")) < 0);
    MUST_GO(h.c, access_of(h.c, e.id.n, &looks));
    CHECK_INT(looks.n, 1);
}

TEST_DB(the_share_of_homes_is_told_by_level)
{
    struct homes h = homes_world();
    int64_t want[] = { 3, 4, 1, 1, 1, 1, 0 };
    (void)living(&h, "柳荫里12号楼3单元502", NULL);
    (void)living(&h, "柳荫里12号楼", NULL);
    (void)living(&h, "望江花园", NULL);
    (void)living(&h, "某处", &h.east);
    struct rows r = db_rows(h.c, home_module.indicators[0].sql,
                            PARAMS(P_INT("low", 0), P_INT("high", DIVISION_CODE_MAX)));
    CHECK(rows_next(&r));
    for (int i = 0; i < 7; i++)
        CHECK_INT(rows_int(&r, i), want[i]);
    MUST_GO(h.c, rows_end(&r));
}
