/* account_test.c - proving who one is: right, wrong, too often, twice. */

#include "care/account/inside.h"
#include "care/elder/elder.h"
#include "care/message/message.h"
#include "care/organisation/organisation.h"
#include "care/parameter/parameter.h"
#include "house.h"
#include "http/server.h"
#include "store/build.h"

#include <string.h>

static const struct module *const test_modules[] = {
    &division_module, &parameter_module, &organisation_module, &account_module,
    &elder_module, &message_module, NULL,
};

TEST(a_second_factor_is_the_standards)
{
    struct sv secret = SV("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");         /* RFC 6238, SHA-1 */
    int64_t step = 0;
    CHECK(totp_right(secret, SV("287082"), (struct moment){ 59000 }, &step));
    CHECK_INT(step, 1);
    CHECK(totp_right(secret, SV("081804"), (struct moment){ 1111111109000 }, &step));
    CHECK(!totp_right(secret, SV("081805"), (struct moment){ 1111111109000 }, &step));
    CHECK(totp_right(secret, SV("287082"), (struct moment){ 89000 }, &step)); /* one step late */
    CHECK(!totp_right(secret, SV("287082"), (struct moment){ 120000 }, &step));
    CHECK(!totp_right(SV(""), SV("287082"), (struct moment){ 59000 }, &step));
}

TEST(new_second_factors_differ_and_can_be_read)
{
    struct sv one = totp_secret_new(test_mem()), two = totp_secret_new(test_mem());
    CHECK_INT(one.len, 32);
    CHECK(!sv_eq(one, two));
}

TEST(weak_passwords_are_named)
{
    CHECK(password_fault(SV("a long enough one"), SV("manager")) == NULL);
    CHECK(!strcmp(password_fault(SV("short"), SV("manager")), "account.password_length"));
    CHECK(!strcmp(password_fault(SV("12345678901"), SV("manager")), "account.password_simple"));
    CHECK(!strcmp(password_fault(SV("manager-2026"), SV("manager")), "account.password_login"));
}

TEST(each_wrong_try_after_the_fifth_waits_twice_as_long)
{
    CHECK_INT(lock_seconds(4), 0);
    CHECK_INT(lock_seconds(5), 60);
    CHECK_INT(lock_seconds(6), 120);
    CHECK_INT(lock_seconds(50), 3600);
}

/* --- with the database --- */

static struct account staff(struct ctx *c, const char *password)
{
    struct account a;
    record_clear(account_fields, &a);
    a.kind = ACCOUNT_STAFF;
    a.name = SV("李站长");
    a.login = SV("manager");
    MUST_GO(c, password_hash(c, sv_of(password), &a.password));
    MUST_GO(c, entity_create(c, &account_entity, &a));
    struct access_grant g;
    record_clear(access_grant_fields, &g);
    g.account = a.id;
    g.role = ROLE_STREET_OFFICER;
    g.low = 990101000000;
    g.high = 990101999999;
    MUST_GO(c, entity_create(c, &access_grant_entity, &g));
    return a;
}

/* An answer within its call, as http has them. */
static struct answer *fresh_answer(struct ctx *c)
{
    struct call *call = NEW(test_mem(), struct call, 1);
    call->server = NEW(test_mem(), struct server, 1);
    call->server->house = c->house;
    call->c.mem = (struct arena){ 0 };
    call->a.body = buf_new(test_mem(), 256);
    call->a.json = json_new(&call->a.body);
    json_object(&call->a.json, NULL);
    return &call->a;
}

static struct call *call_at(struct answer *a)
{
    return (struct call *)(void *)((char *)a - offsetof(struct call, a));
}

/* Both halves of a password sign-in, as http runs them; the answer's text in *ret_text. */
static enum err sign_in(struct ctx *c, const char *login, const char *password, struct sv *ret_text)
{
    struct sign_in *in = NEW(&c->mem, struct sign_in, 1);
    *in = (struct sign_in){ sv_of(login), sv_of(password) };
    struct request q = { .body = in };
    struct answer *a = fresh_answer(c);
    enum err err = password_sign_in_hash(c, &q);
    if (!err)
        err = password_sign_in(c, &q, a);
    *ret_text = sv_copy(test_mem(), buf_sv(&a->body));
    arena_free(&call_at(a)->c.mem);
    return err;
}

TEST_DB(the_right_password_still_owes_the_second_factor)
{
    struct ctx *c = house_world(test_modules);
    struct sv text;
    (void)staff(c, "a long enough one");
    c->who = NULL;
    MUST_GO(c, sign_in(c, "Manager", "a long enough one", &text));
    CHECK(sv_find(text, SV("\"enrol_totp\":true")) >= 0);
}

TEST_DB(wrong_passwords_lock_for_a_while_and_unknown_names_say_no_more)
{
    struct ctx *c = house_world(test_modules);
    struct sv text;
    (void)staff(c, "a long enough one");
    c->who = NULL;
    for (int i = 0; i < PASSWORD_TRIES; i++) {
        CHECK(sign_in(c, "manager", "wrong wrong wrong", &text) != ERR_BROKEN);
        CHECK_TEXT(sv_of(c->fault.key), "account.wrong");
        ctx_forgive(c);
    }
    CHECK_INT(sign_in(c, "manager", "a long enough one", &text), ERR_TOO_MANY);
    CHECK_TEXT(sv_of(c->fault.key), "account.locked");
    CHECK(c->fault.retry_after_s > 50);
    ctx_forgive(c);
    c->now.ms += 61000;
    MUST_GO(c, sign_in(c, "manager", "a long enough one", &text));
    (void)sign_in(c, "nobody", "a long enough one", &text);
    CHECK_TEXT(sv_of(c->fault.key), "account.wrong");
}

/* The code that lies in the outbox. */
static struct sv sent_code(struct ctx *c)
{
    struct query q = { .size = 1 };
    struct page page;
    const struct who *before = c->who;
    c->who = &who_house;
    MUST_GO(c, entity_list(c, &message_entity, &q, &page));
    c->who = before;
    CHECK_INT(page.n, 1);
    struct sv text = ((const struct message_row *)page.rows)->slots;
    return sv_copy(test_mem(),
                   sv_head(sv_from(text, (size_t)sv_find(text, SV("\"code\":\"")) + 8), 6));
}

static enum err by_phone(struct ctx *c, endpoint_fn *run, const char *code)
{
    struct code_in *in = NEW(&c->mem, struct code_in, 1);
    *in = (struct code_in){ SV("100 0000 0001"), sv_of(code) };
    struct request q = { .body = in };
    struct answer *a = fresh_answer(c);
    enum err err = run(c, &q, a);
    arena_free(&call_at(a)->c.mem);
    return err;
}

TEST_DB(a_code_by_message_opens_one_account_for_one_number)
{
    struct ctx *c = house_world(test_modules);
    int64_t n;
    c->who = NULL;
    for (int i = 0; i < 2; i++) {
        MUST_GO(c, by_phone(c, code_send, ""));
        MUST_GO(c, by_phone(c, code_sign_in, sent_code(c).at));
        c->now.ms += 61000;
    }
    struct build b = build_new(c);
    build_sql(&b, "SELECT COUNT(*) FROM account WHERE kind = 'citizen'");
    struct rows r = build_rows(c, &b);
    n = rows_next(&r) ? rows_int(&r, 0) : -1;
    MUST_GO(c, rows_end(&r));
    CHECK_INT(n, 1);
}

TEST_DB(a_code_is_sent_before_what_waited_already)
{
    struct ctx *c = house_world(test_modules);
    c->who = NULL;
    MUST_GO(c, outbox_add(c, &(struct message_out){ .way = SV("sms"), .address = SV("100"),
                                                    .template = SV("order.placed"),
                                                    .values = SV("{}"), .once = SV("before") }));
    c->now.ms += 1000;
    MUST_GO(c, by_phone(c, code_send, ""));
    struct build b = build_new(c);
    build_sql(&b, "SELECT template FROM outbox ORDER BY not_before, id LIMIT 1");
    struct rows r = build_rows(c, &b);
    CHECK(rows_next(&r));
    CHECK_TEXT(rows_text(&r, 0), "sign_in.code");
    MUST_GO(c, rows_end(&r));
}

TEST_DB(a_code_is_used_once_guessed_five_times_and_sent_once_a_minute)
{
    struct ctx *c = house_world(test_modules);
    c->who = NULL;
    MUST_GO(c, by_phone(c, code_send, ""));
    MUST_FAIL(c, by_phone(c, code_send, ""), ERR_TOO_MANY, "code.wait");
    const char *code = sent_code(c).at;
    const char *other = strcmp(code, "000000") == 0 ? "111111" : "000000";
    for (int i = 0; i < CODE_TRIES; i++) {
        (void)by_phone(c, code_sign_in, other);
        CHECK_TEXT(sv_of(c->fault.key), "code.wrong");
        ctx_forgive(c);
    }
    (void)by_phone(c, code_sign_in, code);
    CHECK_TEXT(sv_of(c->fault.key), "code.wrong");
    ctx_forgive(c);
    c->now.ms += 61000;
    MUST_GO(c, by_phone(c, code_send, ""));
    code = sent_code(c).at;
    MUST_GO(c, by_phone(c, code_sign_in, code));
    (void)by_phone(c, code_sign_in, code);
    CHECK_TEXT(sv_of(c->fault.key), "code.wrong");
    ctx_forgive(c);
    c->now.ms += 61000;
    MUST_GO(c, by_phone(c, code_send, ""));
    code = sent_code(c).at;
    c->now.ms += (CODE_MINUTES * 60 + 1) * 1000;
    (void)by_phone(c, code_sign_in, code);
    CHECK_TEXT(sv_of(c->fault.key), "code.wrong");
}

/* A second factor's code for the clock's step. */
static struct sv totp_now(struct sv secret, struct moment now)
{
    for (int n = 0; n < 1000000; n++) {
        struct sv code = sv_fmt(test_mem(), "%06d", n);
        int64_t step;
        if (totp_right(secret, code, now, &step) && step == now.ms / 1000 / TOTP_STEP_S)
            return code;
    }
    return SV("");
}

TEST_DB(a_second_factor_is_enrolled_and_a_code_counts_once)
{
    struct ctx *c = house_world(test_modules);
    struct account a = staff(c, "a long enough one");
    struct who weak = { .account = a.id.n, .role = ROLE_STREET_OFFICER, .weak = true };
    struct request q = { 0 };
    struct answer *out = fresh_answer(c);
    c->who = &weak;
    MUST_GO(c, totp_enrol(c, &q, out));
    struct account stored;
    bool found;
    MUST_GO(c, entity_load(c, &account_entity, a.id.n, &stored, &found));
    CHECK(!stored.totp_on);
    struct code_in in = { .code = totp_now(stored.totp_secret, c->now) };
    q.body = &in;
    MUST_GO(c, totp_sign_in(c, &q, out));
    MUST_GO(c, entity_load(c, &account_entity, a.id.n, &stored, &found));
    CHECK(stored.totp_on);
    MUST_FAIL(c, totp_sign_in(c, &q, out), ERR_SIGN_IN, "account.code_used");
    MUST_FAIL(c, totp_enrol(c, &q, out), ERR_CONFLICT, "account.totp_there");
}
