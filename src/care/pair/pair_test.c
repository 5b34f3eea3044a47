/* pair_test.c - who must not be sent is sent nowhere, without a word of why; asking is heard. */

#include "care/pair/pair.h"
#include "care/order/order_world_test.h"
#include "care/signal/signal.h"

static enum err note(struct station *s, int kind, struct day from, struct carer_pair *ret_pair)
{
    struct ctx *c = s->c;
    record_clear(carer_pair_fields, ret_pair);
    ret_pair->elder = s->wang.id;
    ret_pair->carer = s->mei.id;
    ret_pair->kind = kind;
    ret_pair->reason = SV("上次摔了碗还发火");
    ret_pair->valid_from = from;
    c->who = &s->manager;
    enum err e = entity_create(c, &carer_pair_entity, ret_pair);
    c->who = &who_house;
    return e;
}

static struct care_order bath(struct station *s, int start_min)
{
    struct order_new n = station_order(s, &s->bath_offer, start_min);
    struct care_order o;
    MUST_GO(s->c, station_place(s, &s->citizen, &n, &o));
    return o;
}

static enum err send(struct station *s, struct care_order *o)
{
    struct assign_input mei = { s->mei.id };
    s->c->who = &s->manager;
    enum err e = entity_act(s->c, &care_order_entity, o->id.n, o->row.version, SV("assign"), &mei,
                            o);
    s->c->who = &who_house;
    return e;
}

static int64_t items(struct station *s, struct work_item *ret_item)
{
    struct query q = { .size = 1, .total = true };
    struct page page;
    MUST_GO(s->c, entity_list(s->c, &work_item_entity, &q, &page));
    if (page.n)
        *ret_item = *(const struct work_item *)page.rows;
    return page.total;
}

static struct carer_pair stored(struct station *s, struct carer_pair_id id)
{
    struct carer_pair p;
    bool found;
    MUST_GO(s->c, entity_load(s->c, &carer_pair_entity, id.n, &p, &found));
    CHECK(found);
    return p;
}

TEST_DB(whom_she_must_not_have_is_not_sent_and_the_refusal_does_not_say_why)
{
    struct station s = station_world();
    struct carer_pair p;
    struct care_order o = bath(&s, 540);
    struct reason_input why = { SV("说开了") };
    bool forbidden;
    MUST_GO(s.c, note(&s, PAIR_FORBIDDEN, DAY_NONE, &p));
    CHECK_INT(p.org.n, s.org.id.n);
    CHECK_INT(p.valid_from.n, day_of(s.c->now).n);
    CHECK_INT(p.set_by.n, 20);
    CHECK_INT(send(&s, &o), ERR_INVALID);
    CHECK_INT(s.c->fault.fields_n, 1);
    CHECK_TEXT(sv_of(s.c->fault.fields[0].key), "pair.forbidden");
    ctx_forgive(s.c);
    MUST_GO(s.c, pair_forbidden(s.c, (struct elder_id){ 0 }, s.mei.id, o.day, &forbidden));
    CHECK(!forbidden);
    s.c->who = &s.manager;
    s.c->reason = why.reason;
    MUST_GO(s.c, entity_act(s.c, &carer_pair_entity, p.id.n, p.row.version, SV("end"), NULL, &p));
    s.c->who = &who_house;
    MUST_GO(s.c, send(&s, &o));
}

TEST_DB(a_pair_counts_from_its_day_to_its_day)
{
    struct station s = station_world();
    struct carer_pair p;
    struct care_order o = bath(&s, 540);
    MUST_GO(s.c, note(&s, PAIR_FORBIDDEN, (struct day){ o.day.n + 1 }, &p));
    MUST_GO(s.c, send(&s, &o));
    p.valid_to.n = o.day.n;
    CHECK_INT(entity_update_by_rule(s.c, &carer_pair_entity, &p, p.row.version, "update"),
              ERR_INVALID);
    ctx_forgive(s.c);
}

TEST_DB(visits_that_stand_are_put_before_the_station_once)
{
    struct station s = station_world();
    struct carer_pair p;
    struct work_item w;
    struct care_order one = bath(&s, 540), two = bath(&s, 660);
    struct visit v;
    bool found;
    MUST_GO(s.c, send(&s, &one));
    MUST_GO(s.c, send(&s, &two));
    MUST_GO(s.c, note(&s, PAIR_FORBIDDEN, DAY_NONE, &p));
    CHECK_INT(items(&s, &w), 1);
    CHECK_INT(w.kind, SIGNAL_PAIR);
    CHECK_INT(w.org.n, s.org.id.n);
    CHECK_INT(w.care_order.n, one.id.n);
    CHECK_TEXT(w.why, "已登记不再安排的护理员还有 2 次上门没有改派，请换人");
    p.reason = SV("补充说明");
    MUST_GO(s.c, entity_update_by_rule(s.c, &carer_pair_entity, &p, p.row.version, "update"));
    CHECK_INT(items(&s, &w), 1);
    CHECK_INT(w.signals, 1);
    MUST_GO(s.c, order_visit_of(s.c, &one, &v, &found));     /* nothing is undone by itself */
    CHECK_INT(v.carer.n, s.mei.id.n);
}

TEST_DB(the_newer_word_ends_the_older)
{
    struct station s = station_world();
    struct carer_pair first, second;
    (void)bath(&s, 540);                                     /* so that the station knows her */
    MUST_GO(s.c, note(&s, PAIR_PREFERRED, DAY_NONE, &first));
    MUST_GO(s.c, note(&s, PAIR_FORBIDDEN, DAY_NONE, &second));
    CHECK_INT(stored(&s, first.id).state, PAIR_ENDED);
    CHECK_INT(stored(&s, second.id).state, PAIR_STANDING);
}

/* The endpoint as the caller of that who, about her order. */
static enum err asks(struct station *s, const struct who *who, const struct care_order *o)
{
    struct { struct carer_id carer; struct sv reason; } body = { .reason = SV("说话太凶") };
    const struct endpoint *e = &pair_endpoints[1];
    struct request q = { .endpoint = e, .body = &body };
    struct answer a = { .body = buf_new(&s->c->mem, 256) };
    q.param[0] = sv_fmt(test_mem(), "%lld", (long long)o->id.n);
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    s->c->who = who;
    enum err err = e->run(s->c, &q, &a);
    s->c->who = &who_house;
    return err;
}

static struct carer_pair asked_row(struct station *s)
{
    struct query q = { .size = 1 };
    struct page page;
    MUST_GO(s->c, entity_list(s->c, &carer_pair_entity, &q, &page));
    CHECK_INT(page.n, 1);
    return *(const struct carer_pair *)page.rows;
}

TEST_DB(she_asks_and_the_station_decides)
{
    struct station s = station_world();
    struct care_order o = bath(&s, 540), other = bath(&s, 660);
    CHECK_INT(asks(&s, &s.citizen, &o), ERR_CONFLICT);       /* nobody goes yet */
    ctx_forgive(s.c);
    MUST_GO(s.c, send(&s, &o));
    CHECK_INT(asks(&s, &s.stranger, &o), ERR_MISSING);
    ctx_forgive(s.c);
    MUST_GO(s.c, asks(&s, &s.citizen, &o));
    struct carer_pair p = asked_row(&s);
    CHECK_INT(p.state, PAIR_ASKED);
    CHECK_INT(p.said_by, PAIR_SAID_ELDER);
    CHECK_INT(p.asked_by.n, 70);
    MUST_FAIL(s.c, asks(&s, &s.citizen, &o), ERR_CONFLICT, "pair.asked");
    MUST_GO(s.c, send(&s, &other));                          /* asked is not decided */
    s.c->who = &s.other_manager;
    CHECK_INT(entity_act(s.c, &carer_pair_entity, p.id.n, p.row.version, SV("confirm"), NULL, &p),
              ERR_MISSING);
    ctx_forgive(s.c);
    s.c->who = &s.manager;
    MUST_GO(s.c, entity_act(s.c, &carer_pair_entity, p.id.n, p.row.version, SV("confirm"), NULL,
                            &p));
    s.c->who = &who_house;
    CHECK_INT(p.set_by.n, 20);
    struct care_order third = bath(&s, 600);
    CHECK_INT(send(&s, &third), ERR_INVALID);
    ctx_forgive(s.c);
}

TEST_DB(carers_and_other_stations_see_no_pairs)
{
    struct station s = station_world();
    struct carer_pair p, seen;
    struct who mei = { .account = 40, .role = ROLE_CARER, .org = s.org.id.n,
                       .carer = s.mei.id.n };
    (void)bath(&s, 540);
    const struct who *nobody[] = { &mei, &s.other_manager, &s.stranger, &s.citizen };
    MUST_GO(s.c, note(&s, PAIR_FORBIDDEN, DAY_NONE, &p));
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
        s.c->who = nobody[i];
        enum err e = entity_get(s.c, &carer_pair_entity, p.id.n, &seen);
        CHECK(e == ERR_MISSING || e == ERR_FORBIDDEN);
        ctx_forgive(s.c);
    }
    s.c->who = &s.staff;
    MUST_GO(s.c, entity_get(s.c, &carer_pair_entity, p.id.n, &seen));
    s.c->who = &who_house;
}
