/* times_test.c - a carer's begins against walking through her day minute by minute. */

#include "care/dispatch/day/times.h"

#include "test.h"

#include <stdlib.h>

enum { PLACES = 5, TRIALS = 20000 };

struct made {
    struct the_day   d;
    struct day_carer a;
    int32_t          seconds[PLACES * PLACES];
    bool             duty[4 * MINUTES_A_DAY];
    struct course    k;
};

static int below(unsigned *seed, int n)
{
    return (int)((unsigned)rand_r(seed) % (unsigned)n);
}

static void make(struct made *m, unsigned *seed)
{
    *m = (struct made){ 0 };
    int at = 420 + below(seed, 60);
    m->a.reach_n = 1 + below(seed, 3);
    for (int i = 0; i < m->a.reach_n; i++) {
        m->a.reach[i].from_min = at;
        m->a.reach[i].to_min = at + 40 + below(seed, 160);
        at = m->a.reach[i].to_min + 10 + below(seed, 60);
        for (int t = m->a.reach[i].from_min; t < m->a.reach[i].to_min; t++)
            m->duty[t] = true;
    }
    for (int t = m->a.reach[m->a.reach_n - 1].to_min; t < 4 * MINUTES_A_DAY; t++)
        m->duty[t] = false;
    for (int i = 0; i < PLACES * PLACES; i++)
        m->seconds[i] = i % (PLACES + 1) ? 60 * below(seed, 25) : 0;
    m->a.place = 0;
    m->a.free_place = NOBODY;
    m->d.carers = &m->a;
    m->d.carers_n = 1;
    m->d.ground = (struct ground){ .n = PLACES, .seconds = { [WAY_FOOT] = m->seconds } };
    m->k = (struct course){ .day = &m->d, .free_min = 400 + below(seed, 80),
                            .n = 1 + below(seed, 5) };
    at = 430;
    for (int i = 0; i < m->k.n; i++) {
        struct stop *s = &m->k.at[i];
        int wish = at + below(seed, 60);
        *s = (struct stop){ .place = 1 + below(seed, PLACES - 1), .minutes = 10 + below(seed, 40),
                            .open_min = wish - below(seed, 30), .close_min = wish + below(seed, 60),
                            .wish_min = wish, .begin_min = -1 };
        at = wish + 10;
    }
}

/* When the way is done, set out at t: only minutes of duty count; behind them all do. */
static int arrive(const struct made *m, int t, int way)
{
    int last = m->a.reach[m->a.reach_n - 1].to_min;
    for (; way > 0; t++)
        way -= m->duty[t] || t >= last;
    return t;
}

static bool may_begin(const struct made *m, const struct stop *s, int t)
{
    for (int i = 0; i < s->minutes; i++)
        if (!m->duty[t + i])
            return false;
    return t >= s->open_min && t <= s->close_min;
}

static int way_to(const struct made *m, int i)
{
    int from = i ? m->k.at[i - 1].place : 0;
    return (m->seconds[from * PLACES + m->k.at[i].place] + 59) / 60;
}

/* As early as can be, one after another: if that fits nowhere, nothing does. */
static bool possible(const struct made *m)
{
    int t = m->k.free_min;
    for (int i = 0; i < m->k.n; i++) {
        t = arrive(m, t, way_to(m, i));
        while (t <= m->k.at[i].close_min && !may_begin(m, &m->k.at[i], t))
            t++;
        if (t > m->k.at[i].close_min)
            return false;
        t += m->k.at[i].minutes;
    }
    return true;
}

static void check_begins(const struct made *m)
{
    int t = m->k.free_min;
    for (int i = 0; i < m->k.n; i++) {
        const struct stop *s = &m->k.at[i];
        CHECK(s->begin_min >= arrive(m, t, way_to(m, i)));
        CHECK(may_begin(m, s, s->begin_min));
        t = s->begin_min + s->minutes;
    }
}

TEST(begins_hold_whenever_any_do)
{
    struct made *m = NEW(test_mem(), struct made, 1);
    unsigned seed = test_seed();
    int fitted = 0;
    for (int i = 0; i < TRIALS; i++) {
        make(m, &seed);
        bool can = possible(m);
        CHECK(course_times(&m->k) == can);
        if (!can)
            continue;
        fitted++;
        check_begins(m);
    }
    CHECK(fitted > TRIALS / 100);
}

TEST(whoever_can_be_served_as_wished_is)
{
    struct made *m = NEW(test_mem(), struct made, 1);
    unsigned seed = test_seed();
    for (int i = 0; i < TRIALS; i++) {
        make(m, &seed);
        int t = m->k.free_min;
        bool all = true;
        for (int s = 0; s < m->k.n && all; s++) {
            all = arrive(m, t, way_to(m, s)) <= m->k.at[s].wish_min &&
                  may_begin(m, &m->k.at[s], m->k.at[s].wish_min);
            t = m->k.at[s].wish_min + m->k.at[s].minutes;
        }
        if (!all)
            continue;
        CHECK(course_times(&m->k));
        for (int s = 0; s < m->k.n; s++)
            CHECK_INT(m->k.at[s].begin_min, m->k.at[s].wish_min);
    }
}

/* --- with a rest that may move --- */

static void make_rest(struct made *m, unsigned *seed)
{
    make(m, seed);
    struct span *part = &m->a.reach[0];
    m->a.reach_n = 1;
    part->to_min = part->from_min + 150 + below(seed, 300);
    for (int t = 0; t < 4 * MINUTES_A_DAY; t++)
        m->duty[t] = t >= part->from_min && t < part->to_min;
    struct rest *r = &m->a.rest;
    r->minutes = 15 + below(seed, 25);
    r->open_min = part->from_min + below(seed, 100);
    r->close_min = r->open_min + below(seed, 30);
    if (r->close_min > part->to_min - r->minutes)
        r->close_min = part->to_min - r->minutes;
}

/* From t on, `way` minutes to go and the rest on them, at every moment it may begin: the first. */
static int arrive_rested(const struct made *m, int t, int way)
{
    const struct rest *r = &m->a.rest;
    int first = 4 * MINUTES_A_DAY;
    int from = t > m->a.reach[0].from_min ? t : m->a.reach[0].from_min;
    for (int at = r->open_min; at <= r->close_min; at++) {
        int before = at - from < way ? at - from : way;
        if (at < from)
            continue;
        int there = at + r->minutes + way - before;
        first = there < first ? there : first;
    }
    return first;
}

/* Is there a way through the day with the rest on the way to stop `before`? */
static bool possible_rested(const struct made *m, int before)
{
    int t = m->k.free_min;
    for (int i = 0; i < m->k.n; i++) {
        t = i == before ? arrive_rested(m, t, way_to(m, i)) : arrive(m, t, way_to(m, i));
        while (t <= m->k.at[i].close_min && !may_begin(m, &m->k.at[i], t))
            t++;
        if (t > m->k.at[i].close_min)
            return false;
        t += m->k.at[i].minutes;
    }
    return before < m->k.n || arrive_rested(m, t, 0) <= m->a.reach[0].to_min;
}

TEST(a_rest_is_found_whenever_there_is_room_for_one)
{
    struct made *m = NEW(test_mem(), struct made, 1);
    unsigned seed = test_seed();
    int fitted = 0, refused = 0;
    for (int i = 0; i < TRIALS / 5; i++) {
        make_rest(m, &seed);
        bool can = false, without = possible(m);
        for (int before = 0; before <= m->k.n; before++)
            can = can || possible_rested(m, before);
        if (m->k.free_min > m->a.rest.close_min)
            can = without;                           /* its time is past: none is asked */
        CHECK(course_times(&m->k) == can);
        refused += without && !can;
        fitted += can;
        if (can)
            check_begins(m);
    }
    CHECK(fitted > TRIALS / 500 && refused > 0);
}
