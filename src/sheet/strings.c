/* strings.c - the texts that the cells of a workbook share. */

#include "sheet/inside.h"

#include <string.h>

struct reading {
    struct arena        *mem;
    struct sheet_inside *in;
    struct buf           one;
    size_t               room, bytes;
    bool                 inside_text;
    int                  phonetic;          /* depth inside <rPh>: readings, not text */
};

static void start(struct xml *x, const char *name, const char **attributes)
{
    struct reading *r = x->user;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        r->one.len = 0;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    else if (strcmp(name, "t") == 0)
        r->inside_text = r->phonetic == 0;
}

static void add(struct xml *x, struct reading *r)
{
    struct sheet_inside *in = r->in;
    r->bytes += r->one.len;
    if (in->strings_n >= SHEET_STRINGS_MAX || r->bytes > SHEET_STRINGS_BYTES) {
        xml_stop(x, "sheet.many", 0);
        return;
    }
    in->strings = GROW(r->mem, in->strings, in->strings_n, &r->room);
    in->strings[in->strings_n++] = sv_copy(r->mem, buf_sv(&r->one));
}

static void end(struct xml *x, const char *name)
{
    struct reading *r = x->user;
    if (strcmp(name, "t") == 0)
        r->inside_text = false;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic--;
    else if (strcmp(name, "si") == 0)
        add(x, r);
}

static void text(struct xml *x, struct sv s)
{
    struct reading *r = x->user;
    if (!r->inside_text)
        return;
    if (r->one.len + s.len > SHEET_TEXT_MAX)
        xml_stop(x, "sheet.text", SHEET_TEXT_MAX);
    else
        buf_put(&r->one, s);
}

bool strings_read(struct arena *mem, struct sheet_inside *in, struct sv part)
{
    struct reading r = { .mem = mem, .in = in, .one = buf_new(mem, 256) };
    struct xml x = { .user = &r, .start = start, .end = end, .text = text };
    return xml_all(&x, in, part);
}
