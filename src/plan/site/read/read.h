/*
 * read.h - the files in which siting problems are published: OR-Library's, and covering.
 *
 * What is wrong fails ERR_INVALID and stands in the log line with file, line and field. `name` is
 * the file's, for faults; all in c->mem.
 */
#ifndef PLAN_SITE_READ_H
#define PLAN_SITE_READ_H

#include "plan/site/plant/plant.h"
#include "plan/site/site.h"

enum { PMED_NODES_MAX = 4000, PMED_EDGES_MAX = 4000000 };
#define MCLP_PAIRS_MAX INT64_C(4000000000)

/*
 * `n edges p`, then `i j cost` each: nodes from 1, both ways; the later of two edges between the
 * same nodes wins. Costs of serving are the shortest ways. p > 0 is taken instead of the file's.
 */
MUST enum err pmed_read(struct ctx *c, const char *name, struct sv text, int64_t p,
                        struct siting *ret_siting);

/*
 * `N M R`, then N of `x y weight` and M of `x y`: a site covers what is at most R away. p sites may
 * be open; what is not covered costs its weight. p = 0: as few sites as cover all that can be,
 * and *ret_lost is how many clients no site covers.
 */
MUST enum err mclp_read(struct ctx *c, const char *name, struct sv text, int64_t p,
                        struct siting *ret_siting, uint32_t *ret_lost);

/*
 * `m n`, then m of `capacity fixed`, then n of `demand` with m costs of serving all of it. The
 * word `capacity` in place of a number is taken as `capacity` (0: it is refused).
 */
MUST enum err cap_read(struct ctx *c, const char *name, struct sv text, double capacity,
                       struct plant *ret_plant);

#endif
