/* book.c - what a file is, and which pages it has. */

#include "sheet/inside.h"

#include <string.h>

enum { RELATIONS_MAX = 1000 };

struct relation { struct sv id, type, target; };

/* Reading the two small parts that say where everything is. */
struct reading {
    struct arena        *mem;
    struct sheet_inside *in;
    struct relation     *relations;
    size_t               relations_n, relations_room, pages_room;
    struct sheet_book   *book;
    struct sv            folder;       /* of the workbook: xl/ */
};

static void relation_start(struct xml *x, const char *name, const char **attributes)
{
    struct reading *r = x->user;
    if (strcmp(name, "Relationship") != 0 || r->relations_n >= RELATIONS_MAX)
        return;
    r->relations = GROW(r->mem, r->relations, r->relations_n, &r->relations_room);
    r->relations[r->relations_n++] = (struct relation){
        sv_copy(r->mem, xml_attribute(attributes, "Id")),
        sv_copy(r->mem, xml_attribute(attributes, "Type")),
        sv_copy(r->mem, xml_attribute(attributes, "Target")),
    };
}

static bool relations_read(struct reading *r, struct sv part)
{
    struct xml x = { .user = r, .start = relation_start };
    r->relations_n = 0;
    return xml_all(&x, r->in, part);
}

/* A target below the folder, or from the top when it begins with /. */
static struct sv target_path(struct reading *r, struct sv target)
{
    if (sv_starts(target, SV("/")))
        return sv_from(target, 1);
    return sv_fmt(r->mem, "%.*s%.*s", SV_ARG(r->folder), SV_ARG(target));
}

/* The part of the first relation whose type ends so; "" when there is none. */
static struct sv part_of_type(struct reading *r, const char *type)
{
    for (size_t i = 0; i < r->relations_n; i++)
        if (sv_ends(r->relations[i].type, sv_of(type)))
            return target_path(r, r->relations[i].target);
    return SV("");
}

static struct sv page_part(struct reading *r, struct sv id)
{
    for (size_t i = 0; i < r->relations_n; i++)
        if (sv_eq(r->relations[i].id, id) && sv_ends(r->relations[i].type, SV("/worksheet")))
            return target_path(r, r->relations[i].target);
    return SV("");
}

static void workbook_start(struct xml *x, const char *name, const char **attributes)
{
    struct reading *r = x->user;
    struct sheet_book *b = r->book;
    if (strcmp(name, "workbookPr") == 0) {
        struct sv on = xml_attribute(attributes, "date1904");
        r->in->from_1904 = sv_is(on, "1") || sv_is(on, "true");
    }
    struct sv part = strcmp(name, "sheet") == 0
        ? page_part(r, xml_attribute(attributes, "id")) : SV("");
    if (part.len == 0)                               /* a chart, a macro sheet */
        return;
    if (b->pages_n >= SHEET_PAGES_MAX) {
        xml_stop(x, "sheet.many", 0);
        return;
    }
    struct sv state = xml_attribute(attributes, "state");
    b->pages = GROW(r->mem, b->pages, b->pages_n, &r->pages_room);
    b->pages[b->pages_n++] = (struct sheet_page){
        sv_copy(r->mem, xml_attribute(attributes, "name")),
        sv_is(state, "hidden") || sv_is(state, "veryHidden"), part,
    };
}

/* "xl/workbook.xml" to "xl/" and "xl/_rels/workbook.xml.rels". */
static struct sv relations_of(struct reading *r, struct sv part)
{
    size_t slash = part.len;
    while (slash && part.at[slash - 1] != '/')
        slash--;
    r->folder = sv_head(part, slash);
    return sv_fmt(r->mem, "%.*s_rels/%.*s.rels", SV_ARG(r->folder), SV_ARG(sv_from(part, slash)));
}

static bool workbook_read(struct reading *r)
{
    struct xml x = { .user = r, .start = workbook_start };
    if (!relations_read(r, SV("_rels/.rels")))
        return false;
    struct sv workbook = part_of_type(r, "/officeDocument");
    if (sv_ends(workbook, SV(".bin")))
        return sheet_wrong(&r->in->fault, "sheet.xlsb", 0);
    if (workbook.len == 0 || !pack_has(r->in, workbook))
        return sheet_wrong(&r->in->fault, pack_has(r->in, SV("content.xml")) ? "sheet.ods"
                                                                             : "sheet.not", 0);
    r->in->workbook = sv_copy(r->mem, workbook);
    if (!relations_read(r, relations_of(r, workbook)) || !xml_all(&x, r->in, workbook))
        return false;
    if (r->book->pages_n == 0)
        return sheet_wrong(&r->in->fault, "sheet.not", 0);
    struct sv strings = part_of_type(r, "/sharedStrings"), styles = part_of_type(r, "/styles");
    return (strings.len == 0 || strings_read(r->mem, r->in, strings))
           && (styles.len == 0 || styles_read(r->mem, r->in, styles));
}

static void first_page(struct sheet_book *b)
{
    while (b->first + 1 < b->pages_n && b->pages[b->first].hidden)
        b->first++;
    if (b->pages[b->first].hidden)
        b->first = 0;
}

/* --- what it is --- */

/* Both old binary workbooks and encrypted new ones are compound files; a stream's name tells. */
static const char *compound_fault(struct sv bytes)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    struct sv wanted = { name, sizeof name - 1 };
    return sv_find(bytes, wanted) >= 0 ? "sheet.locked" : "sheet.xls";
}

static const char *refusal(struct sv bytes)
{
    struct sv head = sv_trim(sv_head(bytes, 512));
    if (bytes.len == 0)
        return "sheet.empty";
    if (bytes.len > SHEET_BYTES_MAX)
        return "sheet.large";
    if (sv_starts(bytes, SV("\xD0\xCF\x11\xE0")))
        return compound_fault(bytes);
    if (sv_starts(bytes, SV("\x09\x08")) || sv_starts(bytes, SV("\x09\x04")))
        return "sheet.xls";
    if (sv_starts(head, SV("<")) || sv_starts(head, SV("\xEF\xBB\xBF<")))
        return "sheet.html";
    if (sv_starts(bytes, SV("%PDF")) || sv_starts(bytes, SV("\x89PNG"))
        || sv_starts(bytes, SV("\xFF\xD8\xFF")) || sv_starts(bytes, SV("Rar!"))
        || sv_starts(bytes, SV("7z\xBC\xAF")) || sv_starts(bytes, SV("\x1F\x8B")))
        return "sheet.not";
    return NULL;
}

static enum err open_csv(struct ctx *c, struct sv bytes, struct sheet_book *b)
{
    b->form = SHEET_CSV;
    TRY(text_decode(c, bytes, &b->inside->text));
    b->pages = NEW(&c->mem, struct sheet_page, 1);
    b->pages[0].name = SV("CSV");
    b->pages_n = 1;
    return ERR_NONE;
}

enum err sheet_open(struct ctx *c, struct sv bytes, struct sheet_book **ret_book)
{
    struct sheet_book *b = NEW(&c->mem, struct sheet_book, 1);
    b->inside = NEW(&c->mem, struct sheet_inside, 1);
    struct sheet_fault refused = { refusal(bytes), 0 };
    TRY(sheet_fail(c, &refused));
    if (!sv_starts(bytes, SV("PK\x03\x04"))) {
        TRY(open_csv(c, bytes, b));
        *ret_book = b;
        return ERR_NONE;
    }
    struct reading r = { .mem = &c->mem, .in = b->inside, .book = b, .folder = SV("") };
    enum err e = pack_open(c, bytes, b->inside);
    if (e == ERR_NONE && !workbook_read(&r))
        e = sheet_fail(c, &b->inside->fault);
    if (e != ERR_NONE) {
        sheet_close(b);
        return e;
    }
    first_page(b);
    *ret_book = b;
    return ERR_NONE;
}

void sheet_close(struct sheet_book *b)
{
    if (b && b->inside->zip)
        zip_discard(b->inside->zip);
    if (b)
        b->inside->zip = NULL;
}

bool sheet_from_1904(const struct sheet_book *b)
{
    return b && b->inside->from_1904;
}
