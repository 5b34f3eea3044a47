/*
 * gives.h - what an answer is made of, for endpoints whose function writes it piece by piece.
 *
 * Such a table stands beside the function, is the schema of the API's document, and makes the
 * types of the front ends; tests/journeys/contract.mjs compares it with real answers and refuses a
 * member that it does not name. It is over no struct, so nothing may read or write through it.
 *
 *     static const struct field route_gives[] = {
 *         SAYS(INT, "seconds"), SAYS(TEXT, "profile"), MAY_SAY(TEXT, "why"),
 *         SAYS(LIST, "steps", .record = step_gives),           each an object of these
 *         SAYS(LIST, "rights"),                                each a text
 *         SAYS(LIST, "orders", .links = "care_order"),         rows as the entity answers them
 *         SAYS(RECORD, "order", .links = "care_order"),        one of them
 *         SAYS(JSON, "geometry"),                              anything
 *         { 0 },
 *     };
 */
#ifndef HTTP_GIVES_H
#define HTTP_GIVES_H

#include "base/field.h"

/* Always there, and there only sometimes. Kinds as in enum kind, without KIND_. */
#define SAYS(kind_, name_, ...) \
    { .name = name_, .kind = KIND_##kind_, .required = true, __VA_ARGS__ }
#define MAY_SAY(kind_, name_, ...) { .name = name_, .kind = KIND_##kind_, __VA_ARGS__ }

/* { "done": true }, of what has nothing else to say. */
extern const struct field done_gives[];
/* { "type": "FeatureCollection", "features": […] } */
extern const struct field geojson_gives[];

#endif
