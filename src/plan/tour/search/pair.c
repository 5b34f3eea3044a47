/* pair.c - where the two visits of a shipment fit a route: every pair of places. */

#include "plan/tour/search/look.h"

/*
 * A route with the pick-up put in before stop `from`: `last` is the stop that the hand-over would
 * come behind, with times as they would be.
 */
struct ride {
    const struct look *pickup, *handover;
    struct stop last;
    int         from;
    int64_t     cost;                    /* of the legs that are new so far, less those gone */
};

/* The next stop from i on that has a place. */
static const struct stop *placed(const struct look *l, int i)
{
    while (l->t->stops[i].visit <= STOP_BREAK)
        i++;
    return &l->t->stops[i];
}

static int64_t task_cost(const struct look *l, int32_t from)
{
    int32_t setup = from == l->visit->place ? 0 : tour_setup(l->s->p, l->r, l->v);
    return (int64_t)l->carer->task_cost * (l->service + setup) / 3600;
}

/* Is there room for it from the stop before `at` on? */
static bool carries(const struct look *l, int at)
{
    int m = l->s->p->amounts_n;
    for (int a = 0; a < m; a++)
        if (l->t->loads[(at - 1) * m + a].now + l->visit->pickup[a] > l->carer->capacity[a])
            return false;
    return true;
}

/* The hand-over before stop `to`, behind ride->last. */
static void try_handover(const struct ride *ride, int to, struct spot *f)
{
    const struct look *l = ride->handover;
    struct stop at = { .visit = l->v, .place = l->visit->place };
    int behind = to;
    if (!stop_next(l->s, l->r, &ride->last, &at) || !look_goes_on(l, to, at.leave, &behind))
        return;
    const struct stop *b = &l->t->stops[behind];
    int64_t cost = ride->cost + at.leg + l->cost[b->place] - b->leg +
                   task_cost(l, ride->last.place);
    if (b == placed(ride->pickup, ride->from))       /* a leg from the pick-up that is none */
        cost += b->leg - ride->pickup->cost[b->place];
    if (l->s->strict[l->r] && cost < f->cost[0])
        cost = look_whole(ride->pickup, ride->from, l->v, to);
    if (cost >= f->cost[0])
        return;
    f->cost[0] = (int32_t)cost;
    f->at[0] = (int16_t)ride->from;
    f->at[1] = (int16_t)to;
}

/* The pick-up before stop `from`, and the hand-over wherever it fits behind. */
static void try_pickup(struct ride *ride, int from, struct spot *f)
{
    const struct look *l = ride->pickup;
    const struct stop *before = &l->t->stops[from - 1], *b = placed(l, from);
    ride->from = from;
    ride->last = (struct stop){ .visit = l->v, .place = l->visit->place };
    if (!carries(l, from) || !stop_next(l->s, l->r, before, &ride->last))
        return;
    ride->cost = l->once + ride->handover->once + ride->last.leg + l->cost[b->place] - b->leg +
                 task_cost(l, before->place);
    for (int to = from; to < l->t->n; to++) {
        if (to > from && !carries(l, to))
            return;
        try_handover(ride, to, f);
        struct stop next = l->t->stops[to];
        if (next.visit == STOP_END || !stop_next(l->s, l->r, &ride->last, &next) ||
            next.begin > next.late)
            return;
        ride->last = next;
    }
}

void look_pair(const struct look *l, struct spot *f)
{
    struct look handover = look_new(l->s, l->visit->mate, l->r);
    struct ride ride = { .pickup = l, .handover = &handover };
    handover.once -= l->t->visits ? 0 : l->carer->fixed_cost;        /* she goes out once */
    if (l->t->visits + 2 > l->carer->tasks_max || l->t->n + 2 > l->t->room)
        return;
    for (int from = 1; from < l->t->n && l->t->stops[from - 1].leave <= l->close; from++)
        try_pickup(&ride, from, f);
}
