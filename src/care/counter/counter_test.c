/* counter_test.c - meals over the counter, on line and told later; closing the day. */

#include "care/counter/counter.h"
#include "care/order/order_world_test.h"

enum { NOON_MIN = 690, LUNCH_FEN = 1500, SUBSIDY_FEN = 500, HER_FEN = LUNCH_FEN - SUBSIDY_FEN,
       HOUR_MS = 3600000 };

/* A station with a card of wang's; the clock stands at 11:30 of Monday. */
struct desk {
    struct station    s;
    struct ctx       *c;
    struct diner_card card;
    struct who        second, other_point;
    struct offer      other_offer;
};

static struct offer lunch_at(struct desk *d, const struct organisation *org, const char *name)
{
    struct offer o = d->s.lunch_offer;
    o.org = org->id;
    o.place = station_place_row(&d->s, org, PLACE_MEAL_POINT, name, name[0]).id;
    o.row = (struct row){ .scope = d->s.wang.row.scope };
    o.id.n = id_make(d->c->now.ms, 31, name[0]);
    MUST_GO(d->c, entity_bulk(d->c, &offer_entity, &o, 1));
    return o;
}

static struct desk desk_world(void)
{
    struct desk d = { .s = station_world() };
    d.c = d.s.c;
    d.s.lunch_offer = lunch_at(&d, &d.s.org, "A点");
    d.other_offer = lunch_at(&d, &d.s.other_org, "B点");
    d.second = (struct who){ .account = 22, .role = ROLE_STATION_MANAGER, .org = d.s.org.id.n };
    d.c->now = moment_at(day_civil(2026, 11, 23), NOON_MIN);
    record_clear(diner_card_fields, &d.card);
    d.card.elder = d.s.wang.id;
    MUST_GO(d.c, entity_create(d.c, &diner_card_entity, &d.card));
    return d;
}

/* What a tablet writes for who shows this card ("" a guest), having taken so much. */
static struct counter_meal meal(const struct offer *o, struct sv card, int pay_way, int64_t said)
{
    struct counter_meal m;
    record_clear(counter_meal_fields, &m);
    m.offer = o->id;
    m.card = card;
    m.pay_way = pay_way;
    m.said = (struct opt_int){ said >= 0, said };
    return m;
}

static struct care_order order_of(struct desk *d, const struct counter_meal *m)
{
    struct care_order o;
    bool found;
    MUST_GO(d->c, entity_load(d->c, &care_order_entity, m->care_order.n, &o, &found));
    CHECK(found);
    return o;
}

static int64_t taken_of(struct desk *d, const struct care_order *o)
{
    struct payment_sum sum;
    MUST_GO(d->c, payment_sum_of(d->c, o, &sum));
    return sum.taken.fen;
}

TEST_DB(who_shows_her_card_is_served_at_her_price)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, d.card.number, PAY_CASH, HER_FEN);
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    struct care_order o = order_of(&d, &m);
    CHECK_INT(m.state, MEAL_SERVED);
    CHECK_INT(m.elder.n, d.s.wang.id.n);
    CHECK_INT(o.state, ORDER_SERVED);
    CHECK_INT(o.channel, CHANNEL_COUNTER);
    CHECK_INT(o.subsidy.fen, SUBSIDY_FEN);
    CHECK(o.paid);
    CHECK_INT(taken_of(&d, &o), HER_FEN);
}

TEST_DB(a_guest_needs_no_name_and_pays_the_whole)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, SV(""), PAY_STATION_QR, LUNCH_FEN);
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    struct care_order o = order_of(&d, &m);
    CHECK_INT(o.elder.n, 0);
    CHECK_INT(o.own_pay.fen, LUNCH_FEN);
    CHECK_INT(taken_of(&d, &o), LUNCH_FEN);
}

TEST_DB(a_monthly_account_is_not_paid_at_the_counter)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, d.card.number, PAY_MONTHLY, -1);
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    struct care_order o = order_of(&d, &m);
    CHECK(!o.paid);
    CHECK_INT(taken_of(&d, &o), 0);
}

TEST_DB(who_ordered_ahead_is_served_from_her_order)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct order_new n = station_order(&d.s, &d.s.lunch_offer, 660);
    struct care_order before;
    d.c->now.ms -= 4 * HOUR_MS;
    MUST_GO(d.c, station_place(&d.s, &d.s.citizen, &n, &before));
    d.c->now.ms += 4 * HOUR_MS;
    struct counter_meal m = meal(&d.s.lunch_offer, d.card.number, PAY_CASH, HER_FEN);
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    struct care_order o = order_of(&d, &m);
    CHECK_INT(o.id.n, before.id.n);
    CHECK(m.ahead);
    CHECK_INT(o.state, ORDER_SERVED);
    CHECK(o.paid);
    CHECK_INT(taken_of(&d, &o), HER_FEN);
}

/* She ate at the other point; the tablet on line still says her price. */
TEST_DB(on_line_a_used_subsidy_is_refused_and_asked_again)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal first = meal(&d.other_offer, d.card.number, PAY_CASH, -1);
    struct counter_meal again = meal(&d.s.lunch_offer, d.card.number, PAY_CASH,
                                     HER_FEN);
    struct counter_meal full = meal(&d.s.lunch_offer, d.card.number, PAY_CASH, LUNCH_FEN);
    d.c->who = &d.s.other_manager;
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &first));
    d.c->who = &d.s.manager;
    MUST_FAIL(d.c, entity_create(d.c, &counter_meal_entity, &again), ERR_CONFLICT, "counter.used");
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &full));
    CHECK_INT(full.subsidy.fen, 0);
    CHECK_INT(full.state, MEAL_SERVED);
}

static struct counter_meal clashed(struct desk *d)
{
    struct counter_meal first = meal(&d->other_offer, d->card.number, PAY_CASH, -1);
    struct counter_meal m = meal(&d->s.lunch_offer, d->card.number, PAY_CASH,
                                 HER_FEN);
    d->c->who = &d->s.other_manager;
    MUST_GO(d->c, entity_create(d->c, &counter_meal_entity, &first));
    d->c->who = &d->s.manager;
    d->c->happened.ms = d->c->now.ms;
    d->c->now.ms += HOUR_MS;
    MUST_GO(d->c, entity_create(d->c, &counter_meal_entity, &m));
    d->c->happened = (struct moment){ 0 };
    CHECK_INT(m.other.n, first.care_order.n);
    return m;
}

TEST_DB(told_later_it_is_kept_in_full_and_somebody_decides)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = clashed(&d);
    struct care_order o = order_of(&d, &m);
    CHECK_INT(m.state, MEAL_CLASH);
    CHECK_INT(m.clash, CLASH_ONCE_A_DAY);
    CHECK_INT(o.own_pay.fen, LUNCH_FEN);
    CHECK_INT(taken_of(&d, &o), HER_FEN);        /* as much as lies in the drawer */
    MUST_GO(d.c, entity_act(d.c, &counter_meal_entity, m.id.n, m.row.version, SV("collect"), NULL,
                            &m));
    CHECK_INT(m.outcome, MEAL_COLLECTED);
    CHECK_INT(taken_of(&d, &o), LUNCH_FEN);
}

TEST_DB(a_mistake_is_undone_and_the_money_given_back)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, d.card.number, PAY_CASH, -1), again = m;
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    struct care_order o = order_of(&d, &m);
    d.c->reason = SV("点错了人");
    MUST_GO(d.c, entity_act(d.c, &counter_meal_entity, m.id.n, m.row.version, SV("undo"), NULL,
                            &m));
    CHECK_INT(taken_of(&d, &o), 0);
    o = order_of(&d, &m);
    CHECK_INT(o.state, ORDER_CANCELLED);
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &again));
    CHECK_INT(again.subsidy.fen, SUBSIDY_FEN);                   /* the subsidy is free again */
}

TEST_DB(what_is_undone_of_an_order_ahead_gives_its_place_back)
{
    struct desk d = desk_world();
    struct order_new n = station_order(&d.s, &d.s.lunch_offer, 660);
    struct care_order before;
    struct slot slot;
    bool found;
    d.c->now.ms -= 4 * HOUR_MS;
    MUST_GO(d.c, station_place(&d.s, &d.s.citizen, &n, &before));
    d.c->now.ms += 4 * HOUR_MS;
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, d.card.number, PAY_CASH, HER_FEN);
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    d.c->reason = SV("点错了人");
    MUST_GO(d.c, entity_act(d.c, &counter_meal_entity, m.id.n, m.row.version, SV("undo"), NULL,
                            &m));
    MUST_GO(d.c, entity_load(d.c, &slot_entity, before.slot.n, &slot, &found));
    CHECK_INT(slot.taken, 0);
}

TEST_DB(another_station_neither_sells_here_nor_sees_the_meal)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, d.card.number, PAY_CASH, -1), theirs = m, seen;
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    d.c->who = &d.s.other_manager;
    MUST_FAULT(d.c, entity_create(d.c, &counter_meal_entity, &theirs), "counter.offer");
    CHECK_INT(entity_get(d.c, &counter_meal_entity, m.id.n, &seen), ERR_MISSING);
    ctx_forgive(d.c);
}

TEST_DB(a_lost_card_is_nobodys)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct elder_id whose;
    MUST_GO(d.c, diner_card_elder(d.c, sv_fmt(test_mem(), DINER_QR "%.*s",
                                              SV_ARG(d.card.number)), &whose));
    CHECK_INT(whose.n, d.s.wang.id.n);
    d.c->who = &who_house;
    MUST_GO(d.c, entity_act(d.c, &diner_card_entity, d.card.id.n, 1, SV("lose"), NULL, &d.card));
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, d.card.number, PAY_CASH, -1);
    MUST_FAULT(d.c, entity_create(d.c, &counter_meal_entity, &m), "card.nobody");
}

/* --- closing --- */


static struct day_close close_of(struct desk *d)
{
    struct day_close k;
    record_clear(day_close_fields, &k);
    k.place = d->s.lunch_offer.place;
    k.day = day_of(d->c->now);
    MUST_GO(d->c, entity_create(d->c, &day_close_entity, &k));
    return k;
}

static enum err act(struct desk *d, struct day_close *k, const char *action, const void *input)
{
    return entity_act(d->c, &day_close_entity, k->id.n, k->row.version, sv_of(action), input, k);
}

TEST_DB(a_day_is_counted_by_one_and_checked_by_another)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, SV(""), PAY_CASH, -1);
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    struct day_close k = close_of(&d);
    struct close_count in = { .cash = { LUNCH_FEN - 100 } };
    MUST_FAULT(d.c, act(&d, &k, "count", &in), "close.why");
    in.why = SV("找错一块钱");
    MUST_GO(d.c, act(&d, &k, "count", &in));
    CHECK_INT(k.cash.fen, LUNCH_FEN);
    CHECK_INT(k.difference.fen, -100);
    MUST_FAIL(d.c, act(&d, &k, "check", NULL), ERR_FORBIDDEN, "close.own");
    d.c->who = &d.second;
    MUST_GO(d.c, act(&d, &k, "check", NULL));
    CHECK_INT(k.state, CLOSE_CLOSED);
    CHECK_INT(k.checked_by.n, d.second.account);
}

/* What is told after the count stands in the books of the next day; the counted day never moves. */
TEST_DB(what_comes_after_the_count_is_the_next_days_correction)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, SV(""), PAY_CASH, -1), late = m;
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    struct day_close k = close_of(&d), next;
    MUST_GO(d.c, act(&d, &k, "count", &(struct close_count){ .cash = { LUNCH_FEN } }));
    d.c->happened.ms = d.c->now.ms;
    d.c->now.ms += 24 * HOUR_MS;
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &late));
    d.c->happened = (struct moment){ 0 };
    next = close_of(&d);
    CHECK_INT(next.cash.fen, LUNCH_FEN);
    CHECK_INT(next.late, 1);
    CHECK_INT(next.day.n, k.day.n + 1);
}

TEST_DB(the_clock_opens_a_closing_for_every_day_with_money)
{
    struct desk d = desk_world();
    d.c->who = &d.s.manager;
    struct counter_meal m = meal(&d.s.lunch_offer, SV(""), PAY_CASH, -1);
    struct job job = { .id = 1 };
    struct page page;
    MUST_GO(d.c, entity_create(d.c, &counter_meal_entity, &m));
    MUST_GO(d.c, db_commit(d.c));
    d.c->who = &who_house;
    MUST_GO(d.c, job_close_open(d.c, &job));
    d.c->now.ms += 7 * HOUR_MS;                      /* not at noon: in the evening */
    MUST_GO(d.c, job_close_open(d.c, &job));
    MUST_GO(d.c, job_close_open(d.c, &job));
    d.c->who = &d.s.manager;
    MUST_GO(d.c, entity_list(d.c, &day_close_entity, &(struct query){ .size = 10 }, &page));
    CHECK_INT(page.n, 1);
    CHECK_INT(((const struct day_close *)page.rows)[0].cash.fen, LUNCH_FEN);
    d.c->who = &d.s.other_manager;
    MUST_GO(d.c, entity_list(d.c, &day_close_entity, &(struct query){ .size = 10 }, &page));
    CHECK_INT(page.n, 0);
}
