/*
 * past.h - what coverage was on days gone by: of each community and kind of place how many homes
 * were known and how many had one within the walk that the parameters of that day said.
 *
 * Noted once a day, by the first measuring of the day, and only where it differs from what was
 * noted last: so "as it was on a day" is the last row on or before it. Nothing is taken away.
 */
#ifndef CARE_COVERAGE_PAST_H
#define CARE_COVERAGE_PAST_H

#include "care/place/place.h"

struct coverage_past_id { int64_t n; };

struct coverage_past {
    struct coverage_past_id id;
    struct row row;                        /* scope: the community's */
    int        kind;                       /* enum place_kind */
    struct day day;
    int64_t    known, near;                /* elders; `near` of the known */
};

extern const struct field  coverage_past_fields[];
extern const struct entity coverage_past_entity;

/* Notes what stands now as of today, if today has not been noted. Opens its own transactions. */
MUST enum err coverage_past_note(struct ctx *c);

/* The rows of a kind that held on a day within a range of scopes, in order of scope; in c->mem. */
struct coverage_then { int64_t scope; struct day day; int64_t known, near; };
struct coverage_thens { struct coverage_then *at; size_t n; };
MUST enum err coverage_on(struct ctx *c, int kind, struct day day, struct scope_range in,
                          struct coverage_thens *ret_thens);

#endif
