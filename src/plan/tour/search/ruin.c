/* ruin.c - which visits are taken out: strings of adjacent routes. README.md names the paper. */

#include "plan/tour/search/ruin.h"
#include "plan/tour/search/tie.h"

#include <assert.h>

enum { REMOVED_MEAN = 10, STRING_MAX = 10, NEAR_MAX = 400, BREAK_TRIES = 4,
       WHOLE_DAY = 64 };                 /* one turn in so many empties a route */

/* --- neighbours --- */

/* The nearest of one visit, there and back, sorted in as they are seen. */
static void near_one(const struct state *s, int32_t i, int most, int32_t *at, int64_t *far)
{
    const int32_t *cost = s->ways[0].cost;
    int32_t from = s->p->visits[i].place;
    int kept = 0;
    for (int j = 0; j < s->p->visits_n; j++) {
        int32_t to = s->p->visits[j].place;
        int64_t way = (int64_t)cost[from * s->width + to] + cost[to * s->width + from];
        way = j == i ? -1 : way;
        if (kept == most && way >= far[most - 1])
            continue;
        int k = kept < most ? kept++ : most - 1;
        for (; k > 0 && far[k - 1] > way; k--) {
            far[k] = far[k - 1];
            at[k] = at[k - 1];
        }
        far[k] = way;
        at[k] = j;
    }
}

struct near near_make(struct state *s)
{
    int n = s->p->visits_n, most = n < NEAR_MAX ? n : NEAR_MAX;
    int32_t *at = NEW(s->mem, int32_t, (size_t)n * (size_t)most);
    int64_t *far = NEW(s->mem, int64_t, most);
    for (int i = 0; i < n; i++)
        near_one(s, i, most, at + (size_t)i * (size_t)most, far);
    return (struct near){ .at = at, .n = most };
}

/* --- strings --- */

/* Marks `length` stops around stop `at`; with `spare` of the ones inside left standing. */
static int mark(struct state *s, int r, int at, int length, int spare, int32_t *out)
{
    struct route *t = &s->routes[r];
    int whole = length + spare, last = t->n - 1 - whole, n = 0;
    int low = at - whole + 1 < 1 ? 1 : at - whole + 1, high = at < last ? at : last;
    int first = low + state_below(s, high - low + 1);
    int kept = spare ? first + 1 + state_below(s, length) : 0;
    for (int i = first; i < first + whole; i++) {
        int32_t v = t->stops[i].visit;
        if (v < 0 || s->route_of[v] == TOUR_NONE || (spare && i >= kept && i < kept + spare))
            continue;
        if (s->ties) {
            n += ties_free(s, v, out + n);
            continue;
        }
        visit_free(s, v);
        out[n++] = leader_of(s, v);
    }
    return n;
}

static int spared(struct state *s, int length, int stops)
{
    int spare = 1;
    if (length < 2 || length >= stops || state_below(s, 2))
        return 0;
    while (length + spare < stops && state_below(s, 100) == 0)
        spare++;
    return spare;
}

/* Her breaks elsewhere between the same visits, when chance finds places where they fit. */
static void move_breaks(struct state *s, int r)
{
    struct route *t = &s->routes[r];
    int breaks = s->p->carers[r].breaks_n, n = 0;
    int32_t old[t->n], codes[t->n];
    for (int i = 0; i < t->n; i++)
        old[i] = t->stops[i].visit;
    for (int try = 0; try < BREAK_TRIES; try++) {
        n = 0;
        for (int i = 0; i < t->n; i++)
            if (old[i] > STOP_BREAK)
                codes[n++] = old[i];
        int low = 1;
        for (int b = 0; b < breaks; b++, n++) {
            int at = low + state_below(s, n - low);
            for (int i = n; i > at; i--)
                codes[i] = codes[i - 1];
            codes[at] = STOP_BREAK - b;
            low = at + 1;
        }
        if (route_set(s, r, codes, n))
            return;
    }
    bool back = route_set(s, r, old, t->n);
    assert(back);
}

/* How long a string: as short as most routes are, but for a turn that takes a whole route. */
static int length_drawn(struct state *s, int stops, double longest)
{
    double most = stops < longest ? stops : longest;
    int length = (int)(1 + state_share(s) * most);
    return length < stops ? length : stops;
}

static int take_string(struct state *s, int r, int v, double longest, int32_t *out)
{
    struct route *t = &s->routes[r];
    int stops = t->n - 2, at = 1;
    while (t->stops[at].visit != v)
        at++;
    int length = longest > 0 ? length_drawn(s, stops, longest) : stops;
    route_keep(s, r);
    int n = mark(s, r, at, length, spared(s, length, stops), out);
    if (s->ties)
        return n;                                /* all routes at once, when all are free */
    if (!route_shrink(s, r)) {                   /* ways that are longer without a stop between */
        route_restore(s, r);
        return 0;
    }
    if (s->p->carers[r].breaks_n && state_below(s, 2))
        move_breaks(s, r);
    return n;
}

int ruin(struct state *s, struct near near, int32_t *out)
{
    int planned = s->p->visits_n - s->absent_n, n = 0, strings = 0;
    if (planned == 0)
        return 0;
    double mean = (double)planned / (s->used ? s->used : 1);
    double longest = mean < STRING_MAX ? mean : STRING_MAX;
    int wanted = (int)(1 + state_share(s) * (4.0 * REMOVED_MEAN / (1 + longest) - 1));
    int seed = state_below(s, s->p->visits_n);
    if (s->absent_n && state_below(s, 2))
        seed = s->absent[state_below(s, s->absent_n)];       /* make room where it is wanted */
    bool whole = state_below(s, WHOLE_DAY) == 0;
    for (int i = 0; i < near.n && strings < wanted; i++) {
        int v = near.at[seed * near.n + i], r = s->route_of[v];
        if (r == TOUR_NONE || s->routes[r].touched)
            continue;
        n += take_string(s, r, v, whole && strings == 0 ? 0 : longest, out + n);
        strings++;
    }
    int r;
    if (!s->ties)
        return n;
    n += ties_loosen(s, out + n);
    if (ties_shrink(s, &r))
        return n;
    state_undo(s);
    return 0;
}
