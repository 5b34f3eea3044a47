/* pairs.c - `yike plan pairs`: who goes with whom, from a table. */

#include "app/plan/plan.h"

#include "app/cmd/command.h"
#include "app/planner/out.h"
#include "base/csv.h"
#include "plan/pair/pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char usage[] =
    "usage: yike plan pairs --table FILE.csv [-o OUT.csv]\n"
    "       yike plan pairs --matrix FILE [-o OUT.csv]\n"
    "\n"
    "  --table FILE    CSV with the columns from, to, cost and, if there are wishes, wish: the\n"
    "                  cost is lowered by it. Pairs that have no row are forbidden.\n"
    "  --matrix FILE   rows and columns, then rows x columns costs, - for a forbidden pair\n"
    "  -o FILE         who goes with whom: from, to, cost; empty for who has nobody\n"
    "\n"
    "As many pairs as can be, then the least sum of costs; the bound is the sum of the prices\n"
    "that prove it.\n";

struct asked { struct ctx *c; const char *table, *matrix, *out; bool help; };

/* Names of rows or columns, in the order in which they came; NULL: they are numbers. */
struct names { struct sv *name; uint32_t n; };

/* --- a table as CSV --- */

struct may_go { struct sv from, to; double cost; int64_t line; uint32_t i, j; };

struct head { size_t from, to, cost, wish; };

static bool column_named(const struct csv *t, const char *name, size_t *ret_column)
{
    for (size_t k = 0; k < t->cells_n; k++)
        if (sv_is(sv_trim(t->cells[k]), name)) {
            *ret_column = k;
            return true;
        }
    return false;
}

static enum err bad_cell(struct ctx *c, const char *path, int64_t line, const char *column,
                         const char *why)
{
    return fail(c, ERR_INVALID, "plan.table", "%s: line %lld, column %s: %s", path,
                (long long)line, column, why);
}

static enum err read_head(struct ctx *c, const char *path, struct csv *t, struct head *h)
{
    const struct { const char *name; size_t *column; } wanted[] = {
        { "from", &h->from }, { "to", &h->to }, { "cost", &h->cost },
    };
    *h = (struct head){ .wish = CSV_COLUMNS_MAX };
    bool any = csv_next(t, &c->mem);
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
        if (!any || !column_named(t, wanted[k].name, wanted[k].column))
            return bad_cell(c, path, 1, wanted[k].name, "there is no such column");
    (void)column_named(t, "wish", &h->wish);
    return ERR_NONE;
}

static enum err read_row(struct ctx *c, const char *path, const struct csv *t,
                         const struct head *h, struct may_go *ret_row)
{
    double wish = 0;
    struct sv wished = sv_trim(csv_cell(t, h->wish));
    struct may_go r = { .from = sv_trim(csv_cell(t, h->from)), .to = sv_trim(csv_cell(t, h->to)),
                     .line = t->line };
    if (!r.from.len || !r.to.len)
        return bad_cell(c, path, t->line, r.from.len ? "to" : "from", "it is empty");
    if (!sv_real(sv_trim(csv_cell(t, h->cost)), -PAIR_COST_MAX / 2, PAIR_COST_MAX / 2, &r.cost))
        return bad_cell(c, path, t->line, "cost", "it is no number from -5e8 to 5e8");
    if (wished.len && !sv_real(wished, -PAIR_COST_MAX / 2, PAIR_COST_MAX / 2, &wish))
        return bad_cell(c, path, t->line, "wish", "it is no number from -5e8 to 5e8");
    r.cost -= wish;
    *ret_row = r;
    return ERR_NONE;
}

static int from_order(const void *left, const void *right)
{
    return sv_order((*(struct may_go *const *)left)->from, (*(struct may_go *const *)right)->from);
}

static int to_order(const void *left, const void *right)
{
    return sv_order((*(struct may_go *const *)left)->to, (*(struct may_go *const *)right)->to);
}

/* Numbers for the names of one side, by name. */
static struct names number_side(struct arena *mem, struct may_go **sorted, uint32_t n, bool to)
{
    struct names names = { .name = NEW(mem, struct sv, n) };
    qsort(sorted, n, sizeof *sorted, to ? to_order : from_order);
    for (uint32_t k = 0; k < n; k++) {
        struct sv name = to ? sorted[k]->to : sorted[k]->from;
        if (names.n == 0 || !sv_eq(names.name[names.n - 1], name))
            names.name[names.n++] = name;
        *(to ? &sorted[k]->j : &sorted[k]->i) = names.n - 1;
    }
    return names;
}

static enum err fill_costs(struct ctx *c, const char *path, const struct may_go *row, uint32_t n,
                           struct pairing *p)
{
    size_t cells = (size_t)p->rows * p->columns;
    if (p->rows > PAIR_SIDE_MAX || p->columns > PAIR_SIDE_MAX || cells > PAIR_CELLS_MAX)
        return fail(c, ERR_TOO_LARGE, "plan.table", "%s: %u x %u names, at most %d on a side and "
                    "%zu pairs", path, p->rows, p->columns, PAIR_SIDE_MAX, PAIR_CELLS_MAX);
    double *cost = NEW(&c->mem, double, cells);
    for (size_t k = 0; k < cells; k++)
        cost[k] = INFINITY;
    for (uint32_t k = 0; k < n; k++) {
        double *cell = &cost[(size_t)row[k].i * p->columns + row[k].j];
        if (*cell < INFINITY)
            return bad_cell(c, path, row[k].line, "to", "this pair has a row already");
        *cell = row[k].cost;
    }
    p->cost = cost;
    p->forbids = n < cells;
    return ERR_NONE;
}

static enum err read_table(struct ctx *c, const char *path, struct sv text, struct pairing *p,
                           struct names side[2])
{
    struct csv t = csv_new(text);
    struct head h;
    struct may_go *row = NULL;
    size_t room = 0;
    uint32_t n = 0;
    TRY(read_head(c, path, &t, &h));
    while (csv_next(&t, &c->mem)) {
        row = GROW(&c->mem, row, n, &room);
        TRY(read_row(c, path, &t, &h, &row[n++]));
    }
    if (t.fault || n == 0)
        return fail(c, ERR_INVALID, "plan.table", "%s: line %lld: %s", path, (long long)t.line,
                    t.fault ? "it is no CSV in UTF-8" : "there is no pair");
    struct may_go **sorted = NEW(&c->mem, struct may_go *, n);
    for (uint32_t k = 0; k < n; k++)
        sorted[k] = &row[k];
    side[0] = number_side(&c->mem, sorted, n, false);
    side[1] = number_side(&c->mem, sorted, n, true);
    p->rows = side[0].n;
    p->columns = side[1].n;
    return fill_costs(c, path, row, n, p);
}

/* --- the answer --- */

static void put_name(struct out *o, const char *column, const struct names *names, uint32_t k)
{
    if (names->name)
        out_text(o, column, names->name[k]);
    else
        out_int(o, column, k + 1);
}

static bool write_pairs(const char *path, const struct pairing *p, const struct pair_answer *a,
                        const struct names side[2])
{
    struct out o;
    bool good = out_begin(&o, path);
    for (uint32_t i = 0; good && i < p->rows; i++) {
        uint32_t j = a->column[i];
        out_row(&o, (struct point){ 0 });
        put_name(&o, "from", &side[0], i);
        if (j == NO_PAIR) {
            out_none(&o, "to");
            out_none(&o, "cost");
        } else {
            put_name(&o, "to", &side[1], j);
            out_text(&o, "cost", sv_fmt(&o.mem, "%.15g", p->cost[(size_t)i * p->columns + j]));
        }
        out_row_end(&o);
    }
    return out_end(&o, good);
}

static int answer(const struct asked *q, double start)
{
    struct pairing p = { 0 };
    struct names side[2] = { { 0 } };
    struct pair_answer a;
    struct sv text;
    enum err e = plan_file(q->c, q->table ? q->table : q->matrix, &text);
    if (e == ERR_NONE)
        e = q->table ? read_table(q->c, q->table, text, &p, side)
                     : pair_read(q->c, q->matrix, text, &p);
    if (e != ERR_NONE)
        return plan_failed(q->c, "pairs");
    double read_s = (double)clock() / CLOCKS_PER_SEC - start;
    pair_solve(&q->c->mem, &p, &a);
    if (q->out && !write_pairs(q->out, &p, &a, side))
        return EXIT_FAILED;
    double gap = fabs(a.cost - a.bound) <= 1e-9 * (1 + fabs(a.cost) + a.forbidden * p.forbids)
                     ? 0 : fabs(a.cost - a.bound) / fmax(fabs(a.cost), 1e-9) * 100;
    printf("pairs=%u rows=%u columns=%u read_s=%.3f objective=%.15g bound=%.15g "
           "gap_percent=%.4f cpu_s=%.4f\n", a.pairs, p.rows, p.columns, read_s, a.cost, a.bound,
           gap, a.cpu_s);
    return EXIT_DONE;
}

static bool read_options(struct asked *q, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char **text = strcmp(argv[i], "--table") == 0 ? &q->table
                            : strcmp(argv[i], "--matrix") == 0 ? &q->matrix
                            : strcmp(argv[i], "-o") == 0 ? &q->out : NULL;
        if (strcmp(argv[i], "--help") == 0)
            q->help = true;
        else if (text && i + 1 < argc)
            *text = argv[++i];
        else
            return false;
    }
    return q->help || !q->table != !q->matrix;
}

int plan_pairs(int argc, char **argv)
{
    struct ctx c = { 0 };
    struct asked q = { .c = &c };
    double start = (double)clock() / CLOCKS_PER_SEC;
    int code = EXIT_DONE;
    if (!read_options(&q, argc, argv)) {
        fprintf(stderr, "%syike plan pairs: one of --table, --matrix; other options are not "
                "known\n", usage);
        code = EXIT_USAGE;
    } else if (q.help) {
        fputs(usage, stdout);
    } else {
        code = answer(&q, start);
    }
    arena_free(&c.mem);
    return code;
}
