/* others.c - the parts beside the page: pages, charts, names, what the file says of itself. */

#include "sheet/fill/marks.h"

#include <string.h>

/* --- formulas that look at the page --- */

static void plain_start(struct look *l, const char *name, const char **attributes)
{
    (void)l, (void)name, (void)attributes;
}

static void formula_end(struct look *l, const char *name)
{
    if (is_formula_element(name))
        mark_formula(l);
}

static bool names_page(const struct fill *f, struct sv bytes)
{
    return sv_find(bytes, f->shift.plain) >= 0 || sv_find(bytes, f->shift.quoted) >= 0;
}

/* --- the workbook: names of areas, and that all is computed when it opens --- */

static void book_start(struct look *l, const char *name, const char **attributes)
{
    if (strcmp(name, "calcPr") != 0)
        return;
    l->found = true;
    if (xml_attribute(attributes, "fullCalcOnLoad").len) {
        mark_attribute(l, "fullCalcOnLoad", MARK_RECALC);
        return;
    }
    size_t end = look_end(l) - 1 - (l->m->bytes.at[look_end(l) - 2] == '/');
    mark_put(l, (struct mark){ .kind = MARK_RECALC, .at = end, .end = end, .n = 1 });
}

static void book_end(struct look *l, const char *name)
{
    static const char *const before[] = { "sheets", "functionGroups", "externalReferences",
                                          "definedNames" };
    formula_end(l, name);
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (l->depth == 2 && strcmp(name, before[i]) == 0)
            l->after = look_end(l);
    if (l->depth != 1 || l->found || !l->after)
        return;
    /* Marks stand in order: nothing of ours is behind the names. */
    mark_put(l, (struct mark){ .kind = MARK_RECALC_NEW, .at = l->after, .end = l->after });
}

/* --- the chain of computing, which names cells by their places: left out --- */

static void chain_start(struct look *l, const char *name, const char **attributes)
{
    struct sv said = strcmp(name, "Override") == 0 ? xml_attribute(attributes, "PartName")
        : strcmp(name, "Relationship") == 0 ? xml_attribute(attributes, "Type") : SV("");
    l->found = sv_ends(said, SV("/calcChain.xml")) || sv_ends(said, SV("/calcChain"));
    l->begun_at = look_at(l);
}

static void chain_end(struct look *l, const char *name)
{
    (void)name;
    if (l->found)
        mark_put(l, (struct mark){ .kind = MARK_DROP, .at = l->begun_at, .end = look_end(l) });
    l->found = false;
}

/* --- what the file says of itself --- */

static void told_end(struct look *l, const char *name)
{
    size_t at = look_at(l);
    if (l->depth == 2 && strcmp(name, "description") == 0) {
        l->found = true;
        if (look_text(l).len)
            mark_text(l, MARK_TOLD);
    }
    if (l->depth == 1 && !l->found && look_end(l) > at)
        mark_put(l, (struct mark){ .kind = MARK_TOLD_NEW, .at = at, .end = at });
}

/* --- all of them --- */

struct kind_of_part {
    const char *folder, *ending;
    void (*start)(struct look *l, const char *name, const char **attributes);
    void (*end)(struct look *l, const char *name);
    bool only_named;                         /* looked into when it names the page */
};

static const struct kind_of_part kinds[] = {
    { "xl/worksheets/", ".xml", plain_start, formula_end, true },
    { "xl/charts/", ".xml", plain_start, formula_end, true },
    { "[Content_Types].xml", "", chain_start, chain_end, false },
    { "xl/_rels/", ".rels", chain_start, chain_end, false },
    { "docProps/core.xml", "", plain_start, told_end, false },
};

static bool look_into(struct fill *f, struct sv name, const struct kind_of_part *k)
{
    struct marked *m = part_marked(f, name);
    if (!m)
        return false;
    struct look l = { .fill = f, .m = m, .start = k->start, .end = k->end };
    if ((!k->only_named || names_page(f, m->bytes)) && !look_go(&l))
        return false;
    if (m->n == 0)
        f->parts_n--;
    return true;
}

static bool other_look(struct fill *f, struct sv name)
{
    static const struct kind_of_part book = { "", "", book_start, book_end, false };
    if (sv_eq(name, f->book->pages[f->form.page].part))
        return true;
    if (sv_eq(name, f->in->workbook))
        return look_into(f, name, &book);
    if (sv_find(name, SV("pivotCacheDefinition")) >= 0) {
        struct marked *m = part_marked(f, name);
        if (m && names_page(f, m->bytes))
            return sheet_wrong(&f->in->fault, "sheet.form_pivot", 0);
        f->parts_n -= m != NULL;
        return m != NULL;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (sv_starts(name, sv_of(kinds[i].folder)) && sv_ends(name, sv_of(kinds[i].ending)))
            return look_into(f, name, &kinds[i]);
    return true;
}

bool others_look(struct fill *f)
{
    int64_t n = zip_get_num_entries(f->in->zip, 0);
    for (int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(f->in->zip, (uint64_t)i, 0);
        if (name && !other_look(f, sv_of(name)))
            return false;
    }
    return true;
}
