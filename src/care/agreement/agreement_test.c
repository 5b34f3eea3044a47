/* agreement_test.c - what was signed stays, ends by the clock, and shows the station its people. */

#include "care/agreement/agreement.h"
#include "care/division/town_test.h"

#include <string.h>

static struct elder someone(const struct town *t)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("王秀英");
    e.birth = day_civil(1946, 3, 7);
    e.division = t->community.id;
    MUST_GO(t->c, entity_create(t->c, &elder_entity, &e));
    return e;
}

static struct organisation station(const struct town *t)
{
    struct organisation o;
    record_clear(organisation_fields, &o);
    o.name = SV("柳荫养老服务驿站");
    o.kind = ORG_STATION;
    o.division = t->street.id;
    MUST_GO(t->c, entity_create(t->c, &organisation_entity, &o));
    return o;
}

static struct agreement drafted(const struct town *t, struct elder_id e, struct organisation_id o)
{
    struct agreement a;
    record_clear(agreement_fields, &a);
    a.elder = e;
    a.org = o;
    a.valid_from = day_of(t->c->now);
    a.valid_to = (struct day){ a.valid_from.n + 364 };
    a.price_sheet = SV("午餐 份 15 元");
    MUST_GO(t->c, entity_create(t->c, &agreement_entity, &a));
    return a;
}

static struct agreement signature(const struct ctx *c)
{
    struct agreement in;
    record_clear(agreement_fields, &in);
    in.signed_on = day_of(c->now);
    in.signed_by = SV("王秀英");
    in.consent_way = CONSENT_COUNTER;
    return in;
}

static struct agreement signed_one(const struct town *t, struct elder_id e,
                                   struct organisation_id o)
{
    struct agreement a = drafted(t, e, o), in = signature(t->c), after;
    MUST_GO(t->c, entity_act(t->c, &agreement_entity, a.id.n, 1, SV("sign"), &in, &after));
    return after;
}

TEST_DB(an_agreement_counts_once_signed_with_term_and_prices)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct agreement a = drafted(&t, e.id, station(&t).id), in = signature(t.c), after;
    CHECK_INT(a.row.scope, t.community.row.scope);
    in.signed_on.n++;
    MUST_FAULT(t.c, entity_act(t.c, &agreement_entity, a.id.n, 1, SV("sign"), &in, &after),
               "agreement.signed_future");
    in.signed_on.n--;
    MUST_GO(t.c, entity_act(t.c, &agreement_entity, a.id.n, 1, SV("sign"), &in, &after));
    CHECK_INT(after.state, AGREEMENT_ACTIVE);
    CHECK_TEXT(after.signed_by, "王秀英");
    after.price_sheet = SV("午餐 份 25 元");
    MUST_FAULT(t.c, entity_update(t.c, &agreement_entity, &after, 2, "change"), "agreement.signed");
}

TEST_DB(nothing_is_signed_without_prices)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct agreement a = drafted(&t, e.id, station(&t).id), in = signature(t.c), after;
    a.price_sheet = SV("");
    MUST_GO(t.c, entity_update(t.c, &agreement_entity, &a, 1, "change"));
    MUST_FAULT(t.c, entity_act(t.c, &agreement_entity, a.id.n, 2, SV("sign"), &in, &after),
               "agreement.prices");
}

TEST_DB(one_kind_is_signed_once_with_one_station)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct organisation o = station(&t);
    struct agreement a = signed_one(&t, e.id, o.id), twice = a;
    twice.id.n = 0;
    twice.state = AGREEMENT_DRAFT;
    MUST_FAIL(t.c, entity_create(t.c, &agreement_entity, &twice), ERR_CONFLICT, "agreement.twice");
}

TEST_DB(renewing_moves_the_end_and_never_back)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct agreement a = signed_one(&t, e.id, station(&t).id), in = signature(t.c), after;
    in.valid_to = a.valid_to;
    MUST_FAULT(t.c, entity_act(t.c, &agreement_entity, a.id.n, 2, SV("renew"), &in, &after),
               "agreement.renew_later");
    in.valid_to.n += 365;
    MUST_GO(t.c, entity_act(t.c, &agreement_entity, a.id.n, 2, SV("renew"), &in, &after));
    CHECK_INT(after.valid_to.n, a.valid_to.n + 365);
}

static const struct job_kind *expiry(void)
{
    for (const struct job_kind *k = agreement_module.jobs; k->name; k++)
        if (!strcmp(k->name, "agreement_expire"))
            return k;
    return NULL;
}

/* The house's clock goes on by so many days. */
static void days_pass(struct ctx *c, int64_t days)
{
    c->now.ms += days * 86400000;
}

TEST_DB(past_its_last_day_it_expires_by_the_clock_alone)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct agreement a = signed_one(&t, e.id, station(&t).id), after;
    struct ctx *c = t.c;
    struct job_table table = { .kinds = agreement_module.jobs, .kinds_n = 1 };
    bool ran = true;
    int64_t job;
    CHECK(expiry() != NULL);
    days_pass(c, 364);
    MUST_GO(c, job_add(c, "agreement_expire", SV("{}"), &job));
    MUST_GO(c, job_step(c, &table, &ran));
    MUST_GO(c, entity_get(c, &agreement_entity, a.id.n, &after));
    CHECK_INT(after.state, AGREEMENT_ACTIVE);            /* the last day counts */
    days_pass(c, 1);
    MUST_GO(c, job_add(c, "agreement_expire", SV("{}"), &job));
    MUST_GO(c, job_step(c, &table, &ran));
    CHECK(ran);
    MUST_GO(c, entity_get(c, &agreement_entity, a.id.n, &after));
    CHECK_INT(after.state, AGREEMENT_EXPIRED);
}

TEST_DB(a_station_sees_whom_it_has_signed_and_no_other)
{
    struct town t = town_world();
    struct elder mine = someone(&t), other = someone(&t), seen;
    struct organisation o = station(&t);
    struct who manager = *caller_as(ROLE_STATION_MANAGER, 5);
    const struct who *house = t.c->who;
    manager.org = o.id.n;
    t.c->who = &manager;
    MUST_FAIL(t.c, entity_get(t.c, &elder_entity, mine.id.n, &seen), ERR_MISSING, "entity.missing");
    t.c->who = house;
    signed_one(&t, mine.id, o.id);
    t.c->who = &manager;
    MUST_GO(t.c, entity_get(t.c, &elder_entity, mine.id.n, &seen));
    MUST_FAIL(t.c, entity_get(t.c, &elder_entity, other.id.n, &seen), ERR_MISSING,
              "entity.missing");
}
