/* my_test.c - a citizen's own: asked, agreed, shown; and nobody learns who is in the register. */

#include "care/account/account.h"
#include "care/division/town_test.h"
#include "care/family/family.h"
#include "care/family/my.h"

#include <stdlib.h>
#include <string.h>

static endpoint_fn *endpoint_at(enum verb verb, const char *path)
{
    for (const struct endpoint *e = my_endpoints; e->path; e++)
        if (e->verb == verb && strcmp(e->path, path) == 0)
            return e->run;
    abort();
}

static struct sv ask(struct ctx *c, enum verb verb, const char *path, const void *body)
{
    struct answer a = { .body = buf_new(test_mem(), 512) };
    struct request q = { .body = body };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(c, endpoint_at(verb, path)(c, &q, &a));
    json_end(&a.json, '}');
    return sv_copy(test_mem(), buf_sv(&a.body));
}

static bool says(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

static struct elder someone(const struct town *t)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("王秀英");
    e.birth = day_civil(1946, 3, 7);
    e.phone = SV("10012345678");
    e.division = t->community.id;
    e.address = SV("东堤社区 3 号楼 402");
    MUST_GO(t->c, entity_create(t->c, &elder_entity, &e));
    return e;
}

static const struct who *citizen(struct ctx *c)
{
    struct account a;
    record_clear(account_fields, &a);
    a.kind = ACCOUNT_CITIZEN;
    a.name = SV("女儿");
    a.phone = SV("10000000001");
    MUST_GO(c, entity_create(c, &account_entity, &a));
    return caller_as(ROLE_CITIZEN, a.id.n);
}

/* As my.c reads it. */
struct bond_in { struct sv name, id_number, phone; int relation; struct sv papers; };

TEST_DB(asking_says_the_same_whether_she_is_registered_or_not)
{
    struct town t = town_world();
    (void)someone(&t);
    t.c->who = citizen(t.c);
    struct bond_in right = { .name = SV("王秀英"), .phone = SV("100 1234 5678") };
    struct bond_in wrong = { .name = SV("李秀英"), .phone = SV("100 1234 5678") };
    struct sv told = ask(t.c, POST, "/api/my/bond", &wrong);
    CHECK(!says(ask(t.c, GET, "/api/my", NULL), "\"state\":\"asked\""));
    CHECK(sv_eq(told, ask(t.c, POST, "/api/my/bond", &right)));
    struct sv mine = ask(t.c, GET, "/api/my", NULL);
    CHECK(says(mine, "\"state\":\"asked\""));
    CHECK(!says(mine, "王秀英"));
    CHECK(sv_eq(told, ask(t.c, POST, "/api/my/bond", &right)));      /* again: no second one */
}

TEST_DB(once_agreed_she_is_among_those_i_care_for)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    const struct who *daughter = citizen(t.c);
    struct bond_in in = { .name = SV("王秀英"), .phone = SV("10012345678") };
    t.c->who = daughter;
    (void)ask(t.c, POST, "/api/my/bond", &in);
    struct page page;
    struct query q = { .size = 5 };
    t.c->who = &who_house;
    MUST_GO(t.c, entity_list(t.c, &bond_entity, &q, &page));
    CHECK_INT(page.n, 1);
    const struct bond *b = page.rows;
    struct bond way = { .consent_way = CONSENT_VISIT }, after;
    MUST_GO(t.c, entity_act(t.c, &bond_entity, b->id.n, 1, SV("agree"), &way, &after));
    t.c->who = daughter;
    struct sv mine = ask(t.c, GET, "/api/my", NULL);
    CHECK(says(mine, "王秀英"));
    CHECK(says(mine, "\"may\":[\"order\",\"records\"]"));
    CHECK(!says(mine, "402"));                       /* the address as far as the compound */
    struct elder seen;
    MUST_GO(t.c, entity_get(t.c, &elder_entity, e.id.n, &seen));
    t.c->who = &who_house;
    MUST_GO(t.c, access_note(t.c, e.id.n, &elder_entity, e.id.n, SV("phone")));
    t.c->who = daughter;
    CHECK(says(ask(t.c, GET, "/api/my/access", NULL), "\"what\":\"phone\""));
}

TEST_DB(only_the_registered_telephone_links_my_own_record)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct elder stored;
    bool found;
    t.c->who = &who_house;
    const char digits[] = "99010119460307002";
    struct buf number = buf_new(test_mem(), 20);
    buf_text(&number, digits);
    buf_byte(&number, id_check_character(digits));
    e.id_number = buf_sv(&number);
    e.gender = 2;
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &e, 1, "change"));
    struct bond_in in = { .name = SV("王秀英"), .id_number = e.id_number };
    t.c->who = citizen(t.c);                         /* another telephone */
    CHECK(says(ask(t.c, POST, "/api/my/elder", &in), "\"linked\":false"));
    struct account own;
    record_clear(account_fields, &own);
    own.kind = ACCOUNT_CITIZEN;
    own.name = SV("本人");
    own.phone = SV("10012345678");
    t.c->who = &who_house;
    MUST_GO(t.c, entity_create(t.c, &account_entity, &own));
    t.c->who = caller_as(ROLE_CITIZEN, own.id.n);
    CHECK(says(ask(t.c, POST, "/api/my/elder", &in), "\"linked\":true"));
    MUST_GO(t.c, entity_load(t.c, &elder_entity, e.id.n, &stored, &found));
    CHECK_INT(stored.account.n, own.id.n);
    CHECK(says(ask(t.c, GET, "/api/my", NULL), "\"relation\":\"self\""));
}

static struct sv at_counter(struct ctx *c, int64_t elder, const struct counter_bond *in,
                            enum err *ret_err)
{
    struct answer a = { .body = buf_new(test_mem(), 512) };
    struct request q = { .body = in };
    q.param[0] = sv_fmt(test_mem(), "%lld", (long long)elder);
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    *ret_err = counter_bond_post(c, &q, &a);
    return sv_copy(test_mem(), buf_sv(&a.body));
}

TEST_DB(at_the_counter_a_relative_without_an_account_is_bound_by_telephone)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct who worker = *officer_of(990101000000, 990101999999);
    struct counter_bond in = { .name = SV("王建国"), .phone = SV("100 8000 0001"),
                               .consent_way = CONSENT_COUNTER, .valid_until = DAY_NONE };
    enum err err;
    int64_t account, again;
    bool may;
    worker.account = 77;
    t.c->who = &worker;
    struct sv told = at_counter(t.c, e.id.n, &in, &err);
    CHECK_INT(err, ERR_NONE);
    CHECK(says(told, "\"state\":\"active\"") && says(told, "\"consent_way\":\"counter\""));
    MUST_GO(t.c, citizen_account(t.c, SV("10080000001"), SV(""), &account));
    MUST_GO(t.c, bond_allows(t.c, account, e.id, BOND_MAY_RECORDS, &may));
    CHECK(may);
    MUST_GO(t.c, citizen_account(t.c, SV("+86 100-8000-0001"), SV(""), &again));
    CHECK_INT(again, account);
    (void)at_counter(t.c, e.id.n, &in, &err);
    CHECK_INT(err, ERR_CONFLICT);
    CHECK_TEXT(sv_of(t.c->fault.key), "bond.twice");
}

TEST_DB(what_she_asked_for_already_is_what_the_counter_agrees_to)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    const struct who *daughter = citizen(t.c);
    struct bond_in asked = { .name = SV("王秀英"), .phone = SV("10012345678") };
    struct counter_bond in = { .name = SV("女儿"), .phone = SV("10000000001"),
                               .consent_way = CONSENT_VISIT, .valid_until = DAY_NONE };
    struct who worker = *officer_of(990101000000, 990101999999);
    enum err err;
    t.c->who = daughter;
    (void)ask(t.c, POST, "/api/my/bond", &asked);
    worker.account = 77;
    t.c->who = &worker;
    (void)at_counter(t.c, e.id.n, &in, &err);
    CHECK_INT(err, ERR_NONE);
    t.c->who = daughter;
    struct sv mine = ask(t.c, GET, "/api/my", NULL);
    CHECK(says(mine, "王秀英") && !says(mine, "\"state\":\"asked\""));
}

TEST_DB(an_officer_of_elsewhere_binds_nobody_here)
{
    struct town t = town_world();
    struct elder e = someone(&t);
    struct who other = *officer_of(990102000000, 990102999999);
    struct counter_bond in = { .name = SV("王建国"), .phone = SV("10080000001"),
                               .consent_way = CONSENT_COUNTER, .valid_until = DAY_NONE };
    enum err err;
    t.c->who = &other;
    (void)at_counter(t.c, e.id.n, &in, &err);
    CHECK_INT(err, ERR_MISSING);
}
