/* vroom.c - VROOM's problem: its matrices, and the whole. */

#include "plan/tour/form/vroom.h"

#include <math.h>

/* --- matrices --- */

static enum err table_check(struct vroom *r, const struct node *profile, const char *name,
                            const struct json_value **ret_table)
{
    const struct json_value *v = json_member(profile->v, name);
    struct node table = { .up = profile, .name = name, .v = v };
    int64_t n = 0;
    *ret_table = v;
    if (!v)
        return ERR_NONE;
    if (v->kind != JSON_ARRAY || v->n < 1 || v->n > TOUR_PLACES_MAX)
        return vroom_wrong(r, &table, NULL, "must be an array of 1 to 4000 rows");
    if (r->p->places_n == 0)
        r->p->places_n = (int)v->n;
    if (v->n != (size_t)r->p->places_n)
        return vroom_wrong(r, &table, NULL, "has another number of rows than the table before");
    for (const struct json_value *row = v->first; row; row = row->next, n++) {
        struct node line = vroom_item(&table, n, row);
        if (row->kind != JSON_ARRAY || row->n != v->n)
            return vroom_wrong(r, &line, NULL,
                               "the matrix is not square: each row needs one number a row");
        int64_t at = 0, cell;
        for (const struct json_value *i = row->first; i; i = i->next, at++) {
            struct node one = vroom_item(&line, at, i);
            if (!json_whole(i, 0, TOUR_LEG_MAX, &cell))
                return vroom_wrong(r, &one, NULL, "must be a whole number from 0 to 100000000");
        }
    }
    return ERR_NONE;
}

static enum err matrices_read(struct vroom *r, const struct node *top)
{
    const struct json_value *v = json_member(top->v, "matrices");
    struct node all = { .up = top, .name = "matrices", .v = v };
    if (!v || v->kind != JSON_OBJECT || v->n == 0)
        return vroom_wrong(r, &all, NULL,
                           "is wanted: {\"car\": {\"durations\": [[0, ...], ...]}}");
    r->profiles = NEW(&r->c->mem, struct vroom_profile, v->n);
    for (const struct json_value *i = v->first; i; i = i->next) {
        struct vroom_profile *m = &r->profiles[r->profiles_n++];
        struct node one = { .up = &all, .name = sv_text(&r->c->mem, i->name), .v = i };
        m->name = i->name;
        TRY(table_check(r, &one, "durations", &m->times));
        TRY(table_check(r, &one, "distances", &m->distances));
        TRY(table_check(r, &one, "costs", &m->costs));
        if (!m->times)
            return vroom_wrong(r, &one, "durations", "is wanted");
    }
    return ERR_NONE;
}

/* Tables have been checked. With a factor and rounded. */
static void table_fill(const struct json_value *table, int n, double factor, int32_t *out)
{
    for (const struct json_value *row = table->first; row; row = row->next, out++)
        for (const struct json_value *i = row->first; i; i = i->next) {
            int64_t cell = 0;
            if (sv_int(i->text, 0, TOUR_LEG_MAX, &cell))
                *out++ = (int32_t)fmin(round((double)cell * factor), 2e9);
        }
    (void)n;
}

/* From streets: what cannot be reached stays so at any speed. */
static void seconds_fill(const int32_t *seconds, int n, double speed, int32_t *out)
{
    for (int i = 0; i < n; i++, out++)
        for (int j = 0; j < n; j++)
            *out++ = (int32_t)fmin(round(*seconds++ / speed), TOUR_LEG_MAX);
}

static void price(struct vroom *r, const struct vroom_priced *of, struct tour_travel *t)
{
    size_t cells = (size_t)(r->p->places_n + 1) * (size_t)(r->p->places_n + 1);
    double scale = (double)r->p->cost_scale;
    t->cost = NEW(&r->c->mem, int32_t, cells);
    if (r->profiles[of->profile].costs) {
        table_fill(r->profiles[of->profile].costs, r->p->places_n, scale, t->cost);
        return;
    }
    for (size_t i = 0; i < cells; i++) {
        double km = t->distance ? (double)t->distance[i] / 1000 : 0;
        double cost = scale * (of->per_hour * t->time[i] / PER_HOUR + of->per_km * km);
        t->cost[i] = (int32_t)fmin(round(cost), 2e9);
    }
}

/* The way to travel of a profile at a speed and price, made once. */
int vroom_travel(struct vroom *r, struct vroom_priced of)
{
    struct vroom_profile *m = &r->profiles[of.profile];
    for (int i = 0; i < r->p->travels_n; i++)
        if (r->priced[i].profile == of.profile && r->priced[i].speed == of.speed &&
            r->priced[i].per_hour == of.per_hour && r->priced[i].per_km == of.per_km)
            return i;
    struct tour_travel *t = &r->p->travels[r->p->travels_n];
    *t = tour_travel_new(&r->c->mem, r->p->places_n, m->distances != NULL);
    if (m->seconds)
        seconds_fill(m->seconds, r->p->places_n, of.speed, t->time);
    else
        table_fill(m->times, r->p->places_n, 1 / of.speed, t->time);
    if (m->distances)
        table_fill(m->distances, r->p->places_n, 1, t->distance);
    if (m->costs || of.per_hour != PER_HOUR || of.per_km > 0 || r->p->cost_scale != 1)
        price(r, &of, t);
    r->priced[r->p->travels_n] = of;
    return r->p->travels_n++;
}

/* --- the whole --- */

static enum err list_of(struct vroom *r, const struct node *top, const char *name, int most,
                        struct node *ret_list)
{
    const struct json_value *v = json_member(top->v, name);
    *ret_list = (struct node){ .up = top, .name = name, .v = v };
    if (v && v->kind != JSON_ARRAY)
        return vroom_wrong(r, ret_list, NULL, "must be an array");
    if (v && v->n > (size_t)most)
        return vroom_wrong(r, ret_list, NULL,
                           sv_fmt(&r->c->mem, "at most %d in one plan", most).at);
    return ERR_NONE;
}

/* Prices other than a unit a second want cents. */
static void scale_choose(struct vroom *r, const struct node *vehicles)
{
    r->p->cost_scale = r->p->time_scale = 1;
    for (const struct json_value *v = vehicles->v->first; v; v = v->next) {
        const struct json_value *costs = json_member(v, "costs");
        if (json_member(costs, "per_hour") || json_member(costs, "per_km") ||
            json_member(costs, "per_task_hour") || json_member(costs, "per_overtime_hour"))
            r->p->cost_scale = VROOM_COST_FINE;
    }
}

static enum err vehicles_read(struct vroom *r, const struct node *top)
{
    struct node list;
    TRY(list_of(r, top, "vehicles", TOUR_CARERS_MAX, &list));
    if (!list.v || list.v->n == 0)
        return vroom_wrong(r, &list, NULL, "at least one is wanted");
    scale_choose(r, &list);
    r->p->carers = NEW(&r->c->mem, struct tour_carer, list.v->n);
    r->p->travels = NEW(&r->c->mem, struct tour_travel, list.v->n);
    r->priced = NEW(&r->c->mem, struct vroom_priced, list.v->n);
    r->kinds = NEW(&r->c->mem, struct sv, list.v->n + 1);
    for (const struct json_value *v = list.v->first; v; v = v->next) {
        struct node item = vroom_item(&list, r->p->carers_n, v);
        TRY(vroom_vehicle(r, &item, &r->p->carers[r->p->carers_n++]));
    }
    return ERR_NONE;
}

static enum err jobs_read(struct vroom *r, const struct node *top)
{
    struct node jobs, shipments;
    TRY(list_of(r, top, "jobs", TOUR_VISITS_MAX, &jobs));
    TRY(list_of(r, top, "shipments", TOUR_VISITS_MAX / 2, &shipments));
    size_t alone = jobs.v ? jobs.v->n : 0, all = alone + 2 * (shipments.v ? shipments.v->n : 0);
    if (all == 0)
        return vroom_wrong(r, &jobs, NULL, "at least one is wanted");
    if (all > TOUR_VISITS_MAX || (int64_t)all * r->p->carers_n > TOUR_PAIRS_MAX)
        return vroom_wrong(r, &jobs, NULL, "with shipments at most 10,000 visits in one plan, "
                                           "times vehicles 4,000,000");
    r->p->visits = NEW(&r->c->mem, struct tour_visit, all);
    for (const struct json_value *v = jobs.v ? jobs.v->first : NULL; v; v = v->next) {
        struct node item = vroom_item(&jobs, r->p->visits_n, v);
        TRY(vroom_job(r, &item, &r->p->visits[r->p->visits_n]));
        TRY(vroom_wishes(r, &item, r->p->visits_n++, (int)all));
    }
    for (const struct json_value *v = shipments.v ? shipments.v->first : NULL; v; v = v->next) {
        struct node item = vroom_item(&shipments, (r->p->visits_n - (int)alone) / 2, v);
        TRY(vroom_shipment(r, &item, &r->p->visits[r->p->visits_n]));
        r->p->visits_n += 2;
        TRY(vroom_wishes(r, &item, r->p->visits_n - 2, (int)all));
    }
    return ERR_NONE;
}

enum err vroom_read(struct ctx *c, struct sv text, struct tour_problem *ret_problem)
{
    return vroom_read_streets(c, text, NULL, ret_problem);
}

enum err vroom_read_streets(struct ctx *c, struct sv text, const struct vroom_streets *streets,
                            struct tour_problem *ret_problem)
{
    struct tour_problem p = { 0 };
    struct vroom r = { .c = c, .p = &p };
    const struct json_value *tree;
    enum err e = json_parse_large(c, text, VROOM_ITEMS_MAX, &tree);
    if (e == ERR_MALFORMED && c->fault.arg1.len)
        c->fault.log = sv_fmt(&c->mem, "%.*s: %.*s", SV_ARG(c->fault.arg1), SV_ARG(c->fault.log));
    TRY(e);
    struct node top = { .v = tree };
    if (tree->kind != JSON_OBJECT)
        return vroom_wrong(&r, &top, "jobs", "an object with jobs, vehicles, matrices is wanted");
    r.streets = json_member(tree, "matrices") ? NULL : streets;
    TRY(r.streets ? vroom_spots(&r, &top) : matrices_read(&r, &top));
    TRY(vroom_skill_names(&r, &top));
    TRY(vehicles_read(&r, &top));
    TRY(jobs_read(&r, &top));
    TRY(vroom_ties(&r, &top));
    TRY(tour_check(c, &p));
    TRY(vroom_steps(&r, &top));
    *ret_problem = p;
    return ERR_NONE;
}
