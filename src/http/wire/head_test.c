/* head_test.c - heads, paths, queries, limits: what needs no server. */

#include "http/wire/head.h"
#include "http/wire/limits.h"
#include "test.h"

#include <string.h>

enum { LINES_MAX = 12 };

/* A request line and headers as "Name: value" lines, read as the loop would hand them over. */
static struct refusal read_head(struct head *h, const char *method, const char *uri,
                                const char *const *lines)
{
    static struct header headers[LINES_MAX];
    *h = (struct head){ .method = sv_of(method), .uri = sv_of(uri), .version = SV("HTTP/1.1"),
                        .headers = headers };
    for (; lines && *lines; lines++) {
        struct sv rest = sv_of(*lines), name;
        sv_cut(&rest, ':', &name);
        headers[h->headers_n++] = (struct header){ name, sv_trim(rest) };
    }
    return head_read(test_mem(), h);
}

#define LINES(...) ((const char *const[]){ "Host: here", __VA_ARGS__, NULL })
#define HOST ((const char *const[]){ "Host: here", NULL })

static int status_of(const char *method, const char *uri, const char *const *lines)
{
    struct head h;
    return read_head(&h, method, uri, lines).status;
}

TEST(a_path_is_cut_before_it_is_decoded)
{
    struct head h;
    CHECK_INT(read_head(&h, "GET", "/api/place/a%2Fb/%E4%B8%80?q=1", HOST).status, 0);
    CHECK_INT(h.segments_n, 4);
    CHECK_TEXT(h.segment[2], "a/b");
    CHECK_TEXT(h.segment[3], "一");
    CHECK_TEXT(h.query, "q=1");
}

TEST(paths_that_proxies_read_differently_are_refused)
{
    static const char *const bad[] = {
        "http://else/a", "*",     "",     "/a//b",  "/a/../b",   "/a/%2e%2e/b",
        "/a/./b",        "/%zz",  "/%4",  "/a%00b", "/\xE4\xB8", "/%C0%80",
        "/a#b",          "/a\\b", "/a b", "/a\x01", "/%0Aa",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK_INT(status_of("GET", bad[i], HOST), 400);
}

/* As a proxy sends it; of two hosts neither is believed. */
TEST(an_absolute_address_is_taken_when_host_says_the_same)
{
    struct head h;
    CHECK_INT(read_head(&h, "GET", "http://HERE/api/place/a%2Fb?q=1", HOST).status, 0);
    CHECK_INT(h.segments_n, 3);
    CHECK_TEXT(h.uri, "/api/place/a%2Fb?q=1");
    CHECK_INT(read_head(&h, "GET", "HTTPS://here", HOST).status, 0);
    CHECK_TEXT(h.path, "/");
    CHECK_INT(read_head(&h, "GET", "http://here?q=1", HOST).status, 0);
    CHECK_TEXT(h.query, "q=1");
    CHECK_INT(status_of("GET", "http://here:80/a", HOST), 400);
    CHECK_INT(status_of("GET", "http://me@here/a", HOST), 400);
    CHECK_INT(status_of("GET", "http:///a", HOST), 400);
    CHECK_INT(status_of("GET", "http://here/a", NULL), 400);
    CHECK_INT(status_of("GET", "ftp://here/a", HOST), 400);
    CHECK_INT(status_of("OPTIONS", "*", HOST), 501);
    CHECK_INT(status_of("CONNECT", "here:443", HOST), 501);
}

TEST(lengths_said_twice_are_refused)
{
    CHECK_INT(status_of("POST", "/a", LINES("Content-Length: 3", "Content-Length: 3")), 400);
    CHECK_INT(status_of("POST", "/a", LINES("Content-Length: 3", "Transfer-Encoding: chunked")),
              400);
    CHECK_INT(status_of("POST", "/a", LINES("Content-Length: +3")), 400);
    CHECK_INT(status_of("POST", "/a", LINES("Content-Length: 3, 3")), 400);
    CHECK_INT(status_of("POST", "/a", LINES("Content-Length: 99999999999999999999")), 400);
    CHECK_INT(status_of("POST", "/a", LINES("Transfer-Encoding: identity, chunked")), 501);
    CHECK_INT(status_of("GET", "/a", LINES("Content-Length: 3")), 400);
    CHECK_INT(status_of("GET", "/a", LINES("Content-Length: 0")), 0);
    CHECK_INT(status_of("POST", "/a", LINES("Transfer-Encoding: Chunked")), 0);
}

TEST(headers_must_be_well_formed)
{
    CHECK_INT(status_of("GET", "/a", NULL), 400);
    CHECK_INT(status_of("GET", "/a", LINES("Host: there")), 400);
    CHECK_INT(status_of("GET", "/a", (const char *const[]){ "Host : here", NULL }), 400);
    CHECK_INT(status_of("GET", "/a", (const char *const[]){ "Host: a/b", NULL }), 400);
    CHECK_INT(status_of("GET", "/a", LINES("X A: 1")), 400);
    CHECK_INT(status_of("GET", "/a", LINES("X: a\rb")), 400);
    CHECK_INT(status_of("GET", "/a", LINES("X: 1", "X: 2")), 0);
    CHECK_INT(status_of("BREW", "/a", HOST), 501);
    CHECK_INT(status_of("get", "/a", HOST), 501);
}

TEST(a_token_comes_from_the_cookie_or_the_bearer)
{
    static const char token[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    struct head h;
    read_head(&h, "GET", "/", LINES(sv_fmt(test_mem(), "Cookie: a=b; yike=%s; c=d", token).at));
    CHECK_TEXT(h.token, token);
    CHECK(!h.bearer);
    read_head(&h, "GET", "/", LINES(sv_fmt(test_mem(), "Authorization: bearer %s", token).at));
    CHECK_TEXT(h.token, token);
    CHECK(h.bearer);
    read_head(&h, "GET", "/", LINES("Cookie: yike=not-a-token'; drop table"));
    CHECK_INT(h.token.len, 0);
}

TEST(only_our_own_pages_may_write)
{
    struct head h;
    read_head(&h, "POST", "/", LINES("Origin: https://here"));
    CHECK(same_origin(&h, SV("")));
    read_head(&h, "POST", "/", LINES("Origin: https://evil"));
    CHECK(!same_origin(&h, SV("")));
    CHECK(same_origin(&h, SV("https://evil")));
    read_head(&h, "POST", "/", LINES("Origin: null"));
    CHECK(!same_origin(&h, SV("")));
    read_head(&h, "POST", "/", LINES("Sec-Fetch-Site: cross-site"));
    CHECK(!same_origin(&h, SV("")));
    read_head(&h, "POST", "/", LINES("Sec-Fetch-Site: same-origin", "Origin: http://here"));
    CHECK(same_origin(&h, SV("")));
}

TEST(versions_and_etags_are_read_in_every_form)
{
    CHECK_TEXT(if_match_version(SV("3")), "3");
    CHECK_TEXT(if_match_version(SV("\"3\"")), "3");
    CHECK_TEXT(if_match_version(SV("W/\"3\"")), "3");
    CHECK_TEXT(if_match_version(SV("\"3-00ff\"")), "3");
    CHECK_TEXT(if_match_version(SV("\"3x\"")), "");
    CHECK_TEXT(if_match_version(SV("*")), "");
    CHECK(etag_listed(SV("\"a\", W/\"b\""), SV("b")));
    CHECK(etag_listed(SV("*"), SV("b")));
    CHECK(!etag_listed(SV("\"ab\""), SV("b")));
    CHECK_TEXT(forwarded_last(SV("1.2.3.4, 5.6.7.8")), "5.6.7.8");
    CHECK_TEXT(forwarded_last(SV("1.2.3.4, <script>")), "");
}

TEST(compression_is_taken_only_when_wanted)
{
    struct head h;
    read_head(&h, "GET", "/", LINES("Accept-Encoding: gzip;q=0, br"));
    CHECK(!h.takes_gzip);
    CHECK(h.takes_br);
    read_head(&h, "GET", "/", LINES("Accept-Language: en-GB,en;q=0.9"));
    CHECK_INT(h.lang, LANG_EN);
}

struct near { int64_t minutes; struct sv q; };
static const struct field near_fields[] = {
    FIELD(struct near, minutes, .low = 1, .high = 60, .required = true),
    FIELD(struct near, q),
    { 0 },
};

TEST(a_query_is_read_through_its_table)
{
    struct ctx c = { 0 };
    struct near n;
    CHECK_INT(query_record(&c, SV("minutes=15&q=%E4%B8%80+b"), near_fields, &n), ERR_NONE);
    CHECK_INT(n.minutes, 15);
    CHECK_TEXT(n.q, "一 b");
    CHECK_INT(query_record(&c, SV("minutes=99&x=1&q=1&q=2"), near_fields, &n), ERR_INVALID);
    CHECK_INT(c.fault.fields_n, 3);
    ctx_forgive(&c);
    CHECK_INT(query_record(&c, SV("q=%zz"), near_fields, &n), ERR_MALFORMED);
    ctx_forgive(&c);
    arena_free(&c.mem);
}

TEST(a_bucket_empties_and_fills_again)
{
    struct limits *l = limits_new(test_mem());
    uint64_t key = limit_key(SV("1.2.3.4"), 1);
    for (int i = 0; i < 15; i++)
        CHECK_INT(limit_take(l, key, 60, 1000), 0);
    CHECK_INT(limit_take(l, key, 60, 1000), 1);
    CHECK_INT(limit_take(l, limit_key(SV("1.2.3.5"), 1), 60, 1000), 0);
    CHECK_INT(limit_take(l, key, 60, 2000), 0);
    CHECK(limit_take(l, key, 60, 2000) > 0);
    for (int i = 0; i < 15; i++)
        CHECK_INT(limit_take(l, key, 60, 100000), 0);
    CHECK(limit_take(l, key, 60, 100000) > 0);
    limits_free(l);
}
