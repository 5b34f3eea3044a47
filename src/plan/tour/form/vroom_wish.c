/* vroom_wish.c - beyond VROOM: which vehicles a job would rather have, or must not have. */

#include "plan/tour/form/vroom.h"

static int vehicle_of(const struct vroom *r, int64_t id)
{
    for (int k = 0; k < r->p->carers_n; k++)
        if (r->p->carers[k].id == id)
            return k;
    return TOUR_NONE;
}

/* The row of a job; there are none until a job has a wish. */
static int32_t *row_of(struct vroom *r, int job, int jobs)
{
    size_t carers = (size_t)r->p->carers_n;
    if (!r->wish)
        r->wish = NEW(&r->c->mem, int32_t, (size_t)jobs * carers);
    r->p->wish = r->wish;
    return r->wish + (size_t)job * carers;
}

static enum err costs_read(struct vroom *r, const struct node *at, int32_t *row)
{
    for (const struct json_value *v = at->v->first; v; v = v->next) {
        const char *name = sv_text(&r->c->mem, v->name);
        int64_t id = -1, cost = 0;
        int k = sv_int(v->name, 0, INT64_MAX, &id) ? vehicle_of(r, id) : TOUR_NONE;
        if (k == TOUR_NONE)
            return vroom_wrong(r, at, name, "there is no vehicle with this id");
        if (!json_whole(v, 0, 1000000, &cost))
            return vroom_wrong(r, at, name, "must be a whole number from 0 to 1000000");
        row[k] = (int32_t)(cost * r->p->cost_scale);
    }
    return ERR_NONE;
}

static enum err forbidden_read(struct vroom *r, const struct node *at, int32_t *row)
{
    int n = 0;
    for (const struct json_value *v = at->v->first; v; v = v->next, n++) {
        struct node item = vroom_item(at, n, v);
        int64_t id = -1;
        int k = json_whole(v, 0, INT64_MAX, &id) ? vehicle_of(r, id) : TOUR_NONE;
        if (k == TOUR_NONE)
            return vroom_wrong(r, &item, NULL, "there is no vehicle with this id");
        row[k] = TOUR_NEVER;
    }
    return ERR_NONE;
}

enum err vroom_wishes(struct vroom *r, const struct node *job, int index, int jobs)
{
    struct node costs = { .up = job, .name = "vehicle_costs",
                          .v = json_member(job->v, "vehicle_costs") };
    struct node never = { .up = job, .name = "forbidden_vehicles",
                          .v = json_member(job->v, "forbidden_vehicles") };
    if (costs.v && costs.v->kind != JSON_OBJECT)
        return vroom_wrong(r, &costs, NULL, "must be an object: costs by vehicle id");
    if (never.v && never.v->kind != JSON_ARRAY)
        return vroom_wrong(r, &never, NULL, "must be an array of vehicle ids");
    if (costs.v)
        TRY(costs_read(r, &costs, row_of(r, index, jobs)));
    if (never.v)
        TRY(forbidden_read(r, &never, row_of(r, index, jobs)));
    return ERR_NONE;
}
