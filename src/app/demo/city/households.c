/* households.c - who lives together in the demo city: elders whose homes have one door. */

#include "app/demo/demo.h"
#include "care/household/household.h"

#include <stdlib.h>
#include <string.h>

enum { DOOR_MOST = 6 };

struct behind { const struct elder *e; size_t estate; };

static int room_compare(struct sv a, struct sv b)
{
    return a.len != b.len ? (a.len < b.len ? -1 : 1) : memcmp(a.at, b.at, a.len);
}

static int compare(const void *a, const void *b)
{
    const struct elder *x = ((const struct behind *)a)->e, *y = ((const struct behind *)b)->e;
    int64_t by[] = { x->home_building.n - y->home_building.n,
                     x->home_entrance.n - y->home_entrance.n,
                     room_compare(x->room, y->room), x->birth.n - y->birth.n, x->id.n - y->id.n };
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        if (by[i])
            return by[i] < 0 ? -1 : 1;
    return 0;
}

static bool same_door(const struct elder *x, const struct elder *y)
{
    return x->home_building.n == y->home_building.n && x->home_entrance.n == y->home_entrance.n &&
           sv_eq(x->room, y->room);
}

static struct sv door_of(struct demo *d, const struct behind *b)
{
    struct buf t = buf_new(&d->mem, 64);
    buf_put(&t, d->town.estates[b->estate].name);
    buf_put(&t, b->e->building);
    buf_put(&t, b->e->entrance);
    return buf_sv(&t);
}

/* Of every five, two wait for somebody to confirm them; of the others some have children there. */
static enum err household_make(struct demo *d, const struct behind *b, size_t n, size_t nth,
                               struct household *h)
{
    const struct elder *e = b->e;
    record_clear(household_fields, h);
    TRY(demo_id(d, &h->id.n));
    h->row.scope = e->row.scope;
    h->door = door_of(d, b);
    h->division = e->division;
    h->compound = e->compound;
    h->home_building = e->home_building;
    h->home_entrance = e->home_entrance;
    h->room = e->room;
    h->address = e->address;
    h->head = e->id;
    h->members_n = (int64_t)n;
    h->formed_on = (struct day){ d->today.n - 60 - (int64_t)nth % 900 };
    h->state = nth % 5 < 2 ? HOUSEHOLD_PROPOSED : HOUSEHOLD_CONFIRMED;
    h->why = SV("同一门牌登记了两位以上老人");
    if (h->state == HOUSEHOLD_CONFIRMED)
        h->others = (struct opt_int){ true, nth % 5 == 4 ? 2 : 0 };
    h->kind = household_kind_of(h);
    return ERR_NONE;
}

static enum err member_make(struct demo *d, const struct household *h, const struct behind *b,
                            size_t nth, struct household_member *m)
{
    const struct elder *head = b[0].e, *e = b[nth].e;
    int apart = abs(civil_of_day(e->birth).year - civil_of_day(head->birth).year);
    record_clear(household_member_fields, m);
    TRY(demo_id(d, &m->id.n));
    m->row.scope = h->row.scope;
    m->household = h->id;
    m->elder = e->id;
    m->role = nth == 0 ? MEMBER_HEAD
            : nth == 1 && e->gender != head->gender && apart <= 12 ? MEMBER_SPOUSE : MEMBER_OTHER;
    m->valid_from = h->formed_on;
    m->state = h->state == HOUSEHOLD_PROPOSED ? MEMBER_PROPOSED : MEMBER_CONFIRMED;
    m->source = SV("同一门牌");
    return ERR_NONE;
}

static size_t at_doors(struct demo *d, struct behind *all)
{
    size_t n = 0;
    for (size_t i = 0; i < d->elders_n; i++) {
        const struct elder *e = &d->elders[i];
        if (e->match_level == ADDRESS_DOOR && e->home_building.n && e->room.len &&
            !day_known(e->died_on))
            all[n++] = (struct behind){ e, (size_t)d->elder_estate[i] };
    }
    qsort(all, n, sizeof *all, compare);
    return n;
}

enum err demo_households(struct demo *d)
{
    struct behind *all = NEW(&d->mem, struct behind, d->elders_n);
    struct household *homes = NEW(&d->mem, struct household, d->elders_n / 2 + 1);
    struct household_member *members = NEW(&d->mem, struct household_member, d->elders_n);
    size_t n = at_doors(d, all), homes_n = 0, members_n = 0, to;
    for (size_t i = 0; i < n; i = to) {
        for (to = i + 1; to < n && same_door(all[i].e, all[to].e); to++)
            continue;
        if (to - i < 2 || to - i > DOOR_MOST)
            continue;
        struct household *h = &homes[homes_n];
        TRY(household_make(d, &all[i], to - i, homes_n++, h));
        for (size_t k = 0; k < to - i; k++)
            TRY(member_make(d, h, &all[i], k, &members[members_n++]));
    }
    TRY(demo_store(d, &household_entity, homes, homes_n));
    return demo_store(d, &household_member_entity, members, members_n);
}
