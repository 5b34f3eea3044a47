/*
 * near_scene_test.h - a street of 1.5 km along the x axis and places along it, in a database.
 */
#ifndef CARE_NEAR_SCENE_TEST_H
#define CARE_NEAR_SCENE_TEST_H

#include "care/division/town_test.h"
#include "care/near/ask.h"
#include "care/near/name/where.h"
#include "roads/roads.h"

struct scene {
    struct ctx     *c;
    struct roads    roads;
    struct house   *house;
    struct division area;
};

struct scene scene_open(void);
void scene_end(struct scene *s);

/* A station, x metres along and 10 beside the street: a draft, until publish() has both steps. */
struct place place_at(struct ctx *c, const char *name, double x_m, struct division_id in);
void publish(struct ctx *c, const struct entity *e, int64_t id);

/* The answer's text, which is checked to be JSON. */
struct sv answer_to(struct scene *s, endpoint_fn *run, const void *query);
bool says(struct sv text, const char *part);

/* near, asked from a point on the street. */
struct near_asked from_x(double x_m);

#endif
