/*
 * trips.c - rounds of delivered meals: bench-trips DOORS PEOPLE BOXES WINDOW_MIN
 *
 * Doors of a quarter of as many buildings, a quarter of an hour's walk across; half of the people
 * ride. Prints one line of JSON: CPU milliseconds of the plan, and of what would help where doors
 * are left.
 */
#include "plan/trip/trip.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SIDE_S = 900, DOOR_S = 180, OPEN_S = 660 * 60, TURNS = 2000, BUILDING_S = 20 };

struct town { int doors; int32_t *x, *y; unsigned drawn; };

static int below(struct town *t, int n)
{
    t->drawn = t->drawn * 1103515245u + 12345u;
    return (int)((t->drawn >> 8) % (unsigned)n);
}

static double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void town_make(struct ctx *c, struct town *t)
{
    int houses = t->doors / 4 + 1;
    t->x = NEW(&c->mem, int32_t, t->doors + 1 + houses);
    t->y = NEW(&c->mem, int32_t, t->doors + 1 + houses);
    int32_t *hx = t->x + t->doors + 1, *hy = t->y + t->doors + 1;
    t->x[0] = t->y[0] = SIDE_S / 2;
    for (int i = 0; i < houses; i++)
        hx[i] = below(t, SIDE_S), hy[i] = below(t, SIDE_S);
    for (int i = 1; i <= t->doors; i++) {
        int house = below(t, houses);
        t->x[i] = hx[house] + below(t, BUILDING_S);
        t->y[i] = hy[house] + below(t, BUILDING_S);
    }
}

/* Streets at right angles; no two doors are nearer than half a minute. */
static struct trip_ways ways_of(struct ctx *c, const struct town *t, int faster)
{
    int wide = t->doors + 1;
    int32_t *time = NEW(&c->mem, int32_t, wide * wide);
    for (int i = 0; i < wide; i++)
        for (int k = 0; k < wide; k++) {
            int32_t far = (abs(t->x[i] - t->x[k]) + abs(t->y[i] - t->y[k])) / faster;
            time[i * wide + k] = i == k ? 0 : far < 30 ? 30 : far;
        }
    return (struct trip_ways){ time, time };
}

/* The nth word as a number; false when it is none. */
static bool word(int argc, char **argv, int nth, int64_t high, int *ret_n)
{
    int64_t n = 0;
    bool is = nth < argc && sv_int(sv_of(argv[nth]), 1, high, &n);
    *ret_n = (int)n;
    return is;
}

int main(int argc, char **argv)
{
    struct ctx c = { 0 };
    struct town t = { .drawn = 60 };
    int n, boxes, window;
    if (!word(argc, argv, 1, TRIP_DOORS_MAX, &t.doors) ||
        !word(argc, argv, 2, TRIP_BEARERS_MAX, &n) ||
        !word(argc, argv, 3, TRIP_BOXES_MAX, &boxes) || !word(argc, argv, 4, 700, &window))
        return fprintf(stderr, "usage: bench-trips DOORS PEOPLE BOXES WINDOW_MIN\n"), 2;
    struct trip_door doors[TRIP_DOORS_MAX];
    struct trip_bearer people[TRIP_BEARERS_MAX];
    town_make(&c, &t);
    struct trip_ways ways[2] = { ways_of(&c, &t, 1), ways_of(&c, &t, 3) };
    for (int i = 0; i < t.doors; i++)
        doors[i] = (struct trip_door){ OPEN_S, OPEN_S + window * 60, DOOR_S, 1 };
    for (int i = 0; i < n; i++)
        people[i] = (struct trip_bearer){ i % 2, boxes, OPEN_S - 1200, 86400 };
    struct trip_problem p = { doors, people, ways, NULL, t.doors, n, 2, 3600, 300 };
    struct trip_budget budget = { TURNS, 1 }, quick = { TURNS / 4, 1 };
    struct trip_plan plan;
    struct trip_repair help;
    double begun = cpu_ms(), planned;
    if (trip_search(&c, &p, &budget, &plan) != ERR_NONE)
        return 1;
    planned = cpu_ms();
    if (trip_repair(&c, &p, &plan, &quick, &help) != ERR_NONE)
        return 1;
    printf("{\"plan_ms\":%.1f,\"help_ms\":%.1f,\"trips\":%d,\"left\":%d,\"way_s\":%lld}\n",
           planned - begun, cpu_ms() - planned, plan.trips_n, plan.left_n, (long long)plan.cost);
    arena_free(&c.mem);
    return 0;
}
