/* page.c - the order as pages. */

#include "care/meal/meal.h"
#include "care/order/basket.h"
#include "care/order/gives.h"
#include "care/order/page.h"
#include "care/visit/visit.h"
#include "http/file/file.h"

SQL(order_parts);
SQL(order_happened);
SQL(order_and_visits_happened);
SQL(carer_visits_here);
SQL(carer_papers);
SQL(carer_photo);
SQL(order_is_own);
SQL(visit_photos);

/* --- price --- */

struct price_asked {
    struct offer_id offer;
    int64_t quantity;
    struct elder_id elder;
    struct sv slot;
    struct set diets;
};
static const struct field price_asked_fields[] = {
    LINK(struct price_asked, offer, "offer", .required = true, .zh = "服务", .en = "Offer"),
    FIELD(struct price_asked, quantity, .low = 0, .high = 20, .zh = "数量",
          .en = "Quantity; 1 when absent"),
    LINK(struct price_asked, elder, "elder", .zh = "老年人", .en = "Elder"),
    FIELD(struct price_asked, slot, .high = 20, .zh = "时段", .en = "Time"),
    SET(struct price_asked, diets, diet_choices, .zh = "饮食要求", .en = "Diet of a meal"),
    { 0 },
};

void order_parts_json(struct json *j, const struct order_part *parts, size_t n, enum lang lang)
{
    json_array(j, "parts");
    for (size_t i = 0; i < n; i++) {
        const struct choice *payer = &payer_choices[parts[i].payer];
        json_object(j, NULL);
        json_text(j, "payer", sv_of(payer->key));
        json_text(j, "payer_name", sv_of(lang == LANG_EN ? payer->en : payer->zh));
        json_int(j, "amount", parts[i].amount.fen);
        json_text(j, "reason", parts[i].reason);
        json_end(j, '}');
    }
    json_end(j, ']');
}

void order_pay_ways_json(struct json *j, enum lang lang)
{
    json_array(j, "pay_ways");
    for (const struct choice *way = pay_way_choices; way->key; way++) {
        json_object(j, NULL);
        json_text(j, "key", sv_of(way->key));
        json_text(j, "name", sv_of(lang == LANG_EN ? way->en : way->zh));
        json_end(j, '}');
    }
    json_end(j, ']');
}

/* Of a meal: until when it is free, and what speaks against its menu for her. */
MUST static enum err json_meal(struct ctx *c, struct json *j, const struct offer *o,
                               const struct price_asked *asked, struct slot_key key)
{
    enum sitting sitting = sitting_at(key.start_min);
    struct set diets = asked->diets;
    struct moment cut_off;
    TRY(meal_cut_off(c, o->row.scope, o->place, sitting, key.day, &cut_off));
    if (!diets.bits)
        TRY(elder_diets_seen(c, asked->elder, &diets));
    json_moment(j, "cut_off", cut_off);
    json_text(j, "cut_off_text", cut_off_text(&c->mem, sitting, key.day, cut_off, c->lang));
    json_array(j, "warnings");
    TRY(meal_warn(c, o->place, key.day, sitting, diets, j));
    json_end(j, ']');
    return ERR_NONE;
}

static enum err price_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct price_asked *asked = q->body;
    struct offer offer;
    struct catalogue_item item;
    struct elder elder;
    struct price price;
    struct slot_key key = { day_of(c->now), 0 };
    struct sv rule;
    bool found;
    TRY(entity_load(c, &offer_entity, asked->offer.n, &offer, &found));
    if (!found || offer.state != REVIEW_PUBLISHED)
        return fail(c, ERR_MISSING, "offer.missing", "no published offer %lld",
                    (long long)asked->offer.n);
    TRY(entity_load(c, &catalogue_item_entity, offer.item.n, &item, &found));
    if (asked->elder.n)
        TRY(entity_get(c, &elder_entity, asked->elder.n, &elder));
    if (asked->slot.len && !slot_key_read(asked->slot, &key)) {
        fail_field(c, SV("slot"), "slot.none");
        return fail_fields(c);
    }
    TRY(order_price_on(c, &offer, &item, asked->quantity ? asked->quantity : 1,
                       asked->elder.n ? &elder : NULL, key.day, &price));
    TRY(order_cancel_rule(c, offer.row.scope, key.day, &rule));
    if (item.category == CATEGORY_MEAL && asked->slot.len) {
        TRY(json_meal(c, &a->json, &offer, asked, key));
        TRY(meal_cancel_rule(c, offer.row.scope, key.day, &rule));
    }
    json_int(&a->json, "price", price.total.fen);
    json_int(&a->json, "own_pay", price.own_pay.fen);
    json_text(&a->json, "price_note", price.note);
    json_int(&a->json, "carers", item_two(&item) ? 2 : 1);
    order_parts_json(&a->json, price.parts, price.parts_n, c->lang);
    json_text(&a->json, "cancel_rule_text", rule);
    order_pay_ways_json(&a->json, c->lang);
    return ERR_NONE;
}

/* --- one order --- */

enum err order_is_own(struct ctx *c, const struct care_order *o, bool *ret_own)
{
    int64_t own = c->who && o->account.n && o->account.n == c->who->account;
    if (c->who && !own && o->elder.n)
        TRY(db_int(c, &sql_order_is_own,
                   PARAMS(P_INT("id", o->id.n), P_INT("account", c->who->account)), &own));
    *ret_own = own != 0;
    return ERR_NONE;
}

static enum err json_order_parts(struct ctx *c, struct json *j, const struct care_order *o)
{
    struct order_part parts[8];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_order_parts, PARAMS(P_INT("care_order", o->id.n)));
    while (n < 8 && rows_next(&r)) {
        record_clear(order_part_fields, &parts[n]);
        rows_read(&r, order_part_fields, &parts[n++]);
    }
    TRY(rows_end(&r));
    order_parts_json(j, parts, n, c->lang);
    return ERR_NONE;
}

/* What a person reads for each thing that happened. */
static const struct { const char *entity, *action, *zh, *en; } happenings[] = {
    { "care_order", "create", "已下单", "Ordered" },
    { "care_order", "accept", "机构已接单", "Accepted" },
    { "care_order", "decline", "机构没有接单", "Declined" },
    { "care_order", "assign", "已安排护理员", "A carer is assigned" },
    { "care_order", "plan", "已安排护理员", "A carer is assigned" },
    { "care_order", "unassign", "撤回了派单", "The carer was taken off" },
    { "care_order", "attend", "已到店", "Came to the place" },
    { "care_order", "tell", "已告诉老人", "The elder was told" },
    { "care_order", "change", "改了时间", "The time was changed" },
    { "care_order", "meal", "改了用餐方式或饮食", "The meal was changed" },
    { "care_order", "brought", "饭送到了", "The meal was brought" },
    { "care_order", "not_in", "送餐没有人应门", "Nobody was in for the meal" },
    { "care_order", "cancel", "已取消", "Cancelled" },
    { "care_order", "refuse", "老人谢绝了", "The elder refused" },
    { "care_order", "call_off", "按规则免费取消", "Called off free of charge" },
    { "care_order", "confirm", "已确认完成", "Confirmed" },
    { "care_order", "rate", "已评价", "Rated" },
    { "care_order", "dispute", "提出了问题", "Something was wrong" },
    { "care_order", "settle", "问题已解决", "Settled" },
    { "care_order", "pay", "已登记收款", "Payment noted" },
    { "visit", "arrive", "护理员到了", "The carer has arrived" },
    { "visit", "finish", "护理员做完了", "The carer is done" },
    { "visit", "not_met", "上门没有遇到人", "Nobody was met" },
    { "visit", "reassign", "换了护理员", "Another carer comes" },
    { "visit", "move", "调整了上门时间", "The visit begins at another minute" },
};

static const char *happening(struct sv entity, struct sv action, enum lang lang)
{
    for (size_t i = 0; i < sizeof happenings / sizeof *happenings; i++)
        if (sv_is(entity, happenings[i].entity) && sv_is(action, happenings[i].action))
            return lang == LANG_EN ? happenings[i].en : happenings[i].zh;
    return NULL;
}

/* A role by its name; nothing for what the house did itself. */
static struct sv role_said(struct sv key, enum lang lang)
{
    int role = 0;
    if (!choice_of(role_choices, key, &role))
        return SV("");
    return sv_of(lang == LANG_EN ? role_choices[role].en : role_choices[role].zh);
}

struct happened { struct moment at; struct sv entity, action, role; };

static void json_happened(struct json *j, const struct happened *h, enum lang lang)
{
    const char *text = happening(h->entity, h->action, lang);
    if (!text)
        return;
    json_object(j, NULL);
    json_moment(j, "at", h->at);
    json_text(j, "text", sv_of(text));
    json_text(j, "by", role_said(h->role, lang));
    json_end(j, '}');
}

/* Until it is accepted an order has no visit. */
static enum err json_timeline(struct ctx *c, struct json *j, const struct care_order *o)
{
    const struct sql *happened =
        o->state == ORDER_PLACED ? &sql_order_happened : &sql_order_and_visits_happened;
    json_array(j, "timeline");
    struct rows r = db_rows(c, happened, PARAMS(P_INT("care_order", o->id.n)));
    while (rows_next(&r)) {
        struct happened one = { .at = { rows_int(&r, 0) }, .action = rows_text(&r, 1),
                                .role = rows_text(&r, 2), .entity = rows_text(&r, 3) };
        json_happened(j, &one, c->lang);
    }
    TRY(rows_end(&r));
    json_end(j, ']');
    return ERR_NONE;
}

static enum err json_papers(struct ctx *c, struct json *j, struct carer_id carer)
{
    json_array(j, "papers");
    struct rows r = db_rows(c, &sql_carer_papers, PARAMS(P_INT("carer", carer.n)));
    while (rows_next(&r)) {
        int64_t until = rows_int(&r, 2);
        json_object(j, NULL);
        json_text(j, "kind", rows_text(&r, 0));
        json_text(j, "number", rows_text(&r, 1));
        if (until)
            json_day(j, "valid_to", (struct day){ until });
        json_end(j, '}');
    }
    TRY(rows_end(&r));
    json_end(j, ']');
    return ERR_NONE;
}

/* Who comes: photo, certificates with dates, how often she was here. Her whole name, not her phone.
 */
static enum err json_carer_card(struct ctx *c, struct json *j, const struct care_order *o,
                                struct carer_id id)
{
    struct carer a;
    int64_t here, photo;
    bool found;
    TRY(entity_load(c, &carer_entity, id.n, &a, &found));
    if (!found)
        return ERR_NONE;
    TRY(db_int(c, &sql_carer_visits_here,
               PARAMS(P_INT("carer", id.n), P_INT("day", o->day.n), P_ID("elder", o->elder.n),
                      P_ID("account", o->account.n)), &here));
    TRY(db_int(c, &sql_carer_photo, PARAMS(P_INT("carer", id.n)), &photo));
    json_object(j, "carer");
    json_id(j, "id", a.id.n);
    json_text(j, "name", a.name);
    json_text(j, "gender", sv_of(gender_choices[a.gender].key));
    json_text(j, "about", a.about);
    json_int(j, "visits_here", here);
    if (photo)
        json_text(j, "photo", sv_fmt(&c->mem, "/api/carer/%lld/file/%lld", (long long)a.id.n,
                                     (long long)photo));
    TRY(json_papers(c, j, id));
    json_end(j, '}');
    return ERR_NONE;
}

/* For whom the order is her own; anybody else reads how many there are, and no more. */
MUST static enum err json_photos(struct ctx *c, struct json *j, const struct visit *v, bool own)
{
    int64_t n;
    TRY(db_int(c, &sql_visit_photos, PARAMS(P_INT("visit", v->id.n)), &n));
    json_int(j, "photos_n", n);
    return own ? files_write(c, j, "photos", "visit", v->id.n) : ERR_NONE;
}

static enum err json_visit(struct ctx *c, struct json *j, const char *name,
                           const struct care_order *o, const struct visit *v, bool own)
{
    json_object(j, name);
    json_id(j, "id", v->id.n);
    json_text(j, "state", sv_of(visit_states[v->state].key));
    json_day(j, "day", v->day);
    json_int(j, "start_min", v->start_min);
    json_int(j, "end_min", v->end_min);
    if (moment_known(v->arrived_at))
        json_moment(j, "arrived_at", v->arrived_at);
    if (moment_known(v->done_at))
        json_moment(j, "done_at", v->done_at);
    TRY(json_photos(c, j, v, own));
    TRY(json_carer_card(c, j, o, v->carer));
    json_end(j, '}');
    return ERR_NONE;
}

/* Of two who go together the other is told beside. */
static enum err json_visits(struct ctx *c, struct json *j, const struct care_order *o, bool own)
{
    static const char *const names[VISITS_OF_ORDER] = { "visit", "second_visit" };
    struct visit v[VISITS_OF_ORDER];
    int n;
    TRY(order_visits_of(c, o, v, &n));
    for (int i = 0; i < n; i++)
        TRY(json_visit(c, j, names[i], o, &v[i], own));
    return ERR_NONE;
}

enum err order_page(struct ctx *c, struct json *j, const struct care_order *o)
{
    bool own;
    struct money fee;
    TRY(order_is_own(c, o, &own));
    TRY(order_cancel_fee(c, o, &fee));
    entity_json(c, j, "order", &care_order_entity, o, own);
    TRY(json_order_parts(c, j, o));
    TRY(json_visits(c, j, o, own));
    TRY(json_timeline(c, j, o));
    json_int(j, "cancel_fee_now", fee.fen);
    return ERR_NONE;
}

/*
 * What others are just writing to the same pages is not read, which on PostgreSQL would make
 * strangers clash.
 */
enum err order_placed_page(struct ctx *c, struct json *j, const struct care_order *o,
                           const struct price *price)
{
    bool own;
    TRY(order_is_own(c, o, &own));
    entity_json(c, j, "order", &care_order_entity, o, own);
    order_parts_json(j, price->parts, price->parts_n, c->lang);
    json_array(j, "timeline");
    json_happened(j, &(struct happened){ o->row.created_at, SV("care_order"), SV("create"),
                                         sv_of(role_choices[c->who->role].key) }, c->lang);
    json_end(j, ']');
    json_int(j, "cancel_fee_now", 0);
    return ERR_NONE;
}

static enum err my_order_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct care_order o;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &care_order_entity, id, &o));
    return order_page(c, &a->json, &o);
}

static enum err my_orders_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct query asked;
    struct page page;
    TRY(query_read(c, &care_order_entity, q->query_string, &asked));
    TRY(entity_list(c, &care_order_entity, &asked, &page));
    const struct care_order *rows = page.rows;
    json_array(&a->json, "items");
    for (size_t i = 0; i < page.n; i++) {
        bool own;
        TRY(order_is_own(c, &rows[i], &own));
        entity_json(c, &a->json, NULL, &care_order_entity, &rows[i], own);
    }
    json_end(&a->json, ']');
    if (page.next.len)
        json_text(&a->json, "next", page.next);
    return ERR_NONE;
}

static enum err order_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct care_order o;
    struct price price;
    TRY(order_place(c, q->body, &o, &price));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/my/orders/%lld", (long long)o.id.n);
    return order_placed_page(c, &a->json, &o, &price);
}

const struct endpoint order_endpoints[] = {
    { .verb = POST,
      .path = "/api/order/price",
      .run = price_post,
      .lane = READS,
      .may = MAY_ANYONE,
      .zh = "先看价格",
      .en = "What an order would cost, with payers and the cancel rule",
      .takes = price_asked_fields,
      .takes_size = sizeof(struct price_asked),
      .gives = price_gives,
      .no_csrf = true },
    { .verb = POST,
      .path = "/api/order",
      .run = order_post,
      .lane = WRITES,
      .may = MAY_SIGNED_IN,
      .zh = "下单",
      .en = "Place an order, for oneself or on behalf of an elder",
      .takes = order_new_fields,
      .takes_size = sizeof(struct order_new),
      .gives = order_gives },
    { .verb = POST,
      .path = "/api/order/basket/price",
      .run = basket_price_post,
      .lane = READS,
      .may = MAY_ANYONE,
      .zh = "多项服务先看价格",
      .en = "What several would cost together, and which times overlap",
      .takes = basket_asked_fields,
      .takes_size = sizeof(struct basket_asked),
      .gives = basket_price_gives,
      .no_csrf = true },
    { .verb = POST,
      .path = "/api/order/basket",
      .run = basket_post,
      .lane = WRITES,
      .may = MAY_SIGNED_IN,
      .zh = "多项服务一起下单",
      .en = "Place several orders for one elder, all or none",
      .takes = basket_new_fields,
      .takes_size = sizeof(struct basket_new),
      .gives = basket_gives },
    { .verb = GET,
      .path = "/api/my/orders",
      .run = my_orders_get,
      .lane = READS,
      .may = MAY_SIGNED_IN,
      .zh = "我的订单",
      .en = "The caller's orders",
      .gives = orders_gives },
    { .verb = GET,
      .path = "/api/my/orders/{id}",
      .run = my_order_get,
      .lane = READS,
      .may = MAY_SIGNED_IN,
      .zh = "订单详情",
      .en = "One order with its parts, visit and time line",
      .gives = order_gives },
    { 0 },
};
