/*
 * build.h - what build.c, texts.c and keys.c do for directory.c.
 */
#ifndef CARE_NEAR_MAKE_BUILD_H
#define CARE_NEAR_MAKE_BUILD_H

#include "care/near/directory.h"

/* What is in a place's answer besides names: only needed while building. */
struct place_facts {
    struct sv phone, org_name, address;
    int64_t   price_low, price_high, beds_free, verified_ms;
    int32_t   due_on;                  /* verified until this day; 0: never */
    int       rating_scheme;
    int64_t   rating_level;
};

MUST enum err directory_load(struct ctx *c, struct directory *d);
MUST enum err directory_sinks(struct ctx *c, struct directory *d);
MUST enum err directory_duties(struct ctx *c, struct directory *d);
void directory_texts(struct directory *d, const struct place_facts *facts);
void directory_keys(struct directory *d);

#endif
