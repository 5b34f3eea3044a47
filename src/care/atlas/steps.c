/* steps.c - who has a kind of place within five minutes, ten, and so on, by area. */

#include "care/atlas/inside.h"

#include <stdlib.h>

static void add_spot(struct atlas_step *sum, const struct spot *s, uint32_t ms)
{
    enum { STEP_MS = ATLAS_STEP_MIN * 60000 };
    sum->known += s->n;
    if (ms > ATLAS_STEPS * STEP_MS)
        return;
    for (uint32_t step = ms ? (ms - 1) / STEP_MS : 0; step < ATLAS_STEPS; step++)
        sum->within[step] += s->n;
}

static int by_scope(const void *left, const void *right)
{
    const struct atlas_step *a = left, *b = right;
    return (a->scope > b->scope) - (a->scope < b->scope);
}

struct atlas_steps atlas_steps_of(struct arena *mem, struct atlas *a, int kind,
                                  enum profile profile)
{
    struct lens guest = { 0 };
    struct lens *l = lens_once(a, &(struct atlas_rule){ .kind = kind, .profile = profile }, &guest);
    struct atlas_step *sum = NEW(mem, struct atlas_step, a->areas + 1);
    for (size_t i = 0; i < a->areas; i++)
        sum[i].scope = a->area[i];
    for (size_t i = 0; i < a->spots; i++)
        if (a->spot[i].n && a->spot[i].level != ADDRESS_NONE)
            add_spot(&sum[a->spot[i].area], &a->spot[i], l->ms[i]);
    lens_end(&guest);
    if (a->areas)
        qsort(sum, a->areas, sizeof *sum, by_scope);
    return (struct atlas_steps){ sum, a->areas };
}
