/*
 * pair.h - who goes with whom: rows are given columns, at most one each, as cheaply as can be.
 *
 * As many pairs as are allowed come first, then the least sum of costs. A cost is any number (a
 * wish lowers it); INFINITY forbids the pair. The answer proves itself: with its prices
 *
 *   row_price[i] + column_price[j] <= cost[i][j],   equal for every pair,
 *   no price above 0 on a column without a row (or, with more rows than columns, the other way),
 *
 * so no other pairs are cheaper. (A forbidden pair counts as `forbidden` in this.) README.md tells
 * how.
 */
#ifndef PLAN_PAIR_H
#define PLAN_PAIR_H

#include "base/ctx.h"

#include <math.h>

enum { PAIR_SIDE_MAX = 20000 };
#define PAIR_CELLS_MAX ((size_t)200000000)
#define PAIR_COST_MAX 1e9                /* of one pair, both ways */
#define NO_PAIR UINT32_MAX

struct pairing {
    uint32_t      rows, columns;
    bool          forbids;               /* some cost is INFINITY */
    const double *cost;                  /* row * columns + column */
};

struct pair_answer {
    uint32_t *column;                    /* of each row; NO_PAIR */
    uint32_t  pairs;                     /* how many rows have one */
    double    cost;                      /* of the pairs */
    double   *row_price, *column_price;
    double    forbidden;                 /* what a forbidden pair is counted as, if there is one */
    double    bound;                     /* sum of prices, less what is counted for no pair */
    double    cpu_s;                     /* of this thread */
};

/* The answer's arrays in `mem`. */
void pair_solve(struct arena *mem, const struct pairing *p, struct pair_answer *ret_answer);

/*
 * `rows columns`, then rows * columns costs, `-` for a forbidden pair. What is wrong fails
 * ERR_INVALID and names file, line and field in the log line. In c->mem.
 */
MUST enum err pair_read(struct ctx *c, const char *name, struct sv text,
                        struct pairing *ret_pairing);

#endif
