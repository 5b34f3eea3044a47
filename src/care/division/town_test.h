/*
 * town_test.h - a small town for the tests of entities: divisions down to one community.
 */
#ifndef CARE_TOWN_TEST_H
#define CARE_TOWN_TEST_H

#include "care/division/division.h"
#include "house.h"

struct town {
    struct ctx     *c;                  /* the house itself; modules of the register */
    struct division province, city, district, street, community;
};

struct town town_world(void);

/* A division below another; its boundary a box of 0.01 degrees around the point, "" without one. */
struct division town_division(struct ctx *c, const char *name, enum division_level level,
                              const struct division *parent, const char *official);

#endif
