/* notes.c - what the dispatcher has noted of the day's orders: locks, and what carers know. */

#include "care/dispatch/day/day.h"

#include "care/dispatch/dispatch.h"

SQL(dispatch_notes);
SQL(dispatch_can_undo);

static void take_note(struct the_day *d, const struct dispatch_note *n)
{
    int i = day_seat_at(d, n->care_order, (enum visit_seat)n->seat);
    int told = day_carer_at(d, n->told_carer);
    if (n->told_at.ms > d->told_at.ms)
        d->told_at = n->told_at;
    bool gone = i == NOBODY || d->visits[i].carer == NOBODY;
    bool other = i != NOBODY && d->visits[i].carer != told;
    if (told != NOBODY && (gone || other)) {          /* told of it, she must hear it is off */
        d->untold[told]++;
        d->untold_n += gone;
    }
    if (i == NOBODY)
        return;
    d->visits[i].locked = n->locked;
    d->visits[i].told_carer = n->told_carer;
    d->visits[i].told_min = (int)n->told_min;
}

static void count_untold(struct the_day *d)
{
    for (int i = 0; i < d->visits_n; i++) {
        struct day_visit *v = &d->visits[i];
        if (v->carer == NOBODY)
            continue;
        v->told = v->told_carer.n == d->carers[v->carer].id.n && v->told_min == v->start_min;
        bool owed = !v->told && !v->over && v->visit_state == VISIT_PLANNED;
        d->untold[v->carer] += owed;
        d->untold_n += owed;
    }
}

enum err notes_read(struct ctx *c, struct the_day *d)
{
    int64_t run = 0;
    d->untold = NEW(&d->mem, int, d->carers_n + 1);
    struct rows r = db_rows(c, &sql_dispatch_notes,
                            PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n)));
    while (rows_next(&r)) {
        struct dispatch_note n;
        record_clear(dispatch_note_fields, &n);
        rows_read(&r, dispatch_note_fields, &n);
        take_note(d, &n);
    }
    TRY(rows_end(&r));
    count_untold(d);
    TRY(db_int(c, &sql_dispatch_can_undo,
               PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n)), &run));
    d->can_undo = run != 0;
    return ERR_NONE;
}
