/* planner_test.c - the planner's commands on files: exact, whole, the same each time. */

#include "app/cmd/cmd_roads.h"
#include "roads/made_test.h"
#include "roads/reach.h"
#include "said.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RUN(...) \
    said_by(roads_command, (const char *const[]){ "roads", __VA_ARGS__, NULL }, &said)
#define SAYS(text) (sv_find(said, SV(text)) >= 0)

/* A town on disk, with homes and places around its streets, in files and in memory. */
enum { PLACES = 30, HOMES = 40 };
struct town {
    const char   *city, *homes, *places;
    struct roads  roads;
    struct point  home[HOMES], place[PLACES];
    uint32_t      elders[HOMES];
};

static struct town town_new(unsigned seed)
{
    struct town t = { .roads = made_random(seed, 120), .city = made_path() };
    struct buf homes = buf_new(test_mem(), 4096), places = buf_new(test_mem(), 4096);
    buf_text(&homes, "\xEF\xBB\xBFid,lat,lon,elders,community,street\r\n");
    buf_text(&places, "id,lat,lon,kind,capacity\n");
    for (int i = 0; i < HOMES; i++) {
        t.home[i] = made_beside(&t.roads, &seed);
        t.elders[i] = made_number(&seed, 9);
        made_row(&homes, "h", i, t.home[i]);
        buf_fmt(&homes, ",%u,社区%d,\"街道,%d\"\r\n", t.elders[i], i % 4, i % 2);
    }
    for (int i = 0; i < PLACES; i++) {
        t.place[i] = made_beside(&t.roads, &seed);
        made_row(&places, "p", i, t.place[i]);
        buf_fmt(&places, ",%s,%d\n", i % 3 ? "meal" : "clinic", 1 + i % 7);
    }
    t.homes = written("homes.csv", buf_sv(&homes));
    t.places = written("places.csv", buf_sv(&places));
    return t;
}

static void town_end(struct town *t)
{
    unlink(t->homes);
    unlink(t->places);
    made_end(&t->roads);
}

/* Milliseconds door to door, by a search of its own for each pair. */
static uint32_t naive_ms(const struct town *t, enum profile p, int home, int place)
{
    struct anchor from, to;
    struct reach *s = reach_new(test_mem(), &t->roads);
    if (!roads_snap(&t->roads, p, t->home[home], ACCESS_M_DEFAULT, &from) ||
        !roads_snap(&t->roads, p, t->place[place], ACCESS_M_DEFAULT, &to))
        return NOT_REACHED;
    reach_from(s, p, &from, 900000);
    return reach_ms(s, &to);
}

/* --- nearest --- */

static void check_nearest(const struct town *t, struct sv csv)
{
    struct sv line;
    sv_cut(&csv, '\n', &line);
    CHECK(sv_is(line, "from,rank,place,seconds,metres"));
    for (int home = 0; home < HOMES; home++) {
        uint32_t ms[PLACES];
        bool given[PLACES] = { false };
        int found = 0;
        for (int place = 0; place < PLACES; place++) {
            ms[place] = naive_ms(t, PROFILE_WHEELCHAIR, home, place);
            found += ms[place] != NOT_REACHED;
        }
        for (int rank = 1; rank <= (found < 3 ? found : 3); rank++) {
            int best = -1;
            for (int place = 0; place < PLACES; place++)
                if (!given[place] && ms[place] != NOT_REACHED && (best < 0 || ms[place] < ms[best]))
                    best = place;
            given[best] = true;
            CHECK(sv_cut(&csv, '\n', &line));
            struct buf row = buf_new(test_mem(), 64);
            buf_fmt(&row, "h%d,%d,p%d,", home, rank, best);
            buf_fixed(&row, (ms[best] + 50) / 100, 1);
            buf_byte(&row, ',');
            CHECK(sv_starts(line, buf_sv(&row)));
        }
        if (found == 0) {
            CHECK(sv_cut(&csv, '\n', &line));
            CHECK(sv_eq(line, sv_fmt(test_mem(), "h%d,,,,", home)));
        }
    }
    CHECK_INT((int64_t)csv.len, 0);
}

TEST(nearest_of_all_homes_is_that_of_a_search_for_each)
{
    struct sv said;
    struct town t = town_new(test_seed());
    const char *out = temporary("out.csv");
    CHECK_INT(RUN("nearest", t.city, "--places", t.places, "--from", t.homes, "--k", "3",
                  "--profile", "wheelchair", "--minutes", "15", "-o", out), 0);
    struct sv two = text_of(out);
    check_nearest(&t, two);
    CHECK_INT(RUN("nearest", t.city, "--places", t.places, "--from", t.homes, "--k", "3",
                  "--profile", "wheelchair", "--minutes", "15", "-o", out, "--threads", "1"), 0);
    CHECK(sv_eq(two, text_of(out)));
    CHECK_INT(RUN("nearest", t.city, "--places", t.places, "--k", "1", "--max-metres", "400",
                  "--profile", "car", "-o", out), 0);
    CHECK(text_of(out).len > 100);
    unlink(out);
    town_end(&t);
}

/* On streets without stairs and waits, at one speed, metres and seconds say the same. */
TEST(metres_are_the_length_of_the_quickest_way)
{
    struct sv said;
    struct roads r = made_street();
    roads_close(&r);
    struct buf one = buf_new(test_mem(), 200), two = buf_new(test_mem(), 200);
    buf_text(&one, "id,lat,lon\n");
    made_row(&one, "h", 0, made_point(50, 0));
    buf_text(&two, "id,lat,lon,kind\n");
    made_row(&two, "p", 0, made_point(450, 30));
    buf_text(&two, ",meal\n");
    const char *homes = written("homes.csv", buf_sv(&one)), *out = temporary("out.csv");
    const char *places = written("places.csv", buf_sv(&two));
    CHECK_INT(RUN("nearest", made_path(), "--places", places, "--from", homes, "-o", out), 0);
    CHECK(sv_find(text_of(out), SV(",1,p0,537.5,430\n")) >= 0);
    CHECK_INT(RUN("nearest", made_path(), "--places", places, "--from", homes, "-o", out,
                  "--speed", "1", "--max-metres", "430"), 0);
    CHECK(sv_find(text_of(out), SV(",1,p0,430,430\n")) >= 0);
    CHECK_INT(RUN("nearest", made_path(), "--places", places, "--from", homes, "-o", out,
                  "--max-metres", "429"), 0);
    CHECK(sv_find(text_of(out), SV("h0,,,,")) >= 0);
    unlink(homes);
    unlink(places);
    unlink(out);
    unlink(made_path());
}

/* --- sums --- */

TEST(coverage_counts_elders_by_area_and_kind)
{
    struct sv said;
    struct town t = town_new(test_seed() + 1);
    const char *out = temporary("out.csv");
    int64_t elders = 0, covered = 0;
    for (int home = 2; home < HOMES; home += 4) {        /* community 2 */
        bool near = false;
        for (int place = 0; place < PLACES; place += 3)
            near |= naive_ms(&t, PROFILE_ELDER, home, place) != NOT_REACHED;
        elders += t.elders[home];
        covered += near ? t.elders[home] : 0;
    }
    CHECK_INT(RUN("coverage", t.city, "--homes", t.homes, "--places", t.places, "-o", out), 0);
    CHECK(SAYS("elder's pace, 15 min, 30 places") && SAYS("street, worst first"));
    struct sv row = sv_fmt(test_mem(), "\ncommunity,,\"街道,0\",社区2,clinic,10,%lld,%lld,",
                           (long long)elders, (long long)covered);
    CHECK(sv_find(text_of(out), row) >= 0);
    CHECK(sv_find(text_of(out), SV(",elder,15\n")) >= 0);
    unlink(out);
    town_end(&t);
}

TEST(reach_and_access_add_up_what_is_near)
{
    struct sv said;
    struct town t = town_new(test_seed() + 2);
    const char *out = temporary("out.geojson");
    int64_t places = 0, beds = 0;
    for (int place = 0; place < PLACES; place++)
        if (naive_ms(&t, PROFILE_ELDER, 0, place) != NOT_REACHED) {
            places++;
            beds += 1 + place % 7;
        }
    CHECK_INT(RUN("reach", t.city, "--places", t.places, "--from", t.homes, "-o", out), 0);
    struct sv first = sv_fmt(test_mem(), "{\"from\":\"h0\",\"places\":%lld,\"capacity\":%lld}",
                             (long long)places, (long long)beds);
    CHECK(sv_find(text_of(out), first) >= 0);
    CHECK(sv_starts(text_of(out), SV("{\"type\":\"FeatureCollection\"")));
    CHECK_INT(RUN("reach", t.city, "--homes", t.homes, "--from", t.places, "-o", out), 0);
    CHECK(sv_find(text_of(out), SV("\"elders\":")) >= 0);
    CHECK_INT(RUN("access", t.city, "--homes", t.homes, "--places", t.places, "--measure",
                  "gaussian", "--kind", "clinic"), 0);
    CHECK(SAYS("home,elders,places,per_1000,measure,profile\n") && SAYS("Gaussian"));
    CHECK_INT(RUN("matrix", t.city, "--from", t.homes, "--to", t.places, "--max-minutes", "15"), 0);
    for (int place = 0; place < PLACES; place++) {
        uint32_t ms = naive_ms(&t, PROFILE_ELDER, 5, place);
        struct buf row = buf_new(test_mem(), 64);
        buf_fmt(&row, "\nh5,p%d,", place);
        if (ms != NOT_REACHED)
            buf_fixed(&row, (ms + 50) / 100, 1);
        buf_byte(&row, '\n');
        CHECK(sv_find(said, buf_sv(&row)) >= 0);
    }
    unlink(out);
    town_end(&t);
}

/* --- what is wrong --- */

static const struct { const char *table, *why; } bad_tables[] = {
    { "", "it is empty" },
    { "id,lat,lon,kind\n", "it has a head and no rows" },
    { "id,lat,kind\n1,30,x\n", "line 1: there is no column lon" },
    { "id,lat,lon\n1,30,114\n", "line 1: there is no column kind" },
    { "id,lat,lon,kind\n1,30,114,a\n2,91,114,a\n", "line 3, column lat: it is no latitude" },
    { "id,lat,lon,kind\n1,30,x,a\n", "line 2, column lon: it is no longitude" },
    { "id,lat,lon,kind\n,30,114,a\n", "line 2, column id: it is empty" },
    { "id,lat,lon,kind,capacity\n\n1,30,114,a,many\n", "line 3, column capacity: it is no number" },
    { "id,lat,lon,kind\n1,30,114,\"a\n", "line 2: a quote is not closed" },
    { "id,lat,lon,kind\n1,30,114,\xC4\xE3\n", "line 2: it is no UTF-8 text" },
};

TEST(a_bad_table_is_named_by_line_and_column_and_nothing_is_written)
{
    struct sv said;
    struct roads r = made_street();
    roads_close(&r);
    const char *out = written("out.csv", SV("as it was"));
    for (size_t i = 0; i < sizeof bad_tables / sizeof *bad_tables; i++) {
        const char *places = written("places.csv", sv_of(bad_tables[i].table));
        CHECK_INT(RUN("nearest", made_path(), "--places", places, "-o", out), 1);
        CHECK(sv_find(said, sv_of(places)) >= 0);
        CHECK(sv_find(said, sv_of(bad_tables[i].why)) >= 0);
        CHECK(sv_is(text_of(out), "as it was"));
        unlink(places);
    }
    const char *good = written("places.csv", SV("id,lat,lon,kind\n1,30,114,a\n"));
    CHECK_INT(RUN("access", made_path(), "--homes", good, "--places", good), 1);
    CHECK(SAYS("there is no column capacity"));
    CHECK_INT(RUN("reach", made_path(), "--places", good, "--from", good), 0);
    CHECK_INT(RUN("nearest", made_path(), "--places", good, "--kind", "b"), 1);
    CHECK(SAYS("no row is of kind b"));
    CHECK_INT(RUN("coverage", made_path(), "--homes", good), 2);
    CHECK_INT(RUN("access", made_path(), "--homes", good, "--places", good, "--measure", "x"), 2);
    CHECK_INT(RUN("nearest", made_path(), "--places", good, "-o", "/nowhere/at.csv"), 1);
    CHECK(SAYS("cannot be written"));
    unlink(good);
    unlink(out);
    unlink(made_path());
}
