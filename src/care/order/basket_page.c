/* basket_page.c - the basket as endpoints: what it would cost, and placing it. */

#include "care/order/basket.h"
#include "care/order/gives.h"
#include "care/order/page.h"

static const struct field priced_gives[] = {
    SAYS(ID, "offer"), SAYS(TEXT, "name"), SAYS(BOOL, "at_home"), SAYS(BOOL, "gender_matters"),
    SAYS(MONEY, "price"), SAYS(MONEY, "own_pay"), SAYS(TEXT, "price_note"),
    SAYS(INT, "carers"),
    SAYS(LIST, "parts", .record = part_gives), SAYS(TEXT, "cancel_rule_text"), { 0 },
};

static const struct field clash_gives[] = {
    SAYS(INT, "item", .zh = "第几项，从 0 数", .en = "Which item, from 0"),
    MAY_SAY(INT, "with", .zh = "与哪一项", .en = "The other item"),
    MAY_SAY(TEXT, "number", .zh = "与哪个订单", .en = "The order's number"),
    SAYS(TEXT, "text"), { 0 },
};

const struct field basket_price_gives[] = {
    SAYS(MONEY, "price"), SAYS(MONEY, "own_pay"), SAYS(MONEY, "subsidy"),
    SAYS(LIST, "items", .record = priced_gives), SAYS(LIST, "clashes", .record = clash_gives),
    SAYS(LIST, "pay_ways", .record = way_gives), { 0 },
};

const struct field basket_gives[] = {
    SAYS(TEXT, "basket", .zh = "篮子号", .en = "Basket"), SAYS(MONEY, "price"),
    SAYS(MONEY, "own_pay"), SAYS(MONEY, "subsidy"),
    SAYS(LIST, "orders", .record = order_gives, .zh = "按所要的顺序", .en = "In the order asked"),
    { 0 },
};

static void json_sums(struct json *j, const struct basket *b)
{
    json_int(j, "price", b->price.fen);
    json_int(j, "own_pay", b->own_pay.fen);
    json_int(j, "subsidy", b->subsidy.fen);
}

static enum err json_priced(struct ctx *c, struct json *j, const struct placing *p)
{
    struct sv rule;
    TRY(order_cancel_rule(c, p->offer.row.scope, p->order.day, &rule));
    json_object(j, NULL);
    json_id(j, "offer", p->offer.id.n);
    json_text(j, "name", p->offer.name);
    json_bool(j, "at_home", p->item.at_home);
    json_bool(j, "gender_matters", p->item.gender_matters);
    json_int(j, "price", p->price.total.fen);
    json_int(j, "own_pay", p->price.own_pay.fen);
    json_text(j, "price_note", p->price.note);
    json_int(j, "carers", item_two(&p->item) ? 2 : 1);
    order_parts_json(j, p->price.parts, p->price.parts_n, c->lang);
    json_text(j, "cancel_rule_text", rule);
    json_end(j, '}');
    return ERR_NONE;
}

static void json_clash(struct ctx *c, struct json *j, const struct basket *b,
                       const struct basket_clash *k)
{
    bool order = k->number.len > 0;
    struct sv nth = sv_fmt(&c->mem, "%zu", k->with + 1);
    json_object(j, NULL);
    json_int(j, "item", (int64_t)k->item);
    if (order)
        json_text(j, "number", k->number);
    else
        json_int(j, "with", (int64_t)k->with);
    json_text(j, "text", house_message(c->house, &c->mem, c->lang,
                                       order ? "basket.clash_order" : "basket.clash",
                                       order ? k->number : nth,
                                       order ? SV("") : b->of[k->with].offer.name));
    json_end(j, '}');
}

enum err basket_price_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct basket_asked *asked = q->body;
    struct basket *b = NEW(&c->mem, struct basket, 1);
    TRY(basket_items(c, json_member(q->json, "items"), b));
    TRY(basket_price(c, asked->elder, b));
    json_sums(&a->json, b);
    json_array(&a->json, "items");
    for (size_t i = 0; i < b->n; i++)
        TRY(json_priced(c, &a->json, &b->of[i]));
    json_end(&a->json, ']');
    json_array(&a->json, "clashes");
    for (size_t i = 0; i < b->clashes_n; i++)
        json_clash(c, &a->json, b, &b->clashes[i]);
    json_end(&a->json, ']');
    order_pay_ways_json(&a->json, c->lang);
    return ERR_NONE;
}

enum err basket_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct basket *b = NEW(&c->mem, struct basket, 1);
    TRY(basket_items(c, json_member(q->json, "items"), b));
    TRY(basket_place(c, q->body, b));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/my/orders?basket=%.*s", SV_ARG(b->number));
    json_text(&a->json, "basket", b->number);
    json_sums(&a->json, b);
    json_array(&a->json, "orders");
    for (size_t i = 0; i < b->n; i++) {
        json_object(&a->json, NULL);
        TRY(order_placed_page(c, &a->json, &b->of[i].order, &b->of[i].price));
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}
