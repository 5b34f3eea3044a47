/* world_reuse.h - a test's database on PostgreSQL, for the next test; only for world_place.c. */
#ifndef TESTS_WORLD_REUSE_H
#define TESTS_WORLD_REUSE_H

#include <stdbool.h>

/*
 * Notes what the fresh copy of a template at `url` holds. Call before the test that gets it, once a
 * template.
 */
void reuse_note(const char *template, const char *url);

/*
 * Empties what the ended test wrote at `url`. True: it is as its template again. False: it is not
 * (the test changed tables or rows that the template brings, wrote much, or is still connected),
 * and must go.
 */
bool reuse_clean(const char *template, const char *url);

#endif
