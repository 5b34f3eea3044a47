/*
 * drawn.h - pictures of the demo city, drawn: nobody's photograph.
 */
#ifndef APP_DEMO_DRAWN_H
#define APP_DEMO_DRAWN_H

#include "app/demo/make/random.h"
#include "base/ctx.h"

#include <cairo.h>

/* What stands on the surface as PNG; the surface is destroyed either way. */
MUST enum err drawn_png(struct ctx *c, cairo_surface_t *s, struct sv *ret_png);

/* A room, as an attachment of a row; within a transaction. */
MUST enum err drawn_room(struct ctx *c, struct dice *dice, const char *entity, int64_t row);

#endif
