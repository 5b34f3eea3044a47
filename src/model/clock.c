/* clock.c - steps that nobody takes but the clock. */

#include "model/jobs.h"

#include "model/house.h"

#include <stdalign.h>
#include <stddef.h>

struct due { const struct step_by_clock *step; size_t n; };
struct due_row { int64_t id, version; };

static enum err take_some(struct ctx *c, void *arg)
{
    struct due *due = arg;
    const struct step_by_clock *s = due->step;
    struct due_row rows[STEP_BY_CLOCK_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, s->due, PARAMS(P_INT("today", day_of(c->now).n)));
    while (n < STEP_BY_CLOCK_MAX && rows_next(&r)) {
        rows[n] = (struct due_row){ rows_int(&r, 0), rows_int(&r, 1) };
        n++;
    }
    TRY(rows_end(&r));
    void *after = arena_take(&c->mem, s->entity->size, alignof(max_align_t));
    c->reason = sv_of(s->reason);
    for (size_t i = 0; i < n; i++)
        TRY(entity_act_by_rule(c, s->entity, rows[i].id, rows[i].version, sv_of(s->action), NULL,
                               after));
    due->n = n;
    return ERR_NONE;
}

enum err step_by_clock(struct ctx *c, const struct job *j, const struct step_by_clock *s)
{
    struct due due = { .step = s };
    int64_t done = 0;
    do {
        TRY(transaction_batch(c, take_some, &due));
        done += (int64_t)due.n;
        TRY(job_progress(c, j, done, 0));
    } while (due.n == STEP_BY_CLOCK_MAX);
    return ERR_NONE;
}
