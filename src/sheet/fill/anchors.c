/* anchors.c - pictures and remarks hang on cells: those above the rows may stay as they are. */

#include "sheet/fill/marks.h"

#include <string.h>

/* What the page's relations lead to, and the lowest row that something hangs on. */
struct anchors {
    struct fill *fill;
    struct sv    folder;                     /* of the page's part */
    struct sv    parts[64];
    size_t       parts_n;
    int64_t      lowest;
    bool         in_row;
    char         digits[12];
    size_t       digits_n;
};

static void anchor_row(struct anchors *a, int64_t row)
{
    if (row > a->lowest)
        a->lowest = row;
}

/* "../drawings/drawing1.xml" seen from xl/worksheets/ */
static struct sv target_of(struct anchors *a, struct sv target)
{
    struct sv folder = a->folder;
    if (sv_starts(target, SV("/")))
        return sv_copy(a->fill->mem, sv_from(target, 1));
    while (sv_starts(target, SV("../"))) {
        target = sv_from(target, 3);
        folder.len -= folder.len ? 1 : 0;
        while (folder.len && folder.at[folder.len - 1] != '/')
            folder.len--;
    }
    return sv_fmt(a->fill->mem, "%.*s%.*s", SV_ARG(folder), SV_ARG(target));
}

static void relation_start(struct xml *x, const char *name, const char **attributes)
{
    struct anchors *a = x->user;
    struct sv type = xml_attribute(attributes, "Type");
    if (strcmp(name, "Relationship") != 0)
        return;
    if (sv_ends(type, SV("/table")))
        xml_stop(x, "sheet.form_table", 0);
    else if (sv_ends(type, SV("/pivotTable")))
        xml_stop(x, "sheet.form_pivot", 0);
    else if (sv_ends(type, SV("/oleObject")) || sv_ends(type, SV("/ctrlProp")))
        xml_stop(x, "sheet.form_objects", 0);
    else if ((sv_ends(type, SV("/drawing")) || sv_ends(type, SV("/comments")))
             && a->parts_n < sizeof a->parts / sizeof a->parts[0])
        a->parts[a->parts_n++] = target_of(a, xml_attribute(attributes, "Target"));
}

/* <xdr:row>3</xdr:row>, from 0; <comment ref="B4"> */
static void anchor_start(struct xml *x, const char *name, const char **attributes)
{
    struct anchors *a = x->user;
    int64_t row;
    size_t column;
    a->in_row = strcmp(name, "row") == 0;
    a->digits_n = 0;
    if (strcmp(name, "comment") == 0 && ref_read(xml_attribute(attributes, "ref"), &row, &column))
        anchor_row(a, row);
}

static void anchor_text(struct xml *x, struct sv text)
{
    struct anchors *a = x->user;
    for (size_t i = 0; a->in_row && i < text.len && a->digits_n < sizeof a->digits; i++)
        a->digits[a->digits_n++] = text.at[i];
}

static void anchor_end(struct xml *x, const char *name)
{
    struct anchors *a = x->user;
    int64_t row;
    (void)name;
    if (a->in_row && sv_int((struct sv){ a->digits, a->digits_n }, 0, 1048576, &row))
        anchor_row(a, row + 1);
    a->in_row = false;
}

bool anchors_look(struct fill *f, struct sv page)
{
    struct anchors a = { .fill = f };
    size_t slash = page.len;
    while (slash && page.at[slash - 1] != '/')
        slash--;
    a.folder = sv_head(page, slash);
    struct xml x = { .user = &a, .start = relation_start };
    if (!xml_all(&x, f->in, sv_fmt(f->mem, "%.*s_rels/%.*s.rels", SV_ARG(a.folder),
                                   SV_ARG(sv_from(page, slash)))))
        return false;
    for (size_t i = 0; i < a.parts_n; i++) {
        struct xml y = { .user = &a, .start = anchor_start, .end = anchor_end,
                         .text = anchor_text };
        if (!xml_all(&y, f->in, a.parts[i]))
            return false;
    }
    return a.lowest < f->form.from
           || sheet_wrong(&f->in->fault, "sheet.form_objects", a.lowest);
}
