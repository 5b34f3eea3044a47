/* areas.h - which division a row of an import belongs to. Only for this folder. */
#ifndef APP_IMPORT_AREAS_H
#define APP_IMPORT_AREAS_H

#include "app/import/table.h"
#include "geo/shape.h"

struct area {
    int64_t id, scope;
    struct shape shape;
};

struct areas {
    struct area *at; /* innermost first */
    size_t n;
    int64_t usual, usual_scope; /* of rows in no boundary; 0: there is none */
    bool make_city;             /* it is the top division im->city, still to be made */
    int64_t lat_sum, lon_sum, points;
};

/* Boundaries, and the division that im->division or im->city name; in c->mem. */
MUST enum err areas_load(struct import *im, struct areas *ret_areas);

/*
 * The division of a row: the one that its cell names (code or name), else by the point, else the
 * usual one. Notes a fault on "division" and gives 0 when there is none.
 */
struct area area_of(struct import_table *t, struct areas *k, struct sv named, struct point at);

/* Makes the top division of im->city where it is needed and missing; inside the transaction. */
MUST enum err areas_city(struct import *im, struct areas *k);

#endif
