/* serves_test.c - what nobody verified sinks; who serves a home; a home by its address. */

#include "care/near/near_scene_test.h"
#include "care/parameter/parameter.h"
#include "roads/made_test.h"

static void verify(struct ctx *c, int64_t place)
{
    struct place p;
    MUST_GO(c, entity_act(c, &place_entity, place, 3, SV("verify"), NULL, &p));
}

static bool before(struct sv text, const char *a, const char *b)
{
    int64_t x = sv_find(text, sv_of(a)), y = sv_find(text, sv_of(b));
    return x >= 0 && y >= 0 && x < y;
}

static void parameter_set(struct scene *s, const char *name, const char *value,
                          struct division_id in)
{
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.division = in;
    p.name = sv_of(name);
    p.value = sv_of(value);
    p.valid_from = day_civil(2020, 1, 1);
    p.source = SV("试验");
    MUST_GO(s->c, entity_create(s->c, &parameter_entity, &p));
    MUST_GO(s->c, directory_refresh(s->c));
}

TEST_DB(what_nobody_verified_sinks_behind_what_is_fresh)
{
    struct scene s = scene_open();
    struct place close = place_at(s.c, "近而陈旧", 200, s.area.id);
    struct place fresh = place_at(s.c, "稍远而新鲜", 500, s.area.id);
    publish(s.c, &place_entity, close.id.n);
    publish(s.c, &place_entity, fresh.id.n);
    verify(s.c, fresh.id.n);
    MUST_GO(s.c, directory_refresh(s.c));
    struct near_asked q = from_x(0);
    struct sv text = answer_to(&s, near_get, &q);
    CHECK(before(text, "稍远而新鲜", "近而陈旧"));
    CHECK(says(text, "\"overdue\":true,\"sunk\":true"));
    CHECK(says(text, "步行 5 分钟 · 210 米"));        /* its own way is told, not the sunk one */
    q.limit = (struct opt_int){ true, 1 };
    CHECK(says(answer_to(&s, near_get, &q), "稍远而新鲜"));
    q.all = true;                                    /* the other way to the same order */
    CHECK(says(answer_to(&s, near_get, &q), "稍远而新鲜"));
    q = from_x(0);
    parameter_set(&s, "near.sink_minutes", "0", (struct division_id){ 0 });
    text = answer_to(&s, near_get, &q);
    CHECK(before(text, "近而陈旧", "稍远而新鲜"));
    CHECK(says(text, "\"overdue\":true") && !says(text, "\"sunk\""));
    scene_end(&s);
}

/* A community's own parameter holds in it, and nowhere else; the rest follows those around it. */
TEST_DB(a_parameter_of_one_community_sinks_there_alone)
{
    struct scene s = scene_open();
    struct division district = town_division(s.c, "安澜区", DIVISION_DISTRICT, &s.area, "990101");
    struct division street = town_division(s.c, "柳荫街道", DIVISION_STREET, &district, "990101001");
    struct division one = town_division(s.c, "甲社区", DIVISION_COMMUNITY, &street, "990101001001");
    struct division two = town_division(s.c, "乙社区", DIVISION_COMMUNITY, &street, "990101001002");
    publish(s.c, &place_entity, place_at(s.c, "甲站", 200, one.id).id.n);
    publish(s.c, &place_entity, place_at(s.c, "乙站", 210, two.id).id.n);
    struct near_asked q = from_x(0);
    parameter_set(&s, "near.sink_minutes", "0", two.id);
    CHECK(before(answer_to(&s, near_get, &q), "乙站", "甲站"));
    parameter_set(&s, "near.sink_minutes", "0", street.id);
    CHECK(before(answer_to(&s, near_get, &q), "甲站", "乙站"));
    parameter_set(&s, "near.sink_minutes", "5", one.id);
    CHECK(before(answer_to(&s, near_get, &q), "乙站", "甲站"));
    scene_end(&s);
}

static struct compound home_at(struct scene *s, double x_m)
{
    struct compound k;
    struct point at = made_point(x_m, 5);
    record_clear(compound_fields, &k);
    k.name = SV("云汀花园");
    k.division = s->area.id;
    k.lat.e7 = at.lat_e7;
    k.lon.e7 = at.lon_e7;
    MUST_GO(s->c, entity_create(s->c, &compound_entity, &k));
    return k;
}

/* A station of an organisation that answers for the scene's area from some day on. */
static void duty_from(struct scene *s, double x_m, struct day from)
{
    struct organisation o;
    struct duty_area duty;
    record_clear(organisation_fields, &o);
    o.name = SV("负责的机构");
    o.kind = ORG_STATION;
    o.division = s->area.id;
    MUST_GO(s->c, entity_create(s->c, &organisation_entity, &o));
    struct place p;
    struct point at = made_point(x_m, 10);
    record_clear(place_fields, &p);
    p.name = SV("划片驿站");
    p.kind = PLACE_STATION;
    p.org = o.id;
    p.lat.e7 = at.lat_e7;
    p.lon.e7 = at.lon_e7;
    p.division = s->area.id;
    MUST_GO(s->c, entity_create(s->c, &place_entity, &p));
    publish(s->c, &place_entity, p.id.n);
    record_clear(duty_area_fields, &duty);
    duty.org = o.id;
    duty.division = s->area.id;
    duty.valid_from = from;
    MUST_GO(s->c, entity_create(s->c, &duty_area_entity, &duty));
}

TEST_DB(the_station_whose_duty_area_holds_the_home_serves_it_before_the_nearest)
{
    struct scene s = scene_open();
    struct compound k = home_at(&s, 0);
    struct place close = place_at(s.c, "最近驿站", 100, s.area.id);
    publish(s.c, &place_entity, close.id.n);
    MUST_GO(s.c, directory_refresh(s.c));
    struct near_asked q;
    record_clear(near_asked_fields, &q);
    q.compound = k.id;
    CHECK(!says(answer_to(&s, near_get, &q), "\"serves\""));
    q.serves = true;
    struct sv text = answer_to(&s, near_get, &q);
    CHECK(says(text, "\"serves\":{\"by\":\"walk\",\"place\":{"));
    duty_from(&s, 1400, day_civil(2026, 1, 1));
    MUST_GO(s.c, directory_refresh(s.c));
    text = answer_to(&s, near_get, &q);
    CHECK(says(text, "\"serves\":{\"by\":\"duty_area\",\"area\":\"云汀市\""));
    CHECK(before(text, "\"serves\"", "划片驿站"));     /* half an hour away, and told all the same */
    q = from_x(0);                                   /* a bare point lies in no known area */
    q.serves = true;
    CHECK(says(answer_to(&s, near_get, &q), "\"by\":\"walk\""));
    scene_end(&s);
}

TEST_DB(a_duty_that_has_not_begun_serves_nobody)
{
    struct scene s = scene_open();
    struct compound k = home_at(&s, 0);
    duty_from(&s, 300, day_civil(2099, 1, 1));
    MUST_GO(s.c, directory_refresh(s.c));
    struct near_asked q;
    record_clear(near_asked_fields, &q);
    q.compound = k.id;
    q.serves = true;
    CHECK(says(answer_to(&s, near_get, &q), "\"by\":\"walk\""));
    scene_end(&s);
}

static struct sv address_answer(struct scene *s, const char *text)
{
    struct address_asked asked = { sv_of(text) };
    struct answer a = { .body = buf_new(test_mem(), 1024) };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(s->c, address_post(s->c, &(struct request){ .body = &asked }, &a));
    json_end(&a.json, '}');
    return sv_copy(test_mem(), buf_sv(&a.body));
}

TEST_DB(a_home_is_found_by_its_address_or_not_guessed)
{
    struct scene s = scene_open();
    (void)home_at(&s, 0);
    MUST_GO(s.c, directory_refresh(s.c));
    struct sv text = address_answer(&s, "云汀市云汀花园12号楼3单元502");
    CHECK(says(text, "\"found\":true"));
    CHECK(says(text, "\"kind\":\"compound\"") && says(text, "\"score\":"));
    CHECK(!says(text, "502"));                       /* the door is nobody's business here */
    text = address_answer(&s, "别处的某个地方");
    CHECK(says(text, "\"found\":false") && !says(text, "\"item\""));
    scene_end(&s);
}
