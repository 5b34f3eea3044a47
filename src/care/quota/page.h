/* page.h - what is left this month, as an answer (page.c). */
#ifndef CARE_QUOTA_PAGE_H
#define CARE_QUOTA_PAGE_H

#include "http/http.h"

extern const struct endpoint quota_endpoints[];

#endif
