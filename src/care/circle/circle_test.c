/* circle_test.c - a street of 1.5 km: what is within a quarter of an hour, counted by hand. */

#include "care/circle/circle.h"

#include "care/elder/elder.h"
#include "care/near/near_scene_test.h"
#include "care/parameter/parameter.h"
#include "roads/made_test.h"

#include <string.h>

/* At 0.8 m/s a quarter of an hour is 720 m, the 10 m from the street included. */
static int64_t stand(struct scene *s, int kind, const char *name, double x_m, bool shut)
{
    struct place p;
    struct point at = made_point(x_m, 10);
    record_clear(place_fields, &p);
    p.row.scope = s->area.row.scope;
    p.name = sv_of(name);
    p.kind = kind;
    p.phone = SV("01000001234");
    p.hours = SV("24/7");
    p.lat.e7 = at.lat_e7;
    p.lon.e7 = at.lon_e7;
    p.state = REVIEW_PUBLISHED;
    if (shut)
        p.closed_on = day_of(s->c->now);
    MUST_GO(s->c, entity_bulk(s->c, &place_entity, &p, 1));
    return p.id.n;
}

static struct scene street(void)
{
    struct scene s = scene_open();
    MUST_GO(s.c, db_begin(s.c));
    stand(&s, PLACE_MEAL_POINT, "南", 0, false);
    stand(&s, PLACE_MEAL_POINT, "中", 300, false);
    stand(&s, PLACE_MEAL_POINT, "北", 600, false);
    stand(&s, PLACE_PHARMACY, "药房", 1100, false);
    stand(&s, PLACE_STATION, "停业的", 100, true);
    stand(&s, PLACE_BARBER, "理发", 50, false);
    MUST_GO(s.c, db_commit(s.c));
    MUST_GO(s.c, directory_refresh(s.c));
    return s;
}

TEST_DB(a_circle_counts_each_kind_and_says_what_is_missing)
{
    struct scene s = street();
    struct near_asked q = from_x(0);
    struct sv got = answer_to(&s, around_get, &q);
    CHECK(says(got, "\"profile\":\"elder\",\"profile_name\":\"老年人步速\""));
    CHECK(says(got, "有 3 个养老助餐点，最近的 1 分钟"));
    CHECK(says(got, "没有药店，最近的要走 24 分钟"));     /* 1,110 m at 0.8 m/s */
    CHECK(says(got, "没有养老服务驿站，一小时内也走不到"));  /* the one there is shut today */
    CHECK(says(got, "步行 15 分钟内（老年人步速）有 3 个养老助餐点"));
    CHECK(says(got, "有 1 家理发店"));
    CHECK(says(got, "\"shut\":[{\"place\":") && says(got, "\"name\":\"停业的\""));
    CHECK(says(got, "\"kind\":\"barber\",\"kind_name\":\"理发店\",\"text\":\"有 1 家理发店，最近的 2 分钟"
                    "\",\"promised\":false"));
    CHECK(says(got, "\"status\":\"unchecked\""));
    s.c->lang = LANG_EN;
    got = answer_to(&s, around_get, &q);
    CHECK(says(got, "3 × meal point, the nearest 1 min"));
    CHECK(says(got, "no pharmacy, the nearest is 24 min away"));
    scene_end(&s);
}

/* The pace decides: 1,110 m are a quarter of an hour and a bit for an adult, not for the frail. */
TEST_DB(a_circle_is_another_one_at_each_pace)
{
    static const struct { int profile; const char *name, *meals; } paces[] = {
        { 0, "elder", "有 3 个养老助餐点" },     { 1, "standard", "有 3 个养老助餐点" },
        { 2, "frail", "有 2 个养老助餐点" },     { 3, "wheelchair", "有 3 个养老助餐点" },
        { 4, "ebike", "骑车 15 分钟内（护理员骑电动车）" },
        { 5, "car", "开车 15 分钟内（汽车）" },
    };
    struct scene s = street();
    for (size_t i = 0; i < sizeof paces / sizeof *paces; i++) {
        struct near_asked q = from_x(0);
        struct buf name = buf_new(test_mem(), 40);
        q.profile = paces[i].profile;
        struct sv got = answer_to(&s, around_get, &q);
        buf_text(&name, "\"profile\":\"");
        buf_text(&name, paces[i].name);
        CHECK(says(got, buf_cstr(&name)));
        CHECK(says(got, paces[i].meals));
    }
    scene_end(&s);
}

TEST_DB(what_the_city_promises_is_a_parameter_of_known_kinds)
{
    struct scene s = street();
    struct near_asked q = from_x(0);
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = SV("circle.promised");
    p.value = SV("pharmacy, barber");
    p.valid_from = day_of(s.c->now);
    p.valid_to = DAY_NONE;
    p.source = SV("云汀市一刻钟方案");
    MUST_GO(s.c, db_begin(s.c));
    MUST_GO(s.c, entity_create(s.c, &parameter_entity, &p));
    MUST_GO(s.c, db_commit(s.c));
    struct sv got = answer_to(&s, around_get, &q);
    CHECK(says(got, "步行 15 分钟内（老年人步速）有 1 家理发店，最近的 2 分钟；没有药店，最近的要走 24 分钟。"));
    CHECK(says(got, "\"source\":\"云汀市一刻钟方案\""));
    MUST_GO(s.c, db_begin(s.c));
    p.id.n = 0;
    p.value = SV("pharmacy,school");
    p.valid_from.n++;
    MUST_FAIL(s.c, entity_create(s.c, &parameter_entity, &p), ERR_INVALID, "fields.invalid");
    db_rollback(s.c);
    scene_end(&s);
}

TEST_DB(a_circle_where_no_street_is_near_holds_nothing)
{
    struct scene s = street();
    struct near_asked q = from_x(0);
    struct point at = made_point(0, 900);
    q.lat.e7 = at.lat_e7;
    q.lon.e7 = at.lon_e7;
    struct sv got = answer_to(&s, around_get, &q);
    CHECK(says(got, "\"snapped\":false"));
    CHECK(says(got, "\"kinds\":[]"));
    CHECK(says(got, "没有养老助餐点，一小时内也走不到"));
    scene_end(&s);
}

/* --- who lives inside --- */

static void live(struct scene *s, int level, double x_m, int n)
{
    for (int i = 0; i < n; i++) {
        struct elder e;
        struct point at = made_point(x_m, 20);
        record_clear(elder_fields, &e);
        e.row.scope = s->area.row.scope;
        e.name = SV("王秀英");
        e.match_level = level;
        e.home_lat.e7 = at.lat_e7;
        e.home_lon.e7 = at.lon_e7;
        elder_place_home(s->c, &e);
        MUST_GO(s->c, entity_bulk(s->c, &elder_entity, &e, 1));
    }
}

TEST_DB(people_inside_are_counted_by_how_well_their_homes_are_known)
{
    struct scene s = street();
    struct near_asked q = from_x(0);
    MUST_GO(s.c, db_begin(s.c));
    live(&s, ADDRESS_DOOR, 100, 14);
    live(&s, ADDRESS_BUILDING, 400, 12);
    live(&s, ADDRESS_DOOR, 1300, 30);                    /* 1,300 m: outside */
    MUST_GO(s.c, db_commit(s.c));
    struct sv got = answer_to(&s, people_get, &q);
    CHECK(says(got, "\"few\":false,\"people\":26"));
    CHECK(says(got, "\"level_name\":\"门户\",\"few\":false,\"people\":14"));
    CHECK(says(got, "\"level_name\":\"楼栋\",\"few\":false,\"people\":12"));
    q.minutes = (struct opt_int){ true, 5 };             /* 240 m */
    CHECK(says(answer_to(&s, people_get, &q), "\"people\":14"));
    s.c->who = officer_of(INT64_C(990201000000), INT64_C(990201999999));
    CHECK(says(answer_to(&s, people_get, &q), "\"people\":0"));
    scene_end(&s);
}

TEST_DB(fewer_than_ten_people_are_not_told_nor_given_away)
{
    struct scene s = street();
    struct near_asked q = from_x(0);
    MUST_GO(s.c, db_begin(s.c));
    live(&s, ADDRESS_DOOR, 100, 9);
    MUST_GO(s.c, db_commit(s.c));
    struct sv got = answer_to(&s, people_get, &q);
    CHECK(says(got, "\"few\":true,\"parts\":[]"));
    CHECK(!says(got, "\"people\""));
    MUST_GO(s.c, db_begin(s.c));
    live(&s, ADDRESS_BUILDING, 100, 20);
    live(&s, ADDRESS_COMPOUND, 100, 40);
    MUST_GO(s.c, db_commit(s.c));
    got = answer_to(&s, people_get, &q);
    CHECK(says(got, "\"few\":false,\"people\":69"));
    CHECK(says(got, "\"level_name\":\"门户\",\"few\":true}"));
    CHECK(says(got, "\"level_name\":\"楼栋\",\"few\":true}"));      /* else 69 - 40 - 20 tells */
    CHECK(says(got, "\"level_name\":\"小区\",\"few\":false,\"people\":40"));
    scene_end(&s);
}
