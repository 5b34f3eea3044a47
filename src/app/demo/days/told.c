/* told.c - what relatives ordered for tomorrow: somebody must ring the old telephone today. */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/order/order.h"

enum { ORDERS = 6, FIRST_MIN = 540, LAST_MIN = 900 };

struct asking { struct order_new n; struct care_order order; struct price price; };

static enum err place(struct ctx *c, void *arg)
{
    struct asking *a = arg;
    return order_place(c, &a->n, &a->order, &a->price);
}

static const struct offer *offer_of(const struct demo *d, int64_t org, int item)
{
    for (size_t i = 0; i < d->offers_n; i++)
        if (d->offers[i].org.n == org && d->offers[i].item.n == d->items[item].id.n)
            return &d->offers[i];
    return NULL;
}

/* At the first hour of tomorrow at which it can be had; full or too soon: the next. */
static enum err ask_for(struct demo *d, const struct offer *o, const struct elder *e,
                        const char *relation)
{
    struct ctx *c = d->c;
    for (int minute = FIRST_MIN; minute <= LAST_MIN; minute += 30) {
        struct buf key = buf_new(&c->mem, 16);
        slot_key_write(&key, (struct slot_key){ { d->today.n + 1 }, minute });
        struct asking a = { .n = { .offer = o->id, .slot = buf_sv(&key), .for_name = e->name,
                                   .for_phone = e->phone, .for_address = e->address,
                                   .for_compound = e->compound, .for_relation = sv_of(relation),
                                   .password = SV("桂花") } };
        enum err err = transaction(c, place, &a);
        if (err == ERR_NONE || (err != ERR_INVALID && err != ERR_CONFLICT))
            return err;
        ctx_forgive(c);
    }
    return ERR_NONE;
}

enum err demo_told(struct demo *d, const struct account *daughter)
{
    static const struct { int item; const char *relation; } asked[ORDERS] = {
        { ITEM_COMPANION, "女儿" }, { ITEM_HAIR, "儿子" }, { ITEM_WALK, "女儿" },
        { ITEM_CLEAN, "孙女" }, { ITEM_HAIR, "女儿" }, { ITEM_COMPANION, "儿子" },
    };
    const struct who who = { .account = daughter->id.n, .role = ROLE_CITIZEN };
    const struct organisation *station = NULL;
    enum err e = ERR_NONE;
    for (size_t i = 0; i < d->orgs_n && !station; i++)
        if (d->orgs[i].kind == ORG_STATION)
            station = &d->orgs[i];
    d->c->who = &who;
    for (size_t i = 0, n = 0; station && i < d->elders_n && n < ORDERS && e == ERR_NONE; i++) {
        const struct elder *of = &d->elders[i];
        const struct offer *o = offer_of(d, station->id.n, asked[n].item);
        if (of->row.scope != station->row.scope || !of->phone.len || day_known(of->died_on))
            continue;
        if (o)
            e = ask_for(d, o, of, asked[n].relation);
        n++;
        arena_reset(&d->c->mem);
    }
    d->c->who = &who_house;
    return e;
}
