/* why_two.h - why two do not go together, and what would help. */
#ifndef CARE_DISPATCH_WHY_TWO_H
#define CARE_DISPATCH_WHY_TWO_H

#include "care/dispatch/change.h"

/*
 * Of an order of two that nobody makes, as things stand: who could go at once, or, when one is free
 * only, who could be freed for her by another taking what she has then. False: neither, the
 * optimiser's reason counts.
 */
bool why_two_json(struct ctx *c, struct json *j, const struct the_day *d, int visit);

#endif
