/*
 * atlas.h - the homes and places of the whole area in memory, for whom plans what should stand
 * where (养老地图): who lives within a walk, or within a radius, of a kind of place.
 *
 * One a process, in house->atlas. It is made when first asked for and brought up to date by the
 * events since then each time it is entered: a place that opened, moved or closed is counted in its
 * neighbourhood only (roads/batch/near_all.h), so an answer holds what was committed before the
 * question; on PostgreSQL what was committed before the oldest write that is still open, as
 * store/event.h gives no more. What it answers equals one made afresh, and, for the rule that a
 * community has set, what care/coverage notes of each home.
 *
 * Homes are the living in the register; those of one point, community and address level stand
 * together. Those without a point are unknown and told apart. Places are published and not closed
 * today. A home joins a street within ACCESS_M_DEFAULT, a place within PLACE_ACCESS_M.
 *
 * What was counted is kept while nothing stirs. Memory: about 160 bytes a point of homes and 50 an
 * elder; for each pace asked of its net, and 60 a point once a what-if was; for each kind and pace
 * asked 8 bytes a junction and 8 a point of homes, ATLAS_LENSES_MAX of them; 32 a point of homes
 * for each vehicle asked.
 */
#ifndef CARE_ATLAS_H
#define CARE_ATLAS_H

#include "care/address/address.h"
#include "care/place/place.h"
#include "model/house.h"
#include "roads/profile.h"

enum { ATLAS_MINUTES_MAX = 60, ATLAS_METRES_MAX = 5000, ATLAS_LENSES_MAX = 16 };

struct atlas;

/* Empty; ended by atlas_end, which accepts NULL. */
struct atlas *atlas_new(struct arena *mem);
void atlas_end(struct atlas *a);

/*
 * Alone with it, up to date, until atlas_leave(). Questions take milliseconds; the first after the
 * start reads the register. ERR_BUSY "near.no_roads" while no road file is in service.
 */
MUST enum err atlas_enter(struct ctx *c, struct atlas **ret_atlas);
void atlas_leave(struct ctx *c, struct atlas *a);

/* Within minutes at a pace, on foot or on wheels, and beside it within metres. */
struct atlas_rule { int kind; enum profile profile; uint32_t minutes, metres; };

/* What is counted of one scope: elders by how well their homes are known, and who has the kind. */
struct atlas_sum {
    int64_t scope;
    int64_t level[ADDRESS_DOOR + 1];     /* [ADDRESS_NONE]: unknown, in nothing below */
    int64_t known, walk, round, both;    /* of the known: on foot, by radius, by both */
    int64_t loose;                       /* no street near */
    int64_t places;                      /* of the kind that stand in it */
    double  access;                      /* what each home can count on, summed over elders */
};

/* Of each scope that homes or places carry, in order of code; in the arena. */
struct atlas_sums { struct atlas_sum *at; size_t n; };
struct atlas_sums atlas_count(struct arena *mem, struct atlas *a, const struct atlas_rule *rule);

/*
 * Of the elders of each scope whose home is known, who has a kind of place at a pace within the
 * first step, the first two, and so on; in order of code, in the arena. It takes the place of
 * nothing that others have asked for.
 */
enum { ATLAS_STEP_MIN = 5, ATLAS_STEPS = ATLAS_MINUTES_MAX / ATLAS_STEP_MIN };
struct atlas_step { int64_t scope, known, within[ATLAS_STEPS]; };
struct atlas_steps { struct atlas_step *at; size_t n; };
struct atlas_steps atlas_steps_of(struct arena *mem, struct atlas *a, int kind,
                                  enum profile profile);

/* Adds one to another, the scope aside. */
void atlas_sum_add(struct atlas_sum *to, const struct atlas_sum *from);

/* --- what if --- */

enum atlas_act { ATLAS_OPEN, ATLAS_CLOSE, ATLAS_MOVE, ATLAS_ENLARGE };

/* Of a place of the rule's kind; `place` is not looked at to open, `at` only to open and move. */
struct atlas_change { enum atlas_act act; int64_t place; struct point at; double supply; };

struct atlas_try {
    struct atlas_rule          rule;
    int                        measure;      /* enum fca_measure; not FCA_BALANCED */
    const struct atlas_change *change;
    size_t                     n;
};

/* Both in the same order, with `access` by the measure within the rule's minutes. */
struct atlas_tried { struct atlas_sums before, after; double supply_before, supply_after; };

/*
 * Counts as things are and as they were with the changes, and leaves all as it is. ERR_INVALID
 * "atlas.no_place" ({0} its number) where a change names a place that is not there or is of another
 * kind. A place changed twice: the last holds.
 */
MUST enum err atlas_try(struct ctx *c, struct atlas *a, const struct atlas_try *t,
                        struct atlas_tried *ret_tried);

/* A place as it stands in the atlas; false when there is none of that number. */
struct atlas_site { int64_t id, scope; struct point at; int kind; double supply; struct sv name; };
bool atlas_site_of(const struct atlas *a, int64_t place, struct atlas_site *ret_site);

/* --- who could be served from where (care/siting) --- */

/* Elders of one point whose home is known; ms: their way to the nearest place of the kind. */
struct atlas_home { int64_t scope; struct point at; uint32_t elders, ms; bool served; };

/* A question about some scopes: by the rule's minutes, or, by_round, by its metres. */
struct atlas_demand {
    struct atlas_rule rule;
    bool              by_round;
    struct scope_range within[WHO_RANGES_MAX];
    size_t            within_n;
    struct atlas_home *home;             /* filled in by atlas_demand_of() */
    uint32_t          homes;
    const struct spot **spot;            /* for atlas_serve() alone */
};
void atlas_demand_of(struct arena *mem, struct atlas *a, struct atlas_demand *d);

/*
 * Who of the homes has each of n points within the rule, as a what-if would count them, and each
 * place of the kind that has any: row i is home[first[i]] .. home[first[i + 1]], numbers of
 * demand homes; the points first, then site[].
 */
struct atlas_served {
    size_t            *first;
    uint32_t          *home;
    struct atlas_site *site;
    uint32_t           points, sites;
    bool              *loose;            /* of each point: no street near */
};
struct atlas_served atlas_serve(struct arena *mem, struct atlas *a, const struct atlas_demand *d,
                                const struct point *at, uint32_t n);

/* All open places of some scopes, in the arena; those of the demand's own kind too. */
struct atlas_site *atlas_sites_in(struct arena *mem, const struct atlas *a,
                                  const struct atlas_demand *d, size_t *ret_n);

/* The point of a street that one may walk on nearest to `at`, if any lies within max_m. */
bool atlas_street_near(const struct atlas *a, struct point at, double max_m,
                       struct point *ret_at);

extern const struct module atlas_module;

#endif
