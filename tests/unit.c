/*
 * unit.c - the unit test runner.
 *
 * yike-unit [--only TEXT] [--engine sqlite|postgres|both] [--seed N] [--help]
 */

#include "test.h"
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern const struct test *const __start_yike_tests[];
extern const struct test *const __stop_yike_tests[];

static struct arena mem;
static jmp_buf out;
static unsigned seed;
static struct { int passed, failed, skipped; } count;
static const char *running, *engine;
static const double slow_s = 2; /* a test of more CPU seconds is named */

struct arena *test_mem(void)
{
    return &mem;
}

unsigned test_seed(void)
{
    return seed;
}

int test_rounds(int few, int all)
{
    const char *whole = getenv("YIKE_LONG");
    return whole && *whole ? all : few;
}

void test_fail(const char *file, int line, const char *format, ...)
{
    printf("FAILED %s (%s) %s:%d: ", running, engine, file, line);
    va_list list;
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    printf(" [seed %u]\n", seed);
    longjmp(out, 1);
}

void test_skip(const char *why)
{
    printf("skipped %s: %s\n", running, why);
    longjmp(out, 2);
}

const char *test_data(const char *path)
{
    const char *home = getenv("YIKE_SHARED_DATA");
    struct sv full = sv_fmt(&mem, "%s/%s", home ? home : "../shared/data", path);
    if (access(full.at, R_OK) != 0)
        test_skip("shared data is not on this machine");
    return full.at;
}

static void run_one(const struct test *t, const char *name)
{
    running = t->name;
    engine = name;
    const clock_t began = clock();
    int how = setjmp(out);
    if (how == 0) {
        t->run();
        count.passed++;
    } else if (how == 1) {
        count.failed++;
    } else {
        count.skipped++;
    }
    world_end();
    arena_reset(&mem);
    double took = (double)(clock() - began) / CLOCKS_PER_SEC;
    if (took > slow_s)
        printf("slow %s (%s): %.1f s of CPU\n", t->name, name, took);
    fflush(stdout);
}

static bool wanted(const struct test *t, const char *only)
{
    return !only || strstr(t->name, only) || strstr(t->file, only);
}

/* What the library of fonts keeps until the end of a process. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libpango\nleak:libcairo\n";
}

/* Its own thread, which pango starts, reads what it writes under locks of its own. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "race:libfontconfig\nrace:libpango\n";
}

static const char usage[] =
    "usage: yike-unit [--only TEXT] [--engine sqlite|postgres|both] [--seed N]\n"
    "  --only TEXT    tests whose name or file holds TEXT\n"
    "  --engine E     the databases to run on; postgres needs $YIKE_TEST_PG\n"
    "  --seed N       of what is drawn, as a failure prints it\n";

struct options { const char *only, *engines; };

static bool is_engine(const char *name)
{
    return strcmp(name, "sqlite") == 0 || strcmp(name, "postgres") == 0 ||
           strcmp(name, "both") == 0;
}

/* False: an option that is not one of ours, without its value or with another than it takes. */
static bool options_read(int argc, char **argv, struct options *o)
{
    for (int i = 1; i < argc; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (value && strcmp(argv[i], "--only") == 0)
            o->only = value;
        else if (value && strcmp(argv[i], "--engine") == 0 && is_engine(value))
            o->engines = value;
        else if (value && strcmp(argv[i], "--seed") == 0)
            seed = (unsigned)strtoul(value, NULL, 10);
        else
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct options o = { .engines = "both" };
    seed = (unsigned)time(NULL);
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    if (!options_read(argc, argv, &o)) {
        fputs(usage, stderr);
        return 2;
    }
    const char *only = o.only, *engines = o.engines;
    for (const struct test *const *t = __start_yike_tests; t < __stop_yike_tests; t++) {
        if (!wanted(*t, only))
            continue;
        if (strcmp(engines, "postgres") != 0) {
            world_engine(false);
            run_one(*t, "sqlite");
        }
        if ((*t)->both_engines && strcmp(engines, "sqlite") != 0) {
            world_engine(true);
            run_one(*t, "postgres");
        }
    }
    arena_free(&mem);
    printf("%d passed, %d failed, %d skipped\n", count.passed, count.failed, count.skipped);
    return count.failed != 0;
}
