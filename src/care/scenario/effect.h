/* effect.h - what a scenario would change: tried as it is drawn, or as it was kept. */
#ifndef CARE_SCENARIO_EFFECT_H
#define CARE_SCENARIO_EFFECT_H

#include "http/http.h"

/* POST /api/scenario/try, GET /api/scenario/{id}/effect */
extern const struct endpoint effect_endpoints[];

#endif
