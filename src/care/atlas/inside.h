/* inside.h - between the files of this folder: what an atlas is made of. */
#ifndef CARE_ATLAS_INSIDE_H
#define CARE_ATLAS_INSIDE_H

#include "base/hash.h"
#include "care/atlas/lens.h"
#include "roads/near.h"

#include <pthread.h>

/* Homes of one point, scope and level; n elders, maybe none any more. */
struct spot {
    int64_t       scope;
    struct point  at;
    struct anchor walk, wheel;
    uint32_t      area, n;               /* index of the scope */
    uint8_t       level;
};

/* A place. One that moves or changes its kind ends and stands again with another index. */
struct site {
    struct atlas_site is;
    struct anchor     walk, wheel, ride[VEHICLES];
    uint32_t          area;
    bool              open, seen;
};

/* An elder who came to a spot (1) or left it (-1). */
struct home_move { uint32_t spot; int by; };
enum { HOME_MOVES_MAX = 64 };

struct atlas {
    pthread_mutex_t lock;
    struct slot    *roads_slot;
    struct roads   *roads;               /* held */
    struct net     *net[PROFILE_COUNT];
    struct goals    goals[PROFILE_COUNT];
    struct lens     lens[ATLAS_LENSES_MAX];
    uint64_t        asked, stirred;      /* questions; changes of homes and places */

    struct arena    homes_mem;
    struct spot    *spot;
    struct point   *spot_at;             /* of each spot again, for passes over all of them */
    size_t          spot_at_room;
    size_t          spots, spots_room, joined;   /* up to `joined` they have met the streets */
    struct hash_table spot_of, home;     /* what it is made of, elder: index + 1 */
    struct anchor  *ride[VEHICLES];      /* of each spot where a vehicle was asked for: lens_for */
    size_t          rides[VEHICLES], rides_room[VEHICLES];
    bool            homes_there;
    struct home_move moved[HOME_MOVES_MAX];      /* the last ones, number n at n % HOME_MOVES_MAX */
    uint64_t        moves;               /* how many there were in all */

    struct arena    sites_mem;           /* of sites, areas and their names */
    struct site    *site;
    size_t          sites, sites_room;
    struct hash_table site_of, area_of;  /* place, scope: index + 1 */
    int64_t        *area;                /* scopes */
    size_t          areas, areas_room;

    int64_t         seq;                 /* events up to here are in it */
    struct day      today;               /* for which places are open */
};

/* The key of an elder, a place or a scope in its table. */
static inline uint64_t id_key(int64_t id)
{
    return hash_step(HASH_START, (uint64_t)id);
}

uint32_t area_index(struct atlas *a, int64_t scope);              /* made when it is new */

/* A block with room for n of a size, what is new of it zeroed. */
void *widened(void *at, size_t size, size_t n, size_t *room);

/* --- homes.c --- */
MUST enum err homes_load(struct ctx *c, struct atlas *a);
MUST enum err home_reload(struct ctx *c, struct atlas *a, int64_t elder);
void home_put(struct atlas *a, int64_t elder, int64_t scope, struct point at, int level);
void home_drop(struct atlas *a, int64_t elder);
void homes_forget(struct atlas *a);
void homes_join(struct atlas *a);        /* the spots that came since, to the streets */
void homes_join_rides(struct atlas *a, enum profile profile);    /* ... where it stops */

/* --- sites.c: each opens and closes in the lenses too --- */
MUST enum err sites_load(struct ctx *c, struct atlas *a);
void site_put(struct atlas *a, const struct atlas_site *is);
void site_drop(struct atlas *a, size_t site);
void sites_forget(struct atlas *a);
struct site *site_find(const struct atlas *a, int64_t place);

/* On wheels only once lens_for() was asked for them. */
static inline const struct anchor *spot_anchor(const struct atlas *a, const struct spot *s,
                                               enum profile p)
{
    return p >= PROFILE_FEET       ? &a->ride[profiles[p].vehicle][s - a->spot]
         : p == PROFILE_WHEELCHAIR ? &s->wheel : &s->walk;
}
static inline const struct anchor *site_anchor(const struct site *s, enum profile p)
{
    return p >= PROFILE_FEET       ? &s->ride[profiles[p].vehicle]
         : p == PROFILE_WHEELCHAIR ? &s->wheel : &s->walk;
}

#endif
