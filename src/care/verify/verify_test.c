/* verify_test.c - what is due is asked about once, and what comes of it is done. */

#include "base/id.h"
#include "care/division/town_test.h"
#include "care/offer/offer.h"
#include "care/parameter/parameter.h"
#include "care/verify/verify.h"

#include <string.h>

static struct place meal_point(const struct town *t, int64_t due_in)
{
    struct place p;
    record_clear(place_fields, &p);
    p.name = SV("柳荫助餐点");
    p.kind = PLACE_MEAL_POINT;
    p.phone = SV("01000001234");
    p.hours = SV("Mo-Fr 11:00-13:00");
    p.lat.e7 = 305000000;
    p.lon.e7 = 1145000000;
    p.division = t->community.id;
    p.row.scope = t->community.row.scope;
    p.state = REVIEW_PUBLISHED;
    p.verify_until = (struct day){ day_of(t->c->now).n + due_in };
    p.id.n = id_make(t->c->now.ms, 9, 100 + due_in);
    MUST_GO(t->c, db_begin(t->c));
    MUST_GO(t->c, entity_bulk(t->c, &place_entity, &p, 1));
    MUST_GO(t->c, db_commit(t->c));
    return p;
}

static void nightly(const struct town *t)
{
    struct job_table table = { .kinds = verify_module.jobs, .kinds_n = 1 };
    bool ran;
    int64_t job;
    MUST_GO(t->c, job_add(t->c, "verify_open", SV("{}"), &job));
    MUST_GO(t->c, job_step(t->c, &table, &ran));
    CHECK(ran);
}

static size_t open_ones(const struct town *t, struct verification *ret_first)
{
    struct query q = { .size = 10 };
    struct page page = { 0 };
    size_t n = 0;
    MUST_GO(t->c, entity_list(t->c, &verification_entity, &q, &page));
    const struct verification *v = page.rows;
    for (size_t i = 0; i < page.n; i++) {
        if (v[i].state == VERIFY_OPEN && n++ == 0)
            *ret_first = v[i];
    }
    return n;
}

static struct place as_stored(const struct town *t, struct place_id id)
{
    struct place p;
    MUST_GO(t->c, entity_get(t->c, &place_entity, id.n, &p));
    return p;
}

static void offered(const struct town *t, struct place_id place, const char *name, int state)
{
    struct catalogue_item item;
    struct offer o;
    record_clear(catalogue_item_fields, &item);
    record_clear(offer_fields, &o);
    item.id.n = o.id.n = id_make(t->c->now.ms, 8, 500 + state);
    item.row.scope = o.row.scope = t->community.row.scope;
    item.name = item.plain_name = o.name = sv_of(name);
    o.item = item.id;
    o.place = place;
    o.price.fen = 1550;
    o.state = state;
    MUST_GO(t->c, db_begin(t->c));
    MUST_GO(t->c, entity_bulk(t->c, &catalogue_item_entity, &item, 1));
    MUST_GO(t->c, entity_bulk(t->c, &offer_entity, &o, 1));
    MUST_GO(t->c, db_commit(t->c));
}

TEST_DB(what_is_offered_and_its_price_is_read_out_too)
{
    struct town t = town_world();
    struct place p = meal_point(&t, 1);
    struct verification v;
    offered(&t, p.id, "午餐", REVIEW_PUBLISHED);
    offered(&t, p.id, "还没公布的晚餐", REVIEW_DRAFT);
    nightly(&t);
    CHECK_INT(open_ones(&t, &v), 1);
    CHECK(sv_find(v.say, SV("服务和价格：午餐 15.5 元/")) >= 0);
    CHECK(sv_find(v.say, SV("还没公布")) < 0);
}

TEST_DB(what_is_due_is_opened_once_with_what_to_say)
{
    struct town t = town_world();
    struct place due = meal_point(&t, 14), later = meal_point(&t, 15);
    struct verification v;
    nightly(&t);
    nightly(&t);
    CHECK_INT(open_ones(&t, &v), 1);
    CHECK_INT(v.place.n, due.id.n);
    CHECK(v.place.n != later.id.n);
    CHECK_INT(v.row.scope, t.community.row.scope);
    CHECK_TEXT(v.phone, "01000001234");
    CHECK(sv_find(v.say, SV("柳荫助餐点")) >= 0);
    CHECK(sv_find(v.say, SV("周一–周五 11:00–13:00")) >= 0);
}

TEST_DB(nothing_changed_moves_the_day_on)
{
    struct town t = town_world();
    struct place p = meal_point(&t, -3);
    struct verification v, after;
    nightly(&t);
    CHECK_INT(open_ones(&t, &v), 1);
    MUST_GO(t.c, entity_act(t.c, &verification_entity, v.id.n, 1, SV("same"), NULL, &after));
    CHECK_INT(after.result, VERIFY_SAME);
    CHECK_INT(as_stored(&t, p.id).verify_until.n, day_of(t.c->now).n + 90);
    nightly(&t);
    CHECK_INT(open_ones(&t, &v), 0);
}

TEST_DB(what_has_closed_down_is_withdrawn)
{
    struct town t = town_world();
    struct place p = meal_point(&t, 1);
    struct verification v, after, heard = { .found = SV("上月已搬走") };
    nightly(&t);
    CHECK_INT(open_ones(&t, &v), 1);
    t.c->reason = SV("电话核实");
    MUST_GO(t.c, entity_act(t.c, &verification_entity, v.id.n, 1, SV("closed"), &heard, &after));
    CHECK_INT(as_stored(&t, p.id).state, REVIEW_WITHDRAWN);
    CHECK_TEXT(after.found, "上月已搬走");
}

TEST_DB(it_is_given_up_only_after_enough_tries)
{
    struct town t = town_world();
    struct place p = meal_point(&t, 1);
    struct verification v, after;
    nightly(&t);
    CHECK_INT(open_ones(&t, &v), 1);
    int64_t version = 1;
    for (; version <= 3; version++) {
        MUST_FAIL(t.c,
                  entity_act(t.c, &verification_entity, v.id.n, version, SV("give_up"), NULL,
                             &after),
                  ERR_CONFLICT, "verification.tries");
        MUST_GO(t.c, entity_act(t.c, &verification_entity, v.id.n, version, SV("no_answer"), NULL,
                                &after));
    }
    MUST_GO(t.c, entity_act(t.c, &verification_entity, v.id.n, version, SV("give_up"), NULL,
                            &after));
    CHECK_INT(after.result, VERIFY_UNREACHED);
    CHECK_INT(as_stored(&t, p.id).verify_until.n, p.verify_until.n);     /* still as old as it is */
}
