/* text.c - letters, paragraphs, facts, lines to write on. */

#include "print/inside.h"

#include <assert.h>

static const struct { double size; bool bold; } kinds[] = {
    [LETTERS_SMALL] = { 8.5, false }, [LETTERS_TEXT] = { 11, false }, [LETTERS_BOLD] = { 11, true },
    [LETTERS_HEADING] = { 13, true }, [LETTERS_TITLE] = { 20, true }, [LETTERS_BIG] = { 34, true },
};

PangoLayout *layout_new(struct print *p, enum letters letters, struct sv text, double width)
{
    PangoLayout *l = pango_cairo_create_layout(p->page);
    PangoFontDescription *f = pango_font_description_new();
    struct sv kept = sv_runes_head(text, PRINT_TEXT_MAX);
    double scale = letters == LETTERS_SMALL ? 1 : p->scale;
    pango_font_description_set_family_static(f, "WenQuanYi Zen Hei, Noto Sans CJK SC, sans-serif");
    pango_font_description_set_absolute_size(f, kinds[letters].size * scale * PANGO_SCALE);
    if (kinds[letters].bold)
        pango_font_description_set_weight(f, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(l, f);
    pango_font_description_free(f);
    pango_layout_set_text(l, kept.at ? kept.at : "", (int)kept.len);
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    if (width > 0)
        pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    return l;
}

double layout_height(PangoLayout *l)
{
    int w, h;
    pango_layout_get_size(l, &w, &h);
    return (double)h / PANGO_SCALE;
}

double layout_width(PangoLayout *l)
{
    int w, h;
    pango_layout_get_size(l, &w, &h);
    return (double)w / PANGO_SCALE;
}

void layout_show(struct print *p, PangoLayout *l, double x, double y)
{
    cairo_move_to(p->page, x, y);
    pango_cairo_show_layout(p->page, l);
}

static void paragraph(struct print *p, enum letters letters, struct sv text, double after)
{
    if (p->failed)
        return;
    PangoLayout *l = layout_new(p, letters, text, page_inner(p));
    if (page_room(p, layout_height(l))) {
        layout_show(p, l, page_left(p), p->y);
        p->y += layout_height(l) + after;
    }
    g_object_unref(l);
}

void print_heading(struct print *p, struct sv text)
{
    print_gap(p, 6);
    paragraph(p, LETTERS_HEADING, text, 4);
}

void print_text(struct print *p, struct sv text)
{
    paragraph(p, LETTERS_TEXT, text, 4);
}

void print_small(struct print *p, struct sv text)
{
    paragraph(p, LETTERS_SMALL, text, 4);
}

void print_big(struct print *p, struct sv label, struct sv text)
{
    paragraph(p, LETTERS_HEADING, label, 0);
    paragraph(p, LETTERS_BIG, text, 10);
}

void print_gap(struct print *p, double points)
{
    p->y += points;
}

/* --- facts --- */

#define PAD 5.0

struct cell { PangoLayout *label, *value; };

static double facts_line(struct print *p, const struct print_fact *facts, size_t n, double wide,
                         struct cell *ret_cells)
{
    double tallest = 0, label = wide * 0.3;
    for (size_t i = 0; i < n; i++) {
        ret_cells[i].label = layout_new(p, LETTERS_BOLD, facts[i].label, label - 2 * PAD);
        ret_cells[i].value = layout_new(p, LETTERS_TEXT, facts[i].value, wide - label - 2 * PAD);
        double a = layout_height(ret_cells[i].label), b = layout_height(ret_cells[i].value);
        tallest = a > tallest ? a : tallest;
        tallest = b > tallest ? b : tallest;
    }
    return tallest + 2 * PAD;
}

static void facts_draw(struct print *p, struct cell *cells, size_t n, double wide, double tall)
{
    double left = page_left(p), bottom = p->y + tall, right = left + page_inner(p);
    for (size_t i = 0; i < n; i++) {
        double x = left + (double)i * wide;
        layout_show(p, cells[i].label, x + PAD, p->y + PAD);
        layout_show(p, cells[i].value, x + wide * 0.3 + PAD, p->y + PAD);
        line_draw(p, x, p->y, x, bottom);
        line_draw(p, x + wide * 0.3, p->y, x + wide * 0.3, bottom);
    }
    line_draw(p, left, p->y, right, p->y);
    line_draw(p, left, bottom, right, bottom);
    line_draw(p, right, p->y, right, bottom);
    p->y = bottom;
}

void print_facts(struct print *p, const struct print_fact *facts, size_t n, size_t columns)
{
    struct cell cells[4];
    if (columns < 1 || columns > 4)
        columns = 2;
    double wide = page_inner(p) / (double)columns;
    for (size_t i = 0; i < n && !p->failed; i += columns) {
        size_t here = n - i < columns ? n - i : columns;
        double tall = facts_line(p, facts + i, here, wide, cells);
        if (page_room(p, tall))
            facts_draw(p, cells, here, wide, tall);
        for (size_t k = 0; k < here; k++) {
            g_object_unref(cells[k].label);
            g_object_unref(cells[k].value);
        }
    }
    print_gap(p, 8);
}

/* --- lines to write on --- */

enum { SIGNS_MAX = 6, SIGN_GAP = 14 };

void print_lines(struct print *p, struct sv label, size_t lines)
{
    double step = 26 * p->scale;
    paragraph(p, LETTERS_BOLD, label, 0);
    for (size_t i = 0; i < lines && page_room(p, step); i++) {
        p->y += step;
        line_draw(p, page_left(p), p->y, page_left(p) + page_inner(p), p->y);
    }
    print_gap(p, 10);
}

void print_sign(struct print *p, const struct sv *labels, size_t n)
{
    double tall = 40 * p->scale, room = page_inner(p), x = page_left(p);
    PangoLayout *l[SIGNS_MAX];
    assert(n <= SIGNS_MAX);
    if (p->failed || !page_room(p, tall))
        return;
    p->y += tall - 20 * p->scale;
    for (size_t i = 0; i < n; i++) {
        l[i] = layout_new(p, LETTERS_TEXT, labels[i], 0);
        room -= layout_width(l[i]) + SIGN_GAP;
    }
    for (size_t i = 0; i < n; i++) {                 /* who has the longest label writes as wide */
        double from = x + layout_width(l[i]) + 4, to = from + room / (double)n - 4;
        layout_show(p, l[i], x, p->y);
        line_draw(p, from, p->y + layout_height(l[i]), to, p->y + layout_height(l[i]));
        x = to + SIGN_GAP;
        g_object_unref(l[i]);
    }
    p->y += 20 * p->scale + 6;
}
