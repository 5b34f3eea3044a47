/* table.c - tables that go on over pages with their headings. */

#include "print/inside.h"

#define PAD 3.5

static double sum_of(const struct print *p)
{
    double sum = 0;
    for (size_t i = 0; i < p->columns_n; i++)
        sum += p->columns[i].share;
    return sum > 0 ? sum : 1;
}

static double wide_of(const struct print *p, size_t i)
{
    return page_inner(p) * p->columns[i].share / sum_of(p);
}

static double lay(struct print *p, enum letters letters, const struct sv *cells,
                  PangoLayout **ret_laid)
{
    double tallest = 0;
    for (size_t i = 0; i < p->columns_n; i++) {
        enum letters its = letters == LETTERS_TEXT && p->small >> i & 1 ? LETTERS_SMALL : letters;
        PangoLayout *l = layout_new(p, its, cells[i], wide_of(p, i) - 2 * PAD);
        if (p->columns[i].right)
            pango_layout_set_alignment(l, PANGO_ALIGN_RIGHT);
        double h = layout_height(l);
        tallest = h > tallest ? h : tallest;
        ret_laid[i] = l;
    }
    return tallest + 2 * PAD;
}

static void draw(struct print *p, PangoLayout **laid, double tall, bool head)
{
    double x = page_left(p), right = x + page_inner(p), bottom = p->y + tall;
    if (head) {
        cairo_set_source_rgb(p->page, 0.92, 0.92, 0.92);
        cairo_rectangle(p->page, x, p->y, page_inner(p), tall);
        cairo_fill(p->page);
        cairo_set_source_rgb(p->page, 0, 0, 0);
    }
    for (size_t i = 0; i < p->columns_n; i++) {
        layout_show(p, laid[i], x + PAD, p->y + PAD);
        line_draw(p, x, p->y, x, bottom);
        x += wide_of(p, i);
    }
    line_draw(p, right, p->y, right, bottom);
    line_draw(p, page_left(p), p->y, right, p->y);
    line_draw(p, page_left(p), bottom, right, bottom);
    p->y = bottom;
}

static void release(struct print *p, PangoLayout **laid)
{
    for (size_t i = 0; i < p->columns_n; i++)
        g_object_unref(laid[i]);
}

static double head_lay(struct print *p, PangoLayout **ret_laid)
{
    struct sv labels[PRINT_COLUMNS_MAX];
    for (size_t i = 0; i < p->columns_n; i++)
        labels[i] = p->columns[i].label;
    return lay(p, LETTERS_BOLD, labels, ret_laid);
}

static void head_draw(struct print *p)
{
    PangoLayout *laid[PRINT_COLUMNS_MAX];
    double tall = head_lay(p, laid);
    draw(p, laid, tall, true);
    release(p, laid);
}

void print_table_small(struct print *p, size_t column)
{
    p->small |= 1u << column % PRINT_COLUMNS_MAX;
}

void print_table(struct print *p, const struct print_column *columns, size_t n)
{
    p->columns_n = n < PRINT_COLUMNS_MAX ? n : PRINT_COLUMNS_MAX;
    p->small = 0;
    for (size_t i = 0; i < p->columns_n; i++)
        p->columns[i] = columns[i];
    if (page_room(p, 60 * p->scale))
        head_draw(p);
}

void print_row(struct print *p, const struct sv *cells)
{
    PangoLayout *laid[PRINT_COLUMNS_MAX];
    if (p->failed || p->columns_n == 0)
        return;
    double tall = lay(p, LETTERS_TEXT, cells, laid);
    if (p->y + tall > p->height - MARGIN_FOOT) {
        page_new(p);
        if (!p->failed)
            head_draw(p);
    }
    if (!p->failed)
        draw(p, laid, tall, false);
    release(p, laid);
}
