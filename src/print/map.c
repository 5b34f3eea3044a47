/* map.c - a picture of areas filled by shade, with words on each, and what the shades mean. */

#include "print/inside.h"

#include <math.h>

#define BOX_SIDE 11.0
#define DISC 9.0

/* From "nothing known" and the worst to the best; the worst is hatched too, for grey printers. */
static const double shade_rgb[PRINT_SHADES][3] = {
    { 0.86, 0.84, 0.81 }, { 0.90, 0.62, 0.52 }, { 0.96, 0.83, 0.58 }, { 0.82, 0.89, 0.74 },
    { 0.56, 0.74, 0.63 },
};
enum { SHADE_WORST = 1 };

/* Where the plane's points lie on the page. */
struct fit { double x, y, scale, low_x, high_y; };

static struct fit fit_of(const struct print *p, const struct print_area *areas, size_t n,
                         double height)
{
    double low_x = INFINITY, low_y = INFINITY, high_x = -INFINITY, high_y = -INFINITY;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < areas[i].n; k++) {
            low_x = fmin(low_x, areas[i].at[k].x);
            high_x = fmax(high_x, areas[i].at[k].x);
            low_y = fmin(low_y, areas[i].at[k].y);
            high_y = fmax(high_y, areas[i].at[k].y);
        }
    double wide = fmax(high_x - low_x, 1), tall = fmax(high_y - low_y, 1);
    double scale = fmin((page_inner(p) - 2 * DISC) / wide, (height - 2 * DISC) / tall);
    return (struct fit){ page_left(p) + (page_inner(p) - wide * scale) / 2,
                         p->y + (height - tall * scale) / 2, scale, low_x, high_y };
}

static double on_x(const struct fit *f, double x)
{
    return f->x + (x - f->low_x) * f->scale;
}

static double on_y(const struct fit *f, double y)
{
    return f->y + (f->high_y - y) * f->scale;
}

/* Slanting lines within the path at hand, which stays. */
static void hatch(struct print *p)
{
    double x0, y0, x1, y1;
    cairo_path_t *path = cairo_copy_path(p->page);
    cairo_path_extents(p->page, &x0, &y0, &x1, &y1);
    cairo_save(p->page);
    cairo_clip(p->page);
    cairo_set_source_rgb(p->page, 0.55, 0.25, 0.18);
    cairo_set_line_width(p->page, 0.5);
    for (double x = x0 - (y1 - y0); x < x1; x += 6) {
        cairo_move_to(p->page, x, y1);
        cairo_line_to(p->page, x + (y1 - y0), y0);
    }
    cairo_stroke(p->page);
    cairo_restore(p->page);
    cairo_append_path(p->page, path);
    cairo_path_destroy(path);
}

static void fill(struct print *p, int shade)
{
    const double *rgb = shade_rgb[shade];
    cairo_set_source_rgb(p->page, rgb[0], rgb[1], rgb[2]);
    cairo_fill_preserve(p->page);
    if (shade == SHADE_WORST)
        hatch(p);
    cairo_set_source_rgb(p->page, 0.36, 0.33, 0.29);
    cairo_set_line_width(p->page, 0.6);
    cairo_stroke(p->page);
    cairo_set_source_rgb(p->page, 0, 0, 0);
}

static void outline(struct print *p, const struct fit *f, const struct print_area *a)
{
    cairo_new_path(p->page);
    if (a->n == 1) {
        cairo_arc(p->page, on_x(f, a->at[0].x), on_y(f, a->at[0].y), DISC, 0, 2 * M_PI);
        return;
    }
    for (size_t i = 0; i < a->n; i++)
        cairo_line_to(p->page, on_x(f, a->at[i].x), on_y(f, a->at[i].y));
    cairo_close_path(p->page);
}

/* In the middle of what it spans, on white so that hatching does not run through it. */
static void words(struct print *p, const struct fit *f, const struct print_area *a)
{
    double x0, y0, x1, y1, y;
    outline(p, f, a);
    cairo_path_extents(p->page, &x0, &y0, &x1, &y1);
    cairo_new_path(p->page);
    PangoLayout *l[2] = { layout_new(p, LETTERS_SMALL, a->label, 0),
                          layout_new(p, LETTERS_SMALL, a->value, 0) };
    y = (y0 + y1) / 2 - layout_height(l[0]);
    for (int i = 0; i < 2; i++) {
        double wide = layout_width(l[i]), x = (x0 + x1 - wide) / 2;
        cairo_set_source_rgba(p->page, 1, 1, 1, 0.8);
        cairo_rectangle(p->page, x - 2, y, wide + 4, layout_height(l[i]));
        cairo_fill(p->page);
        cairo_set_source_rgb(p->page, 0, 0, 0);
        layout_show(p, l[i], x, y);
        y += layout_height(l[i]);
        g_object_unref(l[i]);
    }
}

void print_map(struct print *p, const struct print_area *areas, size_t n, double height)
{
    if (n == 0 || !page_room(p, height))
        return;
    struct fit f = fit_of(p, areas, n, height);
    for (size_t i = 0; i < n; i++) {
        outline(p, &f, &areas[i]);
        fill(p, areas[i].shade);
    }
    for (size_t i = 0; i < n; i++)
        words(p, &f, &areas[i]);
    p->y += height + 6;
}

void print_legend(struct print *p, const struct sv labels[PRINT_SHADES])
{
    double x = page_left(p);
    if (!page_room(p, BOX_SIDE + 8))
        return;
    for (int i = PRINT_SHADES - 1; i >= 0; i--) {
        PangoLayout *l = layout_new(p, LETTERS_SMALL, labels[i], 0);
        cairo_rectangle(p->page, x, p->y, BOX_SIDE, BOX_SIDE);
        fill(p, i);
        layout_show(p, l, x + BOX_SIDE + 4, p->y);
        x += BOX_SIDE + layout_width(l) + 20;
        g_object_unref(l);
    }
    p->y += BOX_SIDE + 8;
}
