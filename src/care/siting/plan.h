/*
 * plan.h - which candidates to build, and what each of them gives: the problem of plan/site over
 * the homes of the atlas, and its answer put in the order of what it gives.
 *
 * An elder counts 1, or with equity 1 + W × the share of her community that is not served yet. A
 * place of the kind that stands stays, unless it may be closed: keeping it then takes of the budget
 * what closing would set free (by number: one site), so it is closed only to pay for another.
 * What nobody gains by is not proposed, and nothing is closed for nothing.
 */
#ifndef CARE_SITING_PLAN_H
#define CARE_SITING_PLAN_H

#include "care/atlas/atlas.h"
#include "plan/site/site.h"

enum siting_mark { MARK_NONE, MARK_FORCED, MARK_FORBIDDEN };

struct plan_ask {
    const struct atlas_demand *demand;
    const struct atlas_served *served;   /* its points are the candidates */
    const uint8_t *mark;                 /* of each candidate: enum siting_mark */
    const int64_t *cost;                 /* of each, fen */
    const bool    *closable;             /* of each served.site */
    bool           by_number;
    int64_t        budget;               /* sites, or fen */
    int64_t        close_saves;          /* fen that closing a place sets free */
    double         equity;
    struct site_limits limits;
};

/* One change, as it comes after those before it. */
struct plan_step {
    uint32_t which;                      /* candidate, or when it closes index of served.site */
    bool     closes;
    int64_t  gain;                       /* elders newly served; of a closing below 0 or 0 */
    int64_t  near;                       /* elders it has within the rule at all */
    int64_t  scope;                      /* the community that gains (loses) most; 0: nobody */
    int64_t  elders;                     /* … how many of it */
    uint32_t ms;                         /* … their middle way to the nearest now; NOT_REACHED */
    int64_t  communities;                /* that gain (lose) in all */
};

enum plan_end { PLAN_DONE, PLAN_FORCED, PLAN_LARGE };   /* forced cost more; does not fit */

struct site_plan {
    enum plan_end     end;
    struct plan_step *step;              /* closings first, then what gives most */
    uint32_t          steps;
    int64_t           before, after;     /* elders served */
    double            gained, most;      /* in elders, or weights with equity: proved bound */
    bool              proved;
    double            cpu_s;             /* of the search */
};

struct site_plan siting_plan(struct arena *mem, const struct plan_ask *q);

/* Of the places that stand: whom closing each alone would leave without. */
struct overlap {
    uint32_t site;                       /* of served.site */
    int64_t  near, only;                 /* elders; those who have no other of the kind */
    uint32_t with;                       /* who shares most of them; site itself: nobody */
    int64_t  shared;
    bool     could_merge;                /* only are at most one in OVERLAP_ONE_IN of near */
};
enum { OVERLAP_ONE_IN = 20 };

/* Those that have any home, the least needed first; *ret_n of them. */
struct overlap *siting_overlap(struct arena *mem, const struct atlas_demand *d,
                               const struct atlas_served *s, uint32_t *ret_n);

#endif
