/* scenarios.c - two plans for the community where the fewest can walk to a meal point. */

#include "app/demo/demo.h"
#include "care/scenario/scenario.h"

/* The community of the lowest share; NULL where nobody lives. */
static const struct division *worst_of(const struct demo *d, const struct atlas_sums *sums)
{
    const struct division *worst = NULL;
    double least = 2;
    for (size_t i = 0; i < sums->n; i++) {
        const struct atlas_sum *s = &sums->at[i];
        double share = s->known ? (double)s->walk / (double)s->known : 2;
        for (size_t k = 0; share < least && k < d->town.areas_n; k++)
            if (d->area[k].row.scope == s->scope) {
                worst = &d->area[k];
                least = share;
            }
    }
    return worst;
}

static int64_t any_place(const struct atlas *a, const struct demo *d, int kind)
{
    struct atlas_site site;
    for (size_t i = 0; i < d->places_n; i++)
        if (d->places[i].kind == kind && atlas_site_of(a, d->places[i].id.n, &site))
            return site.id;
    return 0;
}

MUST static enum err keep(struct ctx *c, const struct demo *d, struct sv name, struct sv changes,
                          struct sv note)
{
    struct scenario s;
    record_clear(scenario_fields, &s);
    s.name = name;
    s.division = d->district.id;
    s.kind = PLACE_MEAL_POINT;
    s.minutes = 15;
    s.metres = 1500;
    s.measure = 1;                                       /* e2sfca */
    s.changes.json = changes;
    s.note = note;
    return entity_create_by_rule(c, &scenario_entity, &s);
}

static enum err plan(struct ctx *c, void *arg)
{
    const struct demo *d = arg;
    struct atlas *a;
    const struct atlas_rule rule = { PLACE_MEAL_POINT, PROFILE_ELDER, 15, 1500 };
    TRY(atlas_enter(c, &a));
    struct atlas_sums sums = atlas_count(&c->mem, a, &rule);
    int64_t place = any_place(a, d, PLACE_MEAL_POINT);
    atlas_leave(c, a);
    const struct division *worst = worst_of(d, &sums);
    if (!worst || !place)
        return ERR_NONE;
    double lat = (double)worst->lat.e7 / 1e7, lon = (double)worst->lon.e7 / 1e7;
    TRY(keep(c, d, sv_fmt(&c->mem, "%.*s增设助餐点", SV_ARG(worst->name)),
             sv_fmt(&c->mem, "[{\"act\":\"open\",\"lat\":%.7f,\"lon\":%.7f,\"supply\":60,"
                             "\"name\":\"%.*s助餐点\"}]", lat, lon, SV_ARG(worst->name)),
             SV("走得到助餐点的老人最少的社区，先设一处，六十座")));
    return keep(c, d, sv_fmt(&c->mem, "迁一处到%.*s", SV_ARG(worst->name)),
                sv_fmt(&c->mem, "[{\"act\":\"move\",\"place\":\"%lld\",\"lat\":%.7f,\"lon\":%.7f}]",
                       (long long)place, lat, lon),
                SV("不添新的，把现有一处迁过去，看别处少了多少"));
}

enum err demo_scenarios(struct demo *d)
{
    return transaction(d->c, plan, d);
}
