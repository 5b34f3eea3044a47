/*
 * resided.c - since when those who are not registered live here, and what that gives them.
 *
 * Most have lived here for years, one in twelve for less than a year. The first three with the
 * minimum income came seven months ago: they have the meal subsidy five months from now. That the
 * district asks a year of residents and gives floating people none is made up, 待核.
 */

#include "app/demo/demo.h"
#include "care/fact/fact.h"
#include "care/parameter/parameter.h"

enum { NEW_ONES = 3, MONTHS_7 = 212, YEAR = 365, YEARS = 15 };

static struct day came(struct dice *dice, const struct demo *d, const struct elder *e, int *news)
{
    bool poor = e->flags.bits >> FLAG_MINIMUM_INCOME & 1;
    int64_t days = dice_chance(dice, 1.0 / 12) ? dice_between(dice, 20, YEAR - 20)
                                               : dice_between(dice, YEAR + 20, YEARS * YEAR);
    if (poor && e->residence == RESIDENCE_RESIDENT && *news < NEW_ONES) {
        days = MONTHS_7;
        ++*news;
    }
    return (struct day){ d->today.n - days };
}

MUST static enum err facts(struct demo *d)
{
    struct dice dice = { 20260315 };       /* its own: the city's others fall as they did */
    struct elder_fact *made = NEW(&d->mem, struct elder_fact, d->elders_n);
    size_t n = 0;
    int news = 0;
    for (size_t i = 0; i < d->elders_n; i++) {
        const struct elder *e = &d->elders[i];
        if (e->residence == RESIDENCE_REGISTERED)
            continue;
        struct elder_fact *f = &made[n++];
        record_clear(elder_fact_fields, f);
        TRY(demo_id(d, &f->id.n));
        f->row.scope = e->row.scope;
        f->elder = e->id;
        f->kind = FACT_RESIDENCE;
        f->value = sv_of(residence_kinds[e->residence].key);
        f->valid_from = came(&dice, d, e, &news);
        f->known_on = f->valid_from;
        f->recorded_at = d->now;
        f->source = e->residence == RESIDENCE_RESIDENT ? SV("居住证（演示）") : SV("流动人口登记（演示）");
    }
    return demo_store(d, &elder_fact_entity, made, n);
}

static enum err rules(struct ctx *c, void *arg)
{
    const struct demo *d = arg;
    static const struct { const char *name, *value; } rows[] = {
        { "subsidy.meal_residences", "registered,resident" },
        { "subsidy.meal_residence_months", "12" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct parameter p;
        record_clear(parameter_fields, &p);
        p.name = sv_of(rows[i].name);
        p.value = sv_of(rows[i].value);
        p.division = d->district.id;
        p.valid_from = demo_rules_from(d);
        p.source = SV("演示文件：助餐补贴的居住条件（虚构），待核");
        p.document_no = SV("演示〔2026〕3号");
        p.article = SV("第二条");
        TRY(entity_create(c, &parameter_entity, &p));
    }
    return ERR_NONE;
}

enum err demo_resided(struct demo *d)
{
    TRY(facts(d));
    return transaction(d->c, rules, d);
}
