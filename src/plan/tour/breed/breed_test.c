/* breed_test.c - spans are what walking the day gives, gains are true, children are no worse than
 * the best there is. */

#include "plan/tour/breed/breed.h"
#include "plan/tour/breed/moves.h"
#include "plan/tour/checker_test.h"
#include "plan/tour/search/chance.h"
#include "test.h"

#include <stdlib.h>

enum { VISITS = 24, TINY = 5, RUN = 5 };

/* --- spans --- */

static struct span some_span(struct state *chance)
{
    int32_t open = state_below(chance, 30);
    return (struct span){ .lasts = state_below(chance, 6), .early = open,
                          .late = open + state_below(chance, 12) };
}

/* Begun at that time: how much is warped, and how long it lasts with it. */
static struct span walked(const struct span *own, const int32_t *way, int n, int32_t begun)
{
    int32_t now = begun, warp = 0;
    for (int i = 0; i < n; i++) {
        now = now > own[i].early ? now : own[i].early;
        warp += now > own[i].late ? now - own[i].late : 0;
        now = now < own[i].late ? now : own[i].late;
        now += own[i].lasts + (i + 1 < n ? way[i] : 0);
    }
    return (struct span){ .warp = warp, .lasts = now - begun + warp };
}

/* The least of all times to begin. */
static struct span least_of(const struct span *own, const int32_t *way, int n)
{
    struct span best = { .warp = INT32_MAX };
    for (int32_t t = own[0].early; t <= own[0].late; t++) {
        struct span one = walked(own, way, n, t);
        bool less = one.warp < best.warp || (one.warp == best.warp && one.lasts < best.lasts);
        if (less)
            best = (struct span){ one.lasts, one.warp, t, t };
        else if (one.warp == best.warp && one.lasts == best.lasts)
            best.late = t;
    }
    return best;
}

static struct span joined(const struct span *own, const int32_t *way, int n)
{
    struct span s = own[0];
    for (int i = 1; i < n; i++)
        s = span_join(s, way[i - 1], own[i]);
    return s;
}

TEST(joined_spans_are_what_walking_from_every_moment_gives)
{
    struct state chance = { .random = 20261123 };
    for (int round = 0; round < 3000; round++) {
        struct span own[RUN];
        int32_t way[RUN];
        int n = 1 + state_below(&chance, RUN), cut = n > 1 ? 1 + state_below(&chance, n - 1) : 0;
        for (int i = 0; i < n; i++) {
            own[i] = some_span(&chance);
            way[i] = state_below(&chance, 15);
        }
        struct span all = joined(own, way, n), walk = least_of(own, way, n);
        CHECK_INT(all.warp, walk.warp);
        CHECK_INT(all.lasts, walk.lasts);
        CHECK_INT(all.early, walk.early);
        CHECK_INT(all.late, walk.late);
        if (cut == 0)
            continue;
        struct span a = joined(own, way, cut), b = joined(own + cut, way + cut, n - cut);
        struct span both = span_join(a, way[cut - 1], b);
        CHECK_INT(both.warp, all.warp);
        CHECK_INT(both.lasts, all.lasts);
        CHECK_INT(span_warp(a, way[cut - 1], b), all.warp);
    }
}

/* --- descents --- */

/* Alike carers; ways there and back differ when `odd`. */
static struct tour_problem level_problem(struct arena *mem, struct state *chance, int n, int m,
                                         bool odd)
{
    struct tour_problem p = { .visits_n = n, .carers_n = m, .travels_n = 1, .places_n = n + 1,
                              .amounts_n = 1, .cost_scale = 1, .time_scale = 1 };
    int x[VISITS + 1], y[VISITS + 1];
    p.travels = NEW(mem, struct tour_travel, 1);
    p.travels[0] = tour_travel_new(mem, p.places_n, false);
    p.visits = NEW(mem, struct tour_visit, n);
    p.carers = NEW(mem, struct tour_carer, m);
    for (int i = 0; i <= n; i++) {
        x[i] = state_below(chance, 50);
        y[i] = state_below(chance, 50);
    }
    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= n; j++)
            p.travels[0].time[i * (n + 2) + j] =
                abs(x[i] - x[j]) + abs(y[i] - y[j]) + (odd && i < j && x[i] != x[j] ? 3 : 0);
    for (int v = 0; v < n; v++) {
        struct tour_window *w = NEW(mem, struct tour_window, 1);
        w->open = state_below(chance, 150);
        w->close = w->open + 20 + state_below(chance, 150);
        p.visits[v] = (struct tour_visit){ .id = v + 1, .place = v + 1, .service = 5,
            .windows = { w, 1 }, .delivery = { 1 + state_below(chance, 4) } };
    }
    for (int k = 0; k < m; k++)
        p.carers[k] = (struct tour_carer){ .id = k + 1, .shift = { 0, 500 }, .capacity = { 20 },
            .tasks_max = INT32_MAX, .travel_max = INT64_MAX, .distance_max = INT64_MAX,
            .fixed_cost = odd ? 11 : 0 };
    return p;
}

/* What all lanes cost, lateness and load too, by walking them; -1: a visit is not made once. */
static int64_t price_walked(const struct descent *d)
{
    const struct level *l = d->l;
    int64_t price = 0;
    int seen = 0;
    for (int32_t r = 0; r < l->fleet; r++) {
        int32_t now = l->own[0].early, load = 0, prev = 0;
        for (int32_t v = d->lanes[r].first; v || prev; v = v ? d->nodes[v].next : -1) {
            if (v < 0)
                break;                           /* home again */
            now += time_of(d, prev, v);
            price += (int64_t)FINE * cost_of(d, prev, v);
            now = now > l->own[v].early ? now : l->own[v].early;
            price += now > l->own[v].late ? d->late_price * (now - l->own[v].late) : 0;
            now = now < l->own[v].late ? now : l->own[v].late;
            now += l->own[v].lasts;
            load += l->load[v];
            seen += v != 0;
            prev = v;
        }
        price += load > l->capacity ? d->load_price * (load - l->capacity) : 0;
    }
    return seen == l->n ? price : -1;
}

static void scatter(struct descent *d)
{
    int32_t visits[VISITS], n = 0;
    for (int32_t r = 0, v = 1; r < d->l->fleet; r++) {
        for (n = 0; v < d->l->width && (r + 1 == d->l->fleet || state_below(d->s, 5)); v++)
            visits[n++] = v;
        lane_set(d, r, visits, n);
    }
}

static bool cut_drawn(struct descent *d, struct cut *c)
{
    int32_t v = 1 + state_below(d->s, d->l->n);
    int k = state_below(d->s, 4);
    switch (state_below(d->s, 4)) {
    case 0:
        return cut_behind(d, v, k, c);
    case 1:
        return cut_before(d, v, k, c);
    case 2:
        return cut_from(d, v, k + 1, c);
    default:
        return cut_upto(d, v, k + 1, c);
    }
}

TEST(a_change_gains_what_it_says)
{
    int made = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        AUTO(arena_free) struct arena mem = { 0 };
        struct state chance = { .random = seed * 7919 };
        struct tour_problem p = level_problem(&mem, &chance, VISITS, 6, seed & 1);
        struct breed *b = breed_new(&mem, state_new(&mem, &p, seed));
        scatter(b->d);
        int64_t before = price_walked(b->d);
        for (int i = 0; i < 300; i++) {
            struct move m = { .kind = NO_MOVE, .gain = INT64_MAX };
            struct cut one, two;
            int32_t u = 1 + state_below(&chance, VISITS), v = 1 + state_below(&chance, VISITS);
            bool tails = state_below(&chance, 3) == 0;
            if (u != v && b->d->nodes[u].lane == b->d->nodes[v].lane &&
                b->d->nodes[u].at < b->d->nodes[v].at && b->d->nodes[u].next != v)
                move_turn(b->d, u, v, &m);
            else if (cut_drawn(b->d, &one) && cut_drawn(b->d, &two) &&
                     (!tails || (one.lane != two.lane && !one.n && !two.n)))
                (tails ? move_tails : move_swap)(b->d, &one, &two, &m);
            if (!move_make(b->d, &m))
                continue;
            int64_t after = price_walked(b->d);
            CHECK_INT(after - before, m.gain);
            before = after;
            made++;
        }
    }
    CHECK(made > 1000);
}

/* Whether any change that puts v behind u would gain something, each weighed in full. */
static bool gains(const struct descent *d, int32_t u, int32_t v)
{
    static const int runs[][2] = { { 1, 0 }, { 2, 0 }, { 3, 0 }, { 1, 1 }, { 2, 1 }, { 1, 2 },
                                   { 2, 2 } };
    struct move m = { .kind = NO_MOVE };
    struct cut a, b;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        if (cut_from(d, v, runs[i][0], &a) && cut_behind(d, u, runs[i][1], &b))
            move_swap(d, &a, &b, &m);
        if (cut_upto(d, u, runs[i][0], &a) && cut_before(d, v, runs[i][1], &b))
            move_swap(d, &a, &b, &m);
    }
    if (d->nodes[u].lane != d->nodes[v].lane && cut_behind(d, u, 0, &a) && cut_before(d, v, 0, &b))
        move_tails(d, &a, &b, &m);
    return m.gain < 0;
}

TEST(a_descent_ends_where_no_change_gains)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        AUTO(arena_free) struct arena mem = { 0 };
        struct state chance = { .random = seed * 104729 };
        struct tour_problem p = level_problem(&mem, &chance, VISITS, 6, seed & 1);
        struct breed *b = breed_new(&mem, state_new(&mem, &p, seed));
        scatter(b->d);
        int64_t before = price_walked(b->d);
        descent_run(b->d);
        int64_t after = price_walked(b->d);
        CHECK(after >= 0);
        CHECK(after < before);
        for (int32_t u = 1; u <= VISITS; u++)
            for (int i = 0; i < b->l->near_n; i++) {
                int32_t v = b->l->near[u * b->l->near_n + i];
                CHECK(b->d->nodes[u].next == v || !gains(b->d, u, v));
            }
    }
}

/* --- children --- */

TEST(tiny_plans_that_are_bred_are_the_best_there_are)
{
    int bred = 0;
    for (uint64_t seed = 1; seed <= 15; seed++) {
        AUTO(arena_free) struct arena mem = { 0 };
        struct state chance = { .random = seed * 15485863 };
        struct tour_problem p = level_problem(&mem, &chance, TINY, 2, seed & 1);
        struct breed *b = breed_new(&mem, state_new(&mem, &p, seed));
        struct tiny_best best = tiny_best(&p);
        for (int i = 0; i < 150; i++)
            breed_step(b);
        CHECK((b->best < INT64_MAX) == (best.absent == 0));
        if (best.absent == 0)
            CHECK_INT(b->best, best.cost);
        bred += best.absent == 0;
    }
    CHECK(bred > 5);
}

static const char *not_the_same(const struct tour_plan *a, const struct tour_plan *b)
{
    if (a->cost != b->cost || a->tours_n != b->tours_n)
        return "another cost";
    for (int i = 0; i < a->tours_n; i++)
        for (int j = 0; j < a->tours[i].steps_n; j++)
            if (a->tours[i].steps[j].index != b->tours[i].steps[j].index)
                return "another order";
    return NULL;
}

TEST(a_search_that_breeds_gives_a_plan_that_holds_and_the_same_again)
{
    struct ctx c = { 0 };
    struct state chance = { .random = 32452843 };
    struct tour_problem p = level_problem(&c.mem, &chance, VISITS, 8, true);
    struct tour_plan plan, again;
    struct tour_budget budget = { .iterations = 60000, .seed = 3 };
    tour_search(&c, &p, &budget, &plan);
    tour_search(&c, &p, &budget, &again);
    const char *fault = plan_fault(&p, &plan);
    if (!fault)
        fault = not_the_same(&plan, &again);
    if (fault)
        test_fail(__FILE__, __LINE__, "%s", fault);
    CHECK_INT(plan.absent_n, 0);
    CHECK_INT(plan.iterations, 60000);
    arena_free(&c.mem);
}
