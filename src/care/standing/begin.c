/* begin.c - a rule begins, skips a day, changes from a day on, ends. */

#include "care/family/family.h"
#include "care/order/placing.h"
#include "care/order/steps.h"
#include "care/standing/pause.h"
#include "care/standing/begin.h"
#include "care/standing/standing.h"

const struct field standing_new_fields[] = {
    LINK(struct standing_new, offer, "offer", .required = true, .zh = "服务", .en = "Offer"),
    LINK(struct standing_new, elder, "elder", .required = true, .zh = "老年人", .en = "Elder"),
    SET(struct standing_new, weekdays, weekday_choices, .required = true, .zh = "每周哪几天",
        .en = "Weekdays"),
    FIELD(struct standing_new, start_min, .low = 0, .high = 1439, .required = true, .zh = "几点",
          .en = "Start, minute of the day: a slot of the offer's week"),
    FIELD(struct standing_new, quantity, .low = 0, .high = 20, .zh = "数量",
          .en = "Quantity; 1 when absent"),
    FIELD(struct standing_new, from_day, .required = true, .zh = "从哪天起", .en = "First day"),
    FIELD(struct standing_new, until_day, .zh = "到哪天止", .en = "Last day; open when absent"),
    CHOICE(struct standing_new, holidays, standing_holidays, .zh = "节假日", .en = "Holidays"),
    CHOICE(struct standing_new, gender_wish, gender_wish_choices, .zh = "护理员性别",
           .en = "Gender wish"),
    LINK(struct standing_new, carer_wish, "carer", .zh = "希望的护理员", .en = "Carer wished for"),
    CHOICE(struct standing_new, pay_way, pay_way_choices, .zh = "付款方式", .en = "Paid how"),
    FIELD(struct standing_new, password, .high = 20, .zh = "上门口令", .en = "Password at the door"),
    FIELD(struct standing_new, note, .high = 500, .many_lines = true, .zh = "备注", .en = "Note"),
    CHOICE(struct standing_new, channel, channel_choices, .zh = "渠道", .en = "Channel"),
    AFTER_FIELDS(struct standing_new, ),
    { 0 },
};

const struct field skip_takes[] = {
    FIELD(struct skip_input, day, .required = true, .zh = "哪一天", .en = "Day"), { 0 },
};

const struct field standing_change_takes[] = {
    FIELD(struct standing_change_input, from_day, .required = true, .zh = "从哪天起改",
          .en = "From this day on"),
    SET(struct standing_change_input, weekdays, weekday_choices, .required = true,
        .zh = "每周哪几天", .en = "Weekdays"),
    FIELD(struct standing_change_input, start_min, .low = 0, .high = 1439, .required = true,
          .zh = "几点（当天第几分钟）", .en = "Start, minute of the day"),
    FIELD(struct standing_change_input, quantity, .low = 1, .high = 20, .required = true,
          .zh = "数量", .en = "Quantity"),
    CHOICE(struct standing_change_input, gender_wish, gender_wish_choices, .zh = "护理员性别",
           .en = "Gender wish"),
    LINK(struct standing_change_input, carer_wish, "carer", .zh = "希望的护理员",
         .en = "Carer wished for"),
    { 0 },
};

const struct field standing_end_takes[] = {
    FIELD(struct standing_end_input, last_day, .required = true, .zh = "最后一天", .en = "Last day"),
    FIELD(struct standing_end_input, reason, .required = true, .high = 300, .zh = "原因",
          .en = "Reason"),
    { 0 },
};

/* --- who --- */

enum err standing_may_order(struct ctx *c, struct elder_id elder)
{
    struct elder e;
    bool found, allowed;
    if (!who_may(c, MAY_BE_CITIZEN) || who_may(c, MAY_PLACE_ORDERS))
        return ERR_NONE;                  /* staff see the row, or would not be here */
    TRY(entity_load(c, &elder_entity, elder.n, &e, &found));
    allowed = found && e.account.n && e.account.n == c->who->account;
    if (!allowed)
        TRY(bond_allows(c, c->who->account, elder, BOND_MAY_ORDER, &allowed));
    return allowed ? ERR_NONE
                   : fail(c, ERR_MISSING, "elder.missing", "account %lld may not order for %lld",
                          (long long)c->who->account, (long long)elder.n);
}

MUST static enum err elder_asked(struct ctx *c, struct elder_id id, struct elder *ret_elder)
{
    bool found;
    if (who_may(c, MAY_PLACE_ORDERS))
        return entity_get(c, &elder_entity, id.n, ret_elder);
    TRY(standing_may_order(c, id));
    return entity_load(c, &elder_entity, id.n, ret_elder, &found);
}

/* --- what fits the offer --- */

/* Every weekday asked for must have a slot that begins then. */
static void check_slots(struct ctx *c, const struct offer *o, struct set weekdays,
                        int64_t start_min)
{
    struct week week;
    struct week_slot slots[WEEK_SLOTS_MAX];
    bool known = week_parse(o->week, &week);
    for (int day = 1; day <= 7; day++) {
        bool has = false;
        if (!(weekdays.bits >> (day - 1) & 1))
            continue;
        size_t n = known ? week_slots(&week, day, false, slots) : 0;
        for (size_t i = 0; i < n; i++)
            has = has || slots[i].start_min == start_min;
        const struct choice *said = &weekday_choices[day - 1];
        if (!has)
            fail_field_args(c, SV("start_min"), "standing.no_slot",
                            sv_of(c->lang == LANG_EN ? said->en : said->zh), SV(""));
    }
    if (!(weekdays.bits & 127))
        fail_field(c, SV("weekdays"), "standing.weekdays");
}

static void check_span(struct ctx *c, struct day from, struct day until)
{
    if (from.n < day_of(c->now).n)
        fail_field(c, SV("from_day"), "standing.from_past");
    if (day_known(until) && until.n < from.n)
        fail_field(c, SV("until_day"), "days.backwards");
}

/* --- beginning --- */

static void fill(struct ctx *c, const struct standing_new *n, const struct offer *o,
                 struct standing *s)
{
    bool staff = who_may(c, MAY_PLACE_ORDERS);
    struct account_id caller = { c->who->account };
    record_clear(standing_fields, s);
    s->row.scope = o->row.scope;
    s->account = staff ? (struct account_id){ 0 } : caller;
    s->placed_by = staff ? caller : (struct account_id){ 0 };
    if (n->plan.n) {
        s->plan = n->plan;
        s->account = n->account;
        s->placed_by = n->placed_by;
    }
    s->channel = staff ? (n->channel ? n->channel : CHANNEL_PHONE) : CHANNEL_WEB;
    s->elder = n->elder;
    s->org = o->org;
    s->offer = o->id;
    s->item = o->item;
    s->weekdays = n->weekdays;
    s->start_min = n->start_min;
    s->quantity = n->quantity ? n->quantity : 1;
    s->from_day = n->from_day;
    s->until_day = n->until_day;
    s->holidays = n->holidays;
    s->price = o->price;
    s->gender_wish = n->gender_wish;
    s->carer_wish = n->carer_wish;
    s->pay_way = n->pay_way;
    s->password = n->password;
    s->note = n->note;
    s->after_item = n->after_item;
    s->gap_least_min = n->gap_least_min;
    s->gap_most_min = n->gap_most_min;
}

enum err standing_begin(struct ctx *c, const struct standing_new *n, struct standing *ret_standing)
{
    struct order_new as_order = { .offer = n->offer };
    struct offer offer;
    struct catalogue_item item;
    struct elder elder;
    if (!who_may(c, MAY_BE_CITIZEN))
        TRY(who_need(c, MAY_PLACE_ORDERS));
    TRY(placing_offer(c, &as_order, &offer, &item));
    TRY(elder_asked(c, n->elder, &elder));
    check_slots(c, &offer, n->weekdays, n->start_min);
    check_span(c, n->from_day, n->until_day);
    after_check(c, &AFTER_OF(n));
    TRY(fail_fields(c));
    fill(c, n, &offer, ret_standing);
    bool agreed = (c->who->org && c->who->org == offer.org.n) || c->who == &who_house;
    ret_standing->state = agreed ? STANDING_ACTIVE : STANDING_ASKED;
    TRY(entity_create_by_rule(c, &standing_entity, ret_standing));
    return agreed ? standing_make(c, ret_standing) : ERR_NONE;
}

enum err standing_accept_effect(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return standing_make(c, row);
}

/* --- one day less --- */

MUST static enum err refuse_day(struct ctx *c, const struct standing *s, struct day day)
{
    if (day.n < day_of(c->now).n)
        fail_field(c, SV("day"), "standing.day_past");
    else if (!standing_on(s, day))
        fail_field(c, SV("day"), "standing.not_its_day");
    return fail_fields(c);
}

/* An order that stands is cancelled by its own rule, which the faces show before. */
MUST static enum err cancel_order(struct ctx *c, struct care_order_id id)
{
    struct care_order o;
    struct reason_input why = { SV("长期服务跳过这一次") };
    bool found;
    TRY(entity_load(c, &care_order_entity, id.n, &o, &found));
    if (!found || o.state == ORDER_CANCELLED || o.state == ORDER_DECLINED)
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, id.n, o.row.version, SV("cancel"), &why, &o);
}

enum err standing_skip_effect(struct ctx *c, void *row, const void *input)
{
    const struct standing *s = row;
    struct day day = ((const struct skip_input *)input)->day;
    struct standing_day d;
    bool found;
    TRY(refuse_day(c, s, day));
    TRY(standing_day_of(c, s->id, day, &d, &found));
    if (found && d.state == DAY_MADE)
        TRY(cancel_order(c, d.care_order));
    d.state = DAY_SKIPPED;
    d.why = SV("");
    if (found)
        return standing_day_mark(c, &d);
    d.row.scope = s->row.scope;
    d.standing_order = s->id;
    d.elder = s->elder;
    d.org = s->org;
    d.item = s->item;
    d.day = d.on_day = day;
    return entity_create_by_rule(c, &standing_day_entity, &d);
}

/* The day is open again: what is ahead is made at once, else on its night. */
enum err standing_unskip_effect(struct ctx *c, void *row, const void *input)
{
    const struct standing *s = row;
    struct day day = ((const struct skip_input *)input)->day;
    struct standing_day d;
    bool found;
    TRY(refuse_day(c, s, day));
    TRY(standing_day_of(c, s->id, day, &d, &found));
    if (!found || d.state != DAY_SKIPPED)
        return fail(c, ERR_CONFLICT, "standing.not_skipped",
                    "day %lld of rule %lld was not skipped", (long long)day.n,
                    (long long)s->id.n);
    d.state = DAY_PAUSED;                 /* open, no order yet */
    TRY(standing_day_mark(c, &d));
    return standing_make(c, s);
}

/* --- from a day on --- */

static void last_day_is(struct standing *s, struct day last, struct day today)
{
    s->until_day = last;
    if (last.n < today.n)
        s->state = STANDING_ENDED;
}

enum err standing_change_effect(struct ctx *c, void *row, const void *input)
{
    const struct standing_change_input *in = input;
    struct standing *s = row, next = *s;
    struct offer offer;
    bool found;
    TRY(entity_load(c, &offer_entity, s->offer.n, &offer, &found));
    check_slots(c, &offer, in->weekdays, in->start_min);
    check_span(c, in->from_day, s->until_day);
    TRY(fail_fields(c));
    next.id.n = 0;
    next.row = (struct row){ .scope = s->row.scope };
    next.from_day = in->from_day;
    next.weekdays = in->weekdays;
    next.start_min = in->start_min;
    next.quantity = in->quantity;
    next.gender_wish = in->gender_wish;
    next.carer_wish = in->carer_wish;
    next.replaces = s->id;
    TRY(standing_call_off(c, s, in->from_day, DAY_SKIPPED, SV("长期服务已更改")));
    last_day_is(s, (struct day){ in->from_day.n - 1 }, day_of(c->now));
    TRY(entity_create_by_rule(c, &standing_entity, &next));
    return standing_make(c, &next);
}

enum err standing_price_effect(struct ctx *c, void *row, const void *input)
{
    struct standing *s = row;
    struct offer offer;
    bool found;
    (void)input;
    TRY(entity_load(c, &offer_entity, s->offer.n, &offer, &found));
    if (found)
        s->price = offer.price;
    return standing_make(c, s);
}

/* A longer term of its package. */
enum err standing_prolong_effect(struct ctx *c, void *row, const void *input)
{
    struct standing *s = row;
    s->until_day = ((const struct standing_prolong *)input)->until_day;
    return standing_make(c, s);
}

enum err standing_end_effect(struct ctx *c, void *row, const void *input)
{
    const struct standing_end_input *in = input;
    struct standing *s = row;
    struct day today = day_of(c->now);
    if (in->last_day.n < today.n - 1) {
        fail_field(c, SV("last_day"), "standing.last_day");
        return fail_fields(c);
    }
    s->reason = in->reason;
    if (s->state == STANDING_ACTIVE)
        TRY(standing_call_off(c, s, (struct day){ in->last_day.n + 1 }, DAY_SKIPPED,
                              SV("长期服务已结束")));
    last_day_is(s, in->last_day, today);
    if (s->state == STANDING_ASKED)
        s->state = STANDING_ENDED;
    return ERR_NONE;
}
