/* cmd_roads.c - `yike roads`: the street engine on files, without a database or a server. */

#include "app/cmd/cmd_roads.h"

#include "app/cmd/cmd_roads_bench.h"
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
    "usage: yike roads import -o CITY.roads MAP...       MAP: .osm.pbf, .osm.gz or .osm\n"
    "       yike roads info CITY.roads\n"
    "       yike roads circle CITY.roads LAT,LON [--streets]\n"
    "       yike roads nearest CITY.roads LAT,LON PLACES.csv [--count 20]\n"
    "       yike roads route CITY.roads LAT,LON LAT,LON [--lang zh|en]\n"
    "       yike roads bench CITY.roads [--count 1000]\n"
    "\n"
    "  --profile standard|elder|frail|wheelchair   who walks (elder)\n"
    "  --minutes N     how far (15; route: 360)\n"
    "  --access N      metres a home or place may be from a street (300)\n"
    "  --datum wgs84|gcj02|bd09   of the points given (wgs84)\n"
    "\n"
    "Several maps become one net. PLACES.csv has a header with id, name, lat and lon.\n"
    "Answers are GeoJSON (circle, route) or a JSON object a line (nearest, bench).\n";

enum { WORDS_MAX = 64, ASKED_WRONGLY = 2 };

struct request {
    struct ctx   *c;
    const char   *word[WORDS_MAX];       /* what stands behind the sub-command, without options */
    int           words;
    const char   *out;
    enum profile  profile;
    enum datum    datum;
    enum lang     lang;
    int64_t       minutes, access_m, count;
    bool          streets;
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

static bool take_option(struct request *q, struct sv name, struct sv value, const char *raw)
{
    if (sv_is(name, "-o")) {
        q->out = raw;
        return true;
    }
    if (sv_is(name, "--profile"))
        return profile_find(value, &q->profile);
    if (sv_is(name, "--datum"))
        return datum_find(value, &q->datum);
    if (sv_is(name, "--minutes"))
        return sv_int(value, 1, 1440, &q->minutes);
    if (sv_is(name, "--access"))
        return sv_int(value, 1, ACCESS_M_MAX, &q->access_m);
    if (sv_is(name, "--count"))
        return sv_int(value, 1, 1000000, &q->count);
    q->lang = sv_is(value, "en") ? LANG_EN : LANG_ZH;
    return sv_is(name, "--lang") && (sv_is(value, "en") || sv_is(value, "zh"));
}

static int read_words(struct request *q, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--streets") == 0) {
            q->streets = true;
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
    *ret_point = datum_to_wgs84(q->datum, at);
    return true;
}

static int print(struct buf *b)
{
    buf_byte(b, '\n');
    bool done = fwrite(b->at, 1, b->len, stdout) == b->len && fflush(stdout) == 0;
    return done ? 0 : 1;
}

/* --- sub-commands --- */

static int run_import(struct request *q)
{
    struct road_counts n;
    if (!q->out || q->words == 0)
        return wrong("import needs -o FILE and at least one map", "import");
    const struct road_maps maps = { .file = q->word, .n = (size_t)q->words, .progress = stderr };
    if (roads_import(q->c, &maps, q->out, &n) != ERR_NONE)
        return failed(q);
    struct buf b = buf_new(&q->c->mem, 512);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_text(&j, "file", sv_of(q->out));
    json_int(&j, "bytes", (int64_t)n.bytes);
    json_int(&j, "nodes", (int64_t)n.nodes);
    json_int(&j, "ways", (int64_t)n.ways);
    json_int(&j, "missing_nodes", (int64_t)n.missing);
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

static bool snap_word(const struct request *q, const struct roads *r, int word,
                      struct anchor *ret_anchor)
{
    struct point at;
    if (!read_point(q, q->word[word], &at)) {
        fprintf(stderr, "yike roads: a point is LAT,LON, as in 41.15,-8.61: %s\n", q->word[word]);
        return false;
    }
    if (roads_snap(r, q->profile, at, (double)q->access_m, ret_anchor))
        return true;
    fprintf(stderr, "yike roads: no street for %s within %lld m of %s\n",
            profiles[q->profile].en, (long long)q->access_m, q->word[word]);
    return false;
}

static uint32_t limit_ms(const struct request *q, int64_t otherwise)
{
    return (uint32_t)((q->minutes ? q->minutes : otherwise) * 60000);
}

static int run_circle(struct request *q, const struct roads *r)
{
    struct anchor from;
    if (q->words != 2)
        return wrong("circle needs a road file and a point", "circle");
    if (!snap_word(q, r, 1, &from))
        return 1;
    struct reach *s = reach_new(&q->c->mem, r);
    reach_from(s, q->profile, &from, limit_ms(q, 15));
    struct circle circle = circle_of(&q->c->mem, s);
    struct buf b = buf_new(&q->c->mem, 65536);
    if (q->streets)
        circle_streets_geojson(&b, &circle);
    else
        circle_geojson(&b, &circle);
    return print(&b);
}

static int run_route(struct request *q, const struct roads *r)
{
    struct anchor from, to;
    struct route route;
    if (q->words != 3)
        return wrong("route needs a road file and two points", "route");
    if (!snap_word(q, r, 1, &from) || !snap_word(q, r, 2, &to))
        return 1;
    struct reach *s = reach_new(&q->c->mem, r);
    if (!route_find(&q->c->mem, s, q->profile, &from, &to, limit_ms(q, 360), &route)) {
        fprintf(stderr, "yike roads: there is no way on foot within the time\n");
        return 1;
    }
    struct buf b = buf_new(&q->c->mem, 65536);
    route_geojson(&b, &route, q->lang);
    return print(&b);
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

static int run_nearest(struct request *q, const struct roads *r)
{
    struct place_list list = { 0 };
    struct anchor from;
    uint32_t place, ms;
    if (q->words != 3)
        return wrong("nearest needs a road file, a point and a list of places", "nearest");
    if (!snap_word(q, r, 1, &from))
        return 1;
    if (!read_places(q, q->word[2], &list)) {
        fprintf(stderr, "yike roads: %s: no table of places with id, lat and lon\n", q->word[2]);
        return 1;
    }
    struct near_index *index = near_index_build(r, list.at, list.n, (double)q->access_m);
    struct near *near = near_new(&q->c->mem, index);
    struct buf b = buf_new(&q->c->mem, 4096);
    near_begin(near, q->profile, &from, limit_ms(q, 15), 1);
    for (int64_t k = 0; k < (q->count ? q->count : 20) && near_next(near, &place, &ms); k++)
        put_place(&b, &list, place, ms);
    near_index_free(index);
    return fwrite(b.at, 1, b.len, stdout) == b.len && fflush(stdout) == 0 ? 0 : 1;
}

static int run_bench(struct request *q, const struct roads *r)
{
    return roads_bench(q->c, r, (uint32_t)(q->count ? q->count : 1000));
}

/* --- the table of sub-commands --- */

static const struct { const char *name; int (*run)(struct request *q, const struct roads *r); }
commands[] = {
    { "info", run_info },   { "circle", run_circle }, { "nearest", run_nearest },
    { "route", run_route }, { "bench", run_bench },
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
        return commands[i].run(q, &r);
    }
    return wrong("there is no such sub-command", name);
}

int roads_command(int argc, char **argv)
{
    struct ctx *c = block_take(sizeof *c);
    struct request q = { .c = c, .profile = PROFILE_DEFAULT, .access_m = ACCESS_M_DEFAULT };
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
