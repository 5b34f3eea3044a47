/* who_test.c - roles, sessions, grants, and answers to repeated requests. */

#include "model/who/account.h"
#include "model/idempotency.h"
#include "small.h"
#include "store/build.h"

#include <string.h>

TEST(roles_and_their_names_stand_in_one_order)
{
    for (int r = 0; r < ROLE_COUNT; r++) {
        CHECK_TEXT(sv_of(role_choices[r].key), roles[r].name.key);
        CHECK_TEXT(sv_of(role_choices[r].zh), roles[r].name.zh);
        CHECK(role_may((enum role)r, MAY_SIGNED_IN));
        CHECK(roles[r].idle_min > 0);
    }
    CHECK(!role_choices[ROLE_COUNT].key);
}

TEST(duties_lie_with_different_people)
{
    static const enum role admins[] = { ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN, ROLE_AUDIT_ADMIN };
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            CHECK(roles_compatible(admins[a], admins[b]) == (a == b));
    CHECK(!roles_compatible(ROLE_DISTRICT_OFFICER, ROLE_STREET_OFFICER));
    CHECK(!roles_compatible(ROLE_ASSESSOR, ROLE_STATION_MANAGER));
    CHECK(!roles_compatible(ROLE_AUDITOR, ROLE_COMMUNITY_WORKER));
    CHECK(roles_compatible(ROLE_CITIZEN, ROLE_AUDITOR));
    CHECK(roles_compatible(ROLE_CARER, ROLE_STATION_MANAGER));
    for (int r = 0; r < ROLE_COUNT; r++) {           /* no role alone holds what must be apart */
        CHECK(!(role_may((enum role)r, MAY_SET_RULES) &&
                role_may((enum role)r, MAY_REVIEW_DIRECTORY)));
        CHECK(!(role_may((enum role)r, MAY_MANAGE_ACCOUNTS)
                && role_may((enum role)r, MAY_MANAGE_GRANTS)));
    }
}

static int64_t staff(struct ctx *c, const char *login)
{
    struct account a = { .kind = ACCOUNT_STAFF, .name = SV("赵站长"), .login = sv_of(login) };
    MUST_GO(c, entity_create(c, &account_entity, &a));
    return a.id.n;
}

static struct access_grant grant_of(int64_t account, enum role role)
{
    struct access_grant g;
    record_clear(access_grant_fields, &g);
    g.account.n = account;
    g.role = (int)role;
    return g;
}

static struct sv opened(struct ctx *c, int64_t account, enum role role)
{
    struct sv token;
    struct session_new s = { .account = account, .role = role };
    MUST_GO(c, session_open(c, &s, &token));
    return token;
}

/* One administrator makes the account, another says what it may: she must see whose it is. */
TEST_DB(a_security_administrator_grants_to_an_account_she_did_not_make)
{
    struct small s = small_world();
    struct ctx *c = s.c;
    int64_t id = staff(c, "li"), herself = staff(c, "an");
    struct access_grant g = grant_of(id, ROLE_ASSESSOR);
    struct who security = { .account = herself, .role = ROLE_SECURITY_ADMIN, .ranges_n = 1,
                            .ranges = { { 0, 999999999999 } } };
    g.low = 990101000000;
    g.high = 990101999999;
    c->who = &security;
    MUST_GO(c, entity_create(c, &access_grant_entity, &g));
    CHECK(!role_may(ROLE_SECURITY_ADMIN, MAY_MANAGE_ACCOUNTS));
}

TEST_DB(a_token_leads_to_account_role_and_ranges)
{
    struct small s = small_world();
    struct ctx *c = s.c;
    int64_t id = staff(c, " Zhao "), other = staff(c, "li");
    struct access_grant g = grant_of(id, ROLE_STREET_OFFICER);
    g.low = 990101000000;
    g.high = 990101999999;
    MUST_GO(c, entity_create(c, &access_grant_entity, &g));
    g = grant_of(id, ROLE_STREET_OFFICER);
    g.low = 990105000000;
    g.high = 990105999999;
    g.valid_to = day_civil(2026, 11, 20);            /* yesterday */
    MUST_GO(c, entity_create(c, &access_grant_entity, &g));
    struct sv token = opened(c, id, ROLE_STREET_OFFICER);
    const struct who *w;
    MUST_GO(c, who_from_token(c, token, &w));
    CHECK(w);
    CHECK_INT(w->account, id);
    CHECK_INT(w->ranges_n, 1);
    CHECK_INT(w->ranges[0].low, 990101000000);
    CHECK_TEXT(w->name, "赵站长");
    CHECK_INT(w->csrf.len, 32);
    CHECK(sv_find(w->csrf, sv_head(token, 8)) < 0);
    MUST_GO(c, who_from_token(c, opened(c, other, ROLE_STREET_OFFICER), &w));
    CHECK(!w);                                       /* no grant of that role */
    MUST_GO(c, who_from_token(c, SV("0000"), &w));
    CHECK(!w);
    struct account a;
    MUST_GO(c, entity_get(c, &account_entity, id, &a));
    CHECK_TEXT(a.login, "zhao");
}

TEST_DB(a_session_ends_by_itself_and_by_hand)
{
    struct small s = small_world();
    struct ctx *c = s.c;
    struct account a = { .name = SV("女儿"), .phone = SV("10011112222") };
    MUST_GO(c, entity_create(c, &account_entity, &a));
    struct sv token = opened(c, a.id.n, ROLE_CITIZEN);
    struct moment start = c->now;
    const struct who *w;
    c->now.ms = start.ms + 29 * MS_A_DAY;
    MUST_GO(c, who_from_token(c, token, &w));
    CHECK(w);
    MUST_GO(c, session_touch(c, w->session));
    c->now.ms = start.ms + 58 * MS_A_DAY;
    MUST_GO(c, who_from_token(c, token, &w));
    CHECK(w);                                        /* kept alive by use */
    MUST_GO(c, session_touch(c, w->session));
    c->now.ms = start.ms + 89 * MS_A_DAY;            /* idle for more than 30 days */
    MUST_GO(c, who_from_token(c, token, &w));
    CHECK(!w);
    c->now = start;
    token = opened(c, a.id.n, ROLE_CITIZEN);
    MUST_GO(c, who_from_token(c, token, &w));
    MUST_GO(c, session_close_all(c, a.id.n));
    MUST_GO(c, who_from_token(c, token, &w));
    CHECK(!w);
    token = opened(c, a.id.n, ROLE_CITIZEN);
    struct account locked;
    MUST_GO(c, entity_get(c, &account_entity, a.id.n, &locked));
    locked.state = ACCOUNT_LOCKED;
    MUST_GO(c, entity_update(c, &account_entity, &locked, 1, "lock"));
    MUST_GO(c, who_from_token(c, token, &w));
    CHECK(!w);
}

TEST_DB(grants_keep_duties_apart)
{
    struct small s = small_world();
    struct ctx *c = s.c;
    int64_t id = staff(c, "qian");
    struct access_grant g = grant_of(id, ROLE_SYSTEM_ADMIN);
    g.high = 999999999999;
    MUST_GO(c, entity_create(c, &access_grant_entity, &g));
    g = grant_of(id, ROLE_AUDIT_ADMIN);
    CHECK_INT(entity_create(c, &access_grant_entity, &g), ERR_INVALID);
    CHECK_TEXT(sv_of(c->fault.fields[0].key), "grant.apart");
    ctx_forgive(c);
    g = grant_of(staff(c, "sun"), ROLE_AUDITOR);     /* no letter, no end */
    CHECK_INT(entity_create(c, &access_grant_entity, &g), ERR_INVALID);
    ctx_forgive(c);
    g = grant_of(staff(c, "zhou"), ROLE_PROVIDER);   /* no organisation */
    CHECK_INT(entity_create(c, &access_grant_entity, &g), ERR_INVALID);
    ctx_forgive(c);
    struct account a = { .kind = ACCOUNT_STAFF, .name = SV("另一位"), .login = SV("QIAN") };
    MUST_FAIL(c, entity_create(c, &account_entity, &a), ERR_CONFLICT, "account.login_taken");
}

TEST_DB(a_weak_session_may_nothing_yet)
{
    struct small s = small_world();
    struct who w = { .role = ROLE_STREET_OFFICER, .weak = true, .ranges = { { 0, INT64_MAX } },
                     .ranges_n = 1 };
    int64_t id = small_add(&s, "王小明", s.near);
    s.c->who = &w;
    struct small_person p;
    MUST_FAIL(s.c, entity_get(s.c, &small_person, id, &p), ERR_SIGN_IN, "who.second_factor");
    CHECK(who_may(s.c, MAY_ANYONE));
    CHECK(!who_may(s.c, MAY_SIGNED_IN));
}

TEST_DB(a_repeated_request_gets_its_first_answer)
{
    struct small s = small_world();
    struct ctx *c = s.c;
    struct sv hash = idempotency_hash(test_mem(), SV("POST"), SV("/api/x"), SV("{}"));
    struct sv other = idempotency_hash(test_mem(), SV("POST"), SV("/api/x"), SV("{1}"));
    struct kept_answer kept = { .status = 201,
                                .location = SV("/api/x/1"),
                                .body = SV("{\"id\":1}") };
    struct kept_answer back;
    bool seen = true;
    MUST_GO(c, idempotency_seen(c, hash, &seen, &back));
    CHECK(!seen);                                    /* no key: nothing is remembered */
    c->idempotency_key = SV("a1b2c3d4");
    MUST_GO(c, idempotency_seen(c, hash, &seen, &back));
    CHECK(!seen);
    MUST_GO(c, idempotency_keep(c, hash, &kept));
    MUST_GO(c, idempotency_seen(c, hash, &seen, &back));
    CHECK(seen);
    CHECK_INT(back.status, 201);
    CHECK_TEXT(back.body, "{\"id\":1}");
    CHECK_TEXT(back.location, "/api/x/1");
    MUST_FAIL(c, idempotency_seen(c, other, &seen, &back), ERR_INVALID, "idempotency.other_body");
    CHECK_INT(idempotency_keep(c, hash, &kept), ERR_CONFLICT);
    CHECK(c->fault.retryable);
    ctx_forgive(c);
    c->who = caller_as(ROLE_CITIZEN, 9);             /* another's key is another key */
    MUST_GO(c, idempotency_seen(c, other, &seen, &back));
    CHECK(!seen);
    c->who = &who_house;
    c->now.ms += 73 * 3600000ll;
    MUST_GO(c, idempotency_clean(c));
    MUST_GO(c, idempotency_seen(c, other, &seen, &back));
    CHECK(!seen);
    c->idempotency_key = SV("short");
    MUST_FAIL(c, idempotency_seen(c, hash, &seen, &back), ERR_INVALID, "idempotency.key");
}

TEST_DB(every_message_key_of_model_has_a_sentence)
{
    struct small s = small_world();
    static const char *const keys[] = { "who.sign_in", "small.id_taken", "field.required" };
    for (size_t i = 0; i < 3; i++)
        CHECK(house_message(s.c->house, test_mem(), LANG_ZH, keys[i], SV(""), SV("")).len > 0);
    CHECK_TEXT(house_message(s.c->house, test_mem(), LANG_EN, "grant.apart", SV("a"), SV("b")),
               "a and b must be two people");
    CHECK(house_message(s.c->house, test_mem(), LANG_EN, "no.such.key", SV(""), SV("")).len > 0);
}
