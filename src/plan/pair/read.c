/* read.c - a table of costs as numbers. */

#include "plan/numerals.h"
#include "plan/pair/pair.h"

enum err pair_read(struct ctx *c, const char *name, struct sv text, struct pairing *ret_pairing)
{
    struct numerals f = numerals_of(c, name, text);
    struct pairing p = { 0 };
    p.rows = (uint32_t)numerals_int(&f, "the number of rows", 1, PAIR_SIDE_MAX);
    p.columns = (uint32_t)numerals_int(&f, "the number of columns", 1, PAIR_SIDE_MAX);
    size_t cells = (size_t)p.rows * p.columns;
    if (cells > PAIR_CELLS_MAX)
        numerals_fault(&f, "the number of columns", "more than 200,000,000 cells");
    else if (cells * 2 > text.len)
        numerals_fault(&f, "the number of columns", "the file is too short for so many cells");
    TRY(f.fault);
    double *cost = NEW(&c->mem, double, cells);
    for (size_t k = 0; k < cells && f.fault == ERR_NONE; k++) {
        bool forbidden = numerals_word(&f, "-");
        p.forbids |= forbidden;
        cost[k] = forbidden ? INFINITY
                            : numerals_real(&f, "the cost", -PAIR_COST_MAX, PAIR_COST_MAX);
    }
    TRY(numerals_end(&f));
    p.cost = cost;
    *ret_pairing = p;
    return ERR_NONE;
}
