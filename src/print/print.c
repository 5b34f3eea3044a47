/* print.c - pages: head, foot, what goes into the file. */

#include "print/inside.h"

#include <qrencode.h>
#include <stdio.h>
#include <string.h>

const struct message print_messages[] = {
    { "print.pages", "一张表超过 400 页，请加条件后分批打印",
      "One form is longer than 400 pages: print it in parts" },
    { "print.write", "打印文件没有写成，请稍后再试", "The paper could not be written; try again" },
    { 0 },
};

#define QR_SIDE 66.0

double page_left(const struct print *p)
{
    (void)p;
    return MARGIN_SIDE;
}

double page_inner(const struct print *p)
{
    return p->width - 2 * MARGIN_SIDE;
}

void line_draw(struct print *p, double x0, double y0, double x1, double y1)
{
    cairo_set_line_width(p->page, 0.6);
    cairo_set_source_rgb(p->page, 0.25, 0.25, 0.25);
    cairo_move_to(p->page, x0, y0);
    cairo_line_to(p->page, x1, y1);
    cairo_stroke(p->page);
    cairo_set_source_rgb(p->page, 0, 0, 0);
}

/* --- the file --- */

static void told(struct ctx *c, struct print *p)
{
    struct civil d = civil_of(p->paper.made);
    const char *made = sv_fmt(&c->mem, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", d.year, d.month,
                              d.day, d.hour, d.minute, d.second).at;
    cairo_pdf_surface_set_metadata(p->file, CAIRO_PDF_METADATA_TITLE,
                                   sv_text(&c->mem, p->paper.title));
    cairo_pdf_surface_set_metadata(p->file, CAIRO_PDF_METADATA_AUTHOR,
                                   sv_text(&c->mem, p->paper.author));
    cairo_pdf_surface_set_metadata(p->file, CAIRO_PDF_METADATA_CREATE_DATE, made);
}

enum err print_open(struct ctx *c, const char *path, const struct print_paper *paper,
                    struct print **ret_print)
{
    struct print *p = NEW(&c->mem, struct print, 1);
    p->paper = *paper;
    p->scale = paper->large ? 1.5 : 1;
    double narrow = paper->a3 ? A4_LONG : A4_SHORT, wide = paper->a3 ? A3_LONG : A4_LONG;
    p->width = paper->label ? LABEL_WIDE : paper->landscape ? wide : narrow;
    p->height = paper->label ? LABEL_TALL : paper->landscape ? narrow : wide;
    p->file = cairo_pdf_surface_create(path, p->width, p->height);
    p->out = cairo_create(p->file);
    if (cairo_status(p->out) != CAIRO_STATUS_SUCCESS) {
        print_drop(p);
        return fail(c, ERR_BUSY, "print.write", "could not begin a paper");
    }
    told(c, p);
    *ret_print = p;
    return ERR_NONE;
}

/* --- pages of a form --- */

void page_new(struct print *p)
{
    const cairo_rectangle_t whole = { 0, 0, p->width, p->height };
    if (p->pages_n == PRINT_PAGES_MAX)
        p->failed = "print.pages";
    if (p->failed)
        return;
    if (p->page)
        cairo_destroy(p->page);
    p->pages[p->pages_n] = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &whole);
    p->page = cairo_create(p->pages[p->pages_n++]);
    p->y = MARGIN_TOP;
}

bool page_room(struct print *p, double height)
{
    if (!p->failed && p->y + height > p->height - MARGIN_FOOT)
        page_new(p);
    return !p->failed;
}

static void foot(struct print *p, size_t page)
{
    char count[48];
    int n = snprintf(count, sizeof count, "第 %zu 页 共 %zu 页", page + 1, p->pages_n);
    PangoLayout *right = layout_new(p, LETTERS_SMALL, (struct sv){ count, (size_t)n }, 0);
    double room = page_inner(p) - layout_width(right) - 12, y = p->height - MARGIN_FOOT + 14;
    PangoLayout *left = layout_new(p, LETTERS_SMALL, p->form.foot, room);
    line_draw(p, page_left(p), y - 4, page_left(p) + page_inner(p), y - 4);
    layout_show(p, left, page_left(p), y);
    layout_show(p, right, page_left(p) + page_inner(p) - layout_width(right), y);
    g_object_unref(left);
    g_object_unref(right);
}

/* Now that its number of pages is known, the form goes into the file. */
static void form_end(struct print *p)
{
    for (size_t i = 0; i < p->pages_n; i++) {
        if (p->page)
            cairo_destroy(p->page);
        p->page = cairo_create(p->pages[i]);
        if (!p->failed && !p->paper.label)
            foot(p, i);
        cairo_destroy(p->page);
        p->page = NULL;
        if (!p->failed) {
            cairo_set_source_surface(p->out, p->pages[i], 0, 0);
            cairo_paint(p->out);
            cairo_show_page(p->out);
        }
        cairo_surface_destroy(p->pages[i]);
    }
    p->pages_n = 0;
    p->columns_n = 0;
    if (!p->failed && cairo_status(p->out) != CAIRO_STATUS_SUCCESS)
        p->failed = "print.write";
}

void code_draw(struct print *p, struct sv text, double x, double y, double side)
{
    char whole[512];
    struct sv kept = sv_head(text, sizeof whole - 1);
    memcpy(whole, kept.at, kept.len);
    whole[kept.len] = 0;
    QRcode *code = QRcode_encodeString8bit(whole, 0, QR_ECLEVEL_M);
    if (!code)
        return;
    double cell = side / code->width;
    for (int i = 0; i < code->width * code->width; i++)
        if (code->data[i] & 1)
            cairo_rectangle(p->page, x + (i % code->width) * cell, y + (i / code->width) * cell,
                            cell, cell);
    cairo_fill(p->page);
    QRcode_free(code);
}

static void centred(struct print *p, enum letters letters, struct sv text, double room)
{
    PangoLayout *l = layout_new(p, letters, text, room);
    pango_layout_set_alignment(l, PANGO_ALIGN_CENTER);
    layout_show(p, l, (p->width - room) / 2, p->y);
    p->y += layout_height(l) + 4;
    g_object_unref(l);
}

void print_form(struct print *p, const struct print_form *form)
{
    form_end(p);
    p->form = *form;
    page_new(p);
    if (p->failed)
        return;
    double top = p->y, room = page_inner(p) - (form->code.len ? 2 * (QR_SIDE + 12) : 0);
    if (form->code.len)
        code_draw(p, form->code, p->width - MARGIN_SIDE - QR_SIDE, top, QR_SIDE);
    centred(p, LETTERS_TITLE, form->title, room);
    if (form->under.len)
        centred(p, LETTERS_TEXT, form->under, room);
    if (form->code.len && p->y < top + QR_SIDE + 4)
        p->y = top + QR_SIDE + 4;
    if (form->number.len) {
        PangoLayout *l = layout_new(p, LETTERS_SMALL, form->number, 0);
        layout_show(p, l, p->width - MARGIN_SIDE - layout_width(l), p->y);
        p->y += layout_height(l) + 4;
        g_object_unref(l);
    }
    p->y += 6;
}

/* --- the end --- */

enum err print_close(struct ctx *c, struct print *p)
{
    form_end(p);
    const char *failed = p->failed;
    if (!failed) {
        cairo_surface_finish(p->file);
        if (cairo_surface_status(p->file) != CAIRO_STATUS_SUCCESS)
            failed = "print.write";
    }
    print_drop(p);
    if (failed)
        return fail(c, sv_is(sv_of(failed), "print.pages") ? ERR_INVALID : ERR_BUSY, failed,
                    "could not print");
    return ERR_NONE;
}

void print_drop(struct print *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->pages_n; i++)
        cairo_surface_destroy(p->pages[i]);
    p->pages_n = 0;
    if (p->page)
        cairo_destroy(p->page);
    if (p->out)
        cairo_destroy(p->out);
    if (p->file)
        cairo_surface_destroy(p->file);
    p->page = NULL;
    p->out = NULL;
    p->file = NULL;
}
