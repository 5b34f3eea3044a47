/* live_test.c - a day under way: what is offered holds, and so does the plan after each change. */

#include "plan/tour/live.h"

#include "plan/tour/checker_test.h"
#include "plan/tour/form/form.h"
#include "test.h"

#include <stdio.h>

enum { ROOM = 4 };

struct shift_day {
    struct ctx          c;
    struct tour_problem p;
    struct tour_plan    plan;
    struct tour_live   *l;
};

static void begin(struct shift_day *d, int64_t iterations)
{
    FILE *f = fopen(test_data("homecare/hc_50.json"), "rb");
    char *text = NEW(test_mem(), char, 1000000);
    size_t n = f ? fread(text, 1, 1000000, f) : 0;
    if (f)
        fclose(f);
    CHECK(vroom_read(&d->c, (struct sv){ text, n }, &d->p) == ERR_NONE);
    tour_search(&d->c, &d->p, &(struct tour_budget){ .iterations = iterations, .seed = 1 },
                &d->plan);
    d->l = tour_live_new(&d->c.mem, &d->p, &d->plan, ROOM);
}

/* The plan as it is; it holds, but for visits that are over, which it does not name. */
static struct tour_plan plan_now(struct shift_day *d, int over)
{
    struct tour_plan plan;
    tour_live_plan(&d->c, d->l, &plan);
    int made = plan.absent_n;
    for (int i = 0; i < plan.tours_n; i++)
        for (int s = 0; s < plan.tours[i].steps_n; s++)
            made += plan.tours[i].steps[s].kind == TOUR_VISIT;
    CHECK_INT(made, tour_live_problem(d->l)->visits_n - over);
    const char *fault = plan_fault(tour_live_problem(d->l), &plan);
    if (fault && over == 0)
        test_fail(__FILE__, __LINE__, "%s", fault);
    return plan;
}

TEST(what_is_offered_holds_when_it_is_taken)
{
    struct shift_day d = { 0 };
    struct tour_window windows[24];
    struct tour_offer offers[24], taken;
    struct tour_change *changes;
    int32_t visit;
    int possible = 0;
    begin(&d, 2000);
    CHECK_INT(tour_live_changes(&d.c, d.l, &changes), 0);
    for (int i = 0; i < 24; i++)
        windows[i] = (struct tour_window){ 25200 + 1800 * i, 25200 + 1800 * i + 1799 };
    struct tour_visit v = { .id = 900, .place = 3, .service = 1800 };
    tour_live_offers(d.l, &v, windows, 24, offers);
    plan_now(&d, 0);
    for (int i = 0; i < 24; i++) {
        if (offers[i].carer == TOUR_NONE || possible++)
            continue;
        CHECK(offers[i].begin >= windows[i].open && offers[i].begin <= windows[i].close);
        v.windows = (struct tour_windows){ &windows[i], 1 };
        CHECK(tour_live_add(&d.c, d.l, &v, &visit, &taken) == ERR_NONE);
        CHECK(taken.carer == offers[i].carer && taken.cost == offers[i].cost);
        struct tour_plan plan = plan_now(&d, 0);
        CHECK_INT(plan.cost, d.plan.cost + taken.cost);
        int n = tour_live_changes(&d.c, d.l, &changes);
        CHECK(n >= 1);
        CHECK(changes[n - 1].visit == visit && changes[n - 1].carer == taken.carer);
    }
    CHECK(possible > 5);
    arena_free(&d.c.mem);
}

TEST(a_carer_who_is_ill_makes_no_visit_and_few_others_change)
{
    struct shift_day d = { 0 };
    struct tour_change *changes;
    begin(&d, 2000);
    int32_t ill = d.plan.tours[0].carer;
    int hers = d.plan.tours[0].steps_n - 2 - d.p.carers[ill].breaks_n;
    tour_live_ill(d.l, ill);
    struct tour_plan plan = plan_now(&d, 0);
    for (int i = 0; i < plan.tours_n; i++)
        CHECK(plan.tours[i].carer != ill);
    CHECK(plan.absent_n <= d.plan.absent_n + hers);
    int absent = plan.absent_n;
    tour_live_replan(&d.c, d.l, &(struct tour_budget){ .iterations = 2000, .seed = 1 }, 3600);
    plan = plan_now(&d, 0);
    CHECK(plan.absent_n <= absent);
    int n = tour_live_changes(&d.c, d.l, &changes), others = 0;
    for (int i = 0; i < n; i++)
        others += changes[i].carer_before != ill && changes[i].carer_before != TOUR_NONE &&
                  changes[i].carer != changes[i].carer_before;
    CHECK(others < d.p.visits_n / 2);
    arena_free(&d.c.mem);
}

TEST(a_carer_who_is_late_keeps_what_she_can_and_no_more)
{
    struct shift_day d = { 0 };
    begin(&d, 2000);
    const struct tour *t = &d.plan.tours[0];
    int32_t late = t->carer, first = -1;
    for (int i = 1; i < t->steps_n && first < 0; i++)
        first = t->steps[i].kind == TOUR_VISIT ? i : -1;
    int32_t free = t->steps[first].arrive + t->steps[first].wait + t->steps[first].service + 3600;
    tour_live_at(d.l, late, first, free);
    struct tour_plan plan = plan_now(&d, 1);
    for (int i = 0; i < plan.tours_n; i++)
        if (plan.tours[i].carer == late)
            CHECK(plan.tours[i].steps[0].arrive >= free);
    tour_live_cancel(d.l, t->steps[first + 2].kind == TOUR_VISIT ? t->steps[first + 2].index
                                                                 : t->steps[first + 1].index);
    plan_now(&d, 2);
    tour_live_replan(&d.c, d.l, &(struct tour_budget){ .iterations = 500, .seed = 1 }, 3600);
    plan_now(&d, 2);
    arena_free(&d.c.mem);
}

/* Two meals from one kitchen: who has fetched one hands it over, whoever else is free. */
TEST(what_is_picked_up_is_handed_over_by_the_same_carer)
{
    struct shift_day d = { 0 };
    struct tour_offer offer;
    struct tour_visit more = { .id = 9, .place = 1, .service = 5 };
    int32_t visit;
    CHECK(vroom_read(&d.c, SV("{\"vehicles\":[{\"id\":1,\"start_index\":0,\"capacity\":[2],"
        "\"time_window\":[0,1000]},{\"id\":2,\"start_index\":0,\"capacity\":[2]}],\"matrices\":"
        "{\"car\":{\"durations\":[[0,10,20],[10,0,10],[20,10,0]]}},\"shipments\":[{\"amount\":[1],"
        "\"pickup\":{\"id\":1,\"location_index\":0},\"delivery\":{\"id\":1,\"location_index\":1}},"
        "{\"amount\":[1],\"pickup\":{\"id\":2,\"location_index\":0},\"delivery\":{\"id\":2,"
        "\"location_index\":2}}]}"), &d.p) == ERR_NONE);
    tour_search(&d.c, &d.p, &(struct tour_budget){ .iterations = 300, .seed = 1 }, &d.plan);
    CHECK_INT(d.plan.tours_n, 1);
    int32_t carer = d.plan.tours[0].carer;
    d.l = tour_live_new(&d.c.mem, &d.p, &d.plan, ROOM);
    CHECK(tour_live_add(&d.c, d.l, &more, &visit, &offer) == ERR_NONE);
    tour_live_at(d.l, carer, 1, 50);             /* the first pick-up is over */
    tour_live_replan(&d.c, d.l, &(struct tour_budget){ .iterations = 300, .seed = 2 }, 0);
    struct tour_plan plan = plan_now(&d, 1);
    CHECK_INT(plan.absent_n, 0);
    int32_t mate = d.p.visits[d.plan.tours[0].steps[1].index].mate, by = TOUR_NONE;
    for (int i = 0; i < plan.tours_n; i++)
        for (int s = 0; s < plan.tours[i].steps_n; s++)
            if (plan.tours[i].steps[s].kind == TOUR_VISIT && plan.tours[i].steps[s].index == mate)
                by = plan.tours[i].carer;
    CHECK_INT(by, carer);
    tour_live_cancel(d.l, d.p.visits[d.plan.tours[0].steps[2].index].mate);
    tour_live_ill(d.l, carer);
    plan = plan_now(&d, 3);
    CHECK_INT(plan.absent_n, 1);                 /* what she has with her nobody else has */
    CHECK_INT(plan.absent[0], mate);
    arena_free(&d.c.mem);
}
