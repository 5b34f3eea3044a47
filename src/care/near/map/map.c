/* map.c - circles, ways, vector tiles. */

#include "care/near/ask.h"
#include "care/near/scratch.h"
#include "care/near/walk.h"
#include "care/near/name/where.h"
#include "geo/tile.h"
#include "roads/circle.h"
#include "roads/roads_tile.h"
#include "roads/route.h"

enum { COMPOUND_ZOOM = 14, PLACE_ZOOM = 13, TILE_AGE_S = 3600, TILE_THIN = 2, ROUTE_MINUTES = 60 };

/* A body of another type than JSON's object: http leaves out the brace it had opened. */
static struct buf *body_of_type(struct answer *a, const char *type)
{
    a->type = type;
    return &a->body;
}

/* --- circle --- */

MUST static enum err circle_with(struct ctx *c, struct directory *d, const struct near_asked *q,
                                 struct answer *a)
{
    struct near_want want;
    struct near_home home;
    struct near_scratch *lent;
    TRY(near_want_of(c, d, q, &want));
    TRY(near_home(c, d, q, want.profile, want.at, &home));
    struct near *near = scratch_borrow(&c->mem, d, &lent);
    struct anchor nowhere = { .edge = NO_EDGE, .home = home.at, .at = home.at };
    if (!near)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    reach_begin(near->reach, want.profile, home.n ? &home.from[0] : &nowhere, want.limit_ms);
    for (size_t i = 1; i < home.n; i++)
        reach_also(near->reach, &home.from[i]);
    reach_finish(near->reach);
    struct circle circle = circle_of(&c->mem, near->reach);
    scratch_return(lent);
    struct buf *b = body_of_type(a, "application/geo+json");
    buf_text(b, "{\"type\":\"FeatureCollection\",\"features\":[");
    circle_geojson(b, &circle);
    if (q->streets) {
        buf_byte(b, ',');
        circle_streets_geojson(b, &circle);
    }
    buf_text(b, "]}");
    return ERR_NONE;
}

enum err circle_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = circle_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}

/* --- the way to a place --- */

/* From the gate that is best for this place. */
static bool best_route(struct arena *mem, struct near *near, const struct near_home *home,
                       const struct near_want *want, const struct anchor *to,
                       struct route *ret_route)
{
    bool found = false;
    struct route one;
    for (size_t i = 0; i < home->n; i++)
        if (route_find(mem, near->reach, want->profile, &home->from[i], to,
                       ROUTE_MINUTES * 60000, &one) && (!found || one.ms < ret_route->ms)) {
            *ret_route = one;
            found = true;
        }
    return found;
}

static void write_route(struct ctx *c, struct json *j, const struct route *r)
{
    json_int(j, "seconds", (r->ms + 500) / 1000);
    json_int(j, "metres", (r->length_cm + 50) / 100);
    json_text(j, "profile", sv_of(profiles[r->profile].key));
    json_text(j, "profile_name",
              sv_of(c->lang == LANG_EN ? profiles[r->profile].en : profiles[r->profile].zh));
    json_array(j, "steps");
    for (uint32_t i = 0; i < r->steps; i++) {
        json_object(j, NULL);
        json_text(j, "turn", sv_of(route_turn_keys[r->step[i].turn]));
        json_text(j, "text", route_step_text(&c->mem, r, i, c->lang));
        json_int(j, "metres", (r->step[i].length_cm + 50) / 100);
        json_int(j, "seconds", (r->step[i].ms + 500) / 1000);
        json_end(j, '}');
    }
    json_end(j, ']');
    struct buf line = buf_new(&c->mem, 64 + (size_t)r->points * 24);
    geojson_line(&line, r->point, r->points);
    json_raw(j, "geometry", buf_sv(&line));
}

MUST static enum err route_with(struct ctx *c, struct directory *d, const struct near_asked *q,
                                struct answer *a)
{
    struct near_want want;
    struct near_home home;
    struct near_scratch *lent;
    struct route route;
    const struct listed_place *p = directory_place(d, q->place.n);
    TRY(near_want_of(c, d, q, &want));
    TRY(near_home(c, d, q, want.profile, want.at, &home));
    if (!p)
        return fail(c, ERR_MISSING, "near.place_unknown", "no published place %lld",
                    (long long)q->place.n);
    struct near *near = scratch_borrow(&c->mem, d, &lent);
    if (!near)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    const struct anchor *to = near_anchor(d->near, want.profile, (uint32_t)(p - d->place));
    bool found = best_route(&c->mem, near, &home, &want, to, &route);
    scratch_return(lent);
    if (!found)
        return fail(c, ERR_MISSING, "near.no_way", "no way within %d minutes", ROUTE_MINUTES);
    write_route(c, &a->json, &route);
    return ERR_NONE;
}

enum err route_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = route_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}

/* A carer walks at an adult's pace; she stands wherever her phone says. */
MUST static enum err route_from(struct ctx *c, struct directory *d, struct point from,
                                struct point to, struct json *j)
{
    const enum profile pace = PROFILE_STANDARD;
    struct near_scratch *lent = NULL;
    struct anchor here, there;
    struct route route;
    struct near *near = d->roads ? scratch_borrow(&c->mem, d, &lent) : NULL;
    if (!near)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    bool found = roads_snap(d->roads, pace, from, ACCESS_M_DEFAULT, &here)
              && roads_snap(d->roads, pace, to, ACCESS_M_DEFAULT, &there)
              && route_find(&c->mem, near->reach, pace, &here, &there, ROUTE_MINUTES * 60000,
                            &route);
    scratch_return(lent);
    if (!found)
        return fail(c, ERR_MISSING, "near.no_way", "no way within %d minutes", ROUTE_MINUTES);
    write_route(c, j, &route);
    return ERR_NONE;
}

enum err route_between(struct ctx *c, struct point from, struct point to, struct json *j)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = route_from(c, d, from, to, j);
    directory_leave(c, d);
    return err;
}

/* --- tiles --- */

static void add_compounds(struct tile_layer *l, const struct tile_frame *f,
                          const struct directory *d)
{
    struct point_box box = tile_box(f);
    for (uint32_t i = 0; i < d->compounds; i++) {
        if (!box_holds(&box, d->compound[i].at))
            continue;
        tile_begin(l, TILE_POINT, (uint64_t)d->compound[i].id);
        tile_tag_text(l, "name", d->compound[i].name);
        tile_point(l, tile_place(f, d->compound[i].at));
        tile_end(l);
    }
}

static void add_places(struct tile_layer *l, const struct tile_frame *f, const struct directory *d,
                       struct day today)
{
    struct point_box box = tile_box(f);
    for (uint32_t i = 0; i < d->places; i++) {
        if (!box_holds(&box, d->place[i].at))
            continue;
        tile_begin(l, TILE_POINT, (uint64_t)d->place[i].id);
        tile_tag_text(l, "name", d->place[i].name);
        tile_tag_text(l, "kind", sv_of(place_kinds[d->kind[i]].key));
        if (place_shut(&d->place[i], today))
            tile_tag_int(l, "closed_today", 1);
        tile_point(l, tile_place(f, d->place[i].at));
        tile_end(l);
    }
}

static void add_divisions(struct tile_layer *l, const struct tile_frame *f,
                          const struct directory *d)
{
    struct point_box box = tile_box(f);
    for (uint32_t i = 0; i < d->divisions; i++) {
        if (!box_holds(&box, d->division[i].at))
            continue;
        tile_begin(l, TILE_POINT, (uint64_t)d->division[i].id);
        tile_tag_text(l, "name", d->division[i].name);
        tile_tag_text(l, "level",
                      sv_of(division_levels[division_level_of(d->division[i].scope)].key));
        tile_point(l, tile_place(f, d->division[i].at));
        tile_end(l);
    }
}

static void write_tile(struct arena *mem, struct buf *out, const struct directory *d,
                       const struct tile_frame *f, struct day today)
{
    struct tile_layer divisions = tile_layer(mem, "divisions");
    struct tile_layer compounds = tile_layer(mem, "compounds");
    struct tile_layer places = tile_layer(mem, "places");
    if (d->roads)
        (void)roads_tile(d->roads, f->z, f->x, f->y, out);
    add_divisions(&divisions, f, d);
    if (f->z >= COMPOUND_ZOOM)
        add_compounds(&compounds, f, d);
    if (f->z >= PLACE_ZOOM)
        add_places(&places, f, d, today);
    tile_layer_put(&divisions, out);
    tile_layer_put(&compounds, out);
    tile_layer_put(&places, out);
}

enum err tile_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t z, x, y;
    struct tile_frame frame;
    struct directory *d;
    if (!sv_int(q->param[0], 0, TILE_ZOOM_MAX, &z) || !sv_int(q->param[1], 0, INT32_MAX, &x) ||
        !sv_int(q->param[2], 0, INT32_MAX, &y) || !tile_frame_of((int)z, x, y, &frame))
        return fail(c, ERR_MISSING, "near.tile", "there is no such tile");
    TRY(directory_enter(c, &d));
    struct day today = day_of(c->now);
    write_tile(&c->mem, body_of_type(a, "application/vnd.mapbox-vector-tile"), d, &frame, today);
    a->max_age_s = TILE_AGE_S;
    a->etag = sv_fmt(&c->mem, "%llx-%llx-%lld", (unsigned long long)d->built_at.ms,
                     (unsigned long long)(d->roads ? d->roads->checksum : 0), (long long)today.n);
    directory_leave(c, d);
    return ERR_NONE;
}
