/* styles.c - which styles of a workbook show a number as a date. */

#include "sheet/inside.h"

#include <string.h>

enum { FORMATS_MAX = 5000, STYLES_MAX = 70000 };

struct format { int64_t id; bool date; };

struct reading {
    struct arena        *mem;
    struct sheet_inside *in;
    struct format       *formats;
    size_t               formats_n, formats_room, dates_room;
    bool                 in_cells;          /* inside <cellXfs> */
};

/* Built-in formats; 27 to 36 and 50 to 58 are the Chinese ones. */
static bool built_in_date(int64_t id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47)
           || (id >= 50 && id <= 58);
}

/* Skips what is quoted, escaped or in brackets: yyyy"年"m"月", [Red]0.00, \d. */
static bool code_is_date(struct sv code)
{
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];
        if (c == '\\' || c == '_' || c == '*')
            i++;
        else if (c == '"' || c == '[')
            while (++i < code.len && code.at[i] != (c == '"' ? '"' : ']'))
                ;
        else if (c == 'G' && sv_starts(sv_from(code, i), SV("General")))
            i += 6;
        else if (strchr("yYdDmMhHsS", c))
            return true;
    }
    return false;
}

static void format_add(struct xml *x, struct reading *r, const char **attributes)
{
    int64_t id;
    if (!sv_int(xml_attribute(attributes, "numFmtId"), 0, 1000000, &id))
        return;
    if (r->formats_n >= FORMATS_MAX) {
        xml_stop(x, "sheet.many", 0);
        return;
    }
    r->formats = GROW(r->mem, r->formats, r->formats_n, &r->formats_room);
    r->formats[r->formats_n++] =
        (struct format){ id, code_is_date(xml_attribute(attributes, "formatCode")) };
}

static void style_add(struct xml *x, struct reading *r, const char **attributes)
{
    int64_t id = 0;
    if (r->in->dates_n >= STYLES_MAX) {
        xml_stop(x, "sheet.many", 0);
        return;
    }
    (void)sv_int(xml_attribute(attributes, "numFmtId"), 0, 1000000, &id);
    bool date = built_in_date(id);
    for (size_t i = 0; i < r->formats_n; i++)
        if (r->formats[i].id == id)
            date = r->formats[i].date;
    r->in->dates = GROW(r->mem, r->in->dates, r->in->dates_n, &r->dates_room);
    r->in->dates[r->in->dates_n++] = date;
}

static void start(struct xml *x, const char *name, const char **attributes)
{
    struct reading *r = x->user;
    if (strcmp(name, "cellXfs") == 0)
        r->in_cells = true;
    else if (strcmp(name, "numFmt") == 0)
        format_add(x, r, attributes);
    else if (r->in_cells && strcmp(name, "xf") == 0)
        style_add(x, r, attributes);
}

static void end(struct xml *x, const char *name)
{
    struct reading *r = x->user;
    if (strcmp(name, "cellXfs") == 0)
        r->in_cells = false;
}

bool styles_read(struct arena *mem, struct sheet_inside *in, struct sv part)
{
    struct reading r = { .mem = mem, .in = in };
    struct xml x = { .user = &r, .start = start, .end = end };
    return xml_all(&x, in, part);
}
