/*
 * town.h - the ground of the demo city: invented streets, communities, compounds and gates.
 *
 * 安澜区 of 云汀市 lies in the open sea, where no real city can be mistaken for it. It is made of
 * quarters; each has three sub-districts of different character:
 *
 *   柳荫  six-storey walk-ups: a grid of streets, small open compounds with gates on two sides
 *   望江  gated towers on both banks of a river with one footbridge and one far road bridge
 *   青禾  villages strung along country roads
 *
 * A plan is drawn in units (town.c says how long), x east, y north of the quarter's corner.
 */
#ifndef APP_DEMO_CITY_TOWN_H
#define APP_DEMO_CITY_TOWN_H

#include "app/demo/make/random.h"
#include "base/ctx.h"
#include "geo/point.h"
#include "roads/import/builder.h"

enum { STREETS_A_QUARTER = 3, COMMUNITIES_A_STREET = 6 };

enum character { WALK_UPS, TOWERS, VILLAGES };

/* A sub-district (level 0) or a community of one (level 1), with its box as boundary. */
struct area {
    struct sv        name;
    int              level;
    int              parent;           /* index of the sub-district; -1 */
    enum character   character;
    struct point_box box;
};

struct gate_spot { struct point at; struct sv name; bool night_closed; };

struct estate {                        /* a compound or a natural village */
    struct sv        name, alias, address;
    int              community;        /* index of its area */
    enum character   character;
    struct point     at;
    struct point_box box;
    struct gate_spot gates[3];
    size_t           gates_n;
    int              buildings, floors;
    bool             far_bank;         /* across the river from its sub-district's centre */
};

struct town {
    struct area   *areas;   size_t areas_n;
    struct estate *estates; size_t estates_n;
    struct point  *corners; size_t corners_n;    /* street corners, where places may stand */
    struct point   centre;
    struct point   alley[2], second_bridge[2];   /* ways that its map does not have */
};

/* Makes `quarters` quarters (1: a street-size demo) and their streets into the builder. */
struct town town_make(struct arena *mem, struct dice *dice, int quarters,
                      struct road_builder *roads);

#endif
