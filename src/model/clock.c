/* clock.c - what nobody does but the clock. */

#include "model/jobs.h"

#include "model/house.h"

#include <stdalign.h>
#include <stddef.h>

struct batch { const struct work_by_clock *work; int64_t after, last; size_t n; };

static enum err due_rows(struct ctx *c, const struct batch *b, struct due_row *rows, size_t *ret_n)
{
    const struct work_by_clock *w = b->work;
    size_t n = 0;
    struct rows r = db_rows(c, w->due,
                            PARAMS(P_INT("today", day_of(c->now).n), P_INT("now", c->now.ms),
                                   P_INT("since", w->since.n), P_INT("until", w->until.n),
                                   P_INT("after", b->after)));
    while (n < BY_CLOCK_MAX && rows_next(&r)) {
        rows[n] = (struct due_row){ rows_int(&r, 0), r.columns > 1 ? rows_int(&r, 1) : 0 };
        n++;
    }
    *ret_n = n;
    return rows_end(&r);
}

static enum err work_some(struct ctx *c, void *arg)
{
    struct batch *b = arg;
    struct due_row rows[BY_CLOCK_MAX];
    TRY(due_rows(c, b, rows, &b->n));
    for (size_t i = 0; i < b->n; i++)
        TRY(b->work->each(c, &rows[i], b->work->with));
    b->last = b->n ? rows[b->n - 1].id : b->after;
    return ERR_NONE;
}

enum err work_by_clock(struct ctx *c, const struct job *j, const struct work_by_clock *w)
{
    struct batch b = { .work = w };
    int64_t done = 0;
    do {
        TRY(transaction_batch(c, work_some, &b));
        b.after = b.last;
        done += (int64_t)b.n;
        TRY(job_progress(c, j, done, 0));
    } while (b.n == BY_CLOCK_MAX);
    return ERR_NONE;
}

static enum err take_step(struct ctx *c, const struct due_row *row, const void *with)
{
    const struct step_by_clock *s = with;
    void *after = arena_take(&c->mem, s->entity->size, alignof(max_align_t));
    c->reason = sv_of(s->reason);
    return entity_act_by_rule(c, s->entity, row->id, row->version, sv_of(s->action), NULL, after);
}

enum err step_by_clock(struct ctx *c, const struct job *j, const struct step_by_clock *s)
{
    return work_by_clock(c, j, &(struct work_by_clock){ .due = s->due, .each = take_step,
                                                        .with = s });
}
