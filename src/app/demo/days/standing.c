/*
 * standing.c - what repeats every week at the first station, and who is away just now.
 *
 * Three ask for the same bath on the same morning: the third cannot be made and waits in 待办; the
 * first has her hair cut within an hour of it. The daughter has asked for a weekly cleaning that
 * the station has not agreed to yet. One elder is in hospital and should come home today; one
 * stays with her son until nobody knows when.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/agreement/agreement.h"
#include "care/family/family.h"
#include "care/standing/pause.h"
#include "care/standing/begin.h"
#include "model/row/many.h"

enum { RULES = DEMO_SIGNED_MAX, BATHS = 3 };

struct weekly { struct standing_new n; struct standing made; };

static enum err begin(struct ctx *c, void *arg)
{
    struct weekly *w = arg;
    return standing_begin(c, &w->n, &w->made);
}

struct pausing { struct pause_new n; struct pause made; };

static enum err pause_it(struct ctx *c, void *arg)
{
    struct pausing *p = arg;
    return pause_begin(c, &p->n, &p->made);
}

size_t demo_first_station(const struct demo *d)
{
    size_t i = 0;
    while (i + 1 < d->orgs_n && d->orgs[i].kind != ORG_STATION)
        i++;
    return i;
}

const struct offer *demo_offer_of(const struct demo *d, size_t org, enum demo_item item)
{
    for (size_t i = 0; i < d->offers_n; i++)
        if (d->offers[i].org.n == d->orgs[org].id.n && d->offers[i].item.n == d->items[item].id.n)
            return &d->offers[i];
    return NULL;
}

/* Elders who have signed with the station, the latest first. */
enum err demo_signed_up(struct demo *d, size_t org, struct elder_id elders[DEMO_SIGNED_MAX],
                        size_t *ret_n)
{
    struct query q;
    struct page page;
    struct sv asked = sv_fmt(&d->c->mem, "state=active&org=%lld&size=%d",
                             (long long)d->orgs[org].id.n, RULES);
    TRY(query_read(d->c, &agreement_entity, asked, &q));
    TRY(entity_list(d->c, &agreement_entity, &q, &page));
    const struct agreement *rows = page.rows;
    for (size_t i = 0; i < page.n; i++)
        elders[i] = rows[i].elder;
    *ret_n = page.n;
    return ERR_NONE;
}

static void fill(struct demo *d, size_t org, size_t i, struct elder_id elder, struct weekly *w)
{
    static const struct { enum demo_item item; uint64_t days; int start_min; } kinds[] = {
        { ITEM_DELIVERY, 31, 660 }, { ITEM_CLEAN, 2, 600 }, { ITEM_COMPANION, 8, 900 },
        { ITEM_DELIVERY, 21, 660 }, { ITEM_WALK, 5, 570 },
    };
    size_t k = i % (sizeof kinds / sizeof *kinds);
    bool bath = i < BATHS;
    const struct offer *o = demo_offer_of(d, org, bath ? ITEM_BATH : kinds[k].item);
    w->n = (struct standing_new){
        .offer = o ? o->id : (struct offer_id){ 0 }, .elder = elder,
        .weekdays = { bath ? 4 : kinds[k].days }, .start_min = bath ? 540 : kinds[k].start_min,
        .quantity = 1, .from_day = { d->today.n + 1 }, .until_day = DAY_NONE,
        .pay_way = PAY_MONTHLY, .gender_wish = bath ? WISH_FEMALE : WISH_NONE,
    };
}

MUST static enum err rules(struct demo *d, size_t org, const struct elder_id *elders, size_t n)
{
    struct who who = { .account = d->staff[0].id.n, .role = ROLE_STATION_MANAGER,
                       .org = d->orgs[org].id.n };
    for (size_t i = 0; i < n; i++) {
        struct weekly w;
        fill(d, org, i, elders[i], &w);
        d->c->who = &who;
        enum err e = transaction(d->c, begin, &w);
        d->c->who = &who_house;
        TRY(e);
    }
    return ERR_NONE;
}

/* After her bath, within the hour, her hair is cut: one waits for the other. */
MUST static enum err hair_after_bath(struct demo *d, size_t org, struct elder_id elder)
{
    struct who who = { .account = d->staff[0].id.n, .role = ROLE_STATION_MANAGER,
                       .org = d->orgs[org].id.n };
    const struct offer *o = demo_offer_of(d, org, ITEM_HAIR);
    struct weekly w = { .n = {
        .elder = elder, .weekdays = { 4 }, .start_min = 630, .quantity = 1,
        .from_day = { d->today.n + 1 }, .until_day = DAY_NONE, .pay_way = PAY_MONTHLY,
        .after_item = d->items[ITEM_BATH].id, .gap_most_min = 60 } };
    if (!o)
        return ERR_NONE;
    w.n.offer = o->id;
    d->c->who = &who;
    enum err e = transaction(d->c, begin, &w);
    d->c->who = &who_house;
    return e;
}

/* The daughter of the stories and her mother; *ret_bond of id 0 when there is none. */
enum err demo_daughter(struct demo *d, struct bond *ret_bond)
{
    struct query q;
    struct page page;
    int64_t account[1];
    size_t n;
    record_clear(bond_fields, ret_bond);
    TRY(entity_find_by(d->c, &account_entity, field_named(account_fields, SV("phone")),
                       SV(DEMO_DAUGHTER), 1, account, &n));
    TRY(query_read(d->c, &bond_entity, SV("state=active&size=20"), &q));
    TRY(entity_list(d->c, &bond_entity, &q, &page));
    const struct bond *bonds = page.rows;
    for (size_t i = 0; n && i < page.n; i++)
        if (bonds[i].account.n == account[0])
            *ret_bond = bonds[i];
    return ERR_NONE;
}

MUST static enum err daughter_asks(struct demo *d, size_t org)
{
    struct bond b;
    struct weekly w;
    TRY(demo_daughter(d, &b));
    if (!b.id.n)
        return ERR_NONE;
    struct who who = { .account = b.account.n, .role = ROLE_CITIZEN };
    fill(d, org, BATHS + 3, b.elder, &w);            /* the cleaning */
    d->c->who = &who;
    enum err e = transaction(d->c, begin, &w);
    d->c->who = &who_house;
    return e;
}

enum err demo_standing(struct demo *d)
{
    struct elder_id elders[RULES];
    size_t n, org = demo_first_station(d);
    TRY(demo_signed_up(d, org, elders, &n));
    TRY(rules(d, org, elders, n));
    if (n)
        TRY(hair_after_bath(d, org, elders[0]));
    TRY(daughter_asks(d, org));
    if (n < RULES)
        return ERR_NONE;
    struct pausing home = { .n = { elders[n - 1], PAUSE_HOSPITAL, { d->today.n - 6 }, d->today,
                                   SV("区医院骨科，预计今天出院") } };
    struct pausing son = { .n = { elders[n - 2], PAUSE_CHILDREN, { d->today.n - 2 }, DAY_NONE,
                                  SV("") } };
    TRY(transaction(d->c, pause_it, &home));
    return transaction(d->c, pause_it, &son);
}
