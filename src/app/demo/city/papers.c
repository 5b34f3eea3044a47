/* papers.c - who has signed with which station, on what ground, and who speaks for her. */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "app/demo/make/words.h"
#include "care/agreement/agreement.h"
#include "care/carer/staff.h"
#include "care/consent/consent.h"

#include <string.h>

enum { SIGN_AGE = 74, SIGN_DAYS = 420, TERM_DAYS = 365 };

struct papers { struct pile agreements, consents, guardians; };

static void *add(struct demo *d, struct pile *p)
{
    if (p->n == p->room) {
        size_t room = p->room ? p->room * 2 : 256;
        char *grown = arena_take(&d->mem, room * p->size, 16);
        if (p->n)
            memcpy(grown, p->at, p->n * p->size);
        p->at = grown;
        p->room = room;
    }
    return (char *)p->at + p->n++ * p->size;
}

static bool needs_another(const struct elder *e)
{
    return e->grade >= GRADE_SEVERE;
}

static enum err guardian_make(struct demo *d, struct papers *p, const struct elder *e)
{
    struct guardian *g = add(d, &p->guardians);
    bool woman = dice_chance(&d->dice, 0.55);
    record_clear(guardian_fields, g);
    TRY(demo_id(d, &g->id.n));
    g->row.scope = e->row.scope;
    g->elder = e->id;
    g->name = word_person(&d->mem, &d->dice, woman, civil_of_day(e->birth).year + 27);
    g->kind = GUARDIAN_LEGAL;
    g->relation = RELATION_CHILD;
    g->phone = demo_phone(d);
    g->may.bits = 1u << MATTER_CARE | 1u << MATTER_MEDICAL | 1u << MATTER_SUBSIDY;
    g->valid_from = e->grade_on;
    return ERR_NONE;
}

static enum err consent_make(struct demo *d, struct papers *p, const struct elder *e, int purpose,
                             struct day on)
{
    struct consent *k = add(d, &p->consents);
    record_clear(consent_fields, k);
    TRY(demo_id(d, &k->id.n));
    k->row.scope = e->row.scope;
    k->elder = e->id;
    k->purpose = purpose;
    k->way = CONSENT_COUNTER;
    k->given_on = on;
    if (needs_another(e)) {
        const struct guardian *last = p->guardians.at;
        k->basis = BASIS_GUARDIAN;
        k->guardian = last[p->guardians.n - 1].id;
    }
    return ERR_NONE;
}

/* Some have run out and nobody has noticed: that is what the alarm is for. */
static enum err agreement_make(struct demo *d, struct papers *p, const struct elder *e,
                               const struct organisation *station)
{
    struct agreement *a = add(d, &p->agreements);
    record_clear(agreement_fields, a);
    TRY(demo_id(d, &a->id.n));
    a->row.scope = e->row.scope;
    a->elder = e->id;
    a->org = station->id;
    a->valid_from = (struct day){ d->today.n - dice_between(&d->dice, 5, SIGN_DAYS) };
    a->valid_to = (struct day){ a->valid_from.n + TERM_DAYS - 1 };
    a->price_sheet = SV("午餐 份 12–18 元\n助洁 小时 40 元\n助浴 次 80 元\n代办 次 免费");
    a->signed_on = a->valid_from;
    a->signer = needs_another(e) ? SIGNER_GUARDIAN : SIGNER_SELF;
    a->consent_way = CONSENT_COUNTER;
    a->signed_by = e->name;
    if (needs_another(e))
        a->signed_by = ((const struct guardian *)p->guardians.at)[p->guardians.n - 1].name;
    a->state = a->valid_to.n < d->today.n ? AGREEMENT_EXPIRED : AGREEMENT_ACTIVE;
    TRY(consent_make(d, p, e, CONSENT_SHARE, a->signed_on));
    return consent_make(d, p, e, CONSENT_PHOTO, a->signed_on);
}

/* When each carer works, and what she has learnt. */
static enum err staff_make(struct demo *d)
{
    static const char *const weeks[] = { "Mo-Sa 07:00-15:00", "We-Su 09:00-12:30,13:30-18:00",
                                         "Mo-Fr 08:00-12:00,13:00-17:00",
                                         "Mo-Fr 08:00-12:00,13:00-17:00" };
    struct shift *shifts = NEW(&d->mem, struct shift, d->carers_n);
    struct training *learnt = NEW(&d->mem, struct training, d->carers_n);
    for (size_t i = 0; i < d->carers_n; i++) {
        const struct carer *a = &d->carers[i];
        struct shift *s = &shifts[i];
        struct training *t = &learnt[i];
        record_clear(shift_fields, s);
        record_clear(training_fields, t);
        TRY(demo_id(d, &s->id.n));
        TRY(demo_id(d, &t->id.n));
        s->row.scope = t->row.scope = a->row.scope;
        s->carer = t->carer = a->id;
        s->week = sv_of(weeks[i % 4]);
        s->valid_from = a->employed_from;
        t->topic = i % 2 ? SV("失智照护基础") : SV("助浴安全操作");
        t->held_by = SV("安澜区养老服务指导中心");
        t->held_on = (struct day){ d->today.n - 30 - (int64_t)i * 11 % 300 };
        t->hours = 16;
        t->result = TRAINING_PASSED;
    }
    TRY(demo_store(d, &shift_entity, shifts, d->carers_n));
    return demo_store(d, &training_entity, learnt, d->carers_n);
}

enum err demo_papers(struct demo *d)
{
    TRY(staff_make(d));
    struct papers p = { { .size = sizeof(struct agreement) }, { .size = sizeof(struct consent) },
                        { .size = sizeof(struct guardian) } };
    for (size_t i = 0; i < d->elders_n; i++) {
        const struct elder *e = &d->elders[i];
        int area = d->town.estates[d->elder_estate[i]].community;
        if (needs_another(e))
            TRY(guardian_make(d, &p, e));
        if (age_on(e->birth, d->today) >= SIGN_AGE && dice_chance(&d->dice, 0.35))
            TRY(agreement_make(d, &p, e, demo_station_for(d, area)));
    }
    TRY(demo_store(d, &guardian_entity, p.guardians.at, p.guardians.n));
    TRY(demo_store(d, &agreement_entity, p.agreements.at, p.agreements.n));
    return demo_store(d, &consent_entity, p.consents.at, p.consents.n);
}
