/* staff.h - who works on a day: her shift, her rest, her hours, where what has begun leaves her. */
#ifndef CARE_DISPATCH_STAFF_H
#define CARE_DISPATCH_STAFF_H

#include "care/carer/staff.h"
#include "care/dispatch/day/ground.h"

enum { PARTS_MAX = 6, DAY_CARERS_MAX = 200 };

struct span { int from_min, to_min; };

/* A rest that her shift does not name: so long, begun between two moments. 0 minutes: none. */
struct rest { int open_min, close_min, minutes; };

struct day_carer {
    struct carer_id id;
    struct sv   name;
    int         gender, travel;
    enum way_kind way;
    struct set  skills;
    bool        away;
    bool        shift_known;             /* a shift was typed; else the offers' hours hold */
    struct span parts[PARTS_MAX];        /* of her shift, in order, apart */
    int         parts_n;
    struct span reach[PARTS_MAX];        /* the same, as far as what stands needs it */
    int         reach_n;
    struct rest rest;
    bool        rest_lost;               /* what stands leaves no room for it */
    int         rest_min;                /* it begins as things stand; NOBODY: it does not */
    struct place_id starts_at;           /* 0: not known */
    struct point start;
    int         place;                   /* of the ground; NOBODY: where her first visit is */
    int64_t     month_min, week_min;     /* worked on other days (worked.h) */
    bool        over_mean;               /* much more than the station's mean (fair.c) */
    int64_t     month_all_min, month_way_min, month_done_min;    /* with it; ways of them; made */
    int64_t     limit_min;               /* what she may still work this day, by all limits */
    int64_t     month_limit_min;
    /* What has begun binds her: she can go on from there and then. */
    int         free_min, free_place;    /* NOBODY: from where her day begins */
    int64_t     pinned_min;              /* work of what has begun, ways between reckoned in */
};

#endif
