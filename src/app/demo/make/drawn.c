/* drawn.c - what cairo has drawn, as PNG. */

#include "app/demo/make/drawn.h"

static cairo_status_t png_write(void *at, const unsigned char *bytes, unsigned n)
{
    buf_put(at, (struct sv){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

enum err drawn_png(struct ctx *c, cairo_surface_t *s, struct sv *ret_png)
{
    struct buf png = buf_new(&c->mem, 8192);
    bool drawn = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS
        && cairo_surface_write_to_png_stream(s, png_write, &png) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(s);
    if (!drawn)
        return fail(c, ERR_BROKEN, "broken", "cairo could not draw a picture");
    *ret_png = buf_sv(&png);
    return ERR_NONE;
}
