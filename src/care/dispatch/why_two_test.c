/* why_two_test.c - what would help two who do not go together: one of them is freed by a third. */

#include "care/dispatch/day_world_test.h"

/*
 * Mei works until ten, so the two go at nine or not at all. Lan is with somebody else then. Fang
 * comes a quarter past nine: too late for the two, in time to take what Lan has.
 */
struct tied { struct team t; struct carer fang; struct care_order lans, both; };

static struct tied tied_world(const char *fangs_week)
{
    struct tied w = { .t = team_world() };
    w.fang = w.t.lan;
    w.fang.id.n = 0;
    w.fang.name = SV("张芳");
    MUST_GO(w.t.c, entity_create(w.t.c, &carer_entity, &w.fang));
    team_shift(&w.t, &w.t.s.mei, "Mo-Fr 08:00-10:00");
    team_shift(&w.t, &w.t.lan, "Mo-Fr 08:00-12:00");
    team_shift(&w.t, &w.fang, fangs_week);
    w.lans = team_order(&w.t, 540, 0);
    team_assign(&w.t, &w.lans, &w.t.lan);
    w.both = team_pair_order(&w.t, 540, 0);
    return w;
}

static const struct json_value *board(struct tied *w)
{
    struct { struct day day; } q = { MONDAY };
    return team_ask(&w->t, &w->t.s.manager, GET, "/api/dispatch/day", &q, NULL);
}

static const struct json_value *why(struct tied *w)
{
    const struct json_value *u = team_row(json_member(board(w), "unassigned"), "order",
                                          w->both.id.n);
    CHECK(u);
    CHECK_TEXT(json_member(u, "why")->text, "second");
    return json_member(u, "repairs");
}

TEST_DB(who_is_missing_is_freed_by_a_third_and_the_button_does_it)
{
    struct tied w = tied_world("Mo-Fr 09:15-12:00");
    const struct json_value *repairs = why(&w);
    CHECK_INT(repairs->n, 1);
    const struct json_value *repair = repairs->first;
    CHECK_TEXT(json_member(repair, "kind")->text, "give");
    struct sv text = json_member(repair, "text")->text;
    CHECK(sv_find(text, SV("李梅")) >= 0 && sv_find(text, SV("王兰")) >= 0);
    CHECK(sv_find(text, SV("张芳")) >= 0);                      /* who takes what Lan had */
    CHECK_INT(json_member(repair, "changes")->n, 2);            /* of the two one, of Lan's one */
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":%.*s}",
                            SV_ARG(json_member(repair, "changes")->source));
    team_ask(&w.t, &w.t.s.manager, POST, "/api/dispatch/apply", NULL, body.at);
    struct visit given = team_visit(&w.t, &w.lans), two[VISITS_OF_ORDER];
    int n;
    CHECK_INT(given.carer.n, w.fang.id.n);
    CHECK(given.start_min >= 555 && given.start_min <= 570);    /* her shift, its window */
    MUST_GO(w.t.c, order_visits_of(w.t.c, &w.both, two, &n));
    CHECK_INT(n, VISITS_OF_ORDER);
    CHECK_INT(two[0].start_min, two[1].start_min);
    CHECK_INT(two[0].carer.n + two[1].carer.n, w.t.s.mei.id.n + w.t.lan.id.n);
}

TEST_DB(what_is_locked_is_given_to_nobody)
{
    struct tied w = tied_world("Mo-Fr 09:15-12:00");
    struct sv lock = sv_fmt(test_mem(), "{\"order\":\"%lld\",\"locked\":true}",
                            (long long)w.lans.id.n);
    team_ask(&w.t, &w.t.s.manager, POST, "/api/dispatch/lock", NULL, lock.at);
    CHECK_INT(why(&w)->n, 0);
}

TEST_DB(who_comes_too_late_takes_nothing_and_no_button_is_offered)
{
    struct tied w = tied_world("Mo-Fr 10:00-12:00");
    CHECK_INT(why(&w)->n, 0);
}

static struct carer colleague(struct team *t, struct sv name)
{
    struct carer a = t->lan;
    a.id.n = 0;
    a.name = name;
    a.skills.bits = 0;
    MUST_GO(t->c, entity_create(t->c, &carer_entity, &a));
    team_shift(t, &a, "Mo-Fr 08:00-12:00");
    return a;
}

/* An hour that asks for no skill. */
static struct offer company(struct team *t)
{
    struct catalogue_item item = t->s.bath;
    struct offer made = t->s.bath_offer;
    item.id.n = 0;
    item.name = item.plain_name = SV("陪伴");
    item.skill = SKILL_NONE;
    MUST_GO(t->c, entity_create(t->c, &catalogue_item_entity, &item));
    made.item = item.id;
    made.id.n++;
    made.row.version = 1;
    MUST_GO(t->c, entity_bulk(t->c, &offer_entity, &made, 1));
    return made;
}

/* Several could take what Lan has: she does who comes past there, not the first who is found. */
TEST_DB(of_those_who_could_take_it_the_one_with_the_shortest_way_does)
{
    struct tied w = { .t = team_world() };
    struct caller zhou = { SV("周桂兰"), SV("10012345679") };
    struct offer with = company(&w.t);
    w.fang = colleague(&w.t, SV("张芳"));
    struct carer near = colleague(&w.t, SV("赵敏"));
    team_shift(&w.t, &w.t.s.mei, "Mo-Fr 08:00-10:00");
    team_shift(&w.t, &w.t.lan, "Mo-Fr 08:00-12:00");
    w.lans = team_order_for(&w.t, &with, zhou, 540, 12);
    team_assign(&w.t, &w.lans, &w.t.lan);
    const struct carer *then[] = { &w.t.s.gang, &w.fang, &near };
    for (int i = 0; i < 3; i++) {                               /* at eleven: far, far, beside */
        struct care_order o = team_order_for(&w.t, &with, zhou, 660, i < 2 ? 0 : 12);
        team_assign(&w.t, &o, then[i]);
    }
    w.both = team_pair_order(&w.t, 540, 0);
    const struct json_value *repairs = why(&w);
    CHECK_INT(repairs->n, 1);
    struct sv text = json_member(repairs->first, "text")->text;
    CHECK(sv_find(text, SV("赵敏")) >= 0);
    CHECK(sv_find(text, SV("张芳")) < 0);
}
