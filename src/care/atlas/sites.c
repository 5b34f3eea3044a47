/* sites.c - the places that can be gone to today, compared with what was there before. */

#include "care/atlas/inside.h"

#include "care/near/directory.h"

SQL(atlas_places);

uint32_t area_index(struct atlas *a, int64_t scope)
{
    uint32_t *at = hash_put(&a->sites_mem, &a->area_of, id_key(scope));
    if (!*at) {
        a->area = GROW(&a->sites_mem, a->area, a->areas, &a->areas_room);
        a->area[a->areas++] = scope;
        *at = (uint32_t)a->areas;
    }
    return *at - 1;
}

struct site *site_find(const struct atlas *a, int64_t place)
{
    const uint32_t *at = hash_find(&a->site_of, id_key(place));
    return at && *at ? &a->site[*at - 1] : NULL;
}

bool atlas_site_of(const struct atlas *a, int64_t place, struct atlas_site *ret_site)
{
    const struct site *s = site_find(a, place);
    if (s)
        *ret_site = s->is;
    return s != NULL;
}

static bool same(const struct atlas_site *x, const struct atlas_site *y)
{
    return x->kind == y->kind && x->scope == y->scope && x->at.lat_e7 == y->at.lat_e7 &&
           x->at.lon_e7 == y->at.lon_e7;
}

static void each_lens(struct atlas *a, uint32_t site, bool open)
{
    for (int i = 0; i < ATLAS_LENSES_MAX; i++) {
        struct lens *l = &a->lens[i];
        if (!l->used || l->kind != a->site[site].is.kind)
            continue;
        if (open)
            lens_open(a, l, site);
        else
            lens_close(l, site);
        round_note(l, a->site[site].is.at, open ? 1 : -1);
    }
}

void site_drop(struct atlas *a, size_t site)
{
    struct site *s = &a->site[site];
    s->open = false;
    a->stirred++;
    *hash_put(&a->sites_mem, &a->site_of, id_key(s->is.id)) = 0;
    each_lens(a, (uint32_t)site, false);
}

/* A name that stays is not copied again: a year of changes would fill the memory. */
static void site_mend(struct atlas *a, struct site *s, const struct atlas_site *is)
{
    s->seen = true;
    a->stirred += s->is.supply != is->supply;
    s->is.supply = is->supply;
    if (!sv_eq(s->is.name, is->name))
        s->is.name = sv_copy(&a->sites_mem, is->name);
}

void site_put(struct atlas *a, const struct atlas_site *is)
{
    struct site *old = site_find(a, is->id);
    if (old && same(&old->is, is)) {
        site_mend(a, old, is);
        return;
    }
    if (old)
        site_drop(a, (size_t)(old - a->site));
    a->stirred++;
    a->site = GROW(&a->sites_mem, a->site, a->sites, &a->sites_room);
    struct site *s = &a->site[a->sites];
    *s = (struct site){ .is = *is, .open = true, .seen = true, .area = area_index(a, is->scope) };
    s->is.name = sv_copy(&a->sites_mem, is->name);
    near_join(a->roads, is->at, PLACE_ACCESS_M, &s->walk, &s->wheel);
    for (int p = PROFILE_FEET; p < PROFILE_COUNT; p++)
        roads_snap(a->roads, (enum profile)p, is->at, PLACE_ACCESS_M,
                   &s->ride[profiles[p].vehicle]);
    *hash_put(&a->sites_mem, &a->site_of, id_key(is->id)) = (uint32_t)++a->sites;
    each_lens(a, (uint32_t)a->sites - 1, true);
}

void sites_forget(struct atlas *a)
{
    arena_free(&a->sites_mem);
    a->stirred++;
    a->site = NULL;
    a->area = NULL;
    a->sites = a->sites_room = a->areas = a->areas_room = 0;
    a->site_of = a->area_of = (struct hash_table){ 0 };
    a->today = DAY_NONE;
}

enum err sites_load(struct ctx *c, struct atlas *a)
{
    int kind;
    for (size_t i = 0; i < a->sites; i++)
        a->site[i].seen = false;
    struct rows r = db_rows(c, &sql_atlas_places, PARAMS(P_INT("today", day_of(c->now).n)));
    while (rows_next(&r)) {
        if (!choice_of(place_kinds, rows_text(&r, 4), &kind))
            continue;
        int64_t beds = rows_int(&r, 5), seats = rows_int(&r, 6);
        site_put(a, &(struct atlas_site){
            .id = rows_int(&r, 0), .scope = rows_int(&r, 1), .kind = kind,
            .at = { (int32_t)rows_int(&r, 2), (int32_t)rows_int(&r, 3) },
            .supply = (double)(beds > 0 ? beds : seats), .name = rows_text(&r, 7) });
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < a->sites; i++)
        if (a->site[i].open && !a->site[i].seen)
            site_drop(a, i);
    a->today = day_of(c->now);
    return ERR_NONE;
}
