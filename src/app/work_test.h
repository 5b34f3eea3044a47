/* work_test.h - a house of all modules with a few real rows, for the tests of commands. */
#ifndef APP_WORK_TEST_H
#define APP_WORK_TEST_H

#include "app/import/import.h"
#include "app/work.h"
#include "house.h"

/* A start over the test's own house and database; start_test_end() gives its memory back. */
struct start *start_test(void);
void start_test_end(struct start *s);

/* Imports a text and tells the counts; fails the test when it is refused. */
struct import import_test(struct start *s, enum err (*take)(struct import *im, struct sv text),
                          const char *text);

/* A province, a city and two communities with boundaries 0.02 degrees wide at 30.5, 114.5 and
 * 114.6. */
extern const char test_divisions[];
extern const char test_places[];

#endif
