/* answer.c - one hunt, or several beside one another of which the best counts. */

#include "plan/tour/schedule.h"
#include "plan/tour/search/hunt.h"

#include <pthread.h>
#include <time.h>

enum { THREADS_MAX = 64, NEXT_SEED = 1000003 };

struct part {
    const struct tour_problem *p;
    struct tour_budget budget;
    struct arena mem;
    struct hunt *hunt;
    pthread_t    thread;
    bool         started;
    double       cpu_s;
};

static double cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void *part_run(void *arg)
{
    struct part *part = arg;
    double begun = cpu();
    part->hunt = hunt_new(&part->mem, part->p, &part->budget, part->budget.seed);
    hunt_run(part->hunt);
    part->cpu_s = cpu() - begun;
    return NULL;
}

/* The best of all, the first of equal ones. */
static const struct part *best_of(const struct part *parts, int n)
{
    const struct part *best = parts;
    for (int i = 1; i < n; i++)
        if (worth_less(parts[i].hunt->worth, best->hunt->worth))
            best = &parts[i];
    return best;
}

void tour_search(struct ctx *c, const struct tour_problem *p, const struct tour_budget *budget,
                 struct tour_plan *ret_plan)
{
    int n = budget->threads < 1 ? 1 : budget->threads < THREADS_MAX ? budget->threads : THREADS_MAX;
    struct part *parts = NEW(&c->mem, struct part, n);
    for (int i = 0; i < n; i++) {
        parts[i].p = p;
        parts[i].budget = *budget;
        parts[i].budget.seed = budget->seed + (uint64_t)i * NEXT_SEED;
        if (i > 0) {
            parts[i].budget.progress = NULL;
            parts[i].started = pthread_create(&parts[i].thread, NULL, part_run, &parts[i]) == 0;
        }
    }
    part_run(&parts[0]);
    for (int i = 1; i < n; i++) {
        if (parts[i].started)
            pthread_join(parts[i].thread, NULL);
        else
            part_run(&parts[i]);
    }
    tour_schedule(c, p, best_of(parts, n)->hunt->best, ret_plan);
    for (int i = 0; i < n; i++) {
        ret_plan->iterations += parts[i].hunt->turns;
        ret_plan->cpu_s += parts[i].cpu_s;
        arena_free(&parts[i].mem);
    }
}
