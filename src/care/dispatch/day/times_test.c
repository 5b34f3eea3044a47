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
