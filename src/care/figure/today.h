/* today.h - the endpoint of the figures, for the module's table. */
#ifndef CARE_FIGURE_TODAY_H
#define CARE_FIGURE_TODAY_H

#include "http/http.h"

extern const struct endpoint today_endpoints[]; /* ends with { 0 } */

#endif
