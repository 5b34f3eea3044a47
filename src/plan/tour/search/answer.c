/* answer.c - one hunt, or several beside one another of which the best counts. */

#include "plan/tour/beside.h"
#include "plan/tour/schedule.h"
#include "plan/tour/search/hunt.h"

static void search(struct beside *one)
{
    struct hunt *h = hunt_new(&one->mem, one->problem, &one->budget, one->budget.seed);
    one->found = h;
    hunt_run(h);
}

/* The best of all, the first of equal ones. */
static const struct hunt *best_of(const struct beside *all, int n)
{
    const struct hunt *best = all[0].found;
    for (int i = 1; i < n; i++) {
        const struct hunt *h = all[i].found;
        best = worth_less(h->worth, best->worth) ? h : best;
    }
    return best;
}

void tour_search(struct ctx *c, const struct tour_problem *p, const struct tour_budget *budget,
                 struct tour_plan *ret_plan)
{
    struct beside *all;
    int n = beside_run(c, budget, p, search, &all);
    const struct hunt *best = best_of(all, n);
    if (best->s->ties)
        ties_pin_all(best->s, best->best_begin);
    tour_schedule(c, best->s->p, best->best, ret_plan);
    for (int i = 0; i < n; i++) {
        const struct hunt *h = all[i].found;
        ret_plan->iterations += h->turns;
        ret_plan->cpu_s += all[i].cpu_s;
        arena_free(&all[i].mem);
    }
}
