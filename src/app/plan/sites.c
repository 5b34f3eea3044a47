/* sites.c - `yike plan sites`: where to build, on published files. */

#include "app/plan/plan.h"

#include "app/cmd/command.h"
#include "app/plan/city.h"
#include "app/planner/out.h"
#include "plan/site/read/read.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: yike plan sites --pmed FILE [--p N]\n"
    "       yike plan sites --mclp FILE --p N | --mclp FILE --all\n"
    "       yike plan sites --cap FILE [--capacity N]\n"
    "       yike plan sites --roads CITY.roads --homes FILE --candidates FILE --budget N | --all\n"
    "                       [--places FILE] [--minutes 15] [--profile elder] [--for cover|time]\n"
    "                       [--equity W] [--level L] [--divisions FILE] [--overlap FILE]\n"
    "\n"
    "  --pmed FILE     p-median: OR-Library's file of a graph; --p: another number of sites\n"
    "  --mclp FILE     covering: demand points with weights, sites, a radius\n"
    "  --cap FILE      location with capacities and fixed costs: OR-Library's file\n"
    "  --capacity N    of each site, where the file says only `capacity`\n"
    "  --roads, --homes, --candidates: streets, who lives where, where one may build: tables of\n"
    "                  docs/ROADS.md; candidates also cost (1) and state (free, existing, forced,\n"
    "                  forbidden)\n"
    "  --places FILE   what stands already\n"
    "  --budget N      what the sites to be built may cost together\n"
    "  --for WHAT      cover: most elders within the minutes; time: least walking time\n"
    "  --equity W      elders count up to 1 + W where fewest of a division are covered yet (0)\n"
    "  --level L       of those divisions: community, street or district (the smallest there is)\n"
    "  --divisions F   CSV: elders covered before and after by division\n"
    "  --overlap FILE  CSV or GeoJSON: what stands and whom it shares; which could merge\n"
    "  --p N           how many sites may be open\n"
    "  --all           as few sites as cover every demand point that can be covered\n"
    "  --seconds N     CPU seconds at most (60); without a proof until then the gap is told\n"
    "  --seed N        of the random kicks (1)\n"
    "  -o FILE         the sites, open or not, as CSV\n"
    "\n"
    "Prints the sites that should be open, then objective, proved bound, gap and CPU time. For\n"
    "--mclp with --p the objective is the weight covered and the bound is above it.\n"
    "\n"
    "  yike plan sites --pmed pmed1.txt --seconds 5\n"
    "  yike plan sites --mclp town.txt --p 20\n";

struct asked {
    struct ctx *c;
    struct city_ask city;
    const char *pmed, *mclp, *cap, *out;
    int64_t     p;
    bool        all, help;
    double      seconds, capacity;
    int64_t     seed;
};

/* --- options --- */

/* --budget, and how people go. */
static bool take_city(struct city_ask *q, struct sv name, struct sv value)
{
    if (sv_is(name, "--budget"))
        return sv_fixed(value, 2, 0, INT64_C(100000000000000), &q->budget);
    if (sv_is(name, "--minutes"))
        return sv_int(value, 1, 1440, &q->planner.minutes);
    if (sv_is(name, "--access"))
        return sv_int(value, 1, ACCESS_M_MAX, &q->planner.access_m);
    if (sv_is(name, "--threads"))
        return sv_int(value, 1, PLANNER_THREADS_MAX, &q->planner.threads);
    if (sv_is(name, "--profile"))
        return profile_find(value, &q->planner.profile);
    if (sv_is(name, "--datum"))
        return datum_find(value, &q->planner.datum);
    if (sv_is(name, "--equity"))
        return sv_real(value, 0, 100, &q->equity);
    q->time = sv_is(value, "time");
    return sv_is(name, "--for") && (q->time || sv_is(value, "cover"));
}

static bool take_number(struct asked *q, struct sv name, struct sv value)
{
    if (sv_is(name, "--p"))
        return sv_int(value, 1, SITES_MAX, &q->p);
    if (sv_is(name, "--seed"))
        return sv_int(value, 0, INT64_MAX, &q->seed);
    if (sv_is(name, "--capacity"))
        return sv_real(value, 0, SITE_COST_MAX, &q->capacity);
    return sv_is(name, "--seconds") && sv_real(value, 0.001, 1e6, &q->seconds);
}

static bool take_value(struct asked *q, struct sv name, struct sv value, const char *raw)
{
    const struct { const char *name, **text; } texts[] = {
        { "--pmed", &q->pmed }, { "--mclp", &q->mclp }, { "--cap", &q->cap },
        { "-o", &q->out },
        { "--roads", &q->city.roads },           { "--homes", &q->city.planner.homes },
        { "--candidates", &q->city.candidates }, { "--places", &q->city.planner.places },
        { "--divisions", &q->city.divisions },   { "--overlap", &q->city.overlap },
        { "--level", &q->city.level },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (sv_is(name, texts[i].name)) {
            *texts[i].text = raw;
            return true;
        }
    return take_number(q, name, value) || take_city(&q->city, name, value);
}

static int read_options(struct asked *q, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            q->help = true;
        } else if (strcmp(argv[i], "--all") == 0) {
            q->all = true;
        } else if (i + 1 == argc
                   || !take_value(q, sv_of(argv[i]), sv_of(argv[i + 1]), argv[i + 1])) {
            fprintf(stderr, "%syike plan sites: this option is not known, or its value is not: "
                    "%s\n", usage, argv[i]);
            return EXIT_USAGE;
        } else {
            i++;
        }
    }
    return EXIT_DONE;
}

/* --- the answer --- */

static void print_open(uint32_t sites, const struct site_answer *a)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < sites; i++)
        n += a->open[i];
    printf("%u of %u sites:", n, sites);
    for (uint32_t i = 0; i < sites; i++)
        if (a->open[i])
            printf(" %u", i + 1);
    printf("\n");
}

static bool write_open(const struct asked *q, uint32_t sites, const struct site_answer *a)
{
    struct out o;
    if (sv_ends(sv_of(q->out), SV(".geojson"))) {
        fprintf(stderr, "yike plan sites: these sites have no places on earth: -o FILE.csv\n");
        return false;
    }
    bool good = out_begin(&o, q->out);
    for (uint32_t i = 0; good && i < sites; i++) {
        out_row(&o, (struct point){ 0 });
        out_int(&o, "site", i + 1);
        out_int(&o, "open", a->open[i]);
        out_row_end(&o);
    }
    return out_end(&o, good);
}

static void print_sum(double objective, double bound, double cpu_s)
{
    double gap = objective != 0 ? fabs(objective - bound) / fabs(objective) * 100 : bound != 0;
    printf("objective=%.15g bound=%.15g gap_percent=%.4f cpu_s=%.3f\n", objective, bound, gap,
           cpu_s);
}

static int answer(struct asked *q, const struct siting *p, double start)
{
    struct site_answer a;
    site_solve(&q->c->mem, p, &(struct site_limits){ .cpu_s = q->seconds - (cpu_now() - start),
               .seed = (uint64_t)q->seed }, &a);
    if (!a.possible) {
        fprintf(stderr, "yike plan sites: %s\n", a.proved
                ? "no choice of so many sites serves every client"
                : "no choice was found in that time that serves every client");
        return EXIT_FAILED;
    }
    double whole = 0;
    for (uint32_t j = 0; q->mclp && !q->all && j < p->clients; j++)
        whole += p->outside[j];
    if (q->out && !write_open(q, p->sites, &a))
        return EXIT_FAILED;
    print_open(p->sites, &a);
    if (whole > 0)
        print_sum(whole - a.cost, whole - a.bound, cpu_now() - start);
    else
        print_sum(a.cost, a.bound, cpu_now() - start);
    return EXIT_DONE;
}

static int solve_file(struct asked *q)
{
    double start = cpu_now();
    struct siting p;
    struct sv text;
    uint32_t lost = 0;
    enum err e = plan_file(q->c, q->pmed ? q->pmed : q->mclp, &text);
    if (e == ERR_NONE && q->pmed)
        e = pmed_read(q->c, q->pmed, text, q->p, &p);
    else if (e == ERR_NONE)
        e = mclp_read(q->c, q->mclp, text, q->all ? 0 : q->p, &p, &lost);
    if (e != ERR_NONE)
        return plan_failed(q->c, "sites");
    if (lost)
        printf("%u demand points are covered by no site\n", lost);
    return answer(q, &p, start);
}

static int solve_cap(struct asked *q)
{
    double start = cpu_now(), *share;
    struct plant p;
    struct site_answer a;
    struct sv text;
    enum err e = plan_file(q->c, q->cap, &text);
    if (e == ERR_NONE)
        e = cap_read(q->c, q->cap, text, q->capacity, &p);
    if (e != ERR_NONE)
        return plan_failed(q->c, "sites");
    plant_solve(&q->c->mem, &p, &(struct site_limits){ .seed = (uint64_t)q->seed,
                .cpu_s = q->seconds - (cpu_now() - start) }, &a, &share);
    if (!a.possible) {
        fprintf(stderr, "yike plan sites: all sites together hold less than the demand\n");
        return EXIT_FAILED;
    }
    if (q->out && !write_open(q, p.sites, &a))
        return EXIT_FAILED;
    print_open(p.sites, &a);
    print_sum(a.cost, a.bound, cpu_now() - start);
    return EXIT_DONE;
}

static int solve_city(struct asked *q)
{
    struct city_ask *a = &q->city;
    bool one = (a->budget >= 0) != q->all;
    if (!a->roads || !a->planner.homes || !a->candidates || !one || (q->all && a->time)
        || (a->time && a->equity > 0) || q->pmed || q->mclp || q->cap || q->p) {
        fprintf(stderr, "%syike plan sites: --roads, --homes and --candidates go together, with "
                "--budget N or --all; --equity and --all are for covering\n", usage);
        return EXIT_USAGE;
    }
    if (a->divisions && sv_ends(sv_of(a->divisions), SV(".geojson"))) {
        fprintf(stderr, "yike plan sites: --divisions is a CSV: a division has no point\n");
        return EXIT_USAGE;
    }
    a->planner.c = q->c;
    a->planner.out = q->out;
    a->all = q->all;
    a->seconds = q->seconds;
    a->seed = q->seed;
    return plan_city(a);
}

static bool asks_for_one(const struct asked *q)
{
    if (!!q->pmed + !!q->mclp + !!q->cap != 1)
        return false;
    return q->mclp ? q->all == !q->p : !q->all && (q->pmed || !q->p);
}

int plan_sites(int argc, char **argv)
{
    struct ctx c = { 0 };
    struct asked q = { .c = &c, .seconds = 60, .seed = 1, .city.budget = -1,
                       .city.planner = { .profile = PROFILE_DEFAULT,
                                         .access_m = ACCESS_M_DEFAULT } };
    int code = read_options(&q, argc, argv);
    if (code == EXIT_DONE && q.help) {
        fputs(usage, stdout);
    } else if (code == EXIT_DONE && (q.city.roads || q.city.planner.homes || q.city.candidates)) {
        code = solve_city(&q);
    } else if (code == EXIT_DONE && !asks_for_one(&q)) {
        fprintf(stderr, "%syike plan sites: one of --pmed, --mclp, --cap; --mclp with --p N or "
                "--all\n", usage);
        code = EXIT_USAGE;
    } else if (code == EXIT_DONE) {
        code = q.cap ? solve_cap(&q) : solve_file(&q);
    }
    arena_free(&c.mem);
    return code;
}
