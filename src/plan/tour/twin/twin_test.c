/* twin_test.c - days with two-carer visits hold, and tiny ones are the best there are. */

#include "plan/tour/twin/twin.h"
#include "test.h"

#include <stdio.h>

static int32_t way(const struct twin_problem *p, int from, int to)
{
    return p->ways[from * (p->visits_n + 1) + to];
}

/* --- one plan, looked at without the search's code --- */

struct sums { int64_t way, late, most; };

static const char *visit_fault(const struct twin_problem *p, const struct twin_plan *plan, int v,
                               struct sums *sum)
{
    const struct twin_visit *visit = &p->visits[v];
    for (int w = 0; w < visit->carers_n; w++) {
        int64_t by = plan->start[v][w] - visit->close;
        int k = plan->carer[v][w];
        if (k < 0 || k >= p->carers_n || !(p->able[k] >> visit->service[w] & 1))
            return "a carer is not able";
        if (plan->start[v][w] < visit->open)
            return "a visit begins too early";
        sum->late += by > 0 ? by : 0;
        sum->most = by > sum->most ? by : sum->most;
    }
    int64_t gap = (int64_t)plan->start[v][1] - plan->start[v][0];
    if (visit->carers_n == 2 && (gap < visit->gap_min || gap > visit->gap_max))
        return "two starts are too far apart or too near";
    return visit->carers_n == 2 && plan->carer[v][0] == plan->carer[v][1]
               ? "one carer is there twice" : NULL;
}

static const char *plan_fault(const struct twin_problem *p, const struct twin_plan *plan)
{
    struct sums sum = { 0 };
    for (int v = 0; v < p->visits_n; v++) {
        const char *fault = visit_fault(p, plan, v, &sum);
        if (fault)
            return fault;
    }
    for (int k = 0; k < p->carers_n; k++) {
        int place = 0;
        int64_t free = 0;
        for (int i = 0; i < p->visits_n; i++)
            for (int w = 0, v = plan->order[i]; w < p->visits[v].carers_n; w++) {
                if (plan->carer[v][w] != k)
                    continue;
                if (plan->start[v][w] < free + way(p, place, v + 1))
                    return "she begins before she can be there";
                sum.way += way(p, place, v + 1);
                free = plan->start[v][w] + p->visits[v].takes[w];
                place = v + 1;
            }
        sum.way += way(p, place, 0);
    }
    return plan->cost == sum.way + sum.late + sum.most ? NULL : "the sums are wrong";
}

/* --- all orders and carers of a tiny problem --- */

enum { TINY = 4, CARERS = 3 };

struct tiny { const struct twin_problem *p; int order[TINY], carer[TINY][2]; int64_t best; };

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t tiny_cost(const struct tiny *t)
{
    int64_t free[CARERS] = { 0 }, sum = 0, most = 0;
    int place[CARERS] = { 0 };
    for (int i = 0; i < TINY; i++) {
        int v = t->order[i];
        const struct twin_visit *visit = &t->p->visits[v];
        int64_t start[2] = { 0 };
        for (int w = 0; w < visit->carers_n; w++) {
            int k = t->carer[v][w];
            start[w] = later(visit->open, free[k] + way(t->p, place[k], v + 1));
            sum += way(t->p, place[k], v + 1);
            place[k] = v + 1;
        }
        if (visit->carers_n == 2) {
            while (start[1] < start[0] + visit->gap_min)
                start[1]++;
            while (start[0] < start[1] - visit->gap_max)
                start[0]++;
        }
        for (int w = 0; w < visit->carers_n; w++) {
            int64_t by = later(0, start[w] - visit->close);
            free[t->carer[v][w]] = start[w] + visit->takes[w];
            sum += by;
            most = later(most, by);
        }
    }
    for (int k = 0; k < CARERS; k++)
        sum += way(t->p, place[k], 0);
    return sum + most;
}

static void tiny_carers(struct tiny *t, int v)
{
    if (v == TINY) {
        int64_t cost = tiny_cost(t);
        t->best = t->best < 0 || cost < t->best ? cost : t->best;
        return;
    }
    const struct twin_visit *visit = &t->p->visits[v];
    for (int a = 0; a < CARERS; a++)
        for (int b = 0; b < (visit->carers_n == 2 ? CARERS : 1); b++) {
            if (!(t->p->able[a] >> visit->service[0] & 1) ||
                (visit->carers_n == 2 && (a == b || !(t->p->able[b] >> visit->service[1] & 1))))
                continue;
            t->carer[v][0] = a;
            t->carer[v][1] = b;
            tiny_carers(t, v + 1);
        }
}

static void tiny_orders(struct tiny *t, int n, unsigned taken)
{
    if (n == TINY)
        tiny_carers(t, 0);
    for (int v = 0; v < TINY && n < TINY; v++)
        if (!(taken >> v & 1)) {
            t->order[n] = v;
            tiny_orders(t, n + 1, taken | 1u << v);
        }
}

static unsigned drawn = 20261122;        /* the same problems in each run */

static int below(int n)
{
    drawn = drawn * 1103515245u + 12345u;
    return (int)((drawn >> 8) % (unsigned)n);
}

static struct twin_problem tiny_problem(void)
{
    struct twin_problem p = { .visits_n = TINY, .carers_n = CARERS, .services_n = 2, .scale = 1 };
    p.visits = NEW(test_mem(), struct twin_visit, TINY);
    p.able = NEW(test_mem(), uint64_t, CARERS);
    p.ways = NEW(test_mem(), int32_t, (TINY + 1) * (TINY + 1));
    for (int k = 0; k < CARERS; k++)
        p.able[k] = k == 0 ? 3 : (uint64_t)(1 + below(3));
    p.able[1] |= 1;
    p.able[2] |= 2;
    for (int i = 0; i <= TINY; i++)
        for (int j = 0; j < i; j++)
            p.ways[i * (TINY + 1) + j] = p.ways[j * (TINY + 1) + i] = 5 + below(20);
    for (int v = 0; v < TINY; v++) {
        int open = below(60), gap = below(10);
        bool together = below(2);
        p.visits[v] = (struct twin_visit){
            .open = open, .close = open + below(20), .carers_n = 1 + below(2),
            .service = { below(2), below(2) }, .takes = { 1 + below(20), 1 + below(20) },
            .gap_min = together ? 0 : gap, .gap_max = together ? 0 : gap + below(10) };
    }
    return p;
}

TEST(tiny_days_with_two_carers_are_the_best_there_are)
{
    struct ctx c = { 0 };
    for (int i = 0; i < 25; i++) {
        struct twin_problem p = tiny_problem();
        struct tiny t = { .p = &p, .best = -1 };
        struct twin_plan plan;
        CHECK(twin_check(&c, &p) == ERR_NONE);
        tiny_orders(&t, 0, 0);
        twin_search(&c, &p, &(struct tour_budget){ .iterations = 20000, .seed = 3 }, &plan);
        const char *fault = plan_fault(&p, &plan);
        if (fault)
            test_fail(__FILE__, __LINE__, "round %d: %s", i, fault);
        CHECK_INT(plan.cost, t.best);
    }
    arena_free(&c.mem);
}

/* --- files --- */

static struct sv file_of(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = NEW(test_mem(), char, 1000000);
    size_t n = f ? fread(text, 1, 1000000, f) : 0;
    if (f)
        fclose(f);
    return (struct sv){ text, n };
}

TEST(a_published_day_with_two_carer_visits_is_planned_and_holds)
{
    struct ctx c = { 0 };
    struct twin_problem p;
    struct twin_plan plan, again;
    struct tour_budget budget = { .iterations = 30000, .seed = 1 };
    struct sv text = file_of(test_data("hhcrsp/InstanzCPLEX_HCSRP_10_2.json"));
    CHECK(hhcrsp_read(&c, text, &p) == ERR_NONE);
    twin_search(&c, &p, &budget, &plan);
    CHECK(plan_fault(&p, &plan) == NULL);
    CHECK(plan.cost >= 3 * 246626 && plan.cost < 3 * 246627 * 102 / 100);
    twin_search(&c, &p, &budget, &again);
    CHECK_INT(plan.cost, again.cost);
    budget.threads = 2;
    twin_search(&c, &p, &budget, &again);
    CHECK(plan_fault(&p, &again) == NULL && again.cost <= plan.cost);
    CHECK_INT(again.iterations, 60000);
    arena_free(&c.mem);
}

#define HEAD "{\"services\":[{\"id\":\"s1\"}]," \
             "\"caregivers\":[{\"id\":\"c1\",\"abilities\":[\"s1\"]}],"

TEST(a_day_with_a_fault_is_refused_by_its_path)
{
    static const struct { const char *text, *path; } bad[] = {
        { "{}", "services" },
        { "{\"services\":[{\"id\":\"a\"}],\"caregivers\":[{\"id\":\"c\",\"abilities\":[\"b\"]}]}",
          "caregivers[0].abilities[0]" },
        { HEAD "\"patients\":[{\"id\":\"p\",\"time_window\":[5,1]}]}", "patients[0].time_window" },
        { HEAD "\"patients\":[{\"id\":\"p\",\"time_window\":[0,1],\"required_caregivers\":"
          "[{\"service\":\"x\"}]}]}", "patients[0].required_caregivers[0]" },
        { HEAD "\"patients\":[{\"id\":\"p\",\"time_window\":[0,1],\"required_caregivers\":"
          "[{\"service\":\"s1\",\"duration\":3}]}],\"distances\":[[0,1],[1]]}", "distances[1]" },
        { HEAD "\"patients\":[{\"id\":\"p\",\"time_window\":[0,1],\"required_caregivers\":"
          "[{\"service\":\"s1\",\"duration\":3}]}],\"distances\":[[0,NaN],[1,0]]}",
          "distances[0][1]" },
    };
    struct ctx c = { 0 };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct twin_problem p;
        CHECK(hhcrsp_read(&c, sv_of(bad[i].text), &p) != ERR_NONE);
        if (!sv_starts(c.fault.log, sv_of(bad[i].path)))
            test_fail(__FILE__, __LINE__, "%s: said \"%.*s\"", bad[i].path, SV_ARG(c.fault.log));
        ctx_forgive(&c);
    }
    arena_free(&c.mem);
}
