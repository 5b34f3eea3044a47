/* fuzz_tours.c - any bytes as a problem of tours; what is read is planned for a moment. */

#include "plan/tour/form/form.h"
#include "plan/tour/twin/twin.h"

#include <assert.h>

enum { SMALL = 40 };

static void plan(struct ctx *c, const struct tour_problem *p)
{
    struct tour_plan found;
    struct buf out = buf_new(&c->mem, 1024);
    if (p->visits_n > SMALL || p->carers_n > SMALL)
        return;
    tour_search(c, p, &(struct tour_budget){ .iterations = 50, .seed = 1 }, &found);
    int made = found.absent_n;
    for (int i = 0; i < found.tours_n; i++)
        for (int j = 0; j < found.tours[i].steps_n; j++)
            made += found.tours[i].steps[j].kind == TOUR_VISIT;
    assert(made == p->visits_n);
    vroom_write(c, p, &found, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    struct tour_problem p;
    struct twin_problem twins;
    struct twin_plan days;
    struct sv text = { (const char *)bytes, size };
    if (vroom_read(&c, text, &p) == ERR_NONE)
        plan(&c, &p);
    ctx_forgive(&c);
    if (solomon_read(&c, text, TOUR_VEHICLES, &p) == ERR_NONE)
        plan(&c, &p);
    ctx_forgive(&c);
    if (hhcrsp_read(&c, text, &twins) == ERR_NONE && twins.visits_n <= SMALL)
        twin_search(&c, &twins, &(struct tour_budget){ .iterations = 500, .seed = 1 }, &days);
    arena_free(&c.mem);
    return 0;
}
