/*
 * counter.c - the counter of the manager's station: cards, the meals of three days, the books.
 *
 * The days before yesterday were counted, one yuan short, and signed by two; yesterday nobody
 * closed; one diner ate twice while the tablet was off line, which waits to be decided.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/counter/counter.h"

#include <string.h>

enum { DINERS = 44, CARDS = 30, DAYS_BACK = 3, NOON_MIN = 660, A_DAY = 36, SHORT_FEN = 100 };

struct desk {
    struct demo *d;
    struct who   manager, cashier;
    const struct offer *lunch, *elsewhere;
    const struct elder *diners[DINERS];
    size_t       diners_n;
    struct diner_card cards[DINERS];
};

static const struct offer *lunch_of(const struct demo *d, int org_kind, size_t nth)
{
    for (size_t i = 0; i < d->offers_n; i++)
        for (size_t o = 0; o < d->orgs_n; o++)
            if (d->offers[i].item.n == d->items[ITEM_LUNCH].id.n
                && d->offers[i].org.n == d->orgs[o].id.n && d->orgs[o].kind == org_kind
                && nth-- == 0)
                return &d->offers[i];
    return NULL;
}

static const struct account *staff_named(const struct demo *d, const char *login)
{
    for (size_t i = 0; i < d->staff_n; i++)
        if (sv_is(d->staff[i].login, login))
            return &d->staff[i];
    return &d->staff[0];
}

size_t demo_diners(const struct demo *d, int64_t scope, const struct elder **ret_diners,
                   size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < d->elders_n && n < most; i++)
        if (d->elders[i].row.scope == scope && !day_known(d->elders[i].died_on))
            ret_diners[n++] = &d->elders[i];
    return n;
}

static enum err cards_give(struct ctx *c, void *arg)
{
    struct desk *k = arg;
    for (size_t i = 0; i < k->diners_n && i < CARDS; i++) {
        record_clear(diner_card_fields, &k->cards[i]);
        k->cards[i].elder = k->diners[i]->id;
        TRY(entity_create_by_rule(c, &diner_card_entity, &k->cards[i]));
        k->cards[i].number = sv_copy(&k->d->mem, k->cards[i].number);
    }
    return ERR_NONE;
}

struct serving { struct desk *k; const struct elder *who; const struct offer *offer; int pay_way;
                 int64_t said; };

static enum err serve(struct ctx *c, void *arg)
{
    const struct serving *s = arg;
    struct counter_meal m;
    record_clear(counter_meal_fields, &m);
    m.offer = s->offer->id;
    m.elder = s->who ? s->who->id : (struct elder_id){ 0 };
    m.pay_way = s->pay_way;
    m.said = (struct opt_int){ s->said > 0, s->said };
    return entity_create_by_rule(c, &counter_meal_entity, &m);
}

/* Noon of one day, as far as it is past: every fourth by QR, now and then a guest. */
static enum err noon(struct desk *k, struct day day)
{
    struct demo *d = k->d;
    struct ctx *c = d->c;
    for (int i = 0; i < A_DAY; i++) {
        struct serving s = { .k = k, .offer = k->lunch };
        bool guest = i % 12 == 7;
        s.who = guest ? NULL : k->diners[(size_t)(i + day.n % 5) % k->diners_n];
        s.pay_way = i % 4 == 3 ? PAY_STATION_QR : i % 9 == 5 ? PAY_MONTHLY : PAY_CASH;
        c->now = moment_at(day, NOON_MIN + i);
        if (c->now.ms > d->now.ms)
            break;
        TRY(transaction(c, serve, &s));
        arena_reset(&c->mem);
    }
    return ERR_NONE;
}

/* She ate at the meal point round the corner; here the tablet did not know. */
static enum err clash(struct desk *k)
{
    struct ctx *c = k->d->c;
    struct day day = { k->d->today.n - 1 };
    const struct elder *who = NULL;
    for (size_t i = 0; i < k->d->elders_n && !who; i++)
        if (k->d->elders[i].row.scope != k->lunch->row.scope
            && k->d->elders[i].flags.bits >> FLAG_MINIMUM_INCOME & 1)
            who = &k->d->elders[i];
    struct who other = k->manager;
    other.org = k->elsewhere ? k->elsewhere->org.n : 0;
    if (!who || !other.org)
        return ERR_NONE;
    struct serving first = { .k = k, .who = who, .offer = k->elsewhere, .pay_way = PAY_CASH };
    struct serving second = { .k = k, .who = who, .offer = k->lunch, .pay_way = PAY_CASH,
                              .said = k->lunch->price.fen - 500 };
    c->who = &other;
    c->now = moment_at(day, NOON_MIN + 2);
    TRY(transaction(c, serve, &first));
    c->who = &k->manager;
    c->now = moment_at(day, NOON_MIN + 70);
    c->happened = moment_at(day, NOON_MIN + 15);
    enum err e = transaction(c, serve, &second);
    c->happened = (struct moment){ 0 };
    return e;
}

struct closing { struct desk *k; struct day day; struct day_close row; };

static enum err open_close(struct ctx *c, void *arg)
{
    struct closing *x = arg;
    record_clear(day_close_fields, &x->row);
    x->row.place = x->k->lunch->place;
    x->row.day = x->day;
    return entity_create(c, &day_close_entity, &x->row);
}

static enum err count_close(struct ctx *c, void *arg)
{
    struct closing *x = arg;
    struct day_close *r = &x->row;
    struct close_count in = { .cash = { r->cash.fen - SHORT_FEN }, .qr = r->qr,
                              .transfer = r->transfer, .why = SV("找零多给 1 元") };
    return entity_act(c, &day_close_entity, r->id.n, r->row.version, SV("count"), &in, r);
}

static enum err check_close(struct ctx *c, void *arg)
{
    struct day_close *r = &((struct closing *)arg)->row;
    return entity_act(c, &day_close_entity, r->id.n, r->row.version, SV("check"), NULL, r);
}

static enum err books(struct desk *k)
{
    struct ctx *c = k->d->c;
    struct closing x = { .k = k };
    for (int back = DAYS_BACK; back > 1; back--) {
        x.day.n = k->d->today.n - back;
        c->who = &k->manager;
        c->now = moment_at(x.day, 14 * 60);
        TRY(transaction(c, open_close, &x));
        TRY(transaction(c, count_close, &x));
        c->who = &k->cashier;
        TRY(transaction(c, check_close, &x));
    }
    x.day.n = k->d->today.n - 1;
    c->now = moment_at(x.day, 20 * 60);
    return transaction(c, open_close, &x);
}

enum err demo_counter(struct demo *d)
{
    struct ctx *c = d->c;
    struct desk k = { .d = d, .lunch = lunch_of(d, ORG_STATION, 0),
                      .elsewhere = lunch_of(d, ORG_MEAL_POINT, 0) };
    enum err e = ERR_NONE;
    if (!k.lunch)
        return ERR_NONE;
    k.manager = (struct who){ .account = staff_named(d, "manager")->id.n,
                              .role = ROLE_STATION_MANAGER, .org = k.lunch->org.n };
    k.cashier = k.manager;
    k.cashier.account = staff_named(d, "cashier")->id.n;
    k.diners_n = demo_diners(d, k.lunch->row.scope, k.diners, DINERS);
    if (!k.diners_n)
        return ERR_NONE;
    TRY(transaction(c, cards_give, &k));
    c->who = &k.manager;
    for (int back = DAYS_BACK; back >= 0 && e == ERR_NONE; back--)
        e = noon(&k, (struct day){ d->today.n - back });
    if (e == ERR_NONE)
        e = clash(&k);
    if (e == ERR_NONE)
        e = books(&k);
    c->now = d->now;
    c->who = &k.manager;
    if (e == ERR_NONE)
        e = demo_chain(d, k.diners, k.diners_n);
    c->who = &who_house;
    c->now = d->now;
    arena_reset(&c->mem);
    return e;
}
