/* cmd_roads_test.c - `yike roads` on files: what it answers, and its exit codes. */

#include "app/cmd/cmd_roads.h"

#include "said.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RUN(...) \
    said_by(roads_command, (const char *const[]){ "roads", __VA_ARGS__, NULL }, &said)
#define SAYS(text) (sv_find(said, SV(text)) >= 0)

static const char map[] =
    "<osm><node id='1' lat='30.0' lon='114.0'/><node id='2' lat='30.01' lon='114.0'/>"
    "<way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/>"
    "<tag k='name' v='和平街'/></way></osm>";
static const char table[] = "id,name,lat,lon\nfar,远,30.009,114.0\nnear,近,30.002,114.0001\n";

TEST(the_roads_command_answers_from_files)
{
    struct sv said;
    const char *osm = written("osm", sv_of(map)), *csv = written("csv", sv_of(table));
    const char *city = temporary("roads");
    CHECK_INT(RUN("import", "-o", city, osm), 0);
    CHECK(SAYS("\"edges\":1"));
    CHECK_INT(RUN("info", city), 0);
    CHECK(SAYS("\"bbox\":[114,30,114,30.01]"));
    CHECK_INT(RUN("circle", city, "30.001,114.0", "--minutes", "5"), 0);
    CHECK(SAYS("\"limit_s\":300") && SAYS("\"type\":\"Polygon\""));
    CHECK_INT(RUN("circle", city, "30.001,114.0", "--streets", "--profile", "frail"), 0);
    CHECK(SAYS("MultiLineString") && SAYS("\"profile\":\"frail\""));
    CHECK_INT(RUN("nearest", city, "30.001,114.0", csv, "--minutes", "60"), 0);
    CHECK(sv_find(said, SV("\"near\"")) < sv_find(said, SV("\"far\"")) && SAYS("远"));
    CHECK_INT(RUN("route", city, "30.001,114.0", "30.003,114.0"), 0);
    CHECK(SAYS("向北沿和平街走 220 米"));
    unlink(osm);
    unlink(csv);
    unlink(city);
}

TEST(the_roads_command_says_what_is_wrong)
{
    struct sv said;
    const char *osm = written("osm", SV("<osm></osm>"));
    CHECK_INT(RUN("--help"), 0);
    CHECK(SAYS("usage: yike roads import"));
    CHECK_INT(RUN("fly", osm), 2);
    CHECK_INT(RUN("circle", osm, "1,1", "--profile", "bird"), 2);
    CHECK(SAYS("--profile"));
    CHECK_INT(RUN("import", osm), 2);
    CHECK_INT(RUN("import", "-o", temporary("roads"), osm), 1);
    CHECK(SAYS("there is no street in it"));
    CHECK_INT(RUN("info", osm), 1);
    CHECK(SAYS("it is not a road file"));
    CHECK_INT(RUN("info", "/nowhere"), 1);
    CHECK(SAYS("No such file"));
    unlink(osm);
}

/* The checksum of the one job a bench line speaks of. */
static struct sv checksum_of(struct sv line)
{
    int64_t at = sv_find(line, SV("\"checksum\":\""));
    CHECK(at >= 0);
    return (struct sv){ line.at + at + 12, 16 };
}

TEST(a_bench_finds_the_same_with_any_instructions)
{
    struct sv said;
    const char *map_file = written("osm", sv_of(map)), *city = temporary("roads");
    CHECK_INT(RUN("import", "-o", city, map_file), 0);
    CHECK_INT(RUN("bench", city, "--places", "5", "--count", "3", "--matrix", "4", "--rounds", "1",
                  "--only", "people"), 0);
    CHECK(SAYS("\"job\":\"people within reach of every point\""));
    CHECK(SAYS("\"cpu_s\":") && SAYS("\"rss_mb\":"));
    int64_t at = sv_find(said, SV("people"));
    struct sv best = checksum_of((struct sv){ said.at + at, said.len - (size_t)at });
    CHECK_INT(RUN("bench", city, "--places", "5", "--count", "3", "--matrix", "4", "--rounds", "1",
                  "--only", "people", "--lanes", "plain"), 0);
    at = sv_find(said, SV("people"));
    CHECK(sv_eq(best, checksum_of((struct sv){ said.at + at, said.len - (size_t)at })));
    CHECK_INT(RUN("bench", city, "--speed", "fast"), 2);
    CHECK_INT(RUN("bench"), 2);
    unlink(map_file);
    unlink(city);
}
