/*
 * numerals.h - numbers of a text, parted by white space, one after another.
 *
 * Sticky: after the first fault only the lowest allowed value comes; numerals_end() tells. The
 * fault names file, line, field and what should stand there: "pmed1.txt: line 2, field 3: the
 * cost: it must be a number from 0 to 1e+12, not `-4`".
 */
#ifndef PLAN_NUMERALS_H
#define PLAN_NUMERALS_H

#include "base/ctx.h"

struct numerals {
    struct ctx *c;
    const char *name;                /* of the file, for faults */
    struct sv   rest;
    int64_t     line, field;         /* of the number read last, from 1 */
    enum err    fault;
};

struct numerals numerals_of(struct ctx *c, const char *name, struct sv text);

double  numerals_real(struct numerals *f, const char *what, double low, double high);
int64_t numerals_int(struct numerals *f, const char *what, int64_t low, int64_t high);

/* Takes the next word if it is this one. */
bool numerals_word(struct numerals *f, const char *word);

/* A fault at the number read last, unless there was one before. ERR_INVALID. */
void numerals_fault(struct numerals *f, const char *what, const char *why);

/* The first fault, or that something stands behind the end, or ERR_NONE. */
MUST enum err numerals_end(struct numerals *f);

#endif
