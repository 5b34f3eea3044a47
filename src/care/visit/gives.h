/* gives.h - what answers about the days of stations and carers hold (http/describe/gives.h). */
#ifndef CARE_VISIT_GIVES_H
#define CARE_VISIT_GIVES_H

#include "http/describe/gives.h"

extern const struct field station_day_gives[], station_move_gives[], station_text_gives[],
    carer_day_gives[];

#endif
