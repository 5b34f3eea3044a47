/* menu_test.c - menus copied from week to week, diets, and what is said to who orders. */

#include "care/meal/meal.h"
#include "care/order/order_world_test.h"

#define MONDAY day_civil(2026, 11, 16)

static void cook(struct station *s, struct place_id place, int64_t after, const char *name,
                 uint64_t suits)
{
    struct dish d;
    record_clear(dish_fields, &d);
    d.place = place;
    d.day = (struct day){ MONDAY.n + after };
    d.sitting = SITTING_LUNCH;
    d.name = sv_of(name);
    d.suits.bits = suits;
    const struct who *before = s->c->who;
    s->c->who = &s->manager;
    MUST_GO(s->c, entity_create(s->c, &dish_entity, &d));
    s->c->who = before;
}

static enum err copy(struct station *s, struct place_id place, int64_t weeks,
                     const struct json_value **ret_said)
{
    struct menu_copy in = { place, MONDAY, { MONDAY.n + 7 * weeks } };
    struct request q = { .body = &in };
    struct answer a = { .body = buf_new(test_mem(), 256) };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    s->c->who = &s->manager;
    enum err e = menu_copy_post(s->c, &q, &a);
    json_end(&a.json, '}');
    if (e == ERR_NONE)
        MUST_GO(s->c, json_parse(s->c, buf_sv(&a.body), ret_said));
    return e;
}

static int64_t said(const struct json_value *answer, const char *name)
{
    int64_t n = -1;
    CHECK(json_whole(json_member(answer, name), 0, 1000, &n));
    return n;
}

TEST_DB(a_week_is_copied_once_and_what_is_there_stays)
{
    struct station s = station_world();
    struct place p = station_place_row(&s, &s.org, PLACE_MEAL_POINT, "槐安里助餐点", 0);
    const struct json_value *answer;
    cook(&s, p.id, 0, "清蒸鱼", 1 << DIET_LOW_SALT);
    cook(&s, p.id, 0, "白菜", 0);
    cook(&s, p.id, 2, "豆腐", 0);
    cook(&s, p.id, 9, "早已写好的", 0);                   /* Wednesday of the next week */
    MUST_GO(s.c, copy(&s, p.id, 1, &answer));
    CHECK_INT(said(answer, "copied"), 2);
    CHECK_INT(said(answer, "kept"), 1);
    MUST_GO(s.c, copy(&s, p.id, 1, &answer));
    CHECK_INT(said(answer, "copied"), 0);
    MUST_FAIL(s.c, copy(&s, p.id, 0, &answer), ERR_INVALID, "fields.invalid");
}

TEST_DB(another_station_writes_no_menu_of_ours)
{
    struct station s = station_world();
    struct place p = station_place_row(&s, &s.org, PLACE_MEAL_POINT, "槐安里助餐点", 0);
    struct dish d;
    record_clear(dish_fields, &d);
    d.place = p.id;
    d.day = MONDAY;
    d.sitting = SITTING_LUNCH;
    d.name = SV("别家的菜");
    s.c->who = &s.other_manager;
    CHECK(entity_create(s.c, &dish_entity, &d) != ERR_NONE);
    ctx_forgive(s.c);
    s.c->who = &s.manager;
    d.sitting = SITTING_NONE;
    MUST_FAIL(s.c, entity_create(s.c, &dish_entity, &d), ERR_INVALID, "fields.invalid");
}

static struct sv warnings(struct station *s, struct place_id place, int64_t after, uint64_t diets)
{
    struct buf b = buf_new(test_mem(), 256);
    struct json j = json_new(&b);
    json_array(&j, NULL);
    MUST_GO(s->c, meal_warn(s->c, place, (struct day){ MONDAY.n + after }, SITTING_LUNCH,
                            (struct set){ diets }, &j));
    json_end(&j, ']');
    return buf_sv(&b);
}

TEST_DB(a_menu_that_has_nothing_for_her_diet_warns)
{
    struct station s = station_world();
    struct place p = station_place_row(&s, &s.org, PLACE_MEAL_POINT, "槐安里助餐点", 0);
    cook(&s, p.id, 0, "清蒸鱼", 1 << DIET_LOW_SALT | 1 << DIET_SOFT);
    CHECK_TEXT(warnings(&s, p.id, 0, 1 << DIET_SOFT), "[]");
    CHECK(sv_find(warnings(&s, p.id, 0, 1 << DIET_DIABETIC | 1 << DIET_SOFT), SV("“糖尿病”")) > 0);
    CHECK(sv_find(warnings(&s, p.id, 1, 1 << DIET_SOFT), SV("还没有公布")) > 0);
    CHECK_TEXT(warnings(&s, p.id, 1, 0), "[]");
}

TEST_DB(a_diet_goes_into_her_meals_and_is_told_to_who_may_see_it)
{
    struct station s = station_world();
    struct care_order o;
    struct set seen;
    struct elder_diet d;
    struct order_new n = station_order(&s, &s.lunch_offer, 660);
    record_clear(elder_diet_fields, &d);
    d.elder = s.wang.id;
    d.diets.bits = 1 << DIET_DIABETIC;
    s.c->who = &s.staff;
    MUST_GO(s.c, entity_create(s.c, &elder_diet_entity, &d));
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &o));
    CHECK_INT(o.diets.bits, 1 << DIET_DIABETIC);
    s.c->who = &s.citizen;
    MUST_GO(s.c, elder_diets_seen(s.c, s.wang.id, &seen));
    CHECK_INT(seen.bits, 1 << DIET_DIABETIC);
    s.c->who = &s.stranger;
    MUST_GO(s.c, elder_diets_seen(s.c, s.wang.id, &seen));
    CHECK_INT(seen.bits, 0);
    s.c->who = &s.other_manager;
    MUST_GO(s.c, elder_diets_seen(s.c, s.wang.id, &seen));
    CHECK_INT(seen.bits, 0);
}
