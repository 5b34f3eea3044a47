/* today.h - the endpoints of the figures, for the module's table. */
#ifndef CARE_FIGURE_TODAY_H
#define CARE_FIGURE_TODAY_H

#include "care/division/division.h"
#include "http/http.h"

/* `entity`: only the figures that count its rows; read by GET /api/today alone. */
struct today_query { struct division_id division; struct sv entity; };

extern const struct endpoint today_endpoints[]; /* ends with { 0 } */

/* GET /api/today/domains (domains.c). */
enum err domains_get(struct ctx *c, const struct request *q, struct answer *a);
extern const struct field domains_fields[];

/* GET /api/today/rank (rank.c): the divisions below by one figure, the best first. */
struct rank_query { struct sv figure; struct division_id division; };
extern const struct field rank_query_fields[], rank_fields[];
enum err rank_get(struct ctx *c, const struct request *q, struct answer *a);

/*
 * The divisions below one (0: what the caller answers for) that are compared with each other;
 * errors as figure_area_of. In order of code.
 */
struct figure_division { int64_t id, scope; struct sv name; };
struct figure_below { struct figure_division *at; size_t n; int64_t scope; };
MUST enum err figure_divisions_below(struct ctx *c, int64_t asked, struct figure_below *ret_below);

/* GET /api/today/divisions (divisions.c). */
enum err divisions_get(struct ctx *c, const struct request *q, struct answer *a);
extern const struct field divisions_fields[];

#endif
