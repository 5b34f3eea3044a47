/* family_test.c - nothing is bound without her consent, and nobody consents for her alone. */

#include "care/agreement/agreement.h"
#include "care/consent/consent.h"
#include "care/division/town_test.h"
#include "care/fact/fact.h"
#include "care/family/family.h"
#include "care/visit/visit.h"

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
    struct job_table table = { .kinds = family_module.jobs, .kinds_n = 1 };
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

/* --- what a bond shows --- */

/* What is known of an elder beside her name; a row each. */
static const struct entity *const records[] = {
    &elder_fact_entity, &elder_event_entity, &consent_entity, &guardian_entity,
    &contact_entity,    &agreement_entity,   &visit_entity,
};
enum { RECORDS = sizeof records / sizeof *records };

static void know_much_of(struct ctx *c, struct elder_id elder)
{
    struct day today = day_of(c->now);
    struct elder_fact f;
    struct elder_event v;
    struct consent k;
    struct guardian g;
    struct contact n;
    struct agreement a;
    struct visit visit;
    void *const rows[RECORDS] = { &f, &v, &k, &g, &n, &a, &visit };
    for (size_t i = 0; i < RECORDS; i++)
        record_clear(records[i]->fields, rows[i]);
    f.elder = v.elder = k.elder = g.elder = n.elder = a.elder = visit.elder = elder;
    f.kind = FACT_GRADE, f.value = SV("mild"), f.valid_from = today, f.source = SV("街道核对");
    v.kind = EVENT_HOSPITAL, v.happened_on = today, v.source = SV("家属告知");
    k.purpose = CONSENT_PHOTO, k.given_on = today;
    g.name = SV("李建国"), g.kind = GUARDIAN_LEGAL, g.valid_from = today;
    g.paper = SV("(2026)云证字第 12 号"), g.may.bits = 1u << MATTER_CARE;
    n.name = SV("李建国"), n.phone = SV("10000000009");
    a.org.n = 7;
    visit.day = today, visit.start_min = 540, visit.end_min = 600, visit.carer.n = 9;
    visit.care_order.n = 8;
    for (size_t i = 0; i < RECORDS; i++)
        MUST_GO(c, entity_create_by_rule(c, records[i], rows[i]));
}

static int64_t lists(struct ctx *c, const struct entity *e)
{
    struct query q = { .size = 20, .total = true };
    struct page page;
    MUST_GO(c, entity_list(c, e, &q, &page));
    return page.total;
}

/* The names of those that show this caller their one row. */
static struct sv shown(struct ctx *c, const struct who *who)
{
    const struct who *before = c->who;
    struct buf names = buf_new(test_mem(), 128);
    c->who = who;
    for (size_t i = 0; i < RECORDS; i++)
        if (lists(c, records[i]) == 1)
            buf_fmt(&names, "%s ", records[i]->name);
    c->who = before;
    return buf_sv(&names);
}

TEST_DB(only_a_bond_for_records_shows_what_is_known_and_an_ended_one_nothing)
{
    struct town t = town_world();
    struct ctx *c = t.c;
    struct elder e = someone(&t);
    int64_t orders = citizen(c, "10000000001"), reads = citizen(c, "10000000002");
    struct bond b = asked_by(&t, orders, e.id), way = { .consent_way = CONSENT_PHONE }, after;
    struct who one = *caller_as(ROLE_CITIZEN, orders), other = *caller_as(ROLE_CITIZEN, reads);
    const char *all = "elder_fact elder_event consent guardian contact agreement visit ";
    know_much_of(c, e.id);
    CHECK_TEXT(shown(c, &one), "");                                /* asked, not agreed to */
    MUST_GO(c, entity_act(c, &bond_entity, b.id.n, 1, SV("agree"), &way, &after));
    CHECK_TEXT(shown(c, &one), "");                                /* may order, and no more */

    struct bond more = { .account = { reads }, .elder = e.id, .valid_until = DAY_NONE,
                         .may = { 1u << BOND_MAY_ORDER | 1u << BOND_MAY_RECORDS } };
    MUST_GO(c, entity_create_by_rule(c, &bond_entity, &more));
    MUST_GO(c, entity_act(c, &bond_entity, more.id.n, 1, SV("agree"), &way, &after));
    CHECK_TEXT(shown(c, &other), all);
    CHECK_TEXT(shown(c, &one), "");

    c->reason = SV("老人要求");
    MUST_GO(c, entity_act(c, &bond_entity, more.id.n, 2, SV("end"), NULL, &after));
    CHECK_TEXT(shown(c, &other), "");
}
