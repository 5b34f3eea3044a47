/*
 * city.h - `yike plan sites --homes`: where to build in a city, by walking time on its streets.
 *
 * Homes and candidates are tables as docs/ROADS.md has them; a candidate serves a home within the
 * minutes asked for, if it is of the kind. docs/PLAN.md tells what is asked and answered.
 */
#ifndef APP_PLAN_CITY_H
#define APP_PLAN_CITY_H

#include "app/planner/planner.h"
#include "plan/site/site.h"
#include "roads/batch/relation.h"

/* What was asked for; texts are NULL when they were not given. */
struct city_ask {
    struct planner planner;          /* .homes, .places (existing ones), .out and the pace */
    const char *roads, *candidates, *divisions, *overlap, *level;
    int64_t     budget;              /* in hundredths; -1: not given */
    bool        all, time;           /* as few as cover all; least walking time */
    double      equity, seconds;
    int64_t     seed;
};

/* Prints the answer and gives the exit code. */
int plan_city(struct city_ask *q);

/* --- between city.c and city_out.c --- */

/* Ways of one table of sites: rows are sites, `to` homes. */
struct city_sites { struct points table; struct relation near; };

struct city {
    struct city_ask  *ask;
    struct ctx       *c;
    struct points     homes;
    struct city_sites candidates, places;
    uint32_t          kinds, limit_ms;
    struct sv        *kind;                  /* those of the candidates */
    uint8_t          *place_kind;            /* of each place; kinds: none that is planned */
    uint32_t         *before, *after;        /* kind * homes + home: ms to the nearest one */
    uint32_t          level, areas;          /* POINTS_LEVELS: the homes name no divisions */
    uint64_t         *area_elders;
    struct siting     siting;
    struct site_answer answer;
    double            unit;                  /* what a cost of 1 is: 0.01 or 1 */
    double            whole;                 /* covering: what all that can be gained comes to */
};

/* How many elders of an area have the kind within the limit (times: before or after). */
void city_covered(const struct city *q, const uint32_t *times, uint32_t kind, uint64_t *ret_area,
                  uint64_t *ret_all);

enum points_state city_state(const struct points *t, uint32_t row);

/* What is told: sums on standard output, and the files that were asked for. False: not written. */
bool city_tell(const struct city *q);

#endif
