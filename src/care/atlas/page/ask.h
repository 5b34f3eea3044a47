/* ask.h - the rule and the area that a planner names, and rows of divisions as answers. */
#ifndef CARE_ATLAS_PAGE_ASK_H
#define CARE_ATLAS_PAGE_ASK_H

#include "care/atlas/atlas.h"
#include "care/figure/figure.h"
#include "care/near/directory.h"
#include "care/near/walk.h"
#include "http/describe/gives.h"
#include "http/http.h"

enum atlas_level { ATLAS_COMMUNITIES, ATLAS_STREETS, ATLAS_DISTRICTS };
extern const struct choice atlas_levels[];

/* ?kind=station&profile=elder&minutes=15&metres=1500&division=…&level=street */
struct atlas_asked {
    int                kind, profile, level;
    struct opt_int     minutes, metres;      /* else as the area's parameters say */
    struct division_id division;             /* 0: all that the caller answers for */
};
extern const struct field atlas_asked_fields[];

/* ?kind=station&day=2026-10-01&level=street&division=… */
struct atlas_past_asked { int kind, level; struct day day; struct division_id division; };

/* …&left=between&after=990101001001.12345&size=50: by name, in outside.c */
struct atlas_homes_asked {
    int                kind, profile, left;
    struct opt_int     minutes, metres;
    struct division_id division;
    struct sv          after;
    int64_t            size;
};

/* `ruled`: it is what the area's parameters say, so the lists of homes show the same. */
struct atlas_question { struct atlas_rule rule; struct figure_area area; int level; bool ruled; };
MUST enum err atlas_question_of(struct ctx *c, const struct atlas_asked *q,
                                struct atlas_question *ret_question);

/* One division of the level and its sum; `division` NULL where no division has that code. */
struct atlas_row {
    int64_t scope;
    const struct listed_division *division;
    struct sv path;                      /* of the divisions around it */
    struct atlas_sum sum, then;          /* then: with the changes, when there are any */
};
struct atlas_rows { struct atlas_row *at; size_t n; struct atlas_row total; };

/* Those within the area, worst first; `then` may be NULL, else in the order of `now`. */
struct atlas_rows atlas_rows_of(struct ctx *c, const struct directory *d,
                                const struct atlas_question *q, const struct atlas_sums *now,
                                const struct atlas_sums *then);

/* Tenths of a per cent, rounded down as figures are: 99.96 % is not all; 0 of none. */
int64_t atlas_permille(int64_t part, int64_t whole);

/* The members that name the rule, and those that name a row's division. */
void atlas_rule_json(struct ctx *c, struct json *j, const struct atlas_rule *rule);
void atlas_division_json(struct json *j, const struct atlas_row *row);

endpoint_fn atlas_get, atlas_tile_get, atlas_past_get, atlas_homes_get;
extern const struct field atlas_gives[], atlas_past_fields[], atlas_past_gives[],
    atlas_homes_fields[], atlas_homes_gives[];

#endif
