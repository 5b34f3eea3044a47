/* station.c - a station's day, and moving all visits of a carer. */

#include "care/carer/staff.h"
#include "care/order/page.h"
#include "care/visit/gives.h"
#include "care/order/steps.h"
#include "care/visit/visit.h"
#include "http/http.h"

SQL(station_waiting);
SQL(station_visits);
SQL(station_carers);
SQL(carer_visits_to_move);
SQL(station_forbidden);

struct day_query { struct day day; struct carer_id carer; };
static const struct field day_query_fields[] = {
    FIELD(struct day_query, day, .zh = "日期", .en = "Day; today when absent"),
    LINK(struct day_query, carer, "carer", .zh = "护理员", .en = "Carer"),
    { 0 },
};

enum { STATION_ROWS_MAX = 500 };

static struct day day_asked(const struct ctx *c, const struct day_query *q)
{
    return day_known(q->day) ? q->day : day_of(c->now);
}

/* The whole order, masked as the reader may see it, with its actions. */
static enum err json_orders(struct ctx *c, struct json *j, const char *name, struct rows *r)
{
    int64_t ids[STATION_ROWS_MAX];
    size_t n = 0;
    while (n < STATION_ROWS_MAX && rows_next(r))
        ids[n++] = rows_int(r, 0);
    TRY(rows_end(r));
    json_array(j, name);
    for (size_t i = 0; i < n; i++) {
        struct care_order o;
        TRY(entity_get(c, &care_order_entity, ids[i], &o));
        entity_json(c, j, NULL, &care_order_entity, &o, false);
    }
    json_end(j, ']');
    return ERR_NONE;
}

static enum err json_visits(struct ctx *c, struct json *j, struct day day)
{
    int64_t ids[STATION_ROWS_MAX];
    size_t n = 0;
    struct rows r =
        db_rows(c, &sql_station_visits, PARAMS(P_INT("org", c->who->org), P_INT("day", day.n)));
    while (n < STATION_ROWS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(j, "visits");
    for (size_t i = 0; i < n; i++) {
        struct visit v;
        struct care_order o;
        TRY(entity_get(c, &visit_entity, ids[i], &v));
        TRY(entity_get(c, &care_order_entity, v.care_order.n, &o));
        json_object(j, NULL);
        entity_json(c, j, "visit", &visit_entity, &v, false);
        entity_json(c, j, "order", &care_order_entity, &o, false);
        bool late = v.state == VISIT_PLANNED && moment_at(v.day, (int)v.start_min).ms < c->now.ms;
        json_bool(j, "late", late);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

/* The elders to whom she must not be sent. */
MUST static enum err json_forbidden(struct ctx *c, struct json *j, struct carer_id carer,
                                    struct day day)
{
    struct rows r = db_rows(c, &sql_station_forbidden,
                            PARAMS(P_INT("carer", carer.n), P_INT("day", day.n)));
    json_array(j, "not_to");
    while (rows_next(&r))
        json_id(j, NULL, rows_int(&r, 0));
    json_end(j, ']');
    return rows_end(&r);
}

static enum err json_carers(struct ctx *c, struct json *j, struct day day)
{
    json_array(j, "carers");
    struct rows r =
        db_rows(c, &sql_station_carers, PARAMS(P_INT("org", c->who->org), P_INT("day", day.n)));
    while (rows_next(&r)) {
        struct carer a;
        bool absent;
        record_clear(carer_fields, &a);
        a.state = CARER_WORKING;
        rows_read(&r, carer_fields, &a);
        TRY(carer_absent(c, &a, day, &absent));
        json_object(j, NULL);
        json_id(j, "id", a.id.n);
        json_text(j, "name", a.name);
        json_text(j, "gender", sv_of(gender_choices[a.gender].key));
        json_field(j, field_named(carer_fields, SV("skills")), &a);
        json_bool(j, "away", absent);
        json_int(j, "visits_n", rows_int(&r, rows_column(&r, "visits_n")));
        json_int(j, "load_min", rows_int(&r, rows_column(&r, "load_min")));
        TRY(json_forbidden(c, j, a.id, day));
        json_end(j, '}');
    }
    TRY(rows_end(&r));
    json_end(j, ']');
    return ERR_NONE;
}

static enum err need_org(struct ctx *c)
{
    if (c->who->org == 0)
        return fail(c, ERR_FORBIDDEN, "station.no_org", "account %lld acts for no organisation",
                    (long long)c->who->account);
    return ERR_NONE;
}

static enum err station_day_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct day day = day_asked(c, q->query);
    TRY(need_org(c));
    json_day(&a->json, "day", day);
    json_id(&a->json, "org", c->who->org);
    struct rows waiting = db_rows(c, &sql_station_waiting, PARAMS(P_INT("org", c->who->org)));
    TRY(json_orders(c, &a->json, "orders_waiting", &waiting));
    TRY(json_visits(c, &a->json, day));
    return json_carers(c, &a->json, day);
}

/* --- all visits of one carer to another --- */

struct move_asked { struct carer_id carer_from, carer_to; struct day day; bool confirm; };
static const struct field move_asked_fields[] = {
    LINK(struct move_asked, carer_from, "carer", .required = true, .zh = "原护理员", .en = "From"),
    LINK(struct move_asked, carer_to, "carer", .required = true, .zh = "新护理员", .en = "To"),
    FIELD(struct move_asked, day, .zh = "日期", .en = "Day; today when absent"),
    FIELD(struct move_asked, confirm, .zh = "确认改派",
          .en = "True: do it; else only show the clashes"),
    { 0 },
};

/* Why this visit cannot go to the other carer: a message key, NULL when it can. */
static enum err move_hindrance(struct ctx *c, const struct visit *v, struct carer_id to,
                               const char **ret_key)
{
    bool clash;
    *ret_key = NULL;
    enum err e = order_check_carer(c, v->care_order, to);
    if (e == ERR_INVALID) {
        *ret_key = c->fault.fields[0].key;
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(e);
    TRY(visit_clash(c, to, v->day, v->start_min, v->end_min, v->id, &clash));
    if (clash)
        *ret_key = "visit.clash";
    return ERR_NONE;
}

static enum err move_one(struct ctx *c, struct json *j, int64_t id, const struct move_asked *asked)
{
    struct visit v;
    const char *hindrance;
    bool moved = false;
    TRY(entity_get(c, &visit_entity, id, &v));
    TRY(move_hindrance(c, &v, asked->carer_to, &hindrance));
    if (asked->confirm && !hindrance) {
        v.carer = asked->carer_to;
        TRY(entity_update_by_rule(c, &visit_entity, &v, v.row.version, "reassign"));
        moved = true;
    }
    json_object(j, NULL);
    json_id(j, "visit", v.id.n);
    json_int(j, "start_min", v.start_min);
    json_int(j, "end_min", v.end_min);
    json_bool(j, "clash", hindrance != NULL);
    if (hindrance)
        json_text(j, "why", house_message(c->house, &c->mem, c->lang, hindrance, SV(""), SV("")));
    json_bool(j, "moved", moved);
    json_end(j, '}');
    return ERR_NONE;
}

static enum err station_move_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct move_asked *asked = q->body;
    struct day day = day_known(asked->day) ? asked->day : day_of(c->now);
    struct carer from, to;
    int64_t ids[STATION_ROWS_MAX];
    size_t n = 0;
    TRY(need_org(c));
    TRY(entity_get(c, &carer_entity, asked->carer_from.n, &from));
    TRY(entity_get(c, &carer_entity, asked->carer_to.n, &to));
    struct rows r =
        db_rows(c, &sql_carer_visits_to_move,
                PARAMS(P_INT("carer", from.id.n), P_INT("org", c->who->org), P_INT("day", day.n)));
    while (n < STATION_ROWS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(&a->json, "moves");
    for (size_t i = 0; i < n; i++)
        TRY(move_one(c, &a->json, ids[i], asked));
    json_end(&a->json, ']');
    json_bool(&a->json, "done", asked->confirm);
    return ERR_NONE;
}

/* --- text for the group: who goes when to which compound; no telephone, no door --- */

static enum err text_line(struct ctx *c, struct buf *out, int64_t id)
{
    struct visit v;
    struct care_order o;
    struct carer a;
    struct catalogue_item item;
    bool found, item_found;
    TRY(entity_get(c, &visit_entity, id, &v));
    TRY(entity_get(c, &care_order_entity, v.care_order.n, &o));
    TRY(entity_load(c, &carer_entity, v.carer.n, &a, &found));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &item_found));
    buf_int_wide(out, v.start_min / 60, 2);
    buf_byte(out, ':');
    buf_int_wide(out, v.start_min % 60, 2);
    buf_byte(out, ' ');
    buf_put(out, found ? a.name : SV("未派人"));
    buf_text(out, "：");
    buf_put(out, mask_text(&c->mem, MASK_NAME, o.for_name));
    buf_text(out, "，");
    buf_put(out, item_found ? item.plain_name : SV(""));
    buf_text(out, "，");
    buf_put(out, mask_text(&c->mem, MASK_ADDRESS, o.for_address));
    buf_text(out, "（订单 ");
    buf_put(out, o.number);
    buf_text(out, "）\n");
    return ERR_NONE;
}

static enum err station_text_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct day_query *asked = q->query;
    struct day day = day_asked(c, asked);
    struct buf out = buf_new(&c->mem, 1024);
    int64_t ids[STATION_ROWS_MAX];
    size_t n = 0;
    TRY(need_org(c));
    struct rows r =
        db_rows(c, &sql_station_visits, PARAMS(P_INT("org", c->who->org), P_INT("day", day.n)));
    while (n < STATION_ROWS_MAX && rows_next(&r))
        if (!asked->carer.n || rows_int(&r, 1) == asked->carer.n)
            ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    buf_day(&out, day);
    buf_text(&out, " 上门安排\n");
    for (size_t i = 0; i < n; i++)
        TRY(text_line(c, &out, ids[i]));
    json_text(&a->json, "text", buf_sv(&out));
    json_int(&a->json, "visits", (int64_t)n);
    return ERR_NONE;
}

#define DAY_QUERY .query = day_query_fields, .query_size = sizeof(struct day_query)

const struct endpoint station_endpoints[] = {
    { .verb = GET,
      .path = "/api/station/day",
      .run = station_day_get,
      .lane = READS,
      .may = MAY_SERVE_ORDERS,
      .zh = "驿站今日",
      .en = "A station's day: waiting orders, visits, carers",
      DAY_QUERY,
      .gives = station_day_gives },
    { .verb = GET,
      .path = "/api/station/text",
      .run = station_text_get,
      .lane = READS,
      .may = MAY_SERVE_ORDERS,
      .zh = "复制为文字",
      .en = "The day as text for the group, without telephones and doors",
      DAY_QUERY,
      .gives = station_text_gives },
    { .verb = POST,
      .path = "/api/station/move",
      .run = station_move_post,
      .lane = WRITES,
      .may = MAY_SERVE_ORDERS,
      .zh = "整体改派",
      .en = "All visits of a carer to another, clashes marked",
      .takes = move_asked_fields,
      .takes_size = sizeof(struct move_asked),
      .gives = station_move_gives },
    { 0 },
};
