/* board.h - what a kitchen cooks on a day, read once for the screen and for the wall. */
#ifndef CARE_KITCHEN_BOARD_H
#define CARE_KITCHEN_BOARD_H

#include "care/kitchen/kitchen.h"

enum { BOARD_LINES_MAX = 200 };

/* One way and diet of a sitting: portions now, and as fixed at the cut-off. */
struct board_line { int sitting, way; uint64_t diets; int64_t now, fixed; };

struct board {
    struct place      place;
    struct day        day;
    struct board_line lines[BOARD_LINES_MAX];
    size_t            n;
    bool              fixed[SITTINGS];
};

/* A day of a place; ERR_MISSING to another organisation's staff. */
MUST enum err board_of(struct ctx *c, struct place_id place, struct day day, struct board *ret);

#endif
