/* homes.c - the living of the register as points, kept as they change. */

#include "care/atlas/inside.h"

#include "model/seal/seal.h"
#include "roads/import/chains.h"

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
    a->spot[a->spots] = (struct spot){ .scope = scope, .at = at, .level = (uint8_t)level,
                        .area = area_index(a, scope),
                        .walk.edge = NO_EDGE, .wheel.edge = NO_EDGE };
    a->spot_at = GROW(&a->homes_mem, a->spot_at, a->spots, &a->spot_at_room);
    a->spot_at[a->spots] = at;
    *known = (uint32_t)++a->spots;
    return *known - 1;
}

static void spot_move(struct atlas *a, uint32_t spot, int by)
{
    a->spot[spot].n += (uint32_t)by;
    a->moved[a->moves++ % HOME_MOVES_MAX] = (struct home_move){ spot, by };
}

void home_drop(struct atlas *a, int64_t elder)
{
    uint32_t *at = hash_put(&a->homes_mem, &a->home, id_key(elder));
    a->stirred++;
    if (*at)
        spot_move(a, *at - 1, -1);
    *at = 0;
}

void home_put(struct atlas *a, int64_t elder, int64_t scope, struct point at, int level)
{
    if (level == ADDRESS_NONE || !point_told(at)) {
        level = ADDRESS_NONE;
        at = (struct point){ 0, 0 };
    }
    home_drop(a, elder);
    uint32_t spot = spot_make(a, scope, at, level);
    spot_move(a, spot, 1);
    *hash_put(&a->homes_mem, &a->home, id_key(elder)) = spot + 1;
}

void homes_forget(struct atlas *a)
{
    arena_free(&a->homes_mem);
    goals_forget(a);
    a->stirred++;
    a->spot = NULL;
    a->spot_at = NULL;
    a->spots = a->spots_room = a->spot_at_room = a->joined = 0;
    a->spot_of = a->home = (struct hash_table){ 0 };
    for (int v = 0; v < VEHICLES; v++) {
        block_free(a->ride[v]);
        a->ride[v] = NULL;
        a->rides[v] = a->rides_room[v] = 0;
    }
    a->homes_there = false;
}

/* --- to the streets: all that came, in the order of the ground --- */

enum { RUN = 1024 };

/* Spots from `first` on whose home is known, neighbours together: numbers in the low half. */
static uint64_t *along_the_ground(struct arena *mem, const struct atlas *a, size_t first,
                                  size_t *ret_n)
{
    uint64_t *key = NEW(mem, uint64_t, a->spots - first + 1);
    size_t n = 0;
    for (size_t i = first; i < a->spots; i++)
        if (a->spot[i].level != ADDRESS_NONE)
            key[n++] = (uint64_t)point_hilbert(&a->roads->box, a->spot_at[i]) << 32 | i;
    sort_keys(key, NEW(mem, uint64_t, n + 1), n);
    *ret_n = n;
    return key;
}

void homes_join(struct atlas *a)
{
    AUTO(arena_free) struct arena mem = { 0 };
    struct point at[RUN];
    size_t n, now;
    if (a->joined == a->spots)
        return;
    struct anchor *walk = NEW(&mem, struct anchor, RUN), *wheel = NEW(&mem, struct anchor, RUN);
    const uint64_t *key = along_the_ground(&mem, a, a->joined, &n);
    for (size_t done = 0; done < n; done += now) {
        now = n - done < RUN ? n - done : RUN;
        for (size_t i = 0; i < now; i++)
            at[i] = a->spot_at[(uint32_t)key[done + i]];
        near_join_run(a->roads, at, (uint32_t)now, ACCESS_M_DEFAULT, walk, wheel);
        for (size_t i = 0; i < now; i++) {
            a->spot[(uint32_t)key[done + i]].walk = walk[i];
            a->spot[(uint32_t)key[done + i]].wheel = wheel[i];
        }
    }
    a->joined = a->spots;
}

/* Where e-bikes and cars stop is worked out for who asks for them. */
void homes_join_rides(struct atlas *a, enum profile profile)
{
    AUTO(arena_free) struct arena mem = { 0 };
    enum vehicle v = profiles[profile].vehicle;
    struct point at[RUN];
    size_t n, now;
    if (v == ON_FOOT || (a->ride[v] && a->rides[v] == a->spots))
        return;
    struct anchor *ride = NEW(&mem, struct anchor, RUN);
    a->ride[v] = widened(a->ride[v], sizeof *a->ride[v], a->spots + 1, &a->rides_room[v]);
    for (size_t i = a->rides[v]; i < a->spots; i++)
        a->ride[v][i].edge = NO_EDGE;
    const uint64_t *key = along_the_ground(&mem, a, a->rides[v], &n);
    for (size_t done = 0; done < n; done += now) {
        now = n - done < RUN ? n - done : RUN;
        for (size_t i = 0; i < now; i++)
            at[i] = a->spot_at[(uint32_t)key[done + i]];
        roads_snap_run(a->roads, profile, at, (uint32_t)now, ACCESS_M_DEFAULT, ride);
        for (size_t i = 0; i < now; i++)
            a->ride[v][(uint32_t)key[done + i]] = ride[i];
    }
    a->rides[v] = a->spots;
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
