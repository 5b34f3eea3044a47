/* gateway_test.c - a gateway that refuses, hangs, breaks, is asked twice: what then is sent. */

#include "care/message/gateway_test.h"

#include "http/http.h"

static struct message_channel channel_to(struct told *t, const struct gateway *g, int repeats)
{
    struct message_channel k = gateway_row(t, g);
    k.repeats = repeats;
    t->c->who = &who_house;
    MUST_GO(t->c, entity_create_by_rule(t->c, &message_channel_entity, &k));
    return k;
}

static void add_message(struct told *t, const char *once)
{
    MUST_GO(t->c, message_send(t->c, &(struct message_new){
        .kind = TELL_BOND_MADE, .account = { 70 }, .phone = SV("10000000070"),
        .once = sv_of(once) }));
}

static struct message_row after(struct told *t, int64_t later_ms)
{
    t->c->now.ms += later_ms;
    told_send(t);
    return told_last(t, TELL_BOND_MADE);
}

TEST_DB(a_gateway_gets_text_number_id_and_signature_and_its_receipt_is_noted)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "o");
    struct message_channel k = channel_to(&t, &g, REPEATS_NOT_KNOWN);
    add_message(&t, "made/1");
    struct message_row m = after(&t, 0);
    gateway_close(&g);
    CHECK_INT(m.state, MESSAGE_SENT);
    CHECK_TEXT(m.provider_ref, "g-1");
    CHECK_INT(m.channel.n, k.id.n);
    struct sv body = sv_of(g.bodies[0]), id = sv_fmt(test_mem(), "\"id\":\"message/%lld/0\"",
                                                     (long long)m.id.n);
    CHECK(sv_find(body, SV("\"to\":\"10000000070\"")) >= 0);
    CHECK(sv_find(body, SV("【一刻养老】")) >= 0);
    CHECK(sv_find(body, id) >= 0);
    CHECK(sv_find(body, hmac_hex(test_mem(), SV("very-secret-key"), SV("10000000070"))) >= 0);

    static const struct field none[] = { { 0 } };
    struct { struct sv token, sign; } query = { SV("wrong"), SV("") };
    struct request q = { .param = { sv_fmt(test_mem(), "%lld", (long long)k.id.n) },
                         .query = &query, .raw = SV("{\"id\":\"g-1\",\"result\":\"DELIVRD\"}") };
    struct answer a = { .body = buf_new(test_mem(), 64) };
    a.json = json_new(&a.body);
    (void)none;
    MUST_FAIL(t.c, receipt_post(t.c, &q, &a), ERR_FORBIDDEN, "channel.none");
    query.sign = hmac_hex(test_mem(), SV("receipt-key"), q.raw);
    json_object(&a.json, NULL);
    MUST_GO(t.c, receipt_post(t.c, &q, &a));
    MUST_GO(t.c, receipt_post(t.c, &q, &a));
    CHECK_INT(told_last(&t, TELL_BOND_MADE).state, MESSAGE_DELIVERED);
}

TEST_DB(a_try_without_an_answer_is_not_repeated_until_a_person_says_so)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    struct message_row m;
    gateway_open(&g, "ho");
    channel_to(&t, &g, REPEATS_NOT_KNOWN);
    add_message(&t, "made/1");
    m = after(&t, 0);
    CHECK_INT(m.state, MESSAGE_UNSURE);
    m = after(&t, 3600000);
    CHECK_INT(g.asked, 1);
    t.c->who = &t.s.staff;
    t.c->reason = SV("家属说没收到");
    MUST_GO(t.c, entity_act_by_rule(t.c, &message_entity, m.id.n, m.row.version, SV("resend"),
                                    NULL, &m));
    m = after(&t, 0);
    gateway_close(&g);
    CHECK_INT(m.state, MESSAGE_SENT);
    CHECK_INT(g.asked, 2);
    CHECK(sv_find(sv_of(g.bodies[1]), SV("/1\"")) >= 0);       /* a new id: it is meant */
}

TEST_DB(a_gateway_that_drops_repeats_is_asked_again_under_the_same_id)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "h5o");
    channel_to(&t, &g, REPEATS_DROPPED);
    add_message(&t, "made/1");
    CHECK_INT(after(&t, 0).state, MESSAGE_WAITING);
    CHECK_INT(after(&t, 3600000).state, MESSAGE_WAITING);
    CHECK_INT(after(&t, 3600000).state, MESSAGE_SENT);
    gateway_close(&g);
    CHECK_INT(g.asked, 3);
    CHECK_TEXT(sv_of(g.bodies[0]), g.bodies[2]);
}

TEST_DB(what_is_refused_is_tried_again_and_what_never_goes_is_listed_with_why)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "rn");
    channel_to(&t, &g, REPEATS_NOT_KNOWN);
    add_message(&t, "made/1");
    struct message_row m = after(&t, 0);
    CHECK_INT(m.state, MESSAGE_WAITING);
    CHECK_TEXT(m.why, "HTTP 200 LIMIT");
    m = after(&t, 3600000);
    gateway_close(&g);
    CHECK_INT(m.state, MESSAGE_FAILED);
    CHECK_TEXT(m.why, "HTTP 200 NO_SUCH_NUMBER");
    CHECK_INT(m.tries, 2);
}

TEST_DB(a_gateway_that_is_away_has_nothing_and_is_tried_until_it_is_enough)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "o");
    channel_to(&t, &g, REPEATS_NOT_KNOWN);
    gateway_close(&g);                                   /* nobody listens there now */
    add_message(&t, "made/1");
    for (int i = 0; i < 4; i++)
        CHECK_INT(after(&t, 3600000).state, MESSAGE_WAITING);
    CHECK_INT(after(&t, 3600000).state, MESSAGE_FAILED);
    CHECK_INT(g.asked, 0);
}

TEST_DB(a_connection_that_breaks_after_the_request_leaves_us_unsure)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "b");
    channel_to(&t, &g, REPEATS_NOT_KNOWN);
    add_message(&t, "made/1");
    CHECK_INT(after(&t, 0).state, MESSAGE_UNSURE);
    gateway_close(&g);
    CHECK_INT(g.asked, 1);
}

TEST_DB(no_more_leave_in_a_second_than_the_gateway_takes)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "o");
    struct message_channel k = channel_to(&t, &g, REPEATS_NOT_KNOWN);
    k.rate_s = 2;
    MUST_GO(t.c, entity_update_by_rule(t.c, &message_channel_entity, &k, k.row.version, "change"));
    for (int i = 0; i < 5; i++)
        add_message(&t, sv_fmt(test_mem(), "made/%d", i).at);
    bool busy;
    t.sender.stepped_ms = 0;
    MUST_GO(t.c, sender_step(t.c, &t.sender, &busy));
    MUST_GO(t.c, sender_step(t.c, &t.sender, &busy));    /* the same moment */
    CHECK_INT(told_count(&t, TELL_BOND_MADE, MESSAGE_SENT), 2);
    t.c->now.ms += 1000;
    MUST_GO(t.c, sender_step(t.c, &t.sender, &busy));
    gateway_close(&g);
    CHECK_INT(told_count(&t, TELL_BOND_MADE, MESSAGE_SENT), 4);
}

TEST_DB(a_secret_is_in_no_answer_and_an_open_address_needs_https)
{
    struct told t = told_world();
    struct gateway g = { .port = 1 };
    struct message_channel k = channel_to(&t, &g, REPEATS_NOT_KNOWN);
    struct buf b = buf_new(test_mem(), 4096);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    entity_json(t.c, &j, "channel", &message_channel_entity, &k, false);
    json_end(&j, '}');
    CHECK(sv_find(buf_sv(&b), SV("very-secret-key")) < 0);
    CHECK(sv_find(buf_sv(&b), SV("receipt-key")) < 0);
    k.url = SV("http://sms.example.cn/send");
    MUST_FAULT(t.c, entity_update_by_rule(t.c, &message_channel_entity, &k, k.row.version,
                                          "change"), "channel.url");
}

TEST(only_https_and_what_lies_within_may_be_asked)
{
    CHECK(fetch_may(SV("https://sms.example.cn/v1")));
    CHECK(fetch_may(SV("http://127.0.0.1:8370/a")));
    CHECK(fetch_may(SV("http://10.20.0.7/a")));
    CHECK(fetch_may(SV("http://172.16.0.1:80/a")));
    CHECK(!fetch_may(SV("http://172.32.0.1/a")));
    CHECK(!fetch_may(SV("http://sms.example.cn/a")));
    CHECK(!fetch_may(SV("http://10.0.0.1@sms.example.cn/a")));
    CHECK(!fetch_may(SV("http://127.0.0.1.example.cn/a")));
    CHECK(!fetch_may(SV("file:///etc/passwd")));
}
