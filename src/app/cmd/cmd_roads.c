/* cmd_roads.c - `yike roads`: the street engine on files, without a database or a server. */

#include "app/cmd/cmd_roads.h"

#include "app/cmd/cmd_roads_bench.h"
#include "app/planner/out.h"
#include "app/planner/planner.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/messages.h"
#include "geo/datum.h"
#include "roads/circle.h"
#include "roads/import/import.h"
#include "roads/near.h"
#include "roads/route.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: yike roads import -o CITY.roads MAP... [--elevation DIR]\n"
    "       yike roads info CITY.roads\n"
    "       yike roads circle CITY.roads --at LAT,LON [--streets] [-o FILE.geojson]\n"
    "       yike roads route CITY.roads --from LAT,LON --to LAT,LON [--lang zh|en]\n"
    "       yike roads nearest CITY.roads --places FILE [--from FILE|all] [--k 5]\n"
    "                          [--max-metres N] [--kind K] [-o FILE]\n"
    "       yike roads nearest CITY.roads LAT,LON PLACES.csv [--count 20]\n"
    "       yike roads reach CITY.roads --places FILE | --homes FILE [--from FILE|all] [-o FILE]\n"
    "       yike roads coverage CITY.roads --homes FILE --places FILE [-o FILE]\n"
    "       yike roads matrix CITY.roads --from FILE --to FILE [--max-minutes N] [-o FILE]\n"
    "       yike roads access CITY.roads --homes FILE --places FILE\n"
    "                         [--measure 2sfca|e2sfca|gaussian|balanced] [--kind K] [-o FILE]\n"
    "       yike roads bench CITY.roads [--places 2000 --seed 2000 --speed 0.9 ...]\n"
    "\n"
    "  MAP             .osm.pbf, .osm.gz, .osm, CSV tables of nodes and arcs; several become one\n"
    "  --elevation DIR SRTM tiles (N30E114.hgt): slopes slow down\n"
    "  --profile P     standard, elder, frail, wheelchair, ebike or car (elder)\n"
    "  --speed M_S     every street at that speed, without waits and stairs\n"
    "  --minutes N     how far (15; route: 360; matrix: no limit)\n"
    "  --access N      metres a home or place may be from a street (300)\n"
    "  --datum D       wgs84, gcj02 or bd09: of the points given (wgs84)\n"
    "  --threads N     (2)\n"
    "\n"
    "Tables are CSV with a head: places id,lat,lon,kind[,capacity], homes id,lat,lon[,elders]\n"
    "[,community,street,district]. -o FILE.geojson writes GeoJSON, another FILE CSV, none prints\n"
    "it. What is not reached is empty. docs/ROADS.md is the manual.\n"
    "\n"
    "  yike roads import city.osm.pbf -o city.roads\n"
    "  yike roads circle city.roads --at 41.1496,-8.6109 --minutes 15 --profile elder\n"
    "  yike roads coverage city.roads --homes homes.csv --places places.csv --minutes 15\n";

enum { WORDS_MAX = 64, ASKED_WRONGLY = 2 };

struct request {
    struct ctx    *c;
    const char    *word[WORDS_MAX];      /* what stands behind the sub-command, without options */
    int            words;
    const char    *at, *heights;
    enum lang      lang;
    struct planner p;                    /* what the planner's commands are asked */
};

static int wrong(const char *what, const char *word)
{
    fprintf(stderr, "yike roads: %s: %s\n%s", what, word, usage);
    return ASKED_WRONGLY;
}

static int failed(const struct request *q)
{
    fprintf(stderr, "yike roads: %.*s\n", SV_ARG(q->c->fault.log));
    return 1;
}

/* --- options --- */

/* Metres a second, to the centimetre. */
static bool take_speed(struct planner *p, struct sv value)
{
    int64_t cm_s;
    if (!sv_fixed(value, 2, 10, 5000, &cm_s))
        return false;
    p->speed_cm_s = (uint32_t)cm_s;
    return true;
}

static bool take_text(struct request *q, struct sv name, const char *raw)
{
    const struct { const char *name; const char **text; } texts[] = {
        { "-o", &q->p.out },           { "--at", &q->at },           { "--from", &q->p.from },
        { "--to", &q->p.to },          { "--places", &q->p.places }, { "--homes", &q->p.homes },
        { "--kind", &q->p.kind },      { "--measure", &q->p.measure },
        { "--elevation", &q->heights },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (sv_is(name, texts[i].name)) {
            *texts[i].text = raw;
            return true;
        }
    return false;
}

static bool take_number(struct request *q, struct sv name, struct sv value)
{
    const struct { const char *name; int64_t high, *n; } numbers[] = {
        { "--minutes", 1440, &q->p.minutes },      { "--max-minutes", 1440, &q->p.minutes },
        { "--access", ACCESS_M_MAX, &q->p.access_m },
        { "--count", 1000000, &q->p.k },           { "--k", 1000000, &q->p.k },
        { "--max-metres", 100000, &q->p.max_metres },
        { "--threads", PLANNER_THREADS_MAX, &q->p.threads },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sv_is(name, numbers[i].name))
            return sv_int(value, 1, numbers[i].high, numbers[i].n);
    return false;
}

static bool take_option(struct request *q, struct sv name, struct sv value, const char *raw)
{
    if (take_text(q, name, raw) || take_number(q, name, value))
        return true;
    if (sv_is(name, "--profile"))
        return profile_find(value, &q->p.profile);
    if (sv_is(name, "--datum"))
        return datum_find(value, &q->p.datum);
    if (sv_is(name, "--speed"))
        return take_speed(&q->p, value);
    q->lang = sv_is(value, "en") ? LANG_EN : LANG_ZH;
    return sv_is(name, "--lang") && (sv_is(value, "en") || sv_is(value, "zh"));
}

static int read_words(struct request *q, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--streets") == 0) {
            q->p.streets = true;
        } else if (argv[i][0] == '-' && argv[i][1] != '\0' && !strchr("0123456789", argv[i][1])) {
            if (i + 1 == argc || !take_option(q, sv_of(argv[i]), sv_of(argv[i + 1]), argv[i + 1]))
                return wrong("this option is not known, or its value is not", argv[i]);
            i++;
        } else if (q->words < WORDS_MAX) {
            q->word[q->words++] = argv[i];
        } else {
            return wrong("too many files", argv[i]);
        }
    }
    return 0;
}

static bool read_point(const struct request *q, const char *word, struct point *ret_point)
{
    struct point at;
    if (!sv_point(sv_of(word), &at))
        return false;
    *ret_point = datum_to_wgs84(q->p.datum, at);
    return true;
}

/* To -o, whole or not at all, or to standard output. */
static int print_to(struct buf *b, const char *path)
{
    buf_byte(b, '\n');
    if (path)
        return out_file(path, buf_sv(b)) ? 0 : 1;
    bool done = fwrite(b->at, 1, b->len, stdout) == b->len && fflush(stdout) == 0;
    return done ? 0 : 1;
}

static int print(struct buf *b)
{
    return print_to(b, NULL);
}

/* --- sub-commands --- */

static int run_import(struct request *q)
{
    struct road_counts n;
    const struct road_maps maps = { .file = q->word, .n = (size_t)q->words,
                                    .heights = q->heights, .progress = stderr };
    if (!q->p.out || q->words == 0)
        return wrong("import needs -o FILE and at least one map", "import");
    if (roads_import(q->c, &maps, q->p.out, &n) != ERR_NONE)
        return failed(q);
    struct buf b = buf_new(&q->c->mem, 512);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_text(&j, "file", sv_of(q->p.out));
    json_int(&j, "bytes", (int64_t)n.bytes);
    json_int(&j, "nodes", (int64_t)n.nodes);
    json_int(&j, "ways", (int64_t)n.ways);
    json_int(&j, "arcs", (int64_t)n.arcs);
    json_int(&j, "missing_nodes", (int64_t)n.missing);
    json_int(&j, "foot_nodes", (int64_t)n.foot_nodes);
    json_int(&j, "foot_arcs", (int64_t)n.foot_arcs);
    json_int(&j, "junctions", n.junctions);
    json_int(&j, "edges", n.edges);
    json_int(&j, "edges_on_islands", n.islands);
    json_int(&j, "edges_of_steps", (int64_t)n.steps_edges);
    json_int(&j, "edges_private", (int64_t)n.private_edges);
    json_int(&j, "km", (int64_t)n.total_m / 1000);
    json_end(&j, '}');
    return print(&b);
}

static int run_info(struct request *q, const struct roads *r)
{
    struct buf b = buf_new(&q->c->mem, 512);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_text(&j, "checksum", sv_fmt(&q->c->mem, "%016llx", (unsigned long long)r->checksum));
    json_int(&j, "bytes", (int64_t)r->size);
    json_int(&j, "junctions", r->junctions);
    json_int(&j, "edges", r->edges);
    json_int(&j, "names", r->names - 1);
    json_int(&j, "km", (int64_t)r->total_m / 1000);
    json_array(&j, "bbox");
    json_fixed(&j, NULL, r->box.low.lon_e7, 7);
    json_fixed(&j, NULL, r->box.low.lat_e7, 7);
    json_fixed(&j, NULL, r->box.high.lon_e7, 7);
    json_fixed(&j, NULL, r->box.high.lat_e7, 7);
    json_end(&j, ']');
    json_end(&j, '}');
    return print(&b);
}

static bool snap_point(const struct request *q, const struct roads *r, const char *word,
                       struct anchor *ret_anchor)
{
    struct point at;
    if (!read_point(q, word, &at)) {
        fprintf(stderr, "yike roads: a point is LAT,LON, as in 41.15,-8.61: %s\n", word);
        return false;
    }
    if (roads_snap(r, q->p.profile, at, (double)q->p.access_m, ret_anchor))
        return true;
    fprintf(stderr, "yike roads: no street for %s within %lld m of %s\n",
            profiles[q->p.profile].en, (long long)q->p.access_m, word);
    return false;
}

static uint32_t limit_ms(const struct request *q, int64_t otherwise)
{
    return (uint32_t)((q->p.minutes ? q->p.minutes : otherwise) * 60000);
}

/* A point as an option, or as the word at its place. */
static const char *point_of(const struct request *q, const char *option, int word)
{
    return option ? option : q->words > word ? q->word[word] : NULL;
}

static int run_circle(struct request *q, const struct roads *r)
{
    struct anchor from;
    const char *at = point_of(q, q->at, 1);
    if (!at || q->words != (q->at ? 1 : 2))
        return wrong("circle needs a road file and --at LAT,LON", "circle");
    if (!snap_point(q, r, at, &from))
        return 1;
    struct reach *s = reach_new(&q->c->mem, r);
    reach_from(s, q->p.profile, &from, limit_ms(q, 15));
    struct circle circle = circle_of(&q->c->mem, s);
    struct buf b = buf_new(&q->c->mem, 65536);
    if (q->p.streets)
        circle_streets_geojson(&b, &circle);
    else
        circle_geojson(&b, &circle);
    return print_to(&b, q->p.out);
}

static int run_route(struct request *q, const struct roads *r)
{
    struct anchor from, to;
    struct route route;
    const char *start = point_of(q, q->p.from, 1), *end = point_of(q, q->p.to, 2);
    if (!start || !end)
        return wrong("route needs a road file, --from LAT,LON and --to LAT,LON", "route");
    if (!snap_point(q, r, start, &from) || !snap_point(q, r, end, &to))
        return 1;
    struct reach *s = reach_new(&q->c->mem, r);
    if (!route_find(&q->c->mem, s, q->p.profile, &from, &to, limit_ms(q, 360), &route)) {
        fprintf(stderr, "yike roads: there is no way for %s within the time\n",
                profiles[q->p.profile].en);
        return 1;
    }
    struct buf b = buf_new(&q->c->mem, 65536);
    route_geojson(&b, &route, q->lang);
    return print_to(&b, q->p.out);
}

/* --- nearest --- */

struct place_list { struct near_place *at; struct sv *id, *name; uint32_t n; };

static size_t column(const struct csv *t, const char *name)
{
    for (size_t i = 0; i < t->cells_n; i++)
        if (sv_is(sv_trim(t->cells[i]), name))
            return i;
    return CSV_COLUMNS_MAX;
}

static struct sv read_all(struct arena *mem, const char *path)
{
    FILE *f = fopen(path, "rb");
    struct buf b = buf_new(mem, 1 << 16);
    char part[65536];
    for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_put(&b, (struct sv){ part, n });
    if (f)
        fclose(f);
    return buf_sv(&b);
}

static bool read_places(struct request *q, const char *path, struct place_list *out)
{
    struct csv t = csv_new(read_all(&q->c->mem, path));
    size_t room = 0, id_room = 0, name_room = 0;
    if (!csv_next(&t, &q->c->mem))
        return false;
    size_t id = column(&t, "id"), name = column(&t, "name");
    size_t lat = column(&t, "lat"), lon = column(&t, "lon");
    if (id == CSV_COLUMNS_MAX || lat == CSV_COLUMNS_MAX || lon == CSV_COLUMNS_MAX)
        return false;
    while (csv_next(&t, &q->c->mem)) {
        struct point at;
        const char *word = sv_fmt(&q->c->mem, "%.*s,%.*s", SV_ARG(csv_cell(&t, lat)),
                                  SV_ARG(csv_cell(&t, lon))).at;
        if (!read_point(q, word, &at)) {
            fprintf(stderr, "%s:%lld: lat,lon is no point: %s\n", path, (long long)t.line, word);
            return false;
        }
        out->at = GROW(&q->c->mem, out->at, out->n, &room);
        out->id = GROW(&q->c->mem, out->id, out->n, &id_room);
        out->name = GROW(&q->c->mem, out->name, out->n, &name_room);
        out->id[out->n] = csv_cell(&t, id);
        out->name[out->n] = csv_cell(&t, name);
        out->at[out->n++] = (struct near_place){ at, 1 };
    }
    return csv_err(q->c, &t) == ERR_NONE && out->n > 0;
}

static void put_place(struct buf *b, const struct place_list *list, uint32_t place, uint32_t ms)
{
    struct json j = json_new(b);
    json_object(&j, NULL);
    json_text(&j, "id", list->id[place]);
    json_text(&j, "name", list->name[place]);
    json_int(&j, "s", (ms + 500) / 1000);
    json_end(&j, '}');
    buf_byte(b, '\n');
}

static int nearest_one(struct request *q, const struct roads *r, const char *at,
                       const char *places)
{
    struct place_list list = { 0 };
    struct anchor from;
    uint32_t place, ms;
    if (!snap_point(q, r, at, &from))
        return 1;
    if (!read_places(q, places, &list)) {
        fprintf(stderr, "yike roads: %s: no table of places with id, lat and lon\n", places);
        return 1;
    }
    struct near_index *index = near_index_build(r, list.at, list.n, (double)q->p.access_m);
    if (q->p.profile >= PROFILE_FEET)
        near_index_wheels(index, (double)q->p.access_m);
    struct near *near = near_new(&q->c->mem, index);
    struct buf b = buf_new(&q->c->mem, 4096);
    near_begin(near, q->p.profile, &from, limit_ms(q, 15), 1);
    for (int64_t k = 0; k < (q->p.k ? q->p.k : 20) && near_next(near, &place, &ms); k++)
        put_place(&b, &list, place, ms);
    near_index_free(index);
    return fwrite(b.at, 1, b.len, stdout) == b.len && fflush(stdout) == 0 ? 0 : 1;
}

static int run_nearest(struct request *q, const struct roads *r)
{
    if (q->at && q->p.places)
        return nearest_one(q, r, q->at, q->p.places);
    if (q->words == 3 && !q->p.places)
        return nearest_one(q, r, q->word[1], q->word[2]);
    return planner_nearest(&q->p);
}

static int run_reach(struct request *q, const struct roads *r)
{
    (void)r;
    return planner_reach(&q->p);
}

static int run_coverage(struct request *q, const struct roads *r)
{
    (void)r;
    return planner_coverage(&q->p);
}

static int run_matrix(struct request *q, const struct roads *r)
{
    (void)r;
    return planner_matrix(&q->p);
}

static int run_access(struct request *q, const struct roads *r)
{
    (void)r;
    return planner_access(&q->p);
}

/* --- the table of sub-commands --- */

static const struct { const char *name; int (*run)(struct request *q, const struct roads *r); }
commands[] = {
    { "info", run_info },     { "circle", run_circle },     { "nearest", run_nearest },
    { "route", run_route },   { "reach", run_reach },       { "coverage", run_coverage },
    { "matrix", run_matrix }, { "access", run_access },
};

static int run_on_roads(struct request *q, const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(name, commands[i].name) != 0)
            continue;
        AUTO(roads_close) struct roads r = { 0 };
        if (q->words == 0)
            return wrong("it needs a road file", name);
        if (roads_open(q->c, q->word[0], &r) != ERR_NONE)
            return failed(q);
        q->p.roads = &r;
        return commands[i].run(q, &r);
    }
    return wrong("there is no such sub-command", name);
}

int roads_command(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "bench") == 0)
        return roads_bench_command(argc - 1, argv + 1);
    struct ctx *c = block_take(sizeof *c);
    struct request q = { .c = c, .p = { .c = c, .profile = PROFILE_DEFAULT,
                                        .access_m = ACCESS_M_DEFAULT } };
    int code = 0;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            argc = 0;
    if (argc == 0)
        fputs(usage, stdout);
    else if (argc < 2)
        code = wrong("what shall it do", "nothing was asked");
    else if ((code = read_words(&q, argc, argv)) == 0)
        code = strcmp(argv[1], "import") == 0 ? run_import(&q) : run_on_roads(&q, argv[1]);
    arena_free(&c->mem);
    block_free(c);
    return code;
}
