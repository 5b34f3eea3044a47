/*
 * route.h - the way from here to there on foot, door to door, with directions in words.
 */
#ifndef ROADS_ROUTE_H
#define ROADS_ROUTE_H

#include "roads/reach.h"

enum route_turn {
    TURN_DEPART, TURN_STRAIGHT, TURN_LEFT, TURN_RIGHT, TURN_BACK, TURN_ARRIVE, TURN_COUNT
};
extern const char *const route_turn_keys[TURN_COUNT];    /* "depart" "straight" ... */

/* One line of the directions: turn, then walk so far along one street. */
struct route_step {
    enum route_turn turn;
    struct sv       name;        /* of the street; "" when it has none */
    enum road_kind  kind;
    unsigned        flags;       /* enum road_flag */
    unsigned        stairs;      /* steps to climb or go down */
    uint32_t        length_cm, ms;
    uint32_t        first_point; /* of the route's points */
    double          bearing;     /* degrees, at its start */
};

struct route {
    enum profile       profile;
    struct anchor      from, to;
    uint32_t           ms, length_cm;    /* door to door, both access legs included */
    unsigned           stairs;
    struct point      *point;            /* from the home to the door */
    struct route_step *step;             /* the first and the last hold the access legs */
    uint32_t           points, steps;
};

/*
 * The quickest way within limit_ms, in the arena; false when there is none. `s` is scratch of the
 * same roads, used and left as a search of its own.
 */
bool route_find(struct arena *mem, struct reach *s, enum profile profile,
                const struct anchor *from, const struct anchor *to, uint32_t limit_ms,
                struct route *ret_route);

/* One step as a sentence: "左转，沿和平街走 120 米". */
struct sv route_step_text(struct arena *mem, const struct route *r, uint32_t step, enum lang lang);

/* A GeoJSON Feature: the line, seconds, metres, stairs, and the steps with their sentences. */
void route_geojson(struct buf *b, const struct route *r, enum lang lang);

#endif
