/* my.h - what the module of bonds takes from my.c: the citizen's own endpoints. */
#ifndef CARE_FAMILY_MY_H
#define CARE_FAMILY_MY_H

#include "http/http.h"

extern const struct endpoint my_endpoints[];

#endif
