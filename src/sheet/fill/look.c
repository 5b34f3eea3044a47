/* look.c - one part after another through expat: what in it must change, and where. */

#include "sheet/fill/marks.h"

#include <string.h>
#include <strings.h>

enum { MARKS_MAX = 400000, CHUNK = 64 * 1024 };

/* --- a part in memory --- */

static bool part_load(struct fill *f, struct sv name, struct sv *ret_bytes)
{
    struct part p;
    struct buf b = buf_new(f->mem, CHUNK);
    b.len_max = FILL_PART_MAX;
    if (!part_open(f->in, name, &p))
        return false;
    char *at = NEW(f->mem, char, CHUNK);
    for (int64_t n; (n = part_read(&p, at, CHUNK)) > 0 && !b.full;)
        buf_put(&b, (struct sv){ at, (size_t)n });
    part_close(&p);
    if (b.full)
        return sheet_wrong(&f->in->fault, "sheet.form_large", FILL_PART_MAX / 1024 / 1024);
    *ret_bytes = buf_sv(&b);
    return !f->in->fault.key;
}

/* What is put in is UTF-8, so must be the rest. */
static bool is_utf8(struct sv bytes)
{
    struct sv head = sv_head(bytes, 200), said;
    if (sv_starts(bytes, SV("\xFE\xFF")) || sv_starts(bytes, SV("\xFF\xFE"))
        || sv_find_byte(sv_head(bytes, 4), '\0') >= 0)
        return false;
    ptrdiff_t at = sv_starts(head, SV("<?xml")) || sv_starts(head, SV("\xEF\xBB\xBF<?xml"))
        ? sv_find(head, SV("encoding=")) : -1;
    if (at < 0 || (size_t)at + 10 >= head.len)
        return true;
    said = sv_from(head, (size_t)at + 10);
    return strncasecmp(said.at, "utf-8", said.len < 5 ? said.len : 5) == 0;
}

struct marked *part_marked(struct fill *f, struct sv name)
{
    struct marked m = { .name = sv_copy(f->mem, name) };
    if (!part_load(f, name, &m.bytes))
        return NULL;
    if (!is_utf8(m.bytes)) {
        sheet_wrong(&f->in->fault, "sheet.form_encoding", 0);
        return NULL;
    }
    f->parts = GROW(f->mem, f->parts, f->parts_n, &f->parts_room);
    f->parts[f->parts_n] = m;
    return &f->parts[f->parts_n++];
}

/* --- expat --- */

static void XMLCALL on_start(void *user, const char *name, const char **attributes)
{
    struct look *l = user;
    l->depth++;
    l->text_at = look_end(l);
    l->start(l, xml_local(name), attributes);
}

static void XMLCALL on_end(void *user, const char *name)
{
    struct look *l = user;
    if (l->end)
        l->end(l, xml_local(name));
    l->depth--;
}

static void XMLCALL on_doctype(void *user, const char *name, const char *sysid, const char *pubid,
                               int internal)
{
    (void)name, (void)sysid, (void)pubid, (void)internal;
    look_wrong(user, "sheet.doctype", 0);
}

bool look_go(struct look *l)
{
    struct sv bytes = l->m->bytes;
    l->parser = XML_ParserCreate(NULL);
    if (!l->parser)
        return sheet_wrong(&l->fill->in->fault, "sheet.broken", 0);
    XML_SetUserData(l->parser, l);
    XML_SetElementHandler(l->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(l->parser, on_doctype);
    if (XML_Parse(l->parser, bytes.at, (int)bytes.len, XML_TRUE) != XML_STATUS_OK)
        sheet_wrong(&l->fill->in->fault, "sheet.broken", 0);
    XML_ParserFree(l->parser);
    l->parser = NULL;
    return !l->fill->in->fault.key;
}

size_t look_at(const struct look *l)
{
    return (size_t)XML_GetCurrentByteIndex(l->parser);
}

size_t look_end(const struct look *l)
{
    return look_at(l) + (size_t)XML_GetCurrentByteCount(l->parser);
}

struct sv look_tag(const struct look *l)
{
    return (struct sv){ l->m->bytes.at + look_at(l), look_end(l) - look_at(l) };
}

void look_wrong(struct look *l, const char *key, int64_t arg)
{
    sheet_wrong(&l->fill->in->fault, key, arg);
    XML_StopParser(l->parser, XML_FALSE);
}

static bool blank(char k)
{
    return k == ' ' || k == '\t' || k == '\n' || k == '\r';
}

/* The tag is well-formed: expat has read it. */
bool look_attribute(const struct look *l, const char *name, size_t *ret_at, size_t *ret_end)
{
    struct sv tag = look_tag(l);
    size_t i = 1;
    while (i < tag.len && !blank(tag.at[i]) && tag.at[i] != '>')
        i++;
    while (i < tag.len) {
        while (i < tag.len && blank(tag.at[i]))
            i++;
        size_t from = i;
        while (i < tag.len && tag.at[i] != '=' && !blank(tag.at[i]))
            i++;
        struct sv called = { tag.at + from, i - from };
        while (i < tag.len && tag.at[i] != '"' && tag.at[i] != '\'')
            i++;
        if (i >= tag.len)
            return false;
        size_t value = i + 1;
        ptrdiff_t len = sv_find_byte(sv_from(tag, value), tag.at[i]);
        if (len < 0)
            return false;
        i = value + (size_t)len + 1;
        if (sv_is(called, name)) {
            *ret_at = look_at(l) + value;
            *ret_end = *ret_at + (size_t)len;
            return true;
        }
    }
    return false;
}

void mark_put(struct look *l, struct mark mark)
{
    struct marked *m = l->m;
    bool in_order = mark.at <= mark.end && (m->n == 0 || mark.at >= m->marks[m->n - 1].end);
    if (!in_order) {                                     /* elements where no workbook has them */
        look_wrong(l, "sheet.broken", 0);
        return;
    }
    if (m->n >= MARKS_MAX) {
        look_wrong(l, "sheet.form_large", FILL_PART_MAX / 1024 / 1024);
        return;
    }
    m->marks = GROW(l->fill->mem, m->marks, m->n, &m->room);
    m->marks[m->n++] = mark;
}

void mark_attribute(struct look *l, const char *name, enum mark_kind kind)
{
    struct mark k = { .kind = kind };
    if (look_attribute(l, name, &k.at, &k.end))
        mark_put(l, k);
}

struct sv look_text(const struct look *l)
{
    size_t end = look_at(l);
    return end > l->text_at ? (struct sv){ l->m->bytes.at + l->text_at, end - l->text_at }
                            : SV("");
}

void mark_text(struct look *l, enum mark_kind kind)
{
    struct sv text = look_text(l);
    if (sv_find_byte(text, '<') >= 0)                    /* CDATA, a remark: nobody writes such */
        look_wrong(l, "sheet.broken", 0);
    else if (text.len)
        mark_put(l, (struct mark){ .kind = kind, .at = l->text_at, .end = look_at(l) });
}

bool is_formula_element(const char *name)
{
    return strcmp(name, "f") == 0 || strcmp(name, "formula") == 0 || strcmp(name, "formula1") == 0
           || strcmp(name, "formula2") == 0 || strcmp(name, "definedName") == 0;
}

void mark_formula(struct look *l)
{
    if (formula_moves(l->fill->mem, &l->fill->shift, l->m->own, look_text(l)))
        mark_text(l, MARK_FORMULA);
}
