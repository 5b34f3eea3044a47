/* tie_test.c - visits by two carers, or one after the other: made so, or said why not. */

#include "plan/tour/checker_test.h"
#include "plan/tour/form/form.h"
#include "plan/tour/link.h"
#include "plan/tour/reason.h"
#include "test.h"


/* --- tiny problems --- */

static unsigned drawn;                   /* the same problems in each run */

static int below(int n)
{
    drawn = drawn * 1103515245u + 12345u;
    return (int)((drawn >> 8) % (unsigned)n);
}

enum { VISITS = 5, CARERS = 3, PLACES = VISITS + CARERS };

static struct tour_windows a_window(void)
{
    struct tour_window *w = NEW(test_mem(), struct tour_window, 2);
    int from = below(60);
    w[0] = (struct tour_window){ from, from + 10 + below(50) };
    w[1] = (struct tour_window){ w[0].close + 5, w[0].close + 20 + below(20) };
    return (struct tour_windows){ w, below(4) ? 1 + below(2) : 0 };
}

static struct tour_skills a_skill(int of)
{
    static const int32_t skill[] = { 1 };
    return (struct tour_skills){ skill, below(of) == 0 };
}

/* A pair, and two visits that wait: for a half of it, for one another. */
static void add_links(struct tour_problem *p)
{
    struct tour_link *l = NEW(test_mem(), struct tour_link, 3);
    int32_t gap = below(2) ? 0 : below(15);
    l[0] = (struct tour_link){ .first = 0, .second = 1, .pair = true, .min = gap,
                               .max = gap + (gap ? below(10) : 0) };
    l[1] = (struct tour_link){ .first = below(2), .second = 2, .ended = below(2),
                               .min = below(20), .max = 20 + below(60) };
    l[2] = (struct tour_link){ .first = 2, .second = 3, .ended = true, .min = below(5),
                               .max = 10 + below(60) };
    p->links = l;
    p->links_n = 1 + below(3);
}

static struct tour_problem tiny_problem(void)
{
    struct tour_problem p = { .visits_n = VISITS, .carers_n = CARERS, .travels_n = 1,
                              .places_n = PLACES, .cost_scale = 1, .time_scale = 1 };
    int x[PLACES], y[PLACES];
    p.travels = NEW(test_mem(), struct tour_travel, 1);
    p.travels[0] = tour_travel_new(test_mem(), PLACES, false);
    for (int i = 0; i < PLACES; i++) {
        x[i] = below(20);
        y[i] = below(20);
    }
    for (int i = 0; i < PLACES; i++)
        for (int j = 0; j < PLACES; j++)
            p.travels[0].time[i * (PLACES + 1) + j] = (x[i] > x[j] ? x[i] - x[j] : x[j] - x[i]) +
                                                      (y[i] > y[j] ? y[i] - y[j] : y[j] - y[i]);
    p.visits = NEW(test_mem(), struct tour_visit, VISITS);
    p.carers = NEW(test_mem(), struct tour_carer, CARERS);
    for (int i = 0; i < VISITS; i++)
        p.visits[i] = (struct tour_visit){ .id = i + 1, .place = i == 1 ? 0 : i,
                                           .service = 1 + below(20), .windows = a_window(),
                                           .skills = a_skill(3), .priority = below(3) };
    for (int k = 0; k < CARERS; k++)
        p.carers[k] = (struct tour_carer){
            .id = k + 1, .start = VISITS + k, .end = VISITS + k, .shift = { 0, 60 + below(100) },
            .skills = a_skill(2), .fixed_cost = below(30), .tasks_max = INT32_MAX,
            .travel_max = INT64_MAX, .distance_max = INT64_MAX };
    add_links(&p);
    return p;
}

TEST(tiny_tours_with_pairs_and_visits_that_wait_are_the_best_there_are)
{
    struct ctx c = { 0 };
    drawn = 20261122;
    for (int i = 0; i < test_rounds(15, 150); i++) {     /* each takes a twentieth of a second */
        struct tour_problem p = tiny_problem();
        struct tour_plan plan;
        CHECK(tour_check(&c, &p) == ERR_NONE);
        struct tiny_best best = tiny_best(&p);
        tour_search(&c, &p, &(struct tour_budget){ .iterations = 4000, .seed = 7 }, &plan);
        const char *fault = plan_fault(&p, &plan);
        if (fault)
            test_fail(__FILE__, __LINE__, "round %d: %s", i, fault);
        CHECK_INT(plan.absent_n, best.absent);
        CHECK_INT(plan.cost, best.cost);
        tour_reasons(&c, &p, &plan);
        arena_reset(&c.mem);
    }
    arena_free(&c.mem);
}

/* --- files --- */

#define CARERS_OF(skills) "\"vehicles\":[{\"id\":1,\"start_index\":0,\"end_index\":0," \
    "\"time_window\":[0,200],\"skills\":[1]},{\"id\":2,\"start_index\":0,\"end_index\":0," \
    "\"time_window\":[0,200],\"skills\":" skills "}],"
#define WAYS "\"matrices\":{\"car\":{\"durations\":[[0,10,20],[10,0,10],[20,10,0]]}}"

static struct tour_problem problem_of(struct ctx *c, const char *skills, const char *jobs)
{
    struct tour_problem p;
    const char *carers = *skills ? CARERS_OF("[1,2]") : CARERS_OF("[]");
    struct sv text = sv_fmt(test_mem(), "{%s\"jobs\":[%s]," WAYS "}", carers, jobs);
    if (vroom_read(c, text, &p) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%.*s", SV_ARG(c->fault.log));
    return p;
}

static struct tour_plan plan_of(struct ctx *c, const struct tour_problem *p,
                                const struct tour_plan *from)
{
    struct tour_plan plan;
    tour_search(c, p, &(struct tour_budget){ .iterations = 500, .seed = 1, .from = from }, &plan);
    const char *fault = plan_fault(p, &plan);
    if (fault)
        test_fail(__FILE__, __LINE__, "%s", fault);
    return plan;
}

#define LIFT "{\"id\":1,\"location_index\":1,\"service\":20,\"skills\":[1],\"pair\":{\"job\":2}}," \
             "{\"id\":2,\"location_index\":1,\"service\":20,\"skills\":[2]}"

TEST(two_lift_together_and_who_comes_after_them_waits)
{
    struct ctx c = { 0 };
    struct tour_problem p = problem_of(&c, "2", LIFT ",{\"id\":3,\"location_index\":2,"
        "\"after\":[{\"job\":1,\"min\":30,\"max\":40}]}");
    struct tour_plan plan = plan_of(&c, &p, NULL);
    CHECK_INT(p.links_n, 2);
    CHECK_INT(plan.absent_n, 0);
    struct buf out = buf_new(&c.mem, 1024);
    vroom_write(&c, &p, &plan, &out);
    CHECK(sv_find(buf_sv(&out), SV("\"pair\":2")) >= 0);
    arena_free(&c.mem);
}

TEST(a_plan_that_is_gone_on_from_loses_both_of_a_pair_or_none)
{
    struct ctx c = { 0 };
    struct tour_problem p = problem_of(&c, "2", LIFT ",{\"id\":3,\"location_index\":2,"
        "\"after\":[{\"job\":2,\"since\":\"begin\"}]},{\"id\":4,\"location_index\":2}");
    struct tour_plan plan = plan_of(&c, &p, NULL), more;
    CHECK_INT(plan.absent_n, 0);
    more = plan_of(&c, &p, &plan);
    CHECK(more.absent_n == 0 && more.cost <= plan.cost);
    p.carers[1].tasks_max = 0;                   /* who has skill 2 is ill */
    more = plan_of(&c, &p, &plan);
    CHECK_INT(more.absent_n, 3);                 /* the pair, and who waits for it */
    struct tour_reason *r = tour_reasons(&c, &p, &more);
    CHECK(r[0].why == TOUR_WHY_WITH && p.visits[r[0].other].id == 2);
    CHECK_INT(r[1].why, TOUR_WHY_LOAD);
    CHECK(r[2].why == TOUR_WHY_WITH && p.visits[r[2].other].id == 2);
    arena_free(&c.mem);
}

TEST(who_is_tied_and_left_out_is_told_why)
{
    static const struct { const char *jobs, *text; enum tour_why why; } cases[] = {
        { "{\"id\":1,\"location_index\":1,\"skills\":[1],\"pair\":{\"job\":2}},"
          "{\"id\":2,\"location_index\":1,\"skills\":[1]}",
          "there are no two who have its skills and the other's: job 2", TOUR_WHY_SECOND },
        { "{\"id\":1,\"location_index\":1,\"time_windows\":[[20,30]],\"pair\":{\"job\":2}},"
          "{\"id\":2,\"location_index\":1,\"time_windows\":[[40,50]]}",
          "its windows leave no time that keeps what it is tied to: job 2", TOUR_WHY_MEET },
        { "{\"id\":1,\"location_index\":1,\"time_windows\":[[50,60]],"
          "\"after\":[{\"job\":2,\"max\":5}]},"
          "{\"id\":2,\"location_index\":2,\"time_windows\":[[20,30]]}",
          "its windows leave no time that keeps what it is tied to: job 2", TOUR_WHY_MEET },
    };
    struct ctx c = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tour_problem p = problem_of(&c, "", cases[i].jobs);
        struct tour_plan plan = plan_of(&c, &p, NULL);
        CHECK(plan.absent_n > 0 && plan.absent[0] == 0);
        struct tour_reason *r = tour_reasons(&c, &p, &plan);
        CHECK_INT(r->why, cases[i].why);
        CHECK(tour_why_proves(r->why));
        CHECK_TEXT(tour_reason_text(&c.mem, &p, r), cases[i].text);
    }
    arena_free(&c.mem);
}

#define ONE(more) "{\"id\":1,\"location_index\":1," more "}"
#define OTHER(id, more) ",{\"id\":" #id ",\"location_index\":2" more "}"

TEST(ties_with_a_fault_are_refused_by_their_path)
{
    static const struct { const char *jobs, *path; } bad[] = {
        { ONE("\"pair\":{\"job\":7}"), "jobs[0].pair.job" },
        { ONE("\"pair\":{}"), "jobs[0].pair" },
        { ONE("\"pair\":{\"job\":1}"), "jobs[0].pair" },
        { ONE("\"pair\":{\"job\":2,\"min\":-1}") OTHER(2, ""), "jobs[0].pair.min" },
        { ONE("\"pair\":{\"job\":2,\"min\":9,\"max\":3}") OTHER(2, ""), "jobs[0].pair.max" },
        { ONE("\"pair\":{\"job\":2}") OTHER(2, ",\"pair\":{\"job\":1}"), "jobs[1].pair" },
        { ONE("\"pair\":{\"job\":2}") OTHER(2, "") OTHER(2, ""), "jobs[0].pair.job" },
        { ONE("\"after\":{\"job\":2}") OTHER(2, ""), "jobs[0].after" },
        { ONE("\"after\":[{\"job\":2},{\"job\":3}]") OTHER(2, ""), "jobs[0].after[1].job" },
        { ONE("\"after\":[{\"job\":2,\"since\":\"noon\"}]") OTHER(2, ""),
          "jobs[0].after[0].since" },
        { ONE("\"after\":[{\"job\":2}]") OTHER(2, ",\"after\":[{\"job\":1}]"),
          "jobs[0].after[0]" },
        { ONE("\"pair\":{\"job\":2},\"after\":[{\"job\":2}]") OTHER(2, ""),
          "jobs[0].after[0]" },
    };
    struct ctx c = { 0 };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tour_problem p;
        struct sv path = sv_of(bad[i].path);
        struct sv text = sv_fmt(test_mem(), "{" CARERS_OF("[]") "\"jobs\":[%s]," WAYS "}",
                                bad[i].jobs);
        CHECK(vroom_read(&c, text, &p) == ERR_INVALID);
        struct sv log = c.fault.log;
        if (!sv_starts(log, path) || log.at[path.len] != ':')
            test_fail(__FILE__, __LINE__, "%s: said \"%.*s\"", bad[i].jobs, SV_ARG(log));
        ctx_forgive(&c);
    }
    arena_free(&c.mem);
}
