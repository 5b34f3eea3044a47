/*
 * made_test.h - made-up streets for the tests of this folder.
 */
#ifndef ROADS_MADE_TEST_H
#define ROADS_MADE_TEST_H

#include "roads/import/builder.h"
#include "test.h"

struct ctx *made_ctx(void);                      /* fresh: memory reset, no fault */
const char *made_path(void);                     /* of this process's road file */

/* A point so many metres east and north of the middle of the made-up city. */
struct point made_point(double x_m, double y_m);

/* Writes the builder's streets and opens them; frees the builder. Closed by made_end. */
struct roads made_open(struct road_builder *b);
struct roads made_import(const char *file);      /* the same from a file of the shared data */
void made_end(struct roads *r);

struct roads made_street(void);                  /* 1.5 km of footway along the x axis, from 0 */

/* A random net of about `size` nodes with stairs, private land, one-way streets and barriers. */
struct roads made_random(unsigned seed, int size);

/* The same sequence everywhere: 0 .. below - 1. */
uint32_t made_number(unsigned *seed, uint32_t below);

/* A random point within 50 m or so of a junction; and "p7,LAT,LON" of a table, for point 7. */
struct point made_beside(const struct roads *r, unsigned *seed);
void made_row(struct buf *b, const char *prefix, int i, struct point at);

/* The anchor of a random point near the net. */
struct anchor made_anchor(const struct roads *r, enum profile profile, unsigned *seed);

/* A file was refused, and the log says why; the cause {1} is in the caller's language. */
void made_refused(const struct ctx *c, enum err err, const char *why);

#endif
