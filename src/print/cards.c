/* cards.c - small cards to cut out, two beside each other, each with its QR code. */

#include "print/inside.h"

enum { BESIDE = 2, BELOW = 5 };

#define PAD 10.0
#define CODE_SIDE 88.0

/* Words of a card, cut short with an ellipsis after so many lines; the height they took. */
static double line_show(struct print *p, enum letters letters, struct sv text, double x, double y,
                        double room)
{
    int lines = letters == LETTERS_SMALL ? 2 : 1;
    PangoLayout *l = layout_new(p, letters, text, room);
    pango_layout_set_height(l, -lines);
    pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
    layout_show(p, l, x, y);
    double tall = layout_height(l);
    g_object_unref(l);
    return tall;
}

/* Where to cut. */
static void edge_draw(struct print *p, double x, double y, double wide, double tall)
{
    const double dashes[] = { 4, 3 };
    cairo_set_dash(p->page, dashes, 2, 0);
    cairo_set_line_width(p->page, 0.5);
    cairo_rectangle(p->page, x, y, wide, tall);
    cairo_stroke(p->page);
    cairo_set_dash(p->page, NULL, 0, 0);
}

static void card_draw(struct print *p, const struct print_card *card, double x, double y,
                      double wide, double tall)
{
    double beside = x + PAD + CODE_SIDE + PAD, room = wide - 3 * PAD - CODE_SIDE;
    edge_draw(p, x, y, wide, tall);
    double at = y + PAD + line_show(p, LETTERS_BOLD, card->title, x + PAD, y + PAD, wide - 2 * PAD);
    code_draw(p, card->code, x + PAD, at + 6, CODE_SIDE);
    double down = at + 6;
    down += line_show(p, LETTERS_TEXT, card->name, beside, down, room) + 4;
    down += line_show(p, LETTERS_TITLE, card->big, beside, down, room) + 4;
    down += line_show(p, LETTERS_SMALL, card->until, beside, down, room);
    (void)line_show(p, LETTERS_SMALL, card->small, x + PAD, at + 6 + CODE_SIDE + 5, wide - 2 * PAD);
}

void print_cards(struct print *p, const struct print_card *cards, size_t n)
{
    double wide = page_inner(p) / BESIDE, top = p->y;
    double tall = (p->height - MARGIN_FOOT - MARGIN_TOP) / BELOW;
    for (size_t i = 0; i < n && !p->failed; i++) {
        if (i % BESIDE == 0 && i)
            top += tall;
        if (i % BESIDE == 0 && top + tall > p->height - MARGIN_FOOT + 0.5) {
            page_new(p);
            top = p->y;
        }
        if (!p->failed)
            card_draw(p, &cards[i], page_left(p) + (double)(i % BESIDE) * wide, top, wide, tall);
    }
    p->y = n ? top + tall : top;
}

void print_label(struct print *p, const struct print_label *label)
{
    const double side = 8, room = LABEL_WIDE - 2 * side;
    page_new(p);
    if (p->failed)
        return;
    double at = 5;
    at += line_show(p, LETTERS_SMALL, label->head, side, at, room) + 1;
    at += line_show(p, LETTERS_TITLE, label->big, side, at, room) + 1;
    at += line_show(p, LETTERS_BOLD, label->name, side, at, room) + 1;
    at += line_show(p, LETTERS_TEXT, label->line, side, at, room) + 1;
    (void)line_show(p, LETTERS_SMALL, label->small, side, at, room);
}
