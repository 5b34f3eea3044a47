/*
 * shown.h - one field of a row as text, masked as in answers: for files that leave the house.
 */
#ifndef MODEL_SHOWN_H
#define MODEL_SHOWN_H

#include "model/entity.h"

/* Sealed values go out masked; secret and hidden ones, and lists, not at all. */
bool shown_goes_out(const struct field *f);

/* For machines: keys of choices, ids of links, RFC 3339. "" when absent. */
struct sv shown_key(struct arena *mem, const struct field *f, const void *row);

/* Titles of the links of n rows, each looked up once; for shown_words(). */
struct titles;
struct titles *shown_titles(struct ctx *c, const struct entity *e, const void *rows, size_t n);

/* For people: labels of choices, titles of links, 2026-11-21 14:30, yuan. "" when absent. */
struct sv shown_words(struct ctx *c, const struct titles *t, const struct field *f,
                      const void *row);

/* A quantity that a spreadsheet may add up (money in yuan); false: it is text. */
bool shown_number(const struct field *f, const void *row, double *ret_n);

#endif
