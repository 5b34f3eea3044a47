/* today.h - the endpoints of the figures, for the module's table. */
#ifndef CARE_FIGURE_TODAY_H
#define CARE_FIGURE_TODAY_H

#include "care/division/division.h"
#include "http/http.h"

struct today_query { struct division_id division; };

extern const struct endpoint today_endpoints[]; /* ends with { 0 } */

/* GET /api/today/domains (domains.c). */
enum err domains_get(struct ctx *c, const struct request *q, struct answer *a);
extern const struct field domains_fields[];

/* GET /api/today/divisions (divisions.c). */
enum err divisions_get(struct ctx *c, const struct request *q, struct answer *a);
extern const struct field divisions_fields[];

#endif
