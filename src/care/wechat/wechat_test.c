/* wechat_test.c - whose WeChat is bound: her own browser's, once, in time; and what it refuses. */

#include "care/wechat/wechat.h"

#include "care/message/gateway_test.h"
#include "http/http.h"

static struct message_channel wechat_to(struct told *t, const struct gateway *g)
{
    struct message_channel k = gateway_row(t, g);
    k.way = WAY_WECHAT;
    k.login = SV("wx99");
    k.ok_path = k.why_path = SV("errcode");
    k.ok_value = SV("0");
    k.id_path = SV("msgid");
    k.never_values = SV("");
    k.authorise_url = SV("https://open.weixin.test/connect/oauth2/authorize?appid={login}"
                         "&redirect_uri={back}&response_type=code&scope=snsapi_base"
                         "&state={state}#wechat_redirect");
    k.openid_url = sv_fmt(test_mem(), "http://127.0.0.1:%d/sns?appid={login}&secret={secret}"
                          "&code={code}&grant_type=authorization_code", g->port);
    t->c->who = &who_house;
    MUST_GO(t->c, entity_create_by_rule(t->c, &message_channel_entity, &k));
    return k;
}

static const struct endpoint *endpoint_of(const char *path, enum verb verb)
{
    const struct endpoint *e = wechat_module.endpoints;
    while (e->verb != verb || strcmp(e->path, path) != 0)
        e++;
    return e;
}

static const struct who daughter = { .account = 70, .session = 7, .role = ROLE_CITIZEN };
static const struct who same_elsewhere = { .account = 70, .session = 8, .role = ROLE_CITIZEN };
static const struct who another = { .account = 72, .session = 9, .role = ROLE_CITIZEN };

struct came { struct sv code, state; };
static enum err asks(struct told *t, const struct who *who, enum verb verb, const char *path,
                     const struct came *body, struct sv *ret_text)
{
    struct answer *a = NEW(test_mem(), struct answer, 1);
    struct request q = { .body = (void *)(uintptr_t)body };
    a->body = buf_new(test_mem(), 512);
    a->json = json_new(&a->body);
    json_object(&a->json, NULL);
    t->c->who = who;
    enum err e = endpoint_of(path, verb)->run(t->c, &q, a);
    t->c->who = &who_house;
    *ret_text = buf_sv(&a->body);
    return e;
}

/* The mark out of the address that she is sent to. */
static struct sv begins(struct told *t, const struct who *who)
{
    struct sv text, mark;
    MUST_GO(t->c, asks(t, who, POST, "/api/my/wechat", NULL, &text));
    CHECK(sv_find(text, SV("appid=wx99&redirect_uri=https%3A%2F%2Fcare.test%2Fme%2Fmessages")) > 0);
    CHECK(sv_find(text, SV("very-secret-key")) < 0);
    ptrdiff_t at = sv_find(text, SV("state="));
    CHECK(at > 0);
    text = sv_from(text, (size_t)at + 6);
    CHECK(sv_cut(&text, '#', &mark));
    return sv_copy(test_mem(), mark);
}

static enum err comes(struct told *t, const struct who *who, struct sv mark)
{
    const struct came came = { SV("code-1"), mark };
    struct sv text;
    return asks(t, who, POST, "/api/my/wechat/code", &came, &text);
}

static struct sv openid_of(struct told *t, int64_t account)
{
    struct message_choice m;
    MUST_GO(t->c, message_choice_of(t->c, (struct account_id){ account }, (struct elder_id){ 0 },
                                    &m));
    return m.wechat;
}

static bool says(struct told *t, const char *what)
{
    struct sv text;
    MUST_GO(t->c, asks(t, &daughter, GET, "/api/my/wechat", NULL, &text));
    return sv_find(text, sv_of(what)) >= 0;
}

TEST_DB(a_wechat_is_bound_by_the_browser_that_asked_once_and_in_time)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "w");
    CHECK(says(&t, "\"offered\":false"));
    MUST_FAIL(t.c, asks(&t, &daughter, POST, "/api/my/wechat", NULL, &(struct sv){ 0 }),
              ERR_CONFLICT, "wechat.not_offered");
    wechat_to(&t, &g);
    CHECK(says(&t, "\"offered\":true"));
    struct sv mark = begins(&t, &daughter);
    MUST_FAIL(t.c, comes(&t, &another, mark), ERR_CONFLICT, "wechat.stale");
    MUST_FAIL(t.c, comes(&t, &same_elsewhere, mark), ERR_CONFLICT, "wechat.stale");
    MUST_FAIL(t.c, comes(&t, &daughter, SV("00112233445566778899aabbccddeeff")), ERR_CONFLICT,
              "wechat.stale");
    MUST_GO(t.c, comes(&t, &daughter, mark));
    MUST_FAIL(t.c, comes(&t, &daughter, mark), ERR_CONFLICT, "wechat.stale");
    CHECK(says(&t, "\"state\":\"waiting\""));
    told_send(&t);
    CHECK_TEXT(openid_of(&t, 70), "o-Daughter_1");
    CHECK(says(&t, "\"bound\":true") && says(&t, "\"state\":\"none\""));
    CHECK(!says(&t, "o-Daughter_1"));
    gateway_close(&g);
    CHECK_INT(g.asked, 1);
    CHECK(sv_find(sv_of(g.heads[0]), SV("GET /sns?appid=wx99&secret=very-secret-key&code=code-1"))
          >= 0);
    struct sv text, late = begins(&t, &daughter);
    t.c->now.ms += 11 * 60000;
    MUST_FAIL(t.c, comes(&t, &daughter, late), ERR_CONFLICT, "wechat.stale");
    MUST_GO(t.c, asks(&t, &daughter, POST, "/api/my/wechat/unbind", NULL, &text));
    CHECK_INT(openid_of(&t, 70).len, 0);
}

TEST_DB(a_code_that_wechat_does_not_know_binds_nothing_and_is_asked_once)
{
    static const char *const why[] = { "微信没有认可（200 40029）", "微信没有回答" };
    struct told t = told_world();
    struct gateway g = { 0 };
    gateway_open(&g, "cb");
    wechat_to(&t, &g);
    for (int i = 0; i < 2; i++) {
        MUST_GO(t.c, comes(&t, &daughter, begins(&t, &daughter)));
        told_send(&t);
        CHECK(says(&t, "\"state\":\"refused\"") && says(&t, why[i]));
        t.c->now.ms += 60000;
        told_send(&t);
        CHECK_INT(g.asked, i + 1);
        CHECK_INT(openid_of(&t, 70).len, 0);
    }
    gateway_close(&g);
}

static void bind(struct told *t)
{
    struct message_choice m;
    record_clear(message_choice_fields, &m);
    m.wechat = SV("o-Daughter_1");
    told_choose(t, 70, m);
}

static void cancel_told(struct told *t, const char *once)
{
    MUST_GO(t->c, message_send(t->c, &(struct message_new){
        .kind = TELL_CANCELLED, .account = { 70 }, .phone = SV("10000000070"), .link = true,
        .values = { { "item", SV("助洁") }, { "day", SV("11月24日") }, { "time", SV("09:00") } },
        .once = sv_of(once) }));
    told_send(t);
}

TEST_DB(who_follows_no_more_gets_an_sms_at_once_with_its_link_and_a_word_why)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    told_send(&t);
    gateway_open(&g, "f");
    wechat_to(&t, &g);
    bind(&t);
    cancel_told(&t, "gone/1");
    struct message_row m = told_last(&t, TELL_CANCELLED);
    CHECK_INT(m.way, WAY_SMS);
    CHECK_TEXT(m.address, "10000000070");
    CHECK_TEXT(m.instead, "HTTP 200 43004");
    told_send(&t);
    gateway_close(&g);
    m = told_last(&t, TELL_CANCELLED);
    CHECK_INT(m.state, MESSAGE_SENT);
    CHECK_TEXT(m.instead, "HTTP 200 43004");
    CHECK_INT(g.asked, 1);
    CHECK(sv_find(sv_of(g.bodies[0]), SV("\"to\":\"o-Daughter_1\"")) >= 0);
    CHECK(sv_find(told_file(&t), SV("https://care.test/told/")) >= 0);
    CHECK_INT(told_count(&t, TELL_CANCELLED, MESSAGE_FAILED), 0);
}

TEST_DB(another_refusal_of_wechat_is_asked_once_more_and_no_answer_is_not_told_twice)
{
    struct told t = told_world();
    struct gateway g = { 0 };
    told_send(&t);
    gateway_open(&g, "rrb");
    wechat_to(&t, &g);
    bind(&t);
    cancel_told(&t, "busy/1");
    CHECK_INT(told_last(&t, TELL_CANCELLED).way, WAY_WECHAT);
    t.c->now.ms += 60000;
    told_send(&t);
    CHECK_INT(told_last(&t, TELL_CANCELLED).way, WAY_SMS);
    cancel_told(&t, "busy/2");
    gateway_close(&g);
    struct message_row m = told_last(&t, TELL_CANCELLED);
    CHECK_INT(m.way, WAY_WECHAT);
    CHECK_INT(m.state, MESSAGE_UNSURE);
}

TEST_DB(a_channel_authorises_whole_or_not_and_never_with_its_secret)
{
    struct told t = told_world();
    struct gateway g = { .port = 1 };
    struct message_channel k = wechat_to(&t, &g);
    CHECK_TEXT(k.openid_path, "openid");
    k.openid_url = SV("");
    MUST_FAULT(t.c, entity_update_by_rule(t.c, &message_channel_entity, &k, k.row.version,
                                          "change"), "required");
    k.openid_url = SV("http://api.weixin.test/sns");
    MUST_FAULT(t.c, entity_update_by_rule(t.c, &message_channel_entity, &k, k.row.version,
                                          "change"), "channel.url");
    k.openid_url = SV("https://api.weixin.test/sns");
    k.authorise_url = SV("https://open.weixin.test/?a={secret}&b={back}&c={state}");
    MUST_FAULT(t.c, entity_update_by_rule(t.c, &message_channel_entity, &k, k.row.version,
                                          "change"), "channel.authorise");
}
