/* carer_day.c - a carer's own day on her phone, with and without a network. */

#include "care/near/walk.h"
#include "care/proof/door_code.h"
#include "care/sync/sync.h"
#include "care/near/gives.h"
#include "care/mood/mood.h"
#include "care/visit/gives.h"
#include "care/visit/visit.h"

SQL(carer_day_visits);

enum { SHOWN_BEFORE_MS = 3600000 };

/* --- one visit as she needs it --- */

static enum err json_place(struct ctx *c, struct json *j, const struct visit *v)
{
    struct point home;
    bool found;
    TRY(visit_home(c, v, &home, &found));
    if (found) {
        json_fixed(j, "lat", home.lat_e7, 7);
        json_fixed(j, "lon", home.lon_e7, 7);
    }
    return ERR_NONE;
}

/* Telephone and password an hour before, not earlier. */
static void json_secrets(const struct ctx *c, struct json *j, const struct visit *v,
                         const struct care_order *o)
{
    if (c->now.ms < moment_at(v->day, (int)v->start_min).ms - SHOWN_BEFORE_MS)
        return;
    json_text(j, "phone", o->for_phone);
    json_text(j, "password", o->password);
}

/* Who goes with her, and whether she is there already. */
static enum err json_with(struct ctx *c, struct json *j, const struct visit *v)
{
    struct visit mate;
    struct carer a;
    bool together, found = false;
    TRY(visit_mate(c, v, &mate, &together));
    if (together)
        TRY(entity_load(c, &carer_entity, mate.carer.n, &a, &found));
    if (!found)
        return ERR_NONE;
    json_object(j, "with");
    json_text(j, "name", a.name);
    json_text(j, "state", sv_of(visit_states[mate.state].key));
    json_bool(j, "collects", mate.seat == SEAT_FIRST);
    json_end(j, '}');
    return ERR_NONE;
}

/* Name and address whole, since she must get there; visit_given notes that she saw it. */
static enum err visit_members(struct ctx *c, struct json *j, const void *row, int64_t second)
{
    const struct visit *v = row;
    struct care_order o;
    struct catalogue_item item;
    bool found;
    (void)second;
    TRY(entity_get(c, &care_order_entity, v->care_order.n, &o));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &found));
    entity_json(c, j, "visit", &visit_entity, v, true);
    json_text(j, "number", o.number);
    json_text(j, "item", found ? item.plain_name : SV(""));
    json_text(j, "category", sv_of(category_choices[found ? item.category : 0].key));
    json_text(j, "for_name", o.for_name);
    json_text(j, "address", o.for_address);
    json_text(j, "note", o.note);
    TRY(json_place(c, j, v));
    json_secrets(c, j, v, &o);
    bool other_collects = v->seat == SEAT_SECOND;
    json_int(j, "to_collect",
             o.paid || o.pay_way != PAY_CASH || other_collects ? 0 : o.own_pay.fen);
    TRY(json_with(c, j, v));
    return door_codes_json(c, j, v->elder, v->day);
}

static const struct sync_own own_visits = { &visit_entity, &sql_carer_day_visits, visit_members };

static enum err visit_given(struct ctx *c, const struct sync_row *row)
{
    struct visit v;
    TRY(entity_get(c, &visit_entity, row->id, &v));
    return access_note(c, v.elder.n, &care_order_entity, v.care_order.n,
                       SV("for_name,for_address,for_phone"));
}

/* --- on line --- */

struct day_query { struct day day; };
static const struct field day_query_fields[] = {
    FIELD(struct day_query, day, .zh = "日期", .en = "Day; today when absent"), { 0 },
};

static enum err carer_day_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct day_query *asked = q->query;
    struct day day = day_known(asked->day) ? asked->day : day_of(c->now);
    struct sync_rows rows = { .at = NEW(&c->mem, struct sync_row, SYNC_ROWS_MAX) };
    TRY(sync_own_rows(c, &own_visits, day, &rows));
    json_day(&a->json, "day", day);
    json_array(&a->json, "visits");
    for (size_t i = 0; i < rows.n; i++) {
        TRY(visit_given(c, &rows.at[i]));
        json_raw(&a->json, NULL, rows.at[i].json);
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- taken along --- */

static const struct sync_step visit_takes[] = {
    { &visit_entity, "arrive" }, { &visit_entity, "finish" }, { &visit_entity, "not_met" },
    { &visit_entity, "note" }, { &proof_entity, "create" }, { &mood_note_entity, "create" },
    { 0 },
};

static const struct sync_form sync_forms[] = {
    { .name = "visits", .zh = "上门工单", .en = "Visits", .may = MAY_DO_VISITS, .own = &own_visits,
      .given = visit_given, .takes = visit_takes },
    { 0 },
};

/* --- the way there --- */

struct way_query { struct degrees lat, lon; };
static const struct field way_query_fields[] = {
    FIELD(struct way_query, lat, .required = true, .low = -LAT_E7_MAX, .high = LAT_E7_MAX,
          .zh = "纬度", .en = "Latitude of where she is"),
    FIELD(struct way_query, lon, .required = true, .low = -LON_E7_MAX, .high = LON_E7_MAX,
          .zh = "经度", .en = "Longitude"),
    { 0 },
};

static enum err visit_way_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct way_query *from = q->query;
    struct point home;
    struct visit v;
    int64_t id;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &visit_entity, id, &v));
    TRY(visit_home(c, &v, &home, &found));
    if (!found)
        return fail(c, ERR_MISSING, "visit.no_point", "the home of visit %lld has no point",
                    (long long)id);
    return route_between(c, (struct point){ (int32_t)from->lat.e7, (int32_t)from->lon.e7 },
                         home, &a->json);
}

static const struct endpoint endpoints[] = {
    { .verb = GET,
      .path = "/api/carer/day",
      .run = carer_day_get,
      .lane = WRITES,
      .may = MAY_DO_VISITS,
      .zh = "我的今日工单",
      .en = "A carer's own visits of a day",
      .query = day_query_fields,
      .query_size = sizeof(struct day_query),
      .gives = carer_day_gives },
    { .verb = GET,
      .path = "/api/visit/{id}/way",
      .run = visit_way_get,
      .lane = READS,
      .may = MAY_DO_VISITS,
      .zh = "去这家怎么走",
      .en = "The way on foot to the home of a visit, for whoever may see the visit",
      .query = way_query_fields,
      .query_size = sizeof(struct way_query),
      .gives = route_gives },
    { 0 },
};

const struct module carer_day_module = {
    .name = "carer_day", .endpoints = endpoints, .sync_forms = sync_forms,
};
