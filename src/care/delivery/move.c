/* move.c - a stop put into another run by hand, and the times that follow from it. */

#include "care/delivery/round.h"
#include "http/describe/gives.h"

SQL(order_stop);
SQL(run_stops);
SQL(run_after);

enum { AFTER_MAX = 12 };

const struct field move_asked_fields[] = {
    LINK(struct move_asked, care_order, "care_order", .required = true, .zh = "订单", .en = "Order"),
    LINK(struct move_asked, run, "meal_run", .required = true, .zh = "到哪一趟", .en = "Into run"),
    FIELD(struct move_asked, seq, .low = 0, .high = RUN_STOPS_MAX, .zh = "第几户（0 由系统排）",
          .en = "Position from 1; 0: where it costs least"),
    { 0 },
};
const struct field move_gives[] = {
    SAYS(RECORD, "run", .links = "meal_run", .zh = "这一趟", .en = "The run as it is now"), { 0 },
};

/* --- the times of a run as it stands --- */

struct standing_run {
    struct meal_run  run;
    struct meal_stop stops[RUN_STOPS_MAX + 1];
    size_t           n;
    struct round     round;
    struct trip      trip;
};

MUST static enum err stops_read(struct ctx *c, struct standing_run *s)
{
    int64_t ids[RUN_STOPS_MAX + 1];
    struct rows r = db_rows(c, &sql_run_stops, PARAMS(P_INT("run", s->run.id.n)));
    bool found;
    s->n = 0;
    while (s->n < RUN_STOPS_MAX && rows_next(&r))
        ids[s->n++] = rows_int(&r, rows_column(&r, "id"));
    TRY(rows_end(&r));
    for (size_t i = 0; i < s->n; i++)
        TRY(entity_load(c, &meal_stop_entity, ids[i], &s->stops[i], &found));
    return ERR_NONE;
}

/* Her hours count from when the run before is over; nobody's run has all day. */
static int32_t ready_at(const struct standing_run *s)
{
    int32_t from = 0;
    for (size_t i = 0; i < s->round.people_n; i++)
        if (s->round.people[i].id.n == s->run.bringer.n)
            from = (int32_t)s->round.people[i].from_min * 60;
    for (size_t i = 0; i < s->round.runs_n; i++) {
        const struct meal_run *o = &s->round.runs[i];
        bool before = s->run.bringer.n && o->bringer.n == s->run.bringer.n &&
                      o->id.n != s->run.id.n && o->trip < s->run.trip && o->state != RUN_DROPPED;
        int32_t free_at = (int32_t)(o->back_min + s->round.load_min) * 60;
        from = before && free_at > from ? free_at : from;
    }
    return from;
}

/* The trip's problem: its doors as they stand, and one more order when `more` is given. */
MUST static enum err standing_read(struct ctx *c, struct meal_run_id id, int64_t more,
                                   struct standing_run *s)
{
    int64_t orders[RUN_STOPS_MAX + 1];
    struct trip_bearer *bearer = NEW(&c->mem, struct trip_bearer, 1);
    bool found;
    size_t n = 0;
    TRY(entity_load(c, &meal_run_entity, id.n, &s->run, &found));
    TRY(stops_read(c, s));
    for (size_t i = 0; i < s->n; i++)
        orders[n++] = s->stops[i].care_order.n;
    if (more)
        orders[n++] = more;
    struct run_asked of = { s->run.place, s->run.day, s->run.sitting };
    TRY(round_open(c, &of, &s->round));
    TRY(round_goings(c, &s->round, orders, n, true));
    TRY(round_bearers(c, &s->round));
    int32_t boxes = s->run.boxes ? (int32_t)s->run.boxes : TRIP_BOXES_MAX;
    *bearer = (struct trip_bearer){ round_way(s->run.travel), boxes, ready_at(s), TRIP_TIME_MAX };
    s->round.trips.bearers = bearer;
    s->round.trips.bearers_n = 1;
    TRY(round_ways(c, &s->round));
    s->trip.stops = NEW(&c->mem, struct trip_stop, n + 1);
    return ERR_NONE;
}

static void as_it_stands(struct standing_run *s)
{
    s->trip.stops_n = (int)s->n;
    for (size_t i = 0; i < s->n; i++)
        s->trip.stops[i].door = (int32_t)i;
}

MUST static enum err times_store(struct ctx *c, struct standing_run *s)
{
    struct trip_over over;
    trip_time(&s->round.trips, &s->trip, s->round.trips.bearers->from, &over);
    for (size_t i = 0; i < s->n; i++) {
        s->stops[i].seq = (int64_t)i + 1;
        s->stops[i].at_min = s->trip.stops[i].at / 60;
        TRY(entity_update_by_rule(c, &meal_stop_entity, &s->stops[i], s->stops[i].row.version,
                                  "plan"));
    }
    run_takes_times(&s->run, &s->trip, &over, &s->round);
    return entity_update_by_rule(c, &meal_run_entity, &s->run, s->run.row.version, "plan");
}

MUST static enum err retime_one(struct ctx *c, struct meal_run_id id)
{
    struct standing_run *s = NEW(&c->mem, struct standing_run, 1);
    TRY(standing_read(c, id, 0, s));
    as_it_stands(s);
    return s->n && s->run.state == RUN_PLANNED ? times_store(c, s) : ERR_NONE;
}

enum err run_retime(struct ctx *c, struct meal_run_id id)
{
    int64_t ids[AFTER_MAX];
    size_t n = 0;
    TRY(retime_one(c, id));
    struct rows r = db_rows(c, &sql_run_after, PARAMS(P_INT("run", id.n)));
    while (n < AFTER_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++)
        TRY(retime_one(c, (struct meal_run_id){ ids[i] }));
    return ERR_NONE;
}

/* --- one stop more --- */

/* What is missed counts before what is walked. */
static int64_t dear(const struct standing_run *s, struct trip *t)
{
    struct trip_over over;
    trip_time(&s->round.trips, t, s->round.trips.bearers->from, &over);
    return ((int64_t)over.late + over.hot) * TRIP_TIME_MAX + t->back - t->leave;
}

static void put_at(struct standing_run *s, size_t at)
{
    s->trip.stops_n = (int)s->n + 1;
    for (size_t i = 0; i <= s->n; i++)
        s->trip.stops[i].door = (int32_t)(i < at ? i : i == at ? s->n : i - 1);
}

static size_t best_place(struct standing_run *s)
{
    size_t best = 0;
    int64_t least = INT64_MAX;
    for (size_t at = 0; at <= s->n; at++) {
        put_at(s, at);
        int64_t now = dear(s, &s->trip);
        if (now < least) {
            least = now;
            best = at;
        }
    }
    return best;
}

static enum err may_move(struct ctx *c, const struct meal_run *run)
{
    if (run->state != RUN_PLANNED)
        return fail(c, ERR_CONFLICT, "delivery.left", "run %lld has left", (long long)run->id.n);
    if (run->locked)
        return fail(c, ERR_CONFLICT, "delivery.locked", "run %lld is locked",
                    (long long)run->id.n);
    return ERR_NONE;
}

MUST static enum err moved_asked(struct ctx *c, const struct move_asked *in,
                                 struct care_order *ret_order)
{
    struct meal_run to;
    TRY(entity_get(c, &meal_run_entity, in->run.n, &to));
    TRY(entity_get(c, &care_order_entity, in->care_order.n, ret_order));
    if (!meal_cooks(c, to.org))
        return fail(c, ERR_FORBIDDEN, "delivery.not_ours", "another's run");
    TRY(may_move(c, &to));
    bool same = ret_order->place.n == to.place.n && ret_order->day.n == to.day.n &&
                ret_order->sitting == to.sitting && ret_order->way == WAY_DELIVERED &&
                (ret_order->state == ORDER_PLACED || ret_order->state == ORDER_ACCEPTED);
    if (!same)
        return fail(c, ERR_CONFLICT, "delivery.other_round", "order %lld is of another round",
                    (long long)in->care_order.n);
    return ERR_NONE;
}

/* The stop as it stands, or a new one; out of the run where it was. */
MUST static enum err stop_taken(struct ctx *c, const struct care_order *o, struct meal_stop *s,
                                struct meal_run *ret_was)
{
    bool found;
    record_clear(meal_stop_fields, s);
    record_clear(meal_run_fields, ret_was);
    TRY(db_find(c, &sql_order_stop, PARAMS(P_INT("care_order", o->id.n)), meal_stop_fields, s,
                &found));
    if (!found)
        return ERR_NONE;
    TRY(entity_load(c, &meal_stop_entity, s->id.n, s, &found));
    TRY(entity_load(c, &meal_run_entity, s->run.n, ret_was, &found));
    return may_move(c, ret_was);
}

MUST static enum err stop_put(struct ctx *c, struct standing_run *s, struct meal_stop *stop,
                              const struct care_order *o)
{
    bool fresh = stop->id.n == 0;
    stop->run = s->run.id;
    stop->quantity = o->quantity;
    stop->diets = o->diets;
    stop->off_map = s->round.go[s->n].off_map;
    if (!fresh)
        return entity_update_by_rule(c, &meal_stop_entity, stop, stop->row.version, "plan");
    stop->row.scope = s->run.row.scope;
    stop->org = s->run.org;
    stop->care_order = o->id;
    stop->elder = o->elder;
    stop->day = s->run.day;
    stop->door = door_short(&c->mem, o->for_address);
    stop->for_name = o->for_name;
    return entity_create_under(c, &meal_stop_entity, stop);
}

/* The stops in the order of the trip; the new one is the last that was read. */
static void stops_as_put(struct standing_run *s, const struct meal_stop *stop, size_t at)
{
    for (size_t i = s->n; i > at; i--)
        s->stops[i] = s->stops[i - 1];
    s->stops[at] = *stop;
    s->n++;
}

/* Another position in the same run. */
MUST static enum err reorder(struct ctx *c, struct standing_run *s, int64_t order, int64_t seq)
{
    size_t from = 0, to = seq && (size_t)seq <= s->n ? (size_t)seq - 1 : s->n - 1;
    while (from < s->n && s->stops[from].care_order.n != order)
        from++;
    as_it_stands(s);
    if (from == s->n)
        return fail(c, ERR_BROKEN, "house.broken", "a stop that is in no run");
    struct meal_stop stop = s->stops[from];
    struct trip_stop door = s->trip.stops[from];
    for (size_t i = from; i != to; i += to > from ? 1 : (size_t)-1) {
        size_t next = to > from ? i + 1 : i - 1;
        s->stops[i] = s->stops[next];
        s->trip.stops[i] = s->trip.stops[next];
    }
    s->stops[to] = stop;
    s->trip.stops[to] = door;
    TRY(times_store(c, s));
    return run_retime(c, s->run.id);
}

MUST static enum err was_left(struct ctx *c, const struct meal_run *was)
{
    struct meal_run run;
    bool found;
    if (!was->id.n)
        return ERR_NONE;
    TRY(run_count(c, was->id));
    TRY(entity_load(c, &meal_run_entity, was->id.n, &run, &found));
    if (run.stops)
        return run_retime(c, was->id);
    return entity_act_by_rule(c, &meal_run_entity, run.id.n, run.row.version, SV("drop"), NULL,
                              &run);
}

/* From elsewhere into this run. */
MUST static enum err put_in(struct ctx *c, struct standing_run *s, struct meal_stop *stop,
                            const struct care_order *o, int64_t seq)
{
    if (s->n == RUN_STOPS_MAX)
        return fail(c, ERR_CONFLICT, "delivery.full", "run %lld is full", (long long)s->run.id.n);
    size_t at = seq && (size_t)seq <= s->n + 1 ? (size_t)seq - 1 : best_place(s);
    put_at(s, at);
    TRY(stop_put(c, s, stop, o));
    stops_as_put(s, stop, at);
    TRY(times_store(c, s));
    TRY(run_count(c, s->run.id));
    return run_retime(c, s->run.id);
}

enum err delivery_move_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct move_asked *in = q->body;
    struct standing_run *s = NEW(&c->mem, struct standing_run, 1);
    struct care_order o;
    struct meal_stop stop;
    struct meal_run was;
    bool found;
    TRY(moved_asked(c, in, &o));
    TRY(stop_taken(c, &o, &stop, &was));
    bool same = was.id.n == in->run.n;
    TRY(standing_read(c, in->run, same ? 0 : o.id.n, s));
    if (same) {
        TRY(reorder(c, s, o.id.n, in->seq));
    } else {
        TRY(put_in(c, s, &stop, &o, in->seq));
        TRY(was_left(c, &was));
    }
    TRY(entity_load(c, &meal_run_entity, in->run.n, &s->run, &found));
    entity_json(c, &a->json, "run", &meal_run_entity, &s->run, false);
    return ERR_NONE;
}
