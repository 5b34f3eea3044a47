/*
 * coverage.h - whose home has what within a quarter of an hour on foot (一刻钟覆盖).
 *
 * A job looks from every home along the streets in service, at the pace and for the minutes that
 * its community's policy parameters say, for published places that are not closed today, and
 * notes of each elder which kinds lie within and which do not (elder.reach, near_kinds,
 * far_kinds). The figures count these rows, so the lists behind them show the very same homes.
 *
 * It is the search that answers "what is near" (roads/near.h), so a figure never says another
 * thing than that page. Homes with the same point are looked at once, and a search ends as soon as
 * it has met every kind that there is.
 *
 * Unknown stay homes without a point. A home that no street comes near has nothing within.
 */
#ifndef CARE_COVERAGE_H
#define CARE_COVERAGE_H

#include "care/elder/elder.h"
#include "care/place/place.h"
#include "http/http.h"
#include "store/job.h"

enum { COVERAGE_MINUTES_MAX = 60 };

/* How many homes were looked at, how many of them stand otherwise than before. */
struct coverage_done { int64_t homes, changed; };

/*
 * Looks at all homes. Opens its own transactions; `j` (may be NULL) hears of progress. Needs the
 * streets in house->roads: without them nothing is known and nothing is changed.
 */
MUST enum err coverage_measure(struct ctx *c, const struct job *j, struct coverage_done *ret_done);

/*
 * The same if there is a reason: the first time, on a new day, or when places, homes, streets or
 * parameters have changed since. *ret_ran false when there was none.
 */
MUST enum err coverage_when_due(struct ctx *c, const struct job *j, bool *ret_ran,
                                struct coverage_done *ret_done);

/* GET /api/coverage?division=…, in open.c. */
/* ?division=…&kind=station&minutes=20&profile=wheelchair: the last two need a kind. */
struct coverage_asked {
    struct division_id division;
    struct sv          kind;
    int                profile;
    struct opt_int     minutes;
};
extern const struct field coverage_asked_fields[], coverage_gives[];
endpoint_fn coverage_get;

extern const struct module coverage_module;

#endif
