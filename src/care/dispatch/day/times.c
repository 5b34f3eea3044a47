/* times.c - when a carer begins each visit of an ordered day. */

#include "care/dispatch/day/times.h"

#include <stdlib.h>
#include <string.h>

static const struct span whole_day[] = { { 0, MINUTES_A_DAY } };
enum { LATE_MAX = 4 * MINUTES_A_DAY, NEAT_MIN = 5 };

struct duty { const struct span *at; int n; };

static struct duty duty_of(const struct course *k)
{
    const struct day_carer *a = &k->day->carers[k->carer];
    if (k->no_shift)
        return (struct duty){ whole_day, 1 };
    return k->typed_shift ? (struct duty){ a->parts, a->parts_n }
                          : (struct duty){ a->reach, a->reach_n };
}

/* When `way` minutes of duty have passed from `from` on; behind the last part time just runs. */
static int walked(struct duty d, int from, int way)
{
    for (int i = 0; i < d.n; i++) {
        int begin = from > d.at[i].from_min ? from : d.at[i].from_min;
        if (begin > d.at[i].to_min)
            continue;
        if (begin + way <= d.at[i].to_min)
            return begin + way;
        way -= d.at[i].to_min - begin;
        from = d.at[i].to_min;
    }
    return from + way;
}

/* The latest departure that is there by `by` after `way` minutes of duty; below 0: none. */
static int set_out(struct duty d, int by, int way)
{
    for (int i = d.n; i-- > 0;) {
        int end = by < d.at[i].to_min ? by : d.at[i].to_min;
        if (end < d.at[i].from_min)
            continue;
        if (end - way >= d.at[i].from_min)
            return end - way;
        way -= end - d.at[i].from_min;
        by = d.at[i].from_min;
    }
    return way == 0 ? by : -1;
}

/* The first begin from t on so that the visit lies in one part; the last up to t. */
static int fit_after(struct duty d, int t, int minutes)
{
    for (int i = 0; i < d.n; i++) {
        int begin = t > d.at[i].from_min ? t : d.at[i].from_min;
        if (begin + minutes <= d.at[i].to_min)
            return begin;
    }
    return LATE_MAX;
}

static int fit_before(struct duty d, int t, int minutes)
{
    for (int i = d.n; i-- > 0;) {
        int begin = t < d.at[i].to_min - minutes ? t : d.at[i].to_min - minutes;
        if (begin >= d.at[i].from_min)
            return begin;
    }
    return -1;
}

/* --- the order --- */

static int way_between(const struct course *k, int i)
{
    const struct day_carer *a = &k->day->carers[k->carer];
    int from = i > 0 ? k->at[i - 1].place : a->free_place != NOBODY ? a->free_place : a->place;
    return k->no_ways ? 0 : ground_minutes(&k->day->ground, a->way, from, k->at[i].place);
}

/* --- her rest --- */

/* Taken on the way to stop `before`, k->n: behind all; with no minutes there is none. */
struct pause { struct rest rest; int before; };

static struct rest rest_of(const struct course *k)
{
    const struct day_carer *a = &k->day->carers[k->carer];
    bool none = k->no_shift || k->no_rest || k->free_min > a->rest.close_min ||
                (a->rest_lost && !k->typed_shift);
    return none ? (struct rest){ 0 } : a->rest;
}

static int paused(const struct pause *p, int i)
{
    return p->before == i ? p->rest.minutes : 0;
}

/* Could it be there at all, by the windows alone? */
static bool may_pause(const struct course *k, const struct pause *p)
{
    const struct stop *at = k->at;
    int i = p->before;
    return (i == 0 || at[i - 1].open_min + at[i - 1].minutes <= p->rest.close_min) &&
           (i == k->n || at[i].close_min >= p->rest.open_min + p->rest.minutes);
}

/* The last moment she may be done with stop i, the next begun at `next`. */
static int leave_by(const struct course *k, struct duty d, const struct pause *p, int i, int next)
{
    int leave = LATE_MAX, rest = paused(p, i + 1);
    if (i < k->n - 1)
        leave = set_out(d, next, way_between(k, i + 1) + rest);
    else if (rest)
        leave = d.at[d.n - 1].to_min - rest;
    return rest && leave > p->rest.close_min ? p->rest.close_min : leave;
}

/* When she may be at stop i, the one before begun at `before`. */
static int arrival(const struct course *k, struct duty d, const struct pause *p, int i, int before)
{
    int from = i > 0 ? before + k->at[i - 1].minutes : k->free_min, rest = paused(p, i);
    int at = walked(d, from, way_between(k, i) + rest);
    return rest && at < p->rest.open_min + rest ? p->rest.open_min + rest : at;
}

/* As wished; what must be another time is a whole five minutes, where there is room for that. */
static int neat(int earliest, int wish, int latest)
{
    int up = (earliest + NEAT_MIN - 1) / NEAT_MIN * NEAT_MIN, down = latest / NEAT_MIN * NEAT_MIN;
    if (wish >= earliest && wish <= latest)
        return wish;
    if (wish < earliest)
        return up <= latest ? up : earliest;
    return down >= earliest ? down : latest;
}

static bool times_with(const struct course *k, struct duty d, const struct pause *p, int *ret_begin)
{
    int latest[STOPS_MAX], next = LATE_MAX;
    for (int i = k->n; i-- > 0;) {
        int last = k->at[i].close_min, leave = leave_by(k, d, p, i, next);
        last = last < leave - k->at[i].minutes ? last : leave - k->at[i].minutes;
        latest[i] = next = fit_before(d, last, k->at[i].minutes);
        if (latest[i] < k->at[i].open_min)
            return false;
    }
    for (int i = 0; i < k->n; i++) {
        int at = arrival(k, d, p, i, i ? ret_begin[i - 1] : 0);
        at = fit_after(d, at > k->at[i].open_min ? at : k->at[i].open_min, k->at[i].minutes);
        if (at > latest[i])
            return false;
        ret_begin[i] = fit_after(d, neat(at, k->at[i].wish_min, latest[i]), k->at[i].minutes);
    }
    return true;
}

static int off_in_all(const struct course *k, const int *begin)
{
    int sum = 0;
    for (int i = 0; i < k->n; i++)
        sum += abs(begin[i] - k->at[i].wish_min);
    return sum;
}

static void take_times(struct course *k, const struct pause *p, const int *begin)
{
    int i = p->before;
    for (int s = 0; s < k->n; s++)
        k->at[s].begin_min = begin[s];
    if (p->rest.minutes == 0)
        return;
    int from = i > 0 ? begin[i - 1] + k->at[i - 1].minutes : k->free_min;
    k->rest_min = from > p->rest.open_min ? from : p->rest.open_min;
}

bool course_times(struct course *k)
{
    struct duty d = duty_of(k);
    struct pause p = { rest_of(k), NOBODY };
    int begin[STOPS_MAX], best = -1;
    if (p.rest.minutes == 0) {
        k->rest_min = NOBODY;
        if (!times_with(k, d, &p, begin))
            return false;
        take_times(k, &p, begin);
        return true;
    }
    for (p.before = 0; p.before <= k->n && best != 0; p.before++) {
        if (!may_pause(k, &p) || !times_with(k, d, &p, begin))
            continue;
        int off = off_in_all(k, begin);
        if (best >= 0 && off >= best)
            continue;
        best = off;
        take_times(k, &p, begin);
    }
    return best >= 0;
}

void course_drift(struct course *k)
{
    struct duty d = { whole_day, 1 };
    struct pause none = { .before = NOBODY };
    k->rest_min = NOBODY;
    for (int i = 0; i < k->n; i++) {
        int at = arrival(k, d, &none, i, i ? k->at[i - 1].begin_min : 0);
        k->at[i].begin_min = at > k->at[i].wish_min ? at : k->at[i].wish_min;
    }
}

int64_t course_work(const struct course *k)
{
    const struct day_carer *a = &k->day->carers[k->carer];
    int64_t way = 0, sum = a->pinned_min;
    for (int i = 0; i < k->n; i++) {
        sum += k->at[i].minutes;
        if (i > 0 || a->free_place != NOBODY)
            way += way_between(k, i);
    }
    return sum + way * k->day->way_percent / 100;
}

static bool has_hours(const struct course *k, int more)
{
    return course_work(k) + more <= k->day->carers[k->carer].limit_min;
}

int course_way(const struct course *k)
{
    int sum = 0;
    for (int i = 0; i < k->n; i++)
        sum += way_between(k, i);
    return sum;
}

/* --- making one --- */

struct stop stop_of(const struct the_day *d, int visit)
{
    const struct day_visit *v = &d->visits[visit];
    return (struct stop){ .visit = visit, .place = v->place, .minutes = v->minutes,
                          .open_min = v->open_min, .close_min = v->close_min,
                          .wish_min = v->start_min, .begin_min = v->start_min };
}

bool course_put(struct course *k, int at, struct stop stop)
{
    if (k->n == STOPS_MAX)
        return false;
    memmove(&k->at[at + 1], &k->at[at], sizeof stop * (size_t)(k->n - at));
    k->at[at] = stop;
    k->n++;
    return true;
}

void course_of(const struct the_day *d, int carer, int but, struct course *k)
{
    k->day = d;
    k->carer = carer;
    k->free_min = d->carers[carer].free_min;
    k->no_ways = k->no_shift = k->no_rest = k->typed_shift = false;
    k->rest_min = NOBODY;
    k->n = 0;
    for (int i = 0; i < d->visits_n; i++)             /* the day's visits stand in order of begin */
        if (d->visits[i].carer == carer && i != but && !d->visits[i].pinned)
            if (!course_put(k, k->n, stop_of(d, i)))
                break;
}

/* --- one more --- */

static void take_at(struct course *k, int at)
{
    k->n--;
    memmove(&k->at[at], &k->at[at + 1], sizeof k->at[0] * (size_t)(k->n - at));
}

bool course_fit(struct course *k, struct stop stop, int *ret_at)
{
    int best = -1, best_way = 0, best_off = 0;
    for (int at = 0; at <= k->n; at++) {
        if (!course_put(k, at, stop))
            return false;
        bool fits = course_times(k);
        int way = course_way(k), wide = abs(k->at[at].begin_min - k->at[at].wish_min);
        if (fits && (best < 0 || way < best_way || (way == best_way && wide < best_off))) {
            best = at;
            best_way = way;
            best_off = wide;
        }
        take_at(k, at);
    }
    if (best < 0 || !course_put(k, best, stop))
        return false;
    *ret_at = best;
    return course_times(k);
}

bool course_take(struct course *k, struct stop stop, int *ret_at)
{
    return has_hours(k, stop.minutes) && course_fit(k, stop, ret_at) && has_hours(k, 0);
}
