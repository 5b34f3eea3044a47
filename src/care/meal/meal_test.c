/* meal_test.c - meals: sittings, cut-offs, how they are had; the register of meal points. */

#include "care/meal/meal.h"
#include "care/order/order_world_test.h"

static enum err act(struct station *s, const struct who *who, struct care_order *o,
                    const char *action, const void *input)
{
    s->c->who = who;
    return entity_act(s->c, &care_order_entity, o->id.n, o->row.version, sv_of(action), input, o);
}

/* A lunch of wang's, Monday 23 November at 11:00. */
static struct care_order lunch(struct station *s)
{
    struct care_order o;
    struct order_new n = station_order(s, &s->lunch_offer, 660);
    MUST_GO(s->c, station_place(s, &s->citizen, &n, &o));
    return o;
}

static struct moment monday(int minute)
{
    return moment_at(day_civil(2026, 11, 23), minute);
}

TEST(a_cut_off_is_a_clock_time_of_the_day_or_the_day_before)
{
    int64_t min;
    CHECK(cut_off_minutes(SV("09:30"), &min));
    CHECK_INT(min, 570);
    CHECK(cut_off_minutes(SV("-18:00"), &min));
    CHECK_INT(min, -360);
    static const char *const bad[] = { "9:30", "24:00", "09:60", "0930", "-", "+09:30", "" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!cut_off_minutes(sv_of(bad[i]), &min));
}

TEST_DB(a_meal_says_which_it_is_and_until_when_it_is_free)
{
    struct station s = station_world();
    struct care_order o = lunch(&s);
    CHECK_INT(o.sitting, SITTING_LUNCH);
    CHECK_INT(o.way, WAY_EAT_IN);
    CHECK_INT(o.state, ORDER_ACCEPTED);
    CHECK_INT(o.cut_off.ms, monday(570).ms);
    CHECK(!o.late);
    struct sv text = cut_off_text(test_mem(), SITTING_LUNCH, o.day, o.cut_off, LANG_ZH);
    CHECK_TEXT(text, "09:30 前可订当天午餐");
}

TEST_DB(after_the_cut_off_only_who_cooks_takes_a_meal_and_it_is_marked)
{
    struct station s = station_world();
    struct care_order o;
    struct order_new n = station_order(&s, &s.lunch_offer, 660);
    s.c->now = monday(571);
    MUST_FAIL(s.c, station_place(&s, &s.citizen, &n, &o), ERR_INVALID, "fields.invalid");
    n.elder.n = 0, n.for_name = SV("周试算"), n.for_phone = SV("10000000001");
    s.c->now = monday(690);                              /* she stands at the counter at 11:30 */
    MUST_GO(s.c, station_place(&s, &s.manager, &n, &o));
    CHECK(o.late);
}

TEST_DB(a_meal_is_free_until_the_cut_off_and_paid_after_it)
{
    struct station s = station_world();
    struct care_order o = lunch(&s);
    struct money fee;
    s.c->now = monday(570);
    MUST_GO(s.c, order_cancel_fee(s.c, &o, &fee));
    CHECK_INT(fee.fen, 0);
    s.c->now = monday(571);
    MUST_GO(s.c, order_cancel_fee(s.c, &o, &fee));
    CHECK_INT(fee.fen, 1000);
    struct reason_input why = { SV_INIT("去医院") };
    MUST_GO(s.c, act(&s, &s.citizen, &o, "cancel", &why));
    CHECK_INT(o.cancel_fee.fen, 1000);
    CHECK(o.late);
}

TEST_DB(how_a_meal_is_had_changes_until_the_cut_off)
{
    struct station s = station_world();
    struct care_order o = lunch(&s);
    struct meal_input soft = { WAY_TAKE_AWAY, { 1 << DIET_SOFT } };
    struct meal_input brought = { WAY_DELIVERED, { 0 } };
    MUST_GO(s.c, act(&s, &s.citizen, &o, "meal", &soft));
    CHECK_INT(o.way, WAY_TAKE_AWAY);
    CHECK_INT(o.diets.bits, 1 << DIET_SOFT);
    MUST_FAIL(s.c, act(&s, &s.citizen, &o, "meal", &brought), ERR_INVALID, "fields.invalid");
    s.c->now = monday(571);
    MUST_FAIL(s.c, act(&s, &s.citizen, &o, "meal", &soft), ERR_CONFLICT, "meal.cut_off_passed");
    MUST_GO(s.c, act(&s, &s.manager, &o, "meal", &soft));
    CHECK(o.late);
}

TEST_DB(a_bath_is_no_meal)
{
    struct station s = station_world();
    struct care_order o;
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &o));
    struct meal_input in = { WAY_EAT_IN, { 0 } };
    CHECK_INT(o.sitting, SITTING_NONE);
    CHECK_INT(o.state, ORDER_PLACED);
    MUST_FAIL(s.c, act(&s, &s.citizen, &o, "meal", &in), ERR_CONFLICT, "meal.none");
}

/* --- the register --- */

static struct meal_point point_of(struct station *s, const struct place *place)
{
    struct meal_point p;
    record_clear(meal_point_fields, &p);
    p.place = place->id;
    p.operated_by = OPERATOR_CATERING;
    p.cut_off_lunch = SV("10:00");
    s->c->who = &s->manager;
    MUST_GO(s->c, entity_create(s->c, &meal_point_entity, &p));
    s->c->who = &who_house;
    return p;
}

TEST_DB(a_place_may_have_a_cut_off_of_its_own)
{
    struct station s = station_world();
    struct place place = station_place_row(&s, &s.org, PLACE_MEAL_POINT, "槐安里助餐点", 0);
    struct moment at;
    point_of(&s, &place);
    MUST_GO(s.c, meal_cut_off(s.c, place.row.scope, place.id, SITTING_LUNCH,
                              day_civil(2026, 11, 23), &at));
    CHECK_INT(at.ms, monday(600).ms);
    MUST_GO(s.c, meal_cut_off(s.c, place.row.scope, place.id, SITTING_BREAKFAST,
                              day_civil(2026, 11, 23), &at));
    CHECK_INT(at.ms, monday(1080).ms - MS_A_DAY);
}

TEST_DB(a_grade_needs_its_day_and_source_and_is_not_changed_by_who_it_is_about)
{
    struct station s = station_world();
    struct place place = station_place_row(&s, &s.org, PLACE_MEAL_POINT, "槐安里助餐点", 0);
    struct meal_point p = point_of(&s, &place);
    CHECK_INT(p.org.n, s.org.id.n);
    s.c->who = &s.manager;
    p.hygiene = HYGIENE_A;
    MUST_FAIL(s.c, entity_update(s.c, &meal_point_entity, &p, p.row.version, "update"),
              ERR_INVALID, "fields.invalid");
    p.hygiene_on = day_civil(2026, 6, 1);
    p.hygiene_source = SV("现场标识牌");
    MUST_GO(s.c, entity_update(s.c, &meal_point_entity, &p, p.row.version, "update"));
    MUST_GO(s.c, entity_act(s.c, &meal_point_entity, p.id.n, p.row.version, SV("submit"), NULL,
                            &p));
    s.c->who = &who_house;
    MUST_GO(s.c, entity_act_by_rule(s.c, &meal_point_entity, p.id.n, p.row.version, SV("publish"),
                                    NULL, &p));
    s.c->who = &s.manager;
    p.hygiene = HYGIENE_B;
    MUST_FAIL(s.c, entity_update(s.c, &meal_point_entity, &p, p.row.version, "update"),
              ERR_INVALID, "fields.invalid");
}
