/*
 * lens.h - between the files of this folder: one kind of place at one pace, and what was counted
 * through it.
 */
#ifndef CARE_ATLAS_LENS_H
#define CARE_ATLAS_LENS_H

#include "care/atlas/atlas.h"
#include "roads/batch/near_all.h"

/* A place came (1) or went (-1) since the radius was last counted. */
struct round_move { struct point at; int by; };
enum { ROUND_MOVES_MAX = 16 };

/* How many places of the kind lie within the radius of each spot, as the crow flies. */
struct round {
    uint32_t *places;
    size_t    spots, room;               /* counted; more may have come */
    uint32_t  metres;                    /* 0: not counted yet */
    struct round_move move[ROUND_MOVES_MAX];
    size_t    moves;                     /* more than ROUND_MOVES_MAX: all is counted anew */
};

/* What was counted last, kept while nothing stirs: of each area. */
struct counted {
    uint64_t          stirred;           /* of the atlas then; 0: nothing */
    uint32_t          minutes, metres;
    struct atlas_sum *sum;
    size_t            areas;
};

/*
 * The access of each area's elders, added up, by the measure that was asked last; and of what: as
 * many moves of homes, and of each site what it held.
 */
struct shared_out {
    bool     there;
    uint32_t minutes;
    int      measure;
    uint64_t moves;
    double  *area, *held;
    size_t   areas_room, sites_room, mended;
};

/* One kind at one pace: the nearest of each spot. */
struct lens {
    enum profile     profile;
    int              kind;
    uint64_t         used;               /* the count of questions when last asked; 0: empty */
    struct near_all *all;
    uint32_t        *number;             /* of each site: in `all`, + 1 */
    uint32_t        *ms;                 /* of each spot; NOT_REACHED */
    size_t           sites_room, spots_room, spots;      /* spots whose ms are there */
    size_t           tried;              /* changes that were tried on it */
    struct round      round;
    struct counted    counted;
    struct shared_out access;
};

/*
 * The spots in the order of the streets, for one pace (roads/batch/relation.h): most of them, and
 * those that came since, until they are so many that all are put in order again.
 */
struct relation_goals;
struct goals { struct relation_goals *at[2]; size_t first[2], spots; };

/* --- lens.c --- */
struct lens *lens_for(struct atlas *a, const struct atlas_rule *rule);   /* up to date */
/* One that is there, or `guest` (empty), which the caller ends: it takes nobody's place. */
struct lens *lens_once(struct atlas *a, const struct atlas_rule *rule, struct lens *guest);
void lens_open(struct atlas *a, struct lens *l, uint32_t site);
void lens_close(struct lens *l, uint32_t site);
/* The spots whose nearest may have changed are asked again, into ms: the lens's own or a copy. */
void lens_settle(struct atlas *a, struct lens *l, uint32_t *ms);
void lens_end(struct lens *l);
void lenses_forget(struct atlas *a);
void nets_forget(struct atlas *a);
const struct net *net_for(struct atlas *a, enum profile profile);
/* The lens's places of its kind within a radius of each spot, up to date. */
const uint32_t *lens_round(struct atlas *a, struct lens *l, uint32_t metres);
/* A place more or less, in counts of n spots. */
void round_move(const struct atlas *a, uint32_t *places, size_t n, const struct round_move *m,
                uint32_t metres);
void round_note(struct lens *l, struct point at, int by);
void round_end(struct round *r);

/* --- count.c --- */

/* Points of places in order of latitude, for the radius. */
struct points_near { struct point *at; size_t n; };
struct points_near sites_near(struct arena *mem, const struct atlas *a, int kind);
void points_sort(struct points_near *p);
bool round_has(const struct points_near *p, struct point home, uint32_t metres);

/* One for each area, as they stand in a->area, in the arena; sorted by sums_order(). */
struct atlas_sum *sums_of(struct arena *mem, struct atlas *a, struct lens *l,
                          const struct atlas_rule *rule);
struct atlas_sums sums_order(const struct atlas *a, struct atlas_sum *sums);
void counted_end(struct counted *c);

/* --- access.c --- */

/* Places that stand now, then those that came; and what each holds before and after. */
struct sharing {
    const struct atlas_try *ask;
    struct anchor *from;
    double        *before, *after;
    uint32_t       n;
};
/* Says of each area what its elders can count on, before and after. */
void access_add(struct atlas *a, struct lens *l, const struct sharing *s, struct atlas_sum *before,
                struct atlas_sum *after);
void access_end(struct shared_out *s);
void goals_forget(struct atlas *a);

#endif
