/* http_test.c - a server on a free port, spoken to over sockets, on both engines. */

#include "base/log.h"
#include "http/lane/lanes.h"
#include "http/server.h"
#include "http/wire/wire_test.h"
#include "test.h"
#include "world.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

/* --- a module of our own --- */

#define STATEMENT(text_sqlite, text_pg, ...)                                            \
    {                                                                                   \
        .name = "test", .sqlite = text_sqlite, .pg = text_pg,                           \
        .params = (const char *const[]){ __VA_ARGS__ },                                 \
        .params_n = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *) \
    }

static const struct sql note_add =
    STATEMENT("INSERT INTO t_note (id, text) VALUES (?1, ?2)",
              "INSERT INTO t_note (id, text) VALUES ($1, $2)", "id", "text");
static const struct sql note_count = { .name = "count", .sqlite = "SELECT count(*) FROM t_note",
                                       .pg = "SELECT count(*) FROM t_note" };

static const struct column note_columns[] = {
    { .name = "id", .type = VALUE_INT, .not_null = true }, { .name = "text", .type = VALUE_TEXT },
};
static const struct table note_tables[] = {
    { .name = "t_note", .columns = note_columns, .columns_n = 2 }, { 0 }
};

struct note { struct sv text; int64_t n; };
static const struct field note_fields[] = {
    FIELD(struct note, text, .required = true, .high = 40),
    FIELD(struct note, n, .low = 0, .high = 9),
    { 0 },
};

/* What the running test asks of the database's next calls: the k-th after this one fails. */
static struct { _Atomic int runs; int k[8]; enum fault_how how; } plan;

static enum err note_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct note *n = q->body;
    int64_t id;
    TRY(id_next(c, c->house->ids, &id));
    TRY(db_run(c, &note_add, PARAMS(P_INT("id", id), P_TEXT("text", n->text)), NULL));
    if (sv_is(n->text, "bad"))
        return fail(c, ERR_CONFLICT, "conflict", "a note that is refused after it was stored");
    if (sv_is(n->text, "refuse")) {
        (void)fail(c, ERR_SIGN_IN, "sign-in", "refused, but what was stored stays");
        return answer_refuse(c, a, ERR_SIGN_IN);
    }
    if (sv_is(n->text, "fault")) {
        int run = plan.runs++;
        if (plan.k[run])
            db_fault(c->db, plan.k[run], plan.how);
    }
    a->status = 201;
    json_id(&a->json, "id", id);
    return ERR_NONE;
}

static enum err notes_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    int64_t n;
    TRY(db_int(c, &note_count, NO_PARAMS, &n));
    json_int(&a->json, "n", n);
    return ERR_NONE;
}

static enum err hello_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)c;
    json_text(&a->json, "hello", q->param[0]);
    return ERR_NONE;
}

static bool asked_slow(const struct request *q)
{
    return sv_is(q->param[0], "slow");
}

static enum err thread_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    json_bool(&a->json, "database", c->db != NULL);
    json_int(&a->json, "thread", (int64_t)gettid());
    return ERR_NONE;
}

static enum err big_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)c;
    (void)q;
    json_array(&a->json, "rows");
    for (int i = 0; i < 500; i++)
        json_int(&a->json, NULL, i);
    json_end(&a->json, ']');
    return ERR_NONE;
}

static enum err hash_slow(struct ctx *c, struct request *q)
{
    q->hashed = sv_text(&c->mem, ((const struct note *)q->body)->text);
    return ERR_NONE;
}

static enum err hash_post(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)c;
    json_text(&a->json, "hashed", sv_of(q->hashed));
    return ERR_NONE;
}

static enum err raw_post(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)c;
    json_int(&a->json, "bytes", (int64_t)q->raw.len);
    return ERR_NONE;
}

#define TAKES_NOTE .takes = note_fields, .takes_size = sizeof(struct note)
static const struct endpoint endpoints[] = {
    { POST, "/api/t/note", note_post, WRITES, MAY_ANYONE, TAKES_NOTE },
    { GET, "/api/t/note", notes_get, READS, MAY_ANYONE, .zh = "" },
    { GET, "/api/t/hello/{who}", hello_get, MEMORY, MAY_ANYONE, .zh = "" },
    { GET, "/api/t/thread/{how}", thread_get, MEMORY, MAY_ANYONE, .slow = asked_slow, .zh = "" },
    { GET, "/api/t/big", big_get, READS, MAY_ANYONE, .zh = "" },
    { POST, "/api/t/hash", hash_post, HASHES, MAY_ANYONE, TAKES_NOTE, .hash = hash_slow },
    { POST, "/api/t/raw", raw_post, READS, MAY_ANYONE, .raw = true },
    { POST, "/api/t/limited", raw_post, READS, MAY_ANYONE, .raw = true, .per_minute = 8 },
    { GET, "/api/t/closed", notes_get, READS, MAY_SIGNED_IN, .zh = "" },
    { 0 },
};
static const struct module note_module = { .name = "t",
                                           .endpoints = endpoints,
                                           .tables = note_tables };

/* --- the house around it --- */

static struct server *running;
static struct ctx     start_ctx;
static struct arena   house_mem;         /* outlives a test that has failed with its server on */

static void run_server(void)
{
    static const struct module *const modules[] = { &note_module, &http_module, NULL };
    struct schema *schema = NEW(test_mem(), struct schema, 1);
    *schema = (struct schema){ .tables = note_tables, .n = 1 };
    schema_seal(schema);
    world_of(schema);
    struct config *k = NEW(&house_mem, struct config, 1);
    *k = (struct config){ .data_dir = sv_copy(&house_mem, sv_of(world_folder())).at, .readers = 2 };
    struct house *h = NEW(&house_mem, struct house, 1);
    struct clock *clock = NEW(&house_mem, struct clock, 1);
    struct id_source *ids = NEW(&house_mem, struct id_source, 1);
    *ids = (struct id_source){ .node = 1, .clock = clock };
    *h = (struct house){ .modules = modules,
                         .config = k,
                         .store = world_store(),
                         .clock = clock,
                         .ids = ids,
                         .bell = bell_new(&house_mem, world_store()) };
    log_start(2, LOG_ERROR, "test");
    plan.runs = 0;
    memset(plan.k, 0, sizeof plan.k);
    start_ctx = (struct ctx){ .house = h };
    if (server_start(&start_ctx, h, &running) != ERR_NONE)
        test_fail(start_ctx.fault.file, start_ctx.fault.line, "%.*s", SV_ARG(start_ctx.fault.log));
    wire_port(server_port(running));
}

static void end_server(void)
{
    server_stop(running);
    arena_free(&start_ctx.mem);
    arena_free(&house_mem);
}

static int64_t notes(void)
{
    int64_t n = -1;
    struct ctx *c = world_open(DB_READS);
    CHECK_INT(db_int(c, &note_count, NO_PARAMS, &n), ERR_NONE);
    return n;
}

static struct reply post_note(const char *text)
{
    return wire_ask("POST", "/api/t/note", "Content-Type: application/json\r\n",
                    sv_fmt(test_mem(), "{\"text\":\"%s\"}", text));
}

/* --- tests --- */

TEST_DB(every_lane_answers)
{
    run_server();
    CHECK_INT(post_note("one").status, 201);
    CHECK_TEXT(wire_ask("GET", "/api/t/note", "", SV("")).body, "{\"n\":1}");
    CHECK_TEXT(wire_ask("GET", "/api/t/hello/%E4%B8%80", "", SV("")).body, "{\"hello\":\"一\"}");
    CHECK_TEXT(wire_ask("POST", "/api/t/hash", "Content-Type: application/json\r\n",
                        SV("{\"text\":\"kept\"}")).body, "{\"hashed\":\"kept\"}");
    CHECK_TEXT(wire_ask("POST", "/api/t/raw", "", SV("12345")).body, "{\"bytes\":5}");
    CHECK_INT(wire_ask("HEAD", "/api/t/note", "", SV("")).status, 200);
    end_server();
}

TEST_DB(refusals_are_problems_with_the_field_and_the_fix)
{
    run_server();
    struct reply r = wire_ask("POST", "/api/t/note", "Content-Type: application/json\r\n",
                              SV("{\"n\":10,\"wrong\":1}"));
    CHECK_INT(r.status, 422);
    CHECK(sv_find(r.head, SV("application/problem+json")) > 0);
    CHECK(sv_find(r.body, SV("\"type\":\"/problems/invalid\"")) > 0);
    CHECK(sv_find(r.body, SV("\"field\":\"wrong\"")) > 0);
    CHECK(sv_find(r.body, SV("\"field\":\"n\"")) > 0);
    CHECK(sv_find(r.body, SV("\"field\":\"text\"")) > 0);
    CHECK_INT(wire_ask("POST", "/api/t/note", "Content-Type: text/plain\r\n", SV("{}")).status,
              415);
    CHECK_INT(wire_ask("POST", "/api/t/note", "Content-Type: application/json\r\n", SV("{")).status,
              400);
    CHECK_INT(wire_ask("GET", "/api/t/none", "", SV("")).status, 404);
    r = wire_ask("DELETE", "/api/t/note", "", SV(""));
    CHECK_INT(r.status, 405);
    CHECK(sv_find(r.head, SV("Allow: GET, HEAD, POST")) > 0);
    CHECK_INT(wire_ask("GET", "/api/t/closed", "", SV("")).status, 401);
    end_server();
}

TEST_DB(a_failed_write_leaves_nothing_and_a_refusal_may_keep)
{
    run_server();
    CHECK_INT(post_note("bad").status, 409);
    CHECK_INT(notes(), 0);
    CHECK_INT(post_note("refuse").status, 401);
    CHECK_INT(notes(), 1);
    end_server();
}

struct many { int good, bad, other; };

/* Twenty requests on one connection; every third one fails inside the group. */
static void *write_many(void *arg)
{
    struct many *m = arg;
    struct arena mem = { 0 };
    int fd = wire_open();
    for (int i = 0; i < 20; i++) {
        bool bad = i % 3 == 2;
        struct sv body = bad ? SV("{\"text\":\"bad\"}") : SV("{\"text\":\"good\"}");
        struct reply r =
            wire_on(fd, &mem, "POST", "/api/t/note", "Content-Type: application/json\r\n", body);
        m->good += r.status == 201 && !bad;
        m->bad += r.status == 409 && bad;
        m->other += r.status != (bad ? 409 : 201);
    }
    close(fd);
    arena_free(&mem);
    return NULL;
}

/* An answer is counted once it has been sent, so the count may follow a moment later. */
static bool counted_soon(const char *line)
{
    for (int tries = 0; tries < 200; tries++) {
        struct reply metrics = wire_ask("GET", "/metrics", "", SV(""));
        if (sv_find(metrics.body, sv_of(line)) > 0)
            return true;
        usleep(10000);
    }
    return false;
}

TEST_DB(writers_together_do_not_harm_each_other)
{
    enum { WRITERS = 12 };
    run_server();
    pthread_t threads[WRITERS];
    struct many counts[WRITERS] = { 0 };
    for (int i = 0; i < WRITERS; i++)
        pthread_create(&threads[i], NULL, write_many, &counts[i]);
    int good = 0, other = 0;
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        good += counts[i].good;
        other += counts[i].other;
    }
    int64_t stored = notes();
    bool counted = counted_soon("path=\"/api/t/note\",status=\"2xx\"} 168");
    end_server();
    CHECK_INT(other, 0);
    CHECK_INT(good, WRITERS * 14);
    CHECK_INT(stored, good);
    CHECK(counted);
}

/* SQLite: the group's COMMIT fails, then the run alone; PostgreSQL: only the run alone. */
TEST_DB(a_failed_commit_is_run_once_more_alone)
{
    run_server();
    plan.how = world_is_postgres() ? FAULT_SERIAL : FAULT_FULL;
    plan.k[0] = 1;
    CHECK_INT(post_note("fault").status, 201);
    CHECK_INT(plan.runs, 2);
    CHECK_INT(notes(), 1);
    end_server();
}

TEST_DB(a_commit_that_fails_again_is_a_clear_503)
{
    run_server();
    plan.how = world_is_postgres() ? FAULT_AWAY : FAULT_IOERR;
    plan.k[0] = 1;
    plan.k[1] = 1;
    struct reply r = post_note("fault");
    CHECK_INT(r.status, 503);
    CHECK(sv_find(r.head, SV("Retry-After: ")) > 0);
    CHECK_INT(notes(), 0);
    CHECK_INT(post_note("after").status, 201);
    end_server();
}

/* The third request of a group fills the disk: all of the group are run again, none is lost. */
TEST_DB(a_full_disk_inside_a_group_spares_the_others)
{
    run_server();
    plan.how = world_is_postgres() ? FAULT_SERIAL : FAULT_FULL;
    plan.k[0] = 1;
    pthread_t threads[4];
    struct many counts[4] = { 0 };
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, write_many, &counts[i]);
    struct reply r = post_note("fault");
    int other = 0;
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        other += counts[i].other;
    }
    int64_t stored = notes();
    end_server();
    CHECK_INT(other, 0);
    CHECK_INT(r.status, 201);
    CHECK_INT(stored, 4 * 14 + 1);
}

TEST_DB(unchanged_answers_are_not_sent_again)
{
    run_server();
    struct reply r = wire_ask("GET", "/api/t/big", "", SV(""));
    ptrdiff_t at = sv_find(r.head, SV("ETag: "));
    CHECK(at > 0);
    struct sv rest = sv_from(r.head, (size_t)at + 6), etag;
    sv_cut(&rest, '\r', &etag);
    const char *ask = sv_fmt(test_mem(), "If-None-Match: %.*s\r\n", SV_ARG(etag)).at;
    r = wire_ask("GET", "/api/t/big", ask, SV(""));
    CHECK_INT(r.status, 304);
    CHECK_INT(r.body.len, 0);
    end_server();
}

TEST_DB(large_answers_are_packed_when_wanted)
{
    run_server();
    struct reply plain = wire_ask("GET", "/api/t/big", "", SV(""));
    struct reply r = wire_ask("GET", "/api/t/big", "Accept-Encoding: gzip\r\n", SV(""));
    CHECK(sv_find(r.head, SV("Content-Encoding: gzip")) > 0);
    CHECK(sv_find(plain.head, SV("Content-Encoding")) < 0);
    CHECK(r.body.len * 2 < plain.body.len);
    CHECK_TEXT(wire_unzip(r.body), sv_text(test_mem(), plain.body));
    end_server();
}

/* Who asks first is told at once; who just sends is read to the end, so that she hears why. */
TEST_DB(bodies_beyond_the_limit_are_refused)
{
    run_server();
    struct sv head = SV("POST /api/t/note HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                        "Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
    CHECK_INT(wire_raw(head).status, 413);
    head = SV("POST /api/t/raw HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
              "Content-Length: 20971521\r\n\r\n");
    CHECK_INT(wire_raw(head).status, 413);
    char *much = arena_take(test_mem(), 3 * 1024 * 1024, 1);
    memset(much, 'x', 3 * 1024 * 1024);
    struct sv body = { much, 3 * 1024 * 1024 };
    CHECK_INT(wire_ask("POST", "/api/t/note", "", body).status, 413);
    CHECK_TEXT(wire_ask("POST", "/api/t/raw", "", body).body, "{\"bytes\":3145728}");
    end_server();
}

TEST_DB(too_many_requests_are_told_when_to_come_again)
{
    run_server();
    const char *from = "X-Forwarded-For: 203.0.113.9\r\n";
    for (int i = 0; i < 5; i++)
        CHECK_INT(wire_ask("POST", "/api/t/limited", from, SV("x")).status, 200);
    struct reply r = wire_ask("POST", "/api/t/limited", from, SV("x"));
    CHECK_INT(r.status, 429);
    CHECK(sv_find(r.head, SV("Retry-After: ")) > 0);
    CHECK_INT(
        wire_ask("POST", "/api/t/limited", "X-Forwarded-For: 203.0.113.10\r\n", SV("x")).status,
        200);
    CHECK_INT(wire_ask("POST", "/api/t/limited", "", SV("x")).status, 200);
    end_server();
}

TEST_DB(what_is_slow_is_answered_by_a_reader_without_a_database)
{
    run_server();
    struct arena mem = { 0 };
    int fd = wire_open();
    struct sv loop = wire_on(fd, &mem, "GET", "/api/t/thread/quick", "", SV("")).body;
    struct sv again = wire_on(fd, &mem, "GET", "/api/t/thread/quick", "", SV("")).body;
    struct sv reader = wire_on(fd, &mem, "GET", "/api/t/thread/slow", "", SV("")).body;
    close(fd);
    end_server();
    CHECK(sv_eq(loop, again));
    CHECK(!sv_eq(loop, reader));
    CHECK(sv_starts(reader, SV("{\"database\":false,")));
    arena_free(&mem);
}

TEST(a_connection_ends_after_a_thousand_requests)
{
    run_server();
    struct arena mem = { 0 };
    int fd = wire_open(), n = 0;
    while (n < 1100 && wire_on(fd, &mem, "GET", "/api/t/hello/a", "", SV("")).status == 200) {
        n++;
        arena_reset(&mem);
    }
    close(fd);
    arena_free(&mem);
    end_server();
    CHECK_INT(n, REQUESTS_PER_CONNECTION);
}

/* Requests that servers and proxies read differently: refused, and never a 500 or a hang. */
TEST(malformed_requests_are_refused)
{
    static const struct { int status; struct sv bytes;
    } cases[] = {
        { 400, SV_INIT("GET /healthz HTTP/1.1\r\n\r\n") },
        { 400, SV_INIT("GET /healthz HTTP/1.1\r\nHost : h\r\n\r\n") },
        { 400, SV_INIT("GET /healthz HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n") },
        { 400, SV_INIT("GET /api/t/hello/a\0b HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 400, SV_INIT("GET /api/t/hello/a?x=\0b HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 400, SV_INIT("GET /api/t/hello/a%00b HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 400, SV_INIT("GET /api/t/hello/%ff HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 200, SV_INIT("GET http://h/api/t/hello/a HTTP/1.1\r\nHost: h\r\n"
                       "Connection: close\r\n\r\n") },
        { 400, SV_INIT("GET http://i/api/t/hello/a HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 400, SV_INIT("POST /api/t/raw HTTP/1.1\r\nHost: h\r\nContent-Length: "
                       "3\r\nContent-Length: 5\r\n\r\nabcde") },
        { 400, SV_INIT("POST /api/t/raw HTTP/1.1\r\nHost: h\r\nContent-Length: "
                       "3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n") },
        { 501, SV_INIT("POST /api/t/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity, "
                       "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n") },
        { 400, SV_INIT("POST /api/t/raw HTTP/1.1\r\nHost: h\r\nContent-Length: -3\r\n\r\nabc") },
        { 400, SV_INIT("POST /api/t/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
                       "chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n") },
        { 400, SV_INIT("GET /healthz HTTP/1.1\r\nHost: h\r\nX A: 1\r\n\r\n") },
        { 400, SV_INIT("GET /healthz HTTP/1.1\r\nHost: h\r\nnocolon\r\n\r\n") },
        { 400, SV_INIT("GET /healthz\r\n\r\n") },
        { 505, SV_INIT("GET /healthz HTTP/2.0\r\nHost: h\r\n\r\n") },
        { 501, SV_INIT("BREW /healthz HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 501, SV_INIT("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 200, SV_INIT("POST /api/t/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
                       "chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n") },
        { 0, SV_INIT("GET  /healthz  HTTP/1.1\r\nHost: h\r\n\r\n") },
        { 0, SV_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n") },
    };
    run_server();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int got = wire_raw(cases[i].bytes).status;
        if (got != cases[i].status && !(cases[i].status == 0 && got == 400))
            test_fail(__FILE__, __LINE__, "case %zu gave %d, not %d", i, got, cases[i].status);
    }
    CHECK_INT(wire_ask("GET", "/api/t/hello/a", "", SV("")).status, 200);
    end_server();
}
