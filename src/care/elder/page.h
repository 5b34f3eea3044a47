/* page.h - what the elder's table calls of her page and of the call desk (page.c). */
#ifndef CARE_ELDER_PAGE_H
#define CARE_ELDER_PAGE_H

#include "http/http.h"

extern const struct endpoint elder_endpoints[];

#endif
