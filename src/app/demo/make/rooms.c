/* rooms.c - drawn rooms of the demo city's centres: what an officer's photograph would show. */

#include "app/demo/make/drawn.h"
#include "http/file/file.h"

enum { WIDE = 480, TALL = 320, FLOOR = 220 };

struct shade { double r, g, b; };

static const struct shade walls[] = {
    { 0.95, 0.92, 0.86 }, { 0.88, 0.93, 0.92 }, { 0.94, 0.89, 0.88 }, { 0.90, 0.91, 0.95 },
};
static const struct shade woods[] = {
    { 0.70, 0.53, 0.36 }, { 0.60, 0.45, 0.33 }, { 0.78, 0.63, 0.45 },
};

static void box(cairo_t *p, double x, double y, double wide, double tall, struct shade k)
{
    cairo_rectangle(p, x, y, wide, tall);
    cairo_set_source_rgb(p, k.r, k.g, k.b);
    cairo_fill(p);
}

static void window(cairo_t *p, double x)
{
    box(p, x, 50, 110, 90, (struct shade){ 0.45, 0.40, 0.36 });
    box(p, x + 6, 56, 46, 78, (struct shade){ 0.76, 0.88, 0.95 });
    box(p, x + 58, 56, 46, 78, (struct shade){ 0.76, 0.88, 0.95 });
}

static void table(cairo_t *p, double x, double y, struct shade wood)
{
    box(p, x + 8, y, 8, 48, (struct shade){ 0.35, 0.30, 0.28 });
    box(p, x + 104, y, 8, 48, (struct shade){ 0.35, 0.30, 0.28 });
    box(p, x, y, 120, 14, wood);
}

static void room_draw(struct dice *dice, cairo_t *p)
{
    struct shade wood = woods[dice_next(dice) % 3];
    box(p, 0, 0, WIDE, TALL, walls[dice_next(dice) % 4]);
    box(p, 0, FLOOR, WIDE, TALL - FLOOR, (struct shade){ 0.80, 0.77, 0.72 });
    window(p, 40 + (double)(dice_next(dice) % 60));
    box(p, 370, 60, 70, FLOOR - 60, wood);
    box(p, 425, 140, 6, 14, (struct shade){ 0.85, 0.80, 0.60 });
    for (int i = 0; i < 2; i++)
        table(p, 30 + 170 * i + (double)(dice_next(dice) % 30), 216 + 22 * i, wood);
}

enum err drawn_room(struct ctx *c, struct dice *dice, const char *entity, int64_t row)
{
    struct sv png;
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, TALL);
    cairo_t *p = cairo_create(s);
    room_draw(dice, p);
    cairo_destroy(p);
    TRY(drawn_png(c, s, &png));
    return file_of_house(c, png, SV("image/png"), entity, row);
}
