/* vroom_steps.c - the days that a file's vehicles begin with. */

#include "plan/tour/form/vroom.h"

#include "plan/tour/schedule.h"
#include "plan/tour/search/state.h"

#include <string.h>

struct route_steps { int32_t *codes; int n, carer, breaks; bool *taken; };

static int visit_of(const struct vroom *r, enum tour_part part, int64_t id)
{
    for (int v = 0; v < r->p->visits_n; v++)
        if (r->p->visits[v].part == part && r->p->visits[v].id == id)
            return v;
    return TOUR_NONE;
}

static enum err break_read(struct vroom *r, const struct node *at, struct route_steps *d,
                           int64_t id)
{
    const struct tour_carer *k = &r->p->carers[d->carer];
    while (d->breaks < k->breaks_n && k->breaks[d->breaks].off)
        d->codes[d->n++] = STOP_BREAK - d->breaks++;
    if (d->breaks == k->breaks_n || k->breaks[d->breaks].id != id)
        return vroom_wrong(r, at, NULL, "breaks must stand in their order, each once");
    d->codes[d->n++] = STOP_BREAK - d->breaks++;
    return ERR_NONE;
}

static enum err step_read(struct vroom *r, const struct node *at, struct route_steps *d)
{
    static const char *const parts[] = { "job", "pickup", "delivery" };
    struct sv type = SV("");
    int64_t id = -1;
    TRY(vroom_text(r, at, "type", &type));
    TRY(vroom_whole(r, at, "id", INT64_MAX, &id));
    if (sv_is(type, "start") || sv_is(type, "end"))
        return ERR_NONE;
    if (sv_is(type, "break"))
        return break_read(r, at, d, id);
    for (int part = 0; part < 3; part++) {
        if (!sv_is(type, parts[part]))
            continue;
        int v = visit_of(r, (enum tour_part)part, id);
        if (v == TOUR_NONE)
            return vroom_wrong(r, at, "id", "there is no such job or shipment");
        if (d->taken[v])
            return vroom_wrong(r, at, "id", "stands in the steps twice");
        if (!tour_able(r->p, d->carer, v))
            return vroom_wrong(r, at, "id", "this vehicle must not, or cannot, make it");
        d->taken[v] = true;
        d->codes[d->n++] = v;
        return ERR_NONE;
    }
    return vroom_wrong(r, at, "type", "must be start, job, pickup, delivery, break or end");
}

static bool holds(const struct vroom *r, const struct route_steps *d, const int32_t *codes, int n)
{
    struct tour_trial trial;
    return tour_try(r->p, d->carer, codes, n, TOUR_NONE, &trial) && tour_holds(&trial);
}

/* Breaks that the steps do not have, each where the day holds first. */
static bool breaks_put(struct vroom *r, struct route_steps *d)
{
    const struct tour_carer *k = &r->p->carers[d->carer];
    int low = 1;
    for (int i = 1; i < d->n; i++)
        low = d->codes[i] <= STOP_BREAK ? i + 1 : low;
    for (; d->breaks < k->breaks_n; d->breaks++) {
        int at = low;
        for (; at < d->n; at++) {
            memmove(d->codes + at + 1, d->codes + at, sizeof *d->codes * (size_t)(d->n - at));
            d->codes[at] = STOP_BREAK - d->breaks;
            if (holds(r, d, d->codes, d->n + 1))
                break;
            memmove(d->codes + at, d->codes + at + 1, sizeof *d->codes * (size_t)(d->n - at));
        }
        if (at == d->n)
            return false;
        d->n++;
        low = at + 1;
    }
    return holds(r, d, d->codes, d->n);
}

static enum err day_read(struct vroom *r, const struct node *vehicle, struct route_steps *d)
{
    struct node steps = { .up = vehicle, .name = "steps", .v = json_member(vehicle->v, "steps") };
    int64_t index = 0;
    if (steps.v->kind != JSON_ARRAY || steps.v->n > TOUR_VISITS_MAX + 20)
        return vroom_wrong(r, &steps, NULL, "must be an array of at most 10020 steps");
    d->codes[d->n++] = STOP_START;
    for (const struct json_value *v = steps.v->first; v; v = v->next) {
        struct node item = vroom_item(&steps, index++, v);
        TRY(step_read(r, &item, d));
    }
    d->codes[d->n++] = STOP_END;
    if (!breaks_put(r, d))
        return vroom_wrong(r, &steps, NULL, "this day does not hold: a window, a break, the shift, "
                                            "a load or a limit");
    return ERR_NONE;
}

enum err vroom_steps(struct vroom *r, const struct node *top)
{
    struct node list = { .up = top, .name = "vehicles", .v = json_member(top->v, "vehicles") };
    size_t room = (size_t)r->p->visits_n + 1, k = 0;
    for (int i = 0; i < r->p->carers_n; i++)
        room += 4 + (size_t)r->p->carers[i].breaks_n;
    int32_t *all = NEW(&r->c->mem, int32_t, room + 1);
    struct route_steps d = { .codes = all, .taken = NEW(&r->c->mem, bool, r->p->visits_n) };
    for (const struct json_value *v = list.v->first; v; v = v->next, k++) {
        struct node item = vroom_item(&list, (int64_t)k, v);
        const struct json_value *steps = json_member(v, "steps");
        if (!steps)
            continue;
        int32_t *head = d.codes;
        d = (struct route_steps){ .codes = head + 2, .carer = (int)k, .taken = d.taken };
        TRY(day_read(r, &item, &d));
        head[0] = (int32_t)k;
        head[1] = d.n;
        d.codes = d.n == 2 + d.breaks ? head : head + 2 + d.n;       /* idle: said with nothing */
    }
    if (d.codes == all)
        return ERR_NONE;
    *d.codes = TOUR_NONE;
    r->p->given = all;
    return ERR_NONE;
}
