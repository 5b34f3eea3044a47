/* reason_test.c - who is left out is told why, and what would help does help. */

#include "plan/tour/form/form.h"
#include "plan/tour/reason.h"
#include "test.h"

#define WAYS "\"matrices\":{\"car\":{\"durations\":[[0,10,30],[10,0,25],[30,25,0]]}}"
#define CARER(more) "\"vehicles\":[{\"id\":7,\"start_index\":0,\"end_index\":0," more "}],"
#define JOBS(list) "\"jobs\":[" list "],"

static struct tour_problem p;

static struct tour_reason reason_of(struct ctx *c, const char *text)
{
    struct tour_plan plan;
    CHECK(vroom_read(c, sv_of(text), &p) == ERR_NONE);
    tour_search(c, &p, &(struct tour_budget){ .iterations = 300, .seed = 1 }, &plan);
    CHECK_INT(plan.absent_n, 1);
    return tour_reasons(c, &p, &plan)[0];
}

TEST(a_visit_left_out_for_a_skill_says_which)
{
    struct ctx c = { 0 };
    struct tour_reason r = reason_of(&c, "{" CARER("\"skills\":[1]")
        JOBS("{\"id\":1,\"location_index\":1,\"skills\":[1,4]}") WAYS "}");
    CHECK_INT(r.why, TOUR_WHY_SKILL);
    CHECK_INT(r.skill, 4);
    CHECK_TEXT(tour_reason_text(&c.mem, &p, &r),
               "nobody has all its skills; vehicle 7 would need skill 4");
    arena_free(&c.mem);
}

TEST(a_visit_left_out_for_the_load_the_shift_or_the_way_says_so)
{
    struct ctx c = { 0 };
    struct tour_reason r = reason_of(&c, "{" CARER("\"capacity\":[2]")
        JOBS("{\"id\":1,\"location_index\":1,\"delivery\":[3]}") WAYS "}");
    CHECK_INT(r.why, TOUR_WHY_LOAD);
    r = reason_of(&c, "{" CARER("\"time_window\":[0,50]")
        JOBS("{\"id\":1,\"location_index\":1,\"time_windows\":[[60,90]]}") WAYS "}");
    CHECK_INT(r.why, TOUR_WHY_SHIFT);
    r = reason_of(&c, "{" CARER("\"time_window\":[0,50]")
        JOBS("{\"id\":1,\"location_index\":2,\"time_windows\":[[0,40]]}") WAYS "}");
    CHECK_INT(r.why, TOUR_WHY_TRAVEL);
    CHECK_INT(r.repair, TOUR_REPAIR_OVERTIME);
    CHECK_INT(r.by, 10);
    CHECK_INT(r.until, 60);
    arena_free(&c.mem);
}

/* Two visits of which one fits: the other is told how much longer the day would have to be. */
TEST(a_visit_that_others_crowd_out_says_what_would_help)
{
    struct ctx c = { 0 };
    struct tour_reason r = reason_of(&c, "{" CARER("\"time_window\":[0,70]")
        JOBS("{\"id\":1,\"location_index\":1,\"service\":20,\"priority\":5},"
             "{\"id\":2,\"location_index\":2,\"service\":5}") WAYS "}");
    CHECK_INT(p.visits[r.visit].id, 2);
    CHECK_INT(r.why, TOUR_WHY_CROWDED);
    CHECK_INT(r.repair, TOUR_REPAIR_OVERTIME);
    CHECK_INT(r.by, 20);
    CHECK_INT(r.swap, TOUR_NONE);                /* the other matters more */
    r = reason_of(&c, "{" CARER("\"time_window\":[0,90]")
        JOBS("{\"id\":1,\"location_index\":1,\"time_windows\":[[20,22]],\"priority\":1},"
             "{\"id\":2,\"location_index\":2,\"time_windows\":[[30,31]]}") WAYS "}");
    CHECK_INT(r.repair, TOUR_REPAIR_WIDEN);
    CHECK_INT(r.until, 45);
    CHECK_INT(r.by, 14);
    arena_free(&c.mem);
}
