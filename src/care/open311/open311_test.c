/* open311_test.c - forms are read strictly, XML says what JSON says, and nobody is named. */

#include "care/order/order_world_test.h"
#include "care/calendar/calendar.h"
#include "care/open311/inside.h"
#include "model/history/history.h"
#include "model/seal/seal.h"

#define KEY_A "000102030405060708090a0b0c0d0e0f10111213"
#define KEY_B "ff0102030405060708090a0b0c0d0e0f10111213"

struct edge { struct station s; struct place place; };

static void client(struct edge *e, int64_t id, const char *key, int64_t scope)
{
    struct open311_client k;
    record_clear(open311_client_fields, &k);
    k.id.n = id;
    k.row.scope = scope;
    k.name = SV("热线平台");
    k.key_hash = seal_hash_hex(test_mem(), sv_of(key));
    MUST_GO(e->s.c, entity_bulk(e->s.c, &open311_client_entity, &k, 1));
}

static void begin(struct edge *e)
{
    int64_t added;
    struct division d;
    bool found;
    e->s = station_world();
    MUST_GO(e->s.c, calendar_seed(e->s.c, &added));
    MUST_GO(e->s.c, division_of_code(e->s.c, INT64_C(990101001001), &d, &found));
    record_clear(place_fields, &e->place);
    e->place.row.scope = INT64_C(990101001001);
    e->place.org = e->s.org.id;
    e->place.name = SV("槐安助餐点");
    e->place.state = REVIEW_PUBLISHED;
    e->place.division = d.id;
    e->place.id.n = 900;
    MUST_GO(e->s.c, entity_bulk(e->s.c, &place_entity, &e->place, 1));
    client(e, 71, KEY_A, INT64_C(990101000000));
    client(e, 72, KEY_B, INT64_C(990102000000));
    e->s.c->who = NULL;
}

#define FORM "application/x-www-form-urlencoded"
#define ABOUT "&service_code=meal&attribute[kind]=complaint&attribute[place]=900"

/* Sends a form; the number in *ret_number. */
static enum err post(struct edge *e, const char *body, struct sv *ret_number)
{
    static const struct endpoint many = { .path = "/", .gives_many = true };
    struct request q = { .endpoint = &many, .path = SV("/open311/v2/requests.json"),
                         .raw = sv_of(body), .content_type = SV(FORM) };
    struct answer a = { .body = buf_new(test_mem(), 500) };
    a.json = json_new(&a.body);
    json_array(&a.json, NULL);
    TRY(open311_post(e->s.c, &q, &a));
    json_end(&a.json, ']');
    const struct json_value *tree;
    TRY(json_parse(e->s.c, buf_sv(&a.body), &tree));
    *ret_number = json_member(tree->first, "service_request_id")->text;
    return ERR_NONE;
}

static struct sv list(struct edge *e, const char *query)
{
    static const struct endpoint many = { .path = "/", .gives_many = true };
    struct request q = { .endpoint = &many, .path = SV("/open311/v2/requests.xml"),
                         .query_string = sv_of(query) };
    struct answer a = { .body = buf_new(test_mem(), 500) };
    MUST_GO(e->s.c, requests_get(e->s.c, &q, &a));
    return buf_sv(&a.body);
}

static bool says(struct sv text, const char *what)
{
    return sv_find(text, sv_of(what)) >= 0;
}

TEST_DB(a_form_comes_in_both_types_and_no_file)
{
    struct edge e;
    struct pairs p;
    begin(&e);
    struct request q = { .content_type = SV("multipart/form-data; boundary=\"xy\""),
        .raw = SV("--xy\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\ntwo\r\n"
                  "--xy\r\ncontent-disposition: form-data; name=b\r\n\r\n\r\n--xy--\r\n") };
    MUST_GO(e.s.c, pairs_of_body(e.s.c, &q, &p));
    CHECK_INT((int64_t)p.n, 2);
    CHECK(sv_eq(pair_of(&p, "a"), SV("one\r\ntwo")));
    q.raw = SV("--xy\r\nContent-Disposition: form-data; name=\"m\"; filename=\"x.jpg\"\r\n\r\n"
               "1\r\n--xy--");
    MUST_FAIL(e.s.c, pairs_of_body(e.s.c, &q, &p), ERR_MALFORMED, "open311.file");
    q.raw = SV("--xy\r\nContent-Disposition: form-data; name=\"m\"\r\n\r\nno end");
    MUST_FAIL(e.s.c, pairs_of_body(e.s.c, &q, &p), ERR_MALFORMED, "open311.form");
    MUST_FAIL(e.s.c, pairs_read(e.s.c, SV("a=%zz"), &p), ERR_MALFORMED, "open311.form");
    MUST_GO(e.s.c, pairs_read(e.s.c, SV("attribute%5Bkind%5D[]=x&a=1+2&a=3"), &p));
    CHECK(sv_eq(attribute_of(e.s.c, &p, "kind"), SV("x")));
    CHECK(sv_eq(pair_of(&p, "a"), SV("3")));
}

TEST_DB(xml_is_the_tree_with_its_lists_named)
{
    struct edge e;
    const struct json_value *tree;
    struct buf b = buf_new(test_mem(), 200);
    begin(&e);
    MUST_GO(e.s.c, json_parse(e.s.c, SV("[{\"a\":\"<&>\",\"b\":true,\"values\":[{\"k\":null}]}]"),
                              &tree));
    xml_put(&b, SV("services"), tree);
    CHECK(sv_eq(buf_sv(&b), SV("<services><service><a>&lt;&amp;&gt;</a><b>true</b><values><value>"
                               "<k/></value></values></service></services>")));
}

TEST_DB(a_key_sends_for_its_area_and_no_other)
{
    struct edge e;
    struct sv number;
    begin(&e);
    MUST_FAIL(e.s.c, post(&e, "api_key=wrong" ABOUT "&description=x", &number), ERR_FORBIDDEN,
              "open311.key");
    MUST_FAIL(e.s.c, post(&e, "description=x" ABOUT, &number), ERR_FORBIDDEN, "open311.key");
    MUST_FAULT(e.s.c, post(&e, "api_key=" KEY_B ABOUT "&description=x", &number), "open311.area");
    MUST_FAULT(e.s.c, post(&e, "api_key=" KEY_A "&service_code=meal&description=x", &number),
               "open311.kind");
    MUST_FAIL(e.s.c, post(&e, "api_key=" KEY_A "&service_code=trees", &number), ERR_MISSING,
              "open311.service");
    MUST_GO(e.s.c, post(&e, "api_key=" KEY_A ABOUT "&description=x", &number));
    CHECK(sv_starts(number, SV("S1121-")));
}

TEST_DB(nobody_is_named_but_to_the_client_that_sent_it)
{
    struct edge e;
    struct sv open, hidden;
    begin(&e);
    MUST_GO(e.s.c, post(&e, "api_key=" KEY_A ABOUT "&description=饭是凉的&last_name=尹"
                        "&first_name=向晚&phone=10088880009", &open));
    MUST_GO(e.s.c, post(&e, "api_key=" KEY_A ABOUT "&description=y&attribute[hidden]=yes",
                        &hidden));
    const char *readers[] = { "", "api_key=" KEY_B };
    for (size_t i = 0; i < 2; i++) {
        struct sv all = list(&e, readers[i]);
        CHECK(sv_find(all, open) >= 0);
        CHECK(sv_find(all, hidden) < 0);
        CHECK(!says(all, "饭是凉的") && !says(all, "向晚") && !says(all, "0009"));
        CHECK(says(all, "槐安助餐点"));
    }
    struct sv own = list(&e, "api_key=" KEY_A);
    CHECK(sv_find(own, hidden) >= 0);
    CHECK(says(own, "饭是凉的"));
    CHECK(!says(own, "向晚") && !says(own, "0009"));
    CHECK(!says(list(&e, "status=closed"), "service_request_id"));
    CHECK(!says(list(&e, "service_code=fee"), "service_request_id"));
    CHECK(says(list(&e, sv_fmt(test_mem(), "service_request_id=%.*s", SV_ARG(open)).at),
               "service_request_id"));
    CHECK(!says(list(&e, sv_fmt(test_mem(), "service_request_id=%.*s", SV_ARG(hidden)).at),
                "service_request_id"));
}

/* What was told to an office is not told to the public. */
TEST_DB(what_came_by_other_doors_stays_there)
{
    struct edge e;
    struct request_ticket r;
    begin(&e);
    record_clear(request_fields, &r);
    r.channel = REQUEST_PHONE;
    r.place = e.place.id;
    r.matter = SV("饭是凉的");
    MUST_GO(e.s.c, entity_create_by_rule(e.s.c, &request_entity, &r));
    CHECK(!says(list(&e, "api_key=" KEY_A), "service_request_id"));
    CHECK(!says(list(&e, sv_fmt(test_mem(), "service_request_id=%.*s", SV_ARG(r.number)).at),
                "service_request_id"));
}

TEST_DB(a_failure_has_the_standards_shape)
{
    struct edge e;
    struct sv number;
    begin(&e);
    struct answer a = { .body = buf_new(test_mem(), 200), .status = 422 };
    enum err failed = post(&e, "api_key=" KEY_A "&service_code=meal&description=x", &number);
    CHECK_INT(failed, ERR_INVALID);
    open311_refuses(e.s.c, SV("/open311/v2/requests.xml"), &a);
    CHECK_INT(a.status, 400);
    CHECK(says(buf_sv(&a.body), "<errors><error><code>400</code><description>attribute[kind]"));
    ctx_forgive(e.s.c);
}
