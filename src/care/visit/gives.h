/* gives.h - what the answers of a station's and a carer's day are made of (http/gives.h). */
#ifndef CARE_VISIT_GIVES_H
#define CARE_VISIT_GIVES_H

#include "http/gives.h"

extern const struct field station_day_gives[], station_move_gives[], station_text_gives[],
    carer_day_gives[];

#endif
