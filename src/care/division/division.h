/*
 * division.h - administrative divisions (行政区划) and the scope code that every row carries.
 *
 * A scope is an internal code of 12 digits: province 2, city 2, district 2, street 3, community 3.
 * Codes are issued so that children nest in the parent's range: a division of code k and level l
 * holds the codes k .. k + 10^(12 - digits(l)) - 1, and a row belongs to the division whose code
 * it carries. The official codes (GB/T 2260 and the statistical ones) do not nest everywhere
 * (development zones, counties run by a province), so they are dated attributes: when the
 * official code nests in the parent and is free it becomes the internal one too, else the next
 * free number of the parent is issued. An internal code is never issued twice; a merged division
 * ends and names its successor.
 */
#ifndef CARE_DIVISION_H
#define CARE_DIVISION_H

#include "geo/point.h"
#include "model/house.h"

enum division_level {
    DIVISION_PROVINCE, DIVISION_CITY, DIVISION_DISTRICT, DIVISION_STREET, DIVISION_COMMUNITY,
    DIVISION_LEVELS
};
extern const struct choice division_levels[];

struct division_id { int64_t n; };

struct division {
    struct division_id id;
    struct row         row;            /* row.scope is the division's own code */
    struct sv          name;
    int                level;
    struct division_id parent;         /* 0: the top of what this house knows */
    struct sv          official_code;  /* 6, 9 or 12 digits */
    struct day         valid_from, valid_to;
    struct division_id successor;      /* where its people went when it ended */
    int                kind;           /* urban, town, village */
    struct degrees     lat, lon;       /* its middle */
    struct text        boundary;       /* GeoJSON Polygon or MultiPolygon, WGS-84; "" unknown */
};

extern const struct field  division_fields[];
extern const struct entity division_entity;
extern const struct module division_module;

/* --- codes: pure --- */

enum { DIVISION_DIGITS = 12 };
#define DIVISION_CODE_MAX INT64_C(999999999999)

/* The level of a code by its trailing zeros: 990101002000 is a street's. */
enum division_level division_level_of(int64_t code);

/* The codes of a division and all below it. A code of 0 is the whole country. */
struct scope_range division_range(int64_t code);

bool division_holds(int64_t code, int64_t scope);

/* The enclosing code one level up; 0 above a province. */
int64_t division_up(int64_t code);

/* The code itself and those around it, innermost first, ending with 0; returns how many (<= 6). */
enum { DIVISION_CHAIN_MAX = 6 };
size_t division_chain(int64_t code, int64_t ret_codes[DIVISION_CHAIN_MAX]);

/* "9901" or "990101002" padded with zeros to 12 digits; false unless 2, 4, 6, 9 or 12 digits. */
bool division_code_of(struct sv official, int64_t *ret_code);

/* True when the point lies in the GeoJSON polygon (holes left out); false for what is none. */
bool division_boundary_holds(struct ctx *c, struct sv geojson, struct degrees lat,
                             struct degrees lon);

/* NULL when the text is a Polygon or MultiPolygon with closed rings of at least 4 points, else the
 * message key of what is wrong. */
const char *division_boundary_check(struct ctx *c, struct sv geojson);

/* The outer ring of a boundary (of several parts: the first's), in c->mem; *ret_n 0 of none. */
struct point *division_boundary_ring(struct ctx *c, struct sv geojson, size_t *ret_n);

/* --- with the database --- */

/*
 * A code for a new division of `level` under `parent` (0: none; only then a province or the
 * official code itself). ERR_CONFLICT "division.full" when the parent has no number left,
 * ERR_INVALID "division.level" when the level does not lie below the parent's.
 */
MUST enum err division_issue(struct ctx *c, int64_t parent, enum division_level level,
                             struct sv official, int64_t *ret_code);

/* The innermost division whose boundary holds the point; *ret_found false when none does. */
MUST enum err division_at(struct ctx *c, struct degrees lat, struct degrees lon,
                          struct division *ret_division, bool *ret_found);

/*
 * Fills a row's division and scope from its point, unless the division is given already.
 * ERR_INVALID (field "division") where no boundary holds the point.
 */
MUST enum err division_by_point(struct ctx *c, struct degrees lat, struct degrees lon,
                                struct division_id *division, int64_t *scope);

/* The living division of an internal code. */
MUST enum err division_of_code(struct ctx *c, int64_t code, struct division *ret_division,
                               bool *ret_found);

/* "云汀市安澜区柳荫街道": the names of the code's divisions from the city down, as far as known. */
MUST enum err division_path(struct ctx *c, int64_t code, struct sv *ret_path);

/* The deepest division in which all others lie: whose house this is; 0: several stand on top. */
MUST enum err division_of_house(struct ctx *c, int64_t *ret_code);

#endif
