/* walk.c - a carer's day from stop to stop: times, costs, rides, hours, loads. */

#include "plan/tour/walk.h"

#include "plan/tour/search/state.h"

#include <string.h>

static int32_t place_of(const struct walk *w, int i)
{
    int32_t code = w->codes[i];
    int32_t place = code >= 0             ? w->p->visits[code].place
                    : code == STOP_START  ? w->carer->start
                                          : w->carer->end;
    return place == TOUR_NONE ? w->p->places_n : place;
}

static size_t cell(const struct walk *w, int32_t from, int32_t to)
{
    return (size_t)from * (size_t)(w->p->places_n + 1) + (size_t)to;
}

static int32_t way_of(const struct walk *w, int32_t from, int32_t to)
{
    return w->p->travels[w->carer->travel].time[cell(w, from, to)];
}

/* --- forward --- */

/* Sets out for the next stop that has a place. */
static void set_out(struct walk *w, int next)
{
    while (w->codes[next] <= STOP_BREAK)
        next++;
    w->place_to = place_of(w, next);
    w->way = way_of(w, w->place, w->place_to);
}

static void travel(struct walk *w, int32_t part)
{
    w->now += part;
    w->way -= part;
    w->travel += part;
}

static void arrive(struct walk *w)
{
    const struct tour_travel *t = &w->p->travels[w->carer->travel];
    size_t at = cell(w, w->place, w->place_to);
    travel(w, w->way);
    w->cost += t->cost[at];
    w->distance += t->distance ? t->distance[at] : 0;
}

static struct tour_step *step(struct walk *w, enum tour_step_kind kind, int32_t index)
{
    struct tour_step *s = &w->tour->steps[w->tour->steps_n++];
    *s = (struct tour_step){ .kind = kind, .index = index, .arrive = w->now,
                             .travel = w->travel, .distance = w->distance };
    if (kind != TOUR_START)
        memcpy(s->load, s[-1].load, sizeof s->load);
    return s;
}

static bool take_break(struct walk *w, int i)
{
    int32_t b = STOP_BREAK - w->codes[i];
    const struct tour_break *rest = &w->carer->breaks[b];
    int32_t begin = windows_next(rest->windows, w->now);
    if (begin > TOUR_TIME_MAX)
        return false;
    travel(w, begin - w->now < w->way ? begin - w->now : w->way);
    if (w->tour) {
        struct tour_step *s = step(w, TOUR_BREAK, b);
        s->wait = begin - w->now;
        s->service = rest->service;
        w->tour->wait += s->wait;
    }
    w->now = begin + rest->service;
    return true;
}

static void count(struct walk *w, struct tour_step *s, int32_t v)
{
    const struct tour_visit *visit = &w->p->visits[v];
    for (int a = 0; a < w->p->amounts_n; a++)
        s->load[a] += visit->pickup[a] - visit->delivery[a];
    w->tour->wait += s->wait;
    w->tour->setup += s->setup;
    w->tour->service += s->service;
    w->tour->priority += visit->priority;
}

/* When the visit begins; too late only in a trial. */
static int32_t begin_of(struct walk *w, int i, int32_t v)
{
    const struct tour_visit *visit = &w->p->visits[v];
    struct tour_windows windows = visit->windows;
    int32_t free = w->hold && w->hold[i] > w->now ? w->hold[i] : w->now;
    int32_t begin = windows_next(windows, free);
    if (begin > TOUR_TIME_MAX && w->trial) {
        begin = free;
        w->trial->late_n++;
        w->trial->late_at = v;
        w->trial->late = begin - windows.at[windows.n - 1].close;
    }
    if (w->trial && v == w->asked)
        w->trial->begin = begin;
    if (visit->late_cost && begin > visit->due)
        w->late_cost += (int64_t)visit->late_cost * (begin - visit->due) / 3600;
    return begin;
}

static bool make_visit(struct walk *w, int i)
{
    int32_t v = w->codes[i], from = w->place;
    arrive(w);
    int32_t begin = begin_of(w, i, v);
    if (begin > TOUR_TIME_MAX)
        return false;
    int32_t setup = from == w->place_to ? 0 : tour_setup(w->p, w->carer_at, v);
    int32_t service = tour_service(w->p, w->carer_at, v);
    if (w->tour) {
        struct tour_step *s = step(w, TOUR_VISIT, v);
        s->wait = begin - w->now;
        s->setup = setup;
        s->service = service;
        count(w, s, v);
    }
    w->work += setup + service;
    w->cost += (int64_t)w->carer->task_cost * (setup + service) / 3600;
    w->now = begin + setup + service;
    if (w->now > TOUR_TIME_MAX)
        return false;
    if (w->begin) {
        w->begin[i] = begin;
        w->done[i] = w->now;
    }
    w->place = w->place_to;
    set_out(w, i + 1);
    return true;
}

static void begin_day(struct walk *w, int32_t depart)
{
    w->now = depart;
    w->place = place_of(w, 0);
    w->cost = w->carer->fixed_cost;
    w->late_cost = w->travel = w->distance = w->work = 0;
    if (w->trial)
        *w->trial = (struct tour_trial){ .late_at = TOUR_NONE };
    set_out(w, 1);
    if (!w->tour)
        return;
    struct tour_step *s = step(w, TOUR_START, 0);
    for (int i = 0; i < w->n; i++)
        for (int a = 0; a < w->p->amounts_n && w->codes[i] >= 0; a++)
            if (w->p->visits[w->codes[i]].part == TOUR_ALONE)
                s->load[a] += w->p->visits[w->codes[i]].delivery[a];
}

static bool walk_once(struct walk *w, int32_t depart)
{
    begin_day(w, depart);
    for (int i = 1; i < w->n - 1; i++)
        if (w->codes[i] >= 0 ? !make_visit(w, i) : !take_break(w, i))
            return false;
    arrive(w);
    w->cost += w->late_cost;
    if (w->tour)
        step(w, TOUR_END, 0);
    return w->trial || w->now <= w->carer->shift.close;
}

/* --- rides --- */

static int index_of(const struct walk *w, int32_t v, int before)
{
    int i = before - 1;
    while (i > 0 && w->codes[i] != v)
        i--;
    return i;
}

bool walk_rides(const struct walk *w)
{
    for (int i = 0; i < w->n; i++)
        if (w->codes[i] >= 0 && w->p->visits[w->codes[i]].ride_max)
            return true;
    return false;
}

/* Puts pick-ups off whose ride is too long; false when none was. */
static bool hold_back(struct walk *w)
{
    bool held = false;
    for (int i = 1; i < w->n - 1; i++) {
        const struct tour_visit *v = w->codes[i] < 0 ? NULL : &w->p->visits[w->codes[i]];
        if (!v || !v->ride_max)
            continue;
        int from = index_of(w, v->mate, i);
        int32_t over = w->begin[i] - w->done[from] - v->ride_max;
        if (from <= 0 || over <= 0)
            continue;
        w->hold[from] = w->begin[from] + over;
        held = true;
    }
    return held;
}

/*
 * The earliest times of all that keep the rides: each round puts pick-ups off no further than any
 * day with these stops must. Gives up after so many rounds that none of them can be called rare.
 */
bool walk(struct walk *w, int32_t depart)
{
    struct tour *tour = w->tour;
    if (!w->hold)
        return walk_once(w, depart);
    memset(w->hold, 0, sizeof *w->hold * (size_t)w->n);
    w->tour = NULL;
    bool fits = walk_once(w, depart);
    for (int round = 0; fits && hold_back(w); round++)
        fits = round < 4 * w->n && walk_once(w, depart) && w->now <= TOUR_TIME_MAX;
    w->tour = tour;
    return fits && (!tour || walk_once(w, depart));
}

/* --- departure and hours --- */

/* The latest she may leave stop i, when what follows has its latest arrivals. */
static int32_t leave_latest(const struct walk *w, const int32_t *late, int i)
{
    int32_t rest = 0, most = INT32_MAX;
    int next = i + 1;
    if (w->codes[next] <= STOP_BREAK)
        most = late[next];
    for (; w->codes[next] <= STOP_BREAK; next++)
        rest += w->carer->breaks[STOP_BREAK - w->codes[next]].service;
    int32_t latest = late[next] - way_of(w, place_of(w, i), place_of(w, next)) - rest;
    return latest < most ? latest : most;
}

static int32_t backward(const struct walk *w)
{
    int32_t late[w->n];
    int last = 0;
    late[w->n - 1] = w->now;
    for (int i = w->n - 2; i > 0; i--) {
        int32_t v = w->codes[i];
        if (v <= STOP_BREAK) {
            const struct tour_break *b = &w->carer->breaks[STOP_BREAK - v];
            late[i] = windows_last(b->windows, late[i + 1] - b->service);
            continue;
        }
        for (last = i - 1; w->codes[last] <= STOP_BREAK;)
            last--;
        int32_t setup = place_of(w, last) == place_of(w, i) ? 0 : tour_setup(w->p, w->carer_at, v);
        late[i] = windows_last(w->p->visits[v].windows,
                               leave_latest(w, late, i) - setup -
                                   tour_service(w->p, w->carer_at, v));
    }
    return leave_latest(w, late, 0);
}

static bool as_good(struct walk *w, int32_t depart, int32_t end, int64_t late_cost)
{
    return walk(w, depart) && w->now == end && w->late_cost <= late_cost &&
           (!w->trial || w->trial->late_n == 0);
}

int32_t walk_departure(struct walk *w)
{
    struct tour *tour = w->tour;
    int32_t end = w->now, low = w->carer->shift.open, high = backward(w);
    int64_t late_cost = w->late_cost;
    w->tour = NULL;
    if (high < low)
        high = low;
    if (!as_good(w, high, end, late_cost)) {
        for (high--; low < high;) {
            int32_t middle = low + (high - low + 1) / 2;
            if (as_good(w, middle, end, late_cost))
                low = middle;
            else
                high = middle - 1;
        }
        high = low;
        walk(w, low);
    }
    w->tour = tour;
    return high;
}

static int64_t first_way(const struct walk *w)
{
    int first = 1;
    while (w->codes[first] <= STOP_BREAK)
        first++;
    return way_of(w, place_of(w, 0), place_of(w, first));
}

int64_t walk_hours(const struct walk *w, int32_t depart)
{
    const struct tour_hours *h = &w->carer->hours;
    if (!h->waits) {
        int64_t way = w->travel - (h->first_off ? first_way(w) : 0);
        return w->work + way * (100 - h->way_off) / 100;
    }
    int64_t rests = 0;
    for (int b = 0; b < w->carer->breaks_n; b++)
        rests += w->carer->breaks[b].service;
    return (int64_t)w->now - depart - rests;
}

/* --- loads --- */

static bool carries(const struct walk *w, int a)
{
    int64_t load = 0;
    for (int i = 0; i < w->n; i++)
        if (w->codes[i] >= 0 && w->p->visits[w->codes[i]].part == TOUR_ALONE)
            load += w->p->visits[w->codes[i]].delivery[a];
    if (load > w->carer->capacity[a])
        return false;
    for (int i = 0; i < w->n; i++) {
        int32_t v = w->codes[i];
        const int64_t *most = v <= STOP_BREAK ? w->carer->breaks[STOP_BREAK - v].load_max : NULL;
        load += v >= 0 ? w->p->visits[v].pickup[a] - w->p->visits[v].delivery[a] : 0;
        if (load > w->carer->capacity[a] || (most && load > most[a]))
            return false;
    }
    return true;
}

/* A hand-over behind its pick-up. */
static bool in_order(const struct walk *w)
{
    for (int i = 1; i < w->n; i++) {
        const struct tour_visit *v = w->codes[i] < 0 ? NULL : &w->p->visits[w->codes[i]];
        if (v && v->part == TOUR_HANDOVER && index_of(w, v->mate, i) <= 0)
            return false;
    }
    return true;
}

bool walk_carries(const struct walk *w)
{
    for (int a = 0; a < w->p->amounts_n; a++)
        if (!carries(w, a))
            return false;
    return in_order(w);
}
