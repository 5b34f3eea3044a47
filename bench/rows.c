/*
 * rows.c - fills a demo house with what a bench asks about: bench-rows DATA DB WHAT [N]
 *
 *   orders N      N orders of the past year, spread over the communities and organisations
 *   accounts N    N community workers bench0 … with the demo password
 *   token LOGIN   prints a bearer token of an account
 *   offer         copies an offer with room for all and no lead time, prints its id
 *
 * DB is - for SQLite in DATA. Rows go in as imports do, through entity_bulk.
 */

#include "app/demo/demo.h"
#include "care/account/account.h"
#include "care/order/order.h"

#include <stdio.h>
#include <string.h>

enum { BATCH = 2000, LISTED = 200, YEAR_DAYS = 365, ROOM_FOR_ALL = 1000 };

struct made {
    struct start s;
    struct dice  dice;
    int64_t      n, done;
    struct page  areas, offers;        /* communities are among the areas */
    size_t       communities[LISTED], communities_n;
    const char  *login;
};

static enum err listed(struct ctx *c, const struct entity *e, struct page *ret_page)
{
    return entity_list(c, e, &(struct query){ .size = LISTED }, ret_page);
}

static const struct division *community(struct made *m)
{
    size_t at = m->communities[dice_between(&m->dice, 0, (int64_t)m->communities_n - 1)];
    return (const struct division *)m->areas.rows + at;
}

static enum err look_around(struct made *m)
{
    struct ctx *c = &m->s.ctx;
    struct arena mem = c->mem;
    c->mem = (struct arena){ 0 };                 /* kept until the end */
    TRY(listed(c, &division_entity, &m->areas));
    TRY(listed(c, &offer_entity, &m->offers));
    c->mem = mem;
    const struct division *area = m->areas.rows;
    for (size_t i = 0; i < m->areas.n; i++)
        if (division_level_of(area[i].row.scope) == DIVISION_COMMUNITY)
            m->communities[m->communities_n++] = i;
    return m->communities_n && m->offers.n
               ? ERR_NONE : fail(c, ERR_MISSING, "missing", "not a demo house");
}

static void order_fill(struct made *m, struct care_order *o)
{
    const struct offer *from = (const struct offer *)m->offers.rows +
                               dice_between(&m->dice, 0, (int64_t)m->offers.n - 1);
    int64_t i = m->done;
    record_clear(care_order_fields, o);
    o->row.scope = community(m)->row.scope;
    o->number = sv_fmt(&m->s.ctx.mem, "B%09lld", (long long)i);
    o->channel = CHANNEL_PHONE;
    o->org = from->org;
    o->offer = from->id;
    o->item = from->item;
    o->day.n = day_of(m->s.ctx.now).n - dice_between(&m->dice, 0, YEAR_DAYS);
    o->start_min = 540;
    o->end_min = 600;
    o->quantity = 1;
    o->for_name = SV("周试算");
    o->for_phone = sv_fmt(&m->s.ctx.mem, "100%08lld", (long long)(i % 100000000));
    o->for_address = SV("试算路 1 号");
    o->told = (int)dice_between(&m->dice, TOLD_NO, TOLD_REFUSED);
    o->price.fen = o->own_pay.fen = 1200;
    o->paid = dice_chance(&m->dice, 0.7);
    o->state = (int)dice_between(&m->dice, ORDER_PLACED, ORDER_DISPUTED);
}

static enum err order_batch(struct ctx *c, void *arg)
{
    struct made *m = arg;
    size_t n = (size_t)(m->n - m->done < BATCH ? m->n - m->done : BATCH);
    struct care_order *rows = NEW(&c->mem, struct care_order, n);
    for (size_t i = 0; i < n; i++) {
        order_fill(m, &rows[i]);
        m->done++;
    }
    return entity_bulk(c, &care_order_entity, rows, n);
}

static enum err orders(struct made *m)
{
    TRY(look_around(m));
    while (m->done < m->n) {
        TRY(transaction(&m->s.ctx, order_batch, m));
        arena_reset(&m->s.ctx.mem);
        if (m->done % 100000 == 0)
            fprintf(stderr, "orders: %lld of %lld\n", (long long)m->done, (long long)m->n);
    }
    return ERR_NONE;
}

/* One hash for all: checking it costs each sign-in as much as its own would. */
static enum err accounts_store(struct ctx *c, void *arg)
{
    struct made *m = arg;
    struct account *rows = NEW(&c->mem, struct account, m->n);
    struct access_grant *grants = NEW(&c->mem, struct access_grant, m->n);
    struct sv hash;
    TRY(password_hash(c, SV(DEMO_PASSWORD), &hash));
    for (int64_t i = 0; i < m->n; i++) {
        const struct division *at = community(m);
        struct scope_range range = division_range(at->row.scope);
        record_clear(account_fields, &rows[i]);
        record_clear(access_grant_fields, &grants[i]);
        TRY(id_next(c, c->house->ids, &rows[i].id.n));
        rows[i].row.scope = grants[i].row.scope = at->row.scope;
        rows[i].kind = ACCOUNT_STAFF;
        rows[i].login = sv_fmt(&c->mem, "bench%lld", (long long)i);
        rows[i].name = SV("周试算");
        rows[i].password = hash;
        grants[i].account = rows[i].id;
        grants[i].role = ROLE_COMMUNITY_WORKER;
        grants[i].low = range.low;
        grants[i].high = range.high;
    }
    TRY(entity_bulk(c, &account_entity, rows, (size_t)m->n));
    return entity_bulk(c, &access_grant_entity, grants, (size_t)m->n);
}

static enum err accounts(struct made *m)
{
    TRY(look_around(m));
    return transaction(&m->s.ctx, accounts_store, m);
}

/* Looks through accounts and grants, as there is no asking by login from outside. */
static enum err token_open(struct ctx *c, void *arg)
{
    struct made *m = arg;
    struct page accounts, grants;
    struct sv token;
    TRY(listed(c, &account_entity, &accounts));
    TRY(listed(c, &access_grant_entity, &grants));
    const struct account *a = accounts.rows;
    const struct access_grant *g = grants.rows;
    for (size_t i = 0; i < accounts.n; i++)
        for (size_t k = 0; k < grants.n && sv_is(a[i].login, m->login); k++)
            if (g[k].account.n == a[i].id.n) {
                struct session_new made = { .account = a[i].id.n, .role = (enum role)g[k].role,
                                            .bearer = true, .agent = SV("bench") };
                TRY(session_open(c, &made, &token));
                printf("%.*s\n", SV_ARG(token));
                return ERR_NONE;
            }
    return fail(c, ERR_MISSING, "missing", "no account %s", m->login);
}

static enum err token(struct made *m)
{
    return transaction(&m->s.ctx, token_open, m);
}

static enum err offer_store(struct ctx *c, void *arg)
{
    struct made *m = arg;
    struct offer wide = *(const struct offer *)m->offers.rows;
    wide.id.n = 0;
    wide.row = (struct row){ .scope = wide.row.scope };
    wide.name = SV("试算服务");
    wide.capacity = ROOM_FOR_ALL;
    wide.lead_min = 0;
    wide.week = SV("Mo-Su 00:00-24:00/30");
    TRY(entity_bulk(c, &offer_entity, &wide, 1));
    printf("%lld\n", (long long)wide.id.n);
    return ERR_NONE;
}

static enum err offer(struct made *m)
{
    TRY(look_around(m));
    return transaction(&m->s.ctx, offer_store, m);
}

static const struct { const char *name; enum err (*run)(struct made *m); } things[] = {
    { "orders", orders }, { "accounts", accounts }, { "token", token }, { "offer", offer },
};

static enum err make(struct made *m, const char *what)
{
    TRY(start_node(&m->s));
    for (size_t i = 0; i < sizeof things / sizeof *things; i++)
        if (strcmp(things[i].name, what) == 0)
            return things[i].run(m);
    return fail(&m->s.ctx, ERR_INVALID, "invalid", "no such thing: %s", what);
}

int main(int argc, char **argv)
{
    static struct made m = { .dice = { 1 } };
    struct config config = config_default();
    if (argc < 4) {
        fprintf(stderr, "usage: bench-rows DATA DB orders|accounts|token|offer [N|LOGIN]\n");
        return 2;
    }
    config.data_dir = argv[1];
    config.database = strcmp(argv[2], "-") == 0 ? NULL : argv[2];
    m.login = argc > 4 ? argv[4] : "";
    (void)sv_int(sv_of(m.login), 1, 100000000, &m.n);
    enum err err = start_open(&m.s, &config, START_READY);
    if (err == ERR_NONE)
        err = make(&m, argv[3]);
    if (err != ERR_NONE)
        fprintf(stderr, "bench-rows: %s: %.*s\n", err_name(err), SV_ARG(m.s.ctx.fault.log));
    start_close(&m.s);
    return err != ERR_NONE;
}
