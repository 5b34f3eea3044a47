/* stories.c - what a visitor is shown: people and problems of a real week, found, not typed. */

#include "app/demo/demo.h"
#include "care/family/family.h"

/* The first elder who is what the story needs. */
static const struct elder *mother_of(const struct demo *d)
{
    for (size_t i = 0; i < d->elders_n; i++) {
        const struct elder *e = &d->elders[i];
        int age = age_on(e->birth, d->today);
        bool alone = e->flags.bits >> FLAG_LIVING_ALONE & 1;
        bool fourth = e->room.len == 3 && e->room.at[0] == '4';
        if (e->gender == GENDER_FEMALE && age >= 76 && age <= 80 && alone && fourth && e->phone.len)
            return e;
    }
    return &d->elders[0];
}

static enum err citizen_make(struct demo *d, const char *phone, const char *name, struct account *a)
{
    record_clear(account_fields, a);
    TRY(demo_id(d, &a->id.n));
    a->kind = ACCOUNT_CITIZEN;
    a->row.scope = d->district.row.scope;
    a->phone = sv_of(phone);
    a->name = sv_of(name);
    return demo_store(d, &account_entity, a, 1);
}

static enum err bond_make(struct demo *d, const struct account *a, const struct elder *e, int state)
{
    struct bond b;
    record_clear(bond_fields, &b);
    TRY(demo_id(d, &b.id.n));
    b.row.scope = e->row.scope;
    b.account = a->id;
    b.elder = e->id;
    b.relation = RELATION_CHILD;
    b.state = state;
    b.may.bits = 7;
    if (state == BOND_ACTIVE) {
        b.consent_at = (struct moment){ d->now.ms - 20 * MS_A_DAY };
        b.valid_until = (struct day){ d->today.n + 345 };
    }
    return demo_store(d, &bond_entity, &b, 1);
}

struct placing { const struct order_new *n; struct care_order order; struct price price; };

static enum err place(struct ctx *c, void *arg)
{
    struct placing *p = arg;
    return order_place(c, p->n, &p->order, &p->price);
}

/* Tomorrow's bath, ordered by the daughter from another city. */
static enum err daughter_orders(struct demo *d, const struct account *a, const struct elder *mother)
{
    struct ctx *c = d->c;
    struct who who = { .account = a->id.n, .role = ROLE_CITIZEN };
    const struct offer *bath = NULL;
    for (size_t i = 0; i < d->offers_n && !bath; i++)
        if (d->offers[i].item.n == d->items[0].id.n)
            bath = &d->offers[i];
    for (int64_t day = 2; bath && day < 6; day++) {
        struct buf key = buf_new(&c->mem, 16);
        slot_key_write(&key, (struct slot_key){ { d->today.n + day }, 540 });
        struct order_new n = { .offer = bath->id,
                               .slot = buf_sv(&key),
                               .elder = mother->id,
                               .gender_wish = WISH_FEMALE,
                               .password = SV("桂花"),
                               .for_relation = SV("女儿") };
        struct placing p = { .n = &n };
        c->who = &who;
        enum err e = transaction(c, place, &p);
        c->who = &who_house;
        if (e == ERR_NONE)
            return ERR_NONE;
        if (e != ERR_INVALID && e != ERR_CONFLICT)
            return e;
        ctx_forgive(c);
    }
    return ERR_NONE;
}

struct acting {
    const struct entity *e;
    int64_t id;
    const char *action;
    const void *input;
    void *row;
};

static enum err act(struct ctx *c, void *arg)
{
    struct acting *a = arg;
    bool found;
    TRY(entity_load(c, a->e, a->id, a->row, &found));
    int64_t version = ((const struct row *)((const char *)a->row + sizeof(int64_t)))->version;
    return entity_act(c, a->e, a->id, version, sv_of(a->action), a->input, a->row);
}

/* Two carers of the first station are ill since this morning; their visits still stand. */
static enum err two_are_ill(struct demo *d)
{
    for (int i = 1; i <= 2; i++) {
        struct carer row, away = { .away_from = d->today, .away_to = { d->today.n + 1 } };
        struct acting a = { &carer_entity, d->carers[i].id.n, "leave", &away, &row };
        TRY(transaction(d->c, act, &a));
    }
    return ERR_NONE;
}

/* A meal point that has been shut for three days without a word. */
static enum err meal_point_shut(struct demo *d)
{
    for (size_t i = 0; i < d->places_n; i++)
        if (d->places[i].kind == PLACE_MEAL_POINT) {
            struct place row, shut = { .closed_on = { d->today.n },
                                       .closed_until = { d->today.n + 2 },
                                       .closed_reason = SV("厨房设备检修") };
            struct acting a = { &place_entity, d->places[i].id.n, "close", &shut, &row };
            return transaction(d->c, act, &a);
        }
    return ERR_NONE;
}

enum err demo_stories(struct demo *d)
{
    struct account daughter, son;
    const struct elder *mother = mother_of(d);
    TRY(citizen_make(d, DEMO_DAUGHTER, "林静", &daughter));
    TRY(bond_make(d, &daughter, mother, BOND_ACTIVE));
    TRY(citizen_make(d, "10088880002", "林强", &son));
    TRY(bond_make(d, &son, mother, BOND_ASKED));
    TRY(daughter_orders(d, &daughter, mother));
    TRY(two_are_ill(d));
    TRY(meal_point_shut(d));
    TRY(demo_told(d, &son));
    return demo_requests(d, &daughter);
}
