/* centre_test.c - what a centre says does not count, what was seen does, for a while. */

#include "care/centre/centre.h"

#include "care/figure/figure.h"
#include "care/order/order_world_test.h"

struct here { struct station s; struct place place; struct required_function must; };

static struct here begin(void)
{
    struct here h = { .s = station_world() };
    struct ctx *c = h.s.c;
    c->who = &who_house;
    record_clear(place_fields, &h.place);
    h.place.row.scope = h.s.org.row.scope;
    h.place.id.n = h.s.org.id.n + 77;
    h.place.org = h.s.org.id;
    h.place.name = SV("枫桥区域养老服务中心");
    h.place.kind = PLACE_DISTRICT_CENTRE;
    h.place.state = REVIEW_PUBLISHED;
    MUST_GO(c, entity_bulk(c, &place_entity, &h.place, 1));
    record_clear(required_function_fields, &h.must);
    h.must.row.scope = h.place.row.scope / 1000000 * 1000000;
    h.must.id.n = h.place.id.n + 1;
    h.must.place_kind = PLACE_DISTRICT_CENTRE;
    h.must.name = SV("社区餐厅");
    h.must.valid_from = day_civil(2026, 1, 1);
    h.must.source = SV("试算");
    MUST_GO(c, entity_bulk(c, &required_function_entity, &h.must, 1));
    return h;
}

static struct function_note open_note(const struct here *h)
{
    return (struct function_note){ .place = h->place.id, .required = h->must.id,
                                   .is_open = FUNCTION_OPEN, .hours = SV("Mo-Fr 11:00-13:00") };
}

static double share(struct here *h, int64_t *whole)
{
    int64_t at[4] = { 0 };
    struct rows r = db_rows(h->s.c, centre_module.indicators[0].sql,
                            PARAMS(P_INT("low", 0), P_INT("high", INT64_MAX),
                                   P_INT("today", day_of(h->s.c->now).n)));
    if (rows_next(&r))
        for (int i = 0; i < 4; i++)
            at[i] = rows_int(&r, i);
    MUST_GO(h->s.c, rows_end(&r));
    *whole = at[1];
    return (double)at[0];
}

TEST_DB(what_a_centre_says_does_not_count_and_what_was_seen_does_for_a_while)
{
    struct here h = begin();
    struct ctx *c = h.s.c;
    struct centre_function f;
    struct function_note n = open_note(&h);
    int64_t whole;
    CHECK_INT(share(&h, &whole), 0);
    CHECK_INT(whole, 1);
    c->who = &h.s.manager;
    MUST_GO(c, centre_note(c, &n, &f));
    CHECK_INT(f.said, FUNCTION_OPEN);
    CHECK_INT(f.is_open, FUNCTION_UNKNOWN);
    CHECK_INT(share(&h, &whole), 0);
    c->who = &h.s.staff;
    MUST_GO(c, centre_note(c, &n, &f));
    CHECK_INT(f.is_open, FUNCTION_OPEN);
    CHECK_INT(f.verified_by.n, h.s.staff.account);
    CHECK_INT(share(&h, &whole), 0);                     /* nothing shows it yet */
    c->who = &h.s.manager;
    MUST_GO(c, centre_function_entity.filed(c, &f, SV("h"), SV("image/png")));
    CHECK_INT(share(&h, &whole), 0);                     /* the centre's own picture does not */
    c->who = &h.s.staff;
    MUST_GO(c, centre_function_entity.filed(c, &f, SV("h"), SV("application/pdf")));
    CHECK_INT(share(&h, &whole), 0);
    MUST_GO(c, centre_function_entity.filed(c, &f, SV("h"), SV("image/png")));
    CHECK_INT(share(&h, &whole), 1);
    MUST_GO(c, centre_note(c, &n, &f));                  /* seen anew: shown anew */
    CHECK_INT(share(&h, &whole), 0);
    MUST_GO(c, centre_function_entity.filed(c, &f, SV("h"), SV("image/jpeg")));
    CHECK_INT(share(&h, &whole), 1);
    c->now.ms += 181 * (int64_t)MS_A_DAY;
    CHECK_INT(share(&h, &whole), 0);
}

TEST_DB(only_who_answers_for_it_notes_it_and_says_when_it_is_open)
{
    struct here h = begin();
    struct ctx *c = h.s.c;
    struct centre_function f;
    struct function_note n = open_note(&h);
    struct who far = h.s.staff;
    far.ranges[0] = (struct scope_range){ 990102000000, 990102999999 };
    c->who = &h.s.other_manager;
    MUST_FAIL(c, centre_note(c, &n, &f), ERR_MISSING, "centre.missing");
    c->who = &far;
    MUST_FAIL(c, centre_note(c, &n, &f), ERR_MISSING, "centre.missing");
    c->who = &h.s.staff;
    n.hours = SV("");
    MUST_FAIL(c, centre_note(c, &n, &f), ERR_INVALID, "fields.invalid");
    n.hours = SV("noon");
    MUST_FAIL(c, centre_note(c, &n, &f), ERR_INVALID, "fields.invalid");
    n.is_open = FUNCTION_NOT_OPEN;
    n.hours = SV("");
    MUST_GO(c, centre_note(c, &n, &f));
    MUST_GO(c, centre_note(c, &n, &f));
}
