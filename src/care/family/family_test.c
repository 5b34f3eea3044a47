/* family_test.c - nothing is bound without her consent, and nobody consents for her alone. */

#include "care/division/town_test.h"
#include "care/family/family.h"

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

static struct bond asked_by(const struct town *t, int64_t account, struct elder_id elder)
{
    struct bond b;
    record_clear(bond_fields, &b);
    b.account.n = account;
    b.elder = elder;
    b.may.bits = 1u << BOND_MAY_ORDER;
    MUST_GO(t->c, entity_create_by_rule(t->c, &bond_entity, &b));
    return b;
}

static int64_t citizen(struct ctx *c, const char *phone)
{
    struct account a;
    record_clear(account_fields, &a);
    a.kind = ACCOUNT_CITIZEN;
    a.name = SV("女儿");
    a.phone = sv_of(phone);
    MUST_GO(c, entity_create(c, &account_entity, &a));
    return a.id.n;
}

static bool may(struct ctx *c, int64_t account, struct elder_id elder, enum bond_may what)
{
    bool allows = false;
    MUST_GO(c, bond_allows(c, account, elder, what, &allows));
    return allows;
}

TEST_DB(a_bond_counts_once_she_has_agreed_and_no_further)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    int64_t daughter = citizen(t.c, "10000000001");
    struct bond b = asked_by(&t, daughter, e.id), after, way = { .consent_way = CONSENT_PHONE };
    CHECK_INT(b.row.scope, t.community.row.scope);
    CHECK(!may(t.c, daughter, e.id, BOND_MAY_ORDER));
    struct who worker = *officer_of(990101000000, 990101999999);
    worker.account = 77;
    t.c->who = &worker;
    MUST_GO(t.c, entity_act(t.c, &bond_entity, b.id.n, 1, SV("agree"), &way, &after));
    CHECK_INT(after.consent_way, CONSENT_PHONE);
    CHECK_INT(after.consent_by.n, 77);
    CHECK(may(t.c, daughter, e.id, BOND_MAY_ORDER));
    CHECK(!may(t.c, daughter, e.id, BOND_MAY_MONEY));
    t.c->reason = SV("老人要求");
    MUST_GO(t.c, entity_act(t.c, &bond_entity, b.id.n, 2, SV("end"), NULL, &after));
    CHECK(!may(t.c, daughter, e.id, BOND_MAY_ORDER));
}

TEST_DB(who_asked_does_not_agree_for_her)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    int64_t daughter = citizen(t.c, "10000000001");
    struct bond b = asked_by(&t, daughter, e.id), after, way = { .consent_way = CONSENT_PHONE };
    struct who self = *caller_as(ROLE_CITIZEN, daughter);
    t.c->who = &self;
    MUST_FAIL(t.c, entity_act(t.c, &bond_entity, b.id.n, 1, SV("agree"), &way, &after),
              ERR_FORBIDDEN, "bond.not_hers");
    struct who worker = *officer_of(990101000000, 990101999999);
    worker.account = daughter;
    t.c->who = &worker;
    MUST_FAIL(t.c, entity_act(t.c, &bond_entity, b.id.n, 1, SV("agree"), &way, &after),
              ERR_FORBIDDEN, "bond.own");
}

TEST_DB(one_account_asks_once_for_one_elder)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    int64_t daughter = citizen(t.c, "10000000001");
    (void)asked_by(&t, daughter, e.id);
    struct bond again = { .account = { daughter }, .elder = e.id, .valid_until = DAY_NONE };
    MUST_FAIL(t.c, entity_create_by_rule(t.c, &bond_entity, &again), ERR_CONFLICT, "bond.twice");
}

static void clock_ends(struct ctx *c)
{
    struct job_table table = { family_module.jobs, 1, NULL, 0 };
    bool ran = false;
    int64_t job;
    MUST_GO(c, job_add(c, "bond_expire", SV("{}"), &job));
    MUST_GO(c, job_step(c, &table, &ran));
    CHECK(ran);
}

TEST_DB(past_its_day_a_bond_is_ended_by_the_clock_and_shows_nothing_more)
{
    struct town t = town_world();
    struct ctx *c = t.c;
    struct elder e = someone(&t), seen;
    int64_t daughter = citizen(c, "10000000001");
    struct bond b = asked_by(&t, daughter, e.id), way = { .consent_way = CONSENT_PHONE }, after;
    const struct who *house = c->who;
    struct who self = *caller_as(ROLE_CITIZEN, daughter);
    MUST_GO(c, entity_act(c, &bond_entity, b.id.n, 1, SV("agree"), &way, &after));
    after.valid_until.n = day_of(c->now).n + 3;
    MUST_GO(c, entity_update(c, &bond_entity, &after, after.row.version, "update"));
    c->now.ms += 3 * 86400000LL;
    clock_ends(c);
    MUST_GO(c, entity_get(c, &bond_entity, b.id.n, &after));
    CHECK_INT(after.state, BOND_ACTIVE);                 /* the last day counts */
    c->who = &self;
    MUST_GO(c, entity_get(c, &elder_entity, e.id.n, &seen));
    c->who = house;
    c->now.ms += 86400000LL;
    clock_ends(c);
    MUST_GO(c, entity_get(c, &bond_entity, b.id.n, &after));
    CHECK_INT(after.state, BOND_ENDED);
    c->who = &self;
    MUST_FAIL(c, entity_get(c, &elder_entity, e.id.n, &seen), ERR_MISSING, "entity.missing");
}
