/* gives.h - what the answers about what is near are made of (http/describe/gives.h). */
#ifndef CARE_NEAR_GIVES_H
#define CARE_NEAR_GIVES_H

#include "http/describe/gives.h"

extern const struct field near_gives[], circle_gives[], route_gives[], where_gives[],
    what_gives[], marks_gives[], address_gives[];

#endif
