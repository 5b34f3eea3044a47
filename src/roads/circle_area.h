/*
 * circle_area.h - the area along the streets of a circle: between circle.c and circle_area.c.
 */
#ifndef ROADS_CIRCLE_AREA_H
#define ROADS_CIRCLE_AREA_H

#include "roads/circle.h"

/* Fills area and area_m2 from the reached streets and the leg from the home to the first. */
void area_along(struct arena *mem, struct circle *circle);

#endif
