/* moving.c - what the steps of an order do beside changing its state. */

#include "care/order/steps.h"

#include "care/carer/staff.h"
#include "care/meal/sitting.h"
#include "care/pair/pair.h"
#include "care/parameter/parameter.h"
#include "care/quota/quota.h"
#include "care/rating/rating.h"
#include "care/visit/visit.h"

enum err order_reason_effect(struct ctx *c, void *row, const void *input)
{
    (void)c;
    const struct reason_input *in = input;
    struct care_order *o = row;
    o->reason = in->reason;
    return ERR_NONE;
}

/* All that stand, of one carer or two. */
static enum err visits_off(struct ctx *c, const struct care_order *o)
{
    struct visit v[VISITS_OF_ORDER];
    int n;
    TRY(order_visits_of(c, o, v, &n));
    for (int i = 0; i < n; i++)
        TRY(entity_act_by_rule(c, &visit_entity, v[i].id.n, v[i].row.version, SV("cancel"), NULL,
                               &v[i]));
    return ERR_NONE;
}

/* The visits are called off and the place in time given back. */
static enum err call_off(struct ctx *c, struct care_order *o)
{
    TRY(visits_off(c, o));
    o->late = o->late || (o->sitting && c->now.ms > o->cut_off.ms);
    TRY(quota_give_back(c, o));
    return slot_release(c, o->slot, o->quantity);
}

/* Noted by mistake: what it took goes back, as if it had been called off. */
enum err order_undo_effect(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return call_off(c, row);
}

enum err order_decline_effect(struct ctx *c, void *row, const void *input)
{
    TRY(order_reason_effect(c, row, input));
    return call_off(c, row);
}

enum err order_cancel_effect(struct ctx *c, void *row, const void *input)
{
    struct care_order *o = row;
    bool by_provider = c->who && c->who->org != 0;
    TRY(order_reason_effect(c, row, input));
    if (!by_provider)
        TRY(order_cancel_fee(c, o, &o->cancel_fee));
    return call_off(c, o);
}

enum err order_call_off_effect(struct ctx *c, void *row, const void *input)
{
    TRY(order_reason_effect(c, row, input));
    return call_off(c, row);
}

/* Signed up for a class or outing and never came: part of the price by parameter. */
enum err order_absent_effect(struct ctx *c, void *row, const void *input)
{
    struct care_order *o = row;
    int64_t percent;
    (void)input;
    TRY(parameter_int(c, "gathering.absent_percent", o->row.scope, o->day, &percent));
    o->cancel_fee.fen = o->own_pay.fen * percent / 100;
    o->reason = SV("报名后没有来");
    return call_off(c, o);
}

enum err order_call_off(struct ctx *c, struct care_order_id id, struct sv why)
{
    struct care_order o;
    struct reason_input in = { why };
    bool found;
    TRY(entity_load(c, &care_order_entity, id.n, &o, &found));
    bool stands = o.state == ORDER_PLACED || o.state == ORDER_ACCEPTED ||
                  o.state == ORDER_ASSIGNED;
    if (!found || !stands)
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, id.n, o.row.version, SV("call_off"), &in, &o);
}

enum err order_refuse_effect(struct ctx *c, void *row, const void *input)
{
    (void)input;
    struct care_order *o = row;
    o->told = TOLD_REFUSED;
    o->told_at = c->now;
    o->reason = SV("老人谢绝");
    return call_off(c, o);
}

enum err order_tell_effect(struct ctx *c, void *row, const void *input)
{
    const struct tell_input *in = input;
    struct care_order *o = row;
    if (in->told == TOLD_REFUSED) {
        fail_field(c, SV("told"), "order.refuse_instead");
        return fail_fields(c);
    }
    o->told = in->told;
    o->told_at = c->now;
    return ERR_NONE;
}

enum err order_pay_effect(struct ctx *c, void *row, const void *input)
{
    (void)input;
    struct care_order *o = row;
    if (o->paid)
        return fail(c, ERR_CONFLICT, "order.paid", "order %lld is paid already",
                    (long long)o->id.n);
    o->paid = true;
    o->paid_at = c->now;
    return ERR_NONE;
}

/* --- a carer for the order --- */

/* Who is asked for, under the name of the field that says so. */
struct asked { struct carer_id id; struct sv field; };

static enum err carer_asked(struct ctx *c, const struct care_order *o, const struct asked *who,
                            struct carer *ret_carer)
{
    bool found;
    TRY(entity_load(c, &carer_entity, who->id.n, ret_carer, &found));
    if (!found || ret_carer->org.n != o->org.n || ret_carer->state == CARER_LEFT) {
        fail_field(c, who->field, "carer.not_here");
        return fail_fields(c);
    }
    return ERR_NONE;
}

/* Every reason why this carer cannot be the one, each named. */
static enum err carer_suits(struct ctx *c, const struct care_order *o, const struct carer *a,
                            struct sv field)
{
    struct catalogue_item item;
    bool found, absent, forbidden;
    TRY(entity_load(c, &catalogue_item_entity, o->item.n, &item, &found));
    TRY(carer_absent(c, a, o->day, &absent));
    TRY(pair_forbidden(c, o->elder, a->id, o->day, &forbidden));
    if (absent)
        fail_field(c, field, "carer.away");
    if (forbidden)
        fail_field(c, field, "pair.forbidden");
    if (found && !carer_has(a, (enum skill)item.skill))
        fail_field(c, field, "carer.skill");
    if (o->gender_wish == WISH_FEMALE && a->gender != GENDER_FEMALE)
        fail_field(c, field, "carer.gender_female");
    if (o->gender_wish == WISH_MALE && a->gender != GENDER_MALE)
        fail_field(c, field, "carer.gender_male");
    return fail_fields(c);
}

static enum err visit_make(struct ctx *c, const struct care_order *o, struct carer_id carer,
                           int64_t start_min, enum visit_seat seat)
{
    struct visit v;
    record_clear(visit_fields, &v);
    v.row.scope = o->row.scope;
    v.care_order = o->id;
    v.org = o->org;
    v.account = o->account;
    v.elder = o->elder;
    v.carer = carer;
    v.day = o->day;
    v.start_min = start_min;
    v.end_min = start_min + o->end_min - o->start_min;
    v.end_min = v.end_min < MINUTES_A_DAY ? v.end_min : MINUTES_A_DAY;
    v.seat = (int)seat;
    return entity_create_by_rule(c, &visit_entity, &v);
}

enum err order_check_carer(struct ctx *c, struct care_order_id id, struct carer_id carer)
{
    struct care_order o;
    struct carer a;
    bool found;
    TRY(entity_load(c, &care_order_entity, id.n, &o, &found));
    if (!found)
        return fail(c, ERR_MISSING, "order.missing", "no order %lld", (long long)id.n);
    TRY(carer_asked(c, &o, &(struct asked){ carer, SV("carer") }, &a));
    return carer_suits(c, &o, &a, SV("carer"));
}

/* Her visit of the order: the one that stands, else one made, beginning at `start_min`. */
static enum err send_carer(struct ctx *c, const struct care_order *o, const struct asked *who,
                           const struct visit *stands, int64_t start_min, enum visit_seat seat)
{
    struct carer carer;
    int64_t start = stands ? stands->start_min : start_min;
    int64_t end = stands ? stands->end_min : start + o->end_min - o->start_min;
    TRY(carer_asked(c, o, who, &carer));
    TRY(carer_suits(c, o, &carer, who->field));
    TRY(visit_refuse_clash(c, who->id, o->day, start, end,
                           stands ? stands->id : (struct visit_id){ 0 }));
    if (!stands)
        return visit_make(c, o, who->id, start, seat);
    struct visit v = *stands;
    v.carer = who->id;
    return entity_update_by_rule(c, &visit_entity, &v, v.row.version, "reassign");
}

static enum err refuse_sign_up(struct ctx *c, const struct care_order *o)
{
    if (o->gathering.n)
        return fail(c, ERR_CONFLICT, "gathering.no_carer", "order %lld is a sign-up",
                    (long long)o->id.n);
    return ERR_NONE;
}

static enum err send_one(struct ctx *c, const struct care_order *o, struct carer_id id,
                         int64_t start_min)
{
    struct visit v;
    bool found;
    TRY(refuse_sign_up(c, o));
    TRY(order_visit_of(c, o, &v, &found));
    return send_carer(c, o, &(struct asked){ id, SV("carer") }, found ? &v : NULL, start_min,
                      SEAT_ALONE);
}

/* Both or neither. Who goes already keeps her visit, whichever of the two she is asked as. */
static enum err send_two(struct ctx *c, const struct care_order *o, struct carer_id one,
                         struct carer_id other, int64_t start_min)
{
    struct visit v[VISITS_OF_ORDER];
    struct asked who[VISITS_OF_ORDER] = { { one, SV("carer") }, { other, SV("second") } };
    int n;
    TRY(refuse_sign_up(c, o));
    if (one.n == other.n) {
        fail_field(c, SV("second"), "carer.same");
        return fail_fields(c);
    }
    TRY(order_visits_of(c, o, v, &n));
    bool crossed = n > 0 && (v[0].carer.n == other.n || (n > 1 && v[1].carer.n == one.n));
    for (int i = 0; i < VISITS_OF_ORDER; i++)
        TRY(send_carer(c, o, &who[crossed ? 1 - i : i], i < n ? &v[i] : NULL,
                       n ? v[0].start_min : start_min, i ? SEAT_SECOND : SEAT_FIRST));
    return ERR_NONE;
}

enum err order_one_guard(struct ctx *c, const void *row)
{
    const struct care_order *o = row;
    if (order_two(o))
        return fail(c, ERR_CONFLICT, "order.two", "order %lld needs two", (long long)o->id.n);
    return ERR_NONE;
}

enum err order_two_guard(struct ctx *c, const void *row)
{
    const struct care_order *o = row;
    if (!order_two(o))
        return fail(c, ERR_CONFLICT, "order.one", "order %lld needs one", (long long)o->id.n);
    return ERR_NONE;
}

enum err order_assign_effect(struct ctx *c, void *row, const void *input)
{
    const struct assign_input *in = input;
    const struct care_order *o = row;
    return send_one(c, o, in->carer, o->start_min);
}

enum err order_assign_two_effect(struct ctx *c, void *row, const void *input)
{
    const struct assign_two_input *in = input;
    const struct care_order *o = row;
    return send_two(c, o, in->carer, in->second, o->start_min);
}

enum err order_plan_effect(struct ctx *c, void *row, const void *input)
{
    const struct plan_input *in = input;
    const struct care_order *o = row;
    if (order_two(o))
        return send_two(c, o, in->carer, in->second, in->start_min);
    return send_one(c, o, in->carer, in->start_min);
}

/* Who was sent is taken off: visits are called off, the order waits for others. */
enum err order_unassign_effect(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return visits_off(c, row);
}

/* --- another time --- */

/* Is she free then, and may still be sent? */
static enum err may_keep(struct ctx *c, const struct care_order *o, const struct visit *v,
                         bool *ret_may)
{
    struct carer carer;
    bool found, clash, absent = true, forbidden;
    TRY(visit_clash(c, v->carer, o->day, o->start_min, o->end_min, v->id, &clash));
    TRY(entity_load(c, &carer_entity, v->carer.n, &carer, &found));
    if (found)
        TRY(carer_absent(c, &carer, o->day, &absent));
    TRY(pair_forbidden(c, o->elder, v->carer, o->day, &forbidden));
    *ret_may = !clash && !absent && !forbidden;
    return ERR_NONE;
}

/*
 * Who goes keeps the visit when she can then, of two both; else the visits are called off and the
 * order waits to be assigned again.
 */
static enum err move_visit(struct ctx *c, struct care_order *o)
{
    struct visit v[VISITS_OF_ORDER];
    bool may = true;
    int n;
    TRY(order_visits_of(c, o, v, &n));
    for (int i = 0; i < n && may; i++)
        TRY(may_keep(c, o, &v[i], &may));
    if (!may) {
        o->state = ORDER_ACCEPTED;
        return visits_off(c, o);
    }
    for (int i = 0; i < n; i++) {
        v[i].day = o->day;
        v[i].start_min = o->start_min;
        v[i].end_min = o->end_min;
        TRY(entity_update_by_rule(c, &visit_entity, &v[i], v[i].row.version, "change"));
    }
    return ERR_NONE;
}

/* Another sitting has another cut-off; neither the old nor the new may have passed. */
static enum err meal_move(struct ctx *c, struct care_order *o, struct slot_key to)
{
    if (!o->sitting)
        return ERR_NONE;
    TRY(meal_refuse_late(c, o->org, o->cut_off, "slot"));
    o->late = o->late || c->now.ms > o->cut_off.ms;
    o->sitting = (int)sitting_at(to.start_min);
    TRY(meal_cut_off(c, o->row.scope, o->place, (enum sitting)o->sitting, to.day, &o->cut_off));
    o->late = o->late || c->now.ms > o->cut_off.ms;
    return meal_refuse_late(c, o->org, o->cut_off, "slot");
}

/* The same meal, had otherwise: until the cut-off, then by who cooks, and the kitchen is told. */
enum err order_meal_guard(struct ctx *c, const void *row)
{
    const struct care_order *o = row;
    if (!o->sitting)
        return fail(c, ERR_CONFLICT, "meal.none", "order %lld is no meal", (long long)o->id.n);
    if (c->now.ms > o->cut_off.ms && !meal_cooks(c, o->org))
        return fail(c, ERR_CONFLICT, "meal.cut_off_passed", "order %lld is being cooked",
                    (long long)o->id.n);
    return ERR_NONE;
}

enum err order_meal_effect(struct ctx *c, void *row, const void *input)
{
    const struct meal_input *in = input;
    struct care_order *o = row;
    if (in->way && (in->way == WAY_DELIVERED) != (o->way == WAY_DELIVERED)) {
        fail_field(c, SV("way"), o->way == WAY_DELIVERED ? "meal.way_home" : "meal.way_place");
        return fail_fields(c);
    }
    o->way = in->way ? in->way : o->way;
    o->diets = in->diets;
    o->late = o->late || c->now.ms > o->cut_off.ms;
    return ERR_NONE;
}

enum err order_change_effect(struct ctx *c, void *row, const void *input)
{
    const struct change_input *in = input;
    struct care_order *o = row;
    struct offer offer;
    struct slot_key key;
    struct slot slot;
    bool found;
    TRY(entity_load(c, &offer_entity, o->offer.n, &offer, &found));
    if (!found || !slot_key_read(in->slot, &key)) {
        fail_field(c, SV("slot"), "slot.none");
        return fail_fields(c);
    }
    TRY(meal_move(c, o, key));
    TRY(slot_release(c, o->slot, o->quantity));
    TRY(slot_take(c, &offer, key, o->quantity, &slot));
    int64_t length_min = o->end_min - o->start_min;
    o->slot = slot.id;
    o->day = slot.day;
    o->start_min = slot.start_min;
    o->end_min = slot.start_min + length_min;
    return move_visit(c, o);
}

/* --- after the service --- */

/* Where somebody comes to the place there is no visit: the place notes that she came, on the day.
 */
enum err order_attend_guard(struct ctx *c, const void *row)
{
    const struct care_order *o = row;
    struct catalogue_item item;
    bool found;
    TRY(entity_load(c, &catalogue_item_entity, o->item.n, &item, &found));
    if (found && item.at_home)
        return fail(c, ERR_CONFLICT, "order.at_home", "order %lld is served at home",
                    (long long)o->id.n);
    if (o->day.n > day_of(c->now).n)
        return fail(c, ERR_CONFLICT, "visit.not_yet", "order %lld is on a later day",
                    (long long)o->id.n);
    return ERR_NONE;
}

/* Who served does not confirm for the elder; settling a dispute neither. */
enum err order_confirm_guard(struct ctx *c, const void *row)
{
    const struct care_order *o = row;
    if (c->who && c->who->org && c->who->org == o->org.n)
        return fail(c, ERR_FORBIDDEN, "order.own_confirm",
                    "organisation %lld may not confirm its own order", (long long)o->org.n);
    return ERR_NONE;
}

enum err order_rate_effect(struct ctx *c, void *row, const void *input)
{
    const struct rate_input *in = input;
    struct care_order *o = row;
    struct visit v[VISITS_OF_ORDER];
    struct rating r;
    int n;
    TRY(order_visits_of(c, o, v, &n));
    record_clear(rating_fields, &r);
    r.row.scope = o->row.scope;
    r.care_order = o->id;
    r.org = o->org;
    r.place = o->place;
    r.account = (struct account_id){ c->who->account };
    r.carer = n > 0 ? v[0].carer : (struct carer_id){ 0 };
    r.second = n > 1 ? v[1].carer : (struct carer_id){ 0 };
    r.stars = in->stars;
    r.words = in->words;
    return entity_create_by_rule(c, &rating_entity, &r);
}
