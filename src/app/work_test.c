/* work_test.c - export, check, backup and restore. */

#include "app/work_test.h"

#include "app/roads_file.h"
#include "care/compound/compound.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char test_divisions[] =
    "name,code,parent_code,lat,lon,boundary\n"
    "甲社区,990101001001,990101001,30.5,114.5,\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":"
    "[[[114.49,30.49],[114.51,30.49],[114.51,30.51],[114.49,30.51],[114.49,30.49]]]}\"\n"
    "柳荫街道,990101001,990101,,,\n"
    "乙社区,990101001002,990101001,30.5,114.6,\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":"
    "[[[114.59,30.49],[114.61,30.49],[114.61,30.51],[114.59,30.51],[114.59,30.49]]]}\"\n"
    "安澜区,990101,9901,,,\n"
    "云汀市,9901,,,,\n";

const char test_places[] =
    "id,name,kind,lat,lon,datum,org,hours,verified_on\n"
    "a,甲驿站,养老服务驿站,30.5,114.5,,,Mo-Fr 08:00-17:00,2026-11-01\n"
    "b,乙食堂,长者食堂,30.501,114.6,,一家公司,24/7,\n"
    "c,丙食堂,meal_point,30.502,114.6,,一家公司,,\n";

struct start *start_test(void)
{
    struct ctx *c = house_world(modules);
    struct start *s = NEW(test_mem(), struct start, 1);
    s->config = *c->house->config;
    s->house = *c->house;
    s->house.config = &s->config;
    s->ctx = *c;
    s->ctx.mem = (struct arena){ 0 };
    s->ctx.house = &s->house;
    return s;
}

void start_test_end(struct start *s)
{
    arena_free(&s->ctx.mem);
    arena_free(&s->mem);
}

struct import import_test(struct start *s, enum err (*take)(struct import *im, struct sv text),
                          const char *text)
{
    struct import im = { .c = &s->ctx };
    enum err e = take(&im, sv_of(text));
    if (e != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%s (%.*s)\n%.*s", s->ctx.fault.key,
                  SV_ARG(s->ctx.fault.log), SV_ARG(buf_sv(&im.faults)));
    import_end(&im);
    return im;
}

/* --- helpers --- */

/* What an export writes, in the test's arena. */
static struct sv exported(struct start *s, const char *entity, int64_t *ret_rows)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    s->ctx.reason = SV("核对");
    MUST_GO(&s->ctx, export_rows(&s->ctx, entity, out, ret_rows));
    fclose(out);
    struct sv kept = sv_copy(test_mem(), (struct sv){ text, len });
    free(text);                                      /* tidy: allow malloc - libc's stream */
    return kept;
}

static int64_t findings(struct start *s)
{
    struct check_run run = { .out = fopen("/dev/null", "we") };
    MUST_GO(&s->ctx, check_work(s, &run));
    fclose(run.out);
    CHECK(run.checks > 10);
    return run.findings;
}

/* An attachment of a place: its bytes under DATA/files and its row. */
static const char *file_attach(struct start *s)
{
    uint8_t digest[crypto_hash_sha256_BYTES];
    struct arena *mem = test_mem();
    crypto_hash_sha256(digest, (const unsigned char *)"%PDF-1", 6);
    struct buf hash = buf_new(mem, 65);
    buf_hex(&hash, digest, sizeof digest);
    struct sv hex = buf_sv(&hash);
    (void)mkdir(sv_fmt(mem, "%s/files", s->config.data_dir).at, 0750);
    (void)mkdir(sv_fmt(mem, "%s/files/%.*s", s->config.data_dir, 2, hex.at).at, 0750);
    const char *path = sv_fmt(mem, "%s/files/%.2s/%.*s", s->config.data_dir, hex.at,
                              SV_ARG(sv_from(hex, 2))).at;
    FILE *out = fopen(path, "we");
    CHECK(out && fputs("%PDF-1", out) >= 0 && fclose(out) == 0);
    static const char *const columns[] = { "id", "entity", "row_id", "hash", "size", "type",
                                           "created_at" };
    struct value v[] = { V_INT(7), V_TEXT(SV("place")), V_INT(1), V_TEXT(hex), V_INT(6),
                         V_TEXT(SV("application/pdf")), V_INT(1) };
    MUST_GO(&s->ctx, db_begin(&s->ctx));
    MUST_GO(&s->ctx, db_bulk(&s->ctx, "file", columns, 7, v, 1));
    MUST_GO(&s->ctx, db_commit(&s->ctx));
    return path;
}

static void streets_make(struct start *s)
{
    struct road_builder b = { 0 };
    road_builder_node(&b, 1, (struct point){ 305000000, 1145000000 }, 0);
    road_builder_node(&b, 2, (struct point){ 305010000, 1145010000 }, 0);
    road_builder_way(&b, &(struct road_way){ .id = 1, .name = SV_INIT("和平街"),
                                             .kind = ROAD_RESIDENTIAL }, (int64_t[]){ 1, 2 }, 2);
    (void)mkdir(sv_fmt(test_mem(), "%s/roads", s->config.data_dir).at, 0750);
    MUST_GO(&s->ctx, roads_file_put(&s->ctx, s->config.data_dir, &b, NULL));
    road_builder_free(&b);
}

static struct start *filled(void)
{
    struct start *s = start_test();
    import_test(s, import_divisions, test_divisions);
    import_test(s, import_places, test_places);
    streets_make(s);
    return s;
}

/* --- export --- */

TEST_DB(an_export_is_masked_and_noted)
{
    struct start *s = filled();
    int64_t rows, notes;
    struct sv text = exported(s, "place", &rows);
    CHECK_INT(rows, 3);
    CHECK(sv_starts(text, SV("\xEF\xBB\xBFid,version,scope")));
    CHECK(sv_find(text, SV(",甲驿站,station,")) > 0);
    CHECK(sv_find(text, SV("30.5,114.5,wgs84")) > 0);
    struct sv log = exported(s, "access_log", &notes);
    CHECK(sv_find(log, SV("核对")) > 0);
    MUST_FAIL(&s->ctx, export_rows(&s->ctx, "nothing", stdout, &rows), ERR_MISSING,
              "export.entity");
    start_test_end(s);
}

/* --- check --- */

TEST_DB(check_finds_a_changed_attachment_and_a_lost_row)
{
    struct start *s = filled();
    const char *path = file_attach(s);
    CHECK_INT(findings(s), 0);
    FILE *out = fopen(path, "we");
    CHECK(out && fputs("%PDF-2", out) >= 0 && fclose(out) == 0);
    CHECK_INT(findings(s), 1);
    CHECK(remove(path) == 0);
    CHECK_INT(findings(s), 1);
    static const char *const columns[] = { "entity", "source", "key", "row_id" };
    struct value v[] = { V_TEXT(SV("place")), V_TEXT(SV("")), V_TEXT(SV("gone")), V_INT(12345) };
    MUST_GO(&s->ctx, db_begin(&s->ctx));
    MUST_GO(&s->ctx, db_bulk(&s->ctx, "import_key", columns, 4, v, 1));
    MUST_GO(&s->ctx, db_commit(&s->ctx));
    CHECK_INT(findings(s), 2);
    start_test_end(s);
}

/* --- backup and restore --- */

struct writer { struct ctx *c; _Atomic bool stop; _Atomic int written; int64_t division, scope; };

static enum err compound_add(struct ctx *c, void *arg)
{
    const struct writer *w = arg;
    struct compound k;
    record_clear(compound_fields, &k);
    k.name = sv_fmt(&c->mem, "小区%d", w->written);
    k.lat.e7 = 305000000;
    k.lon.e7 = 1145000000;
    k.division.n = w->division;
    return entity_create(c, &compound_entity, &k);
}

static void *keep_writing(void *arg)
{
    struct writer *w = arg;
    while (!w->stop) {
        arena_reset(&w->c->mem);
        ctx_forgive(w->c);
        if (transaction(w->c, compound_add, w) == ERR_NONE)
            w->written++;
    }
    return NULL;
}

static struct start *restored_into(const struct start *s, bool postgres)
{
    struct ctx *c = world_beside(postgres);
    struct start *to = NEW(test_mem(), struct start, 1);
    to->config = s->config;
    to->config.data_dir = sv_fmt(test_mem(), "%s/other", s->config.data_dir).at;
    (void)mkdir(to->config.data_dir, 0750);
    to->house = s->house;
    to->house.config = &to->config;
    to->ctx = *c;
    to->ctx.mem = (struct arena){ 0 };
    to->ctx.who = &who_house;
    to->ctx.house = &to->house;
    return to;
}

static int64_t compounds(struct start *s)
{
    int64_t n;
    exported(s, "compound", &n);
    return n;
}

/* Whatever engine it comes from and goes to: rows, attachments and streets are as they were. */
static void round_trip(bool to_postgres)
{
    struct start *s = filled();
    struct writer w = { .c = house_open(&s->ctx) };
    struct division d;
    bool found;
    MUST_GO(&s->ctx, division_of_code(&s->ctx, 990101001001, &d, &found));
    w.division = d.id.n;
    file_attach(s);
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, keep_writing, &w) == 0);
    while (w.written < 5)
        sched_yield();
    const char *path = sv_fmt(test_mem(), "%s/all.tar", s->config.data_dir).at;
    struct backup_facts out, in;
    enum err e = backup_make(s, path, &out);
    w.stop = true;
    pthread_join(thread, NULL);
    MUST_GO(&s->ctx, e);

    struct start *to = restored_into(s, to_postgres);
    MUST_GO(&to->ctx, backup_restore(to, path, &in));
    CHECK_INT(in.rows, out.rows);
    CHECK_INT(findings(to), 0);
    int64_t rows;
    CHECK(sv_eq(exported(s, "place", &rows), exported(to, "place", &rows)));
    CHECK_INT(rows, 3);
    CHECK(compounds(to) >= 5);
    CHECK(compounds(to) <= w.written);
    struct sv roads;
    MUST_GO(&to->ctx, roads_file_path(&to->ctx, to->config.data_dir, &roads));
    CHECK(roads.len > 0);
    MUST_FAIL(&to->ctx, backup_restore(to, path, &in), ERR_CONFLICT, "backup.not_empty");
    start_test_end(s);
    start_test_end(to);
}

TEST_DB(a_backup_while_others_write_comes_back_as_it_was)
{
    round_trip(world_is_postgres());
}

TEST_DB(a_backup_moves_to_the_other_engine)
{
    round_trip(!world_is_postgres());
}

/* Cut anywhere or changed anywhere in its heads: refused, and nothing is in the database. */
TEST(a_damaged_backup_is_refused)
{
    struct start *s = filled();
    struct backup_facts facts;
    const char *path = sv_fmt(test_mem(), "%s/all.tar", s->config.data_dir).at;
    const char *cut = sv_fmt(test_mem(), "%s/cut.tar", s->config.data_dir).at;
    MUST_GO(&s->ctx, backup_make(s, path, &facts));
    struct start *to = restored_into(s, false);
    for (int k = 1; k < 12; k++) {
        struct stat found;
        CHECK(stat(path, &found) == 0);
        int64_t size = found.st_size * k / 12;
        CHECK(system(sv_fmt(test_mem(), "head -c %lld %s > %s; rm -rf %s/*", (long long)size, path,
                            cut, to->config.data_dir).at) == 0);
        CHECK_INT(backup_restore(to, cut, &facts), ERR_MALFORMED);
        ctx_forgive(&to->ctx);
    }
    CHECK(system(sv_fmt(test_mem(), "rm -rf %s/*", to->config.data_dir).at) == 0);
    MUST_GO(&to->ctx, backup_restore(to, path, &facts));
    start_test_end(s);
    start_test_end(to);
}
