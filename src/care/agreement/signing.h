/*
 * signing.h - signing up somebody the organisation has not served yet: known by name and number.
 */
#ifndef CARE_AGREEMENT_SIGNING_H
#define CARE_AGREEMENT_SIGNING_H

#include "http/http.h"

extern const struct endpoint agreement_endpoints[];

#endif
