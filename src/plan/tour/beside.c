/* beside.c - searches beside one another, each in its own thread. */

#include "plan/tour/beside.h"

#include <pthread.h>
#include <time.h>

enum { THREADS_MAX = 64, NEXT_SEED = 1000003 };

struct running {
    struct beside *one;
    void         (*search)(struct beside *);
    pthread_t      thread;
    bool           started;
};

double beside_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void *run(void *arg)
{
    struct running *r = arg;
    double begun = beside_cpu();
    r->search(r->one);
    r->one->cpu_s = beside_cpu() - begun;
    return NULL;
}

int beside_run(struct ctx *c, const struct tour_budget *budget, const void *problem,
               void (*search)(struct beside *), struct beside **ret_all)
{
    int n = budget->threads < 1 ? 1 : budget->threads < THREADS_MAX ? budget->threads : THREADS_MAX;
    struct beside *all = NEW(&c->mem, struct beside, n);
    struct running *running = NEW(&c->mem, struct running, n);
    for (int i = 0; i < n; i++) {
        all[i] = (struct beside){ .budget = *budget, .problem = problem };
        all[i].budget.seed = budget->seed + (uint64_t)i * NEXT_SEED;
        running[i] = (struct running){ .one = &all[i], .search = search };
        if (i == 0)
            continue;
        all[i].budget.progress = NULL;
        running[i].started = pthread_create(&running[i].thread, NULL, run, &running[i]) == 0;
    }
    run(&running[0]);
    for (int i = 1; i < n; i++) {
        if (running[i].started)
            pthread_join(running[i].thread, NULL);
        else
            run(&running[i]);
    }
    *ret_all = all;
    return n;
}
