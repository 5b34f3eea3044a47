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

/* Leaves of the windows what lies from a time on, or that time alone; false: nothing does. */
static bool windows_from(struct vroom *r, struct tour_visit *v, int32_t begin, bool alone)
{
    const struct tour_window always = { 0, TOUR_TIME_MAX };
    const struct tour_window *old = v->windows.n ? v->windows.at : &always;
    int n = v->windows.n ? v->windows.n : 1, kept = 0;
    struct tour_window *w = NEW(&r->c->mem, struct tour_window, n);
    for (int i = 0; i < n; i++) {
        if (old[i].close < begin || (alone && old[i].open > begin))
            continue;
        w[kept] = old[i];
        w[kept].open = old[i].open > begin ? old[i].open : begin;
        w[kept].close = alone ? begin : old[i].close;
        kept++;
    }
    bool inside = kept > 0 && w[0].open == begin;
    v->windows = (struct tour_windows){ w, kept };
    return inside;
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

/*
 * What she was told: not before that time, later at a price an hour, another vehicle at a price;
 * with `fixed` at that time and by that vehicle or by nobody.
 */
static enum err promised_read(struct vroom *r, const struct node *job, int index, int jobs)
{
    struct node at = { .up = job, .name = "promised", .v = json_member(job->v, "promised") };
    struct tour_visit *v = &r->p->visits[index];
    const struct json_value *fixed = json_member(at.v, "fixed");
    int32_t begin = -1, price = 0, other = 0;
    int64_t id = -1;
    if (!at.v)
        return ERR_NONE;
    TRY(vroom_small(r, &at, "begin", TOUR_TIME_MAX, &begin));
    TRY(vroom_small(r, &at, "late_per_hour", 1000000, &price));
    TRY(vroom_small(r, &at, "other_vehicle", 1000000, &other));
    TRY(vroom_whole(r, &at, "vehicle", INT64_MAX, &id));
    if (fixed && fixed->kind != JSON_BOOL)
        return vroom_wrong(r, &at, "fixed", "must be true or false");
    bool pinned = fixed && fixed->yes;
    int k = id < 0 ? TOUR_NONE : vehicle_of(r, id);
    if (id >= 0 && k == TOUR_NONE)
        return vroom_wrong(r, &at, "vehicle", "there is no vehicle with this id");
    if (begin < 0 && k == TOUR_NONE)
        return vroom_wrong(r, &at, NULL, "a begin or a vehicle is wanted");
    if (begin >= 0) {
        if (!windows_from(r, v, begin, pinned))
            return vroom_wrong(r, &at, "begin", "lies in none of the job's time_windows");
        v->due = begin;
        v->late_cost = (int32_t)(price * r->p->cost_scale);
    }
    for (int i = 0; k != TOUR_NONE && i < r->p->carers_n; i++) {
        int32_t *wish = row_of(r, index, jobs) + i;
        if (i != k && *wish < TOUR_NEVER)
            *wish = pinned ? TOUR_NEVER : *wish + (int32_t)(other * r->p->cost_scale);
    }
    return ERR_NONE;
}

enum err vroom_late(struct vroom *r, const struct node *job, struct tour_visit *v)
{
    int32_t price = 0;
    TRY(vroom_small(r, job, "due", TOUR_TIME_MAX, &v->due));
    TRY(vroom_small(r, job, "late_per_hour", 1000000, &price));
    if (price && !json_member(job->v, "due"))
        return vroom_wrong(r, job, "due", "is wanted when late_per_hour is given");
    v->late_cost = (int32_t)(price * r->p->cost_scale);
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
    return promised_read(r, job, index, jobs);
}
