/*
 * together.c - two who go together: at the first station a bed-bound elder is bathed and turned by
 * two carers. Of a day's orders two have their carers, one waits for two who are free.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/order/placing.h"
#include "care/order/steps.h"

enum { ORDERS = 3, GIVEN = 2, AGED = 82, TRIES_MAX = 60 };

struct making {
    struct demo *d;
    size_t org;
    struct who who;
    struct offer offer;
    const struct elder *elder;
    struct slot_key key;
    struct care_order order;
    struct assign_two_input both;
};

static enum err offer_make(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct demo *d = m->d;
    struct offer *o = &m->offer;
    struct catalogue_item k;
    record_clear(catalogue_item_fields, &k);
    k.row.scope = d->district.row.scope;
    k.domain = DOMAIN_REHAB;
    k.category = CATEGORY_REHAB;
    k.name = SV("卧床老人擦浴翻身（两人）");
    k.plain_name = SV("卧床老人擦洗翻身");
    k.unit = UNIT_TIME;
    k.duration_min = 60;
    k.skill = SKILL_BATH;
    k.gender_matters = k.at_home = true;
    k.description = SV("卧床、体重较大的老人，一个人搬不动、扶不住，由两位护理员一起上门。");
    k.door = DOOR_HOME;
    k.carers = VISITS_OF_ORDER;
    TRY(entity_create(c, &catalogue_item_entity, &k));
    record_clear(offer_fields, o);
    TRY(demo_id(d, &o->id.n));
    o->row.scope = d->orgs[m->org].row.scope;
    o->org = d->orgs[m->org].id;
    o->place = d->places[m->org].id;
    o->item = k.id;
    o->name = k.plain_name;
    o->carer_price.fen = 8000;
    o->price.fen = VISITS_OF_ORDER * o->carer_price.fen;
    o->unit_note = SV("次，两位护理员每位 80 元");
    o->area_m = 2500;
    o->lead_min = 720;
    o->capacity = 2;
    o->week = SV("Mo-Su 08:00-17:00/60");
    o->state = REVIEW_PUBLISHED;
    return entity_bulk(c, &offer_entity, o, 1);
}

static enum err place(struct ctx *c, void *arg)
{
    struct making *m = arg;
    const struct elder *e = m->elder;
    struct buf key = buf_new(&c->mem, 16);
    struct price price;
    slot_key_write(&key, m->key);
    struct order_new n = {
        .offer = m->offer.id, .slot = buf_sv(&key), .quantity = 1, .for_name = e->name,
        .for_phone = e->phone.len ? e->phone : SV("10099990000"), .for_address = e->address,
        .for_compound = e->compound, .for_lat = e->home_lat, .for_lon = e->home_lon,
        .channel = CHANNEL_PHONE,
    };
    TRY(order_place(c, &n, &m->order, &price));
    return entity_act(c, &care_order_entity, m->order.id.n, m->order.row.version, SV("accept"),
                      NULL, &m->order);
}

static enum err assign(struct ctx *c, void *arg)
{
    struct making *m = arg;
    return entity_act(c, &care_order_entity, m->order.id.n, m->order.row.version,
                      SV("assign_two"), &m->both, &m->order);
}

/* What cannot be is not; a demo is no test. */
static enum err as_it_goes(struct ctx *c, enum err e)
{
    if (e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    ctx_forgive(c);
    return ERR_NONE;
}

/* The first two of the station who can and are free, each two once. */
static enum err give(struct making *m)
{
    const struct demo *d = m->d;
    int tries = 0;
    for (size_t i = 0; i < d->carers_n; i++)
        for (size_t k = i + 1; k < d->carers_n && m->order.state == ORDER_ACCEPTED; k++) {
            const struct carer *a = &d->carers[i], *b = &d->carers[k];
            bool here = a->org.n == m->offer.org.n && b->org.n == m->offer.org.n;
            if (!here || !carer_has(a, SKILL_BATH) || !carer_has(b, SKILL_BATH))
                continue;
            if (tries++ == TRIES_MAX)
                return ERR_NONE;
            m->both = (struct assign_two_input){ a->id, b->id };
            TRY(as_it_goes(d->c, transaction(d->c, assign, m)));
        }
    return ERR_NONE;
}

/* Somebody very old near the station, another each time. */
static const struct elder *elder_near(const struct making *m, size_t *from)
{
    const struct demo *d = m->d;
    int64_t street = d->orgs[m->org].row.scope / 1000;
    for (; *from < d->elders_n; ++*from) {
        const struct elder *e = &d->elders[*from];
        bool near = e->row.scope / 1000 == street && e->home_lat.e7;
        if (near && age_on(e->birth, d->today) >= AGED)
            return &d->elders[(*from)++];
    }
    return NULL;
}

/* Not the next working day, whose hours the station's own orders fill. */
static struct day day_of_orders(const struct demo *d)
{
    enum { SATURDAY = 6 };
    return (struct day){ d->today.n + (day_weekday(d->today) == SATURDAY ? 3 : 2) };
}

enum err demo_together(struct demo *d)
{
    static const int starts[ORDERS] = { 540, 840, 900 };
    struct making m = { .d = d, .org = demo_first_station(d) };
    size_t from = 0;
    TRY(transaction(d->c, offer_make, &m));
    m.who = (struct who){ .account = d->staff[0].id.n, .role = ROLE_STATION_MANAGER,
                          .org = m.offer.org.n };
    d->c->who = &m.who;
    for (int i = 0; i < ORDERS; i++) {
        m.elder = elder_near(&m, &from);
        m.key = (struct slot_key){ day_of_orders(d), starts[i] };
        m.order = (struct care_order){ .state = ORDER_DRAFT };
        if (m.elder)
            TRY(as_it_goes(d->c, transaction(d->c, place, &m)));
        if (i < GIVEN && m.order.state == ORDER_ACCEPTED)
            TRY(give(&m));
    }
    d->c->who = &who_house;
    return ERR_NONE;
}
