/* pause_page.c - a pause as seen before and after: what it would call off, and at what fee. */

#include "care/parameter/parameter.h"
#include "care/standing/pause.h"
#include "care/standing/begin.h"
#include "care/standing/standing.h"
#include "http/describe/gives.h"

struct preview_query { struct elder_id elder; struct day from_day, until_day; };
static const struct field preview_query_fields[] = {
    LINK(struct preview_query, elder, "elder", .required = true, .zh = "老年人", .en = "Elder"),
    FIELD(struct preview_query, from_day, .required = true, .zh = "从哪天起", .en = "First day"),
    FIELD(struct preview_query, until_day, .zh = "到哪天止", .en = "Last day"),
    { 0 },
};

MUST static enum err put_order(struct ctx *c, struct json *j, int64_t id, bool free_of_charge,
                               int64_t *fee_sum)
{
    struct care_order o;
    struct catalogue_item item;
    struct money fee = { 0 };
    bool found;
    TRY(entity_load(c, &care_order_entity, id, &o, &found));
    if (!free_of_charge)
        TRY(order_cancel_fee(c, &o, &fee));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &found));
    json_object(j, NULL);
    json_text(j, "number", o.number);
    json_text(j, "item", found ? item.plain_name : SV(""));
    json_day(j, "day", o.day);
    json_int(j, "start_min", o.start_min);
    json_int(j, "fee", fee.fen);
    json_end(j, '}');
    *fee_sum += fee.fen;
    return ERR_NONE;
}

/* Whoever may pause her may know what that calls off, also at other organisations. */
static enum err preview_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct preview_query *asked = q->query;
    int64_t ids[PAUSE_ORDERS_MAX], free_of_charge, fee_sum = 0;
    struct elder e;
    size_t n;
    TRY(pause_elder(c, asked->elder, &e));
    TRY(parameter_int(c, "pause.cancel_free", e.row.scope, day_of(c->now), &free_of_charge));
    TRY(pause_orders(c, asked->elder, asked->from_day, asked->until_day, ids, &n));
    json_array(&a->json, "orders");
    for (size_t i = 0; i < n; i++)
        TRY(put_order(c, &a->json, ids[i], free_of_charge != 0, &fee_sum));
    json_end(&a->json, ']');
    json_bool(&a->json, "free_of_charge", free_of_charge != 0);
    json_int(&a->json, "fee", fee_sum);
    return ERR_NONE;
}

static enum err begin_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct pause p;
    TRY(pause_begin(c, q->body, &p));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/pause/%lld", (long long)p.id.n);
    entity_json(c, &a->json, "pause", &pause_entity, &p, false);
    return ERR_NONE;
}

static const struct field order_gives[] = {
    SAYS(TEXT, "number"), SAYS(TEXT, "item"), SAYS(DAY, "day"), SAYS(INT, "start_min"),
    SAYS(MONEY, "fee", .zh = "取消费用", .en = "Fee for cancelling it"), { 0 },
};
static const struct field preview_gives[] = {
    SAYS(LIST, "orders", .record = order_gives),
    SAYS(BOOL, "free_of_charge", .zh = "免费取消", .en = "Cancelled free of charge"),
    SAYS(MONEY, "fee", .zh = "合计费用", .en = "Fees together"), { 0 },
};
static const struct field begin_gives[] = { SAYS(RECORD, "pause", .links = "pause"), { 0 } };

const struct endpoint pause_endpoints[] = {
    { .verb = GET, .path = "/api/pause/preview", .run = preview_get, .lane = READS,
      .may = MAY_SIGNED_IN, .zh = "暂停会取消什么", .en = "What a pause would call off",
      .query = preview_query_fields, .query_size = sizeof(struct preview_query),
      .gives = preview_gives },
    { .verb = POST, .path = "/api/pause/begin", .run = begin_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .zh = "暂停服务", .en = "Pause all that comes to an elder",
      .takes = pause_new_fields, .takes_size = sizeof(struct pause_new), .gives = begin_gives },
    { 0 },
};
