/* placing.c - an order comes in: for whom, when, at what price. */

#include "base/id.h"
#include "base/json.h"
#include "care/errand/errand.h"
#include "care/escort/escort.h"
#include "care/meal/meal.h"
#include "care/message/message.h"
#include "care/near/walk.h"
#include "care/order/placing.h"
#include "care/quota/quota.h"

#include <string.h>

SQL(bond_may_order);


const struct field order_new_fields[] = {
    LINK(struct order_new, offer, "offer", .required = true, .zh = "服务", .en = "Offer"),
    FIELD(struct order_new, slot, .required = true, .high = 20, .zh = "时段", .en = "Time"),
    FIELD(struct order_new, quantity, .low = 0, .high = 20, .zh = "数量",
          .en = "Quantity; 1 when absent"),
    LINK(struct order_new, elder, "elder", .zh = "老年人", .en = "Elder"),
    FIELD(struct order_new, for_name, .high = 40, .zh = "老人姓名", .en = "The elder's name"),
    FIELD(struct order_new, for_phone, .high = 20, .zh = "联系电话", .en = "Telephone"),
    FIELD(struct order_new, for_address, .high = 120, .zh = "地址", .en = "Address"),
    FIELD(struct order_new, for_relation, .high = 20, .zh = "与老人的关系", .en = "Relation"),
    LINK(struct order_new, for_compound, "compound", .zh = "小区", .en = "Compound"),
    FIELD(struct order_new, for_lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct order_new, for_lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    CHOICE(struct order_new, gender_wish, gender_wish_choices, .zh = "护理员性别",
           .en = "Gender wish"),
    LINK(struct order_new, carer_wish, "carer", .zh = "希望的护理员", .en = "Carer wished for"),
    CHOICE(struct order_new, way, meal_way_choices, .zh = "用餐方式", .en = "How a meal is had"),
    SET(struct order_new, diets, diet_choices, .zh = "饮食要求", .en = "Diet of a meal"),
    CHOICE(struct order_new, pay_way, pay_way_choices, .zh = "付款方式", .en = "Paid how"),
    FIELD(struct order_new, password, .high = 20, .zh = "上门口令", .en = "Password at the door"),
    FIELD(struct order_new, note, .high = 500, .many_lines = true, .zh = "备注", .en = "Note"),
    CHOICE(struct order_new, channel, channel_choices, .zh = "渠道", .en = "Channel"),
    { 0 },
};

static bool is_staff(const struct ctx *c)
{
    return who_may(c, MAY_PLACE_ORDERS);
}

/* The known elder: her own account's, one bound with the right to order, or (staff) one in sight.
 */
static enum err elder_of(struct ctx *c, const struct order_new *n, struct elder *ret_elder)
{
    bool found;
    if (is_staff(c))
        return entity_get(c, &elder_entity, n->elder.n, ret_elder);
    TRY(entity_load(c, &elder_entity, n->elder.n, ret_elder, &found));
    int64_t may = found && ret_elder->account.n == c->who->account;
    if (found && !may)
        TRY(db_int(c, &sql_bond_may_order,
                   PARAMS(P_INT("elder", n->elder.n), P_INT("account", c->who->account)), &may));
    if (!may)
        return fail(c, ERR_MISSING, "elder.missing", "account %lld may not order for elder %lld",
                    (long long)c->who->account, (long long)n->elder.n);
    return ERR_NONE;
}

static struct sv either(struct sv given, struct sv known)
{
    return given.len ? given : known;
}

/* For whom and where; an unbound elder needs name, telephone and address. */
static enum err fill_beneficiary(struct ctx *c, const struct order_new *n,
                                 const struct elder *elder, bool at_home, struct care_order *o)
{
    o->elder = n->elder;
    o->for_name = either(n->for_name, elder ? elder->name : SV(""));
    o->for_phone = either(n->for_phone, elder ? elder->phone : SV(""));
    o->for_address = either(n->for_address, elder ? elder->address : SV(""));
    o->for_compound = n->for_compound.n || !elder ? n->for_compound : elder->compound;
    o->for_lat = n->for_lat.e7 || !elder ? n->for_lat : elder->home_lat;
    o->for_lon = n->for_lon.e7 || !elder ? n->for_lon : elder->home_lon;
    o->for_relation = n->for_relation;
    if (o->for_name.len == 0)
        fail_field(c, SV("for_name"), "field.required");
    if (o->for_phone.len == 0)
        fail_field(c, SV("for_phone"), "field.required");
    else if (phone_check(o->for_phone))
        fail_field(c, SV("for_phone"), phone_check(o->for_phone));
    if (at_home && o->for_address.len == 0)
        fail_field(c, SV("for_address"), "field.required");
    return fail_fields(c);
}

/*
 * An offer with an area serves homes within so many metres' walk of its place. Where the home's
 * point or the streets are not known, the organisation decides when it accepts.
 */
static enum err refuse_outside(struct ctx *c, const struct offer *offer, bool at_home,
                               const struct care_order *o)
{
    struct place place;
    struct walk walk;
    bool found;
    if (!at_home || offer->area_m == 0 || offer->place.n == 0 || o->for_lat.e7 == 0)
        return ERR_NONE;
    TRY(entity_load(c, &place_entity, offer->place.n, &place, &found));
    if (!found || place.lat.e7 == 0)
        return ERR_NONE;
    struct point home = { (int32_t)o->for_lat.e7, (int32_t)o->for_lon.e7 };
    struct point door = { (int32_t)place.lat.e7, (int32_t)place.lon.e7 };
    TRY(walk_within(c, door, home, offer->area_m, &walk));
    if (walk.known && !walk.within)
        fail_field(c, SV("for_address"), "order.outside_area");
    return fail_fields(c);
}

struct sv order_number(struct arena *mem, struct day day, int64_t id)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    struct civil v = civil_of_day(day);
    uint64_t mixed = (uint64_t)id * 0x9E3779B97F4A7C15u >> 34;          /* the upper 30 bits */
    struct buf b = buf_new(mem, 16);
    buf_int_wide(&b, v.month, 2);
    buf_int_wide(&b, v.day, 2);
    buf_byte(&b, '-');
    for (int i = 0; i < 6; i++, mixed >>= 5)
        buf_byte(&b, letters[mixed & 31]);
    return buf_sv(&b);
}

static void fill_asked(struct ctx *c, const struct order_new *n, const struct offer *offer,
                       struct care_order *o)
{
    bool staff = is_staff(c);
    struct account_id caller = { c->who->account };
    o->row.scope = offer->row.scope;
    o->account = staff ? (struct account_id){ 0 } : caller;
    o->placed_by = staff ? caller : (struct account_id){ 0 };
    o->channel = staff ? (n->channel ? n->channel : CHANNEL_PHONE) : CHANNEL_WEB;
    o->elder = n->elder;
    o->org = offer->org;
    o->offer = offer->id;
    o->item = offer->item;
    o->place = offer->place;
    o->gender_wish = n->gender_wish;
    o->carer_wish = n->carer_wish;
    o->pay_way = n->pay_way;
    o->password = n->password;
    o->note = n->note;
    o->state = ORDER_PLACED;
}

/*
 * Which meal it is, how it is had and until when it is free. What is served at home is brought;
 * at the place one eats or takes it along. A meal is accepted as it comes: places and cut-off are
 * the kitchen's word already.
 */
static enum err fill_meal(struct ctx *c, const struct order_new *n, struct placing *p)
{
    struct care_order *o = &p->order;
    bool home = p->item.at_home;
    if (p->item.category != CATEGORY_MEAL)
        return ERR_NONE;
    if (n->way && (n->way == WAY_DELIVERED) != home) {
        fail_field(c, SV("way"), home ? "meal.way_home" : "meal.way_place");
        return fail_fields(c);
    }
    o->sitting = (int)sitting_at(p->key.start_min);
    o->way = n->way ? n->way : home ? WAY_DELIVERED : WAY_EAT_IN;
    o->diets = n->diets;
    if (!o->diets.bits)
        TRY(elder_diets(c, o->elder, &o->diets));
    o->state = ORDER_ACCEPTED;
    TRY(meal_cut_off(c, o->row.scope, o->place, (enum sitting)o->sitting, p->key.day,
                     &o->cut_off));
    o->late = c->now.ms > o->cut_off.ms;
    return meal_refuse_late(c, o->org, o->cut_off, "slot");
}

/* She has agreed who orders herself, or is on the telephone or at the counter as we speak. */
static void fill_told(struct ctx *c, const struct elder *elder, struct care_order *o)
{
    bool herself = elder && elder->account.n && elder->account.n == c->who->account;
    bool speaking = o->channel == CHANNEL_PHONE || o->channel == CHANNEL_COUNTER;
    o->told = herself || (is_staff(c) && speaking) ? TOLD_AGREED : TOLD_NO;
    o->told_at = o->told == TOLD_NO ? (struct moment){ 0 } : c->now;
}

int64_t placing_end(const struct catalogue_item *item, int64_t start_min, int64_t end_min)
{
    int64_t end = item->duration_min ? start_min + item->duration_min : end_min;
    return end < MINUTES_A_DAY ? end : MINUTES_A_DAY;
}

/*
 * Whether a number is taken is not asked before: on PostgreSQL that look would clash with whoever
 * orders for the same day. Of a thousand million a day one is rarely drawn twice; then the request
 * is run again, with other ids.
 */
static enum err store_numbered(struct ctx *c, struct care_order *o)
{
    TRY(id_next(c, c->house->ids, &o->id.n));
    o->number = order_number(&c->mem, o->day, o->id.n);
    enum err e = entity_create_by_rule(c, &care_order_entity, o);
    if (e == ERR_CONFLICT && strcmp(c->fault.key, "order.number_taken") == 0)
        c->fault.retryable = true;
    return e;
}

enum err order_keep(struct ctx *c, const struct price *price, struct care_order *o)
{
    o->price = price->total;
    o->own_pay = price->own_pay;
    o->subsidy = price->subsidy;
    o->quota = price->quota;
    o->station_pay = price->station_pay;
    o->price_note = price->note;
    if (o->sitting)
        TRY(meal_operator_of(c, o->place, &o->operated_by));
    TRY(store_numbered(c, o));
    for (size_t i = 0; i < price->parts_n; i++) {
        struct order_part part = price->parts[i];
        part.care_order = o->id;
        part.row.scope = o->row.scope;
        TRY(entity_create_under(c, &order_part_entity, &part));
    }
    return price->share ? quota_take(c, price->share, o) : ERR_NONE;
}

enum err placing_offer(struct ctx *c, const struct order_new *n, struct offer *ret_offer,
                       struct catalogue_item *ret_item)
{
    bool found, item_found;
    TRY(entity_load(c, &offer_entity, n->offer.n, ret_offer, &found));
    if (!found || ret_offer->state != REVIEW_PUBLISHED || moment_known(ret_offer->row.ended_at)) {
        fail_field(c, SV("offer"), "offer.missing");
        return fail_fields(c);
    }
    TRY(entity_load(c, &catalogue_item_entity, ret_offer->item.n, ret_item, &item_found));
    if (!item_found)
        return fail(c, ERR_BROKEN, "house.broken", "offer %lld has no item", (long long)n->offer.n);
    return ERR_NONE;
}

enum err placing_prepare(struct ctx *c, const struct order_new *n, struct placing *p)
{
    struct care_order *o = &p->order;
    struct elder *known = n->elder.n ? &p->elder : NULL;
    record_clear(care_order_fields, o);
    if (!who_may(c, MAY_BE_CITIZEN))
        TRY(who_need(c, MAY_PLACE_ORDERS));
    TRY(placing_offer(c, n, &p->offer, &p->item));
    if (!slot_key_read(n->slot, &p->key)) {
        fail_field(c, SV("slot"), "slot.none");
        return fail_fields(c);
    }
    if (known)
        TRY(elder_of(c, n, known));
    fill_asked(c, n, &p->offer, o);
    TRY(fill_meal(c, n, p));
    fill_told(c, known, o);
    TRY(fill_beneficiary(c, n, known, p->item.at_home, o));
    TRY(refuse_outside(c, &p->offer, p->item.at_home, o));
    o->quantity = n->quantity ? n->quantity : 1;
    o->carers = item_two(&p->item) ? 2 : 1;
    o->day = p->key.day;
    return order_price_on(c, &p->offer, &p->item, o->quantity, known, o->day, &p->price);
}

enum err placing_store(struct ctx *c, struct placing *p)
{
    struct care_order *o = &p->order;
    struct offer offer = p->offer;
    struct slot slot;
    if (o->sitting && meal_cooks(c, o->org))
        offer.lead_min = -MINUTES_A_DAY;       /* who cooks takes in who stands at the counter */
    TRY(slot_take(c, &offer, p->key, o->quantity, &slot));
    o->slot = slot.id;
    o->start_min = slot.start_min;
    o->end_min = placing_end(&p->item, slot.start_min, slot.end_min);
    TRY(order_keep(c, &p->price, o));
    TRY(errand_of_order(c, o, &p->item));
    TRY(escort_of_order(c, o, &p->item));
    if (o->standing.n)                   /* she knows her own rule: no message every day */
        return ERR_NONE;
    return message_tell(c, TELL_PLACED, o, 0);
}

enum err order_place(struct ctx *c, const struct order_new *n, struct care_order *ret_order,
                     struct price *ret_price)
{
    struct placing p;
    TRY(placing_prepare(c, n, &p));
    TRY(placing_store(c, &p));
    *ret_order = p.order;
    *ret_price = p.price;
    return ERR_NONE;
}
