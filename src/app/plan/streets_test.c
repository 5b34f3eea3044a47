/* streets_test.c - days of tours whose ways are those of a street map. */

#include "app/plan/streets.h"

#include "app/planner/points.h"
#include "roads/made_test.h"
#include "roads/reach.h"

enum { PLACES = 3 };

static void put_at(struct buf *b, struct point at)
{
    buf_byte(b, '[');
    buf_fixed(b, at.lon_e7, 7);
    buf_byte(b, ',');
    buf_fixed(b, at.lat_e7, 7);
    buf_byte(b, ']');
}

/* One vehicle from the first place, a job at each of the others, the first of them twice. */
static struct sv day(const char *profile, const struct point *at)
{
    struct buf b = buf_new(test_mem(), 1024);
    buf_fmt(&b, "{\"vehicles\":[{\"id\":1,\"profile\":\"%s\",\"start\":", profile);
    put_at(&b, at[0]);
    buf_text(&b, "}],\"jobs\":[");
    for (int i = 0; i < PLACES; i++) {
        buf_fmt(&b, "%s{\"id\":%d,\"location\":", i ? "," : "", i + 1);
        put_at(&b, at[i ? i : 1]);
        buf_byte(&b, '}');
    }
    buf_text(&b, "]}");
    return buf_sv(&b);
}

static bool refused(struct ctx *c, struct streets *s, struct sv text, const char *path)
{
    const struct vroom_streets ask = { .arg = s, .ways = streets_ways };
    struct tour_problem p;
    bool said = vroom_read_streets(c, text, &ask, &p) == ERR_INVALID &&
                sv_starts(c->fault.log, sv_of(path));
    ctx_forgive(c);
    return said;
}

static int32_t seconds(const struct roads *r, struct point from, struct point to)
{
    struct anchor a, b;
    struct reach *s = reach_new(test_mem(), r);
    CHECK(roads_snap(r, PROFILE_ELDER, from, ACCESS_M_DEFAULT, &a));
    CHECK(roads_snap(r, PROFILE_ELDER, to, ACCESS_M_DEFAULT, &b));
    reach_from(s, PROFILE_ELDER, &a, 7200000);
    return (int32_t)((reach_ms(s, &b) + 500) / 1000);
}

TEST(locations_without_a_matrix_have_their_ways_from_the_streets)
{
    struct ctx c = { 0 };
    struct streets s = { .roads = made_street() };
    struct point at[PLACES] = { made_point(50, 10), made_point(700, -5), made_point(1200, 0) };
    const struct vroom_streets ask = { .arg = &s, .ways = streets_ways };
    struct tour_problem p;
    struct tour_plan plan;
    CHECK(vroom_read_streets(&c, day("elder", at), &ask, &p) == ERR_NONE);
    CHECK_INT(p.places_n, PLACES);
    for (int i = 0; i < PLACES; i++)
        for (int j = 0; j < PLACES; j++)
            if (i != j)
                CHECK_INT(p.travels[0].time[i * (PLACES + 1) + j],
                          seconds(&s.roads, at[i], at[j]));
    tour_search(&c, &p, &(struct tour_budget){ .iterations = 100, .seed = 1 }, &plan);
    CHECK_INT(plan.absent_n, 0);
    CHECK_INT(plan.cost, p.travels[0].time[1] + p.travels[0].time[PLACES + 1 + 2]);
    CHECK(refused(&c, &s, day("boat", at), "vehicles[0].profile:"));
    at[2] = made_point(9000, 9000);
    CHECK(refused(&c, &s, day("elder", at), "jobs[2].location:"));
    CHECK(refused(&c, &s, SV("{\"vehicles\":[{\"id\":1,\"start\":[8,41]}],\"jobs\":[{\"id\":1}]}"),
                  "vehicles[0].start:"));
    CHECK(refused(&c, &s, SV("{\"vehicles\":[{\"id\":1}],\"jobs\":[{\"id\":1}]}"), "matrices:"));
    made_end(&s.roads);
    arena_free(&c.mem);
}
