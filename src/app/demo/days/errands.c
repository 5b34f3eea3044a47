/*
 * errands.c - what the first station's carers buy and pay for elders, and with whose money.
 *
 * One is settled to the last fen, one without a receipt from the street market differs by what the
 * elder would not take back, one waits for the daughter to look, one advance is overdue, and one
 * waits for the carer who can sign in, today. One was at the clinic with the daughter's mother and
 * noted what the doctor said; her next visit there waits for a 委托书.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/errand/errand.h"
#include "care/escort/escort.h"
#include "care/family/family.h"
#include "care/order/steps.h"

enum { FIRST_MIN = 480, LAST_MIN = 1020 };

/* How far it has come. */
enum came { NOT_BEGUN, ADVANCED, BOUGHT, RETURNED, SETTLED };

struct story {
    enum demo_item item;
    int days;                              /* of today */
    bool mothers;                          /* of the daughter's mother; else of a neighbour */
    enum came came;
    const char *list, *bought, *no_receipt, *why;
    int64_t advance, spent, change_back;
};

static const struct story stories[] = {
    { ITEM_SHOPPING, -2, true, SETTLED, "鸡蛋一板\n挂面两把\n老陈醋一瓶", "鸡蛋、挂面、醋都买到了", NULL, NULL,
      10000, 6350, 3650 },
    { ITEM_SHOPPING, -1, false, SETTLED, "青菜、豆腐、苹果三斤", "早市买的，苹果挑软的",
      "早市小摊没有小票", "老人说五毛不用找", 5000, 3850, 1100 },
    { ITEM_BILLS, -1, true, RETURNED, "电费 户号 3300021，缴 80 元\n有线电视 25 元", "电费、有线电视都缴了",
      "营业厅回单交给老人了", NULL, 12000, 10500, 1500 },
    { ITEM_BILLS, -3, false, ADVANCED, "燃气费，卡在抽屉里", NULL, NULL, NULL, 20000, 0, 0 },
    { ITEM_CLINIC, -2, true, SETTLED, "内科复查，医保卡和病历在门口柜子里", NULL, NULL, NULL, 0, 0, 0 },
    { ITEM_CLINIC, 2, true, NOT_BEGUN, "眼科复查", NULL, NULL, NULL, 0, 0, 0 },
    { ITEM_SHOPPING, 0, true, NOT_BEGUN, "牛奶一箱\n卫生纸一提\n5 号电池四节", NULL, NULL, NULL, 0, 0, 0 },
};

struct doing {
    struct order_new n;
    struct care_order order;
    struct price price;
    struct visit visit;
    struct errand errand;
    struct escort escort;
};

/* --- steps, each a transaction of its own --- */

static enum err place(struct ctx *c, void *arg)
{
    struct doing *g = arg;
    return order_place(c, &g->n, &g->order, &g->price);
}

struct assigning { struct doing *of; struct assign_input in; };

static enum err assign(struct ctx *c, void *arg)
{
    struct assigning *a = arg;
    struct care_order *o = &a->of->order;
    bool found;
    TRY(entity_act(c, &care_order_entity, o->id.n, o->row.version, SV("assign"), &a->in, o));
    TRY(order_visit_of(c, o, &a->of->visit, &found));
    TRY(errand_find(c, o->id, &a->of->errand, &found));
    return escort_find(c, o->id, &a->of->escort, &found);
}

struct stepping { const struct entity *entity; int64_t id, *version; const char *action;
                  const void *input; void *row; };

static enum err step(struct ctx *c, void *arg)
{
    struct stepping *s = arg;
    return entity_act(c, s->entity, s->id, *s->version, sv_of(s->action), s->input, s->row);
}

MUST static enum err errand_step(struct demo *d, struct doing *g, const char *action,
                                 const void *input)
{
    struct stepping s = { &errand_entity, g->errand.id.n, &g->errand.row.version, action, input,
                          &g->errand };
    return transaction(d->c, step, &s);
}

MUST static enum err visit_step(struct demo *d, struct doing *g, const char *action,
                                const void *input)
{
    struct stepping s = { &visit_entity, g->visit.id.n, &g->visit.row.version, action, input,
                          &g->visit };
    return transaction(d->c, step, &s);
}

MUST static enum err escort_step(struct demo *d, struct doing *g, const char *action,
                                 const void *input)
{
    struct stepping s = { &escort_entity, g->escort.id.n, &g->escort.row.version, action, input,
                          &g->escort };
    return transaction(d->c, step, &s);
}

static enum err sign(struct ctx *c, void *arg)
{
    const struct doing *g = arg;
    struct proxy p;
    record_clear(proxy_fields, &p);
    p.elder = g->order.elder;
    p.org = g->order.org;
    p.acts.bits = 1 << ACT_ESCORT | 1 << ACT_MEDICINE;
    p.signed_by = g->order.for_name;
    p.valid_until.n = g->order.day.n + 1;
    return entity_create(c, &proxy_entity, &p);
}

/* --- one story --- */

/* At the first hour of the day at which the station can; order.id 0: not on this day. */
MUST static enum err placed_on(struct demo *d, struct day day, struct doing *g)
{
    struct ctx *c = d->c;
    for (int minute = FIRST_MIN; minute <= LAST_MIN; minute += 30) {
        struct buf key = buf_new(&c->mem, 16);
        slot_key_write(&key, (struct slot_key){ day, minute });
        g->n.slot = buf_sv(&key);
        enum err e = transaction(c, place, g);
        if (e == ERR_NONE || (e != ERR_INVALID && e != ERR_CONFLICT))
            return e;
        ctx_forgive(c);
    }
    return ERR_NONE;
}

/* Clinics keep office days: what is past was some days earlier, what comes some days later. */
MUST static enum err placed(struct demo *d, const struct story *s, struct doing *g)
{
    int64_t step_days = s->days < 0 ? -1 : 1;
    int tries = s->item == ITEM_CLINIC ? 5 : 1;
    for (int64_t i = 0; i < tries && !g->order.id.n; i++) {
        struct day day = { d->today.n + s->days + i * step_days };
        d->c->now = moment_at((struct day){ day.n - 1 }, 540);
        if (d->c->now.ms > d->now.ms)
            d->c->now = d->now;
        TRY(placed_on(d, day, g));
    }
    return ERR_NONE;
}

/* The first who is free; the first of the list is who can sign in. */
MUST static enum err assigned(struct demo *d, size_t org, const struct story *s, struct doing *g,
                              struct carer_id *ret)
{
    bool first = true;
    for (size_t i = 0; i < d->carers_n; i++) {
        struct assigning a = { g, { d->carers[i].id } };
        if (d->carers[i].org.n != d->orgs[org].id.n)
            continue;
        bool overdue = s->came == ADVANCED && first;
        first = false;
        if (overdue)                     /* who signs in for a visitor owes nobody anything */
            continue;
        enum err e = transaction(d->c, assign, &a);
        if (e == ERR_NONE)
            *ret = a.in.carer;
        if (e == ERR_NONE || (e != ERR_INVALID && e != ERR_CONFLICT))
            return e;
        ctx_forgive(d->c);
    }
    return ERR_NONE;
}

MUST static enum err money(struct demo *d, const struct story *s, struct doing *g)
{
    struct ctx *c = d->c;
    int64_t start = moment_at(g->order.day, (int)g->order.start_min).ms;
    struct errand_advance a = { { s->advance }, GIVER_ELDER, SV(""), true };
    struct errand_buy b = { { s->spent }, sv_of(s->bought ? s->bought : ""), RECEIPT_NONE,
                            sv_of(s->no_receipt ? s->no_receipt : "小票在老人手里") };
    struct errand_back back = { { s->change_back }, { 0 }, sv_of(s->why ? s->why : "") };
    struct errand_sign sign = { g->order.for_name };
    c->now.ms = start + 3 * 60000;
    TRY(visit_step(d, g, "arrive", &(struct arrive_input){ { 0 }, { 0 } }));
    c->now.ms = start + 6 * 60000;
    TRY(errand_step(d, g, "advance", &a));
    c->now.ms = start + 40 * 60000;
    if (s->came >= BOUGHT)
        TRY(errand_step(d, g, "buy", &b));
    if (s->came >= RETURNED)
        TRY(errand_step(d, g, "hand_back", &back));
    if (s->came >= SETTLED)
        TRY(errand_step(d, g, "acknowledge", &sign));
    c->now.ms = start + 55 * 60000;
    return visit_step(d, g, "finish", &(struct finish_input){ SV(""), RESULT_WELL });
}

/* Where she goes is written down by the station; who goes along has her sign and tells it all. */
MUST static enum err clinic(struct demo *d, const struct story *s, struct doing *g,
                            const struct who *manager, const struct who *carer)
{
    struct ctx *c = d->c;
    int64_t start = moment_at(g->order.day, (int)g->order.start_min).ms;
    bool past = s->came > NOT_BEGUN;
    struct escort_plan plan = { SV("安澜区人民医院"), past ? SV("内科") : SV("眼科"),
                                { true, g->order.start_min + 60 }, SV("医保卡、上次的病历") };
    struct escort_advice said = {
        SV("血压 150/90，比上次高一点。药照旧吃，早上一片；少吃盐，两周后再来量。") };
    struct escort_drugs drugs = { SV("缬沙坦 2 盒（早上一片），阿司匹林 1 盒（晚上一片）"), true };
    struct escort_home home = { g->order.for_name };
    c->who = manager;
    TRY(escort_step(d, g, "plan", &plan));
    if (!past || !carer)
        return ERR_NONE;
    c->who = carer;
    c->now.ms = start + 5 * 60000;
    TRY(visit_step(d, g, "arrive", &(struct arrive_input){ { 0 }, { 0 } }));
    TRY(transaction(c, sign, g));
    TRY(escort_step(d, g, "set_out", NULL));
    c->now.ms = start + 45 * 60000;
    TRY(escort_step(d, g, "arrive", NULL));
    c->now.ms = start + 110 * 60000;
    TRY(escort_step(d, g, "advise", &said));
    c->now.ms = start + 140 * 60000;
    TRY(escort_step(d, g, "fetch", &drugs));
    c->now.ms = start + 170 * 60000;
    TRY(escort_step(d, g, "come_home", &home));
    return visit_step(d, g, "finish", &(struct finish_input){ SV(""), RESULT_WELL });
}

/* *ret_told false when the station could not take the order of this elder. */
MUST static enum err tell(struct demo *d, size_t org, const struct story *s,
                          const struct bond *bond, struct elder_id elder, bool *ret_told)
{
    struct ctx *c = d->c;
    struct who manager = { .account = d->staff[0].id.n, .role = ROLE_STATION_MANAGER,
                           .org = d->orgs[org].id.n };
    struct who daughter = { .account = bond->account.n, .role = ROLE_CITIZEN };
    struct who carer = { .account = d->staff[0].id.n, .role = ROLE_CARER,
                         .org = d->orgs[org].id.n };
    const struct offer *o = demo_offer_of(d, org, s->item);
    struct carer_id who = { 0 };
    struct doing *g = NEW(&c->mem, struct doing, 1);
    *ret_told = !o;
    if (!o)
        return ERR_NONE;
    g->n = (struct order_new){ .offer = o->id, .elder = elder,
                               .for_relation = s->mothers ? SV("女儿") : SV(""),
                               .note = sv_of(s->list) };
    c->who = s->mothers ? &daughter : &manager;
    TRY(placed(d, s, g));
    *ret_told = g->order.id.n != 0;
    if (!*ret_told)
        return ERR_NONE;
    c->who = &manager;
    TRY(assigned(d, org, s, g, &who));
    carer.carer = who.n;
    c->who = &carer;
    if (g->escort.id.n)
        return clinic(d, s, g, &manager, who.n ? &carer : NULL);
    return who.n && s->came > NOT_BEGUN ? money(d, s, g) : ERR_NONE;
}

/* Who can sign in has learnt to go along to the clinic. */
static enum err learnt(struct ctx *c, void *arg)
{
    const struct demo *d = arg;
    struct carer a;
    bool found = false;
    int64_t org = d->orgs[demo_first_station(d)].id.n;
    for (size_t i = 0; i < d->carers_n && !found; i++)
        if (d->carers[i].org.n == org)
            TRY(entity_load(c, &carer_entity, d->carers[i].id.n, &a, &found));
    a.skills.bits |= UINT64_C(1) << SKILL_MEDICAL;
    return found ? entity_update_by_rule(c, &carer_entity, &a, a.row.version, "learn") : ERR_NONE;
}

enum err demo_errands(struct demo *d)
{
    struct elder_id neighbours[DEMO_SIGNED_MAX];
    struct bond bond;
    size_t n, next = 0, org = demo_first_station(d);
    TRY(demo_errand_offers(d));
    TRY(transaction(d->c, learnt, d));
    TRY(demo_daughter(d, &bond));
    TRY(demo_signed_up(d, org, neighbours, &n));
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        bool told = false, mothers = stories[i].mothers;
        while (!told && (mothers ? bond.id.n != 0 : next < n)) {
            struct elder_id elder = mothers ? bond.elder : neighbours[next++];
            enum err e = tell(d, org, &stories[i], &bond, elder, &told);
            d->c->who = &who_house;
            d->c->now = d->now;
            TRY(e);
            arena_reset(&d->c->mem);
            if (mothers)
                break;
        }
    }
    return ERR_NONE;
}
