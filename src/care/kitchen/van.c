/* van.c - which van brings which batch, in which order, when it is where. */

#include "care/kitchen/van.h"

#include "care/near/walk.h"
#include "care/parameter/parameter.h"
#include "plan/trip/trip.h"
#include "roads/roads.h"

SQL(kitchen_vans);
SQL(kitchen_to_bring);

enum { FAR_M = 40000, NIGHT_S = 86400 };

#define V struct meal_van
const struct field meal_van_fields[] = {
    ROW_FIELDS(V),
    LINK(V, kitchen, "place", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "配餐中心", .en = "Kitchen"),
    LINK(V, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(V, name, .required = true, .high = 40, .brief = true, .zh = "车", .en = "Van"),
    FIELD(V, driver, .high = 40, .brief = true, .zh = "谁开", .en = "Who drives"),
    LINK(V, driver_carer, "carer", .filter = true, .zh = "在谁的手机上交接（本机构的人员）",
         .en = "Whose telephone notes the hand-overs (of the kitchen's staff)"),
    FIELD(V, boxes, .required = true, .low = 1, .high = 5000, .brief = true, .zh = "一次装几份",
          .en = "Boxes at once"),
    FIELD(V, leave_breakfast, .low = 0, .high = 1439, .zh = "早餐最早发车（当天第几分钟，0 不去）",
          .en = "Leaves for breakfast from (minute of the day; 0: does not go)"),
    FIELD(V, leave_lunch, .low = 0, .high = 1439, .brief = true,
          .zh = "午餐最早发车（当天第几分钟，0 不去）",
          .en = "Leaves for lunch from (minute of the day; 0: does not go)"),
    FIELD(V, leave_supper, .low = 0, .high = 1439, .zh = "晚餐最早发车（当天第几分钟，0 不去）",
          .en = "Leaves for supper from (minute of the day; 0: does not go)"),
    FIELD(V, works, .brief = true, .filter = true, .zh = "在用", .en = "In use"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "kitchen", .columns = "kitchen, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "driver", .columns = "driver_carer, id" },
    { .name = "works", .columns = "works, scope, id" },
    { .name = "within", .columns = "scope, id" },
    { 0 },
};
static const struct sort sorts[] = {
    { "kitchen", "kitchen", false, "配餐中心", "Kitchen" }, { 0 },
};

MUST static enum err driver_here(struct ctx *c, const V *v)
{
    struct carer a = { .state = CARER_WORKING };
    bool found = true;
    if (v->driver_carer.n)
        TRY(entity_load(c, &carer_entity, v->driver_carer.n, &a, &found));
    if (v->driver_carer.n && (!found || a.org.n != v->org.n || a.state == CARER_LEFT))
        fail_field(c, SV("driver_carer"), "carer.not_here");
    return fail_fields(c);
}

enum err van_is_drivers(struct ctx *c, const struct meal_batch *b, bool *ret_hers)
{
    V v;
    bool found = false;
    *ret_hers = false;
    if (!c->who || !c->who->carer || !b->van.n)
        return ERR_NONE;
    TRY(entity_load(c, &meal_van_entity, b->van.n, &v, &found));
    *ret_hers = found && v.driver_carer.n == c->who->carer;
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    V *v = row;
    struct place p;
    bool found;
    if (before)
        return driver_here(c, v);
    TRY(entity_load(c, &place_entity, v->kitchen.n, &p, &found));
    v->org = p.org;
    v->works = true;
    if (meal_cooks(c, p.org))
        return driver_here(c, v);
    return fail(c, ERR_FORBIDDEN, "kitchen.not_sender", "not of the kitchen");
}

const struct entity meal_van_entity = {
    .name = "meal_van", .zh = "配餐车", .en = "Van of a kitchen", .size = sizeof(V),
    .fields = meal_van_fields, .indexes = indexes, .sorts = sorts, .title = "name",
    .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .seen_by_org = "org = $",
    .scope_of = "kitchen", .rules = rules, .menu = "orders",
};
#undef V

/* --- one sitting --- */

struct loading {
    struct ctx        *c;
    const struct place *kitchen;
    struct day         day;
    int                sitting;
    struct meal_batch  batches[VAN_POINTS_MAX];
    struct place       points[VAN_POINTS_MAX];
    struct trip_door   doors[VAN_POINTS_MAX];
    struct meal_van    vans[VANS_MAX];
    struct trip_bearer bearers[VANS_MAX];
    size_t             n, vans_n;
    struct trip_problem trips;
};

MUST static enum err batches_read(struct loading *l)
{
    int64_t ids[VAN_POINTS_MAX], first[VAN_POINTS_MAX], unload;
    bool found;
    struct rows r = db_rows(l->c, &sql_kitchen_to_bring,
                            PARAMS(P_INT("kitchen", l->kitchen->id.n), P_INT("day", l->day.n),
                                   P_TEXT("sitting", sv_of(sitting_choices[l->sitting].key))));
    for (l->n = 0; l->n < VAN_POINTS_MAX && rows_next(&r); l->n++) {
        ids[l->n] = rows_int(&r, 0);
        first[l->n] = rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    TRY(parameter_int(l->c, "kitchen.unload_minutes", l->kitchen->row.scope, l->day, &unload));
    for (size_t i = 0; i < l->n; i++) {
        TRY(entity_load(l->c, &meal_batch_entity, ids[i], &l->batches[i], &found));
        TRY(entity_load(l->c, &place_entity, l->batches[i].place.n, &l->points[i], &found));
        l->doors[i] = (struct trip_door){ 0, first[i] ? (int32_t)first[i] * 60 : NIGHT_S,
                                          (int32_t)unload * 60, (int32_t)l->batches[i].planned };
    }
    return ERR_NONE;
}

static int64_t leaves(const struct meal_van *v, int sitting)
{
    return sitting == SITTING_BREAKFAST ? v->leave_breakfast
           : sitting == SITTING_LUNCH   ? v->leave_lunch
                                        : v->leave_supper;
}

MUST static enum err vans_read(struct loading *l)
{
    int64_t ids[VANS_MAX];
    size_t n = 0;
    bool found;
    struct rows r = db_rows(l->c, &sql_kitchen_vans, PARAMS(P_INT("kitchen", l->kitchen->id.n)));
    while (n < VANS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    l->vans_n = 0;
    for (size_t i = 0; i < n; i++) {
        struct meal_van *v = &l->vans[l->vans_n];
        TRY(entity_load(l->c, &meal_van_entity, ids[i], v, &found));
        if (leaves(v, l->sitting) == 0)
            continue;
        l->bearers[l->vans_n++] = (struct trip_bearer){
            0, (int32_t)v->boxes, (int32_t)leaves(v, l->sitting) * 60, NIGHT_S };
    }
    return ERR_NONE;
}

/* By the streets for cars; to a point that none leads to, so many minutes. */
MUST static enum err ways_make(struct loading *l)
{
    size_t wide = l->n + 1;
    struct point *at = NEW(&l->c->mem, struct point, wide);
    struct ways_asked q = { .profile = PROFILE_CAR, .points = at, .n = wide, .limit_m = FAR_M,
                            .ms = NEW(&l->c->mem, uint32_t, wide * wide) };
    int32_t *time = NEW(&l->c->mem, int32_t, wide * wide);
    struct trip_ways *ways = NEW(&l->c->mem, struct trip_ways, 1);
    int64_t leg;
    TRY(parameter_int(l->c, "kitchen.leg_minutes", l->kitchen->row.scope, l->day, &leg));
    for (size_t i = 0; i < wide; i++) {
        const struct place *p = i ? &l->points[i - 1] : l->kitchen;
        at[i] = (struct point){ (int32_t)p->lat.e7, (int32_t)p->lon.e7 };
    }
    TRY(way_times(l->c, &q));
    for (size_t i = 0; i < wide * wide; i++) {
        bool known = q.streets && q.ms[i] != NOT_REACHED;
        time[i] = i % (wide + 1) == 0 ? 0 : known ? (int32_t)(q.ms[i] / 1000) : (int32_t)leg * 60;
    }
    *ways = (struct trip_ways){ time, time };
    l->trips.ways = ways;
    l->trips.ways_n = 1;
    return ERR_NONE;
}

static const char *why_left(const struct loading *l, int door)
{
    static const char *const texts[] = {
        [TRIP_WHY_BOXES] = "份数超过一辆车能装的，请分两批或用大车",
        [TRIP_WHY_FAR] = "路上超过交接时限，请换近的配餐中心",
        [TRIP_WHY_TIME] = "没有车能在开餐前送到，请早发车",
        [TRIP_WHY_CROWDED] = "各车排不开，请加一辆车或早发车",
    };
    return l->vans_n ? texts[trip_why(&l->trips, door)] : "还没有登记这一餐发车的车";
}

MUST static enum err batch_store(struct loading *l, int i, const struct meal_batch *with)
{
    struct meal_batch *b = &l->batches[i];
    b->van = with->van;
    b->van_trip = with->van_trip;
    b->seq = with->seq;
    b->leave_min = with->leave_min;
    b->at_min = with->at_min;
    b->plan_note = with->plan_note;
    return entity_update_by_rule(l->c, &meal_batch_entity, b, b->row.version, "plan");
}

MUST static enum err trips_store(struct loading *l, const struct trip_plan *plan)
{
    int64_t nth = 1;
    for (int i = 0; i < plan->trips_n; i++) {
        const struct trip *t = &plan->trips[i];
        nth = i && t[-1].bearer == t->bearer ? nth + 1 : 1;
        for (int k = 0; k < t->stops_n; k++)
            TRY(batch_store(l, t->stops[k].door, &(struct meal_batch){
                .van = l->vans[t->bearer].id, .van_trip = nth, .seq = k + 1,
                .leave_min = t->leave / 60, .at_min = t->stops[k].at / 60 }));
    }
    for (int i = 0; i < plan->left_n; i++)
        TRY(batch_store(l, plan->left[i],
                        &(struct meal_batch){ .plan_note = sv_of(why_left(l, plan->left[i])) }));
    return ERR_NONE;
}

MUST static enum err sitting_plan(struct loading *l, int64_t *left)
{
    const struct trip_budget budget = { .iterations = 1000, .seed = 1 };
    struct trip_plan plan = { .left_n = 0 };
    int64_t hot;
    TRY(batches_read(l));
    if (l->n == 0)
        return ERR_NONE;
    TRY(vans_read(l));
    TRY(ways_make(l));
    TRY(parameter_int(l->c, "meal.batch_minutes", l->kitchen->row.scope, l->day, &hot));
    l->trips.doors = l->doors;
    l->trips.bearers = l->bearers;
    l->trips.doors_n = (int)l->n;
    l->trips.bearers_n = (int)l->vans_n;
    l->trips.hot = (int32_t)hot * 60;
    l->trips.load = l->doors[0].service;
    plan.left = NEW(&l->c->mem, int32_t, l->n);
    for (size_t i = 0; i < l->n; i++)
        plan.left[plan.left_n++] = (int32_t)i;
    if (l->vans_n)
        TRY(trip_search(l->c, &l->trips, &budget, &plan));
    *left += plan.left_n;
    return trips_store(l, &plan);
}

enum err vans_plan(struct ctx *c, const struct place *kitchen, struct day day, int64_t *ret_left)
{
    struct loading *l = NEW(&c->mem, struct loading, 1);
    int64_t left = 0;
    *l = (struct loading){ .c = c, .kitchen = kitchen, .day = day };
    for (l->sitting = SITTING_BREAKFAST; l->sitting < SITTINGS; l->sitting++)
        TRY(sitting_plan(l, &left));
    *ret_left = left;
    return ERR_NONE;
}
