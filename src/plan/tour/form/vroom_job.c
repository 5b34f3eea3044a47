/* vroom_job.c - jobs and shipments of VROOM's problem. */

#include "plan/tour/form/vroom.h"

#include <string.h>

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

/* What a job and either end of a shipment have. */
static enum err place_read(struct vroom *r, const struct node *at, struct tour_visit *v)
{
    struct vroom_spot spot = { .place = TOUR_NONE };
    if (!at->v || at->v->kind != JSON_OBJECT || !json_member(at->v, "id"))
        return vroom_wrong(r, at, NULL, "must be an object with an id");
    TRY(vroom_whole(r, at, "id", INT64_MAX, &v->id));
    TRY(vroom_text(r, at, "description", &v->about));
    TRY(vroom_place(r, at, "location", "location_index", &spot));
    if (spot.place == TOUR_NONE)
        return vroom_wrong(r, at, r->streets ? "location" : "location_index",
                           r->streets ? "is wanted: [longitude, latitude]"
                                      : "is wanted: the row of the matrices");
    v->place = spot.place;
    v->located = spot.located;
    v->lon = spot.lon;
    v->lat = spot.lat;
    TRY(vroom_small(r, at, "setup", TOUR_TIME_MAX, &v->setup));
    TRY(vroom_small(r, at, "service", TOUR_TIME_MAX, &v->service));
    TRY(by_kind(r, at, "setup_per_type", v->setup, &v->setup_of));
    TRY(by_kind(r, at, "service_per_type", v->service, &v->service_of));
    TRY(vroom_windows(r, at, &v->windows));
    return vroom_late(r, at, v);
}

enum err vroom_job(struct vroom *r, const struct node *at, struct tour_visit *v)
{
    TRY(place_read(r, at, v));
    TRY(vroom_small(r, at, "priority", 100, &v->priority));
    TRY(vroom_skills(r, at, &v->skills, &v->levels));
    TRY(vroom_amounts(r, at, "delivery", v->delivery));
    if (!json_member(at->v, "delivery"))
        TRY(vroom_amounts(r, at, "amount", v->delivery));
    return vroom_amounts(r, at, "pickup", v->pickup);
}

enum err vroom_shipment(struct vroom *r, const struct node *at, struct tour_visit *v)
{
    struct node ends[2] = { { .up = at, .name = "pickup", .v = json_member(at->v, "pickup") },
                            { .up = at, .name = "delivery", .v = json_member(at->v, "delivery") } };
    int first = (int)(v - r->p->visits);
    if (at->v->kind != JSON_OBJECT)
        return vroom_wrong(r, at, NULL, "must be an object with pickup and delivery");
    for (int i = 0; i < 2; i++) {
        TRY(place_read(r, &ends[i], &v[i]));
        TRY(vroom_small(r, at, "priority", 100, &v[i].priority));
        TRY(vroom_skills(r, at, &v[i].skills, &v[i].levels));
        v[i].part = i ? TOUR_HANDOVER : TOUR_PICKUP;
        v[i].mate = first + !i;
    }
    TRY(vroom_amounts(r, at, "amount", v[0].pickup));
    memcpy(v[1].delivery, v[0].pickup, sizeof v[1].delivery);
    int32_t ride = 0;
    TRY(vroom_small(r, at, "max_ride_time", TOUR_TIME_MAX, &ride));
    if (ride == 0 && json_member(at->v, "max_ride_time"))
        return vroom_wrong(r, at, "max_ride_time", "must be above 0");
    v[1].ride_max = ride;
    return ERR_NONE;
}
