/* enrol.c - signing up, waiting, and whose turn it is when a place frees. */

#include "care/gathering/inside.h"

#include "care/message/message.h"
#include "care/order/placing.h"
#include "care/order/steps.h"
#include "care/parameter/parameter.h"
#include "care/standing/begin.h"
#include "care/standing/pause.h"

#include <string.h>

SQL(gathering_waits);
SQL(gathering_hers);
SQL(gathering_people);
SQL(enrolment_of_order);

const struct field enrol_new_fields[] = {
    LINK(struct enrol_new, elder, "elder", .zh = "老年人", .en = "Elder"),
    FIELD(struct enrol_new, for_name, .high = 40, .zh = "姓名（不在册时）",
          .en = "Name, of who is not in the register"),
    FIELD(struct enrol_new, for_phone, .high = 20, .zh = "电话（不在册时）", .en = "Telephone"),
    FIELD(struct enrol_new, emergency_name, .high = 40, .zh = "紧急联系人",
          .en = "Emergency contact"),
    FIELD(struct enrol_new, emergency_phone, .high = 20, .zh = "紧急联系电话",
          .en = "Emergency telephone"),
    FIELD(struct enrol_new, consent, .zh = "已知情同意", .en = "Consents"),
    FIELD(struct enrol_new, insured, .zh = "已有保险", .en = "Is insured"),
    FIELD(struct enrol_new, wait, .zh = "满了就候补", .en = "Wait when it is full"),
    CHOICE(struct enrol_new, pay_way, pay_way_choices, .zh = "付款方式", .en = "Paid how"),
    CHOICE(struct enrol_new, channel, channel_choices, .zh = "渠道", .en = "Channel"),
    { 0 },
};

static bool is_staff(const struct ctx *c)
{
    return who_may(c, MAY_PLACE_ORDERS) || who_may(c, MAY_SERVE_ORDERS);
}

/* --- may she come? --- */

MUST static enum err who_comes(struct ctx *c, const struct enrol_new *n, struct elder *ret_elder)
{
    bool found;
    record_clear(elder_fields, ret_elder);
    if (n->elder.n && is_staff(c))
        return entity_get(c, &elder_entity, n->elder.n, ret_elder);
    if (n->elder.n) {
        TRY(standing_may_order(c, n->elder));
        return entity_load(c, &elder_entity, n->elder.n, ret_elder, &found);
    }
    ret_elder->name = n->for_name;
    ret_elder->phone = n->for_phone;
    if (n->for_name.len == 0)
        fail_field(c, SV("for_name"), "field.required");
    if (n->for_phone.len == 0)
        fail_field(c, SV("for_phone"), "field.required");
    else if (phone_check(n->for_phone))
        fail_field(c, SV("for_phone"), phone_check(n->for_phone));
    return fail_fields(c);
}

/* Conditions that only the register can answer ask for somebody who is in it. */
MUST static enum err check_person(struct ctx *c, const struct gathering *g, const struct elder *e)
{
    struct whom w = gathering_whom(g);
    struct whom_said said;
    if ((g->age_min || g->grades.bits || w.residences.bits || w.months) && !e->id.n) {
        fail_field(c, SV("elder"), "gathering.needs_elder");
        return ERR_NONE;
    }
    if (g->age_min && day_known(e->birth) && age_on(e->birth, g->first_day) < g->age_min)
        fail_field(c, SV("elder"), "gathering.age");
    if (g->grades.bits && e->grade != GRADE_UNKNOWN && !(g->grades.bits >> e->grade & 1))
        fail_field(c, SV("elder"), "gathering.grade");
    if (!e->id.n)
        return ERR_NONE;
    TRY(whom_judge(c, &w, e, g->first_day, &said));
    if (said.why != WHOM_HERS)
        fail_field_args(c, SV("elder"), "gathering.residence",
                        whom_reason(&c->mem, &w, &said, c->lang), SV(""));
    return ERR_NONE;
}

static void check_needs(struct ctx *c, const struct gathering *g, const struct enrol_new *n)
{
    if ((g->needs.bits >> NEED_CONSENT & 1) && !n->consent)
        fail_field(c, SV("consent"), "gathering.consent");
    if ((g->needs.bits >> NEED_INSURANCE & 1) && !n->insured)
        fail_field(c, SV("insured"), "gathering.insured");
    if (!(g->needs.bits >> NEED_EMERGENCY & 1))
        return;
    if (n->emergency_name.len == 0)
        fail_field(c, SV("emergency_name"), "gathering.emergency");
    if (n->emergency_phone.len == 0 || phone_check(n->emergency_phone))
        fail_field(c, SV("emergency_phone"), "gathering.emergency");
}

/* The days of signing up bind those at home; at the counter one may until it is over. */
static void check_window(struct ctx *c, const struct gathering *g)
{
    struct day today = day_of(c->now);
    bool over = moment_at(g->last_day, (int)g->start_min).ms <= c->now.ms;
    if (over || (!is_staff(c) && today.n > g->closes_on.n))
        fail_field(c, SV("gathering"), "gathering.closed");
    else if (!is_staff(c) && today.n < g->opens_on.n)
        fail_field(c, SV("gathering"), "gathering.not_open");
}

/* Away on every day of it. */
MUST static enum err check_pause(struct ctx *c, const struct gathering *g, const struct elder *e)
{
    struct day days[GATHERING_DAYS_MAX];
    size_t n = gathering_days(g, days);
    bool paused = e->id.n != 0;
    for (size_t i = 0; i < n && paused; i++)
        TRY(elder_paused(c, e->id, days[i], &paused));
    if (paused)
        fail_field(c, SV("elder"), "gathering.paused");
    return ERR_NONE;
}

MUST static enum err check_once(struct ctx *c, const struct gathering *g, const struct elder *e)
{
    int64_t n = 0;
    if (e->id.n)
        TRY(db_int(c, &sql_gathering_hers,
                   PARAMS(P_INT("gathering", g->id.n), P_INT("elder", e->id.n)), &n));
    return n ? fail(c, ERR_CONFLICT, "gathering.twice", "elder %lld is in %lld already",
                    (long long)e->id.n, (long long)g->id.n)
             : ERR_NONE;
}

/* --- a place and its order --- */

/* As an offer: at the price and with the places that it has today. */
MUST static enum err offer_of(struct ctx *c, const struct gathering *g, struct offer *ret_offer)
{
    bool found;
    TRY(entity_load(c, &offer_entity, g->offer.n, ret_offer, &found));
    if (!found)
        return fail(c, ERR_BROKEN, "house.broken", "gathering %lld has no offer",
                    (long long)g->id.n);
    ret_offer->price = g->price;
    ret_offer->capacity = g->places;
    return ERR_NONE;
}

/* ERR_NONE with *ret_slot.id 0 when it is full. */
MUST static enum err take_place(struct ctx *c, const struct gathering *g, struct slot *ret_slot)
{
    struct offer o;
    TRY(offer_of(c, g, &o));
    struct slot_key key = { g->first_day, (int)g->start_min };
    enum err e = slot_take_at(c, &o, key, g->end_min, 1, ret_slot);
    if (e != ERR_CONFLICT || strcmp(c->fault.key, "slot.full") != 0)
        return e;
    ctx_forgive(c);
    ret_slot->id.n = 0;
    return ERR_NONE;
}

static void fill_told(struct ctx *c, const struct elder *e, struct care_order *o)
{
    bool herself = e->account.n && e->account.n == c->who->account;
    bool speaking = o->channel == CHANNEL_PHONE || o->channel == CHANNEL_COUNTER;
    o->told = herself || (is_staff(c) && speaking) ? TOLD_AGREED : TOLD_NO;
    o->told_at = o->told == TOLD_NO ? (struct moment){ 0 } : c->now;
}

/* The order of a place that is taken already. */
MUST static enum err order_make(struct ctx *c, const struct gathering *g, struct enrolment *r,
                                int pay_way)
{
    struct offer offer;
    struct catalogue_item item;
    struct elder e;
    struct price price;
    struct care_order o;
    bool found, known = false;
    record_clear(elder_fields, &e);
    if (r->elder.n)
        TRY(entity_load(c, &elder_entity, r->elder.n, &e, &known));
    TRY(offer_of(c, g, &offer));
    TRY(entity_load(c, &catalogue_item_entity, g->item.n, &item, &found));
    TRY(order_price(c, &offer, &item, 1, known ? &e : NULL, g->first_day, &price));
    record_clear(care_order_fields, &o);
    o.row.scope = offer.row.scope;
    o.account = r->account;
    o.placed_by = r->placed_by;
    o.channel = r->channel;
    o.elder = r->elder;
    o.org = g->org;
    o.offer = g->offer;
    o.item = g->item;
    o.place = g->place;
    o.slot = r->slot;
    o.gathering = g->id;
    o.day = g->first_day;
    o.start_min = g->start_min;
    o.end_min = g->end_min;
    o.quantity = 1;
    o.for_name = r->for_name;
    o.for_phone = r->for_phone;
    o.pay_way = pay_way;
    o.state = ORDER_ACCEPTED;            /* the place is the house's word already */
    fill_told(c, &e, &o);
    TRY(order_keep(c, &price, &o));
    r->care_order = o.id;
    return message_tell(c, TELL_PLACED, &o, 0);
}

static void fill(struct ctx *c, const struct gathering *g, const struct enrol_new *n,
                 const struct elder *e, struct enrolment *r)
{
    bool staff = is_staff(c);
    record_clear(enrolment_fields, r);
    r->row.scope = g->row.scope;
    r->gathering = g->id;
    r->org = g->org;
    r->elder = n->elder;
    r->account.n = staff ? 0 : c->who->account;
    r->placed_by.n = staff ? c->who->account : 0;
    r->channel = staff ? (n->channel ? n->channel : CHANNEL_COUNTER) : CHANNEL_WEB;
    r->for_name = e->name;
    r->for_phone = e->phone;
    r->emergency_name = n->emergency_name;
    r->emergency_phone = n->emergency_phone;
    r->consent = n->consent;
    r->insured = n->insured;
}

MUST static enum err published(struct ctx *c, struct gathering_id id, struct gathering *ret)
{
    bool found;
    TRY(entity_load(c, &gathering_entity, id.n, ret, &found));
    if (found && ret->state == REVIEW_PUBLISHED && !moment_known(ret->row.ended_at))
        return ERR_NONE;
    return fail(c, ERR_MISSING, "gathering.missing", "no gathering %lld", (long long)id.n);
}

enum err gathering_enrol(struct ctx *c, struct gathering_id id, const struct enrol_new *n,
                         struct enrolment *ret)
{
    struct gathering g;
    struct elder e;
    struct slot slot;
    if (!who_may(c, MAY_BE_CITIZEN) && !is_staff(c))
        TRY(who_need(c, MAY_PLACE_ORDERS));
    TRY(published(c, id, &g));
    TRY(who_comes(c, n, &e));
    check_window(c, &g);
    TRY(check_person(c, &g, &e));
    check_needs(c, &g, n);
    TRY(check_pause(c, &g, &e));
    TRY(fail_fields(c));
    TRY(check_once(c, &g, &e));
    fill(c, &g, n, &e, ret);
    TRY(take_place(c, &g, &slot));
    if (!slot.id.n && !n->wait)
        return fail(c, ERR_CONFLICT, "gathering.full", "gathering %lld is full", (long long)id.n);
    ret->slot = slot.id;
    ret->state = slot.id.n ? ENROLMENT_IN : ENROLMENT_WAITING;
    if (slot.id.n)
        TRY(order_make(c, &g, ret, n->pay_way));
    return entity_create_by_rule(c, &enrolment_entity, ret);
}

/* --- whose turn it is --- */

MUST static enum err tell_free(struct ctx *c, const struct gathering *g, const struct enrolment *r)
{
    struct account a;
    bool found = false;
    struct civil v = civil_of_day(day_of(r->answer_by));
    int minute = minute_of(r->answer_by);
    if (r->account.n)
        TRY(entity_load(c, &account_entity, r->account.n, &a, &found));
    return message_send(c, &(struct message_new){
        .kind = TELL_PLACE_FREE, .account = found ? r->account : (struct account_id){ 0 },
        .elder = r->elder, .to_elder = !found, .phone = found ? a.phone : r->for_phone,
        .scope = g->row.scope,
        .values = { { "item", g->title },
                    { "day", sv_fmt(&c->mem, "%d月%d日", v.month, v.day) },
                    { "time", sv_fmt(&c->mem, "%02d:%02d", minute / 60, minute % 60) } },
        .once = sv_fmt(&c->mem, "gathering.free/%lld/%lld", (long long)r->id.n,
                       (long long)r->invited_at.ms) });
}

/* So many hours to answer, but no longer than an hour before it begins for the last time. */
enum err enrolment_invite(struct ctx *c, void *row, const void *input)
{
    struct enrolment *r = row;
    struct gathering g;
    int64_t hours;
    bool found;
    TRY(entity_load(c, &gathering_entity, r->gathering.n, &g, &found));
    TRY(parameter_int(c, "gathering.answer_hours", g.row.scope, day_of(c->now), &hours));
    int64_t last = moment_at(g.last_day, (int)g.start_min).ms - 3600000;
    r->slot = ((const struct place_input *)input)->slot;
    r->invited_at = c->now;
    r->answer_by.ms = c->now.ms + hours * 3600000;
    if (r->answer_by.ms > last && last > c->now.ms)
        r->answer_by.ms = last;
    return tell_free(c, &g, r);
}

/* An outing while she is in hospital: she keeps her turn for the next place. */
MUST static enum err away(struct ctx *c, const struct gathering *g, const struct enrolment *r,
                          bool *ret_away)
{
    *ret_away = false;
    return g->kind == GATHERING_OUTING ? elder_paused(c, r->elder, g->first_day, ret_away)
                                       : ERR_NONE;
}

enum err gathering_fill(struct ctx *c, struct gathering_id id)
{
    struct gathering g;
    int64_t ids[GATHERING_PEOPLE_MAX];
    size_t n = 0;
    bool found, absent;
    TRY(entity_load(c, &gathering_entity, id.n, &g, &found));
    bool over = moment_at(g.last_day, (int)g.start_min).ms <= c->now.ms;
    if (!found || g.state != REVIEW_PUBLISHED || over)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_gathering_waits, PARAMS(P_INT("gathering", id.n)));
    while (n < GATHERING_PEOPLE_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct enrolment one;
        struct slot slot;
        TRY(entity_load(c, &enrolment_entity, ids[i], &one, &found));
        TRY(away(c, &g, &one, &absent));
        if (absent)
            continue;
        TRY(take_place(c, &g, &slot));
        if (!slot.id.n)
            return ERR_NONE;
        TRY(entity_act_by_rule(c, &enrolment_entity, one.id.n, one.row.version, SV("invite"),
                               &(struct place_input){ slot.id }, &one));
    }
    return ERR_NONE;
}

/* An order that is called off gives its place to who waits. */
static enum err order_gone(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct care_order *o = row;
    struct enrolment r;
    int64_t id = 0;
    bool found;
    (void)before, (void)action;
    if (!o->gathering.n || (o->state != ORDER_CANCELLED && o->state != ORDER_DECLINED))
        return ERR_NONE;
    TRY(db_int(c, &sql_enrolment_of_order, PARAMS(P_INT("care_order", o->id.n)), &id));
    TRY(entity_load(c, &enrolment_entity, id, &r, &found));
    if (!found || r.state != ENROLMENT_IN)
        return ERR_NONE;
    TRY(entity_act_by_rule(c, &enrolment_entity, id, r.row.version, SV("gone"), NULL, &r));
    return gathering_fill(c, o->gathering);
}

const struct follower gathering_followers[] = { { &care_order_entity, order_gone }, { 0 } };

/* --- steps --- */

enum err enrolment_guard(struct ctx *c, const void *row)
{
    const struct enrolment *r = row;
    if (r->elder.n || is_staff(c))
        return standing_may_order(c, r->elder);
    return c->who->account == r->account.n ? ERR_NONE
        : fail(c, ERR_MISSING, "gathering.missing", "not the caller's sign-up");
}

enum err enrolment_accept(struct ctx *c, void *row, const void *input)
{
    struct enrolment *r = row;
    struct gathering g;
    (void)input;
    if (c->now.ms > r->answer_by.ms)
        return fail(c, ERR_CONFLICT, "gathering.too_late", "the time to answer has passed");
    TRY(published(c, r->gathering, &g));
    return order_make(c, &g, r, PAY_CASH);
}

enum err enrolment_give_back(struct ctx *c, void *row, const void *input)
{
    struct enrolment *r = row;
    struct slot_id held = r->slot;
    (void)input;
    r->slot.n = 0;
    return slot_release(c, held, 1);
}

enum err enrolment_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct enrolment *was = before, *r = row;
    (void)action;
    bool freed = was && was->state == ENROLMENT_INVITED &&
                 (r->state == ENROLMENT_LEFT || r->state == ENROLMENT_LAPSED);
    return freed ? gathering_fill(c, r->gathering) : ERR_NONE;
}

/* --- it does not take place --- */

MUST static enum err let_go(struct ctx *c, const struct gathering *g, int64_t id)
{
    struct enrolment r;
    struct account a;
    bool found;
    struct civil v = civil_of_day(g->first_day);
    TRY(entity_load(c, &enrolment_entity, id, &r, &found));
    if (r.state == ENROLMENT_IN)
        TRY(order_call_off(c, r.care_order, SV("活动取消")));
    else if (r.state == ENROLMENT_WAITING || r.state == ENROLMENT_INVITED)
        TRY(entity_act_by_rule(c, &enrolment_entity, id, r.row.version, SV("off"), NULL, &r));
    else
        return ERR_NONE;
    found = false;
    if (r.account.n)
        TRY(entity_load(c, &account_entity, r.account.n, &a, &found));
    return message_send(c, &(struct message_new){
        .kind = TELL_GATHERING_OFF, .account = found ? r.account : (struct account_id){ 0 },
        .elder = r.elder, .to_elder = !found, .phone = found ? a.phone : r.for_phone,
        .scope = g->row.scope,
        .values = { { "item", g->title },
                    { "day", sv_fmt(&c->mem, "%d月%d日", v.month, v.day) } },
        .once = sv_fmt(&c->mem, "gathering.off/%lld", (long long)id) });
}

enum err gathering_call_off(struct ctx *c, const struct gathering *g)
{
    int64_t ids[GATHERING_PEOPLE_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_gathering_people, PARAMS(P_INT("gathering", g->id.n)));
    while (n < GATHERING_PEOPLE_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++)
        TRY(let_go(c, g, ids[i]));
    return ERR_NONE;
}
