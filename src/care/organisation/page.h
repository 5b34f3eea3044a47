/* page.h - what the module of organisations takes from page.c. */
#ifndef CARE_ORGANISATION_PAGE_H
#define CARE_ORGANISATION_PAGE_H

#include "http/http.h"

extern const struct endpoint organisation_endpoints[];

#endif
