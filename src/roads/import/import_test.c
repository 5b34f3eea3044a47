/* import_test.c - importing: chains, tags, and files that are not what they say. */

#include "roads/import/import.h"

#include "roads/file.h"
#include "roads/made_test.h"
#include "roads/reach.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sv read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    CHECK(f != NULL);
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    char *bytes = NEW(test_mem(), char, size + 1);
    CHECK(fread(bytes, 1, size, f) == size);
    fclose(f);
    return (struct sv){ bytes, size };
}

static enum err import_bytes(struct ctx *c, const char *bytes, size_t size, struct road_builder *b)
{
    if (size == 0)
        return roads_read(c, b, fopen("/dev/null", "rb"), "empty", NULL);
    FILE *in = fmemopen((void *)(uintptr_t)bytes, size, "rb");
    enum err e = roads_read(c, b, in, "made", NULL);
    fclose(in);
    return e;
}

static enum err import_text(struct ctx *c, const char *text)
{
    struct road_builder b = { 0 };
    enum err e = import_bytes(c, text, strlen(text), &b);
    if (e == ERR_NONE)
        e = road_builder_write(c, &b, made_path(), NULL);
    road_builder_free(&b);
    return e;
}

static enum err import_files(struct ctx *c, const char *const *files, size_t n,
                             struct road_counts *ret_counts)
{
    const struct road_maps maps = { .file = files, .n = n };
    return roads_import(c, &maps, made_path(), ret_counts);
}

static void check_same_twice(const char *file)
{
    struct ctx *c = made_ctx();
    const char *const files[] = { test_data(file), test_data(file) };
    struct road_counts once, twice;
    CHECK(import_files(c, files, 1, &once) == ERR_NONE);
    struct sv first = read_file(made_path());
    CHECK(import_files(c, files, 1, NULL) == ERR_NONE);
    CHECK(sv_eq(first, read_file(made_path())));
    CHECK(import_files(c, files, 2, &twice) == ERR_NONE);
    CHECK(sv_eq(first, read_file(made_path())));         /* what is given twice counts once */
    CHECK_INT(once.edges, twice.edges);
    unlink(made_path());
}

TEST(importing_twice_gives_the_same_bytes)
{
    check_same_twice("roads/monaco.osm.gz");
    check_same_twice("roads/andorra.osm.pbf");
}

TEST(the_whole_of_porto_is_read)
{
    struct ctx *c = made_ctx();
    const char *file = test_data("roads/porto_portugal.osm.pbf");
    struct road_counts n;
    CHECK(import_files(c, &file, 1, &n) == ERR_NONE);
    CHECK_INT(n.nodes, 347944);
    CHECK_INT(n.missing, 0);
    CHECK(n.total_m > 9500000 && n.total_m < 10500000);
    CHECK(n.junctions > 60000 && n.junctions < 80000);
    CHECK(n.steps_edges > 500);
    unlink(made_path());
}

/* --- chains --- */

TEST(only_places_where_streets_meet_or_change_are_junctions)
{
    struct road_builder b = { 0 };
    for (int i = 0; i < 9; i++)
        road_builder_node(&b, i + 1, made_point(i * 50, i % 2 * 10), 0);
    struct road_way a = { .id = 1, .kind = ROAD_RESIDENTIAL, .name = SV("和平街") };
    struct road_way same = { .id = 2, .kind = ROAD_RESIDENTIAL, .name = SV("和平街") };
    struct road_way other = { .id = 3, .kind = ROAD_RESIDENTIAL, .name = SV("安康路") };
    road_builder_way(&b, &a, (int64_t[]){ 1, 2, 3 }, 3);
    road_builder_way(&b, &same, (int64_t[]){ 5, 4, 3 }, 3);      /* against the first */
    road_builder_way(&b, &other, (int64_t[]){ 5, 6, 7, 99, 8, 9 }, 6);
    struct roads r = made_open(&b);
    CHECK_INT(r.junctions, 5);                           /* 1 5 7 8 9: 99 is missing */
    CHECK_INT(r.edges, 3);
    bool found = false;
    for (uint32_t e = 0; e < r.edges; e++)
        if (sv_is(edge_name(&r, e), "和平街")) {
            size_t n;
            edge_points(test_mem(), &r, e, &n);
            CHECK_INT(n, 5);
            found = true;
        }
    CHECK(found);
    made_end(&r);
}

TEST(a_closed_loop_is_kept)
{
    struct road_builder b = { 0 };
    for (int i = 0; i < 4; i++)
        road_builder_node(&b, i + 1, made_point(i % 2 * 50, i / 2 * 50), 0);
    struct road_way way = { .id = 1, .kind = ROAD_FOOTWAY };
    road_builder_way(&b, &way, (int64_t[]){ 1, 2, 4, 3, 1 }, 5);
    struct roads r = made_open(&b);
    CHECK_INT(r.edges, 1);
    CHECK_INT((r.edge[0].length_cm + 50) / 100, 200);
    CHECK_INT(r.arcs, 1);
    made_end(&r);
}

/* --- tags, through XML --- */

#define NODES                                                                                  \
    "<osm><node id='1' lat='30.0' lon='114.0'/><node id='2' lat='30.001' lon='114.0'>"          \
    "<tag k='highway' v='crossing'/></node><node id='3' lat='30.002' lon='114.0'/>"

static uint32_t edges_of(const char *tags)
{
    struct ctx *c = made_ctx();
    struct sv text = sv_fmt(test_mem(), "%s<way id='7'><nd ref='1'/><nd ref='2'/>%s</way></osm>",
                            NODES, tags);
    if (import_text(c, text.at) != ERR_NONE)
        return 0;
    struct roads r = { 0 };
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    uint32_t found = r.edges && !(r.edge[0].flags & ROAD_NO_FOOT)
                         ? 1 + r.edge[0].flags % ROAD_ISLAND : 0;
    made_end(&r);
    return found;
}

TEST(tags_say_who_may_walk)
{
    CHECK_INT(edges_of("<tag k='highway' v='residential'/>"), 1);
    CHECK_INT(edges_of("<tag k='highway' v='motorway'/>"), 0);
    CHECK_INT(edges_of("<tag k='highway' v='construction'/>"), 0);
    CHECK_INT(edges_of("<tag k='building' v='yes'/>"), 0);
    CHECK_INT(edges_of("<tag k='highway' v='path'/><tag k='foot' v='no'/>"), 0);
    CHECK_INT(edges_of("<tag k='highway' v='service'/><tag k='access' v='no'/>"), 0);
    CHECK_INT(edges_of("<tag k='highway' v='service'/><tag k='access' v='no'/>"
                       "<tag k='foot' v='yes'/>"), 1);
    CHECK_INT(edges_of("<tag k='highway' v='service'/><tag k='access' v='private'/>"),
              1 + ROAD_PRIVATE);
    CHECK_INT(edges_of("<tag k='highway' v='footway'/><tag k='wheelchair' v='no'/>"
                       "<tag k='bridge' v='yes'/>"), 1 + ROAD_NO_WHEELCHAIR + ROAD_BRIDGE);
    CHECK_INT(edges_of("<tag k='highway' v='steps'/><tag k='conveying' v='forward'/>"),
              1 + ROAD_ONLY_FORWARD);
    CHECK_INT(edges_of("<tag k='railway' v='platform'/>"), 1);
}

/* Of each edge of a map whether it is private land, by the way it came from: its name. */
static bool is_private(const struct roads *r, const char *name)
{
    for (uint32_t e = 0; e < r->edges; e++)
        if (sv_is(edge_name(r, e), name))
            return r->edge[e].flags & ROAD_PRIVATE;
    test_fail(__FILE__, __LINE__, "no street %s", name);
    return false;
}

#define STREET(id, name, refs) \
    "<way id='" id "'>" refs "<tag k='highway' v='service'/><tag k='name' v='" name "'/></way>"
#define ND(n) "<nd ref='" n "'/>"

/* Town, gate, court; with a lane round the gate there is nothing that it alone joins. */
TEST(a_gate_for_residents_makes_private_land_of_what_it_alone_joins)
{
    static const char *const says[] = { "private", "yes", "private" };
    for (int i = 0; i < 3; i++) {
        struct ctx *c = made_ctx();
        struct roads r = { 0 };
        struct sv text = sv_fmt(test_mem(),
            "<osm><node id='1' lat='30.0' lon='114.0'/><node id='2' lat='30.01' lon='114.0'/>"
            "<node id='3' lat='30.01' lon='114.001'><tag k='barrier' v='gate'/>"
            "<tag k='access' v='%s'/></node><node id='4' lat='30.01' lon='114.002'/>"
            "<node id='5' lat='30.011' lon='114.002'/>"
            STREET("7", "town", ND("1") ND("2")) STREET("8", "way", ND("2") ND("3"))
            STREET("9", "court", ND("3") ND("4") ND("5")) "%s</osm>", says[i],
            i == 2 ? STREET("10", "lane", ND("1") ND("5")) : "");
        CHECK(import_text(c, text.at) == ERR_NONE);
        CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
        CHECK(is_private(&r, "court") == (i == 0));
        CHECK(!is_private(&r, "town"));
        CHECK(!is_private(&r, "way"));
        made_end(&r);
    }
}

TEST(a_drive_that_nobody_walks_is_private_when_it_is_for_wheels)
{
    static const struct { const char *tags; bool closed; } ways[] = {
        { "<tag k='access' v='private'/>", true },
        { "<tag k='vehicle' v='destination'/>", true },
        { "<tag k='access' v='private'/><tag k='motor_vehicle' v='yes'/>", false },
        { "<tag k='motor_vehicle' v='private'/>", false },     /* bicycles ride through */
        { "<tag k='motor_vehicle' v='private'/><tag k='bicycle' v='no'/>", true },
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct ctx *c = made_ctx();
        struct roads r = { 0 };
        struct sv text = sv_fmt(test_mem(), "%s<way id='7'><nd ref='1'/><nd ref='2'/>"
                                "<tag k='highway' v='service'/><tag k='foot' v='no'/>%s</way>"
                                "</osm>", NODES, ways[i].tags);
        CHECK(import_text(c, text.at) == ERR_NONE);
        CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
        CHECK(!!(r.edge[0].flags & ROAD_PRIVATE) == ways[i].closed);
        made_end(&r);
    }
}

/* Nodes that the ways place themselves; one of them lies nowhere. */
TEST(a_map_may_keep_its_points_in_its_ways)
{
    struct ctx *c = made_ctx();
    struct roads r = { 0 };
    CHECK(import_text(c, "<osm><way id='7'><nd ref='1' lat='30.0' lon='114.0'/>"
                         "<nd ref='2' lat='30.001' lon='114.0'/><nd ref='3'/>"
                         "<tag k='highway' v='footway'/></way></osm>") == ERR_NONE);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    CHECK_INT(r.edges, 1);
    CHECK_INT(r.edge[0].length_cm, 11085);
    made_end(&r);
}

TEST(steps_are_counted_or_guessed)
{
    struct ctx *c = made_ctx();
    struct roads r = { 0 };
    CHECK(import_text(c, NODES "<way id='7'><nd ref='1'/><nd ref='2'/><tag k='highway' v='steps'/>"
                               "<tag k='step_count' v='40'/></way><way id='8'><nd ref='2'/><nd "
                               "ref='3'/><tag k='highway' v='steps'/></way></osm>") == ERR_NONE);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    CHECK_INT(r.edges, 2);
    unsigned least = r.edge[0].steps < r.edge[1].steps ? r.edge[0].steps : r.edge[1].steps;
    CHECK_INT(least, 40);
    CHECK_INT(r.edge[0].steps + r.edge[1].steps, 40 + 369);      /* 110.9 m at 30 cm */
    made_end(&r);
}

/* --- graphs as tables --- */

static enum err import_tables(struct ctx *c, const char *const *texts, size_t n,
                              struct road_counts *ret_counts)
{
    struct road_builder b = { 0 };
    enum err e = ERR_NONE;
    for (size_t i = 0; i < n && e == ERR_NONE; i++)
        e = import_bytes(c, texts[i], strlen(texts[i]), &b);
    if (e == ERR_NONE)
        e = road_builder_write(c, &b, made_path(), ret_counts);
    road_builder_free(&b);
    return e;
}

#define TABLE_OF_NODES "id,lat,lon,barrier\n1,30,114,\n2,30.001,114,gate\n3,30.002,114,\n"

static uint32_t walked_ms(const struct roads *r, enum profile p, int from, int to)
{
    struct anchor a, b;
    struct reach *s = reach_new(test_mem(), r);
    CHECK(roads_snap(r, p, (struct point){ 300000000 + from * 10000, 1140000000 }, 5, &a));
    CHECK(roads_snap(r, p, (struct point){ 300000000 + to * 10000, 1140000000 }, 5, &b));
    reach_from(s, p, &a, 3600000);
    return reach_ms(s, &b);
}

/* One direction a row, a length of its own, and the way back where it is given too. */
TEST(a_graph_of_tables_has_its_arcs_and_lengths)
{
    struct ctx *c = made_ctx();
    struct roads r = { 0 };
    struct road_counts n;
    const char *const tables[] = { TABLE_OF_NODES,
        "from,to,length_m,name\n1,2,200,和平街\n2,1,200,和平街\n2,3,300,\n" };
    CHECK(import_tables(c, tables, 2, &n) == ERR_NONE);
    CHECK_INT((int64_t)n.arcs, 3);
    CHECK_INT((int64_t)n.foot_nodes, 3);
    CHECK_INT((int64_t)n.foot_arcs, 3);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    CHECK_INT(r.edges, 2);
    CHECK_INT(walked_ms(&r, PROFILE_WHEELCHAIR, 0, 2), 500000);
    CHECK_INT(walked_ms(&r, PROFILE_CAR, 0, 2), 89285);
    CHECK(walked_ms(&r, PROFILE_WHEELCHAIR, 2, 0) == NOT_REACHED);
    CHECK_INT(walked_ms(&r, PROFILE_WHEELCHAIR, 1, 0), 200000);
    made_end(&r);
}

TEST(a_table_with_oneway_has_streets_both_ways_on_foot)
{
    struct ctx *c = made_ctx();
    struct roads r = { 0 };
    const char *const tables[] = { "from,to,length_m,oneway\n1,2,120,yes\n2,3,120,no\n",
                                   TABLE_OF_NODES };
    CHECK(import_tables(c, tables, 2, NULL) == ERR_NONE);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    CHECK_INT(walked_ms(&r, PROFILE_STANDARD, 2, 0), 200000);
    CHECK(walked_ms(&r, PROFILE_CAR, 2, 0) == NOT_REACHED);
    CHECK(walked_ms(&r, PROFILE_CAR, 0, 2) != NOT_REACHED);
    made_end(&r);
}

/* Lengths that do not go with the map stand each between its own two nodes. */
TEST(given_lengths_are_not_spread_along_a_chain)
{
    struct ctx *c = made_ctx();
    struct roads r = { 0 };
    const char *const tables[] = { "id,lat,lon\n1,30,114\n2,30.001,114\n3,30.002,114\n",
        "from,to,length_m\n1,2,400\n2,3,8\n2,1,400\n3,2,8\n" };
    CHECK(import_tables(c, tables, 2, NULL) == ERR_NONE);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    CHECK_INT(walked_ms(&r, PROFILE_WHEELCHAIR, 0, 1), 400000);
    CHECK_INT(walked_ms(&r, PROFILE_WHEELCHAIR, 2, 1), 8000);
    made_end(&r);
}

static const struct { const char *nodes, *arcs, *why; } bad_graphs[] = {
    { "id,lat,lon\n1,30,114\n2,91,114\n", NULL, "made: line 3, column lat: it is no latitude" },
    { "id,lat,lon\none,30,114\n", NULL, "made: line 2, column id: it is no whole number" },
    { "id,lat,lon\n", NULL, "made: it has a head and no rows" },
    { TABLE_OF_NODES, "from,to\n1,x\n", "made: line 2, column to: it is no whole number" },
    { TABLE_OF_NODES, "from,to,length_m\n1,2,-1\n", "made: line 2, column length_m: it is no" },
    { TABLE_OF_NODES, "from,to\n1,2\n2,\"3\n", "made: line 3: a cell is no UTF-8 text" },
    { TABLE_OF_NODES, "from,to\n1,2\n2,9\n", "1 ends of arcs are nodes that no table has" },
    { TABLE_OF_NODES, "from,length\n1,2\n", "made: it is neither" },
};

TEST(a_bad_graph_is_refused_by_line_and_column)
{
    for (size_t i = 0; i < 2 * (sizeof bad_graphs / sizeof *bad_graphs); i++) {
        struct ctx *c = made_ctx();
        c->lang = i % 2 ? LANG_EN : LANG_ZH;
        const char *const tables[] = { bad_graphs[i / 2].nodes, bad_graphs[i / 2].arcs };
        made_refused(c, import_tables(c, tables, tables[1] ? 2 : 1, NULL), bad_graphs[i / 2].why);
    }
}

/* --- lights, lifts, slopes, wheels --- */

static int64_t ms_of(const char *tags, enum profile p, bool back)
{
    struct ctx *c = made_ctx();
    struct sv text = sv_fmt(test_mem(), "%s<way id='7'><nd ref='1'/><nd ref='2'/>%s</way></osm>",
                            NODES, tags);
    struct roads r = { 0 };
    CHECK(import_text(c, text.at) == ERR_NONE);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    int64_t ms = edge_ms(&r, p, 0, back != (r.at[0].lat_e7 > r.at[1].lat_e7));
    made_end(&r);
    return ms;
}

#define WAY(kind) "<tag k='highway' v='" kind "'/>"

TEST(tags_say_how_long_it_takes_and_on_what)
{
    const int64_t flat = 92385;                          /* 110.86 m at 1.2 m/s */
    CHECK_INT(ms_of(WAY("footway"), PROFILE_STANDARD, false) / 100, flat / 100);
    CHECK_INT(ms_of(WAY("footway") "<tag k='footway' v='crossing'/>"
                    "<tag k='crossing' v='traffic_signals'/>", PROFILE_STANDARD, false) / 100,
              (flat + 20000) / 100);
    CHECK_INT(ms_of(WAY("elevator"), PROFILE_STANDARD, false) / 100, (flat + 30000) / 100);
    CHECK_INT(ms_of(WAY("steps"), PROFILE_WHEELCHAIR, false), TIME_FORBIDDEN);
    CHECK(ms_of(WAY("steps") "<tag k='ramp:wheelchair' v='yes'/>", PROFILE_WHEELCHAIR, false) > 0);
    CHECK_INT(ms_of(WAY("motorway"), PROFILE_ELDER, false), TIME_FORBIDDEN);
    CHECK(ms_of(WAY("motorway"), PROFILE_CAR, false) > 0);
    CHECK_INT(ms_of(WAY("motorway"), PROFILE_CAR, true), TIME_FORBIDDEN);
    CHECK_INT(ms_of(WAY("footway"), PROFILE_CAR, false), TIME_FORBIDDEN);
    CHECK(ms_of(WAY("footway"), PROFILE_EBIKE, false) >
          ms_of(WAY("footway") "<tag k='bicycle' v='yes'/>", PROFILE_EBIKE, false));
    CHECK_INT(ms_of(WAY("residential") "<tag k='oneway' v='-1'/>", PROFILE_CAR, false),
              TIME_FORBIDDEN);
    CHECK(ms_of(WAY("residential") "<tag k='oneway' v='yes'/><tag k='oneway:bicycle' v='no'/>",
                PROFILE_EBIKE, true) > 0);
    CHECK(ms_of(WAY("residential") "<tag k='oneway' v='yes'/>", PROFILE_ELDER, true) > 0);
}

/* A tile that rises 100 m to the north in each step of 92.66 m: the steepest that is believed. */
static const char *tile_folder(bool whole)
{
    const char *folder = sv_fmt(test_mem(), "/tmp/yike-tiles-%d", (int)getpid()).at;
    (void)mkdir(folder, 0755);
    FILE *f = fopen(sv_fmt(test_mem(), "%s/N30E114.hgt", folder).at, "wb");
    CHECK(f != NULL);
    for (int row = 0; row < (whole ? 1201 : 3); row++)
        for (int column = 0; column < 1201; column++) {
            int m = (1200 - row) * 10;                   /* 10 m in 92.66 */
            CHECK(fputc(m >> 8, f) != EOF && fputc(m & 255, f) != EOF);
        }
    fclose(f);
    return folder;
}

TEST(uphill_is_slower_than_downhill)
{
    struct ctx *c = made_ctx();
    const char *folder = tile_folder(true);
    struct heights heights = { .folder = folder };
    struct road_builder b = { .heights = &heights };
    struct roads r = { 0 };
    road_builder_node(&b, 1, (struct point){ 301000000, 1141000000 }, 0);
    road_builder_node(&b, 2, (struct point){ 301100000, 1141000000 }, 0);
    road_builder_way(&b, &(struct road_way){ .id = 1, .kind = ROAD_FOOTWAY },
                     (int64_t[]){ 1, 2 }, 2);
    CHECK(road_builder_open(c, &b, &r) == ERR_NONE);
    bool south = r.at[0].lat_e7 > r.at[1].lat_e7;
    double up = (double)edge_ms(&r, PROFILE_ELDER, 0, south);
    double down = (double)edge_ms(&r, PROFILE_ELDER, 0, !south), flat = 1108600 / 0.8;
    CHECK(up / flat > 1.41 && up / flat < 1.49);         /* Tobler at +10.8 %: 1.46 */
    CHECK(down / flat > 0.98 && down / flat < 1.06);     /* at -10.8 %: 1.02 */
    CHECK_INT(edge_ms(&r, PROFILE_CAR, 0, false), TIME_FORBIDDEN);
    roads_close(&r);
    heights_close(&heights);
    heights = (struct heights){ .folder = tile_folder(false) };
    CHECK(road_builder_open(c, &b, &r) == ERR_INVALID);
    CHECK(sv_find(c->fault.log, SV("N30E114.hgt: it has not 1201 or 3601")) >= 0);
    heights_close(&heights);
    road_builder_free(&b);
    unlink(sv_fmt(test_mem(), "%s/N30E114.hgt", folder).at);
    rmdir(folder);
}

/* --- files that are not what they say --- */

static const struct { const char *text, *why; } bad_texts[] = {
    { "hello, this is no map", "neither OSM PBF nor OSM XML" },
    { "<html><body/></html>", "not OSM XML" },
    { "<osm><node id='1' lat='30' lon='114'/>", "cut short" },
    { "<osm><node id='1' lat='91' lon='114'/></osm>", "outside the earth" },
    { "<osm><node id='x' lat='30' lon='114'/></osm>", "no id" },
    { "<osm></osm>", "no street" },
    { "<osm><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a/></a></a></a></a></osm>", "deep" },
    { "<!DOCTYPE osm [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><osm>&b;</osm>",
      "document type" },
    { "\x1f\x8b\x08 rubbish", "gzip" },
    { "<osm>\xff\xfe</osm>", "well-formed" },
    { "BZh91AY&SY", "bunzip2" },
    { "{\"elements\":[]}", "it is JSON" },
    { "PK\x03\x04rubbish", "zip archive" },
    { "<osm><node id='1' lat='1e300' lon='114'/></osm>", "outside the earth" },
    { "<osm><node id='1' lat='nan' lon='114'/></osm>", "outside the earth" },
};

/* However another program writes degrees, and begins its file. */
TEST(degrees_and_beginnings_of_other_programs_are_read)
{
    static const char *const begin[] = { "", "\r\n\t ", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n" };
    static const char *const lat[] = { "5e-05", ".00005", "+0.00005", " 0.0000500 ",
                                       "0.00005000001" };
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        for (size_t k = 0; k < sizeof lat / sizeof *lat; k++) {
            struct ctx *c = made_ctx();
            struct roads r = { 0 };
            struct sv text = sv_fmt(test_mem(),
                "%s<osm><node id='-1' lat='%s' lon='-0'/><node id='2' lat='1E-3' lon='0.'/>"
                "<way id='1'><nd ref='-1'/><nd ref='2'/><nd ref='5'/>"
                "<tag k='highway' v='footway'/></way></osm>", begin[i], lat[k]);
            CHECK(import_text(c, text.at) == ERR_NONE);
            CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
            CHECK_INT(r.at[0].lat_e7 + r.at[1].lat_e7, 500 + 10000);
            made_end(&r);
        }
}

TEST(what_is_no_map_is_refused_in_one_line_that_says_why)
{
    for (size_t i = 0; i < 2 * (sizeof bad_texts / sizeof *bad_texts); i++) {
        struct ctx *c = made_ctx();
        c->lang = i % 2 ? LANG_EN : LANG_ZH;
        made_refused(c, import_text(c, bad_texts[i / 2].text), bad_texts[i / 2].why);
        CHECK(sv_starts(c->fault.log, SV("made: ")));
    }
    struct ctx *c = made_ctx();
    const char *files[] = { "/nowhere/at.all" };
    CHECK(import_files(c, files, 1, NULL) == ERR_INVALID);
    CHECK_TEXT(c->fault.log, "/nowhere/at.all: No such file or directory");
    CHECK_TEXT(c->fault.arg1, "没有这个文件或目录");
    c = made_ctx();
    files[0] = "/dev/null";
    CHECK(import_files(c, files, 1, NULL) == ERR_INVALID);
    c = made_ctx();
    files[0] = "/tmp";
    CHECK(import_files(c, files, 1, NULL) == ERR_INVALID);
}

/* Cut anywhere, a real file is refused; with a byte changed it is refused or read, never more. */
static void check_hurt(const char *file, int times)
{
    struct sv whole = read_file(test_data(file));
    unsigned seed = test_seed();
    for (int i = 0; i < times; i++) {
        struct ctx *c = made_ctx();
        struct road_builder b = { 0 };
        size_t cut = made_number(&seed, (uint32_t)whole.len);
        if (i % 2 == 0) {
            CHECK(import_bytes(c, whole.at, cut, &b) == ERR_INVALID);
        } else {
            char *hurt = (char *)(uintptr_t)sv_copy(test_mem(), whole).at;
            hurt[cut] = (char)(hurt[cut] ^ (1 << made_number(&seed, 8)));
            CHECK(import_bytes(c, hurt, whole.len, &b) < ERR_COUNT);
        }
        road_builder_free(&b);
    }
}

TEST(cut_and_corrupt_maps_do_no_harm)
{
    check_hurt("roads/andorra.osm.pbf", 12);
    check_hurt("roads/monaco.osm.gz", 6);
}

TEST(the_old_road_file_stays_when_an_import_fails)
{
    struct ctx *c = made_ctx();
    CHECK(import_text(c, NODES "<way id='7'><nd ref='1'/><nd ref='2'/>"
                               "<tag k='highway' v='path'/></way></osm>") == ERR_NONE);
    struct sv before = read_file(made_path());
    c = made_ctx();
    CHECK(import_text(c, "<osm></osm>") == ERR_INVALID);
    c = made_ctx();
    CHECK(import_text(c, NODES "<way id='7'><nd ref='1'/><nd ref='88'/>"
                               "<tag k='highway' v='path'/></way></osm>") == ERR_INVALID);
    CHECK(sv_eq(before, read_file(made_path())));
    unlink(made_path());
}

/* --- road files --- */

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *f = fopen(path, "wb");
    CHECK(fwrite(bytes, 1, size, f) == size);
    fclose(f);
}

TEST(a_road_file_that_is_cut_or_changed_anywhere_is_refused)
{
    unsigned seed = test_seed();
    struct roads r = made_random(seed, 60);
    roads_close(&r);
    struct sv whole = read_file(made_path());
    for (int i = 0; i < 200; i++) {
        struct ctx *c = made_ctx();
        char *hurt = (char *)(uintptr_t)sv_copy(test_mem(), whole).at;
        size_t size = whole.len;
        if (i % 4 == 0)
            size = made_number(&seed, (uint32_t)whole.len);
        else
            hurt[made_number(&seed, (uint32_t)size)] ^= (char)(1 << made_number(&seed, 8));
        write_file(made_path(), hurt, size);
        CHECK(roads_open(c, made_path(), &r) == ERR_INVALID);
        CHECK(sv_starts(c->fault.log, sv_of(made_path())));
    }
    unlink(made_path());
}

/* Even with its checksum made right again, a changed file is refused or safe to use. */
TEST(a_forged_road_file_is_refused_or_harmless)
{
    unsigned seed = test_seed();
    struct roads r = made_random(seed, 40);
    roads_close(&r);
    struct sv whole = read_file(made_path());
    int opened = 0;
    for (int i = 0; i < 400; i++) {
        uint64_t *hurt = NEW(test_mem(), uint64_t, whole.len / 8);
        memcpy(hurt, whole.at, whole.len);
        char *byte = (char *)hurt + made_number(&seed, (uint32_t)whole.len);
        *byte ^= (char)(1 + made_number(&seed, 255));
        struct road_header *h = (struct road_header *)hurt;
        h->checksum = road_checksum(hurt, whole.len);
        if (road_image_check(hurt, whole.len, &r) != NULL)
            continue;
        opened++;
        struct anchor a;
        roads_snap(&r, PROFILE_ELDER, r.at[0], 300, &a);
        reach_from(reach_new(test_mem(), &r), PROFILE_ELDER, &a, 900000);
    }
    CHECK(opened > 0 && opened < 400);
    unlink(made_path());
}
