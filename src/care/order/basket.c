/* basket.c - several orders placed together. */

#include "care/order/basket.h"

#include "base/id.h"

#include <string.h>

SQL(order_clash);

/* --- what is asked --- */

static const struct field item_fields[] = {
    LINK(struct basket_item, offer, "offer", .required = true, .zh = "服务", .en = "Offer"),
    FIELD(struct basket_item, slot, .high = 20, .zh = "时段", .en = "Time"),
    FIELD(struct basket_item, quantity, .low = 0, .high = 20, .zh = "数量",
          .en = "Quantity; 1 when absent"),
    CHOICE(struct basket_item, gender_wish, gender_wish_choices, .zh = "护理员性别",
           .en = "Gender wish"),
    LINK(struct basket_item, carer_wish, "carer", .zh = "希望的护理员", .en = "Carer wished for"),
    FIELD(struct basket_item, note, .high = 500, .many_lines = true, .zh = "备注", .en = "Note"),
    { 0 },
};

#define ITEMS(T) \
    FIELD(T, items, .required = true, .record = item_fields, .zh = "各项服务", .en = "Items", \
          .hint_zh = "最多 10 项", .hint_en = "at most 10")

const struct field basket_new_fields[] = {
    ITEMS(struct basket_new),
    LINK(struct basket_new, elder, "elder", .zh = "老年人", .en = "Elder"),
    FIELD(struct basket_new, for_name, .high = 40, .zh = "老人姓名", .en = "The elder's name"),
    FIELD(struct basket_new, for_phone, .high = 20, .zh = "联系电话", .en = "Telephone"),
    FIELD(struct basket_new, for_address, .high = 120, .zh = "地址", .en = "Address"),
    FIELD(struct basket_new, for_relation, .high = 20, .zh = "与老人的关系", .en = "Relation"),
    LINK(struct basket_new, for_compound, "compound", .zh = "小区", .en = "Compound"),
    FIELD(struct basket_new, for_lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct basket_new, for_lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    CHOICE(struct basket_new, pay_way, pay_way_choices, .zh = "付款方式", .en = "Paid how"),
    FIELD(struct basket_new, password, .high = 20, .zh = "上门口令", .en = "Password at the door"),
    CHOICE(struct basket_new, channel, channel_choices, .zh = "渠道", .en = "Channel"),
    { 0 },
};

const struct field basket_asked_fields[] = {
    ITEMS(struct basket_asked),
    LINK(struct basket_asked, elder, "elder", .zh = "老年人", .en = "Elder"),
    { 0 },
};

/* --- faults of all items, each under its index --- */

/* Of the elder, whichever item found it first. */
static bool is_of_elder(const struct field_fault *f)
{
    return sv_starts(f->field, SV("for_")) && strcmp(f->key, "order.outside_area") != 0;
}

static void under_item(struct ctx *c, size_t i, const struct field_fault *f)
{
    struct sv name = is_of_elder(f) ? f->field : sv_fmt(&c->mem, "items.%zu.%.*s", i,
                                                        SV_ARG(f->field));
    fail_field_args(c, name, f->key, f->arg0, f->arg1);
}

/* What she can mend is kept under the item's index and the next item is looked at. */
static enum err keep_fault(struct ctx *c, enum err e, size_t i, struct fault *all)
{
    if (e == ERR_NONE)
        return ERR_NONE;
    if (c->fault.retryable || (e != ERR_INVALID && e != ERR_CONFLICT))
        return e;
    struct fault one = c->fault;
    c->fault = *all;
    if (e == ERR_CONFLICT)
        under_item(c, i, &(struct field_fault){ SV("slot"), one.key, one.arg0, one.arg1 });
    for (size_t f = 0; f < one.fields_n; f++)
        under_item(c, i, &one.fields[f]);
    *all = c->fault;
    if (all->key == NULL || e == ERR_INVALID)
        all->key = e == ERR_INVALID ? "fields.invalid" : one.key;
    ctx_forgive(c);
    return ERR_NONE;
}

static enum err fail_kept(struct ctx *c, const struct fault *all)
{
    if (all->fields_n == 0)
        return ERR_NONE;
    bool invalid = strcmp(all->key, "fields.invalid") == 0;
    c->fault = *all;
    c->fault.key = NULL;
    return fail(c, invalid ? ERR_INVALID : ERR_CONFLICT, all->key,
                "%zu fields of a basket need attention", all->fields_n);
}

static enum err item_read(struct ctx *c, const struct json_value *one, struct order_new *n)
{
    struct basket_item item;
    record_clear(item_fields, &item);
    TRY(json_read(c, one, item_fields, true, &item, NULL));
    record_check(c, item_fields, &item, true);
    *n = (struct order_new){ .offer = item.offer, .slot = item.slot, .quantity = item.quantity,
                             .gender_wish = item.gender_wish, .carer_wish = item.carer_wish,
                             .note = item.note };
    return fail_fields(c);
}

enum err basket_items(struct ctx *c, const struct json_value *items, struct basket *b)
{
    struct fault all = { 0 };
    if (!items || items->kind != JSON_ARRAY || items->n == 0)
        fail_field(c, SV("items"), "basket.none");
    else if (items->n > BASKET_ITEMS_MAX)
        fail_field_args(c, SV("items"), "basket.many", sv_fmt(&c->mem, "%d", BASKET_ITEMS_MAX),
                        SV(""));
    TRY(fail_fields(c));
    for (const struct json_value *one = items->first; one; one = one->next, b->n++)
        TRY(keep_fault(c, item_read(c, one, &b->asked[b->n]), b->n, &all));
    return fail_kept(c, &all);
}

/* --- price --- */

/* The first subsidised meal of a day has the subsidy; this one is of a day that has had it. */
static void subsidy_once(struct ctx *c, struct basket *b, size_t i)
{
    struct placing *p = &b->of[i];
    for (size_t k = 0; k < i; k++)
        if (p->price.subsidy.fen && b->of[k].price.subsidy.fen &&
            b->of[k].order.day.n == p->order.day.n)
            price_without_subsidy(c, &p->offer, p->order.quantity, &p->price);
}

static void add_up(struct ctx *c, struct basket *b)
{
    for (size_t i = 0; i < b->n; i++) {
        subsidy_once(c, b, i);
        b->price.fen += b->of[i].price.total.fen;
        b->own_pay.fen += b->of[i].price.own_pay.fen;
        b->subsidy.fen += b->of[i].price.subsidy.fen;
    }
}

static enum err price_item(struct ctx *c, const struct order_new *n, const struct elder *elder,
                           struct placing *p)
{
    int end_min;
    TRY(placing_offer(c, n, &p->offer, &p->item));
    p->order.quantity = n->quantity ? n->quantity : 1;
    p->order.day = day_of(c->now);
    if (n->slot.len) {
        if (!slot_key_read(n->slot, &p->key)) {
            fail_field(c, SV("slot"), "slot.none");
            return fail_fields(c);
        }
        TRY(slot_in_week(c, &p->offer, p->key, &end_min));
        p->order.day = p->key.day;
        p->order.start_min = p->key.start_min;
        p->order.end_min = placing_end(&p->item, p->key.start_min, end_min);
    }
    return order_price_on(c, &p->offer, &p->item, p->order.quantity, elder, p->order.day,
                          &p->price);
}

static void clash_add(struct basket *b, size_t item, size_t with, struct sv number)
{
    if (b->clashes_n < sizeof b->clashes / sizeof *b->clashes)
        b->clashes[b->clashes_n++] = (struct basket_clash){ item, with, number };
}

static bool overlaps(const struct care_order *a, const struct care_order *b)
{
    return a->end_min && b->end_min && a->day.n == b->day.n && a->start_min < b->end_min &&
           a->end_min > b->start_min;
}

/* With the first item before it, and with the first order of hers that stands at that time. */
static enum err find_clashes(struct ctx *c, struct elder_id elder, struct basket *b, size_t i)
{
    const struct care_order *o = &b->of[i].order;
    for (size_t k = 0; k < i; k++)
        if (overlaps(o, &b->of[k].order)) {
            clash_add(b, i, k, SV(""));
            break;
        }
    if (elder.n == 0 || o->end_min == 0)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_order_clash,
                            PARAMS(P_INT("elder", elder.n), P_INT("day", o->day.n),
                                   P_INT("start_min", o->start_min),
                                   P_INT("end_min", o->end_min)));
    if (rows_next(&r))
        clash_add(b, i, i, sv_copy(&c->mem, rows_text(&r, 0)));
    return rows_end(&r);
}

enum err basket_price(struct ctx *c, struct elder_id elder, struct basket *b)
{
    struct elder known;
    struct fault all = { 0 };
    if (elder.n)
        TRY(entity_get(c, &elder_entity, elder.n, &known));
    for (size_t i = 0; i < b->n; i++)
        TRY(keep_fault(c, price_item(c, &b->asked[i], elder.n ? &known : NULL, &b->of[i]), i,
                       &all));
    TRY(fail_kept(c, &all));
    for (size_t i = 0; i < b->n; i++)
        TRY(find_clashes(c, elder, b, i));
    add_up(c, b);
    return ERR_NONE;
}

/* --- placing --- */

static void fill_common(const struct basket_new *n, struct order_new *o)
{
    o->elder = n->elder;
    o->for_name = n->for_name;
    o->for_phone = n->for_phone;
    o->for_address = n->for_address;
    o->for_relation = n->for_relation;
    o->for_compound = n->for_compound;
    o->for_lat = n->for_lat;
    o->for_lon = n->for_lon;
    o->pay_way = n->pay_way;
    o->password = n->password;
    o->channel = n->channel;
}

/* Places are taken in one order everywhere, so that two baskets never wait for each other. */
static bool goes_before(const struct placing *a, const struct placing *b)
{
    if (a->offer.id.n != b->offer.id.n)
        return a->offer.id.n < b->offer.id.n;
    if (a->key.day.n != b->key.day.n)
        return a->key.day.n < b->key.day.n;
    return a->key.start_min < b->key.start_min;
}

static void order_of_taking(const struct basket *b, size_t *ret_order)
{
    for (size_t i = 0; i < b->n; i++) {
        size_t at = i;
        for (; at > 0 && goes_before(&b->of[i], &b->of[ret_order[at - 1]]); at--)
            ret_order[at] = ret_order[at - 1];
        ret_order[at] = i;
    }
}

/* Refused for want of a place, it leaves no trace, and the others are asked for theirs. */
static enum err store_item(struct ctx *c, struct basket *b, size_t i, struct fault *all)
{
    TRY(db_savepoint(c));
    enum err e = placing_store(c, &b->of[i]);
    if (e == ERR_NONE)
        return db_savepoint_keep(c);
    if (!db_in_transaction(c->db))
        return e;
    TRY(keep_fault(c, e, i, all));
    return db_savepoint_undo(c);
}

static enum err number_it(struct ctx *c, struct basket *b)
{
    int64_t id;
    TRY(id_next(c, c->house->ids, &id));
    struct sv number = order_number(&c->mem, day_of(c->now), id);
    b->number = sv_fmt(&c->mem, "B%.*s", SV_ARG(number));
    for (size_t i = 0; i < b->n; i++)
        b->of[i].order.basket = b->number;
    return ERR_NONE;
}

enum err basket_place(struct ctx *c, const struct basket_new *n, struct basket *b)
{
    struct fault all = { 0 };
    size_t order[BASKET_ITEMS_MAX];
    for (size_t i = 0; i < b->n; i++) {
        fill_common(n, &b->asked[i]);
        TRY(keep_fault(c, placing_prepare(c, &b->asked[i], &b->of[i]), i, &all));
    }
    TRY(fail_kept(c, &all));
    add_up(c, b);
    TRY(number_it(c, b));
    order_of_taking(b, order);
    for (size_t i = 0; i < b->n; i++)
        TRY(store_item(c, b, order[i], &all));
    return fail_kept(c, &all);
}
