/* hours_test.c - what counts as work of a carer's ways. */

#include "plan/tour/form/form.h"
#include "test.h"

/* Of three visits ten apart: the way to the first is hers, and of the others a part counts. */
TEST(what_counts_of_ways_is_said_by_the_carer)
{
    struct ctx c = { 0 };
    static const char text[] = "{\"vehicles\":[{\"id\":7,\"start_index\":0}],\"jobs\":["
        "{\"id\":1,\"location_index\":1,\"service\":20},"
        "{\"id\":2,\"location_index\":2,\"service\":20}],"
        "\"matrices\":{\"car\":{\"durations\":[[0,10,30],[10,0,20],[30,20,0]]}}}";
    static const struct { struct tour_hours hours; int64_t work; int absent; } asked[] = {
        { { .most = 1000 }, 70, 0 },
        { { .most = 1000, .first_off = true }, 60, 0 },
        { { .most = 1000, .first_off = true, .way_off = 50 }, 50, 0 },
        { { .most = 1000, .way_off = 100 }, 40, 0 },
        { { .most = 50, .first_off = true, .way_off = 50 }, 50, 0 },
        { { .most = 49, .first_off = true, .way_off = 50 }, 20, 1 },
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct tour_problem p;
        struct tour_plan plan;
        CHECK(vroom_read(&c, sv_of(text), &p) == ERR_NONE);
        p.carers[0].hours = asked[i].hours;
        CHECK(tour_check(&c, &p) == ERR_NONE);
        tour_search(&c, &p, &(struct tour_budget){ .iterations = 200, .seed = 1 }, &plan);
        CHECK_INT(plan.absent_n, asked[i].absent);
        CHECK_INT(plan.tours[0].work, asked[i].work);
    }
    arena_free(&c.mem);
}
