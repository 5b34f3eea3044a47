/* page.h - what the module of organisations takes from page.c. */
#ifndef CARE_ORGANISATION_PAGE_H
#define CARE_ORGANISATION_PAGE_H

#include "http/http.h"

extern const struct endpoint organisation_endpoints[];

/* The figures of one organisation as an array member "figures" (figures.c). */
MUST enum err organisation_figures(struct ctx *c, struct json *j, int64_t org);

#endif
