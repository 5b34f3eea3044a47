/* chain_test.c - a chain as orders: whom lines mean, and that pasting twice orders once. */

#include "care/chain/chain.h"
#include "care/order/order_world_test.h"
#include "care/search/nickname.h"

static struct chain_match match(struct station *s, const char *name, const char *door)
{
    struct chain_entry e = { .name = sv_of(name), .door = sv_of(door), .number = 1 };
    struct chain_match m;
    s->c->who = &s->manager;
    MUST_GO(s->c, chain_match_of(s->c, &e, day_civil(2026, 11, 23), &m));
    return m;
}

/* She has eaten from the station: it sees her. */
static void a_meal(struct station *s)
{
    struct order_new n = station_order(s, &s->lunch_offer, 540);
    struct care_order o;
    MUST_GO(s->c, station_place(s, &s->citizen, &n, &o));
}

TEST_DB(a_name_is_sure_a_title_is_guessed_and_asked)
{
    struct station s = station_world();
    a_meal(&s);
    struct chain_match m = match(&s, "王秀英", "");
    CHECK_INT(m.sure, CHAIN_GREEN);
    CHECK_INT(m.elder.n, s.wang.id.n);
    m = match(&s, "王奶奶", "");
    CHECK_INT(m.sure, CHAIN_YELLOW);
    CHECK_INT(m.why, CHAIN_TITLE);
    CHECK_INT(m.elder.n, s.wang.id.n);
    CHECK_INT(match(&s, "王大爷", "").sure, CHAIN_RED);
    CHECK_INT(match(&s, "", "").why, CHAIN_NO_NAME);
    CHECK_INT(match(&s, "小卖部", "").sure, CHAIN_RED);
}

TEST_DB(what_the_station_has_learnt_is_sure_and_only_there)
{
    struct station s = station_world();
    a_meal(&s);
    struct nickname n = { .elder = s.wang.id, .text = SV("三楼老王") };
    s.c->who = &s.manager;
    MUST_GO(s.c, entity_create(s.c, &nickname_entity, &n));
    struct chain_match m = match(&s, "三楼老王", "");
    CHECK_INT(m.sure, CHAIN_GREEN);
    CHECK_INT(m.why, CHAIN_LEARNT);
    struct chain_entry e = { .name = SV("三楼老王"), .number = 1 };
    s.c->who = &s.other_manager;
    MUST_GO(s.c, chain_match_of(s.c, &e, day_civil(2026, 11, 23), &m));
    CHECK_INT(m.sure, CHAIN_RED);
}
