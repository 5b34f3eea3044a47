/*
 * way.c - GET /api/dispatch/way: a carer's day as it is drawn, along the streets.
 *
 * From compound to compound, for no exact home goes into an answer: what is drawn is near what was
 * reckoned with, never the same door. Where streets do not know a point, or there is no way within
 * two hours, the leg is straight and says so.
 */

#include "care/dispatch/try.h"

#include "care/dispatch/change.h"
#include "care/near/scratch.h"
#include "roads/route.h"

enum { LEG_MAX_MS = 7200 * 1000 };

const struct field way_asked_fields[] = {
    FIELD(struct way_asked, day, .required = true, .zh = "日期", .en = "Day"),
    LINK(struct way_asked, carer, "carer", .required = true, .zh = "护理员", .en = "Carer"),
    { 0 },
};

struct drawing {
    struct ctx       *c;
    struct json      *j;
    struct directory *dir;
    struct near      *near;              /* NULL: no streets */
    enum profile      profile;
    int64_t           straight_n;
};

static void point_json(struct json *j, struct point p)
{
    json_object(j, NULL);
    json_fixed(j, "lat", p.lat_e7, 7);
    json_fixed(j, "lon", p.lon_e7, 7);
    json_end(j, '}');
}

static bool by_streets(struct drawing *w, struct point from, struct point to, struct route *r)
{
    struct anchor a, b;
    if (!w->near)
        return false;
    const struct roads *roads = w->dir->roads;
    return roads_snap(roads, w->profile, from, ACCESS_M_DEFAULT, &a) &&
           roads_snap(roads, w->profile, to, ACCESS_M_DEFAULT, &b) &&
           route_find(&w->c->mem, w->near->reach, w->profile, &a, &b, LEG_MAX_MS, r);
}

static void leg(struct drawing *w, struct care_order_id order, struct point from, struct point to)
{
    struct route r;
    bool found = by_streets(w, from, to, &r);
    w->straight_n += !found;
    json_object(w->j, NULL);
    json_id(w->j, "order", order.n);
    json_bool(w->j, "straight", !found);
    json_array(w->j, "points");
    if (!found) {
        point_json(w->j, from);
        point_json(w->j, to);
    }
    for (uint32_t i = 0; found && i < r.points; i++)
        point_json(w->j, r.point[i]);
    json_end(w->j, ']');
    json_end(w->j, '}');
}

static void legs(struct drawing *w, const struct the_day *d, int carer)
{
    const struct day_carer *a = &d->carers[carer];
    struct point at = a->place != NOBODY ? a->start : (struct point){ 0, 0 };
    json_array(w->j, "legs");
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *v = &d->visits[i];
        struct point to = { (int32_t)v->lat.e7, (int32_t)v->lon.e7 };
        if (v->carer != carer || !point_told(to))
            continue;
        if (point_told(at) && (at.lat_e7 != to.lat_e7 || at.lon_e7 != to.lon_e7))
            leg(w, v->order, at, to);
        at = to;
    }
    json_end(w->j, ']');
}

MUST static enum err draw(struct ctx *c, const struct the_day *d, struct carer_id id,
                          struct json *j)
{
    int carer = day_carer_at(d, id);
    struct drawing w = { .c = c, .j = j };
    struct near_scratch *lent = NULL;
    if (carer == NOBODY) {
        fail_field(c, SV("carer"), "carer.not_here");
        return fail_fields(c);
    }
    w.profile = way_profile(d->carers[carer].way);
    if (directory_enter(c, &w.dir) != ERR_NONE) {
        ctx_forgive(c);                          /* no directory yet: nobody knows streets */
        w.dir = NULL;
    }
    if (w.dir && w.dir->roads)
        w.near = scratch_borrow(&c->mem, w.dir, &lent);
    json_text(j, "stamp", d->stamp);
    legs(&w, d, carer);
    json_int(j, "straight_n", w.straight_n);
    if (w.near)
        scratch_return(lent);
    if (w.dir)
        directory_leave(c, w.dir);
    return ERR_NONE;
}

enum err dispatch_way_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct way_asked *asked = q->query;
    struct the_day *d;
    TRY(need_org(c));
    TRY(day_enter(c, (struct organisation_id){ c->who->org }, asked->day, false, &d));
    enum err e = draw(c, d, asked->carer, &a->json);
    day_leave(c, d);
    return e;
}
