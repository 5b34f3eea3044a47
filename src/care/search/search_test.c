/* search_test.c - one box for everything: nicknames, doors, numbers, and what is noted. */

#include "care/search/nickname.h"
#include "care/search/search.h"
#include "care/signal/signal.h"

#include "care/agreement/agreement.h"
#include "care/division/town_test.h"
#include "care/elder/elder.h"
#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/meal/meal.h"
#include "care/order/order.h"
#include "care/parameter/parameter.h"
#include "care/family/family.h"
#include "care/rating/rating.h"
#include "care/visit/visit.h"
#include "model/history/access.h"

#include <string.h>

static const struct module *const search_modules[] = {
    &division_module, &parameter_module, &organisation_module, &compound_module, &place_module,
    &elder_module, &agreement_module, &family_module, &carer_module, &catalogue_module,
    &offer_module, &meal_module, &delivery_module, &kitchen_module, &order_module,
    &visit_module, &signal_module, &rating_module, &search_module, NULL,
};

struct asked { struct sv q, in; int64_t size; };

static struct sv answer_of(struct ctx *c, const char *path, const char *q)
{
    struct asked asked = { .q = sv_of(q) };
    struct answer a = { .body = buf_new(test_mem(), 512) };
    const struct endpoint *of = search_module.endpoints;
    while (of->path && strcmp(of->path, path) != 0)
        of++;
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(c, of->run(c, &(struct request){ .query = &asked }, &a));
    json_end(&a.json, '}');
    const struct json_value *tree;
    MUST_GO(c, json_parse(c, buf_sv(&a.body), &tree));
    return sv_copy(test_mem(), buf_sv(&a.body));
}

static struct sv found(struct ctx *c, const char *q)
{
    return answer_of(c, "/api/search", q);
}

static struct sv numbered(struct ctx *c, const char *q)
{
    return answer_of(c, "/api/search/number", q);
}

static bool says(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

struct quarter { struct ctx *c; struct division area; struct elder elder; struct compound home; };

/* As it is: what its rules would ask for is not there. */
static void stored(struct ctx *c, const struct entity *e, void *row)
{
    MUST_GO(c, db_begin(c));
    MUST_GO(c, entity_bulk(c, e, row, 1));
    MUST_GO(c, db_commit(c));
}

static struct quarter quarter_world(void)
{
    struct quarter w = { .c = house_world(search_modules) };
    w.area = town_division(w.c, "云汀市", DIVISION_CITY, NULL, "9901");
    record_clear(compound_fields, &w.home);
    w.home.name = SV("柳荫里");
    w.home.division = w.area.id;
    w.home.row.scope = w.area.row.scope;
    stored(w.c, &compound_entity, &w.home);
    record_clear(elder_fields, &w.elder);
    w.elder.name = SV("王秀英");
    w.elder.birth = day_civil(1946, 3, 7);
    w.elder.phone = SV("10012345678");
    w.elder.division = w.area.id;
    w.elder.compound = w.home.id;
    w.elder.building = SV("3号楼");
    w.elder.entrance = SV("2单元");
    w.elder.room = SV("401");
    w.elder.row.scope = w.area.row.scope;
    stored(w.c, &elder_entity, &w.elder);
    w.c->who = officer_of(990100000000, 990199999999);
    return w;
}

TEST_DB(one_box_finds_people_and_places_masked)
{
    struct quarter w = quarter_world();
    struct sv text = found(w.c, "wangxy");
    CHECK(says(text, "\"entity\":\"elder\"") && says(text, "王**"));
    CHECK(!says(text, "秀英") && !says(text, "401"));
    CHECK(says(found(w.c, "liuyin"), "\"entity\":\"compound\""));
    CHECK(!says(found(w.c, "zhaoxy"), "\"entity\""));
    w.c->who = officer_of(990200000000, 990299999999);
    CHECK(!says(found(w.c, "wangxy"), "elder"));
    w.c->who = caller_as(ROLE_SYSTEM_ADMIN, 5);
    CHECK(!says(found(w.c, "wangxy"), "elder"));
}

TEST_DB(a_door_leads_to_who_lives_there)
{
    struct quarter w = quarter_world();
    static const char *const doors[] = { "柳荫里3-2-401", "柳荫里3号楼401", "柳荫里 3",
                                         "柳荫里３-401",
                                         "liuyinli3-2-401", "lyl 3" };
    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++)
        if (!says(found(w.c, doors[i]), "王**"))
            test_fail(__FILE__, __LINE__, "%s leads to nobody", doors[i]);
    CHECK(!says(found(w.c, "柳荫里3-2-402"), "王**"));
    CHECK(!says(found(w.c, "柳荫里4-2-401"), "王**"));
    CHECK(!says(found(w.c, "柳荫里3-1-401"), "王**"));
    w.c->who = caller_as(ROLE_CARER, 5);
    CHECK(!says(found(w.c, "柳荫里3-2-401"), "elder"));
    w.c->who = officer_of(990200000000, 990299999999);
    CHECK(!says(found(w.c, "柳荫里3-2-401"), "elder"));
}

static void order_of(struct quarter *w, int64_t org)
{
    struct care_order o;
    record_clear(care_order_fields, &o);
    o.elder = w->elder.id;
    o.org.n = org;
    o.number = sv_fmt(test_mem(), "1122-%lld", (long long)org);
    o.row.scope = w->elder.row.scope;
    w->c->who = &who_house;
    stored(w->c, &care_order_entity, &o);
}

static struct who *manager_of(int64_t org)
{
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = *caller_as(ROLE_STATION_MANAGER, org + 1000);
    w->org = org;
    return w;
}

TEST_DB(a_nickname_leads_only_those_who_learnt_it)
{
    struct quarter w = quarter_world();
    struct nickname n;
    order_of(&w, 71);
    order_of(&w, 72);
    w.c->who = manager_of(71);
    CHECK(!says(found(w.c, "303王奶奶"), "elder"));
    record_clear(nickname_entity.fields, &n);
    n.elder = w.elder.id;
    n.text = SV(" 303王奶奶 ");
    MUST_GO(w.c, entity_create(w.c, &nickname_entity, &n));
    CHECK_INT(n.org.n, 71);
    CHECK(says(found(w.c, "303王奶奶"), "王**"));
    CHECK(says(found(w.c, "303wnn"), "王**"));
    struct nickname twice = n;
    twice.id.n = 0;
    MUST_FAIL(w.c, entity_create(w.c, &nickname_entity, &twice), ERR_CONFLICT, "nickname.known");
    w.c->who = manager_of(72);
    CHECK(!says(found(w.c, "303王奶奶"), "elder"));
    w.c->who = officer_of(990100000000, 990199999999);
    CHECK(!says(found(w.c, "303王奶奶"), "elder"));
    w.c->who = manager_of(71);
    MUST_GO(w.c, entity_act(w.c, &nickname_entity, n.id.n, 1, SV("forget"), NULL, &n));
    CHECK(!says(found(w.c, "303王奶奶"), "elder"));
}

TEST_DB(an_order_is_found_by_its_number_and_by_whom_it_is_for)
{
    struct quarter w = quarter_world();
    order_of(&w, 71);
    w.c->who = officer_of(990100000000, 990199999999);
    CHECK(says(found(w.c, "1122-71"), "care_order"));
    CHECK(says(found(w.c, " 1122-71 "), "care_order"));
    CHECK(!says(found(w.c, "1122-7"), "care_order"));
    struct query q;
    struct page page;
    MUST_GO(w.c, query_read(w.c, &care_order_entity, SV("q=wangxy"), &q));
    MUST_GO(w.c, entity_list(w.c, &care_order_entity, &q, &page));
    CHECK_INT(page.n, 1);
    w.c->who = officer_of(990200000000, 990299999999);
    CHECK(!says(found(w.c, "1122-71"), "care_order"));
}

static size_t listed(struct ctx *c, const char *query)
{
    struct query q;
    struct page page;
    MUST_GO(c, query_read(c, &care_order_entity, sv_of(query), &q));
    MUST_GO(c, entity_list(c, &care_order_entity, &q, &page));
    return page.n;
}

TEST_DB(a_list_finds_by_a_whole_number_within_its_scope)
{
    struct quarter w = quarter_world();
    order_of(&w, 71);
    order_of(&w, 72);
    w.c->who = officer_of(990100000000, 990199999999);
    CHECK_INT(listed(w.c, "q=1122-71"), 1);
    CHECK_INT(listed(w.c, "q=%201122-72%20"), 1);
    CHECK_INT(listed(w.c, "q=1122-7"), 0);
    CHECK_INT(listed(w.c, "q=1122-71&day=1999-01-01"), 0);   /* other conditions stand */
    w.c->who = officer_of(990200000000, 990299999999);
    CHECK_INT(listed(w.c, "q=1122-71"), 0);
}

TEST_DB(whom_a_number_shows_is_noted)
{
    struct quarter w = quarter_world();
    struct list looks;
    CHECK(says(numbered(w.c, "5678"), "王**"));
    CHECK(says(numbered(w.c, "王 5678"), "王**"));
    CHECK(says(numbered(w.c, "wangxy 5678"), "王**"));
    CHECK(says(numbered(w.c, "100 1234 5678"), "王**"));
    MUST_GO(w.c, access_of(w.c, w.elder.id.n, &looks));
    CHECK_INT(looks.n, 4);
    CHECK_TEXT(((const struct access_log *)looks.at)[0].what, "search:number");
    CHECK(!says(numbered(w.c, "李 5678"), "elder"));
    CHECK(!says(numbered(w.c, "4321"), "elder"));
    MUST_GO(w.c, access_of(w.c, w.elder.id.n, &looks));
    CHECK_INT(looks.n, 4);                           /* who is not shown is not looked at */
    CHECK(says(found(w.c, "5678"), "\"number\":true"));
    CHECK(!says(found(w.c, "5678"), "王**"));
}

static int times(struct sv text, struct sv part)
{
    int n = 0;
    for (ptrdiff_t at; (at = sv_find(text, part)) >= 0; n++)
        text = sv_from(text, (size_t)at + part.len);
    return n;
}

/* Of those with one tail ten are shown and noted, and that there are others; each scope its own. */
TEST_DB(a_tail_that_many_share_shows_ten)
{
    struct quarter w = quarter_world();
    enum { MANY = 14 };
    for (int i = 0; i < MANY; i++) {
        struct elder e = w.elder;
        e.id.n = 0;
        e.phone = sv_fmt(test_mem(), "100%04d7777", i);
        e.row.scope = 990100000000 + (i < MANY - 2 ? 1000000 : 2000000);
        stored(w.c, &elder_entity, &e);
    }
    static const struct { int64_t low, high; int shown; bool more; } scopes[] = {
        { 990100000000, 990199999999, 10, true },
        { 990101000000, 990101999999, 10, true },
        { 990102000000, 990102999999, 2, false },
        { 990103000000, 990103999999, 0, false },
    };
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        w.c->who = officer_of(scopes[i].low, scopes[i].high);
        struct sv text = numbered(w.c, "7777");
        CHECK_INT(times(text, SV("王**")), scopes[i].shown);
        CHECK(says(text, "\"more\":true") == scopes[i].more);
    }
    w.c->who = officer_of(990100000000, 990199999999);
    CHECK(says(numbered(w.c, "王 7777"), "\"more\":true"));
}

TEST(a_door_is_read_as_people_write_it)
{
    struct door_asked d;
    CHECK(door_asked_read(test_mem(), SV("柳荫里3-2-401"), &d));
    CHECK_TEXT(d.words, "柳荫里");
    CHECK_INT(d.n, 3);
    CHECK_INT(d.number[2], 401);
    CHECK(door_asked_is(&d, SV("3号楼"), SV("2单元"), SV("401室")));
    CHECK(!door_asked_is(&d, SV("3号楼"), SV("1单元"), SV("401室")));
    CHECK(!door_asked_is(&d, SV(""), SV(""), SV("")));
    CHECK(!door_asked_read(test_mem(), SV("柳荫里"), &d));
    CHECK(!door_asked_read(test_mem(), SV("3-2-401"), &d));
}
