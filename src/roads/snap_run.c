/* snap_run.c - many points in the order of the ground: what they have in common is found once. */

#include "roads/roads.h"

enum { RUN = 32, FEW = 4 };

static bool same_point(struct point a, struct point b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* The streets around a run; for a few points, as those of one building, none are looked for. */
static void around_run(const struct roads *r, const struct point *at, uint32_t n,
                       struct snap_around *ret_around)
{
    struct point_box box = box_none();
    uint32_t points = 0;
    for (uint32_t i = 0; i < n; i++) {
        points += i == 0 || !same_point(at[i], at[i - 1]);
        box_add(&box, at[i]);
    }
    *ret_around = (struct snap_around){ .full = true };
    if (points > FEW)
        roads_around(r, &box, ret_around);
}

/* Along the ground the neighbour's street is a good guess, and homes of one building are alike. */
void roads_snap_run(const struct roads *r, enum profile profile, const struct point *at, uint32_t n,
                    double max_m, struct anchor *ret_anchor)
{
    struct snap_around around;
    for (uint32_t i = 0; i < n; i++) {
        if (i % RUN == 0)
            around_run(r, at + i, n - i < RUN ? n - i : RUN, &around);
        if (i > 0 && same_point(at[i], at[i - 1]))
            ret_anchor[i] = ret_anchor[i - 1];
        else
            roads_snap_around(r, profile, at[i], max_m, i > 0 ? ret_anchor[i - 1].edge : NO_EDGE,
                              &around, &ret_anchor[i]);
    }
}
