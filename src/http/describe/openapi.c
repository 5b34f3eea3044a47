/* openapi.c - OpenAPI 3.1, written from the endpoint and field tables. */

#include "http/describe/openapi.h"

#include "http/answer.h"
#include "http/generic.h"
#include "http/describe/schema.h"
#include "http/server.h"

#include <string.h>

/* --- operations --- */

static void put_parameter(struct json *j, const char *name, const char *in, bool required,
                          const char *about)
{
    json_object(j, NULL);
    schema_text(j, "name", name);
    schema_text(j, "in", in);
    if (required)
        json_bool(j, "required", true);
    schema_text(j, "description", about);
    json_object(j, "schema");
    schema_text(j, "type", "string");
    json_end(j, '}');
    json_end(j, '}');
}

static void put_query_field(struct json *j, const struct field *f)
{
    json_object(j, NULL);
    schema_text(j, "name", f->name);
    schema_text(j, "in", "query");
    if (f->required)
        json_bool(j, "required", true);
    if (f->kind == KIND_SET)
        json_bool(j, "explode", false);                  /* one parameter, values by comma */
    json_text(j, "description", schema_labels(j->out->mem, f->zh, f->en, f->name));
    json_object(j, "schema");
    schema_kind(j, f, TAKEN);
    json_end(j, '}');
    json_end(j, '}');
}

static void put_list_parameters(struct json *j, const struct entity *e)
{
    static const struct { const char *name, *about;
    } fixed[] = {
        { "q", "Words, pinyin or initials" },
        { "sort", "A declared sort; - before it turns it round" },
        { "after", "`next` of the page before" },
        { "size", "Rows a page, 1 to 200; 20 when absent" },
        { "total", "1: count, exact to 10,000" },
        { "ended", "1: with rows that have ended" },
    };
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (f->filter && !f->hidden)
            put_parameter(j, f->name, "query", false,
                          sv_fmt(j->out->mem, "%s; %s.from and %s.to for a range, values by comma",
                                 f->en ? f->en : f->name, f->name, f->name).at);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        put_parameter(j, fixed[i].name, "query", false, fixed[i].about);
}

static void put_path_parameters(struct json *j, const char *path)
{
    struct sv rest = sv_of(path), part;
    while (sv_cut(&rest, '/', &part))
        if (part.len > 2 && part.at[0] == '{')
            put_parameter(j, sv_text(j->out->mem, sv_head(sv_from(part, 1),
                                                          (size_t)sv_find_byte(part, '}') - 1)),
                          "path", true, "Part of the address");
}

static bool wants_version(const struct endpoint *e, const struct generic *g)
{
    return g && (e->verb == PATCH || g->action);
}

static void put_parameters(struct json *j, const struct endpoint *e)
{
    const struct generic *g = generic_of(e);
    json_array(j, "parameters");
    put_path_parameters(j, e->path);
    for (const struct field *f = e->query; f && f->kind != KIND_END; f++)
        if (!f->read_only)
            put_query_field(j, f);
    if (g && e->verb == GET && e->gives && !strchr(e->path, '{'))
        put_list_parameters(j, g->entity);
    if (wants_version(e, g))
        put_parameter(j, "If-Match", "header", true, "The version this change is of: \"3\"");
    if (e->verb == POST && e->lane != READS && e->lane != MEMORY)
        put_parameter(
            j, "Idempotency-Key", "header", false,
            "A key of the caller's own: the same again gives the same answer, for 72 hours");
    json_end(j, ']');
}

static void put_content(struct json *j, const char *type)
{
    json_object(j, "content");
    json_object(j, type);
}

static void end_content(struct json *j)
{
    json_end(j, '}');
    json_end(j, '}');
}

static void put_body(struct json *j, const struct house *h, const struct endpoint *e)
{
    if (!e->takes && !e->raw)
        return;
    json_object(j, "requestBody");
    json_bool(j, "required", true);
    put_content(j, e->raw ? (e->refuses ? "application/x-www-form-urlencoded"
                                        : "application/octet-stream") : "application/json");
    if (e->raw) {
        json_object(j, "schema");
        json_end(j, '}');
    } else {
        schema_put(j, h, "schema", e->takes, e->partial ? CHANGED : TAKEN);
    }
    end_content(j);
    json_end(j, '}');
}

static void put_page(struct json *j, const struct entity *e)
{
    json_object(j, "schema");
    schema_text(j, "type", "object");
    json_object(j, "properties");
    json_object(j, "items");
    schema_text(j, "type", "array");
    schema_ref(j, "items", e->name, "");
    json_end(j, '}');
    json_object(j, "next");
    schema_type(j, "string", NULL);
    json_end(j, '}');
    json_object(j, "total");
    schema_type(j, "integer", NULL);
    json_end(j, '}');
    json_end(j, '}');
    json_array(j, "required");
    schema_text(j, NULL, "items");
    json_end(j, ']');
    json_end(j, '}');
}

static void put_answer_schema(struct json *j, const struct house *h, const struct endpoint *e)
{
    const struct generic *g = generic_of(e);
    if (g && e->verb == GET && e->gives && !strchr(e->path, '{')) {
        put_page(j, g->entity);
    } else if (e->gives_many) {
        json_object(j, "schema");
        schema_text(j, "type", "array");
        schema_put(j, h, "items", e->gives, GIVEN);
        json_end(j, '}');
    } else {
        schema_put(j, h, "schema", e->gives, GIVEN);
    }
}

static void put_problem(struct json *j, const char *status, const char *about)
{
    json_object(j, status);
    schema_text(j, "description", about);
    put_content(j, "application/problem+json");
    schema_ref(j, "schema", "ProblemDetails", "");
    end_content(j);
    json_end(j, '}');
}

/* The shape of a failure that another standard gives. */
static void put_refusal(struct json *j, const struct endpoint *e)
{
    json_object(j, "default");
    schema_text(j, "description", "Not done, and why");
    put_content(j, e->media ? e->media : "application/json");
    json_object(j, "schema");
    json_end(j, '}');
    end_content(j);
    json_end(j, '}');
}

static void put_responses(struct json *j, const struct house *h, const struct endpoint *e)
{
    json_object(j, "responses");
    json_object(j, "2XX");
    schema_text(j, "description", "Done");
    put_content(j, e->media ? e->media : "application/json");
    put_answer_schema(j, h, e);
    end_content(j);
    json_end(j, '}');
    if (e->refuses) {
        put_refusal(j, e);
        json_end(j, '}');
        return;
    }
    if (e->verb != GET)
        put_problem(j, "422", "Some answers need attention");
    if (e->verb == PATCH)
        put_problem(j, "409", "Changed by somebody else; `current` is the row as it is now");
    put_problem(j, "default", "Not done, and why");
    json_end(j, '}');
}

static const char *tag_of(const struct house *h, const struct endpoint *e)
{
    const struct generic *g = generic_of(e);
    if (g)
        return g->entity->name;
    for (const struct module *const *m = h->modules; *m; m++)
        for (const struct endpoint *one = (*m)->endpoints; one && one->path; one++)
            if (one == e)
                return (*m)->name;
    return "http";
}

static struct sv operation_id(struct arena *mem, const struct endpoint *e)
{
    struct buf b = buf_new(mem, 64);
    buf_text(&b, verb_names[e->verb]);
    for (const char *at = e->path; *at; at++)
        if (*at == '/' || *at == '.')
            buf_byte(&b, '_');
        else if (*at != '{' && *at != '}')
            buf_byte(&b, *at);
    return buf_sv(&b);
}

static void put_security(struct json *j, const struct endpoint *e)
{
    json_array(j, "security");
    if (e->may != MAY_ANYONE) {
        static const char *const ways[] = { "session", "bearer" };
        for (int i = 0; i < 2; i++) {
            json_object(j, NULL);
            json_array(j, ways[i]);
            json_end(j, ']');
            json_end(j, '}');
        }
    }
    json_end(j, ']');
}

static void put_operation(struct json *j, const struct house *h, const struct endpoint *e)
{
    static const char *const names[VERB_COUNT] = { "", "get", "post", "put", "patch", "delete" };
    struct arena *mem = j->out->mem;
    json_object(j, names[e->verb]);
    json_text(j, "operationId", operation_id(mem, e));
    json_array(j, "tags");
    schema_text(j, NULL, tag_of(h, e));
    json_end(j, ']');
    schema_text(j, "summary", e->en ? e->en : e->path);
    json_text(j, "description", schema_labels(mem, e->zh, e->en, e->path));
    put_security(j, e);
    put_parameters(j, e);
    put_body(j, h, e);
    put_responses(j, h, e);
    json_end(j, '}');
}

/* --- the document --- */

static void put_paths(struct json *j, const struct house *h, const struct endpoints *r)
{
    bool *done = NEW(j->out->mem, bool, r->n);
    json_object(j, "paths");
    for (size_t i = 0; i < r->n; i++) {
        if (done[i])
            continue;
        json_object(j, r->list[i]->path);
        for (size_t k = i; k < r->n; k++)
            if (!done[k] && strcmp(r->list[k]->path, r->list[i]->path) == 0) {
                put_operation(j, h, r->list[k]);
                done[k] = true;
            }
        json_end(j, '}');
    }
    json_end(j, '}');
}

static const char problem_schema[] =
    "{\"type\":\"object\",\"description\":\"RFC "
    "9457\",\"required\":[\"type\",\"title\",\"status\"],"
    "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},\"key\":{\"type\":\"string\"},\"detail\":{\"type\":"
    "\"string\"},"
    "\"request_id\":{\"type\":\"string\"},\"current\":{\"type\":\"object\"},\"fields\":{\"type\":"
    "\"array\","
    "\"items\":{\"type\":\"object\",\"required\":[\"field\",\"message\"],\"properties\":{\"field\":"
    "{\"type\":\"string\"},\"key\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}";

static const char security_schemes[] =
    "{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"yike\","
    "\"description\":\"Writes carry X-Yike-CSRF from GET /api/session\"},"
    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}";

static const char actions_schema[] =
    "{\"type\":\"array\",\"description\":\"Steps the caller may take now\",\"items\":{"
    "\"type\":\"object\",\"required\":[\"name\",\"label\"],\"properties\":{"
    "\"name\":{\"type\":\"string\"},\"label\":{\"type\":\"string\"},"
    "\"takes\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
    "\"reason\":{\"type\":\"boolean\"},\"danger\":{\"type\":\"boolean\"}}}}";

static void put_entity(struct json *j, const struct entity *e)
{
    struct arena *mem = j->out->mem;
    json_object(j, e->name);
    json_array(j, "allOf");
    schema_record(j, NULL, e->fields, GIVEN);
    json_object(j, NULL);
    schema_text(j, "type", "object");
    json_object(j, "properties");
    json_raw(j, "actions", sv_of(actions_schema));
    json_end(j, '}');
    json_end(j, '}');
    json_end(j, ']');
    json_text(j, "description", schema_labels(mem, e->zh, e->en, e->name));
    json_end(j, '}');
    if (!e->no_create)
        schema_record(j, sv_fmt(mem, "%s_new", e->name).at, e->fields, TAKEN);
    if (!e->no_update && e->kind != ENTITY_APPEND_ONLY)
        schema_record(j, sv_fmt(mem, "%s_change", e->name).at, e->fields, CHANGED);
}

static void put_components(struct json *j, const struct house *h)
{
    json_object(j, "components");
    json_object(j, "schemas");
    json_raw(j, "ProblemDetails", sv_of(problem_schema));
    for (const struct module *const *m = h->modules; *m; m++)
        for (const struct entity *const *e = (*m)->entities; e && *e; e++)
            put_entity(j, *e);
    json_end(j, '}');
    json_raw(j, "securitySchemes", sv_of(security_schemes));
    json_end(j, '}');
}

static void put_tag(struct json *j, const char *name, const char *about)
{
    json_object(j, NULL);
    schema_text(j, "name", name);
    schema_text(j, "description", about);
    json_end(j, '}');
}

static void put_tags(struct json *j, const struct house *h)
{
    json_array(j, "tags");
    for (const struct module *const *m = h->modules; *m; m++) {
        for (const struct entity *const *e = (*m)->entities; e && *e; e++)
            put_tag(j, (*e)->name, sv_fmt(j->out->mem, "%s · %s", (*e)->zh, (*e)->en).at);
        if (!house_entity(h, sv_of((*m)->name)) && (*m)->endpoints)
            put_tag(j, (*m)->name, sv_fmt(j->out->mem, "Endpoints of %s", (*m)->name).at);
    }
    json_end(j, ']');
}

void openapi_write(struct ctx *c, struct buf *out)
{
    const struct house *h = c->house;
    struct endpoints endpoints = endpoints_build(out->mem, h);
    struct json j = json_new(out);
    json_object(&j, NULL);
    schema_text(&j, "openapi", "3.1.0");
    json_object(&j, "info");
    schema_text(&j, "title", "Yike · 一刻");
    schema_text(&j, "version", YIKE_VERSION);
    schema_text(
        &j, "description",
        "Care for older people within fifteen minutes of home. Ids are strings, "
        "money is integer fen, moments are RFC 3339, days are 2026-11-21, errors are RFC 9457.");
    json_object(&j, "license");
    schema_text(&j, "name", "Apache-2.0");
    schema_text(&j, "identifier", "Apache-2.0");
    json_end(&j, '}');
    json_object(&j, "contact");
    schema_text(&j, "name", "Yike");
    json_end(&j, '}');
    json_end(&j, '}');
    json_array(&j, "servers");
    json_object(&j, NULL);
    schema_text(&j, "url", h->config && h->config->public_url ? h->config->public_url
                                                           : "http://127.0.0.1:8080");
    json_end(&j, '}');
    json_end(&j, ']');
    put_tags(&j, h);
    put_paths(&j, h, &endpoints);
    put_components(&j, h);
    json_end(&j, '}');
}

/* Written once, at start; the first byte is the one that call_finish() drops. */
struct document *document_new(struct arena *mem, const struct house *h, struct gzips *g)
{
    struct document *d = NEW(mem, struct document, 1);
    struct ctx c = { .house = h };
    struct buf out = buf_new(&c.mem, 1 << 20);
    openapi_write(&c, &out);
    struct sv packed = gzip_text(g, &c.mem, buf_sv(&out));
    d->etag = etag_of(mem, buf_sv(&out));
    struct buf plain = buf_new(mem, out.len + 1), gzip = buf_new(mem, packed.len + 1);
    buf_byte(&plain, ' ');
    buf_put(&plain, buf_sv(&out));
    buf_byte(&gzip, ' ');
    buf_put(&gzip, packed);
    d->plain = buf_sv(&plain);
    d->gzip = buf_sv(&gzip);
    arena_free(&c.mem);
    return d;
}

enum err openapi_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)c;
    struct call *call = call_of(q);
    const struct document *d = call->server->openapi;
    struct sv text = call->head.takes_gzip ? d->gzip : d->plain;
    call->gzipped = call->head.takes_gzip;
    call->no_gzip = true;
    a->body = (struct buf){ .mem = &c->mem, .at = (char *)(uintptr_t)text.at, .len = text.len,
                            .room = text.len };
    a->etag = sv_fmt(&c->mem, "%.*s%s", SV_ARG(d->etag), call->gzipped ? "-g" : "");
    a->type = "application/json; charset=utf-8";
    return ERR_NONE;
}
