/*
 * test.h - unit tests: TEST(the_name_is_the_promise) { CHECK(1 + 1 == 2); }
 *
 * Each test runs alone with a fresh arena; the tests that want a database take one from
 * tests/world.h. A failed CHECK ends its test and is counted; the runner goes on.
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include "base/text.h"

#include <setjmp.h>
#include <stdbool.h>

struct test {
    const char *name, *file;
    void      (*run)(void);
    bool        both_engines;        /* runs once on SQLite and once on PostgreSQL */
};

/* Tests register themselves in a linker section, which only the runner reads. */
#define TEST_ROW(fn, both)                                                               \
    static void fn(void);                                                                \
    static const struct test test_##fn = { #fn, __FILE__, fn, both };                    \
    static const struct test *const test_at_##fn                                         \
        __attribute__((used, retain, section("yike_tests"))) = &test_##fn;                       \
    static void fn(void)

#define TEST(fn) TEST_ROW(fn, false)         /* needs no database */
#define TEST_DB(fn) TEST_ROW(fn, true)       /* runs on both engines */

_Noreturn void test_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void test_skip(const char *why);

#define CHECK(condition)                                                         \
    do {                                                                         \
        if (!(condition))                                                        \
            test_fail(__FILE__, __LINE__, "%s", #condition);                     \
    } while (0)

#define CHECK_INT(got, want)                                                     \
    do {                                                                         \
        long long got_ = (long long)(got), want_ = (long long)(want);            \
        if (got_ != want_)                                                       \
            test_fail(__FILE__, __LINE__, "%s is %lld, not %lld", #got, got_, want_); \
    } while (0)

#define CHECK_TEXT(got, want)                                                    \
    do {                                                                         \
        struct sv got_ = (got), want_ = sv_of(want);                             \
        if (!sv_eq(got_, want_))                                                 \
            test_fail(__FILE__, __LINE__, "%s is \"%.*s\", not \"%.*s\"", #got,  \
                      SV_ARG(got_), SV_ARG(want_));                              \
    } while (0)

struct arena *test_mem(void);                /* the running test's arena */
const char *test_data(const char *path);     /* of the shared data folder; skips when absent */
unsigned test_seed(void);                    /* of this run; printed with a failure */
int test_rounds(int few, int all);           /* all with --long (YIKE_LONG), else a few */

#endif
