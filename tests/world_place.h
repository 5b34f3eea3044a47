/* world_place.h - where the databases of the tests lie; only for world.c. */
#ifndef TESTS_WORLD_PLACE_H
#define TESTS_WORLD_PLACE_H

#include <stdbool.h>

/* The URL of a fresh database of the running test: empty, or a copy of a template. */
const char *place_fresh(bool postgres, const char *template);

/* The URL at which to make a template, once; NULL when it is there already. */
const char *place_template(bool postgres, const char *name);

const char *place_folder(void);      /* a fresh folder of the running test */
void place_end(void);                /* drops what the running test made, but no template */

#endif
