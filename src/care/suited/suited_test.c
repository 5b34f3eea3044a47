/* suited_test.c - her menu counts in her quota, shows what she had, and is nobody else's. */

#include "care/order/order_world_test.h"
#include "care/suited/suited.h"

/* The station's offers are served from one published place. */
static struct place at_place(struct station *s)
{
    struct place p;
    record_clear(place_fields, &p);
    p.row.scope = s->wang.row.scope;
    p.org = s->org.id;
    p.name = SV("槐安里驿站");
    p.kind = PLACE_STATION;
    p.state = REVIEW_PUBLISHED;
    p.id.n = id_make(s->c->now.ms, 13, 1);
    MUST_GO(s->c, entity_bulk(s->c, &place_entity, &p, 1));
    struct offer *offers[] = { &s->bath_offer, &s->lunch_offer };
    s->c->who = &who_house;
    for (int i = 0; i < 2; i++) {
        offers[i]->place = p.id;
        MUST_GO(s->c, entity_update_by_rule(s->c, &offer_entity, offers[i],
                                            offers[i]->row.version, "place"));
    }
    return p;
}

TEST_DB(her_menu_says_what_is_left_for_her_and_what_she_had)
{
    struct station s = station_world();
    struct menu *m;
    struct care_order o;
    at_place(&s);
    struct order_new n = station_order(&s, &s.lunch_offer, 540);
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &o));
    s.c->now = moment_at(day_civil(2026, 11, 23), 660);
    s.c->who = &s.manager;
    MUST_GO(s.c, entity_act(s.c, &care_order_entity, o.id.n, o.row.version, SV("attend"), NULL,
                            &o));
    s.c->who = &s.citizen;
    MUST_GO(s.c, menu_of(s.c, s.wang.id, &m));
    CHECK_INT(m->lines_n, 2);
    CHECK_INT(m->before_n, 1);
    CHECK_INT(m->before[0].id.n, o.id.n);
    for (size_t i = 0; i < m->lines_n; i++)
        if (m->lines[i].item.id.n == s.lunch.id.n)
            CHECK_INT(m->lines[i].price.own_pay.fen, 1000);      /* 15 less the subsidy */
}

TEST_DB(a_stranger_reads_no_menu_of_hers)
{
    struct station s = station_world();
    struct menu *m;
    s.c->who = &s.stranger;
    MUST_FAIL(s.c, menu_of(s.c, s.wang.id, &m), ERR_MISSING, "elder.missing");
    s.c->who = &s.other_manager;
    MUST_FAIL(s.c, menu_of(s.c, s.wang.id, &m), ERR_MISSING, "entity.missing");
}
