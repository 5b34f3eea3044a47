/* tours.c - `yike plan tours`: a problem from a file, a plan into a file. */

#include "app/plan/plan.h"
#include "app/plan/streets.h"
#include "app/planner/out.h"
#include "plan/tour/form/form.h"
#include "plan/tour/twin/twin.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_WRONG = 2, THREADS_MAX = 64, SECONDS_DEFAULT = 5 };

static const char usage[] =
    "usage: yike plan tours FILE [--format vroom|solomon|hhcrsp] [--objective distance|vehicles]\n"
    "                       [--roads CITY.roads] [--seconds CPU | --iterations N] [--seed N]\n"
    "                       [--threads N] [-o OUT]\n"
    "\n"
    "  --format F      vroom (JSON, the default), solomon (Solomon's and Homberger's text)\n"
    "                  or hhcrsp (JSON: home health care with two-carer visits)\n"
    "  --objective O   solomon only: distance (each way cut to a tenth) or vehicles (the fewest,\n"
    "                  then the exact distance)\n"
    "  --roads FILE    vroom only: ways between the file's locations when it has no matrices;\n"
    "                  a vehicle's profile is one of the street map's\n"
    "  --seconds S     CPU seconds of one thread (5)\n"
    "  --iterations N  instead: the same answer everywhere for the same seed and threads\n"
    "  --seed N        (1)\n"
    "  --threads N     searches beside one another, the best of which counts (1)\n"
    "  -o OUT          the plan; without it standard output\n"
    "\n"
    "The last line of standard output: unassigned=… vehicles=… cost=… iterations=… cpu_s=…\n";

struct asked {
    const char *file, *out, *format, *objective, *roads;
    struct tour_budget budget;
    bool help;
};

static int wrong(const char *what, const char *about)
{
    fprintf(stderr, "yike plan tours: %s: %s\n%s", what, about, usage);
    return EXIT_WRONG;
}

/* --- options --- */

static bool take_number(struct asked *q, struct sv name, struct sv value)
{
    int64_t n;
    if (sv_is(name, "--seconds"))
        return sv_real(value, 0.001, 86400, &q->budget.cpu_s);
    if (sv_is(name, "--iterations"))
        return sv_int(value, 1, INT64_MAX / 2, &q->budget.iterations);
    if (sv_is(name, "--seed")) {
        if (!sv_int(value, 0, INT64_MAX, &n))
            return false;
        q->budget.seed = (uint64_t)n;
        return true;
    }
    if (!sv_is(name, "--threads") || !sv_int(value, 1, THREADS_MAX, &n))
        return false;
    q->budget.threads = (int)n;
    return true;
}

static bool take_option(struct asked *q, const char *name, const char *value)
{
    const struct { const char *name; const char **text; } texts[] = {
        { "-o", &q->out }, { "--format", &q->format }, { "--objective", &q->objective },
        { "--roads", &q->roads },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].text = value;
            return true;
        }
    return take_number(q, sv_of(name), sv_of(value));
}

static int take_words(struct asked *q, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            q->help = true;
        } else if (argv[i][0] == '-' && argv[i][1]) {
            if (i + 1 == argc || !take_option(q, argv[i], argv[i + 1]))
                return wrong("this option is not known, or its value is not", argv[i]);
            i++;
        } else if (q->file) {
            return wrong("one file is read, not also", argv[i]);
        } else {
            q->file = argv[i];
        }
    }
    return 0;
}

static int check_words(struct asked *q)
{
    if (q->help)
        return 0;
    if (!q->file)
        return wrong("a file is wanted", "the problem");
    if (strcmp(q->format, "vroom") != 0 && strcmp(q->format, "solomon") != 0 &&
        strcmp(q->format, "hhcrsp") != 0)
        return wrong("--format is vroom, solomon or hhcrsp, not", q->format);
    if (strcmp(q->objective, "distance") != 0 && strcmp(q->objective, "vehicles") != 0)
        return wrong("--objective is distance or vehicles, not", q->objective);
    if (strcmp(q->objective, "vehicles") == 0 && strcmp(q->format, "solomon") != 0)
        return wrong("--objective vehicles needs", "--format solomon");
    if (q->roads && strcmp(q->format, "vroom") != 0)
        return wrong("--roads needs", "--format vroom");
    if (q->budget.cpu_s > 0 && q->budget.iterations > 0)
        return wrong("either --seconds or", "--iterations");
    if (q->budget.cpu_s <= 0 && q->budget.iterations == 0)
        q->budget.cpu_s = SECONDS_DEFAULT;
    return 0;
}

/* --- the work --- */

static void streets_close(struct streets *s)
{
    roads_close(&s->roads);
}

static enum err problem_read(struct ctx *c, const struct asked *q, struct tour_problem *p)
{
    struct sv text;
    enum tour_objective objective =
        strcmp(q->objective, "vehicles") == 0 ? TOUR_VEHICLES : TOUR_DISTANCE;
    TRY(plan_file(c, q->file, &text));
    if (strcmp(q->format, "solomon") == 0)
        return solomon_read(c, text, objective, p);
    if (!q->roads)
        return vroom_read(c, text, p);
    AUTO(streets_close) struct streets streets = { 0 };
    TRY(roads_open(c, q->roads, &streets.roads));
    const struct vroom_streets ask = { .arg = &streets, .ways = streets_ways };
    return vroom_read_streets(c, text, &ask, p);
}

static int plan_write(struct ctx *c, const struct asked *q, const struct tour_problem *p,
                      const struct tour_plan *plan)
{
    struct buf out = buf_new(&c->mem, 1 << 16);
    if (strcmp(q->format, "solomon") == 0)
        solomon_write(p, plan, &out);
    else
        vroom_write(c, p, plan, &out);
    if (!out_file(q->out, buf_sv(&out)))
        return 1;
    printf("unassigned=%d vehicles=%d cost=%.*f iterations=%lld cpu_s=%.2f\n", plan->absent_n,
           plan->tours_n, p->cost_scale > 1 ? 1 + (p->cost_scale > 10) : 0,
           (double)plan->cost / (double)p->cost_scale, (long long)plan->iterations, plan->cpu_s);
    return 0;
}

static int ask(struct ctx *c, const struct asked *q)
{
    struct tour_problem p = { 0 };
    struct tour_plan plan = { 0 };
    if (problem_read(c, q, &p) != ERR_NONE)
        return plan_failed(c, "tours");
    tour_search(c, &p, &q->budget, &plan);
    return plan_write(c, q, &p, &plan);
}

/* With visits by two carers. */
static int ask_twins(struct ctx *c, const struct asked *q)
{
    struct twin_problem p = { 0 };
    struct twin_plan plan = { 0 };
    struct sv text;
    if (plan_file(c, q->file, &text) != ERR_NONE || hhcrsp_read(c, text, &p) != ERR_NONE)
        return plan_failed(c, "tours");
    twin_search(c, &p, &q->budget, &plan);
    struct buf out = buf_new(&c->mem, 1 << 16);
    hhcrsp_write(&p, &plan, &out);
    if (!out_file(q->out, buf_sv(&out)))
        return 1;
    printf("unassigned=0 vehicles=%d cost=%.3f iterations=%lld cpu_s=%.2f\n", plan.used,
           (double)plan.cost / 3 / (double)p.scale, (long long)plan.iterations, plan.cpu_s);
    return 0;
}

int plan_tours(int argc, char **argv)
{
    struct asked q = { .format = "vroom", .objective = "distance", .budget.seed = 1 };
    int code = take_words(&q, argc, argv);
    if (code == 0)
        code = check_words(&q);
    if (code || q.help) {
        fputs(code ? "" : usage, stdout);
        return code;
    }
    struct ctx c = { 0 };
    code = strcmp(q.format, "hhcrsp") == 0 ? ask_twins(&c, &q) : ask(&c, &q);
    arena_free(&c.mem);
    return code;
}
