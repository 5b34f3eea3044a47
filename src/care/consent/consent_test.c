/* consent_test.c - a ground has its proof, and only a guardian of hers gives her word. */

#include "care/consent/consent.h"
#include "care/division/town_test.h"

#include <string.h>

static struct elder someone(const struct town *t, const char *name)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = sv_of(name);
    e.birth = day_civil(1946, 3, 7);
    e.division = t->community.id;
    MUST_GO(t->c, entity_create(t->c, &elder_entity, &e));
    return e;
}

static struct guardian son_of(const struct town *t, struct elder_id elder, int kind)
{
    struct guardian g;
    record_clear(guardian_fields, &g);
    g.elder = elder;
    g.name = SV("李建国");
    g.kind = kind;
    g.paper = SV("(2026)云证字第 12 号");
    g.may.bits = 1u << MATTER_CARE | 1u << MATTER_MEDICAL;
    g.valid_from = (struct day){ day_of(t->c->now).n - 30 };
    MUST_GO(t->c, entity_create(t->c, &guardian_entity, &g));
    return g;
}

static struct consent word(const struct town *t, struct elder_id elder, int basis)
{
    struct consent k;
    record_clear(consent_fields, &k);
    k.elder = elder;
    k.purpose = CONSENT_PHOTO;
    k.basis = basis;
    k.given_on = day_of(t->c->now);
    return k;
}

static bool stands(const struct town *t, struct elder_id elder, int64_t later)
{
    bool yes = false;
    MUST_GO(t->c, consent_stands(t->c, elder, CONSENT_PHOTO,
                                 (struct day){ day_of(t->c->now).n + later }, &yes));
    return yes;
}

TEST_DB(a_consent_stands_until_its_day_or_her_word)
{
    struct town t = town_world();
    struct elder e = someone(&t, "王秀英");
    struct consent k = word(&t, e.id, BASIS_CONSENT), after;
    k.valid_until = (struct day){ k.given_on.n + 10 };
    CHECK(!stands(&t, e.id, 0));
    MUST_GO(t.c, entity_create(t.c, &consent_entity, &k));
    CHECK(stands(&t, e.id, 0) && stands(&t, e.id, 10) && !stands(&t, e.id, 11));
    t.c->reason = SV("老人要求");
    MUST_GO(t.c, entity_act(t.c, &consent_entity, k.id.n, 1, SV("withdraw"), NULL, &after));
    CHECK(day_known(after.withdrawn_on));
    CHECK(!stands(&t, e.id, 0));
}

TEST_DB(a_duty_names_its_law_and_an_emergency_what_happened)
{
    struct town t = town_world();
    struct elder e = someone(&t, "王秀英");
    struct consent duty = word(&t, e.id, BASIS_DUTY), alarm = word(&t, e.id, BASIS_EMERGENCY);
    MUST_FAULT(t.c, entity_create(t.c, &consent_entity, &duty), "consent.article");
    MUST_FAULT(t.c, entity_create(t.c, &consent_entity, &alarm), "consent.emergency");
    duty.article = SV("《老年人权益保障法》第三十条");
    MUST_GO(t.c, entity_create(t.c, &consent_entity, &duty));
    struct consent after;
    t.c->reason = SV("老人要求");
    MUST_FAIL(t.c, entity_act(t.c, &consent_entity, duty.id.n, 1, SV("withdraw"), NULL, &after),
              ERR_CONFLICT, "consent.no_word");
}

TEST_DB(only_her_own_guardian_gives_her_word)
{
    struct town t = town_world();
    struct elder e = someone(&t, "王秀英"), other = someone(&t, "张桂兰");
    struct consent k = word(&t, e.id, BASIS_GUARDIAN);
    MUST_FAULT(t.c, entity_create(t.c, &consent_entity, &k), "consent.guardian");
    k.guardian = son_of(&t, other.id, GUARDIAN_LEGAL).id;
    MUST_FAULT(t.c, entity_create(t.c, &consent_entity, &k), "consent.guardian");
    k.guardian = son_of(&t, e.id, GUARDIAN_ENTRUSTED).id;
    MUST_FAULT(t.c, entity_create(t.c, &consent_entity, &k), "consent.agent");
    k.guardian = son_of(&t, e.id, GUARDIAN_AGREED).id;
    MUST_GO(t.c, entity_create(t.c, &consent_entity, &k));
}

TEST_DB(who_speaks_for_her_depends_on_matter_and_day)
{
    struct town t = town_world();
    struct elder e = someone(&t, "王秀英");
    struct guardian g = son_of(&t, e.id, GUARDIAN_LEGAL), who;
    struct day today = day_of(t.c->now);
    bool found;
    MUST_GO(t.c, guardian_for(t.c, e.id, MATTER_MEDICAL, today, &who, &found));
    CHECK(found);
    CHECK_INT(who.id.n, g.id.n);
    MUST_GO(t.c, guardian_for(t.c, e.id, MATTER_PROPERTY, today, &who, &found));
    CHECK(!found);
    MUST_GO(t.c, guardian_for(t.c, e.id, MATTER_CARE, (struct day){ today.n - 31 }, &who, &found));
    CHECK(!found);
}

TEST_DB(a_relative_does_not_withdraw_her_consent)
{
    struct town t = town_world();
    struct elder e = someone(&t, "王秀英");
    struct consent k = word(&t, e.id, BASIS_CONSENT), after;
    struct bond b;
    MUST_GO(t.c, entity_create(t.c, &consent_entity, &k));
    record_clear(bond_fields, &b);
    b.account.n = 7;
    b.elder = e.id;
    b.may.bits = 1u << BOND_MAY_RECORDS;
    b.state = BOND_ACTIVE;
    b.consent_at = t.c->now;
    MUST_GO(t.c, entity_create_by_rule(t.c, &bond_entity, &b));
    struct who daughter = *caller_as(ROLE_CITIZEN, 7);
    t.c->who = &daughter;
    t.c->reason = SV("不想了");
    MUST_FAIL(t.c, entity_act(t.c, &consent_entity, k.id.n, 1, SV("withdraw"), NULL, &after),
              ERR_FORBIDDEN, "bond.not_hers");
}
