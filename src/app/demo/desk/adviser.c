/* adviser.c - an adviser's notes of a week, a referral that waits, and where she sits. */

#include "app/demo/demo.h"
#include "care/adviser/adviser.h"

static const struct {
    const char   *text;
    enum category need;
    int64_t       follow_days;
    bool          refer;
} told[] = {
    { "独居，腿脚不便，想有人陪着洗澡", CATEGORY_BATH, 1, true },
    { "牙口不好，自己做饭凑合，问哪里有软食", CATEGORY_MEAL, 3, false },
    { "老伴走后不爱出门，女儿担心", CATEGORY_COMPANION, 6, true },
    { "每月两次取药，儿子在外地", CATEGORY_MEDICAL, 9, false },
};
enum { TOLD = sizeof told / sizeof *told };

struct noting { const struct demo *d; const struct elder *elder; size_t i; int64_t org; };

static enum err note_make(struct ctx *c, void *arg)
{
    const struct noting *n = arg;
    struct adviser_note note = {
        .elder = n->elder->id, .text = sv_of(told[n->i].text),
        .needs = { UINT64_C(1) << told[n->i].need },
        .follow_on = { n->d->today.n + told[n->i].follow_days },
    };
    TRY(entity_create_by_rule(c, &adviser_note_entity, &note));
    if (!told[n->i].refer)
        return ERR_NONE;
    struct referral r = { .note = note.id, .elder = n->elder->id, .org = { n->org },
                          .why = sv_of(told[n->i].text) };
    return entity_create_by_rule(c, &referral_entity, &r);
}

static enum err duty_make(struct ctx *c, void *arg)
{
    const struct noting *n = arg;
    struct adviser_duty k = { .name = SV("周顾问"), .phone = SV("10077770001"),
                              .week = SV("Mo,We,Fr 09:00-11:00") };
    for (size_t i = 0; i < n->d->places_n && !k.place.n; i++)
        if (n->d->places[i].org.n == n->org)
            k.place = n->d->places[i].id;
    return k.place.n ? entity_create_by_rule(c, &adviser_duty_entity, &k) : ERR_NONE;
}

enum err demo_adviser(struct demo *d)
{
    const struct elder *diners[60];
    const struct organisation *station = NULL;
    struct who worker = { .role = ROLE_STREET_OFFICER, .ranges_n = 1 };
    enum err e = ERR_NONE;
    for (size_t i = 0; i < d->orgs_n && !station; i++)
        if (d->orgs[i].kind == ORG_STATION)
            station = &d->orgs[i];
    for (size_t i = 0; i < d->staff_n; i++)
        if (sv_is(d->staff[i].login, "street"))
            worker.account = d->staff[i].id.n;
    worker.ranges[0] = division_range(d->city.row.scope);
    size_t n = demo_diners(d, station->row.scope, diners, 60);
    d->c->who = &worker;
    for (size_t i = 0; i < TOLD && i * 7 + 9 < n && e == ERR_NONE; i++)
        e = transaction(d->c, note_make,
                        &(struct noting){ d, diners[i * 7 + 9], i, station->id.n });
    if (e == ERR_NONE)
        e = transaction(d->c, duty_make, &(struct noting){ d, NULL, 0, station->id.n });
    d->c->who = &who_house;
    arena_reset(&d->c->mem);
    return e;
}
