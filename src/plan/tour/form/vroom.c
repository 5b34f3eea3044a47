/* vroom.c - VROOM's problem: jobs, vehicles, matrices. */

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
static int travel_of(struct vroom *r, struct vroom_priced of)
{
    struct vroom_profile *m = &r->profiles[of.profile];
    for (int i = 0; i < r->p->travels_n; i++)
        if (r->priced[i].profile == of.profile && r->priced[i].speed == of.speed &&
            r->priced[i].per_hour == of.per_hour && r->priced[i].per_km == of.per_km)
            return i;
    struct tour_travel *t = &r->p->travels[r->p->travels_n];
    *t = tour_travel_new(&r->c->mem, r->p->places_n, m->distances != NULL);
    table_fill(m->times, r->p->places_n, 1 / of.speed, t->time);
    if (m->distances)
        table_fill(m->distances, r->p->places_n, 1, t->distance);
    if (m->costs || of.per_hour != PER_HOUR || of.per_km > 0 || r->p->cost_scale != 1)
        price(r, &of, t);
    r->priced[r->p->travels_n] = of;
    return r->p->travels_n++;
}

/* --- vehicles --- */

static int kind_of(struct vroom *r, struct sv type)
{
    for (int i = 0; i < r->kinds_n; i++)
        if (sv_eq(r->kinds[i], type))
            return i;
    r->kinds[r->kinds_n] = type;
    return r->kinds_n++;
}

static enum err breaks_read(struct vroom *r, const struct node *at, struct tour_carer *k)
{
    const struct json_value *v = json_member(at->v, "breaks");
    struct node list = { .up = at, .name = "breaks", .v = v };
    if (!v)
        return ERR_NONE;
    if (v->kind != JSON_ARRAY || v->n > 16)
        return vroom_wrong(r, &list, NULL, "must be an array of at most 16 breaks");
    struct tour_break *b = NEW(&r->c->mem, struct tour_break, v->n);
    for (const struct json_value *i = v->first; i; i = i->next) {
        struct node item = vroom_item(&list, k->breaks_n, i);
        struct tour_break *one = &b[k->breaks_n++];
        if (i->kind != JSON_OBJECT || !json_member(i, "id"))
            return vroom_wrong(r, &item, NULL, "must be an object with an id");
        if (json_member(i, "max_load"))
            return vroom_wrong(r, &item, "max_load", "a limit of load in a break is not planned");
        TRY(vroom_whole(r, &item, "id", INT64_MAX, &one->id));
        TRY(vroom_small(r, &item, "service", TOUR_TIME_MAX, &one->service));
        TRY(vroom_text(r, &item, "description", &one->about));
        TRY(vroom_windows(r, &item, &one->windows));
    }
    k->breaks = b;
    return ERR_NONE;
}

static enum err costs_read(struct vroom *r, const struct node *at, struct tour_carer *k,
                           struct vroom_priced *of)
{
    struct node costs = { .up = at, .name = "costs", .v = json_member(at->v, "costs") };
    int64_t fixed = 0;
    double task = 0;
    TRY(vroom_whole(r, &costs, "fixed", 1000000, &fixed));
    TRY(vroom_real(r, &costs, "per_hour", 0, 1e6, &of->per_hour));
    TRY(vroom_real(r, &costs, "per_km", 0, 1e6, &of->per_km));
    TRY(vroom_real(r, &costs, "per_task_hour", 0, 1e6, &task));
    if (of->per_km > 0 && !r->profiles[of->profile].distances)
        return vroom_wrong(r, &costs, "per_km", "needs the profile's distances");
    k->fixed_cost = (int32_t)(fixed * r->p->cost_scale);
    k->task_cost = (int32_t)round(task * (double)r->p->cost_scale);
    return ERR_NONE;
}

static enum err profile_read(struct vroom *r, const struct node *at, struct vroom_priced *of)
{
    struct sv name = SV("car");
    TRY(vroom_text(r, at, "profile", &name));
    for (of->profile = 0; of->profile < r->profiles_n; of->profile++)
        if (sv_eq(r->profiles[of->profile].name, name))
            break;
    if (of->profile == r->profiles_n)
        return vroom_wrong(r, at, "profile", "there is no such profile in matrices");
    return vroom_real(r, at, "speed_factor", 0.01, 5, &of->speed);
}

static enum err limits_read(struct vroom *r, const struct node *at, struct tour_carer *k)
{
    const struct json_value *w = json_member(at->v, "time_window");
    struct node window = { .up = at, .name = "time_window", .v = w };
    k->shift = (struct tour_window){ 0, TOUR_TIME_MAX };
    k->tasks_max = INT32_MAX;
    k->travel_max = k->distance_max = INT64_MAX;
    if (w) {
        int64_t open, close;
        if (w->kind != JSON_ARRAY || w->n != 2 || !json_whole(w->first, 0, TOUR_TIME_MAX, &open) ||
            !json_whole(w->first->next, open, TOUR_TIME_MAX, &close))
            return vroom_wrong(r, &window, NULL,
                               "must be [from, to], whole numbers from 0, to not before from");
        k->shift = (struct tour_window){ (int32_t)open, (int32_t)close };
    }
    TRY(vroom_small(r, at, "max_tasks", INT32_MAX, &k->tasks_max));
    TRY(vroom_whole(r, at, "max_travel_time", INT64_MAX, &k->travel_max));
    return vroom_whole(r, at, "max_distance", INT64_MAX, &k->distance_max);
}

/* Another speed or price is another matrix. */
static enum err travels_check(struct vroom *r, const struct node *at)
{
    int64_t cells = (int64_t)(r->p->places_n + 1) * (r->p->places_n + 1);
    if (cells * (r->p->travels_n + 1) <= TOUR_CELLS_MAX)
        return ERR_NONE;
    return vroom_wrong(r, at, "speed_factor",
                       "too many vehicles of another speed or price for so large a matrix");
}

static enum err vehicle_read(struct vroom *r, const struct node *at, struct tour_carer *k)
{
    struct vroom_priced of = { .speed = 1, .per_hour = PER_HOUR };
    struct vroom_spot start = { .place = TOUR_NONE }, end = { .place = TOUR_NONE };
    struct sv type = SV("");
    if (at->v->kind != JSON_OBJECT || !json_member(at->v, "id"))
        return vroom_wrong(r, at, NULL, "must be an object with an id");
    TRY(vroom_whole(r, at, "id", INT64_MAX, &k->id));
    TRY(vroom_text(r, at, "description", &k->about));
    TRY(vroom_text(r, at, "type", &type));
    TRY(vroom_place(r, at, "start", "start_index", &start));
    TRY(vroom_place(r, at, "end", "end_index", &end));
    if (start.place == TOUR_NONE && end.place == TOUR_NONE)
        return vroom_wrong(r, at, "start_index", "a start or an end is wanted");
    TRY(limits_read(r, at, k));
    TRY(profile_read(r, at, &of));
    TRY(costs_read(r, at, k, &of));
    TRY(vroom_skills(r, at, &k->skills));
    TRY(vroom_amounts(r, at, "capacity", k->capacity));
    TRY(breaks_read(r, at, k));
    TRY(travels_check(r, at));
    k->start = start.place;
    k->end = end.place;
    k->start_located = start.located;
    k->start_lon = start.lon;
    k->start_lat = start.lat;
    k->end_located = end.located;
    k->end_lon = end.lon;
    k->end_lat = end.lat;
    k->kind = kind_of(r, type);
    k->travel = travel_of(r, of);
    return ERR_NONE;
}

/* --- jobs --- */

static enum err by_kind(struct vroom *r, const struct node *at, const char *name, int32_t usual,
                        const int32_t **ret_of)
{
    struct node of = { .up = at, .name = name, .v = json_member(at->v, name) };
    if (!of.v)
        return ERR_NONE;
    if (of.v->kind != JSON_OBJECT)
        return vroom_wrong(r, &of, NULL, "must be an object: times by type of vehicle");
    int32_t *times = NEW(&r->c->mem, int32_t, r->kinds_n);
    for (int i = 0; i < r->kinds_n; i++)
        times[i] = usual;
    for (const struct json_value *i = of.v->first; i; i = i->next) {
        int64_t time;
        if (!json_whole(i, 0, TOUR_TIME_MAX, &time))
            return vroom_wrong(r, &of, sv_text(&r->c->mem, i->name), "must be a whole number");
        for (int k = 0; k < r->kinds_n; k++)
            if (sv_eq(r->kinds[k], i->name))
                times[k] = (int32_t)time;
    }
    *ret_of = times;
    return ERR_NONE;
}

static enum err job_read(struct vroom *r, const struct node *at, struct tour_visit *v)
{
    struct vroom_spot spot = { .place = TOUR_NONE };
    if (at->v->kind != JSON_OBJECT || !json_member(at->v, "id"))
        return vroom_wrong(r, at, NULL, "must be an object with an id");
    TRY(vroom_whole(r, at, "id", INT64_MAX, &v->id));
    TRY(vroom_text(r, at, "description", &v->about));
    TRY(vroom_place(r, at, "location", "location_index", &spot));
    if (spot.place == TOUR_NONE)
        return vroom_wrong(r, at, "location_index", "is wanted: the row of the matrices");
    v->place = spot.place;
    v->located = spot.located;
    v->lon = spot.lon;
    v->lat = spot.lat;
    TRY(vroom_small(r, at, "setup", TOUR_TIME_MAX, &v->setup));
    TRY(vroom_small(r, at, "service", TOUR_TIME_MAX, &v->service));
    TRY(by_kind(r, at, "setup_per_type", v->setup, &v->setup_of));
    TRY(by_kind(r, at, "service_per_type", v->service, &v->service_of));
    TRY(vroom_small(r, at, "priority", 100, &v->priority));
    TRY(vroom_skills(r, at, &v->skills));
    TRY(vroom_amounts(r, at, "delivery", v->delivery));
    if (!json_member(at->v, "delivery"))
        TRY(vroom_amounts(r, at, "amount", v->delivery));
    TRY(vroom_amounts(r, at, "pickup", v->pickup));
    return vroom_windows(r, at, &v->windows);
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
            json_member(costs, "per_task_hour"))
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
        TRY(vehicle_read(r, &item, &r->p->carers[r->p->carers_n++]));
    }
    return ERR_NONE;
}

static enum err jobs_read(struct vroom *r, const struct node *top)
{
    struct node list, shipments;
    TRY(list_of(r, top, "shipments", TOUR_VISITS_MAX, &shipments));
    if (shipments.v && shipments.v->n)
        return vroom_wrong(r, &shipments, NULL,
                           "are not planned; give pickup and delivery in jobs");
    TRY(list_of(r, top, "jobs", TOUR_VISITS_MAX, &list));
    if (!list.v || list.v->n == 0)
        return vroom_wrong(r, &list, NULL, "at least one is wanted");
    r->p->visits = NEW(&r->c->mem, struct tour_visit, list.v->n);
    for (const struct json_value *v = list.v->first; v; v = v->next) {
        struct node item = vroom_item(&list, r->p->visits_n, v);
        if (v->kind == JSON_OBJECT)
            TRY(vroom_wishes(r, &item, r->p->visits_n, (int)list.v->n));
        TRY(job_read(r, &item, &r->p->visits[r->p->visits_n++]));
    }
    return ERR_NONE;
}

enum err vroom_read(struct ctx *c, struct sv text, struct tour_problem *ret_problem)
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
    TRY(matrices_read(&r, &top));
    TRY(vehicles_read(&r, &top));
    TRY(jobs_read(&r, &top));
    TRY(tour_check(c, &p));
    *ret_problem = p;
    return ERR_NONE;
}
