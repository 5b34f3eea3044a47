/* chain.c - where a carer was and when: does it fit the home, the visit before, the time needed? */

#include "care/near/walk.h"
#include "care/parameter/parameter.h"
#include "care/proof/inside.h"

#include <string.h>

SQL(proof_visit_before);

enum err visit_home(struct ctx *c, const struct visit *v, struct point *ret_home, bool *ret_found)
{
    struct care_order o;
    struct elder e;
    bool found;
    TRY(entity_load(c, &care_order_entity, v->care_order.n, &o, &found));
    *ret_found = found && (o.for_lat.e7 || o.for_lon.e7);
    *ret_home = (struct point){ (int32_t)o.for_lat.e7, (int32_t)o.for_lon.e7 };
    if (*ret_found || v->elder.n == 0)
        return ERR_NONE;
    TRY(entity_load(c, &elder_entity, v->elder.n, &e, &found));
    *ret_found = found && (e.home_lat.e7 || e.home_lon.e7);
    *ret_home = (struct point){ (int32_t)e.home_lat.e7, (int32_t)e.home_lon.e7 };
    return ERR_NONE;
}

static enum err place_proof(struct ctx *c, const struct visit *v)
{
    struct point home, here = { (int32_t)v->arrived_lat.e7, (int32_t)v->arrived_lon.e7 };
    bool found;
    int64_t bound_m;
    if (!v->arrived_lat.e7 && !v->arrived_lon.e7)
        return proof_add(c, v, WHY_PLACE_NONE, 0, 0);
    TRY(visit_home(c, v, &home, &found));
    if (!found)
        return proof_add(c, v, WHY_PLACE_NO_HOME, 0, 0);
    TRY(parameter_int(c, "proof.place_metres", v->row.scope, v->day, &bound_m));
    int64_t m = (int64_t)point_distance_m(here, home);
    return proof_add(c, v, m <= bound_m ? WHY_PLACE_NEAR : WHY_PLACE_FAR, m, bound_m);
}

/* The visit she left last before this arrival, on the same day. */
static enum err visit_before(struct ctx *c, const struct visit *v, struct visit *ret_visit,
                             bool *ret_found)
{
    int64_t id = 0;
    TRY(db_int(c, &sql_proof_visit_before,
               PARAMS(P_INT("carer", v->carer.n), P_INT("day", v->day.n), P_INT("visit", v->id.n),
                      P_INT("at", v->arrived_at.ms)), &id));
    *ret_found = false;
    return id ? entity_load(c, &visit_entity, id, ret_visit, ret_found) : ERR_NONE;
}

/* By the streets where they are known, else as the crow flies. */
static enum err reachable(struct ctx *c, struct point from, struct point to, int64_t metres,
                          bool *ret_yes)
{
    struct walk walk;
    TRY(walk_within(c, from, to, metres, &walk));
    *ret_yes = walk.known ? walk.within : point_distance_m(from, to) <= (double)metres;
    return ERR_NONE;
}

static enum err travel_proof(struct ctx *c, const struct visit *v)
{
    struct visit before;
    struct point from, to;
    bool there, home_from = false, home_to = false, yes = false;
    int64_t kmh;
    TRY(visit_before(c, v, &before, &there));
    if (!there)
        return ERR_NONE;
    TRY(visit_home(c, &before, &from, &home_from));
    TRY(visit_home(c, v, &to, &home_to));
    if (!home_from || !home_to)
        return ERR_NONE;
    TRY(parameter_int(c, "proof.travel_kmh", v->row.scope, v->day, &kmh));
    int64_t gap_ms = v->arrived_at.ms - before.done_at.ms;
    int64_t metres = (gap_ms + 60000) * kmh / 3600;      /* a minute more: clocks show minutes */
    TRY(reachable(c, from, to, metres, &yes));
    return proof_add(c, v, yes ? WHY_TIME_POSSIBLE : WHY_TIME_TOO_FAST, gap_ms / 60000, 0);
}

static enum err length_proof(struct ctx *c, const struct visit *v)
{
    int64_t percent, planned = v->end_min - v->start_min;
    if (!moment_known(v->arrived_at))
        return proof_add(c, v, WHY_TIME_SHORT, 0, planned);
    TRY(parameter_int(c, "proof.length_percent", v->row.scope, v->day, &percent));
    int64_t minutes = (v->done_at.ms - v->arrived_at.ms) / 60000;
    bool whole = minutes * 100 >= planned * percent;
    return proof_add(c, v, whole ? WHY_TIME_WHOLE : WHY_TIME_SHORT, minutes, planned);
}

static enum err late_proof(struct ctx *c, const struct visit *v, struct moment at,
                           struct moment known)
{
    int64_t bound, minutes = (known.ms - at.ms) / 60000;
    TRY(parameter_int(c, "visit.late_minutes", v->row.scope, v->day, &bound));
    return minutes > bound ? proof_add(c, v, WHY_TIME_LATE, minutes, bound) : ERR_NONE;
}

static enum err visit_proved(struct ctx *c, const void *before, const void *row,
                             const char *action)
{
    const struct visit *v = row;
    (void)before;
    if (!action)
        return ERR_NONE;
    if (strcmp(action, "arrive") == 0) {
        TRY(place_proof(c, v));
        TRY(travel_proof(c, v));
        return late_proof(c, v, v->arrived_at, v->arrived_known_at);
    }
    if (strcmp(action, "finish") == 0) {
        TRY(length_proof(c, v));
        return late_proof(c, v, v->done_at, v->done_known_at);
    }
    if (strcmp(action, "not_met") == 0 && !moment_known(v->arrived_at))
        return place_proof(c, v);
    return ERR_NONE;
}

const struct follower proof_followers[] = { { &visit_entity, visit_proved }, { 0 } };
