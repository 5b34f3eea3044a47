/* streets_test.c - edits from a drawn line to the streets in service, through imports. */

#include "app/streets/streets.h"

#include "app/work_test.h"
#include "care/elder/elder.h"
#include "care/street/street.h"
#include "geo/shape.h"
#include "roads/reach.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct point at_m(double x_m, double y_m)
{
    struct plane p = plane_at((struct point){ 305000000, 1145000000 });
    return plane_back(&p, (struct plane_point){ x_m, y_m });
}

/* Two banks that meet 700 m to the east only: the north one at 100 m, the south one at south_m. */
static const char *map_of(struct start *s, double south_m)
{
    const char *path = sv_fmt(test_mem(), "%s/map.osm", s->config.data_dir).at;
    const double xs[] = { -100, 0, 300, 700 };
    FILE *out = fopen(path, "we");
    CHECK(out);
    fputs("<osm version=\"0.6\">", out);
    for (int i = 0; i < 8; i++) {
        struct point p = at_m(xs[i % 4], i < 4 ? 100 : south_m);
        fprintf(out, "<node id=\"%d\" lat=\"%.7f\" lon=\"%.7f\"/>", i + 1, p.lat_e7 / 1e7,
                p.lon_e7 / 1e7);
    }
    fputs("<way id=\"1\"><nd ref=\"1\"/><nd ref=\"2\"/><nd ref=\"3\"/><nd ref=\"4\"/>"
          "<tag k=\"highway\" v=\"residential\"/><tag k=\"name\" v=\"北岸路\"/></way>"
          "<way id=\"2\"><nd ref=\"5\"/><nd ref=\"6\"/><nd ref=\"7\"/><nd ref=\"8\"/>"
          "<tag k=\"highway\" v=\"residential\"/><tag k=\"name\" v=\"南岸路\"/></way>"
          "<way id=\"3\"><nd ref=\"4\"/><nd ref=\"8\"/>"
          "<tag k=\"highway\" v=\"primary\"/></way></osm>", out);
    CHECK(fclose(out) == 0);
    return path;
}

static struct streets_built import_map(struct start *s, double south_m)
{
    struct streets_built built;
    const char *file = map_of(s, south_m);
    (void)mkdir(sv_fmt(test_mem(), "%s/roads", s->config.data_dir).at, 0750);
    MUST_GO(&s->ctx, roads_file_import(&s->ctx, s->config.data_dir, &file, 1, NULL, NULL));
    MUST_GO(&s->ctx, streets_build(&s->ctx, &built));
    MUST_GO(&s->ctx, roads_file_refresh(&s->ctx));
    return built;
}

static struct start *river(void)
{
    struct start *s = start_test();
    import_test(s, import_divisions, test_divisions);
    s->house.roads = slot_new(test_mem(), roads_file_end);
    CHECK_INT(import_map(s, 0).used, 0);
    return s;
}

static void river_end(struct start *s)
{
    slot_swap(s->house.roads, NULL);
    start_test_end(s);
}

/* Seconds between two homes 200 m apart, one on each bank. */
static int64_t across_s(struct start *s, enum profile profile)
{
    struct roads *r = slot_enter(s->house.roads);
    struct anchor from, to;
    CHECK(roads_snap(r, profile, at_m(0, 150), 300, &from));
    CHECK(roads_snap(r, profile, at_m(0, -50), 300, &to));
    struct reach *scratch = reach_new(test_mem(), r);
    reach_from(scratch, profile, &from, REACH_MS_MAX);
    int64_t seconds = ((int64_t)reach_ms(scratch, &to) + 500) / 1000;
    slot_leave(s->house.roads, r);
    return seconds;
}

static struct street_edit drawn(int kind, double y1, double y2)
{
    struct street_edit e;
    struct point line[] = { at_m(0, y1), at_m(0, y2) };
    struct buf b = buf_new(test_mem(), 128);
    record_clear(street_edit_fields, &e);
    geojson_line(&b, line, 2);
    e.name = SV("东堤人行桥");
    e.kind = kind;
    e.line.json = buf_sv(&b);
    e.wheelchair = true;
    e.reason = SV("现场有桥，地图上没有");
    return e;
}

static enum err create(struct ctx *c, void *edit)
{
    return entity_create(c, &street_edit_entity, edit);
}

struct acting { struct street_edit *edit; const char *action; const struct who *who; };

static enum err act(struct ctx *c, void *arg)
{
    const struct acting *a = arg;
    const struct who *was = c->who;
    c->who = a->who;
    c->reason = SV("核对过");
    enum err e = entity_act(c, &street_edit_entity, a->edit->id.n, a->edit->row.version,
                            sv_of(a->action), NULL, a->edit);
    c->who = was;
    return e;
}

static const struct who *officer(int64_t account)
{
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = *officer_of(INT64_C(990101000000), INT64_C(990101999999));
    w->account = account;
    return w;
}

static void publish(struct start *s, struct street_edit *e)
{
    struct streets_built built;
    MUST_GO(&s->ctx, transaction(&s->ctx, create, e));
    MUST_GO(&s->ctx, transaction(&s->ctx, act, &(struct acting){ e, "submit", officer(71) }));
    MUST_FAIL(&s->ctx, transaction(&s->ctx, act, &(struct acting){ e, "publish", officer(71) }),
              ERR_FORBIDDEN, "review.own");
    MUST_GO(&s->ctx, transaction(&s->ctx, act, &(struct acting){ e, "publish", officer(72) }));
    MUST_GO(&s->ctx, streets_build(&s->ctx, &built));
    MUST_GO(&s->ctx, roads_file_refresh(&s->ctx));
}

static int fit_of(struct start *s, const struct street_edit *e)
{
    struct street_edit now;
    bool found;
    MUST_GO(&s->ctx, entity_load(&s->ctx, &street_edit_entity, e->id.n, &now, &found));
    CHECK(found);
    return now.fit;
}

TEST_DB(a_published_footbridge_outlives_the_next_import_and_goes_when_withdrawn)
{
    struct start *s = river();
    struct streets_built built;
    CHECK_INT(across_s(s, PROFILE_ELDER), 2000);             /* 1.6 km for two homes 200 m apart */
    struct street_edit e = drawn(STREET_FOOTBRIDGE, 95, 5);
    publish(s, &e);
    CHECK_INT(across_s(s, PROFILE_ELDER), 250);
    CHECK_INT(across_s(s, PROFILE_WHEELCHAIR), 200);
    CHECK_INT(fit_of(s, &e), MEND_FITS + 1);
    built = import_map(s, 0);
    CHECK_INT(built.used, 1);
    CHECK(!built.changed);                                   /* the same map, the same streets */
    CHECK_INT(across_s(s, PROFILE_ELDER), 250);
    MUST_GO(&s->ctx, transaction(&s->ctx, act, &(struct acting){ &e, "withdraw", officer(71) }));
    MUST_GO(&s->ctx, streets_build(&s->ctx, &built));
    MUST_GO(&s->ctx, roads_file_refresh(&s->ctx));
    CHECK_INT(across_s(s, PROFILE_ELDER), 2000);
    river_end(s);
}

TEST_DB(steps_are_no_way_for_a_wheelchair)
{
    struct start *s = river();
    struct street_edit e = drawn(STREET_FOOTBRIDGE, 95, 5);
    e.steps = 80;
    MUST_FAULT(&s->ctx, transaction(&s->ctx, create, &e), "street_edit.steps_wheelchair");
    e.wheelchair = false;
    e.id.n = 0;
    publish(s, &e);
    CHECK(across_s(s, PROFILE_ELDER) < 330);
    CHECK_INT(across_s(s, PROFILE_WHEELCHAIR), 1600);
    river_end(s);
}

TEST_DB(an_end_that_meets_no_street_is_named_before_anything_is_stored)
{
    struct start *s = river();
    struct street_edit e = drawn(STREET_PATH, 60, 5);
    MUST_FAULT(&s->ctx, transaction(&s->ctx, create, &e), "street_edit.start_far");
    e = drawn(STREET_PATH, 95, 40);
    MUST_FAULT(&s->ctx, transaction(&s->ctx, create, &e), "street_edit.end_far");
    e = drawn(STREET_CLOSED, 95, 5);
    MUST_FAULT(&s->ctx, transaction(&s->ctx, create, &e), "street_edit.no_street");
    e = drawn(STREET_PATH, 95, 95);
    MUST_FAULT(&s->ctx, transaction(&s->ctx, create, &e), "street_edit.points");
    e.line.json = SV("{\"type\":\"Point\",\"coordinates\":[114.5,30.5]}");
    MUST_FAULT(&s->ctx, transaction(&s->ctx, create, &e), "street_edit.line");
    river_end(s);
}

TEST_DB(an_edit_that_a_new_map_leaves_loose_is_kept_and_shown)
{
    struct start *s = river();
    struct street_edit e = drawn(STREET_PATH, 95, 5);
    publish(s, &e);
    struct streets_built built = import_map(s, -60);         /* the south bank is elsewhere now */
    CHECK_INT(built.loose, 1);
    CHECK_INT(fit_of(s, &e), MEND_END_FAR + 1);
    CHECK(across_s(s, PROFILE_ELDER) > 1500);
    built = import_map(s, 0);
    CHECK_INT(built.used, 1);
    CHECK_INT(fit_of(s, &e), MEND_FITS + 1);
    CHECK_INT(across_s(s, PROFILE_ELDER), 250);
    river_end(s);
}

TEST_DB(an_edit_counts_only_on_its_days)
{
    struct start *s = river();
    struct street_edit e = drawn(STREET_PATH, 95, 5);
    e.valid_from = (struct day){ day_of(s->ctx.now).n + 1 };
    publish(s, &e);
    CHECK_INT(across_s(s, PROFILE_ELDER), 2000);
    s->ctx.now.ms += 86400000;
    struct streets_built built;
    MUST_GO(&s->ctx, streets_build(&s->ctx, &built));
    CHECK_INT(built.used, 1);
    river_end(s);
}

TEST_DB(what_was_submitted_is_not_changed_behind_the_reviewers_back)
{
    struct start *s = river();
    struct street_edit e = drawn(STREET_PATH, 95, 5);
    MUST_GO(&s->ctx, transaction(&s->ctx, create, &e));
    MUST_GO(&s->ctx, transaction(&s->ctx, act, &(struct acting){ &e, "submit", officer(71) }));
    struct street_edit other = drawn(STREET_PATH, 90, 5);
    e.line = other.line;
    MUST_GO(&s->ctx, db_begin(&s->ctx));
    MUST_FAULT(&s->ctx, entity_update(&s->ctx, &street_edit_entity, &e, e.row.version, "update"),
               "street_edit.seen");
    db_rollback(&s->ctx);
    river_end(s);
}

/* --- homes --- */

static enum err elder_make(struct ctx *c, void *elder)
{
    return entity_create(c, &elder_entity, elder);
}

static int64_t junction_of(struct start *s, const struct elder *e)
{
    struct elder now;
    bool found;
    MUST_GO(&s->ctx, entity_load(&s->ctx, &elder_entity, e->id.n, &now, &found));
    CHECK(found && now.junction.known);
    return now.junction.n;
}

TEST_DB(homes_are_joined_anew_when_the_streets_change)
{
    struct start *s = river();
    struct elder e;
    record_clear(elder_fields, &e);
    struct point home = at_m(10, 60);
    e.name = SV("林秀兰");
    e.phone = SV("10000000001");
    e.birth = day_civil(1940, 1, 1);
    e.home_lat.e7 = home.lat_e7;
    e.home_lon.e7 = home.lon_e7;
    MUST_GO(&s->ctx, transaction(&s->ctx, elder_make, &e));
    int64_t was = junction_of(s, &e), version = e.row.version;
    struct street_edit path = drawn(STREET_PATH, 95, 5);
    publish(s, &path);
    const struct job_table table = { .kinds = streets_module.jobs, .kinds_n = 2 };
    for (bool ran = true; ran;)
        MUST_GO(&s->ctx, job_step(&s->ctx, &table, &ran));
    struct roads *r = slot_enter(s->house.roads);
    struct point joined = r->at[junction_of(s, &e)];
    CHECK(point_distance_m(joined, at_m(0, 100)) < 1);       /* the junction at the path's end */
    CHECK(was != junction_of(s, &e));
    slot_leave(s->house.roads, r);
    struct elder now;
    bool found;
    MUST_GO(&s->ctx, entity_load(&s->ctx, &elder_entity, e.id.n, &now, &found));
    CHECK_INT(now.row.version, version);                     /* nobody's form is made stale by it */
    river_end(s);
}
