/* borders.h - GET /api/map/divisions: boundaries to draw on a map. */
#ifndef CARE_DIVISION_BORDERS_H
#define CARE_DIVISION_BORDERS_H

#include "care/division/division.h"
#include "http/http.h"

struct borders_asked { struct sv bbox; int level; };       /* ?bbox=west,south,east,north&level= */

extern const struct field borders_asked_fields[];
extern const struct endpoint division_endpoints[];

/* Half the widest division of each level that we know of, in units of 1e-7 degree. */
extern const int32_t division_reach_e7[DIVISION_LEVELS];

#endif
