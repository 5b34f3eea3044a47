/* solomon.c - Solomon's and Homberger's text: a depot, alike vehicles, customers with windows. */

#include "plan/tour/form/form.h"

#include <math.h>

enum { NUMBERS = 7, EXACT_SCALE = 100000 };

enum column { NUMBER, EAST, NORTH, DEMAND, READY, DUE, SERVICE };

struct reader {
    struct ctx *c;
    struct sv   rest, line;
    int64_t     number;                  /* of the line, from 1 */
};

struct row { double at[NUMBERS]; };

static enum err wrong(struct reader *r, const char *what)
{
    return fail(r->c, ERR_INVALID, "plan.invalid", "line %lld: %s", (long long)r->number, what);
}

/* The next line that says something. */
static bool next_line(struct reader *r)
{
    while (sv_cut(&r->rest, '\n', &r->line)) {
        r->number++;
        r->line = sv_trim(r->line);
        if (r->line.len)
            return true;
    }
    return false;
}

/* Cuts numbers parted by blanks; how many there are, -1 when something else stands there. */
static int numbers_of(struct sv line, double *at, int most)
{
    int n = 0;
    while (line.len) {
        size_t len = 0;
        while (len < line.len && line.at[len] != ' ' && line.at[len] != '\t')
            len++;
        if (n == most || !sv_real(sv_head(line, len), -1e9, 1e9, &at[n]))
            return -1;
        n++;
        line = sv_trim(sv_from(line, len));
    }
    return n;
}

static enum err head_read(struct reader *r, struct sv *ret_name, double *ret_fleet)
{
    bool numbered = false;
    if (!next_line(r))
        return wrong(r, "a name must stand first");
    *ret_name = sv_copy(&r->c->mem, r->line);
    while (!numbered && next_line(r))
        numbered = numbers_of(r->line, ret_fleet, 2) == 2;
    if (!numbered)
        return wrong(r, "NUMBER and CAPACITY of the vehicles are missing");
    if (ret_fleet[0] < 1 || ret_fleet[0] != floor(ret_fleet[0]))
        return wrong(r, "NUMBER must be a whole number from 1");
    if (ret_fleet[1] < 0 || ret_fleet[1] != floor(ret_fleet[1]))
        return wrong(r, "CAPACITY must be a whole number from 0");
    return ERR_NONE;
}

static enum err row_check(struct reader *r, const struct row *row, int n)
{
    if (row->at[NUMBER] != n)
        return wrong(r, "customers must be numbered 0, 1, 2 ...");
    if (row->at[DEMAND] < 0 || row->at[DEMAND] != floor(row->at[DEMAND]))
        return wrong(r, "DEMAND must be a whole number from 0");
    if (row->at[READY] < 0 || row->at[DUE] < row->at[READY])
        return wrong(r, "DUE DATE lies before READY TIME, or READY TIME below 0");
    if (row->at[SERVICE] < 0)
        return wrong(r, "SERVICE must be from 0");
    if (fabs(row->at[EAST]) > 10000 || fabs(row->at[NORTH]) > 10000 || row->at[DUE] > 1000000)
        return wrong(r, "coordinates must lie within 10,000, times within 1,000,000");
    return ERR_NONE;
}

static enum err rows_read(struct reader *r, struct row **ret_rows, int *ret_n)
{
    size_t room = 0;
    int n = 0;
    struct row one, *rows = NULL;
    while (next_line(r)) {
        int found = numbers_of(r->line, one.at, NUMBERS);
        if (found < 0 && n == 0)
            continue;                            /* the table's head */
        if (found != NUMBERS)
            return wrong(r, "seven numbers are wanted: number, x, y, demand, ready, due, service");
        TRY(row_check(r, &one, n));
        if (n > TOUR_VISITS_MAX || n >= TOUR_PLACES_MAX)
            return wrong(r, "more customers than fit one plan (3,999)");
        rows = GROW(&r->c->mem, rows, (size_t)n, &room);
        rows[n++] = one;
    }
    if (n < 2)
        return wrong(r, "a depot and a customer are wanted");
    *ret_rows = rows;
    *ret_n = n;
    return ERR_NONE;
}

/* Tenths, cut; or as fine as numbers of 32 bits allow, times never too short. */
static void ways_make(const struct row *rows, int n, bool exact, double scale,
                      struct tour_travel *t)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double x = rows[i].at[EAST] - rows[j].at[EAST];
            double y = rows[i].at[NORTH] - rows[j].at[NORTH];
            double way = scale * sqrt(x * x + y * y);
            t->time[i * (n + 1) + j] = (int32_t)(exact ? ceil(way) : floor(way));
            t->cost[i * (n + 1) + j] = (int32_t)(exact ? floor(way + 0.5) : floor(way));
        }
}

static double scale_of(const struct row *rows, int n, bool exact)
{
    double scale = exact ? EXACT_SCALE : 10, most = 1;
    for (int i = 0; i < n; i++) {
        double far = 2 * (fabs(rows[i].at[EAST]) + fabs(rows[i].at[NORTH])) * 10;
        most = fmax(most, fmax(far, fmax(rows[i].at[DUE], rows[i].at[SERVICE])));
    }
    while (scale > 10 && most * scale > 5e8)
        scale /= 10;
    return scale;
}

static struct tour_windows window_of(struct arena *mem, const struct row *row, double scale)
{
    struct tour_window *w = NEW(mem, struct tour_window, 1);
    *w = (struct tour_window){ (int32_t)ceil(row->at[READY] * scale),
                               (int32_t)floor(row->at[DUE] * scale) };
    return (struct tour_windows){ w, 1 };
}

static void problem_make(struct arena *mem, const struct row *rows, int n, const double *fleet,
                         struct tour_problem *p)
{
    double scale = scale_of(rows, n, p->fewest);
    int carers = fleet[0] < n - 1 ? (int)fleet[0] : n - 1;
    p->cost_scale = p->time_scale = (int64_t)scale;
    p->places_n = n;
    p->visits_n = n - 1;
    p->carers_n = carers < TOUR_CARERS_MAX ? carers : TOUR_CARERS_MAX;
    p->travels_n = p->amounts_n = 1;
    p->travels = NEW(mem, struct tour_travel, 1);
    p->travels[0] = tour_travel_new(mem, n, false);
    if (p->fewest)
        p->travels[0].cost = NEW(mem, int32_t, (n + 1) * (n + 1));
    ways_make(rows, n, p->fewest, scale, &p->travels[0]);
    p->visits = NEW(mem, struct tour_visit, n - 1);
    for (int i = 1; i < n; i++)
        p->visits[i - 1] = (struct tour_visit){
            .id = i, .place = i, .service = (int32_t)ceil(rows[i].at[SERVICE] * scale),
            .windows = window_of(mem, &rows[i], scale), .delivery = { (int64_t)rows[i].at[DEMAND] },
        };
    p->carers = NEW(mem, struct tour_carer, p->carers_n);
    for (int k = 0; k < p->carers_n; k++)
        p->carers[k] = (struct tour_carer){
            .id = k + 1, .shift = *window_of(mem, &rows[0], scale).at,
            .capacity = { (int64_t)fleet[1] }, .tasks_max = INT32_MAX,
            .travel_max = INT64_MAX, .distance_max = INT64_MAX,
        };
}

enum err solomon_read(struct ctx *c, struct sv text, enum tour_objective objective,
                      struct tour_problem *ret_problem)
{
    struct reader r = { .c = c, .rest = text };
    struct row *rows;
    double fleet[2];
    int n;
    struct tour_problem p = { .fewest = objective == TOUR_VEHICLES };
    TRY(head_read(&r, &p.name, fleet));
    TRY(rows_read(&r, &rows, &n));
    problem_make(&c->mem, rows, n, fleet, &p);
    TRY(tour_check(c, &p));
    *ret_problem = p;
    return ERR_NONE;
}

void solomon_write(const struct tour_problem *p, const struct tour_plan *plan, struct buf *out)
{
    for (int t = 0; t < plan->tours_n; t++) {
        buf_fmt(out, "Route #%d:", t + 1);
        for (int i = 0; i < plan->tours[t].steps_n; i++)
            if (plan->tours[t].steps[i].kind == TOUR_VISIT) {
                buf_byte(out, ' ');
                buf_int(out, p->visits[plan->tours[t].steps[i].index].id);
            }
        buf_byte(out, '\n');
    }
    int digits = 0;
    for (int64_t scale = p->cost_scale; scale > 1; scale /= 10)
        digits++;
    buf_text(out, "Cost ");
    buf_fixed(out, plan->cost, digits);
    buf_byte(out, '\n');
}
