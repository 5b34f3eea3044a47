/* shape.c - JSON and XML of one answer, and failures as the standard shapes them. */

#include "care/open311/inside.h"

/* --- XML from the JSON tree, so that the two never differ --- */

/* What one element of a list is called. */
static const struct { const char *list, *one; } ones[] = {
    { "services", "service" }, { "attributes", "attribute" }, { "values", "value" },
    { "service_requests", "request" }, { "errors", "error" }, { "endpoints", "endpoint" },
    { "formats", "format" },
};

static struct sv one_of(struct sv list)
{
    for (size_t i = 0; i < sizeof ones / sizeof ones[0]; i++)
        if (sv_is(list, ones[i].list))
            return sv_of(ones[i].one);
    return SV("item");
}

void xml_text(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        char ch = text.at[i];
        if (ch == '&')
            buf_text(out, "&amp;");
        else if (ch == '<')
            buf_text(out, "&lt;");
        else if (ch == '>')
            buf_text(out, "&gt;");
        else if ((unsigned char)ch >= 0x20 || ch == '\n' || ch == '\t')
            buf_byte(out, ch);
    }
}

void xml_put(struct buf *out, struct sv name, const struct json_value *v)
{
    if (v->kind == JSON_NULL) {
        buf_fmt(out, "<%.*s/>", SV_ARG(name));
        return;
    }
    buf_fmt(out, "<%.*s>", SV_ARG(name));
    for (const struct json_value *one = v->first; one; one = one->next)
        xml_put(out, v->kind == JSON_ARRAY ? one_of(name) : one->name, one);
    if (v->kind == JSON_BOOL)
        buf_text(out, v->yes ? "true" : "false");
    else if (v->kind == JSON_TEXT || v->kind == JSON_NUMBER)
        xml_text(out, v->text);
    buf_fmt(out, "</%.*s>", SV_ARG(name));
}

static bool wants_json(struct sv path)
{
    return sv_ends(path, SV(".json"));
}

MUST static enum err as_xml(struct ctx *c, struct answer *a, const char *root, struct sv json)
{
    const struct json_value *tree;
    TRY(json_parse(c, json, &tree));
    a->type = "text/xml; charset=utf-8";
    buf_text(&a->body, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml_put(&a->body, sv_of(root), tree);
    buf_byte(&a->body, '\n');
    return ERR_NONE;
}

enum err open311_answer(struct ctx *c, const struct request *q, struct answer *a,
                        const char *root, open311_fill *fill)
{
    if (wants_json(q->path))
        return fill(c, q, &a->json);
    struct buf text = buf_new(&c->mem, 4096);
    struct json j = json_new(&text);
    if (q->endpoint->gives_many)
        json_array(&j, NULL);
    else
        json_object(&j, NULL);
    TRY(fill(c, q, &j));
    json_end(&j, q->endpoint->gives_many ? ']' : '}');
    return as_xml(c, a, root, buf_sv(&text));
}

/* --- failures --- */

/* The standard knows 400, 403 and 404; what else there is keeps its own number. */
static int status_of(int ours)
{
    return ours == 401 ? 403 : ours == 422 || ours == 409 ? 400 : ours;
}

static void error_put(struct json *j, int code, struct sv description)
{
    json_object(j, NULL);
    json_text(j, "code", sv_fmt(j->out->mem, "%d", code));
    json_text(j, "description", description);
    json_end(j, '}');
}

static struct sv said(struct ctx *c, struct sv field, const char *key, struct sv arg0,
                      struct sv arg1)
{
    struct sv text = house_message(c->house, &c->mem, c->lang, key, arg0, arg1);
    return field.len ? sv_fmt(&c->mem, "%.*s: %.*s", SV_ARG(field), SV_ARG(text)) : text;
}

void open311_refuses(struct ctx *c, struct sv path, struct answer *a)
{
    const struct fault *f = &c->fault;
    struct buf text = buf_new(&c->mem, 512);
    struct json j = json_new(&text);
    a->status = status_of(a->status);
    json_array(&j, NULL);
    for (size_t i = 0; i < f->fields_n; i++)
        error_put(&j, a->status, said(c, f->fields[i].field, f->fields[i].key, f->fields[i].arg0,
                                      f->fields[i].arg1));
    if (!f->fields_n)
        error_put(&j, a->status, said(c, SV(""), f->key ? f->key : err_name(f->kind), f->arg0,
                                      f->arg1));
    json_end(&j, ']');
    a->type = "application/json; charset=utf-8";
    if (!wants_json(path) && as_xml(c, a, "errors", buf_sv(&text)) == ERR_NONE)
        return;
    buf_put(&a->body, buf_sv(&text));
}
