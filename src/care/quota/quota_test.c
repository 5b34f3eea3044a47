/* quota_test.c - a month's units are taken once, given back, carried once, never overdrawn. */

#include "care/order/order_world_test.h"
#include "care/quota/quota.h"

static struct quota_rule rule(struct station *s, int unit, int64_t amount)
{
    struct quota_rule r;
    record_clear(quota_rule_fields, &r);
    r.row.scope = s->wang.row.scope;
    r.name = SV("低保助浴");
    r.categories.bits = UINT64_C(1) << CATEGORY_BATH;
    r.groups.bits = UINT64_C(1) << FLAG_MINIMUM_INCOME;
    r.unit = unit;
    r.amount = amount;
    r.carries = true;
    r.valid_from = day_civil(2026, 1, 1);
    r.source = SV("合同，待核");
    s->c->who = &who_house;
    MUST_GO(s->c, entity_create(s->c, &quota_rule_entity, &r));
    return r;
}

static struct quota_state state_on(struct station *s, struct day day)
{
    struct quota_state states[QUOTA_RULES_MAX] = { 0 };
    size_t n;
    MUST_GO(s->c, quota_of(s->c, &s->wang, day, states, &n));
    CHECK_INT(n, 1);
    return states[0];
}

static int64_t left_on(struct station *s, struct day day)
{
    struct quota_state state = state_on(s, day);
    return quota_left(&state.quota);
}

static enum err bath(struct station *s, int start_min, int64_t n, struct care_order *ret)
{
    struct order_new asked = station_order(s, &s->bath_offer, start_min);
    asked.quantity = n;
    return station_place(s, &s->citizen, &asked, ret);
}

#define DAY day_civil(2026, 11, 23)

TEST_DB(what_the_government_buys_is_a_part_of_the_price)
{
    struct station s = station_world();
    struct care_order o, second;
    rule(&s, QUOTA_TIMES, 1);
    MUST_GO(s.c, bath(&s, 540, 1, &o));
    CHECK_INT(o.quota.fen, 8000);
    CHECK_INT(o.own_pay.fen, 0);
    CHECK_INT(left_on(&s, DAY), 0);
    MUST_GO(s.c, bath(&s, 600, 1, &second));         /* the rest is her own payment */
    CHECK_INT(second.quota.fen, 0);
    CHECK_INT(second.own_pay.fen, 8000);
}

TEST_DB(called_off_it_is_hers_again)
{
    struct station s = station_world();
    struct care_order o;
    struct reason_input why = { SV("不去了") };
    rule(&s, QUOTA_TIMES, 2);
    MUST_GO(s.c, bath(&s, 540, 2, &o));
    CHECK_INT(left_on(&s, DAY), 0);
    s.c->who = &s.citizen;
    MUST_GO(s.c, entity_act(s.c, &care_order_entity, o.id.n, o.row.version, SV("cancel"), &why,
                            &o));
    CHECK_INT(left_on(&s, DAY), 2);
}

TEST_DB(hours_are_counted_by_the_items_length_and_yuan_to_the_fen)
{
    struct station s = station_world();
    struct quota_share share;
    struct quota_rule r = rule(&s, QUOTA_HOURS, 1);
    struct quota_asked asked = { &s.wang, &s.bath, 2, 8000, DAY, s.org.id, 0 };
    MUST_GO(s.c, quota_share_of(s.c, &asked, &share));
    CHECK_INT(share.units, 60);                      /* one of two baths of an hour */
    CHECK_INT(share.fen, 8000);
    CHECK(share.over);
    r.unit = QUOTA_YUAN;
    r.amount = 100;
    MUST_GO(s.c, entity_update_by_rule(s.c, &quota_rule_entity, &r, r.row.version, "update"));
    MUST_GO(s.c, quota_share_of(s.c, &asked, &share));
    CHECK_INT(share.fen, 10000);
    CHECK_TEXT(quota_words(test_mem(), &share.state, LANG_ZH),
               "本月还剩 100 元（本月 100，已用 0）");
}

TEST_DB(nothing_beyond_it_when_the_rule_says_so)
{
    struct station s = station_world();
    struct care_order o;
    struct quota_rule r = rule(&s, QUOTA_TIMES, 1);
    r.over = OVER_BLOCK;
    MUST_GO(s.c, entity_update_by_rule(s.c, &quota_rule_entity, &r, r.row.version, "update"));
    MUST_GO(s.c, bath(&s, 540, 1, &o));
    MUST_FAIL(s.c, bath(&s, 600, 1, &o), ERR_CONFLICT, "quota.over");
}

TEST_DB(what_two_saw_left_only_one_takes)
{
    struct station s = station_world();
    struct care_order first;
    struct quota_share share;
    rule(&s, QUOTA_TIMES, 1);
    struct quota_asked asked = { &s.wang, &s.bath, 1, 8000, DAY, s.org.id, 0 };
    MUST_GO(s.c, quota_share_of(s.c, &asked, &share));       /* the second looks … */
    MUST_GO(s.c, bath(&s, 540, 1, &first));                  /* … the first takes … */
    MUST_FAIL(s.c, quota_take(s.c, &share, &first), ERR_CONFLICT, "quota.gone");
}

TEST_DB(what_is_left_is_carried_once)
{
    struct station s = station_world();
    struct care_order o;
    rule(&s, QUOTA_TIMES, 2);
    MUST_GO(s.c, bath(&s, 540, 1, &o));
    struct quota_state december = state_on(&s, day_civil(2026, 12, 1));
    CHECK_INT(december.quota.carried, 1);
    CHECK_INT(quota_left(&december.quota), 3);
    CHECK_INT(state_on(&s, day_civil(2027, 1, 1)).quota.carried, 0);
}

TEST_DB(a_rule_for_everybody_or_for_meals_is_refused)
{
    struct station s = station_world();
    struct quota_rule r = rule(&s, QUOTA_TIMES, 2);
    r.groups.bits = 0;
    CHECK_INT(entity_update_by_rule(s.c, &quota_rule_entity, &r, r.row.version, "update"),
              ERR_INVALID);
    ctx_forgive(s.c);
    r.groups.bits = 1;
    r.categories.bits = UINT64_C(1) << CATEGORY_MEAL;
    CHECK_INT(entity_update_by_rule(s.c, &quota_rule_entity, &r, r.row.version, "update"),
              ERR_INVALID);
    ctx_forgive(s.c);
}

TEST_DB(who_is_in_no_group_has_none)
{
    struct station s = station_world();
    struct quota_state states[QUOTA_RULES_MAX];
    size_t n;
    rule(&s, QUOTA_TIMES, 2);
    s.wang.flags.bits = 0;
    MUST_GO(s.c, quota_of(s.c, &s.wang, DAY, states, &n));
    CHECK_INT(n, 0);
}
