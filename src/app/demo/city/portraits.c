/* portraits.c - drawn faces for the carers of the demo city: nobody's photograph. */

#include "app/demo/demo.h"

#include "app/demo/make/drawn.h"
#include "http/file/file.h"

#include <math.h>

enum { SIDE = 240 };

struct colour { double r, g, b; };

static const struct colour skins[] = {
    { 0.98, 0.87, 0.76 }, { 0.96, 0.82, 0.69 }, { 0.91, 0.75, 0.61 }, { 0.86, 0.69, 0.55 },
};
static const struct colour hairs[] = {
    { 0.12, 0.11, 0.12 }, { 0.20, 0.15, 0.13 }, { 0.30, 0.24, 0.22 }, { 0.45, 0.43, 0.43 },
};
static const struct colour shirts[] = {
    { 0.16, 0.45, 0.55 }, { 0.20, 0.50, 0.40 }, { 0.55, 0.30, 0.33 }, { 0.33, 0.36, 0.58 },
    { 0.62, 0.47, 0.24 },
};

#define ONE_OF(dice, list) (list)[dice_next(dice) % (sizeof(list) / sizeof *(list))]

static void fill(cairo_t *p, struct colour k)
{
    cairo_set_source_rgb(p, k.r, k.g, k.b);
    cairo_fill(p);
}

static void oval(cairo_t *p, double x, double y, double wide, double tall, struct colour k)
{
    cairo_save(p);
    cairo_translate(p, x, y);
    cairo_scale(p, wide, tall);
    cairo_arc(p, 0, 0, 1, 0, 2 * M_PI);
    cairo_restore(p);
    fill(p, k);
}

static void line(cairo_t *p, double x, double y, double radius, double from, double to)
{
    cairo_set_source_rgb(p, 0.25, 0.15, 0.13);
    cairo_set_line_width(p, 3);
    cairo_arc(p, x, y, radius, from, to);
    cairo_stroke(p);
}

static void features(cairo_t *p)
{
    const struct colour eye = { 0.13, 0.10, 0.10 };
    for (int i = -1; i <= 1; i += 2) {
        oval(p, 120 + i * 20, 112, 4, 5, eye);
        line(p, 120 + i * 20, 114, 16, M_PI * 1.3, M_PI * 1.7);
    }
    line(p, 120, 122, 8, M_PI * 0.3, M_PI * 0.7);
    line(p, 120, 128, 17, M_PI * 0.2, M_PI * 0.8);
}

static void glasses(cairo_t *p)
{
    for (int i = -1; i <= 1; i += 2)
        line(p, 120 + i * 20, 112, 14, 0, 2 * M_PI);
    cairo_move_to(p, 114, 112);
    cairo_line_to(p, 126, 112);
    cairo_stroke(p);
}

static void face_draw(struct dice *dice, cairo_t *p, bool female)
{
    struct colour skin = ONE_OF(dice, skins), hair = ONE_OF(dice, hairs);
    struct colour shirt = ONE_OF(dice, shirts);
    bool bound = dice_next(dice) % 2, sees_badly = dice_next(dice) % 4 == 0;
    cairo_set_source_rgb(p, 0.93, 0.95, 0.95);
    cairo_paint(p);
    if (female)
        oval(p, 120, bound ? 96 : 118, 58, bound ? 58 : 72, hair);
    if (female && bound)
        oval(p, 120, 40, 20, 17, hair);
    oval(p, 120, 246, 88, 74, shirt);
    oval(p, 120, 172, 19, 26, skin);
    oval(p, 120, 112, 45, 54, skin);
    oval(p, 120, female ? 66 : 68, 44, female ? 20 : 24, hair);
    features(p);
    if (sees_badly)
        glasses(p);
}

static enum err portrait_add(struct demo *d, struct dice *dice, const struct carer *a)
{
    struct sv png;
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    cairo_t *p = cairo_create(s);
    face_draw(dice, p, a->gender == GENDER_FEMALE);
    cairo_destroy(p);
    TRY(drawn_png(d->c, s, &png));
    return file_of_house(d->c, png, SV("image/png"), "carer", a->id.n);
}

static enum err portraits(struct ctx *c, void *arg)
{
    struct demo *d = arg;
    struct dice dice = d->dice;           /* a copy: the city is the same without portraits */
    (void)c;
    for (size_t i = 0; i < d->carers_n; i++)
        TRY(portrait_add(d, &dice, &d->carers[i]));
    return ERR_NONE;
}

enum err demo_portraits(struct demo *d)
{
    return transaction(d->c, portraits, d);
}
