/*
 * kept.h - the counts behind GET /api/coverage, kept so that asking costs the house nothing.
 *
 * One set a process, in house->coverage: by the rule that each community has set as the job noted
 * it last, until it notes again; by a rule of the caller's as the planning map counts it, for half
 * an hour. One question at a time counts anew. Others get what was kept meanwhile, and where there
 * is nothing yet they are sent away, so that questions from outside hold one reader at most.
 * Memory: 136 bytes a community, once and for each kind and pace that was asked.
 */
#ifndef CARE_COVERAGE_KEPT_H
#define CARE_COVERAGE_KEPT_H

#include "care/atlas/atlas.h"
#include "care/place/place.h"

/* Of a community: elders whose home is known, and by column who has a kind or comes in a step. */
struct kept_row { int64_t scope, homes, near[PLACE_KINDS]; };

/* In order of scope. */
struct kept_table {
    bool             there;
    struct moment    at;                 /* counted; ms 0: the job has not been yet */
    int64_t          event;              /* of the job's last look, by the communities' own rule */
    struct kept_row *row;
    size_t           n;
};

struct coverage_kept *coverage_kept_new(struct arena *mem);
void coverage_kept_end(struct coverage_kept *k);         /* accepts NULL */

/* By a kind and a pace each column is a step of the map's; without `rule` a kind of place. */
struct kept_ask { bool by_rule; int kind; enum profile profile; };

/*
 * The counts for a question, which stand until kept_leave(); between the two the caller only adds
 * up. ERR_BUSY "coverage.counting" while another question counts and nothing is kept; what
 * atlas_enter() says.
 */
MUST enum err kept_enter(struct ctx *c, const struct kept_ask *ask,
                         const struct kept_table **ret_table);
void kept_leave(struct ctx *c);

#endif
