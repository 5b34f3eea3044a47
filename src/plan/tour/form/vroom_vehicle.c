/* vroom_vehicle.c - a vehicle of VROOM's problem: shift, breaks, hours, prices. */

#include "plan/tour/form/vroom.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BREAKS_MAX = 16 };

static int by_open(const void *a, const void *b)
{
    const struct tour_break *x = a, *y = b;
    int32_t one = x->windows.n ? x->windows.at[0].open : 0;
    int32_t other = y->windows.n ? y->windows.at[0].open : 0;
    return one < other ? -1 : one > other;
}

static int kind_of(struct vroom *r, struct sv type)
{
    for (int i = 0; i < r->kinds_n; i++)
        if (sv_eq(r->kinds[i], type))
            return i;
    r->kinds[r->kinds_n] = type;
    return r->kinds_n++;
}

static enum err load_max_read(struct vroom *r, const struct node *at, struct tour_break *b)
{
    if (!json_member(at->v, "max_load"))
        return ERR_NONE;
    int64_t *most = NEW(&r->c->mem, int64_t, TOUR_AMOUNTS_MAX);
    b->load_max = most;
    return vroom_amounts(r, at, "max_load", most);
}

static enum err breaks_read(struct vroom *r, const struct node *at, struct tour_carer *k)
{
    const struct json_value *v = json_member(at->v, "breaks");
    struct node list = { .up = at, .name = "breaks", .v = v };
    if (!v)
        return ERR_NONE;
    if (v->kind != JSON_ARRAY || v->n > BREAKS_MAX)
        return vroom_wrong(r, &list, NULL, "must be an array of at most 16 breaks");
    struct tour_break *b = NEW(&r->c->mem, struct tour_break, v->n);
    for (const struct json_value *i = v->first; i; i = i->next) {
        struct node item = vroom_item(&list, k->breaks_n, i);
        struct tour_break *one = &b[k->breaks_n++];
        if (i->kind != JSON_OBJECT || !json_member(i, "id"))
            return vroom_wrong(r, &item, NULL, "must be an object with an id");
        TRY(load_max_read(r, &item, one));
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
    double task = 0, overtime = 0;
    TRY(vroom_whole(r, &costs, "fixed", 1000000, &fixed));
    TRY(vroom_real(r, &costs, "per_hour", 0, 1e6, &of->per_hour));
    TRY(vroom_real(r, &costs, "per_km", 0, 1e6, &of->per_km));
    TRY(vroom_real(r, &costs, "per_task_hour", 0, 1e6, &task));
    TRY(vroom_real(r, &costs, "per_overtime_hour", 0, 1e6, &overtime));
    if (of->per_km > 0 && !r->profiles[of->profile].distances)
        return vroom_wrong(r, &costs, "per_km", "needs the profile's distances");
    k->fixed_cost = (int32_t)(fixed * r->p->cost_scale);
    k->task_cost = (int32_t)round(task * (double)r->p->cost_scale);
    k->hours.price = (int32_t)round(overtime * (double)r->p->cost_scale);
    return ERR_NONE;
}

static enum err profile_read(struct vroom *r, const struct node *at, struct vroom_priced *of)
{
    struct sv name = SV("car");
    TRY(vroom_text(r, at, "profile", &name));
    for (of->profile = 0; of->profile < r->profiles_n; of->profile++)
        if (sv_eq(r->profiles[of->profile].name, name))
            break;
    if (of->profile == r->profiles_n && r->streets)
        TRY(vroom_street_profile(r, at, name));
    else if (of->profile == r->profiles_n)
        return vroom_wrong(r, at, "profile", "there is no such profile in matrices");
    return vroom_real(r, at, "speed_factor", 0.01, 5, &of->speed);
}

/* One span, or several parts with nothing between them; those gaps are rests of their own. */
static enum err shift_read(struct vroom *r, const struct node *at, struct tour_carer *k)
{
    struct tour_windows parts = { 0 };
    struct node window = { .up = at, .name = "time_window",
                           .v = json_member(at->v, "time_window") };
    k->shift = (struct tour_window){ 0, TOUR_TIME_MAX };
    TRY(vroom_windows(r, at, &parts));
    if (window.v && parts.n)
        return vroom_wrong(r, &window, NULL, "either time_window or time_windows");
    if (window.v)
        TRY(vroom_window(r, &window, &k->shift));
    if (parts.n == 0)
        return ERR_NONE;
    k->shift = (struct tour_window){ parts.at[0].open, parts.at[parts.n - 1].close };
    if (k->breaks_n + parts.n - 1 > BREAKS_MAX)
        return vroom_wrong(r, at, "time_windows", "with breaks and parts there are over 16 rests");
    struct tour_break *all = NEW(&r->c->mem, struct tour_break, k->breaks_n + parts.n - 1);
    if (k->breaks_n)
        memcpy(all, k->breaks, sizeof *all * (size_t)k->breaks_n);
    for (int i = 0; i + 1 < parts.n; i++) {
        struct tour_window *gap = NEW(&r->c->mem, struct tour_window, 1);
        *gap = (struct tour_window){ parts.at[i].close, parts.at[i].close };
        all[k->breaks_n++] = (struct tour_break){
            .about = SV("between shifts"), .off = true, .windows = { gap, 1 },
            .service = parts.at[i + 1].open - parts.at[i].close };
    }
    qsort(all, (size_t)k->breaks_n, sizeof *all, by_open);
    k->breaks = all;
    return ERR_NONE;
}

static enum err hours_read(struct vroom *r, const struct node *at, struct tour_carer *k)
{
    struct node hours = { .up = at, .name = "hours", .v = json_member(at->v, "hours") };
    const struct json_value *waits = json_member(hours.v, "waiting");
    if (hours.v && hours.v->kind != JSON_OBJECT)
        return vroom_wrong(r, &hours, NULL, "must be an object: max, usual, waiting");
    if (waits && waits->kind != JSON_BOOL)
        return vroom_wrong(r, &hours, "waiting", "must be true or false");
    k->hours.waits = !waits || waits->yes;
    TRY(vroom_whole(r, &hours, "max", TOUR_TIME_MAX, &k->hours.most));
    TRY(vroom_whole(r, &hours, "usual", TOUR_TIME_MAX, &k->hours.usual));
    if (k->hours.price && !json_member(hours.v, "usual"))
        return vroom_wrong(r, &hours, "usual", "is wanted when costs.per_overtime_hour is given");
    if (k->hours.most == 0 && json_member(hours.v, "max"))
        return vroom_wrong(r, &hours, "max", "must be above 0");
    return ERR_NONE;
}

static enum err limits_read(struct vroom *r, const struct node *at, struct tour_carer *k)
{
    k->tasks_max = INT32_MAX;
    k->travel_max = k->distance_max = INT64_MAX;
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

enum err vroom_vehicle(struct vroom *r, const struct node *at, struct tour_carer *k)
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
        return vroom_wrong(r, at, r->streets ? "start" : "start_index",
                           "a start or an end is wanted");
    TRY(limits_read(r, at, k));
    TRY(profile_read(r, at, &of));
    TRY(costs_read(r, at, k, &of));
    TRY(vroom_skills(r, at, &k->skills, &k->levels));
    TRY(vroom_amounts(r, at, "capacity", k->capacity));
    TRY(breaks_read(r, at, k));
    TRY(shift_read(r, at, k));
    TRY(hours_read(r, at, k));
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
    k->travel = vroom_travel(r, of);
    return ERR_NONE;
}
