/* board.h - what a kitchen cooks on a day, read once for the screen and for the wall. */
#ifndef CARE_KITCHEN_BOARD_H
#define CARE_KITCHEN_BOARD_H

#include "care/kitchen/kitchen.h"

enum { BOARD_LINES_MAX = 200, BOARD_POINTS_MAX = 900 };

/* One way and diet of a sitting: portions now, and as fixed at the cut-off. */
struct board_line { int sitting, way; uint64_t diets; int64_t now, fixed; };

/* What one place ordered for a sitting: a point that the kitchen supplies, or itself. */
struct board_point {
    struct place_id place;
    struct sv       name, diets_text;      /* 普通 10 · 软食 2 */
    int             sitting;
    int64_t         now, fixed;
    bool            is_fixed;              /* its cut-off is written down */
};

/* A place that supplies points cooks for them too: lines are the sum, points who ordered what. */
struct board {
    struct place       place;
    struct day         day;
    struct board_line  lines[BOARD_LINES_MAX];
    size_t             n;
    struct board_point points[BOARD_POINTS_MAX];
    size_t             points_n;           /* 0: it supplies none that ordered */
    bool               fixed[SITTINGS];    /* at each point that ordered */
};

/* A day of a place; ERR_MISSING to another organisation's staff. */
MUST enum err board_of(struct ctx *c, struct place_id place, struct day day, struct board *ret);

/* Fills the points; takes `fixed` back where one of them may still change (points.c). */
MUST enum err board_points(struct ctx *c, struct board *b);

#endif
