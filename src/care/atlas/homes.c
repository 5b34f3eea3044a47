/* homes.c - the living of the register as points, kept as they change. */

#include "care/atlas/inside.h"

#include "model/seal/seal.h"

SQL(atlas_homes);
SQL(atlas_home);

enum { PAGE = 2000 };

/* --- points of homes --- */

static uint64_t spot_key(int64_t scope, struct point at, int level)
{
    uint64_t h = hash_step(HASH_START, (uint64_t)scope);
    h = hash_step(h, (uint64_t)(uint32_t)at.lat_e7 << 32 | (uint32_t)at.lon_e7);
    return hash_step(h, (uint64_t)level);
}

static uint32_t spot_make(struct atlas *a, int64_t scope, struct point at, int level)
{
    uint32_t *known = hash_put(&a->homes_mem, &a->spot_of, spot_key(scope, at, level));
    if (*known)
        return *known - 1;
    a->spot = GROW(&a->homes_mem, a->spot, a->spots, &a->spots_room);
    struct spot *s = &a->spot[a->spots];
    *s = (struct spot){ .scope = scope, .at = at, .level = (uint8_t)level,
                        .area = area_index(a, scope),
                        .walk.edge = NO_EDGE, .wheel.edge = NO_EDGE };
    if (level != ADDRESS_NONE)
        near_join(a->roads, at, ACCESS_M_DEFAULT, &s->walk, &s->wheel);
    *known = (uint32_t)++a->spots;
    return *known - 1;
}

void home_drop(struct atlas *a, int64_t elder)
{
    uint32_t *at = hash_put(&a->homes_mem, &a->home, id_key(elder));
    if (*at)
        a->spot[*at - 1].n--;
    *at = 0;
}

void home_put(struct atlas *a, int64_t elder, int64_t scope, struct point at, int level)
{
    if (level == ADDRESS_NONE || (at.lat_e7 == 0 && at.lon_e7 == 0)) {
        level = ADDRESS_NONE;
        at = (struct point){ 0, 0 };
    }
    home_drop(a, elder);
    uint32_t spot = spot_make(a, scope, at, level);
    a->spot[spot].n++;
    *hash_put(&a->homes_mem, &a->home, id_key(elder)) = spot + 1;
}

void homes_forget(struct atlas *a)
{
    arena_free(&a->homes_mem);
    a->spot = NULL;
    a->spots = a->spots_room = 0;
    a->spot_of = a->home = (struct hash_table){ 0 };
    for (int v = 0; v < VEHICLES; v++) {
        block_free(a->ride[v]);
        a->ride[v] = NULL;
        a->rides[v] = a->rides_room[v] = 0;
    }
    a->homes_there = false;
}

/* --- out of the register --- */

MUST static enum err degrees_open(struct ctx *c, const char *field, int64_t elder,
                                  struct sv sealed, int64_t most, int64_t *ret_e7)
{
    struct sv plain;
    *ret_e7 = 0;
    if (sealed.len == 0)
        return ERR_NONE;
    TRY(seal_open(c, &(struct seal_place){ "elder", field, elder }, sealed, &plain));
    return sv_int(plain, -most, most, ret_e7)
         ? ERR_NONE : fail(c, ERR_BROKEN, "broken", "the home of elder %lld is no point",
                           (long long)elder);
}

MUST static enum err home_take(struct ctx *c, struct atlas *a, struct rows *r)
{
    int64_t id = rows_int(r, 0), scope = rows_int(r, 1), lat, lon;
    int level = ADDRESS_NONE;
    (void)choice_of(address_levels, rows_text(r, 4), &level);
    if (level != ADDRESS_NONE) {
        TRY(degrees_open(c, "home_lat", id, rows_text(r, 2), LAT_E7_MAX, &lat));
        TRY(degrees_open(c, "home_lon", id, rows_text(r, 3), LON_E7_MAX, &lon));
    } else {
        lat = lon = 0;
    }
    home_put(a, id, scope, (struct point){ (int32_t)lat, (int32_t)lon }, level);
    return ERR_NONE;
}

MUST static enum err homes_page(struct ctx *c, struct atlas *a, int64_t *after, size_t *ret_n)
{
    enum err err = ERR_NONE;
    *ret_n = 0;
    struct rows r = db_rows(c, &sql_atlas_homes,
                            PARAMS(P_INT("after", *after), P_INT("size", PAGE)));
    while (err == ERR_NONE && rows_next(&r)) {
        *after = rows_int(&r, 0);
        err = home_take(c, a, &r);
        ++*ret_n;
    }
    enum err end = rows_end(&r);
    return err ? err : end;
}

/* A page's texts go before the next: a city's do not fit into a request. */
enum err homes_load(struct ctx *c, struct atlas *a)
{
    struct ctx page = *c;
    size_t n = PAGE;
    enum err err = ERR_NONE;
    page.mem = (struct arena){ 0 };
    homes_forget(a);
    for (int64_t after = 0; err == ERR_NONE && n == PAGE; arena_reset(&page.mem))
        if ((err = homes_page(&page, a, &after, &n)) != ERR_NONE)
            break;
    c->fault = page.fault;
    arena_join(&c->mem, &page.mem);
    a->homes_there = err == ERR_NONE;
    return err;
}

enum err home_reload(struct ctx *c, struct atlas *a, int64_t elder)
{
    bool found = false;
    enum err err = ERR_NONE;
    struct rows r = db_rows(c, &sql_atlas_home, PARAMS(P_INT("id", elder)));
    while (err == ERR_NONE && rows_next(&r)) {
        err = home_take(c, a, &r);
        found = true;
    }
    enum err end = rows_end(&r);
    if (err == ERR_NONE && end == ERR_NONE && !found)
        home_drop(a, elder);
    return err ? err : end;
}
