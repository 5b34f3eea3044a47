/* tour_test.c - plans hold, tiny ones are the best there are, and bad problems are refused. */

#include "plan/tour/checker_test.h"
#include "plan/tour/form/form.h"
#include "plan/tour/reason.h"
#include "test.h"

#include <stdio.h>

/* --- tiny problems --- */

static unsigned drawn;                   /* the same problems in each run */

static int below(int n)
{
    drawn = drawn * 1103515245u + 12345u;
    return (int)((drawn >> 8) % (unsigned)n);
}

static struct tour_windows some_windows(int most)
{
    int n = below(most + 1), from = below(40);
    struct tour_window *w = NEW(test_mem(), struct tour_window, 4);
    for (int i = 0; i < n; i++) {
        w[i] = (struct tour_window){ from, from + below(40) };
        from = w[i].close + 1 + below(40);
    }
    return (struct tour_windows){ w, n };
}

static struct tour_skills some_skill(int of)
{
    int32_t *s = NEW(test_mem(), int32_t, 2);
    int n = 0;
    for (int32_t skill = 1; skill <= 2; skill++)
        if (below(of) == 0)
            s[n++] = skill;
    return (struct tour_skills){ .at = s, .n = n };
}

/* Ways of a small town: straight, so that none is shorter by a detour. */
static struct tour_travel some_ways(int places)
{
    struct tour_travel t = tour_travel_new(test_mem(), places, false);
    int x[16], y[16];
    for (int i = 0; i < places; i++) {
        x[i] = below(20);
        y[i] = below(20);
    }
    for (int i = 0; i < places; i++)
        for (int j = 0; j < places; j++)
            t.time[i * (places + 1) + j] =
                (x[i] > x[j] ? x[i] - x[j] : x[j] - x[i]) +
                (y[i] > y[j] ? y[i] - y[j] : y[j] - y[i]);
    return t;
}

enum kind { EASY, HARD, HOURS, SHIPMENTS };

/* Hours, levels of skill and prices of being late. */
static void add_hours(struct tour_problem *p)
{
    for (int i = 0; i < p->visits_n; i++) {
        int32_t *level = NEW(test_mem(), int32_t, 2);
        level[0] = 1 + below(2);
        level[1] = 1 + below(2);
        p->visits[i].levels = level;
        p->visits[i].late_cost = below(2) * 3600;
        p->visits[i].due = below(80);
    }
    for (int k = 0; k < p->carers_n; k++) {
        int32_t *level = NEW(test_mem(), int32_t, 2);
        level[0] = level[1] = 1 + below(2);
        p->carers[k].levels = level;
        p->carers[k].hours = (struct tour_hours){ .most = below(3) ? 30 + below(70) : 0,
            .usual = 20 + below(30), .price = below(2) * 7200, .waits = below(2) };
    }
}

/* The first two visits are a shipment, and the next two; breaks want an empty cart. */
static void add_shipments(struct tour_problem *p)
{
    static const int64_t none[TOUR_AMOUNTS_MAX] = { 0 };
    for (int i = 0; i < p->visits_n; i++) {
        struct tour_visit *v = &p->visits[i];
        int64_t amount = p->visits[i & ~1].delivery[0];
        v->part = i & 1 ? TOUR_HANDOVER : TOUR_PICKUP;
        v->mate = i ^ 1;
        v->ride_max = i & 1 && below(3) ? 15 + below(25) : 0;
        v->skills = p->visits[i & ~1].skills;
        v->priority = p->visits[i & ~1].priority;
        v->service = 1 + below(6);
        if (i & 1) {
            v->delivery[0] = amount;
        } else {
            v->pickup[0] = amount;
        }
    }
    for (int i = 0; i < p->visits_n; i += 2)
        p->visits[i].delivery[0] = 0;
    for (int k = 0; k < p->carers_n; k++) {
        struct tour_break *b = NEW(test_mem(), struct tour_break, 1);
        *b = *p->carers[k].breaks;
        b->load_max = below(2) ? none : NULL;
        p->carers[k].breaks = b;
        p->carers[k].capacity[0] = 4;
    }
}

static struct tour_problem tiny_problem(enum kind kind)
{
    bool hard = kind != EASY;
    enum { VISITS = 4, CARERS = 2 };
    struct tour_problem p = { .visits_n = VISITS, .carers_n = CARERS, .travels_n = 1,
                              .places_n = VISITS + CARERS, .amounts_n = 1, .cost_scale = 1,
                              .time_scale = 1 };
    p.travels = NEW(test_mem(), struct tour_travel, 1);
    p.travels[0] = some_ways(p.places_n);
    p.visits = NEW(test_mem(), struct tour_visit, VISITS);
    p.carers = NEW(test_mem(), struct tour_carer, CARERS);
    for (int i = 0; i < VISITS; i++)
        p.visits[i] = (struct tour_visit){
            .id = i + 1, .place = i, .service = 1 + below(20),
            .windows = some_windows(hard ? 2 : 1), .skills = some_skill(4),
            .priority = hard ? below(3) : 0, .delivery = { below(4) } };
    for (int k = 0; k < CARERS; k++) {
        struct tour_break *b = NEW(test_mem(), struct tour_break, 1);
        *b = (struct tour_break){ .id = 1, .service = 1 + below(15), .windows = some_windows(2) };
        p.carers[k] = (struct tour_carer){
            .id = k + 1, .start = below(4) ? VISITS + k : TOUR_NONE, .end = VISITS + k,
            .shift = { below(20), 60 + below(100) }, .skills = some_skill(2), .capacity = { 8 },
            .breaks = b, .breaks_n = hard ? below(2) : 0, .fixed_cost = hard ? below(30) : 0,
            .tasks_max = INT32_MAX, .travel_max = INT64_MAX, .distance_max = INT64_MAX };
    }
    if (kind == HOURS)
        add_hours(&p);
    if (kind == SHIPMENTS)
        add_shipments(&p);
    return p;
}

static void check_tiny(enum kind kind, int rounds)
{
    struct ctx c = { 0 };
    drawn = 20261122;
    for (int i = 0; i < rounds; i++) {
        struct tour_problem p = tiny_problem(kind);
        struct tour_plan plan;
        CHECK(tour_check(&c, &p) == ERR_NONE);
        struct tiny_best best = tiny_best(&p);
        tour_search(&c, &p, &(struct tour_budget){ .iterations = 5000, .seed = 7 }, &plan);
        const char *fault = plan_fault(&p, &plan);
        if (fault)
            test_fail(__FILE__, __LINE__, "round %d: %s", i, fault);
        CHECK_INT(plan.absent_n, best.absent);
        CHECK_INT(plan.cost, best.cost);
        arena_reset(&c.mem);
    }
    arena_free(&c.mem);
}

TEST(tiny_tours_are_the_best_there_are)
{
    check_tiny(EASY, 40);
}

TEST(tiny_tours_with_breaks_and_windows_are_the_best_there_are)
{
    check_tiny(HARD, 40);
}

TEST(tiny_tours_with_hours_levels_and_lateness_are_the_best_there_are)
{
    check_tiny(HOURS, test_rounds(3, 60))     /* each tries every plan there is */;
}

TEST(tiny_tours_with_shipments_are_the_best_there_are)
{
    check_tiny(SHIPMENTS, test_rounds(3, 60));
}

/* --- files --- */

static struct sv file_of(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text = NEW(test_mem(), char, 4000000);
    size_t n = f ? fread(text, 1, 4000000, f) : 0;
    if (f)
        fclose(f);
    return (struct sv){ text, n };
}

static void solve(struct ctx *c, struct tour_problem *p, int64_t iterations,
                  struct tour_plan *ret_plan)
{
    tour_search(c, p, &(struct tour_budget){ .iterations = iterations, .seed = 1 }, ret_plan);
    const char *fault = plan_fault(p, ret_plan);
    if (fault)
        test_fail(__FILE__, __LINE__, "%s", fault);
}

TEST(a_solomon_instance_is_planned_and_holds)
{
    struct ctx c = { 0 };
    struct tour_problem p;
    struct tour_plan plan, again;
    struct sv text = file_of(test_data("vrptw/solomon/R103.txt"));
    CHECK(solomon_read(&c, text, TOUR_DISTANCE, &p) == ERR_NONE);
    CHECK_INT(p.visits_n, 100);
    solve(&c, &p, 3000, &plan);
    CHECK_INT(plan.absent_n, 0);
    CHECK(plan.cost >= 12087 && plan.cost < 12087 * 105 / 100);
    solve(&c, &p, 3000, &again);
    CHECK_INT(plan.cost, again.cost);
    CHECK(solomon_read(&c, text, TOUR_VEHICLES, &p) == ERR_NONE);
    solve(&c, &p, 500, &plan);
    CHECK_INT(plan.absent_n, 0);
    arena_free(&c.mem);
}

TEST(fewer_vehicles_go_before_less_distance)
{
    struct ctx c = { 0 };
    struct tour_problem p;
    struct tour_plan plan;
    struct sv text = file_of(test_data("vrptw/solomon/R101.txt"));
    CHECK(solomon_read(&c, text, TOUR_VEHICLES, &p) == ERR_NONE);
    solve(&c, &p, 12000, &plan);
    CHECK_INT(plan.absent_n, 0);
    CHECK_INT(plan.tours_n, 19);
    arena_free(&c.mem);
}

static void note_progress(void *arg, double share, int64_t cost, int absent)
{
    double *last = arg;
    CHECK(share >= *last && share <= 1 && cost > 0 && absent >= 0);
    *last = share;
}

TEST(a_search_goes_on_from_a_plan_tells_how_far_it_is_and_ends_when_told)
{
    struct ctx c = { 0 };
    struct tour_problem p;
    struct tour_plan plan, more;
    double told = 0;
    bool cancel = true;
    struct tour_budget budget = { .iterations = 2000, .seed = 1, .threads = 2,
                                  .progress = note_progress, .arg = &told };
    CHECK(vroom_read(&c, file_of(test_data("homecare/hc_50.json")), &p) == ERR_NONE);
    tour_search(&c, &p, &budget, &plan);
    CHECK(plan_fault(&p, &plan) == NULL);
    CHECK(told > 0.5);
    CHECK_INT(plan.iterations, 4000);
    budget.progress = NULL;
    tour_search(&c, &p, &budget, &more);
    CHECK_INT(more.cost, plan.cost);             /* threads change nothing from run to run */
    budget.from = &plan;
    budget.cancel = &cancel;
    tour_search(&c, &p, &budget, &more);
    CHECK(plan_fault(&p, &more) == NULL);
    CHECK(more.iterations == 0 && more.absent_n == plan.absent_n && more.cost == plan.cost);
    arena_free(&c.mem);
}

TEST(a_day_of_home_care_is_planned_and_holds)
{
    struct ctx c = { 0 };
    struct tour_problem p;
    struct tour_plan plan;
    CHECK(vroom_read(&c, file_of(test_data("homecare/hc_50.json")), &p) == ERR_NONE);
    CHECK_INT(p.visits_n, 50);
    solve(&c, &p, 5000, &plan);
    CHECK_INT(plan.absent_n, 5);
    CHECK(plan.cost < 49837);
    arena_free(&c.mem);
}

/* --- ways that are shorter by a detour --- */

TEST(a_visit_that_the_others_cannot_do_without_stays_where_it_is)
{
    struct ctx c = { 0 };
    struct tour_problem p;
    struct tour_plan plan;
    CHECK(vroom_read(&c, SV("{\"vehicles\":[{\"id\":1,\"start_index\":0,\"time_window\":[0,9]}],"
                            "\"matrices\":{\"car\":{\"durations\":[[0,1,99],[1,0,1],[99,1,0]]}},"
                            "\"jobs\":[{\"id\":1,\"location_index\":1},"
                            "{\"id\":2,\"location_index\":2}]}"), &p) == ERR_NONE);
    solve(&c, &p, 2000, &plan);
    CHECK_INT(plan.absent_n, 0);
    CHECK_INT(plan.cost, 2);
    arena_free(&c.mem);
}

/* --- wishes --- */

TEST(a_visit_goes_to_whom_it_would_rather_have_and_never_to_whom_it_must_not)
{
    static const char *const wishes[] = { "\"vehicle_costs\":{\"1\":50}",
                                          "\"forbidden_vehicles\":[1]", "\"priority\":1" };
    struct ctx c = { 0 };
    for (int i = 0; i < 3; i++) {
        struct tour_problem p;
        struct tour_plan plan;
        struct sv text = sv_fmt(&c.mem, "{\"vehicles\":[{\"id\":1,\"start_index\":0},"
            "{\"id\":2,\"start_index\":1}],\"matrices\":{\"car\":{\"durations\":"
            "[[0,20,5],[20,0,20],[5,20,0]]}},\"jobs\":[{\"id\":1,\"location_index\":2,%s}]}",
            wishes[i]);
        CHECK(vroom_read(&c, text, &p) == ERR_NONE);
        solve(&c, &p, 200, &plan);
        CHECK_INT(plan.tours_n, 1);
        CHECK_INT(p.carers[plan.tours[0].carer].id, i < 2 ? 2 : 1);
    }
    arena_free(&c.mem);
}

/* --- days to begin with, and what VROOM has not --- */

#define TWO "\"vehicles\":[{\"id\":1,\"start_index\":0,\"end_index\":0,\"capacity\":[4],%s}," \
            "{\"id\":2,\"start_index\":0,\"end_index\":0,\"capacity\":[4]}]"
#define TOWN "\"matrices\":{\"car\":{\"durations\":[[0,10,20,30],[10,0,10,20],[20,10,0,10]," \
             "[30,20,10,0]]}}"

static struct tour_problem two_of(struct ctx *c, const char *vehicle, const char *visits)
{
    struct tour_problem p;
    struct sv text = sv_fmt(test_mem(), "{" TWO "," TOWN ",%s}", vehicle, visits);
    if (vroom_read(c, text, &p) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%.*s", SV_ARG(c->fault.log));
    return p;
}

TEST(the_days_of_the_steps_are_begun_with)
{
    struct ctx c = { 0 };
    struct tour_plan plan;
    struct tour_problem p = two_of(&c, "\"breaks\":[{\"id\":1,\"service\":5}],\"steps\":["
        "{\"type\":\"start\"},{\"type\":\"job\",\"id\":7},{\"type\":\"job\",\"id\":8}]",
        "\"jobs\":[{\"id\":8,\"location_index\":2},{\"id\":7,\"location_index\":1}]");
    bool cancel = true;
    tour_search(&c, &p, &(struct tour_budget){ .iterations = 1, .seed = 1, .cancel = &cancel },
                &plan);
    CHECK(plan_fault(&p, &plan) == NULL);
    CHECK_INT(plan.tours_n, 1);
    CHECK_INT(p.carers[plan.tours[0].carer].id, 1);
    CHECK_INT(plan.cost, 40);
    arena_free(&c.mem);
}

TEST(meals_are_fetched_again_when_the_cart_is_empty)
{
    struct ctx c = { 0 };
    struct tour_plan plan;
    struct tour_problem p = two_of(&c, "\"max_tasks\":0", "\"shipments\":["
        "{\"amount\":[3],\"pickup\":{\"id\":1,\"location_index\":0},"
        "\"delivery\":{\"id\":1,\"location_index\":1},\"max_ride_time\":15},"
        "{\"amount\":[3],\"pickup\":{\"id\":2,\"location_index\":0},"
        "\"delivery\":{\"id\":2,\"location_index\":2,\"time_windows\":[[100,200]]},"
        "\"max_ride_time\":25}]");
    solve(&c, &p, 500, &plan);
    CHECK_INT(plan.absent_n, 0);
    CHECK_INT(plan.tours_n, 1);
    CHECK_INT(plan.cost, 60);                    /* out and back, out and back */
    CHECK_INT(plan.tours[0].steps_n, 6);
    arena_free(&c.mem);
}

/* Ten past what she is used to at six times the price of driving. */
TEST(overtime_is_paid_and_hours_have_an_end)
{
    struct ctx c = { 0 };
    struct tour_plan plan;
    const char *jobs = "\"jobs\":[{\"id\":1,\"location_index\":3,\"service\":10,"
                       "\"forbidden_vehicles\":[2]}]";
    struct tour_problem p = two_of(&c, "\"hours\":{\"usual\":60},"
                                   "\"costs\":{\"per_overtime_hour\":21600}", jobs);
    solve(&c, &p, 200, &plan);
    CHECK_INT(plan.cost, (60 + 60) * p.cost_scale);
    CHECK_INT(plan.tours[0].overtime, 10);
    p = two_of(&c, "\"hours\":{\"max\":69}", jobs);
    solve(&c, &p, 200, &plan);
    CHECK_INT(plan.absent_n, 1);
    struct tour_reason *r = tour_reasons(&c, &p, &plan);
    CHECK_INT(r->why, TOUR_WHY_HOURS);
    CHECK(r->repair == TOUR_REPAIR_HOURS && r->by == 1 && r->until == 70);
    arena_free(&c.mem);
}

TEST(what_was_promised_is_kept_until_it_costs_too_much)
{
    struct ctx c = { 0 };
    struct tour_plan plan;
    struct tour_problem p = two_of(&c, "\"max_tasks\":5", "\"jobs\":[{\"id\":1,"
        "\"location_index\":1,\"promised\":{\"begin\":500,\"vehicle\":2,\"other_vehicle\":9}},"
        "{\"id\":2,\"location_index\":2,\"promised\":{\"begin\":7,\"late_per_hour\":3600}}]");
    solve(&c, &p, 500, &plan);
    CHECK_INT(plan.absent_n, 0);
    CHECK_INT(plan.cost, 40 + 13);               /* she cannot be there before 20 */
    CHECK_INT(p.carers[plan.tours[0].carer].id, 2);
    for (int i = 0; i < plan.tours[0].steps_n; i++)
        if (plan.tours[0].steps[i].kind == TOUR_VISIT && plan.tours[0].steps[i].index == 0)
            CHECK_INT(plan.tours[0].steps[i].arrive + plan.tours[0].steps[i].wait, 500);
    arena_free(&c.mem);
}

/* --- what is refused --- */

#define DAY "\"vehicles\":[{\"id\":1,\"start_index\":0,\"time_window\":[0,100]}]"
#define WAYS "\"matrices\":{\"car\":{\"durations\":[[0,5],[5,0]]}}"

static const struct { const char *text, *path; } refused[] = {
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"time_windows\":[[-5,3]]}]}",
      "jobs[0].time_windows[0]" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"time_windows\":[[5,3]]}]}",
      "jobs[0].time_windows[0]" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":2}]}", "jobs[0].location_index" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1}]}", "jobs[0].location_index" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"location_index\":1}]}", "jobs[0]" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"skills\":[\"x\"]}]}",
      "jobs[0].skills[0]" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"priority\":101}]}",
      "jobs[0].priority" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"service\":1.5}]}",
      "jobs[0].service" },
    { "{" DAY "," WAYS ",\"jobs\":1000000000}", "jobs" },
    { "{" DAY "," WAYS "}", "jobs" },
    { "{" WAYS ",\"jobs\":[]}", "vehicles" },
    { "{" DAY ",\"jobs\":[]}", "matrices" },
    { "{" DAY ",\"matrices\":{\"car\":{\"durations\":[[0,5],[5]]}}}",
      "matrices.car.durations[1]" },
    { "{" DAY ",\"matrices\":{\"car\":{\"durations\":[[0,-5],[5,0]]}}}",
      "matrices.car.durations[0][1]" },
    { "{" DAY ",\"matrices\":{\"car\":{\"durations\":[[0,NaN],[5,0]]}}}",
      "matrices.car.durations[0][1]" },
    { "{" DAY ",\"matrices\":{\"car\":{\"durations\":[[0,5],[5,0]],\"distances\":[[0]]}}}",
      "matrices.car.distances" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"profile\":\"bike\"}]," WAYS "}",
      "vehicles[0].profile" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"time_window\":[9,3]}]," WAYS "}",
      "vehicles[0].time_window" },
    { "{\"vehicles\":[{\"id\":1}]," WAYS "}", "vehicles[0].start_index" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"breaks\":[{\"service\":3}]}]," WAYS "}",
      "vehicles[0].breaks[0]" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"forbidden_vehicles\":[2]}]}",
      "jobs[0].forbidden_vehicles[0]" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"hours\":{\"max\":0}}]," WAYS "}",
      "vehicles[0].hours.max" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"costs\":{\"per_overtime_hour\":9}}]," WAYS "}",
      "vehicles[0].hours.usual" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"time_windows\":[[0,9],[5,12]]}]," WAYS "}",
      "vehicles[0].time_windows" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"time_window\":[0,9],"
      "\"time_windows\":[[0,9]]}]," WAYS "}", "vehicles[0].time_window" },
    { "{" DAY "," WAYS ",\"skills\":{\"4\":\"injections\"},"
      "\"jobs\":[{\"id\":1,\"location_index\":1,\"skills\":[5]}]}", "jobs[0].skills[0]" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"skill_levels\":{\"4\":0}}]}",
      "jobs[0].skill_levels.4" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"late_per_hour\":4}]}",
      "jobs[0].due" },
    { "{" DAY "," WAYS ",\"jobs\":[{\"id\":1,\"location_index\":1,\"time_windows\":[[5,9]],"
      "\"promised\":{\"begin\":3}}]}", "jobs[0].promised.begin" },
    { "{" DAY "," WAYS ",\"shipments\":[{\"pickup\":{\"id\":1,\"location_index\":1}}]}",
      "shipments[0].delivery" },
    { "{" DAY "," WAYS ",\"shipments\":[{\"pickup\":{\"id\":1,\"location_index\":1},"
      "\"delivery\":{\"id\":1,\"location_index\":0,\"service\":-1}}]}",
      "shipments[0].delivery.service" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"steps\":[{\"type\":\"job\",\"id\":2}]}]," WAYS
      ",\"jobs\":[{\"id\":1,\"location_index\":1}]}", "vehicles[0].steps[0].id" },
    { "{\"vehicles\":[{\"id\":1,\"start_index\":0,\"time_window\":[0,3],"
      "\"steps\":[{\"type\":\"job\",\"id\":1}]}]," WAYS
      ",\"jobs\":[{\"id\":1,\"location_index\":1}]}", "vehicles[0].steps" },
    { "[]", "jobs" },
    { "", "the text" },
};

TEST(a_problem_with_a_fault_is_refused_by_its_path)
{
    struct ctx c = { 0 };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct tour_problem p;
        enum err e = vroom_read(&c, sv_of(refused[i].text), &p);
        CHECK(e == ERR_INVALID || e == ERR_MALFORMED);
        struct sv path = sv_of(refused[i].path), log = c.fault.log;
        if (!sv_starts(log, path) || log.at[path.len] != ':')
            test_fail(__FILE__, __LINE__, "%s: said \"%.*s\"", refused[i].text, SV_ARG(log));
        ctx_forgive(&c);
    }
    arena_free(&c.mem);
}

TEST(solomons_text_is_refused_by_its_line)
{
    static const struct { const char *text, *line; } bad[] = {
        { "", "line 0" },
        { "X\n1 1\n0 0 0 0 0 9 0\n1 0 0 0 5 4 0\n", "line 4" },
        { "X\n1 1\n0 0 0 0 0 9 0\n2 0 0 0 0 4 0\n", "line 4" },
        { "X\n0 1\n", "line 2" },
        { "X\n1 1\n0 0 0 0 0 9 0\n1 0 0 0 0 nan 0\n", "line 4" },
        { "X\n1 1\n0 0 0 0 0 9 0\n1 0 0 -1 0 4 0\n", "line 4" },
    };
    struct ctx c = { 0 };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tour_problem p;
        CHECK(solomon_read(&c, sv_of(bad[i].text), TOUR_DISTANCE, &p) == ERR_INVALID);
        CHECK(sv_starts(c.fault.log, sv_of(bad[i].line)));
        ctx_forgive(&c);
    }
    arena_free(&c.mem);
}
