/* city_test.c - `yike plan`: where to build in a made-up city, against every choice; bad asking. */

#include "app/plan/plan.h"
#include "geo/point.h"
#include "roads/made_test.h"
#include "roads/reach.h"
#include "said.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HOMES = 40, SITES = 9, PLACES = 3, LIMIT = 300000 };

struct site { struct point at; uint32_t cost, state, clinic; };

struct town {
    const char  *city, *homes, *candidates, *places;
    struct roads roads;
    struct point home[HOMES];
    uint32_t     elders[HOMES];
    struct site  site[SITES], place[PLACES];
    uint32_t     site_ms[SITES][HOMES], place_ms[PLACES][HOMES];
};

static struct sv said;

#define RUN(...) said_by(plan_command, (const char *const[]){ "plan", __VA_ARGS__, NULL }, &said)
#define SAYS(text) (sv_find(said, sv_of(text)) >= 0)

static double objective(void)
{
    ptrdiff_t at = sv_find(said, SV("objective="));
    double n = -1;
    CHECK(at >= 0 && sscanf(said.at + at, "objective=%lf", &n) == 1);
    CHECK(SAYS("gap_percent=0.0000"));
    return n;
}

/* --- the town --- */

static uint32_t naive_ms(const struct town *t, struct point home, struct point site)
{
    struct anchor from, to;
    struct reach *s = reach_new(test_mem(), &t->roads);
    if (!roads_snap(&t->roads, PROFILE_DEFAULT, home, ACCESS_M_DEFAULT, &from)
        || !roads_snap(&t->roads, PROFILE_DEFAULT, site, ACCESS_M_DEFAULT, &to))
        return NOT_REACHED;
    reach_from(s, PROFILE_DEFAULT, &from, LIMIT);
    uint32_t ms = reach_ms(s, &to);
    return ms <= LIMIT ? ms : NOT_REACHED;
}

static void make_site(struct town *t, unsigned *seed, struct site *site, uint32_t *ms)
{
    *site = (struct site){ made_beside(&t->roads, seed), 1 + made_number(seed, 4), 0,
                           made_number(seed, 2) };
    for (int h = 0; h < HOMES; h++)
        ms[h] = naive_ms(t, t->home[h], site->at);
}

static struct town *town_new(unsigned seed)
{
    static const char *const states[] = { "", "existing", "forced", "forbidden" };
    struct town *t = NEW(test_mem(), struct town, 1);
    struct buf homes = buf_new(test_mem(), 4096), sites = buf_new(test_mem(), 4096);
    struct buf places = buf_new(test_mem(), 4096);
    t->roads = made_random(seed, 120);
    t->city = made_path();
    buf_text(&homes, "id,lat,lon,elders,community\n");
    buf_text(&sites, "id,lat,lon,kind,cost,state\n");
    buf_text(&places, "id,lat,lon,kind\n");
    for (int h = 0; h < HOMES; h++) {
        t->home[h] = made_beside(&t->roads, &seed);
        t->elders[h] = made_number(&seed, 9);
        made_row(&homes, "h", h, t->home[h]);
        buf_fmt(&homes, ",%u,社区%d\n", t->elders[h], h % 4);
    }
    for (int i = 0; i < SITES; i++) {
        make_site(t, &seed, &t->site[i], t->site_ms[i]);
        t->site[i].state = i == 1 ? made_number(&seed, 4) : 0;
        made_row(&sites, "k", i, t->site[i].at);
        buf_fmt(&sites, ",%s,%u.5,%s\n", t->site[i].clinic ? "clinic" : "meal", t->site[i].cost,
                states[t->site[i].state]);
    }
    for (int i = 0; i < PLACES; i++) {
        make_site(t, &seed, &t->place[i], t->place_ms[i]);
        made_row(&places, "p", i, t->place[i].at);
        buf_fmt(&places, ",%s\n", t->place[i].clinic ? "clinic" : "meal");
    }
    t->homes = written("homes.csv", buf_sv(&homes));
    t->candidates = written("candidates.csv", buf_sv(&sites));
    t->places = written("places.csv", buf_sv(&places));
    return t;
}

static void town_end(struct town *t)
{
    unlink(t->homes);
    unlink(t->candidates);
    unlink(t->places);
    made_end(&t->roads);
}

/* --- every choice --- */

/* The least time from a home to one of the kind that stands with this choice. */
static uint32_t least_ms(const struct town *t, unsigned set, uint32_t clinic, int h)
{
    uint32_t least = NOT_REACHED;
    for (int i = 0; i < PLACES; i++)
        if (t->place[i].clinic == clinic && t->place_ms[i][h] < least)
            least = t->place_ms[i][h];
    for (int i = 0; i < SITES; i++)
        if (t->site[i].clinic == clinic && t->site_ms[i][h] < least
            && (set >> i & 1 || t->site[i].state == 1))
            least = t->site_ms[i][h];
    return least;
}

struct sums { double covered, seconds, cost; };

static struct sums sums_of(const struct town *t, unsigned set)
{
    struct sums s = { 0 };
    bool kinds[2] = { false };
    for (int i = 0; i < SITES; i++) {
        kinds[t->site[i].clinic] = true;
        s.cost += set >> i & 1 ? t->site[i].cost + 0.5 : 0;
    }
    for (uint32_t clinic = 0; clinic < 2; clinic++)
        for (int h = 0; h < HOMES && kinds[clinic]; h++) {
            uint32_t ms = least_ms(t, set, clinic, h);
            s.covered += ms != NOT_REACHED ? t->elders[h] : 0;
            s.seconds += t->elders[h] * ((ms != NOT_REACHED ? ms : LIMIT) / 1000);
        }
    return s;
}

static bool allowed(const struct town *t, unsigned set)
{
    bool good = true;
    for (int i = 0; i < SITES; i++) {
        bool on = set >> i & 1;
        good = good && (t->site[i].state == 2 ? on : t->site[i].state == 0 || !on);
    }
    return good;
}

/* Seconds of those whom no choice could help stand in no bound; they are left out of both. */
static double fixed_seconds(const struct town *t)
{
    double sum = 0;
    bool kinds[2] = { false };
    for (int i = 0; i < SITES; i++)
        kinds[t->site[i].clinic] = true;
    for (uint32_t clinic = 0; clinic < 2; clinic++)
        for (int h = 0; h < HOMES && kinds[clinic]; h++) {
            uint32_t before = least_ms(t, 0, clinic, h), best = before;
            for (int i = 0; i < SITES; i++)
                if (t->site[i].clinic == clinic && t->site[i].state % 2 == 0
                    && t->site_ms[i][h] < best)
                    best = t->site_ms[i][h];
            if (best == before)
                sum += t->elders[h] * ((before != NOT_REACHED ? before : LIMIT) / 1000);
        }
    return sum;
}

TEST(sites_of_a_city_are_the_best_of_all_choices)
{
    unsigned seed = test_seed();
    for (int round = 0; round < 6; round++) {
        struct town *t = town_new(seed + (unsigned)round * 977u);
        double before = sums_of(t, 0).covered, most = 0, least = 1e18, cheapest = 1e18;
        double all = sums_of(t, (1u << SITES) - 1).covered;
        for (int i = 0; i < SITES; i++)
            if (t->site[i].state == 3)
                all = -1;                            /* it may not be built: looked at below */
        for (unsigned set = 0; set < 1u << SITES; set++) {
            struct sums s = sums_of(t, set);
            if (!allowed(t, set))
                continue;
            all = fmax(all, s.covered);
            most = s.cost <= 7 ? fmax(most, s.covered - before) : most;
            least = s.cost <= 7 ? fmin(least, s.seconds) : least;
        }
        for (unsigned set = 0; set < 1u << SITES; set++)
            if (allowed(t, set) && sums_of(t, set).covered == all)
                cheapest = fmin(cheapest, sums_of(t, set).cost);
#define CITY "sites", "--roads", t->city, "--homes", t->homes, "--candidates", t->candidates, \
             "--places", t->places, "--minutes", "5"
        CHECK_INT(RUN(CITY, "--budget", "7"), 0);
        CHECK_INT(objective(), most);
        CHECK_INT(RUN(CITY, "--budget", "7", "--for", "time"), 0);
        CHECK_INT(objective(), least - fixed_seconds(t));
        CHECK_INT(RUN(CITY, "--all"), 0);
        CHECK(fabs(objective() - cheapest) < 1e-9);
        town_end(t);
    }
}

TEST(files_about_a_city_are_written_whole)
{
    struct town *t = town_new(5);
    const char *out = temporary("out.geojson"), *divisions = temporary("divisions.csv");
    const char *overlap = temporary("overlap.csv");
    CHECK_INT(RUN(CITY, "--budget", "7", "--equity", "2", "-o", out, "--divisions", divisions,
                  "--overlap", overlap), 0);
    CHECK(SAYS("Gini between 4 divisions") && SAYS("build:") && SAYS("spent "));
    const struct { const char *path, *begins; } files[] = {
        { out, "{\"type\":\"FeatureCollection\"" },
        { divisions, "district,street,community,kind,elders,before,after" },
        { overlap, "site,kind,elders_near,elders_only,shares_most_with" },
    };
    for (int i = 0; i < 3; i++) {
        char line[200] = { 0 };
        FILE *f = fopen(files[i].path, "r");
        CHECK(f && fgets(line, sizeof line, f));
        CHECK(sv_starts(sv_of(line), sv_of(files[i].begins)));
        fclose(f);
        unlink(files[i].path);
    }
    town_end(t);
}

static void check_refused(struct town *t, const char *candidates, const char *budget,
                          const char *option, const char *value, int code, const char *what)
{
    t->candidates = written("candidates.csv", sv_of(candidates));
    CHECK_INT(RUN(CITY, "--budget", budget, option, value), code);
    if (!SAYS(what))
        test_fail(__FILE__, __LINE__, "\"%.*s\" does not say \"%s\"", SV_ARG(said), what);
}

TEST(bad_asking_about_a_city_is_refused)
{
    struct town *t = town_new(6);
    const char *good = "id,lat,lon,kind\na,30,114,meal\n";
    check_refused(t, "id,lat,lon,kind,cost\na,30,114,meal,-1\n", "7", "--for", "cover", 1,
                  "line 2, column cost: it is no amount");
    check_refused(t, "id,lat,lon,kind,cost\na,30,114,meal,nan\n", "7", "--for", "cover", 1,
                  "line 2, column cost: it is no amount");
    check_refused(t, "id,lat,lon,kind,state\na,30,114,meal,maybe\n", "7", "--for", "cover", 1,
                  "line 2, column state: it is none of free");
    check_refused(t, "id,lat,lon,kind,cost,state\na,30,114,meal,9,forced\n", "7", "--for", "cover",
                  1, "--budget: the forced sites alone cost more");
    check_refused(t, good, "7", "--level", "street", 1, "there is no column street");
    check_refused(t, good, "7", "--divisions", "/tmp/x.geojson", 2, "--divisions is a CSV");
    check_refused(t, good, "1e9", "--for", "cover", 2, "its value is not: --budget");
    check_refused(t, good, "7", "--for", "money", 2, "its value is not: --for");
    town_end(t);
    CHECK_INT(RUN("sites"), 2);
    CHECK_INT(RUN("sites", "--pmed", "/nowhere/x", "--mclp", "y", "--p", "2"), 2);
    CHECK_INT(RUN("sites", "--pmed", "/nowhere/x"), 1);
    CHECK(SAYS("/nowhere/x: cannot be opened"));
    CHECK_INT(RUN("nothing"), 2);
}

TEST(pairs_of_a_table_are_told_by_name)
{
    const char *table = written("pairs.csv", SV("from,to,cost,wish\n李,张,10,\n李,王,5,\n"
                                                "赵,张,4,2\n赵,王,9,\n钱,王,1,\n"));
    const char *out = temporary("pairs-out.csv");
    char text[200] = { 0 };
    CHECK_INT(RUN("pairs", "--table", table, "-o", out), 0);
    CHECK(SAYS("pairs=2 rows=3 columns=2") && SAYS("objective=3 bound=3 gap_percent=0.0000"));
    FILE *f = fopen(out, "r");
    CHECK(f && fread(text, 1, sizeof text - 1, f) > 0);
    fclose(f);
    CHECK_TEXT(sv_of(text), "from,to,cost\n李,,\n赵,张,2\n钱,王,1\n");
    unlink(out);
    (void)written("pairs.csv", SV("from,to,cost\n李,张,nan\n"));
    CHECK_INT(RUN("pairs", "--table", table), 1);
    CHECK(SAYS("line 2, column cost: it is no number"));
    (void)written("pairs.csv", SV("from,to,cost\n李,张,1\n李,张,2\n"));
    CHECK_INT(RUN("pairs", "--table", table), 1);
    CHECK(SAYS("line 3, column to: this pair has a row already"));
    unlink(table);
}
