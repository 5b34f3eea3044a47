/* vroom_street.c - a file without matrices: its locations, and their ways from a street map. */

#include "plan/tour/form/vroom.h"

int32_t vroom_spot_at(const struct vroom *r, double lon, double lat)
{
    for (int i = 0; r->streets && i < r->p->places_n; i++)
        if (r->spots[i].lon == lon && r->spots[i].lat == lat)
            return i;
    return TOUR_NONE;
}

/* What is no location is passed over here: who reads the member refuses it. */
static enum err spot_add(struct vroom *r, const struct node *at, const char *name)
{
    const struct json_value *v = json_member(at->v, name);
    struct vroom_spot spot = { .located = true, .place = r->p->places_n };
    struct buf path = buf_new(&r->c->mem, 64);
    if (!v || v->kind != JSON_ARRAY || v->n != 2 || v->first->kind != JSON_NUMBER ||
        v->first->next->kind != JSON_NUMBER || !sv_real(v->first->text, -180, 180, &spot.lon) ||
        !sv_real(v->first->next->text, -90, 90, &spot.lat) ||
        vroom_spot_at(r, spot.lon, spot.lat) != TOUR_NONE)
        return ERR_NONE;
    if (r->p->places_n == TOUR_PLACES_MAX)
        return vroom_wrong(r, at, name, "more than 4000 places in one plan");
    vroom_path(&path, at, name);
    r->spot_paths[r->p->places_n] = buf_sv(&path);
    r->spots[r->p->places_n++] = spot;
    return ERR_NONE;
}

/* The locations of a list's members, each in itself or in its parts of these names. */
static enum err list_add(struct vroom *r, const struct node *top, const char *list,
                         const char *const *parts, const char *const *names)
{
    struct node all = { .up = top, .name = list, .v = json_member(top->v, list) };
    int64_t n = 0;
    if (!all.v || all.v->kind != JSON_ARRAY || all.v->n > TOUR_VISITS_MAX)
        return ERR_NONE;
    for (const struct json_value *v = all.v->first; v; v = v->next, n++)
        for (int p = 0; p < 2 && parts[p]; p++) {
            struct node item = vroom_item(&all, n, v);
            struct node part = { .up = &item, .name = parts[p], .v = json_member(v, parts[p]) };
            for (int i = 0; i < 2 && names[i]; i++)
                TRY(spot_add(r, parts[p][0] ? &part : &item, names[i]));
        }
    return ERR_NONE;
}

enum err vroom_spots(struct vroom *r, const struct node *top)
{
    static const char *const self[] = { "", NULL }, *const ends[] = { "start", "end" };
    static const char *const parts[] = { "pickup", "delivery" }, *const where[] = { "location",
                                                                                    NULL };
    const struct json_value *vehicles = json_member(top->v, "vehicles");
    r->spots = NEW(&r->c->mem, struct vroom_spot, TOUR_PLACES_MAX);
    r->spot_paths = NEW(&r->c->mem, struct sv, TOUR_PLACES_MAX);
    r->profiles = NEW(&r->c->mem, struct vroom_profile, vehicles ? vehicles->n : 0);
    TRY(list_add(r, top, "vehicles", self, ends));
    TRY(list_add(r, top, "jobs", self, where));
    TRY(list_add(r, top, "shipments", parts, where));
    if (r->p->places_n == 0)
        return vroom_wrong(r, top, "matrices", "is wanted, or locations to take from the streets");
    return ERR_NONE;
}

enum err vroom_street_profile(struct vroom *r, const struct node *vehicle, struct sv name)
{
    int n = r->p->places_n, place = -1;
    int32_t *seconds = NEW(&r->c->mem, int32_t, (size_t)n * (size_t)n);
    const char *what = r->streets->ways(r->streets->arg, &r->c->mem, name, r->spots, n, seconds,
                                        &place);
    if (what && place >= 0)
        return fail(r->c, ERR_INVALID, "plan.invalid", "%.*s: %s",
                    SV_ARG(r->spot_paths[place]), what);
    if (what)
        return vroom_wrong(r, vehicle, "profile", what);
    r->profiles[r->profiles_n++] = (struct vroom_profile){ .name = name, .seconds = seconds };
    return ERR_NONE;
}
