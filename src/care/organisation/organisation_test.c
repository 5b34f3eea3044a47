/* organisation_test.c - codes are checked, and nobody publishes what she submitted. */

#include "care/division/town_test.h"
#include "care/organisation/organisation.h"
#include "care/parameter/parameter.h"

#include <string.h>

TEST(a_social_credit_code_is_checked_by_its_last_character)
{
    CHECK(uscc_check(SV("91350100M000100Y43")) == NULL);
    CHECK(uscc_check(SV("91110000802100433B")) == NULL);
    CHECK(uscc_check(SV("91440300708461136t")) == NULL);
    CHECK(!strcmp(uscc_check(SV("911100001000034498")), "uscc.check"));
    CHECK(!strcmp(uscc_check(SV("9111000080210043IB")), "uscc.letter"));
    CHECK(!strcmp(uscc_check(SV("9111000080210043")), "uscc.length"));
}

static struct organisation station(const struct town *t)
{
    struct organisation o;
    record_clear(organisation_fields, &o);
    o.name = SV("柳荫养老服务驿站");
    o.kind = ORG_STATION;
    o.division = t->street.id;
    o.duty_phone = SV("01000001234");
    MUST_GO(t->c, entity_create(t->c, &organisation_entity, &o));
    return o;
}

TEST_DB(who_submits_does_not_publish)
{
    struct town t = town_world();
    struct organisation o = station(&t), after;
    struct ctx *c = t.c;
    struct who author = *officer_of(990101000000, 990101999999), reviewer = author;
    author.account = 11;
    reviewer.account = 12;
    CHECK_INT(o.row.scope, t.street.row.scope);
    c->who = &author;
    MUST_GO(c, entity_act(c, &organisation_entity, o.id.n, 1, SV("submit"), NULL, &after));
    CHECK_INT(after.state, REVIEW_SUBMITTED);
    MUST_FAIL(c, entity_act(c, &organisation_entity, o.id.n, 2, SV("publish"), NULL, &after),
              ERR_FORBIDDEN, "review.own");
    c->who = &reviewer;
    MUST_GO(c, entity_act(c, &organisation_entity, o.id.n, 2, SV("publish"), NULL, &after));
    CHECK_INT(after.state, REVIEW_PUBLISHED);
}

TEST_DB(verifying_notes_who_when_and_until)
{
    struct town t = town_world();
    struct organisation o = station(&t), after;
    struct who officer = *officer_of(990101000000, 990101999999);
    officer.account = 11;
    t.c->who = &officer;
    MUST_GO(t.c, entity_act(t.c, &organisation_entity, o.id.n, 1, SV("verify"), NULL, &after));
    CHECK_INT(after.verified_by.n, 11);
    CHECK_INT(after.verify_until.n, day_of(t.c->now).n + 90);
}

TEST_DB(the_duty_phone_is_the_nearest_stations)
{
    struct town t = town_world();
    struct organisation o = station(&t);
    struct duty_area d;
    record_clear(duty_area_fields, &d);
    d.org = o.id;
    d.division = t.community.id;
    MUST_GO(t.c, entity_create(t.c, &duty_area_entity, &d));
    struct sv phone, name;
    MUST_GO(t.c, duty_phone_of(t.c, t.community.row.scope, day_of(t.c->now), &phone, &name));
    CHECK_TEXT(phone, "01000001234");
    CHECK_TEXT(name, "柳荫养老服务驿站");
    MUST_GO(t.c, duty_phone_of(t.c, 990201001001, day_of(t.c->now), &phone, &name));
    CHECK_TEXT(phone, "");
}

TEST_DB(a_persons_certificate_names_the_person)
{
    struct town t = town_world();
    struct organisation o = station(&t);
    struct paper p;
    record_clear(paper_fields, &p);
    p.org = o.id;
    p.kind = PAPER_HEALTH;
    CHECK_INT(entity_create(t.c, &paper_entity, &p), ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "carer");
    ctx_forgive(t.c);
    p.kind = PAPER_FOOD;
    MUST_GO(t.c, entity_create(t.c, &paper_entity, &p));
    CHECK_INT(p.row.scope, t.street.row.scope);
}
