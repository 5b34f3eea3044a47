/*
 * mend.h - what people know of their streets and the map does not: laid over a road file.
 *
 * A mend adds a street (a path, a footbridge, stairs) or closes one. It is a line; its ends join
 * the nearest street, or another mend, within MEND_JOIN_M, by a straight leg that counts. A
 * closed line takes away what runs along it. The road file that comes out is one like any other:
 * nobody who asks it for a way needs to know of mends.
 */
#ifndef ROADS_MEND_H
#define ROADS_MEND_H

#include "roads/import/builder.h"

enum { MEND_JOIN_M = 25, MEND_CLOSE_M = 5, MEND_POINTS_MAX = 200, MENDS_MAX = 2000 };

enum mend_fit {
    MEND_FITS,
    MEND_START_FAR,              /* its first point meets no street within MEND_JOIN_M */
    MEND_END_FAR,                /* its last one does not */
    MEND_ADRIFT,                 /* it meets only mends that themselves meet no street */
    MEND_NO_STREET,              /* it closes nothing: no street runs along it */
};

struct mend {
    bool                closed;  /* takes away; else it adds `way` */
    struct road_way     way;     /* id unused; steps: of a stair, or both ends of a bridge */
    const struct point *point;
    size_t              points;  /* 2 .. MEND_POINTS_MAX */
    enum mend_fit       fit;     /* set by mends_apply(); those that do not fit are left out */
};

/*
 * The streets of `base` and the mends into an empty builder; with a box only the streets that
 * meet it (to try something out without making a whole city). The same input gives the same
 * builder. At most MENDS_MAX mends.
 */
void mends_apply(struct arena *mem, const struct roads *base, const struct point_box *box,
                 struct mend *mends, size_t n, struct road_builder *b);

#endif
