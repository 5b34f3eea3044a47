/* cross.c - which days a child has of which parent, and who is left over. */

#include "plan/tour/breed/cross.h"

#include "plan/tour/search/chance.h"

#include <string.h>

enum { WALK_MOST = 400, DAYS_MOST = 8 };

struct cross *cross_new(struct arena *mem, const struct level *l)
{
    struct cross *x = NEW(mem, struct cross, 1);
    x->l = l;
    for (int i = 0; i < 2; i++) {
        x->day[i] = NEW(mem, int32_t, l->width);
        x->begin[i] = NEW(mem, int32_t, l->fleet + 1);
        x->gives[i] = NEW(mem, bool, l->fleet);
    }
    x->stays = NEW(mem, bool, l->width);
    x->comes = NEW(mem, bool, l->width);
    x->count = NEW(mem, int32_t, l->fleet);
    x->visits = NEW(mem, int32_t, l->n);
    return x;
}

static void read_days(struct cross *x, int parent, const struct member *m)
{
    int at = 0;
    for (int day = 0; day < m->days; day++, at++) {
        x->begin[parent][day] = at;
        for (; m->codes[at]; at++)
            x->day[parent][m->codes[at]] = day;
    }
    memset(x->gives[parent], 0, (size_t)m->days);
}

/* So many days of the first parent that lie beside one another. */
static void choose_going(struct cross *x, struct state *s, const struct member *a, int wanted)
{
    const struct level *l = x->l;
    int32_t v = 1 + state_below(s, l->n);
    int chosen = 0;
    for (int step = 0; step < WALK_MOST && chosen < wanted; step++) {
        int day = x->day[0][v];
        if (!x->gives[0][day]) {
            x->gives[0][day] = true;
            chosen++;
        }
        do                                       /* on, from anybody who is chosen */
            v = 1 + state_below(s, l->n);
        while (!x->gives[0][x->day[0][v]] && state_below(s, 64));
        v = l->near[v * l->near_n + state_below(s, l->near_n)];
    }
    for (int32_t at = 0, day = 0; day < a->days; at++) {
        if (a->codes[at])
            x->stays[a->codes[at]] = !x->gives[0][day];
        else
            day++;
    }
}

/* As many days of the second at most, which make the most of these visits and the least else. */
static void choose_coming(struct cross *x, const struct member *b, int wanted)
{
    for (int day = 0; day < b->days; day++) {
        x->count[day] = 0;
        for (const int32_t *at = b->codes + x->begin[1][day]; *at; at++)
            x->count[day] += x->stays[*at] ? -1 : 1;
    }
    for (int k = 0; k < wanted; k++) {
        int best = -1;
        for (int day = 0; day < b->days; day++)
            if (!x->gives[1][day] && (best < 0 || x->count[day] > x->count[best]))
                best = day;
        if (best < 0 || (k && x->count[best] <= 0))
            break;
        x->gives[1][best] = true;
    }
    memset(x->comes, 0, (size_t)x->l->width);
    for (int day = 0; day < b->days; day++)
        for (const int32_t *at = b->codes + x->begin[1][day]; x->gives[1][day] && *at; at++)
            x->comes[*at] = true;
}

/* A day as a lane, without the visits that are made elsewhere. */
static void set_day(struct cross *x, struct descent *d, int32_t lane, const int32_t *at,
                    const bool *elsewhere)
{
    int n = 0, left = 0;
    for (; *at; at++) {
        if (elsewhere && elsewhere[*at])
            left++;
        else
            x->visits[n++] = *at;
    }
    lane_set(d, lane, x->visits, n);
    d->lanes[lane].when = left ? 0 : -1;
}

static void insert_rest(struct cross *x, struct descent *d)
{
    int n = 0;
    for (int32_t v = 1; v < x->l->width; v++)
        if (!x->stays[v] && !x->comes[v])
            x->visits[n++] = v;
    for (int i = n - 1; i > 0; i--) {
        int j = state_below(d->s, i + 1);
        int32_t one = x->visits[i];
        x->visits[i] = x->visits[j];
        x->visits[j] = one;
    }
    descent_insert(d, x->visits, n);
}

void cross_make(struct cross *x, struct descent *d, const struct member *a,
                const struct member *b)
{
    int least = a->days < b->days ? a->days : b->days;
    int most = least / 2 < DAYS_MOST ? least / 2 : DAYS_MOST;
    int wanted = 1 + state_below(d->s, most + 1), lane = 0;
    bool whole = state_below(d->s, 2);           /* what comes stays whole, not what stays */
    read_days(x, 0, a);
    read_days(x, 1, b);
    choose_going(x, d->s, a, wanted);
    choose_coming(x, b, wanted);
    for (int day = 0; day < a->days; day++)
        if (!x->gives[0][day])
            set_day(x, d, lane++, a->codes + x->begin[0][day], whole ? x->comes : NULL);
    for (int day = 0; day < b->days; day++)
        if (x->gives[1][day]) {
            set_day(x, d, lane, b->codes + x->begin[1][day], whole ? NULL : x->stays);
            d->lanes[lane++].when = 0;
        }
    for (; lane < x->l->fleet; lane++)
        lane_set(d, lane, NULL, 0);
    insert_rest(x, d);
}

void cross_load(struct descent *d, const struct member *m)
{
    const int32_t *at = m->codes;
    for (int32_t lane = 0; lane < d->l->fleet; lane++) {
        int n = 0;
        while (lane < m->days && at[n])
            n++;
        lane_set(d, lane, at, n);
        at += lane < m->days ? n + 1 : 0;
    }
}
