/* session_test.c - a server with entities and people who are signed in, on both engines. */

#include "base/log.h"
#include "http/server.h"
#include "http/wire/wire_test.h"
#include "model/who/account.h"
#include "small.h"
#include "store/event.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct server *running;
static struct ctx     start_ctx;
static struct arena   house_mem;         /* outlives a test that has failed with its server on */
static struct house   house;
static struct config  config;

/* A street officer's token and CSRF token. */
static struct { const char *cookie, *csrf, *bearer; int64_t account; } officer;

static void sign_in(struct ctx *c)
{
    struct account a = { .kind = ACCOUNT_STAFF, .name = SV("周主任"), .login = SV("zhou") };
    struct access_grant g;
    struct sv token;
    const struct who *w;
    MUST_GO(c, entity_create(c, &account_entity, &a));
    record_clear(access_grant_fields, &g);
    g.account.n = a.id.n;
    g.role = ROLE_STREET_OFFICER;
    g.low = 990101000000;
    g.high = 990101999999;
    MUST_GO(c, entity_create(c, &access_grant_entity, &g));
    struct session_new s = { .account = a.id.n, .role = ROLE_STREET_OFFICER };
    MUST_GO(c, session_open(c, &s, &token));
    MUST_GO(c, who_from_token(c, token, &w));
    CHECK(w);
    officer.account = a.id.n;
    officer.cookie = sv_fmt(test_mem(), "Cookie: yike=%.*s\r\n", SV_ARG(token)).at;
    officer.bearer = sv_fmt(test_mem(), "Authorization: Bearer %.*s\r\n", SV_ARG(token)).at;
    officer.csrf = sv_fmt(test_mem(), "X-Yike-CSRF: %.*s\r\n", SV_ARG(w->csrf)).at;
}

static struct ctx *run_server(void)
{
    static const struct module *const modules[] = { &small_module, &http_module, NULL };
    struct ctx *c = house_world(modules);
    log_start(2, LOG_ERROR, "test");
    sign_in(c);
    house = *c->house;
    config = *c->house->config;
    config.readers = 2;
    config.streams_max = 2;
    house.config = &config;
    house.bell = bell_new(&house_mem, house.store);
    start_ctx = (struct ctx){ .house = &house };
    MUST_GO(&start_ctx, server_start(&start_ctx, &house, &running));
    wire_port(server_port(running));
    return c;
}

static void end_server(void)
{
    server_stop(running);
    arena_free(&start_ctx.mem);
    arena_free(&house_mem);
}

static struct reply send_json(const char *verb, const char *path, const char *headers,
                              const char *body)
{
    const char *all = sv_fmt(test_mem(), "Content-Type: application/json\r\n%s%s", officer.bearer,
                             headers).at;
    return wire_ask(verb, path, all, sv_of(body));
}

static struct sv member(struct reply r, const char *name)
{
    struct ctx c = { 0 };
    const struct json_value *tree;
    if (json_parse(&c, r.body, &tree) != ERR_NONE)
        return SV("");
    const struct json_value *v = json_member(tree, name);
    struct sv text = v ? sv_copy(test_mem(), v->text) : SV("");
    arena_free(&c.mem);
    return text;
}

/* A town in the officer's street, and the body of a person who lives there. */
static const char *person_near(struct ctx *c, int64_t *ret_town)
{
    struct small_town t = { .row.scope = 990101001000, .name = SV("云汀镇"), .size = 3 };
    MUST_GO(c, entity_create(c, &small_town, &t));
    *ret_town = t.id.n;
    return sv_fmt(test_mem(), "{\"town\":\"%lld\",\"name\":\"王秀英\",\"phone\":\"10000000001\"}",
                  (long long)t.id.n)
        .at;
}

TEST_DB(a_cookie_writes_only_from_our_pages_a_bearer_from_anywhere)
{
    int64_t town;
    struct sv body = sv_of(person_near(run_server(), &town));
    const char *json = "Content-Type: application/json\r\n", *path = "/api/small_person";
    const char *plain = sv_fmt(test_mem(), "%s%s", json, officer.cookie).at;
    const char *proved = sv_fmt(test_mem(), "%s%s", plain, officer.csrf).at;
    const char *evil = sv_fmt(test_mem(), "%sOrigin: https://evil\r\n", proved).at;
    const char *bearer = sv_fmt(test_mem(), "%s%s", json, officer.bearer).at;
    struct reply got = wire_ask("GET", path, officer.cookie, SV(""));
    struct reply bare = wire_ask("POST", path, plain, body),
                 foreign = wire_ask("POST", path, evil, body);
    struct reply ours = wire_ask("POST", path, proved, body),
                 api = wire_ask("POST", path, bearer, body);
    struct reply nobody = wire_ask("POST", path, json, body);
    end_server();
    CHECK_INT(got.status, 200);
    CHECK_INT(bare.status, 403);
    CHECK_TEXT(member(bare, "key"), "http.csrf");
    CHECK_INT(foreign.status, 403);
    CHECK_TEXT(member(foreign, "key"), "http.origin");
    CHECK_INT(ours.status, 201);
    CHECK_INT(api.status, 201);
    CHECK_INT(nobody.status, 401);
}

TEST_DB(an_entity_lives_over_the_interface)
{
    int64_t town;
    const char *body = person_near(run_server(), &town);
    struct reply r = send_json("POST", "/api/small_person", "", body);
    CHECK_INT(r.status, 201);
    CHECK(sv_find(r.head, SV("Location: /api/small_person/")) > 0);
    CHECK(sv_find(r.body, SV("王秀英")) < 0);                /* masked */
    const char *at = sv_fmt(test_mem(), "/api/small_person/%.*s", SV_ARG(member(r, "id"))).at;
    r = send_json("PATCH", at, "", "{\"alone\":true}");
    CHECK_INT(r.status, 422);
    r = send_json("PATCH", at, "If-Match: \"1\"\r\n", "{\"alone\":true}");
    CHECK_INT(r.status, 200);
    CHECK_TEXT(member(r, "version"), "2");
    r = send_json("PATCH", at, "If-Match: \"1\"\r\n", "{\"alone\":false}");
    CHECK_INT(r.status, 409);
    CHECK(sv_find(r.body, SV("\"current\":{")) > 0);
    r = send_json("GET", sv_fmt(test_mem(), "%s/history", at).at, "", "");
    CHECK_INT(r.status, 200);
    CHECK(sv_find(r.body, SV("\"items\":[{")) >= 0);
    r = send_json("GET", "/api/small_person?alone=true&total=1", "", "");
    CHECK_TEXT(member(r, "total"), "1");
    CHECK_INT(send_json("GET", "/api/small_person?nothing=1", "", "").status, 422);
    CHECK_INT(send_json("GET", "/api/small_person/1", "", "").status, 404);
    CHECK_INT(send_json("GET", "/api/small_person/x", "", "").status, 404);
    end_server();
}

TEST_DB(the_same_key_gives_the_same_answer_once)
{
    int64_t town;
    const char *body = person_near(run_server(), &town);
    const char *key = "Idempotency-Key: 4b1e6a52-0b1f-4a57-9d57-7a3c8f0e9d11\r\n";
    struct reply first = send_json("POST", "/api/small_person", key, body);
    struct reply again = send_json("POST", "/api/small_person", key, body);
    struct reply other = send_json("POST", "/api/small_person", key, "{\"name\":\"李\"}");
    struct reply list = send_json("GET", "/api/small_person?total=1", "", "");
    end_server();
    CHECK_INT(first.status, 201);
    CHECK_INT(again.status, 201);
    CHECK_TEXT(again.body, sv_text(test_mem(), first.body));
    CHECK(sv_find(again.head, SV("Idempotency-Replayed: true")) > 0);
    CHECK(sv_find(again.head, SV("Location: ")) > 0);
    CHECK_INT(other.status, 422);
    CHECK_TEXT(member(list, "total"), "1");
}

/* What comes within three seconds, until it holds `want`. */
static bool hears(int fd, const char *want)
{
    struct buf got = buf_new(test_mem(), 4096);
    struct timeval wait = { 20, 0 };
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    while (sv_find(buf_sv(&got), sv_of(want)) < 0) {
        char part[4096];
        ssize_t n = recv(fd, part, sizeof part, 0);
        if (n <= 0)
            return false;
        buf_put(&got, (struct sv){ part, (size_t)n });
    }
    return true;
}

static int open_stream(const char *more)
{
    int fd = wire_open();
    struct sv ask = sv_fmt(test_mem(), "GET /api/events HTTP/1.1\r\nHost: h\r\n%s%s\r\n",
                           officer.bearer, more);
    CHECK(send(fd, ask.at, ask.len, MSG_NOSIGNAL) == (ssize_t)ask.len);
    return fd;
}

TEST_DB(a_stream_tells_what_its_caller_may_know)
{
    struct ctx *c = run_server();
    struct small_town near = { .row.scope = 990101001000, .name = SV("云汀镇"), .size = 3 };
    struct small_town far = { .row.scope = 990102001000, .name = SV("安澜镇"), .size = 3 };
    int fd = open_stream("");
    bool began = hears(fd, "retry: 2000");
    MUST_GO(c, entity_create(c, &small_town, &far));
    MUST_GO(c, entity_create(c, &small_town, &near));
    const char *person =
        sv_fmt(test_mem(), "{\"town\":\"%lld\",\"name\":\"王秀英\"}", (long long)near.id.n).at;
    struct reply made = send_json("POST", "/api/small_person", "", person);
    bool told = hears(fd, sv_fmt(test_mem(), "\"id\":\"%.*s\"", SV_ARG(member(made, "id"))).at);
    int64_t first = 0;                    /* 1, unless a clash has used numbers up */
    MUST_GO(c, event_first(c, &first));
    int second = open_stream(
        sv_fmt(test_mem(), "Last-Event-ID: %lld\r\n", (long long)first).at);
    bool caught_up = hears(second, sv_fmt(test_mem(), "\"id\":\"%lld\"", (long long)near.id.n).at);
    struct reply third = wire_ask("GET", "/api/events", officer.bearer, SV(""));
    end_server();
    close(fd);
    close(second);
    CHECK(began);
    CHECK_INT(made.status, 201);
    CHECK(told);
    CHECK(caught_up);
    CHECK_INT(third.status, 429);
}

TEST_DB(the_tables_are_described)
{
    run_server();
    struct reply meta = send_json("GET", "/api/meta", "", "");
    struct reply api = wire_ask("GET", "/api/openapi.json", "", SV(""));
    struct reply packed = wire_ask("GET", "/api/openapi.json", "Accept-Encoding: gzip\r\n", SV(""));
    struct reply well = wire_ask("GET", "/healthz", "", SV(""));
    struct reply page = wire_ask("GET", "/", "", SV(""));
    end_server();
    CHECK(sv_find(meta.body, SV("\"name\":\"small_person\"")) > 0);
    CHECK(sv_find(meta.body, SV("\"label\":\"姓名\"")) > 0);
    CHECK(sv_starts(api.body, SV("{\"openapi\":\"3.1.0\"")));   /* deeper than a body may be */
    CHECK(sv_find(api.body, SV("\"/api/small_errand/{id}/cancel\"")) > 0);
    CHECK_TEXT(wire_unzip(packed.body), sv_text(test_mem(), api.body));
    CHECK_INT(well.status, 200);
    CHECK_INT(page.status, 200);
    CHECK(sv_find(page.head, SV("Content-Security-Policy: default-src 'self'")) > 0);
}

static struct sv header_of(struct sv head, struct sv name)
{
    ptrdiff_t at = sv_find(head, name), end;
    if (at < 0)
        return SV("");
    struct sv rest = sv_from(head, (size_t)at + name.len);
    end = sv_find(rest, SV("\r\n"));
    return end < 0 ? rest : sv_head(rest, (size_t)end);
}

/* Her browser keeps the tables, and asks each time; what is personal it never keeps. */
TEST_DB(the_tables_are_sent_once)
{
    run_server();
    struct reply first = send_json("GET", "/api/meta", "", "");
    struct sv etag = header_of(first.head, SV("ETag: "));
    struct sv asks = sv_fmt(test_mem(), "If-None-Match: %.*s\r\n", SV_ARG(etag));
    struct reply again = send_json("GET", "/api/meta", asks.at, "");
    struct sv english = sv_fmt(test_mem(), "%sAccept-Language: en\r\n", asks.at);
    struct reply other = send_json("GET", "/api/meta", english.at, "");
    struct reply people = send_json("GET", "/api/small_person", "", "");
    end_server();
    CHECK(etag.len > 2);
    CHECK_TEXT(header_of(first.head, SV("Cache-Control: ")), "private, no-cache");
    CHECK_INT(again.status, 304);
    CHECK_INT(again.body.len, 0);
    CHECK_INT(other.status, 200);
    CHECK_TEXT(header_of(people.head, SV("Cache-Control: ")), "no-store");
}

TEST_DB(a_picture_hangs_on_its_row)
{
    struct ctx *c = run_server();
    struct small_town town = { .row.scope = 990101001000, .name = SV("云汀镇"), .size = 3 };
    MUST_GO(c, entity_create(c, &small_town, &town));
    struct small_person person = { .town = town.id, .name = SV("王秀英"), .birth = DAY_NONE };
    MUST_GO(c, entity_create(c, &small_person, &person));
    struct small_errand errand = { .elder = person.id, .state = SMALL_PLACED, .what = SV("助浴") };
    MUST_GO(c, entity_create(c, &small_errand, &errand));
    const char *path = sv_fmt(test_mem(), "/api/small_errand/%lld/file", (long long)errand.id.n).at;
    struct sv png = SV("\x89PNG\r\n\x1A\n and what follows");
    struct reply bad = wire_ask("POST", path, officer.bearer, SV("<script>"));
    struct reply nobody = wire_ask("POST", path, "", png);
    struct reply kept = wire_ask("POST", path, officer.bearer, png);
    struct reply list = wire_ask("GET", path, officer.bearer, SV(""));
    const char *one = sv_fmt(test_mem(), "%s/%.*s", path, SV_ARG(member(kept, "id"))).at;
    struct reply got = wire_ask("GET", one, officer.bearer, SV(""));
    struct reply stranger = wire_ask("GET", one, "", SV(""));
    end_server();
    CHECK_INT(bad.status, 422);
    CHECK_INT(nobody.status, 401);
    CHECK_INT(kept.status, 201);
    CHECK(sv_find(list.body, SV("image/png")) > 0);
    CHECK_INT(got.status, 200);
    CHECK(sv_find(got.head, SV("Content-Type: image/png")) > 0);
    CHECK(sv_eq(got.body, png));
    CHECK_INT(stranger.status, 401);
}
