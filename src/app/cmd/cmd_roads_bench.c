/* cmd_roads_bench.c - `yike roads bench`: its options, its lines. */

#include "app/cmd/cmd_roads_bench.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const char usage[] =
    "usage: yike roads bench CITY.roads [OPTIONS]\n"
    "\n"
    "  --places N     at random points (2000)               --seed N     of what is random (2000)\n"
    "  --speed M_S    how fast everybody walks (0.9)         --points all|junctions (all)\n"
    "  --k N          how many nearest (5)                   --metres N   within which (1200)\n"
    "  --minutes N    of circles and sums (15)               --matrix N   rows and columns (1000)\n"
    "  --count N      homes asked one by one (1000)          --rounds N   the least counts (3)\n"
    "  --lanes best|plain|avx2|avx512                        --only TEXT  jobs that have it\n"
    "\n"
    "One JSON object a line. The population of a point is 0 to 59, times are whole milliseconds.\n";

const struct bench_options roads_bench_options = {
    .seed = 2000, .places = 2000, .homes = 1000, .k = 5, .metres = 1200, .minutes = 15,
    .cm_s = 90, .matrix = 1000, .rounds = 3, .shape = true, .lanes = LANES_BEST,
};

double bench_cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

uint32_t bench_random(struct bench *b, uint32_t below)
{
    b->seed = b->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((b->seed >> 32) * below >> 32);
}

void bench_found(struct bench *b, uint64_t n)
{
    b->sum = (b->sum ^ n) * 0x100000001B3u + 1;
}

bool bench_wants(const struct bench *b, const char *job)
{
    return !b->asked->only || strstr(job, b->asked->only);
}

static int64_t rss_tenth_mb(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss * 10 / 1024;
}

void bench_report(struct bench *b, const char *job, uint64_t n)
{
    arena_reset(b->once);
    struct buf out = buf_new(b->once, 256);
    struct json j = json_new(&out);
    json_object(&j, NULL);
    json_text(&j, "job", sv_of(job));
    json_int(&j, "n", (int64_t)n);
    json_fixed(&j, "cpu_s", (int64_t)(b->cpu_s * 1e6 + 0.5), 6);
    json_fixed(&j, "each_us", (int64_t)(b->cpu_s * 1e8 / (double)(n ? n : 1) + 0.5), 2);
    json_text(&j, "checksum", sv_fmt(b->once, "%016llx", (unsigned long long)b->sum));
    json_fixed(&j, "rss_mb", rss_tenth_mb(), 1);
    json_end(&j, '}');
    printf("%.*s\n", SV_ARG(buf_sv(&out)));
    fflush(stdout);
    b->sum = 0;
}

/* --- options --- */

static bool take_number(struct bench_options *o, struct sv name, struct sv value)
{
    const struct { const char *name; uint32_t *at; int64_t low, high; } numbers[] = {
        { "--places", &o->places, 1, 1000000 }, { "--count", &o->homes, 1, 1000000 },
        { "--k", &o->k, 1, 64 },                { "--metres", &o->metres, 1, 100000 },
        { "--minutes", &o->minutes, 1, 240 },   { "--matrix", &o->matrix, 1, 10000 },
        { "--rounds", &o->rounds, 1, 100 },
    };
    int64_t n;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sv_is(name, numbers[i].name) && sv_int(value, numbers[i].low, numbers[i].high, &n)) {
            *numbers[i].at = (uint32_t)n;
            return true;
        }
    return false;
}

/* "0.9": metres a second, to the centimetre. */
static bool take_speed(struct sv value, uint32_t *ret_cm_s)
{
    int64_t cm_s;
    if (!sv_fixed(value, 2, 10, 1000, &cm_s))
        return false;
    *ret_cm_s = (uint32_t)cm_s;
    return true;
}

static bool take_option(struct bench_options *o, struct sv name, struct sv value, const char *raw)
{
    int64_t seed;
    if (sv_is(name, "--speed"))
        return take_speed(value, &o->cm_s);
    if (sv_is(name, "--seed") && sv_int(value, 0, INT32_MAX, &seed)) {
        o->seed = (uint64_t)seed;
        return true;
    }
    if (sv_is(name, "--points") && (sv_is(value, "all") || sv_is(value, "junctions"))) {
        o->shape = sv_is(value, "all");
        return true;
    }
    for (int lanes = 0; sv_is(name, "--lanes") && lanes < LANES_COUNT; lanes++)
        if (sv_is(value, lanes_names[lanes])) {
            o->lanes = (enum lanes)lanes;
            return lanes_has(o->lanes);
        }
    if (sv_is(name, "--only")) {
        o->only = raw;
        return true;
    }
    return take_number(o, name, value);
}

static bool read_options(struct bench_options *o, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-') {
            o->file = argv[i];
        } else if (i + 1 == argc || !take_option(o, sv_of(argv[i]), sv_of(argv[i + 1]),
                                                 argv[i + 1])) {
            fprintf(stderr, "yike roads bench: this option is not known, or its value is not: "
                            "%s\n%s", argv[i], usage);
            return false;
        } else {
            i++;
        }
    }
    if (!o->file)
        fprintf(stderr, "yike roads bench: it needs a road file\n%s", usage);
    return o->file;
}

/* --- the run --- */

static int run(struct ctx *c, const struct bench_options *o)
{
    AUTO(arena_free) struct arena once = { 0 };
    AUTO(roads_close) struct roads r = { 0 };
    struct bench b = { .asked = o, .roads = &r, .mem = &c->mem, .once = &once, .seed = o->seed };
    double start = bench_cpu();
    if (roads_open(c, o->file, &r) != ERR_NONE) {
        fprintf(stderr, "yike roads: %.*s\n", SV_ARG(c->fault.log));
        return 1;
    }
    b.cpu_s = bench_cpu() - start;
    bench_found(&b, r.checksum);
    bench_report(&b, "open and check the road file", 1);
    bench_city(&b);
    bench_homes(&b);
    return 0;
}

int roads_bench_command(int argc, char **argv)
{
    struct bench_options o = roads_bench_options;
    if (!read_options(&o, argc, argv))
        return 2;
    struct ctx *c = block_take(sizeof *c);
    int code = run(c, &o);
    arena_free(&c->mem);
    block_free(c);
    return code;
}
