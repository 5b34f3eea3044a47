/*
 * pair.c - assignment by Jonker and Volgenant (1987).
 *
 * Columns have prices v. First each row in turn takes the column that is cheapest with its price,
 * and lowers that price by as much as the row would lose by its second best; whom it drives out
 * goes on. Rows that are left then look for the shortest way to a free column through reduced costs
 * (Dijkstra over columns, all of the least distance at once), and prices move by the distances.
 * Columns that have no row keep price 0, so that fewer rows than columns need nothing more.
 */

#include "plan/pair/pair.h"

#include "plan/pair/lanes.h"

#include <string.h>
#include <time.h>

struct table {
    uint32_t  rows, columns;         /* rows <= columns */
    const double *cost;
    double    *v;                    /* prices of columns */
    uint32_t  *row_of, *column_of;
    uint32_t  *free, frees;
    /* of the shortest way */
    double    *price;                /* v, -INFINITY for columns that are done */
    double    *key, *dist;
    int64_t   *from;
    uint32_t  *done, *empty, empties;        /* empty: columns without a row */
};

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static const double *row_at(const struct table *t, uint32_t row)
{
    return t->cost + (size_t)row * t->columns;
}

/* --- rows take their best and lower its price --- */

/* One round over the rows that are free; who stays free is kept. At most so many move at once. */
static void bid(struct table *t, uint32_t moves_most)
{
    uint32_t next = 0, n = t->frees, left = 0, moves = 0;
    while (next < n) {
        uint32_t i = t->free[next++];
        struct least_two two = lanes_least_two(row_at(t, i), t->v, t->columns);
        uint32_t j = two.at_first;
        bool lowers = two.second < INFINITY
                      && two.second - two.first > 1e-12 * (1 + fabs(two.first));
        if (lowers)
            t->v[j] -= two.second - two.first;
        else if (t->row_of[j] != NO_PAIR && two.at_second < t->columns)
            j = two.at_second;
        uint32_t was = t->row_of[j];
        t->row_of[j] = i;
        t->column_of[i] = j;
        if (was == NO_PAIR)
            continue;
        t->column_of[was] = NO_PAIR;
        if (lowers && moves++ < moves_most)
            t->free[--next] = was;
        else
            t->free[left++] = was;
    }
    t->frees = left;
}

/* --- the shortest way to a free column --- */

static uint32_t empty_at(struct table *t, double least)
{
    for (uint32_t k = 0; k < t->empties; k++)
        if (t->key[t->empty[k]] <= least)
            return k;
    return NO_PAIR;
}

/* Gives the place in t->empty of the column that it ends at. */
static uint32_t find_way(struct table *t, uint32_t row, uint32_t *ret_done, double *ret_least)
{
    double base = 0;
    memcpy(t->price, t->v, t->columns * sizeof *t->price);
    for (uint32_t j = 0; j < t->columns; j++)
        t->key[j] = INFINITY;
    for (uint32_t i = row, done = 0;;) {
        struct relaxing r = { row_at(t, i), t->price, base, t->key, t->from, i };
        double least = lanes_relax(&r, t->columns);
        uint32_t at = empty_at(t, least);
        if (at != NO_PAIR) {
            *ret_done = done;
            *ret_least = least;
            return at;
        }
        uint32_t j = lanes_first(t->key, t->columns, least);
        t->dist[j] = least;
        t->key[j] = INFINITY;
        t->price[j] = -INFINITY;
        t->done[done++] = j;
        i = t->row_of[j];
        base = least - (row_at(t, i)[j] - t->v[j]);
    }
}

static void place_row(struct table *t, uint32_t row)
{
    uint32_t done = 0;
    double least = 0;
    uint32_t at = find_way(t, row, &done, &least), j = t->empty[at];
    t->empty[at] = t->empty[--t->empties];
    for (uint32_t k = 0; k < done; k++)
        t->v[t->done[k]] += t->dist[t->done[k]] - least;
    for (uint32_t i = NO_PAIR; i != row;) {
        i = (uint32_t)t->from[j];
        uint32_t was = t->column_of[i];
        t->row_of[j] = i;
        t->column_of[i] = j;
        j = was;
    }
}

static void solve_table(struct table *t)
{
    enum { ROUNDS = 2 };
    for (uint32_t i = 0; i < t->rows; i++)
        t->free[t->frees++] = i;
    for (int round = 0; round < ROUNDS && t->frees; round++)
        bid(t, t->rows * 4);
    for (uint32_t j = 0; j < t->columns; j++)
        if (t->row_of[j] == NO_PAIR)
            t->empty[t->empties++] = j;
    for (uint32_t k = 0; k < t->frees; k++)
        place_row(t, t->free[k]);
}

/* --- what is asked as such a table --- */

/* Dearer than any number of allowed pairs. */
static double forbidden_cost(const struct pairing *p)
{
    size_t cells = p->forbids ? (size_t)p->rows * p->columns : 0;
    double low = 0, high = 0;
    for (size_t k = 0; k < cells; k++) {
        double cost = p->cost[k];
        low = cost < low ? cost : low;
        high = cost > high && cost < INFINITY ? cost : high;
    }
    uint32_t most = p->rows < p->columns ? p->rows : p->columns;
    return high + (high - low + 1) * ((double)most + 1);
}

/* Rows are the fewer side; forbidden pairs have a cost. */
static const double *make_costs(struct arena *mem, const struct pairing *p, bool turned,
                                double forbidden)
{
    double *cost = arena_room(mem, (size_t)p->rows * p->columns * sizeof *cost + 1,
                              alignof(double));
    for (uint32_t i = 0; i < p->rows; i++)
        for (uint32_t j = 0; j < p->columns; j++) {
            double one = p->cost[(size_t)i * p->columns + j];
            cost[turned ? (size_t)j * p->rows + i : (size_t)i * p->columns + j] =
                one == INFINITY ? forbidden : one;
        }
    return cost;
}

static struct table table_new(struct arena *mem, const struct pairing *p, double forbidden)
{
    bool turned = p->rows > p->columns;
    struct table t = { .rows = turned ? p->columns : p->rows,
                       .columns = turned ? p->rows : p->columns, .cost = p->cost };
    if (turned || p->forbids)
        t.cost = make_costs(mem, p, turned, forbidden);
    t.v = NEW(mem, double, t.columns);
    t.row_of = NEW(mem, uint32_t, t.columns);
    t.column_of = NEW(mem, uint32_t, t.rows);
    t.free = NEW(mem, uint32_t, t.rows);
    t.price = NEW(mem, double, t.columns);
    t.key = NEW(mem, double, t.columns);
    t.dist = NEW(mem, double, t.columns);
    t.from = NEW(mem, int64_t, t.columns);
    t.done = NEW(mem, uint32_t, t.columns);
    t.empty = NEW(mem, uint32_t, t.columns);
    memset(t.row_of, 0xFF, t.columns * sizeof *t.row_of);
    memset(t.column_of, 0xFF, t.rows * sizeof *t.column_of);
    return t;
}

/* Prices of rows follow from those of columns: what is left of their own pair's cost. */
static void tell(struct arena *mem, const struct table *t, const struct pairing *p,
                 struct pair_answer *a)
{
    bool turned = p->rows > p->columns;
    double *u = NEW(mem, double, t->rows);
    a->column = NEW(mem, uint32_t, p->rows);
    memset(a->column, 0xFF, p->rows * sizeof *a->column);
    for (uint32_t i = 0; i < t->rows; i++) {
        uint32_t j = t->column_of[i], row = turned ? j : i, column = turned ? i : j;
        double cost = p->cost[(size_t)row * p->columns + column];
        u[i] = row_at(t, i)[j] - t->v[j];
        a->bound += u[i];
        if (cost == INFINITY) {
            a->bound -= a->forbidden;
            continue;
        }
        a->column[row] = column;
        a->cost += cost;
        a->pairs++;
    }
    for (uint32_t j = 0; j < t->columns; j++)
        a->bound += t->v[j];
    a->row_price = turned ? t->v : u;
    a->column_price = turned ? u : t->v;
}

void pair_solve(struct arena *mem, const struct pairing *p, struct pair_answer *ret_answer)
{
    double start = cpu_seconds();
    *ret_answer = (struct pair_answer){ .forbidden = forbidden_cost(p) };
    struct table t = table_new(mem, p, ret_answer->forbidden);
    if (t.rows > 0)
        solve_table(&t);
    tell(mem, &t, p, ret_answer);
    ret_answer->cpu_s = cpu_seconds() - start;
}
