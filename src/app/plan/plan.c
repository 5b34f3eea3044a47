/* plan.c - `yike plan`: which optimiser is asked. */

#include "app/plan/plan.h"

#include "app/cmd/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PLAN_BYTES_MAX ((size_t)1 << 30)

static const struct planned { const char *name, *about; int (*run)(int argc, char **argv); }
planned[] = {
    { "sites", "where to build: p-median, covering, location with capacities", plan_sites },
    { "pairs", "who goes with whom: assignment with forbidden pairs", plan_pairs },
    { "tours", "carers' days: who goes to whom, in which order, when", plan_tours },
    { NULL, NULL, NULL },
};

static void print_usage(FILE *out)
{
    fprintf(out, "usage: yike plan WHAT …\n\n");
    for (const struct planned *k = planned; k->name; k++)
        fprintf(out, "  yike plan %-8s %s\n", k->name, k->about);
    fprintf(out, "\nyike plan WHAT --help tells more; docs/PLAN.md is the manual.\n");
}

int plan_command(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    for (const struct planned *k = planned; k->name; k++)
        if (strcmp(k->name, what) == 0)
            return k->run(argc - 1, argv + 1);
    bool help = strcmp(what, "--help") == 0;
    if (!help && argc > 1)
        fprintf(stderr, "yike plan: there is nothing called %s to plan\n", what);
    print_usage(help ? stdout : stderr);
    return help ? EXIT_DONE : EXIT_USAGE;
}

int plan_failed(const struct ctx *c, const char *what)
{
    fprintf(stderr, "yike plan %s: %.*s\n", what, SV_ARG(c->fault.log));
    return EXIT_FAILED;
}

enum err plan_file(struct ctx *c, const char *path, struct sv *ret_text)
{
    struct stat found;
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(c, ERR_MISSING, "plan.file", "%s: cannot be opened: %s", path,
                    strerror(errno));
    bool good = fstat(fileno(in), &found) == 0 && S_ISREG(found.st_mode);
    size_t size = good ? (size_t)found.st_size : 0;
    enum err e = ERR_NONE;
    if (size > PLAN_BYTES_MAX)
        e = fail(c, ERR_TOO_LARGE, "plan.file", "%s: %zu bytes, at most %zu", path, size,
                 PLAN_BYTES_MAX);
    char *bytes = e == ERR_NONE ? NEW(&c->mem, char, size) : NULL;
    if (e == ERR_NONE && (!good || fread(bytes, 1, size, in) != size))
        e = fail(c, ERR_BROKEN, "plan.file", "%s: cannot be read whole, or is no file", path);
    fclose(in);
    if (e == ERR_NONE)
        *ret_text = (struct sv){ bytes, size };
    return e;
}
