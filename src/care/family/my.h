/* my.h - endpoints of the module of bonds: the citizen's own (my.c), the counter's (counter.c). */
#ifndef CARE_FAMILY_MY_H
#define CARE_FAMILY_MY_H

#include "http/describe/gives.h"
#include "http/http.h"

extern const struct endpoint my_endpoints[];

/* What they answer (gives.c). */
extern const struct field my_gives[], bond_asked_gives[], bond_made_gives[], linked_gives[],
    looks_gives[];

/*
 * POST /api/elder/{id}/bond: finds or makes the relative's account by telephone and binds it, with
 * the way the elder's consent was heard.
 */
struct counter_bond {
    struct sv  name, phone;
    int        relation;
    struct set may;                /* none: order and records */
    int        consent_way;
    struct day valid_until;
};
extern const struct field counter_bond_fields[];
enum err counter_bond_post(struct ctx *c, const struct request *q, struct answer *a);

#endif
