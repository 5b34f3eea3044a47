/* xml.c - one part of a workbook through expat, handed on element by element; pauses on demand. */

#include "sheet/inside.h"

#include <string.h>

enum { CHUNK = 64 * 1024 };

const char *xml_local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

struct sv xml_attribute(const char **attributes, const char *name)
{
    for (int i = 0; attributes[i]; i += 2)
        if (strcmp(xml_local(attributes[i]), name) == 0)
            return sv_of(attributes[i + 1]);
    return SV("");
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes)
{
    struct xml *x = user;
    x->start(x, xml_local(name), attributes);
}

static void XMLCALL on_end(void *user, const char *name)
{
    struct xml *x = user;
    if (x->end)
        x->end(x, xml_local(name));
}

static void XMLCALL on_text(void *user, const char *at, int len)
{
    struct xml *x = user;
    if (x->text)
        x->text(x, (struct sv){ at, (size_t)len });
}

/* No workbook has one: it only serves attacks (entities that grow, files of the server). */
static void XMLCALL on_doctype(void *user, const char *name, const char *sysid, const char *pubid,
                               int internal)
{
    (void)name, (void)sysid, (void)pubid, (void)internal;
    xml_stop(user, "sheet.doctype", 0);
}

bool xml_open(struct xml *x, struct sheet_inside *in, struct sv part)
{
    x->fault = &in->fault;
    x->paused = x->ended = false;
    if (!part_open(in, part, &x->part))
        return false;
    x->parser = XML_ParserCreate(NULL);
    if (!x->parser) {
        part_close(&x->part);
        return sheet_wrong(&in->fault, "sheet.broken", 0);
    }
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    return true;
}

/* Paused, and for a chunk's rest going on where it stopped. */
static enum XML_Status step(struct xml *x)
{
    if (x->paused) {
        x->paused = false;
        return XML_ResumeParser(x->parser);
    }
    char *at = XML_GetBuffer(x->parser, CHUNK);
    int64_t n = at ? part_read(&x->part, at, CHUNK) : -1;
    if (n < 0)
        return XML_STATUS_ERROR;
    x->ended = n == 0;
    return XML_ParseBuffer(x->parser, (int)n, n == 0);
}

bool xml_go(struct xml *x)
{
    while (!x->fault->key && (x->paused || !x->ended)) {
        enum XML_Status status = step(x);
        if (status == XML_STATUS_SUSPENDED)
            return !x->fault->key;
        if (status == XML_STATUS_ERROR)
            return sheet_wrong(x->fault, "sheet.broken", 0);
    }
    return false;
}

void xml_pause(struct xml *x)
{
    x->paused = true;
    XML_StopParser(x->parser, XML_TRUE);
}

void xml_stop(struct xml *x, const char *key, int64_t arg)
{
    sheet_wrong(x->fault, key, arg);
    XML_StopParser(x->parser, XML_FALSE);
}

void xml_close(struct xml *x)
{
    if (x->parser)
        XML_ParserFree(x->parser);
    x->parser = NULL;
    part_close(&x->part);
}

bool xml_all(struct xml *x, struct sheet_inside *in, struct sv part)
{
    if (!pack_has(in, part))
        return true;
    if (!xml_open(x, in, part))
        return false;
    while (xml_go(x))
        ;
    xml_close(x);
    return !in->fault.key;
}
